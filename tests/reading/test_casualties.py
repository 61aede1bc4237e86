"""Casualty figures, read from sentences of our own wording."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import CasualtyValue, Document, StatisticValue
from dateline.reading.harm.casualties import find_casualties, find_figures
from dateline.reading.prepared import prepare

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"


def benchmark():
    """The benchmark script, which is no part of the package."""
    path = ROOT / "benchmarks" / "casualties.py"
    spec = importlib.util.spec_from_file_location("casualty_benchmark", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def casualties(text, title=None):
    return find_casualties(prepare(Document(id="d", text=text, title=title)))


def figures(text, title=None):
    found = [f for f in casualties(text, title) if not f.hypothetical]
    return {(f.value.effect, f.value.min, f.value.max) for f in found}


def value(text, **wanted):
    for finding in casualties(text):
        if all(getattr(finding.value, name) == is_ for name, is_ in wanted.items()):
            return finding.value
    raise AssertionError(f"no {wanted} in {casualties(text)}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He killed two of his comrades and wounded another.",
            {("killed", 2, 2), ("injured", 1, 1)},
        ),
        ("He shot dead two soldiers.", {("killed", 2, 2)}),
        ("As a result, 11 people were fatally injured.", {("killed", 11, 11)}),
        (
            "Another 15 people with injuries of varying severity were taken to a medical facility.",
            {("injured", 15, 15)},
        ),
        ("The death toll rose to at least six.", {("killed", 6, None)}),
        ("Three of the wounded later died in hospital.", {("killed", 3, 3)}),
        ("A family of five was killed in the blast.", {("killed", 5, 5)}),
        ("No one was hurt.", {("injured", 0, 0)}),
        ("No casualties were reported.", {("casualties", 0, 0)}),
        ("Police did not say how many people were injured.", set()),
        ("Dozens were wounded and scores killed.", {("injured", 24, None), ("killed", 40, None)}),
        ("Between 20 and 30 people were killed.", {("killed", 20, 30)}),
        (
            "The bomb went off, killing a policeman and two civilians.",
            {("killed", 1, 1), ("killed", 2, 2)},
        ),
        ("The bodies of 12 men were found.", {("killed", 12, 12)}),
        ("The attack claimed the lives of 49 people.", {("killed", 49, 49)}),
        ("It left 22 dead and 59 wounded.", {("killed", 22, 22), ("injured", 59, 59)}),
        ("50 people died and 53 were hospitalized.", {("killed", 50, 50), ("injured", 53, 53)}),
        ("Nineteen soldiers were airlifted to the base hospital.", {("injured", 19, 19)}),
        ("The shooter, 29, killed 49 people near Route 91.", {("killed", 49, 49)}),
        ("Armed men abducted 200 schoolgirls.", {("abducted", 200, 200)}),
        ("He took 12 people hostage.", {("abducted", 12, 12)}),
        ("Three hostages were freed.", {("released", 3, 3)}),
        ("400 people remain missing.", {("missing", 400, 400)}),
        ("Twelve soldiers were taken prisoner.", {("captured", 12, 12)}),
        ("Thousands fled their homes.", {("displaced", 2000, None)}),
        ("The gang hacked three people to death.", {("killed", 3, 3)}),
        ("Some 30 people were killed or wounded.", {("casualties", 30, 30)}),
        ("There are casualties.", {("casualties", None, None)}),
        (
            "THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS WERE WOUNDED.",
            {("killed", 3, 3), ("injured", 7, 7)},
        ),
        ("12 killed 15 injured in bus crash", {("killed", 12, 12), ("injured", 15, 15)}),
    ],
)
def test_figures(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Senate killed four gun bills in a row.",
        "The striker killed off the game with two goals.",
        "The race is a dead heat after 12 weeks.",
        "The slump has killed 12,000 jobs.",
        "Two of the three best restaurants are closed.",
        "It was one of the deadliest attacks in years.",
        "Whale watchers saw three killer whales.",
        "The rebels were armed with 70 rounds and 12 rockets.",
        "Flu has killed 53 children.",
        "The second medic to be killed was named.",
    ],
)
def test_no_figures(text):
    assert figures(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The number of people killed in Monday's bombing of a school in the northern town "
            "of Karsk has risen to 27, the ministry said.",
            {("killed", 27, 27)},
        ),
        ("Four of those injured died at the clinic.", {("killed", 4, 4)}),
        ("Three people wounded in the raid on Monday later died in hospital.", {("killed", 3, 3)}),
        (
            "Sixteen people were hurt, five of whom remain in a critical condition.",
            {("injured", 16, 16), ("injured", 5, 5)},
        ),
        (
            "Nine people were injured, none of them in a grave condition.",
            {("injured", 9, 9)},
        ),
        ("The pilot said six of his friends were among those killed.", {("killed", 6, 6)}),
        ("In the county, 40 of every 100,000 residents died.", set()),
        ("One hostage, a 16-year-old, was not released.", set()),
    ],
)
def test_what_came_of_them(text, expected):
    assert figures(text) == expected


def test_sides():
    assert value("He set off a bomb, killing himself and 12 others.", min=1).who == "perpetrators"
    assert value("He set off a bomb, killing himself and 12 others.", min=12).who == "victims"
    assert value("The gunman was also killed.", min=1).who == "perpetrators"
    text = "Two attackers opened fire. The attackers, who were killed by return fire, were young."
    assert value(text, effect="killed").who == "perpetrators"
    assert value(text, effect="killed").min == 2


def test_parts_of_a_total():
    part = value("14 dead, 9 of them children, in attack on hospital.", min=9)
    assert (part.effect, part.group, part.subset) == ("killed", "children", True)
    assert not value("14 dead, 9 injured in attack.", min=9).subset
    part = value("At least 40 people, including three policemen, were killed.", min=3)
    assert (part.group, part.subset) == ("police", True)
    assert value("Forty were killed. Nine of the dead were women.", min=9).subset


def test_totals_and_additions():
    assert value("The toll rose from 43 to 61.", min=61).cumulative
    assert value("Another 15 people were wounded.", min=15).additional


def test_groups():
    assert value("Three soldiers were killed.", min=3).group == "soldiers"
    assert value("Gunmen abducted six aid workers.", min=6).effect == "abducted"


def test_modality():
    (denied,) = casualties("The army denied that 10 were killed.")
    assert denied.denied
    assert not denied.hypothetical
    (unreal,) = casualties("A bomb like that could kill 10 people.")
    assert unreal.hypothetical
    (feared,) = casualties("Fourteen people were feared dead.")
    assert (feared.value.min, feared.value.exact, feared.value.qualifier) == (14, False, "feared")


def test_shot_without_an_outcome_may_be_either():
    assert figures("Two men were shot outside a bar.") == {("casualties", 2, 2)}
    assert figures("Two men were shot outside a bar. Both were taken to hospital.") == {
        ("injured", 2, 2)
    }


def test_evidence_is_in_the_text():
    text = "On Monday, at least 12 people were killed in the city.\n\nTwo died later."
    for finding in casualties(text):
        assert (
            text[finding.anchor.start : finding.anchor.end]
            in text[finding.span.start : finding.span.end]
        )
    assert text[slice(*casualties(text)[0].anchor)] == "at least 12 people"


_WORDS = (
    "killed wounded dead people 12 three of them including and , . were was the a gunman"
    " himself died among toll rose to from 43 61 hostages freed soldiers if could -"
).split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60))
def test_any_order_of_words_is_read_the_same_way_twice(words):
    text = " ".join(words)
    first, second = (find_figures(prepare(Document(id="d", text=text))) for _ in range(2))
    assert first == second
    for finding in (*first[0], *first[1]):
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.span.start <= finding.anchor.start < finding.anchor.end <= finding.span.end
        low, high = finding.value.min, finding.value.max
        assert low is None or high is None or low <= high


@pytest.mark.parametrize("piece", ["12 ", "killed ", "12 killed including ", "shot two men "])
def test_a_long_line_is_read(piece):
    """A pattern that went back over the line again and again would not come to an end."""
    find_figures(prepare(Document(id="d", text=piece * (60_000 // len(piece)))))


def test_hostile_text():
    assert figures("\ud800 12 killed \u202e\x00 in a fire.") == {("killed", 12, 12)}
    assert figures("") == set()


@pytest.mark.parametrize(("name", "floor"), [("dev", 0.97), ("heldout", 0.93)])
def test_labelled_reports_keep_their_floor(name, floor):
    script = benchmark()
    result = script.score(script.load(script.CORPUS / f"{name}.jsonl"))
    assert result.f1 >= floor, "\n".join(result.errors)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the two real reports are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "expected", "statistics"),
    [
        (
            "000_*.txt",
            {("killed", 2, 2), ("injured", 1, 1), ("casualties", None, None)},
            {18_000, 12_000, 2_500, None},
        ),
        (
            "003_*.txt",
            {("killed", 11, 11), ("injured", 15, 15), ("killed", 2, 2), ("casualties", None, None)},
            {5, 220_000, 300_000, 200_000},
        ),
    ],
)
def test_real_reports(name, expected, statistics):
    text = next(SHARED.glob(name)).read_text(encoding="utf-8")
    found, counted = find_figures(
        prepare(Document(id="d", text=text, published_at=dt.date(2024, 7, 12)))
    )
    assert {(f.value.effect, f.value.min, f.value.max) for f in found} == expected
    assert {f.value.min for f in counted} == statistics
    assert all(isinstance(f.value, CasualtyValue) for f in found)
    assert all(isinstance(f.value, StatisticValue) for f in counted)


@pytest.mark.parametrize(
    "text",
    ["One of the wounded has died, the hospital said.", "TWO OF THE INJURED DIED."],
)
def test_a_death_among_the_wounded_is_a_part_of_the_dead(text):
    assert value(text, effect="killed").subset


@pytest.mark.parametrize(
    "text",
    [
        "Two people are still in hospital.",
        "Two people remain in hospital with burns.",
        "Two people were still being treated for wounds.",
    ],
)
def test_those_still_treated_are_a_part_of_the_wounded(text):
    assert value(text, effect="injured", min=2).subset


def test_those_hurt_where_they_stayed_are_no_part():
    assert not value("Two people were wounded and still the crowd stayed.", min=2).subset


@pytest.mark.parametrize(
    "text",
    ["None of the dead was a civilian, the army said.", "Not one of the victims was a soldier."],
)
def test_none_of_the_dead_counts_nobody(text):
    assert not figures(text)
