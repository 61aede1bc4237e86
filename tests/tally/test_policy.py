"""Policies and the rise of a toll, through ``assemble``; policies of other packages."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import SettingsError
from dateline.model import Source
from dateline.tally.incident import assemble
from dateline.tally.policy import POLICIES, policy
from tests.conftest import ROOT
from tests.tally.accounts import account, killed
from tests.tally.test_incident import ARMY, HOSPITAL, POLICE, SOURCES, bounds

ELDERS = ("Herald", "elders")
MAYOR = ("Courier", "mayor")


def told():
    """Elders and the hospital early, the police later, the army last and lowest."""
    return [
        account("a", 1, (killed(60), ELDERS)),
        account("b", 2, (killed(60), HOSPITAL)),
        account("c", 3, (killed(85), POLICE)),
        account("d", 4, (killed(13), ARMY)),
    ]


@pytest.mark.parametrize(
    ("name", "best", "words"),
    [
        ("default", 60, "supported by 2 of 4 independent sources (elders, hospital)"),
        ("conservative", 13, "the lowest figure given, by army"),
        ("latest", 13, "the latest report, of 2023-03-04, by army"),
        ("official", 85, "the latest official figure, by police"),
        ("maximum", 85, "the highest figure given, by police"),
    ],
)
def test_each_policy_says_its_best_and_why(name, best, words):
    toll = assemble(told(), SOURCES, POLICIES[name]).tolls["killed"]
    assert bounds(toll) == (13, best, 85)
    assert words in toll.rule
    assert toll.claims == ("ca0", "cb0", "cc0", "cd0")
    assert (toll.low_claims, toll.high_claims) == (("cd0",), ("cc0",))


def test_the_rule_names_who_sets_the_extremes():
    toll = assemble(told(), SOURCES).tolls["killed"]
    assert toll.rule.endswith("low by army; high by police")
    assert toll.best_claims == ("ca0", "cb0")


def test_without_an_official_figure_the_default_decides_and_says_so():
    accounts = [account("a", 1, (killed(60), ELDERS)), account("b", 2, (killed(60), HOSPITAL))]
    toll = assemble(accounts, SOURCES, POLICIES["official"]).tolls["killed"]
    assert bounds(toll) == (60, 60, 60)
    assert toll.rule.startswith("no official figure; supported by 2 of 2")


def test_a_range_counts_with_its_ends():
    accounts = [account("a", 1, (killed(5, 9), ELDERS))]
    for name, best in (("conservative", 5), ("maximum", 9)):
        assert bounds(assemble(accounts, SOURCES, POLICIES[name]).tolls["killed"]) == (5, best, 9)


def test_how_the_toll_rose():
    steps = assemble(told(), SOURCES).rise["killed"]
    assert [(s.reported_on.day, s.document_id, s.root, s.min, s.best) for s in steps] == [
        (1, "da", "elders", 60, 60),
        (2, "db", "hospital", 60, 60),
        (3, "dc", "police", 85, 60),
        (4, "dd", "army", 13, 60),
    ]
    assert [(s.low, s.high) for s in steps] == [(60, 60), (60, 60), (60, 85), (13, 85)]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(1, 5),
            st.sampled_from([POLICE, HOSPITAL, ARMY, ELDERS, ("Herald",)]),
            st.integers(0, 9),
            st.sampled_from(["same", None]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(sorted(POLICIES)),
    st.randoms(use_true_random=False),
)
def test_bounds_are_in_order_and_the_rise_ends_at_the_toll(figures, name, random):
    accounts = [
        account(f"{number}", day, (killed(low, high), chain))
        for number, (day, chain, low, high) in enumerate(figures)
    ]
    found = assemble(accounts, SOURCES, POLICIES[name])
    toll = found.tolls["killed"]
    assert toll.low <= toll.best <= toll.high
    last = found.rise["killed"][-1]
    assert (last.low, last.best, last.high) == bounds(toll)
    for claims in (toll.low_claims, toll.best_claims, toll.high_claims):
        assert claims
        assert set(claims) <= set(toll.claims)
    random.shuffle(accounts)
    assert assemble(accounts, SOURCES, POLICIES[name]) == found


def test_a_name_that_nobody_has_is_refused_with_those_there_are():
    with pytest.raises(SettingsError, match=r"--policy: 'highest' is no policy \(one of default"):
        policy("highest", "--policy")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A tiny distribution with policies of its own, installed by pip from its wheel."""
    module = textwrap.dedent(
        """
        from dateline.model import Toll
        from dateline.tally.policy import toll

        class Median:
            name = "median"

            def estimate(self, figures):
                points = sorted(f.point for f in figures)
                best = points[len(points) // 2]
                backers = [f for f in figures if f.point == best]
                return toll(figures, best, backers, f"the median of {len(points)} figures")

        class Upside:
            name = "upside"

            def estimate(self, figures):
                return Toll(low=9, best=5, high=1)

        class Failing:
            name = "failing"

            def estimate(self, figures):
                raise ZeroDivisionError("oh")
        """
    )
    points = "[dateline.policies]\n" + "".join(
        f"{name} = doubled:{held}\n"
        for name, held in (
            ("median", "Median"),
            ("upside", "Upside"),
            ("failing", "Failing"),
            ("missing", "Nothing"),
        )
    )
    info = "dateline_doubled-1.dist-info"
    wheel = tmp_path_factory.mktemp("wheel") / "dateline_doubled-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("doubled.py", module)
        archive.writestr(f"{info}/entry_points.txt", points)
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: dateline-doubled\nVersion: 1\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")
    site = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True, capture_output=True)
    return site


