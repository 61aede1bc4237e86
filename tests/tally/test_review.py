"""Figures that are less likely right than a threshold wait for a person."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.tally.incident import assemble
from dateline.tally.verdicts import ClaimVerdict, claims_after
from tests.tally.accounts import account, killed


def scored(name: str, day: int, *told):
    """An account whose claims have scores: (value, chain, score)."""
    made = account(name, day, *((value, chain) for value, chain, _ in told))
    claims = tuple(
        msgspec.structs.replace(claim, score=score)
        for claim, (_, _, score) in zip(made.claims, told, strict=True)
    )
    return msgspec.structs.replace(made, claims=claims)


SURE = (killed(4), ("Herald", "police"), 0.9)
UNSURE = (killed(40), ("Herald", "a song"), 0.2)


def test_an_unsure_figure_is_listed_and_not_counted():
    found = assemble([scored("a", 1, SURE, UNSURE)], {}, review_below=0.5)
    assert (found.tolls["killed"].low, found.tolls["killed"].high) == (4, 4)
    assert found.independent_sources == ("police",)
    assert found.disputes == ()
    assert [(one.claim, one.reason) for one in found.review] == [
        ("ca1", "score 0.20 is below 0.50")
    ]


def test_a_threshold_of_zero_counts_all():
    found = assemble([scored("a", 1, SURE, UNSURE)], {}, review_below=0.0)
    assert found.tolls["killed"].high == 40
    assert found.review == ()


def test_a_figure_without_a_score_counts():
    unmeasured = (killed(4), ("Herald", "police"), None)
    found = assemble([scored("a", 1, unmeasured)], {}, review_below=1.0)
    assert found.tolls["killed"].best == 4


def test_only_unsure_figures_leave_the_toll_unknown():
    found = assemble([scored("a", 1, UNSURE)], {}, review_below=0.5)
    assert "killed" not in found.tolls
    assert len(found.review) == 1


def test_a_figure_judged_right_counts_however_unsure():
    unsure = scored("a", 1, SURE, UNSURE)
    right = ClaimVerdict(word="right", judgement=1, author="desk")
    judged = msgspec.structs.replace(
        unsure, claims=claims_after(unsure.claims, {unsure.claims[1].id: right})
    )
    found = assemble([judged], {}, review_below=0.5)
    assert found.tolls["killed"].high == 40
    assert found.review == ()


@settings(max_examples=60, deadline=None)
@given(
    scores=st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=6),
    below=st.floats(0, 1),
)
def test_every_figure_is_either_weighed_or_in_review(scores, below):
    told = [(killed(n + 1), ("Herald", f"source {n}"), s) for n, s in enumerate(scores)]
    account_of = scored("a", 1, *told)
    found = assemble([account_of], {}, review_below=below)
    weighed = set(found.tolls["killed"].claims) if "killed" in found.tolls else set()
    waiting = {one.claim for one in found.review}
    assert weighed | waiting == {claim.id for claim in account_of.claims}
    assert not weighed & waiting
