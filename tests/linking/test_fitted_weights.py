"""Weights drawn from those set by judgement towards what labelled pairs show."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from benchmarks.linking import CORPUS
from training import linking_weights
from training.linking_weights import (
    FLOOR,
    KEPT,
    TRUST,
    Counts,
    Set,
    count,
    fitted,
    judged_weights,
    lines,
)

from dateline.linking.comparisons import COMPARISONS
from dateline.linking.weights import parse, weights
from tests.linking.making import make

ENDS = [(c.name, level.name) for c in COMPARISONS for level in c.levels]


def test_without_pairs_the_weights_are_those_judged():
    judged, made = judged_weights(), fitted(judged_weights(), Counts(Counter(), Counter()))
    for end in ENDS:
        assert made.of(*end) == pytest.approx(judged.of(*end))


def test_a_weight_follows_many_pairs_and_hardly_few():
    judged, end = judged_weights(), ("target", "shared")
    for times, least, most in ((1, 0.0, 0.3), (1000, 0.9, 1.0)):
        one = Counter({end: 9 * times, ("target", "none_shared"): times})
        two = Counter({end: times, ("target", "none_shared"): 99 * times})
        found = fitted(judged, Counts(one, two))
        told = 6.49  # log2(0.9 / 0.01)
        moved = (found.of(*end) - judged.of(*end)) / (told - judged.of(*end))
        assert least < moved < most


def test_what_the_files_cannot_tell_stays_as_judged():
    judged = judged_weights()
    counts = Counts(Counter(dict.fromkeys(ENDS, 500)), Counter(dict.fromkeys(ENDS, 500)))
    made = fitted(judged, counts)
    assert made.prior == judged.prior
    assert all(made.of(*end) == judged.of(*end) for end in KEPT)


def test_a_level_never_seen_in_one_incident_keeps_its_floor():
    two = Counter(dict.fromkeys(ENDS, 100_000))
    one = Counter({(c.name, c.levels[0].name): 100_000 for c in COMPARISONS})
    made = fitted(judged_weights(), Counts(one, two))
    assert min(made.m.values()) >= FLOOR
    assert max(made.u.values()) <= 1


def test_pairs_are_counted_by_the_main_mention_of_each_report():
    old = make("old", document="dtwo", background=True, on="2022-01-01")
    some = Set(
        {"one": "a", "two": "a", "three": "b"},
        [
            ("two", old),
            ("one", make("one")),
            ("two", make("two", on="2023-03-15")),
            ("three", make("three", on="2023-03-20")),
        ],
    )
    one, two = count([some])
    assert one["when", "next_day"] == 1
    assert two["when", "days_apart"] == 2
    assert one["what", "same"] == 1


def test_the_weights_in_use_are_near_the_judged_ones_and_written_as_they_are_read():
    judged, used = judged_weights(), weights()
    assert used.prior == judged.prior
    assert all(abs(used.of(*end) - judged.of(*end)) < 3 for end in ENDS)
    again = parse(tomllib.loads("\n".join(lines(used))))
    assert all(again.of(*end) == pytest.approx(used.of(*end), abs=0.01) for end in ENDS)
    assert TRUST > 0


def test_nothing_is_fitted_on_the_reports_that_are_left_out():
    taken = {path.stem for path in linking_weights.fitted_on()}
    assert {"tune", "fresh_4"} <= taken
    assert taken.isdisjoint(linking_weights.LEFT_OUT)
    assert all((CORPUS / f"{name}.jsonl").is_file() for name in linking_weights.LEFT_OUT)
