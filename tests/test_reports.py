"""The facts two real reports must give, on the reports and on retellings of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dateline import pipeline
from dateline.model import CasualtyValue, Reading, StatisticValue
from dateline.settings import Settings
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "reports"
REAL = ROOT.parent / "shared" / "reports"


def read(path: Path) -> Reading:
    if not path.exists():
        pytest.skip("the folder shared/ with the real reports is not beside the checkout")
    (outcome,) = pipeline.read_all([str(path)], settings=Settings(workers=1))
    assert isinstance(outcome, Reading), outcome
    return outcome


def roots(reading: Reading, kind: str, **value: object) -> set[str]:
    return {
        chain[-1]
        for claim in reading.claims
        if claim.kind == kind
        and all(getattr(claim.value, name) == wanted for name, wanted in value.items())
        for chain in claim.chains
    }


@pytest.fixture(
    scope="module",
    params=[EXAMPLES / "unit-deserter.txt", REAL / "000_e5517872a7e009ef.txt"],
    ids=["retold", "real"],
)
def deserter(request) -> Reading:
    return read(request.param)


@pytest.fixture(
    scope="module",
    params=[EXAMPLES / "firing-range-repost.txt", REAL / "003_3759fdc528e22e5b.txt"],
    ids=["retold", "real"],
)
def firing_range(request) -> Reading:
    return read(request.param)


def test_deserter_document(deserter):
    document = deserter.document
    assert document.published_at == dt.date(2024, 7, 12)
    assert document.published_how == "stated"
    assert document.reposted_from == "Newsweek"
    assert document.publisher is None


def test_deserter_is_one_incident_with_its_date_and_place(deserter):
    (incident,) = deserter.incidents
    assert (incident.date.start, incident.date.end) == (dt.date(2024, 7, 11),) * 2
    assert incident.place.country == "RU"
    assert "Belgorod" in incident.place.name
    assert not incident.background


def test_deserter_toll_and_who_says_so(deserter):
    (incident,) = deserter.incidents
    for effect, number in (("killed", 2), ("injured", 1)):
        toll = incident.tolls[effect]
        assert (toll.low, toll.best, toll.high) == (number, number, number)
        assert {"Baza", "Shot"} <= roots(deserter, "casualty", effect=effect, min=number)
    chains = {c for claim in deserter.claims if claim.kind == "casualty" for c in claim.chains}
    assert {chain[0] for chain in chains} == {"Newsweek"}
    groups = {
        claim.value.group
        for claim in deserter.claims
        if claim.kind == "casualty" and claim.value.effect == "killed" and claim.value.min == 2
    }
    assert groups == {"soldiers"}


def test_deserter_casualties_without_a_number_are_a_claim(deserter):
    bare = [
        claim
        for claim in deserter.claims
        if isinstance(claim.value, CasualtyValue) and claim.value.effect == "casualties"
    ]
    assert [(c.value.min, c.value.max) for c in bare] == [(None, None)]
    assert any("RT" in chain for chain in bare[0].chains)


def test_deserter_perpetrator_weapon_motive_and_charges(deserter):
    (incident,) = deserter.incidents
    (perpetrator,) = incident.perpetrators
    assert "Russian" in perpetrator.description
    assert perpetrator.fate == "at large"
    assert any("Kalashnikov" in weapon.description for weapon in incident.weapons)
    (dispute,) = incident.disputes
    assert dispute.about == "motive"
    said = {side.says: {chain[-1] for chain in side.chains} for side in dispute.sides}
    (insult,) = [says for says in said if "insult" in says]
    (conflict,) = [says for says in said if "domestic conflict" in says]
    assert any("VChK-OGPU" in name for name in said[insult])
    assert any("RT" in name or "Russia Today" in name for name in said[conflict])
    offences = {claim.value.offence for claim in deserter.claims if claim.kind == "charge"}
    assert offences == {"desertion", "attempted murder"}


def test_deserter_statistics_are_in_no_toll(deserter):
    values = [claim.value for claim in deserter.statistics]
    assert all(isinstance(value, StatisticValue) for value in values)
    figures = {(value.min, value.qualifier) for value in values if value.ratio is None}
    assert {number for number, _ in figures} >= {18000, 12000, 2500}
    assert any(value.ratio == 10 for value in values)
    assert all(claim.incident is None for claim in deserter.statistics)


def test_deserter_caption_is_furniture(deserter):
    text = deserter.document.text
    caption = text.index("February 28, 2024")
    assert any(start <= caption < end for start, end in deserter.document.furniture)
    assert not [c for c in deserter.claims if c.span.start <= caption < c.span.end]


def test_firing_range_document(firing_range):
    document = firing_range.document
    assert document.published_how == "inferred"
    assert dt.date(2022, 10, 15) <= document.published_at <= dt.date(2022, 10, 17)
    assert document.reposted_from == "Newsweek"


def test_firing_range_is_one_incident_with_its_date_and_place(firing_range):
    (incident,) = firing_range.incidents
    assert (incident.date.start, incident.date.end) == (dt.date(2022, 10, 15),) * 2
    assert incident.place.country == "RU"
    assert "Belgorod" in (incident.place.admin1 or incident.place.name)
    assert incident.place.site in {"firing range", "training ground"}


def test_firing_range_toll_and_who_says_so(firing_range):
    (incident,) = firing_range.incidents
    for effect, number in (("killed", 11), ("injured", 15)):
        toll = incident.tolls[effect]
        assert (toll.low, toll.best, toll.high) == (number, number, number)
        ministry = ("Newsweek", "TASS", "Russian Ministry of Defense")
        chains = [
            claim.chains
            for claim in firing_range.claims
            if isinstance(claim.value, CasualtyValue)
            and (claim.value.effect, claim.value.min) == (effect, number)
            and any(len(chain) > 1 for chain in claim.chains)
        ]
        assert chains
        assert all(chain[-1] == ministry[-1] for told in chains for chain in told)
        assert any(ministry in told for told in chains)
    assert incident.independent_sources == ("Russian Ministry of Defense",) or (
        "Russian Ministry of Defense" in incident.independent_sources
    )


def test_firing_range_attackers_are_not_among_the_eleven(firing_range):
    (incident,) = firing_range.incidents
    assert incident.perpetrator_tolls["killed"].best == 2
    assert incident.tolls["killed"].high == 11
    hedged = [
        claim.modality
        for claim in firing_range.claims
        if isinstance(claim.value, CasualtyValue) and claim.value.who == "perpetrators"
    ]
    assert hedged
    assert set(hedged) == {"hedged"}


def test_firing_range_account_of_the_perpetrators_is_disputed(firing_range):
    (incident,) = firing_range.incidents
    (dispute,) = [d for d in incident.disputes if d.about == "perpetrator"]
    said = " / ".join(side.says for side in dispute.sides)
    assert "citizens" in said
    assert "volunteer" in said


def test_firing_range_statistics_are_in_no_toll(firing_range):
    numbers = {claim.value.min or claim.value.max for claim in firing_range.statistics}
    assert {220000, 300000, 5} <= numbers
    (incident,) = firing_range.incidents
    assert set(incident.tolls) <= {"killed", "injured", "casualties"}