def ask(site, name):
    """The toll by that policy, asked in a process that has the distribution."""
    code = f"""
from dateline.errors import DatelineError
from dateline.tally.incident import assemble
from dateline.tally.policy import policy
from tests.tally.test_policy import told
from tests.tally.test_incident import SOURCES
try:
    toll = assemble(told(), SOURCES, policy({name!r})).tolls["killed"]
    print(toll.low, toll.best, toll.high, toll.rule)
except DatelineError as error:
    print("error", error)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}"},
    )
    return run.stdout.strip()


def test_a_policy_of_an_installed_package_is_chosen_by_its_name(installed):
    assert ask(installed, "median").startswith("13 60 85 the median of 4 figures")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("upside", "error policy 'upside' gave [9, 5, 1] as low, best and high"),
        ("failing", "error policy 'failing' failed: ZeroDivisionError: oh"),
        (
            "missing",
            "error DATELINE_POLICY: policy 'missing' cannot be loaded from doubled:Nothing",
        ),
        ("none", "error DATELINE_POLICY: 'none' is no policy (one of default"),
    ],
)
def test_a_policy_that_cannot_be_is_an_error_in_one_line(installed, name, said):
    assert ask(installed, name).startswith(said)


def test_a_death_added_by_another_source_neither_lowers_nor_disputes_the_toll():
    accounts = [
        account("a", 1, (killed(4), POLICE)),
        account("b", 2, (killed(1, additional=True), HOSPITAL)),
    ]
    assert bounds(assemble(accounts, SOURCES).tolls["killed"]) == (4, 4, 4)


def test_a_death_told_after_the_total_by_the_same_source_is_added():
    accounts = [account("a", 1, (killed(4), POLICE), (killed(1, additional=True), POLICE))]
    assert bounds(assemble(accounts, SOURCES).tolls["killed"]) == (5, 5, 5)


def test_a_new_total_outgrows_what_more_sources_counted_earlier():
    early = [
        account("a", 1, (killed(10), ELDERS)),
        account("b", 1, (killed(10), HOSPITAL)),
        account("c", 1, (killed(18), POLICE)),
    ]
    lone = assemble([*early, account("d", 2, (killed(20), ARMY))], SOURCES).tolls["killed"]
    assert bounds(lone) == (10, 10, 20), "a single larger figure may be a mistake"
    rose = account("d", 2, (killed(20, cumulative=True), ARMY))
    toll = assemble([*early, rose], SOURCES).tolls["killed"]
    assert bounds(toll) == (18, 20, 20), "what was outgrown by far is no low"
    assert "fewer were counted on earlier days (elders: 10, hospital: 10, police: 18)" in toll.rule
    assert toll.best_claims == ("cd0",)
    same_day = account("d", 1, (killed(20, cumulative=True), ARMY))
    assert bounds(assemble([*early, same_day], SOURCES).tolls["killed"]) == (10, 10, 20)


def test_two_later_sources_outgrow_three_earlier_ones():
    early = [
        account("a", 1, (killed(58), ELDERS)),
        account("b", 1, (killed(58), HOSPITAL)),
        account("c", 1, (killed(58), POLICE)),
    ]
    late = [
        account("d", 3, (killed(59), ARMY)),
        account("e", 4, (killed(59), MAYOR)),
    ]
    assert bounds(assemble([*early, *late], SOURCES).tolls["killed"]) == (58, 59, 59)
    assert bounds(assemble([*early, late[0]], SOURCES).tolls["killed"]) == (58, 58, 59)


def test_an_armed_groups_boast_outgrows_nothing_and_nobody_harmed_does_not_grow():
    militia = {**SOURCES, "militia": Source(name="militia", kind="armed_group")}
    counted = [account("a", 1, (killed(3), ELDERS)), account("b", 1, (killed(3), HOSPITAL))]
    boast = account("c", 2, (killed(50, cumulative=True), ("Courier", "militia")))
    assert bounds(assemble([*counted, boast], militia).tolls["killed"]) == (3, 3, 50)
    none = [account("a", 1, (killed(0), ELDERS)), account("b", 1, (killed(0), HOSPITAL))]
    assert bounds(
        assemble([*none, account("c", 2, (killed(5, cumulative=True), ARMY))], SOURCES).tolls[
            "killed"
        ]
    ) == (0, 0, 5)


def test_at_least_so_many_of_the_first_hour_is_no_low_once_it_is_outgrown():
    first = account("a", 1, (killed(8, None), POLICE))
    told = [account("b", 2, (killed(11), ELDERS)), account("c", 3, (killed(11), MAYOR))]
    assert bounds(assemble([first, *told], SOURCES).tolls["killed"]) == (11, 11, 11)
    # One later report may be mistaken, and of one day nobody knows which came first.
    assert bounds(assemble([first, told[0]], SOURCES).tolls["killed"]) == (8, 11, 11)


def test_who_counts_a_part_is_named_apart_from_who_gives_the_total():
    told = [
        account("a", 1, (killed(11), ELDERS)),
        account("b", 1, (killed(11), MAYOR)),
        account("c", 2, (killed(2, subset=True), POLICE)),
    ]
    rule = assemble(told, SOURCES).tolls["killed"].rule
    assert "supported by 2 of 2 independent sources (elders, mayor)" in rule
    assert "a part is counted by police: at least 2" in rule
