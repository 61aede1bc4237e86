"""Writes a weights folder as the run time reads it: graph, rules, tokenizer, card."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from dateline.reading.attribution import decoding as attribution
from dateline.reading.encoder import MODEL_FILE, TOKENIZER_FILE, Encoder
from training import evaluate, export, scoring
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


def card(folder: Path, scores: dict[str, dict], arguments: str, texts: int) -> None:
    """``scores``: {"fp32": ..., "int8": ...} on dev; ``texts``: how many were trained on."""
    metrics = ("attribution", "content tokens", "source tokens", "content only")
    rows = [
        f"| {kind} | " + " | ".join(f"{score[metric]['f1']:.1f}" for metric in metrics) + " |"
        for kind, score in scores.items()
    ]
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    text = CARD.read_text().format(
        texts=texts, size=size, rows="\n".join(rows), arguments=arguments
    )
    (folder / "CARD.md").write_text(text)
