"""Writes a weights folder as the run time reads it: graph, rules, tokenizer, card."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec

from dateline.reading.attribution import decoding as attribution
from dateline.reading.encoder import MODEL_FILE, TOKENIZER_FILE, Encoder
from training import evaluate, export, scoring, tune
from training.model import Reader
from training.polnear import Document

CARD = Path(__file__).with_name("card.md")


def write(
    model: Reader, folder: Path, tokenizer: Path, base: attribution.Rules | None, *, whole: bool
) -> Encoder:
    """``whole`` keeps fp32. Gives the encoder as a user would load it."""
    folder.mkdir(parents=True, exist_ok=True)
    export.write(model.eval(), folder / MODEL_FILE, whole=whole)
    rules = evaluate.rules_of(model, base)
    (folder / "attribution.json").write_bytes(msgspec.json.format(msgspec.json.encode(rules)))
    if tokenizer.resolve() != (folder / TOKENIZER_FILE).resolve():
        shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
    # What was read from this folder before is no longer what it holds.
    attribution.rules.cache_clear()
    return Encoder(folder, threads=2)


def score(encoder: Encoder, folder: Path, documents: list[Document]) -> dict:
    rules = attribution.rules(folder / "attribution.json")
    return scoring.total(
        scoring.count(
            document.text,
            document.readings[0][1],
            attribution.decode(encoder.read(document.text), rules),
        )
        for document in documents
    )


def finish(
    model: Reader,
    out: Path,
    tokenizer: Path,
    reports: dict[str, list[Document]],
    *,
    held: list[Document],
    fitted_on: Reader | None,
    rules: attribution.Rules | None,
    made_by: list[str],
    texts: int,
) -> None:
    """Write ``out``/weights with its card, ``out``/fp32 and ``out``/scores.json.

    ``reports`` are the texts to score, by name. Decoding is fitted on ``held`` by the
    outputs of ``fitted_on``, a model that did not see them; without it ``rules`` are
    taken as they are.
    """
    if fitted_on is not None:
        if not held:
            raise SystemExit("decoding is fitted on texts held out: give --hold-out or --rules")
        encoder = write(fitted_on, out / "fitting", tokenizer, None, whole=False)
        encoded = [encoder.read(document.text) for document in held]
        rules = tune.search(encoded, held, attribution.rules(out / "fitting" / "attribution.json"))
        shutil.rmtree(out / "fitting")
    scores: dict[str, dict] = {name: {} for name in reports}
    for kind, folder in (("fp32", out / "fp32"), ("int8", out / "weights")):
        encoder = write(model, folder, tokenizer, rules, whole=kind == "fp32")
        for name, documents in reports.items():
            scores[name][kind] = score(encoder, folder, documents)
            print(name, kind, json.dumps(scores[name][kind]), flush=True)
    card(out / "weights", scores["dev"], made_by, texts)
    (out / "scores.json").write_text(json.dumps({"made by": made_by, **scores}, indent=1))


def card(folder: Path, scores: dict[str, dict], made_by: list[str], texts: int) -> None:
    """``scores``: {"fp32": ..., "int8": ...} on dev; ``texts``: how many were trained on."""
    metrics = ("attribution", "content tokens", "source tokens", "content only")
    rows = [
        f"| {kind} | " + " | ".join(f"{score[metric]['f1']:.1f}" for metric in metrics) + " |"
        for kind, score in scores.items()
    ]
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    text = CARD.read_text().format(
        texts=texts, size=size, rows="\n".join(rows), made_by="\n".join(made_by)
    )
    (folder / "CARD.md").write_text(text)
