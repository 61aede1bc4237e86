"""Fit the weights of linking (src/dateline/linking/data/weights.toml) on labelled reports.

    python -m training.linking_weights [FILE.jsonl ...] [--check] [--out FILE]

Starts from the weights set by judgement (``linking_judged.toml`` beside this file). The
share of pairs of reports at each level is counted among pairs of one incident (m) and of
two (u), and the weight log2(m / u) is drawn from the judged one towards the counted one:
a judged weight counts as ``TRUST`` pairs seen at its level, so a level that is rare in the
files stays where it was put. No m falls below ``FLOOR``. What stands before any evidence,
and the levels in ``KEPT``, are not fitted: how many incidents fall on one day, or in one
country, is a matter of the archive, and the files are thinner than any.

``--check`` fits on all files but one, links that one with the outcome and with the judged
weights, and prints B-cubed F1 for each; nothing is written.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from benchmarks.linking import CORPUS, incidents_of, labelled, scores, shared

from dateline import linkage
from dateline.ledger.opening import open_ledger
from dateline.linking import linker
from dateline.linking import weights as in_use
from dateline.linking.candidate import Candidate
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.judgements import Rulings
from dateline.linking.weights import Weights, parse

JUDGED = Path(__file__).with_name("linking_judged.toml")
OUT = Path(__file__).parent.parent / "src" / "dateline" / "linking" / "data" / "weights.toml"
TRUST = 30.0
FLOOR = 0.005
LEFT_OUT = {"fresh_5"}  # nothing is fitted on it, so that it says what to expect
KEPT = {("when", "same_day"), ("where", "same_country")}
HEAD = """\
# Made by training/linking_weights.py from training/linking_judged.toml; change that one.
# Weights of evidence after Fellegi and Sunter, one table a comparison, one line a level;
# the levels are told in comparisons.py and compared_*.py. m: the share of pairs of mentions
# of one incident at this level; u: that of pairs of two incidents. The weight is log2(m / u).
# No m is below 0.005: what truly rules a pair out is a veto. Rare levels stay as judged.
"""

Level = tuple[str, str]


class Set(NamedTuple):
    """A file of labelled reports: each report's event, and its mentions with their report."""

    event: dict[str, str]
    mentions: list[tuple[str, Candidate]]


class Counts(NamedTuple):
    """How many pairs are at each level, of one incident and of two."""

    one: Counter[Level]
    two: Counter[Level]


def read(file: Path) -> Set:
    """The reports of a file as Dateline reads them."""
    reports = labelled([file])
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "ledger.db", create=True) as book,
    ):
        incidents_of(reports, book, Path(folder))
        names = {entry.id: entry.external_id or entry.id for entry in book.documents()}
        ids = sorted(mention.id for mention in book.mentions())
        made = sorted(linkage.made_candidates(book, ids), key=lambda c: c.mention)
    return Set({r["id"]: r["event"] for r in reports}, [(names[c.document], c) for c in made])


def count(sets: Iterable[Set]) -> Counts:
    """The levels of all pairs of reports of one file, by their main mentions."""
    counts = Counts(Counter(), Counter())
    for some in sets:
        main: dict[str, Candidate] = {}
        for report, candidate in sorted(some.mentions, key=lambda one: one[1].background):
            main.setdefault(report, candidate)
        for (one, a), (other, b) in combinations(sorted(main.items()), 2):
            into = counts.one if some.event[one] == some.event[other] else counts.two
            for comparison in COMPARISONS:
                level = comparison.level(a, b)
                if level is not None:
                    into[comparison.name, level] += 1
    return counts


def fitted(judged: Weights, counts: Counts, trust: float = TRUST) -> Weights:
    """The judged weights, drawn towards what was counted."""
    m: dict[Level, float] = {}
    u: dict[Level, float] = {}
    for comparison in COMPARISONS:
        ends = [(comparison.name, level.name) for level in comparison.levels]
        all_one, all_two = (sum(c[end] for end in ends) for c in counts)
        for end in ends:
            # Half a pair more, so that what was never seen has a finite weight.
            one, two = counts.one[end] + 0.5, counts.two[end] + 0.5
            seen = 1 / (1 / one + 1 / two)  # the variance of log(m / u) is 1 / one + 1 / two
            told = math.log2(one / (all_one + 1)) - math.log2(two / (all_two + 1))
            if not all_one or not all_two or end in KEPT:
                m[end], u[end] = judged.m[end], judged.u[end]
                continue
            weight = (seen * told + trust * judged.of(*end)) / (seen + trust)
            share = (counts.one[end] + trust * judged.m[end]) / (all_one + trust)
            m[end] = max(FLOOR, min(share, 2**weight))
            u[end] = min(1.0, m[end] / 2**weight)
    return Weights(judged.prior, m, u)


def accuracy(some: Set, known: Weights) -> float:
    """B-cubed F1 of the incidents that the weights make of the reports."""
    in_use._table.cache_clear()
    try:
        with mock.patch.object(in_use, "weights", return_value=known):
            by_id = {c.mention: c for _, c in some.mentions}
            groups = linker.link(by_id, linker.score_all(by_id.values()), Rulings()).groups
    finally:
        in_use._table.cache_clear()
    home: dict[str, list[str]] = {}
    of = {mention: group[0] for group in groups for mention in group}
    for report, c in some.mentions:
        home.setdefault(report, []).append(of[c.mention])
    return scores(some.event, shared(some.event, home))["b3_f1"]


def lines(known: Weights) -> Iterator[str]:
    """The file of weights, with its comments."""
    yield HEAD
    yield "# log2 of the odds, before any evidence, that two mentions are one incident."
    yield f"prior = {known.prior}"
    for comparison in COMPARISONS:
        yield f"\n[{comparison.name}]"
        for level in comparison.levels:
            end = (comparison.name, level.name)
            yield f"{level.name} = {{ m = {known.m[end]:.4g}, u = {known.u[end]:.6g} }}"


def judged_weights() -> Weights:
    """The weights set by judgement."""
    return parse(tomllib.loads(JUDGED.read_text(encoding="utf-8")))


def check(files: Sequence[Path]) -> None:
    judged, sets = judged_weights(), {file.stem: read(file) for file in files}
    counts = {name: count([some]) for name, some in sets.items()}
    for name, some in sets.items():
        others = [counts[other] for other in sets if other != name]
        rest = Counts(*(sum(column, Counter()) for column in zip(*others, strict=True)))
        told = (
            f"{trust:g}: {100 * accuracy(some, fitted(judged, rest, trust)):.1f}"
            for trust in (10.0, TRUST, 100.0)
        )
        print(f"{name}: judged {100 * accuracy(some, judged):.1f}, by trust", *told, flush=True)


def fitted_on() -> list[Path]:
    """The labelled reports that weights are fitted on."""
    return [path for path in sorted(CORPUS.glob("*.jsonl")) if path.stem not in LEFT_OUT]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=fitted_on())
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if given.check:
        check(given.files)
        return
    found = fitted(judged_weights(), count(read(file) for file in given.files))
    given.out.write_text("\n".join(lines(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
