"""Judging at any moment gives the ledger that judging at the end gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import judging, linkage
from dateline.ledger import open_ledger
from tests.judging.test_judging import mention, reports, toll
from tests.linking.test_linkage import put

NAMES = ("one", "two", "three", "other-day", "other-town")

# Decisions that do not contradict each other, with the reports that must be there first.
DECISIONS = (
    (("one",), lambda book: judging.judge_claim(book, toll("one"), "wrong", by="ana")),
    (("two",), lambda book: judging.judge_claim(book, toll("two"), "right", by="bo")),
    (
        ("other-day",),
        lambda book: judging.correct_claim(book, toll("other-day"), {"number": 4}, by="ana"),
    ),
    (
        ("three",),
        lambda book: judging.judge_incident(book, mention("three"), "confirmed", by="bo"),
    ),
    (
        ("other-town",),
        lambda book: judging.judge_incident(book, mention("other-town"), "discounted", by="bo"),
    ),
    (
        ("one", "three"),
        lambda book: judging.judge_same(
            book, "different", mention("one"), mention("three"), by="ana"
        ),
    ),
    (
        ("other-town", "other-day"),
        lambda book: judging.judge_same(
            book, "same", mention("other-town"), mention("other-day"), by="bo"
        ),
    ),
)


def filled(path, steps):
    """The incidents after some steps: names of reports to add, numbers of decisions."""
    made = dict(zip(NAMES, reports(), strict=True))
    with open_ledger(path, create=True) as book:
        for step in steps:
            if isinstance(step, str):
                put(book, [made[step]])
                linkage.link_new(book)
            else:
                DECISIONS[step][1](book)
        return list(book.incidents())


@st.composite
def orders(draw):
    """The reports in any order, and each decision anywhere after those it is about."""
    steps = list(draw(st.permutations(NAMES)))
    chosen = draw(st.lists(st.sampled_from(range(len(DECISIONS))), unique=True))
    for number in chosen:
        first = 1 + max(steps.index(name) for name in DECISIONS[number][0])
        steps.insert(draw(st.integers(first, len(steps))), number)
    return steps


@settings(deadline=None, max_examples=12)
@given(orders())
def test_judging_at_any_moment_is_judging_at_the_end(steps):
    last = [*sorted(s for s in steps if isinstance(s, str))]
    last += sorted(s for s in steps if not isinstance(s, str))
    with tempfile.TemporaryDirectory() as folder:
        assert filled(Path(folder) / "a.db", steps) == filled(Path(folder) / "b.db", last)
