"""MUC-4: templates in the official format for message files, and their score.

    python benchmarks/muc4.py --texts FILE... --out RESPONSES [--score SCORER --keys FILE...]

The texts are message files of MUC-3/4 (capitals, one identity line a message). What the
reader gives (times, places, claims) and the benchmark's own slot models make templates;
--score runs the given score_muc.py on them, automatic and --strict.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "src")) if path not in sys.path]

import dateline  # noqa: E402
from benchmarks.muc.encoded import outputs_of  # noqa: E402
from benchmarks.muc.judged import Judge  # noqa: E402
from benchmarks.muc.judged import load as load_judge  # noqa: E402
from benchmarks.muc.linear import Linear  # noqa: E402
from benchmarks.muc.marked import Marked, rows_of  # noqa: E402
from benchmarks.muc.messages import Message, read_messages  # noqa: E402
from benchmarks.muc.model import Model  # noqa: E402
from benchmarks.muc.model import load as load_linear  # noqa: E402
from benchmarks.muc.reading import Said  # noqa: E402
from benchmarks.muc.templates import irrelevant, templates_of, written  # noqa: E402
from dateline.errors import DatelineError  # noqa: E402
from dateline.reading.encoder import tokenize  # noqa: E402


class Models(NamedTuple):
    """What the benchmark has learnt, beside the span model."""

    linear: Model
    judge: Judge


def load() -> Models:
    """The models that come with the benchmark."""
    return Models(load_linear(), load_judge())


def marked(message: Message) -> Marked:
    """A message with its spans scored, and the times and places the reader gives."""
    try:
        reading = dateline.read(message.text, external_id=message.id, language="en")
        times, places = reading.times, reading.places
        said = Said(reading.claims, reading.mentions, reading.attributions)
    except DatelineError as error:
        print(f"{message.id}: {error}", file=sys.stderr)
        times = places = ()
        said = Said()
    tokens = tokenize(message.text)
    outputs = outputs_of(tokens, rows_of(message, tokens, times))
    return Marked(message, tokens, times, places, outputs, said)


def respond(message: Message, models: Models) -> str:
    """The templates of one message as text."""
    seen = marked(message)
    found = templates_of(seen, Linear(seen, models.linear), models.judge)
    if not found:
        return irrelevant(message.id)
    return "\n".join(
        written(message.id, number, template) for number, template in enumerate(found, 1)
    )


def score(scorer: Path, keys: list[Path], responses: Path, texts: list[Path]) -> None:
    """Run the scorer twice and print its tables."""
    for strict in ([], ["--strict"]):
        command = [sys.executable, str(scorer), "--keys", *map(str, keys)]
        command += ["--responses", str(responses)]
        if len(texts) == 1:
            command += ["--ids-from", str(texts[0])]
        print("strict" if strict else "automatic", flush=True)
        subprocess.run([*command, *strict], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--score", type=Path, help="score_muc.py")
    parser.add_argument("--keys", nargs="+", type=Path, default=[])
    parser.add_argument("--limit", type=int, help="messages read of each file")
    options = parser.parse_args()
    models = load()
    begun = time.perf_counter()
    blocks = []
    for path in options.texts:
        for message in list(read_messages(path))[: options.limit]:
            blocks.append(respond(message, models))
    options.out.write_text("\n".join(blocks), encoding="utf-8")
    print(f"{len(blocks)} messages in {time.perf_counter() - begun:.0f} s -> {options.out}")
    if options.score:
        score(options.score, options.keys, options.out, options.texts)


if __name__ == "__main__":
    main()
