"""How a toll rose is what estimating anew at every report would give, only faster."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.model import CasualtyValue, Source
from dateline.tally import evidence
from dateline.tally.evidence import Account, all_chains
from dateline.tally.figure import Figure
from dateline.tally.in_report import told_figures
from dateline.tally.incident import assemble
from dateline.tally.independence import fold_roots
from dateline.tally.policy import POLICIES, DefaultPolicy
from dateline.tally.word_lists import groups
from tests.tally.accounts import account, killed

SOURCES = {
    "police": Source(name="police", kind="official"),
    "D": Source(name="D", kind="armed_group"),
}


def tells_no_other(figure: Figure, before: Figure | None) -> bool:
    """Whether "at least N" may be the number that the root gave before."""
    if before is None or before.partial or before.max is None:
        return False
    if figure.partial or figure.cumulative or figure.max is not None:
        return False
    low, told = figure.min or 0, before.min or 0
    return low <= told <= 1.5 * low


def plainly_standing(told: list[Figure]) -> tuple[Figure, ...]:
    """The figure that stands for each root, by looking at all of them anew."""
    totals: dict[str, Figure] = {}
    shown: dict[str, Figure] = {}
    for figure in told:
        total = totals.get(figure.root)
        if tells_no_other(figure, shown.get(figure.root)):
            continue
        if not figure.partial:
            totals[figure.root] = figure
        if total is None or not figure.partial:
            shown[figure.root] = figure
            continue
        if all(t.claim.value.additional for t in figure.testimonies):
            most = [total.max, *(t.claim.value.max for t in figure.testimonies)]
            figure = replace(
                figure,
                min=(total.min or 0) + (figure.min or 0),
                max=None if None in most else sum(most),
                testimonies=(*total.testimonies, *figure.testimonies),
                perpetrators=total.perpetrators,
            )
        if (figure.point or 0) > (shown[figure.root].point or 0):
            shown[figure.root] = figure

    def part_of(figure: Figure, other: Figure) -> bool:
        return (
            figure.group in groups("victims_parts")
            and other.group not in groups("victims_parts")
            and (other.group is None or other.group in groups("victims_civilians"))
            and not other.partial
            and (other.point or 0) > (figure.point or 0)
        )

    standing = [shown[root] for root in sorted(shown)]
    return tuple(
        replace(f, part=True, min=f.min or 0, max=None)
        if any(part_of(f, other) for other in standing)
        else f
        for f in standing
    )


def figure_values() -> st.SearchStrategy[CasualtyValue]:
    bounds = st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda b: (b[0], b[0] + b[1]))
    open_ended = st.sampled_from(["both", "min", "max", "exact"])

    def value(drawn) -> CasualtyValue:
        (low, high), which, kind, group = drawn
        return CasualtyValue(
            effect="killed",
            min=None if which == "max" else low,
            max=None if which == "min" else low if which == "exact" else high,
            exact=which == "exact",
            subset=kind == "subset",
            additional=kind == "additional",
            cumulative=kind == "cumulative",
            group=group,
        )

    kinds = st.sampled_from(["total", "total", "total", "subset", "additional", "cumulative"])
    who = st.sampled_from([None, None, "civilians", "children", "women", "soldiers"])
    return st.tuples(bounds, open_ended, kinds, who).map(value)


def reports() -> st.SearchStrategy[list[Account]]:
    chain = st.sampled_from([("A",), ("B",), ("A", "police"), ("B", "mayor"), ("C", "B"), ("D",)])
    told = st.lists(st.tuples(figure_values(), chain), min_size=1, max_size=3)
    day = st.one_of(st.none(), st.integers(1, 6))
    one = st.tuples(day, told)
    return st.lists(one, min_size=1, max_size=12).map(
        lambda given: [account(f"{n:02}", day, *told) for n, (day, told) in enumerate(given)]
    )


@settings(deadline=None, max_examples=150)
@given(reports(), st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_each_step_is_what_estimating_anew_gives(accounts, name, random):
    random.shuffle(accounts)
    policy = POLICIES[name]
    steps = assemble(accounts, SOURCES, policy, review_below=0.0).rise.get("killed", ())
    said = evidence.testimonies(accounts, fold_roots(all_chains(accounts), SOURCES), SOURCES)
    told = list(told_figures(said, "killed"))
    assert len(steps) == len(told)
    for number, (step, figure) in enumerate(zip(steps, told, strict=True), 1):
        toll = policy.estimate(plainly_standing(told[:number]))
        assert (step.low, step.best, step.high) == (toll.low, toll.best, toll.high)
        assert (step.root, step.min, step.max) == (figure.root, figure.min, figure.max)


def test_at_most_so_many_more_or_among_them_is_no_figure_by_itself():
    for kind in ("additional", "subset"):
        value = CasualtyValue(effect="killed", min=None, max=5, exact=False, **{kind: True})
        toll = assemble([account("1", 1, (value, ("A",)))], {}).tolls["killed"]
        assert (toll.low, toll.best, toll.high) == (None, None, None)
        assert toll.rule == "harm is reported without a number"
        total = account("2", 1, (killed(8), ("B",)))
        found = assemble([account("1", 1, (value, ("A",))), total], {}).tolls["killed"]
        assert (found.low, found.best, found.high) == (8, 8, 8)


def test_five_to_seven_more_raise_the_upper_end_by_seven():
    more = CasualtyValue(effect="killed", min=5, max=7, exact=False, additional=True)
    accounts = [account("1", 1, (killed(10), ("A",))), account("2", 2, (more, ("A",)))]
    toll = assemble(accounts, {}).tolls["killed"]
    assert (toll.low, toll.best, toll.high) == (15, 15, 17)


def test_no_casualties_rise_nowhere_beside_those_who_count_the_dead():
    none = CasualtyValue(effect="casualties", min=0, max=0, exact=True)
    accounts = [account("1", 1, (none, ("A",))), account("2", 1, (killed(3), ("B",)))]
    incident = assemble(accounts, {})
    assert set(incident.tolls) == set(incident.rise) == {"killed"}


def test_a_bound_that_excludes_itself_supports_nothing():
    value = CasualtyValue(effect="killed", min=7, max=3, exact=False)
    other = CasualtyValue(effect="killed", min=5, max=9, exact=False)
    accounts = [account("1", 1, (other, ("A",))), account("2", 2, (value, ("B",)))]
    incident = assemble(accounts, SOURCES)
    toll, last = incident.tolls["killed"], incident.rise["killed"][-1]
    assert (last.low, last.best, last.high) == (toll.low, toll.best, toll.high)


def test_a_long_rise_is_not_estimated_anew_at_every_report():
    class Counting(DefaultPolicy):
        asked = 0

        def estimate(self, figures):
            self.asked += 1
            return super().estimate(figures)

    policy = Counting()
    accounts = [account(f"{n:03}", 1 + n % 28, (killed(n % 9), (f"p{n}",))) for n in range(120)]
    incident = assemble(accounts, {}, policy)
    assert len(incident.rise["killed"]) == 120
    assert policy.asked == 1
