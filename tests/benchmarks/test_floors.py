"""No benchmark falls below its floor (benchmarks/floors.toml)."""

from __future__ import annotations

import pytest
from benchmarks.floors import BENCHMARKS, Bound, bounds, broken

HERE = [name for name, benchmark in BENCHMARKS.items() if not benchmark.shared]
BESIDE = [name for name, benchmark in BENCHMARKS.items() if benchmark.shared]


@pytest.mark.parametrize("name", HERE)
def test_floor(name, tmp_path):
    assert broken(name, BENCHMARKS[name].measure(tmp_path)) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", BESIDE)
def test_floor_on_the_corpora(name, shared):
    assert broken(name, BENCHMARKS[name].measure(shared / "corpora")) == []


def test_every_benchmark_has_floors():
    assert bounds().keys() == BENCHMARKS.keys()
    for own in bounds().values():
        assert own
        assert all(bound.least is not None or bound.most is not None for bound in own.values())


def test_a_figure_out_of_bounds_or_missing_is_told():
    pinned = {"f1": Bound(80.0, None), "ece": Bound(None, 5.0), "day": Bound(1.0, None)}
    assert broken("some", {"f1": 80.0, "ece": 5.0, "day": 1.0}, pinned) == []
    told = broken("some", {"f1": 79.9, "ece": 5.1}, pinned)
    assert [line.split()[0] for line in told] == ["some.f1", "some.ece", "some.day"]
