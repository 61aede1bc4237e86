"""Casualty figures against the project's own labelled reports.

    python benchmarks/casualties.py [--errors] [FILE.jsonl ...]

Without files it scores those of tests/corpus/casualties. The figure is F1 over each
document's set of (effect, min, max); where nothing else matches, effect and min do.
Claims labelled ``implicit`` count neither way. Last line: ``casualty_f1=<the last file's>``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dateline.model import CasualtyValue, Document
from dateline.reading.harm.casualties import find_figures
from dateline.reading.prepared import prepare

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "casualties"
PARTS = ("dev", "heldout", *(f"unseen_{n}" for n in range(1, 7)))
Key = tuple[str, int | None, int | None]


class Score(NamedTuple):
    """Counts over a set of documents; ``who`` and ``group`` are right ones among the hits."""

    hits: int
    predicted: int
    gold: int
    who: int
    quiet: int
    non_reports: int
    words_per_second: float
    errors: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def load(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled documents of one file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def read(record: dict[str, Any]) -> dict[Key, CasualtyValue]:
    """What the reader finds in one labelled document, by (effect, min, max)."""
    document = Document(
        id=record["doc"],
        text=record["text"],
        title=record.get("title"),
        published_at=dt.date.fromisoformat(record["published_at"]),
    )
    found: dict[Key, CasualtyValue] = {}
    for finding in find_figures(prepare(document))[0]:
        value = finding.value
        if isinstance(value, CasualtyValue) and not finding.hypothetical:
            found.setdefault((value.effect, value.min, value.max), value)
    return found


def score(records: Iterable[dict[str, Any]]) -> Score:
    """Score a set of labelled documents as the public scorer does."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    seconds = 0.0
    for record in records:
        gold: dict[Key, dict[str, Any]] = {}
        optional: set[Key] = set()
        for claim in record["claims"]:
            key = (claim["effect"], claim["min"], claim["max"])
            if claim.get("implicit"):
                optional.add(key)
            else:
                gold.setdefault(key, claim)
        started = time.process_time()
        predicted = read(record)
        seconds += time.process_time() - started
        counts["words"] += len(record["text"].split())
        hits = set(gold) & set(predicted)
        for key in sorted(set(gold) - hits, key=str):
            near = [q for q in predicted if q not in hits and q[0] == key[0] and q[1] == key[1]]
            if near:
                predicted[key] = predicted.pop(near[0])
                hits.add(key)
        extra = [key for key in predicted if key not in hits and key not in optional]
        counts["hits"] += len(hits)
        counts["gold"] += len(gold)
        counts["predicted"] += len(hits) + len(extra)
        counts["who"] += sum(predicted[k].who == gold[k].get("who", "victims") for k in hits)
        if not record["is_casualty_report"]:
            counts["non"] += 1
            counts["quiet"] += not extra
        missed = sorted(set(gold) - hits, key=str)
        if missed or extra:
            errors.append(f"{record['doc']}: missed {missed}, made up {sorted(extra, key=str)}")
    return Score(
        counts["hits"],
        counts["predicted"],
        counts["gold"],
        counts["who"],
        counts["quiet"],
        counts["non"],
        counts["words"] / seconds if seconds else 0.0,
        tuple(errors),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Score casualty figures.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="list documents with a difference")
    options = parser.parse_args()
    files = options.files or [CORPUS / f"{part}.jsonl" for part in PARTS]
    last = 0.0
    for path in files:
        result = score(load(path))
        last = 100 * result.f1
        print(
            f"{path.stem:10s} P {100 * result.precision:5.1f}  R {100 * result.recall:5.1f}"
            f"  F1 {last:5.1f}  (hits {result.hits}, predicted {result.predicted},"
            f" gold {result.gold})  side right {result.who}/{result.hits}"
            f"  non-reports without a figure {result.quiet}/{result.non_reports}"
            f"  {result.words_per_second:,.0f} words/s with sentence splitting"
        )
        if options.errors:
            print("\n".join(f"  {line}" for line in result.errors))
    print(f"casualty_f1={last:.1f}")


if __name__ == "__main__":
    main()
