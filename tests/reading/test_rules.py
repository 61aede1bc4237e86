"""Every rule that makes claims is told of in data/rules.toml, and docs show that table."""

from __future__ import annotations

import json
import re

import pytest
from tests.conftest import ROOT

import dateline
from dateline import pipeline
from dateline.errors import DatelineError
from dateline.export.contract import encode, read_line
from dateline.model import Document
from dateline.reading.attribution.verification import find_verifications
from dateline.reading.harm.casualties import find_figures
from dateline.reading.incidents.charges import find_charges
from dateline.reading.incidents.events import find_triggers
from dateline.reading.incidents.motives import find_motives
from dateline.reading.incidents.perpetrators import find_perpetrators
from dateline.reading.incidents.responsibility import find_responsibility
from dateline.reading.incidents.targets import find_targets
from dateline.reading.incidents.weapons import find_weapons
from dateline.reading.prepared import prepare
from dateline.reading.rules import rules
from dateline.settings import Settings

REPORT = (
    "Two gunmen opened fire in a market in Kirkuk on Thursday, killing four people and wounding "
    "nine, police said. The gunmen fled.\n\nThree of the dead were children."
)


def labelled_texts():
    for path in sorted((ROOT / "tests" / "corpus").glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def test_every_rule_of_the_examples_is_in_the_table(examples):
    made = set()
    for outcome in pipeline.read_all([str(examples)], settings=Settings(workers=1)):
        assert not isinstance(outcome, DatelineError)
        made |= {claim.rule for claim in outcome.claims}
    assert made
    assert made <= rules().keys()


def test_every_rule_of_the_labelled_texts_is_in_the_table():
    finders = (
        find_perpetrators, find_targets, find_weapons, find_motives, find_charges,
        find_responsibility, find_verifications,
    )  # fmt: skip
    made = set()
    for number, text in enumerate(labelled_texts()):
        prepared = prepare(Document(id=str(number), text=text))
        casualties, statistics = find_figures(prepared)
        made |= {f.rule for f in (*casualties, *statistics)}
        made |= {t.finding.rule for t in find_triggers(prepared, casualties)}
        made |= {f.rule for find in finders for f in find(prepared)}
    assert len(made) > 20
    assert made <= rules().keys()


def test_docs_tell_of_every_rule():
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    for name, rule in rules().items():
        assert f"| `{name}` | {rule.looks_for} |" in page


def test_names_are_all_of_one_form():
    for name, rule in rules().items():
        assert re.fullmatch(r"[a-z]+:[a-z, ]+", name)
        assert rule.looks_for
        assert rule.example


@pytest.fixture(scope="module")
def reading():
    return dateline.read(REPORT, published_at="2017-03-10", publisher="Herald")


def test_scores_are_probabilities_of_the_kinds_measured(reading):
    measured = {"casualty", "event", "time", "place", "perpetrator"}
    for claim in reading.claims:
        if claim.incident is not None and claim.kind in measured:
            assert 0 < claim.score < 1
        if claim.kind not in measured:
            assert claim.score is None
    figures = [claim.score for claim in reading.claims if claim.kind == "casualty"]
    assert len(figures) == 3
    assert min(figures) > 0.7


def test_a_figure_in_a_report_scores_above_one_in_a_film_notice(reading):
    film = dateline.read(
        "The thriller, in which a sniper guns down nine mobsters, opened on Friday and beat the "
        "comedy at the box office. The director called the sequel a love story.",
        published_at="2017-03-10",
    )
    best = max(claim.score for claim in reading.claims if claim.kind == "casualty")
    for claim in film.claims:
        if claim.kind == "casualty":
            assert claim.score < best


def test_the_contract_explains_claims_only_when_asked(reading):
    plain = json.loads(encode(read_line(reading)))
    told = json.loads(encode(read_line(reading, {n: r.looks_for for n, r in rules().items()})))
    for bare, claim in zip(plain["claims"], told["claims"], strict=True):
        assert "explained" not in bare
        start, end = claim["span"]
        assert claim["explained"]["words"] == told["document"]["text"][start:end]
        assert claim["explained"]["looks_for"] == rules()[claim["rule"]].looks_for
        del claim["explained"]
        assert claim == bare
