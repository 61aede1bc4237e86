"""Whether scores of claims are probabilities: reliability by bins, and the error.

    python -m benchmarks.calibration [--corpora ../shared/corpora] [--rows FILE]
        [--cross-validate] [--picture docs/images/reliability.svg]

A score is calibrated where, of the claims scored about 0.8, about 80 in 100 are right.
Claims and verdicts are those of benchmarks/labelled_claims.py; without ``--corpora`` only
the project's own labelled texts are read. ``--cross-validate`` fits the models anew in ten
folds over documents and scores each claim by a model that has not seen its document
(needs scikit-learn); without it the package's scores are judged, partly on texts they
were fitted on: that guards against breakage and is no measure.

For each kind: claims, share right, mean score, expected calibration error (ECE: the mean
distance of score and share right over five bins of equal size; Naeini et al. 2015), Brier
score beside that of always saying the share right, and how often a right claim scores
above a wrong one (AUC). Fresh texts are those on which no rule was mended.
"""

from __future__ import annotations

import argparse
import itertools
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.labelled_claims import Row, muc, own

FRESH = ("articles/held_out", "muc/dev")
BINS = 5
KINDS = ("casualty", "event", "time", "place", "perpetrator")


class Bin(NamedTuple):
    """Claims of like score: how many, their mean score, the share right."""

    count: int
    score: float
    right: float


class Reliability(NamedTuple):
    """How well the scores of one kind hold."""

    count: int
    right: float
    score: float
    error: float
    brier: float
    guess: float
    auc: float
    bins: tuple[Bin, ...]


def reliability(rows: Sequence[Row], bins: int = BINS) -> Reliability:
    """The figures of some scored claims; there must be at least one."""
    ordered = sorted((row.score or 0.0, row.right) for row in rows)
    count = len(ordered)
    share = sum(right for _, right in ordered) / count
    edges = [round(n * count / bins) for n in range(bins + 1)]
    found = []
    for low, high in itertools.pairwise(edges):
        part = ordered[low:high]
        if part:
            found.append(
                Bin(
                    len(part),
                    sum(score for score, _ in part) / len(part),
                    sum(right for _, right in part) / len(part),
                )
            )
    good = [score for score, right in ordered if right]
    bad = [score for score, right in ordered if not right]
    above = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return Reliability(
        count,
        share,
        sum(score for score, _ in ordered) / count,
        sum(b.count * abs(b.score - b.right) for b in found) / count,
        sum((score - right) ** 2 for score, right in ordered) / count,
        share * (1 - share),
        above / (len(good) * len(bad)) if good and bad else 0.5,
        tuple(found),
    )


def table(by_kind: dict[str, list[Row]]) -> str:
    """The figures as Markdown."""
    lines = [
        "| claims | texts | n | right | mean score | ECE | Brier (guess) | AUC |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, rows in by_kind.items():
        for name, part in (("all", rows), ("fresh", [r for r in rows if r.pool in FRESH])):
            if part:
                r = reliability(part)
                lines.append(
                    f"| {kind} | {name} | {r.count} | {r.right:.3f} | {r.score:.3f} "
                    f"| {r.error:.3f} | {r.brier:.3f} ({r.guess:.3f}) | {r.auc:.2f} |"
                )
    return "\n".join(lines)


def bins_table(by_kind: dict[str, list[Row]]) -> str:
    """Each bin as "mean score → share right (claims)", as Markdown."""
    head = "| claims | " + " | ".join(f"bin {n + 1}" for n in range(BINS)) + " |"
    lines = [head, "| --- " * (BINS + 1) + "|"]
    for kind, rows in by_kind.items():
        cells = [f"{b.score:.2f} → {b.right:.2f} ({b.count})" for b in reliability(rows).bins]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def below(rows: Sequence[Row], threshold: float) -> str:
    """What a threshold keeps out of the tolls."""
    out = [row for row in rows if (row.score or 0.0) < threshold]
    right = sum(row.right for row in out)
    good, bad = sum(row.right for row in rows), sum(not row.right for row in rows)
    return (
        f"| {threshold:.2f} | {len(out)} | {right} ({100 * right / max(1, good):.1f} %) "
        f"| {len(out) - right} ({100 * (len(out) - right) / max(1, bad):.1f} %) |"
    )


_COLOURS = {
    "casualty": "#b3261e",
    "event": "#1f5fa8",
    "time": "#2e7d32",
    "place": "#8a5a00",
    "perpetrator": "#6a3fa0",
}


def picture(by_kind: dict[str, list[Row]]) -> str:
    """The reliability curve as SVG: score to the right, share right upwards."""
    size, edge = 360, 46

    def at(score: float, right: float) -> str:
        return f"{edge + score * size:.1f},{edge + (1 - right) * size:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size + 190}" height="{size + 96}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{size + 190}" height="{size + 96}" fill="#fff"/>',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>',
        f'<polyline points="{at(0, 0)} {at(1, 1)}" stroke="#bbb" stroke-dasharray="4 4"/>',
    ]
    for n in range(0, 11, 2):
        x, y = edge + n / 10 * size, edge + (1 - n / 10) * size
        parts.append(f'<text x="{x}" y="{edge + size + 18}" text-anchor="middle">{n / 10}</text>')
        parts.append(f'<text x="{edge - 8}" y="{y + 4}" text-anchor="end">{n / 10}</text>')
    parts.append(
        f'<text x="{edge + size / 2}" y="{edge + size + 38}" text-anchor="middle">score</text>'
    )
    parts.append(f'<text x="{edge}" y="{edge - 14}">share right</text>')
    for n, (kind, rows) in enumerate(by_kind.items()):
        colour = _COLOURS.get(kind, "#555")
        bins = reliability(rows).bins
        line = " ".join(at(b.score, b.right) for b in bins)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for b in bins:
            x, y = at(b.score, b.right).split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>')
        y = edge + 20 + 20 * n
        parts.append(
            f'<text x="{edge + size + 20}" y="{y}" fill="{colour}">{kind} ({len(rows)})</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def gather(corpora: Path | None, kept: Path | None = None) -> list[Row]:
    """Every labelled claim; read from ``kept`` if it is there, and left there if not."""
    if kept is not None and kept.is_file():
        return msgspec.json.decode(kept.read_bytes(), type=list[Row])
    rows = [*own(), *(muc(corpora) if corpora else ())]
    if kept is not None:
        kept.write_bytes(msgspec.json.encode(rows))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--rows", type=Path, help="keep the claims read here")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    rows = gather(options.corpora, options.rows)
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for kind in KINDS:
        by_kind[kind] = [row for row in rows if row.kind == kind]
        if options.cross_validate:
            from training.calibration import held_out

            by_kind[kind] = held_out(by_kind[kind])
    by_kind = {kind: found for kind, found in by_kind.items() if found}
    print(table(by_kind), bins_table(by_kind), sep="\n\n")
    figures = by_kind["casualty"]
    print("\n| below | claims | right ones | wrong ones |\n| --- | --- | --- | --- |")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        print(below(figures, threshold))
    if options.picture:
        options.picture.write_text(picture(by_kind), encoding="utf-8")


if __name__ == "__main__":
    main()
