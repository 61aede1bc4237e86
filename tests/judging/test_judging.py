"""What people decide binds, is kept for good, and can be taken back."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace

from dateline import judging, linkage, pipeline
from dateline.decisions import Decisions
from dateline.errors import JudgementConflictError, MalformedInputError, UnknownIdError
from dateline.ledger import open_ledger
from tests.ledger.making import key
from tests.linking.test_linkage import documents, ids, put
from tests.linking.test_linkage import reports as reports_of_two


def reports():
    """Those of the tests of linkage, but the third has a source of its own."""
    made = reports_of_two()
    claims = tuple(replace(claim, chains=(("Star", "Nadia Ruiz"),)) for claim in made[2].claims)
    made[2] = replace(made[2], claims=claims)
    return made


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        put(book, reports())
        linkage.link_new(book)
        yield book


def toll(name):
    """The id of the casualty claim of a made-up report."""
    return "c" + key("d" + key(name), 0, "toll")


def mention(name):
    return "m" + key("d" + key(name), 0)


def incident(book, name):
    (id,) = book.incidents_of([mention(name)]).values()
    return book.incident(id)


def killed(book, name):
    toll = incident(book, name).tolls.get("killed")
    return toll and (toll.low, toll.best, toll.high)


def test_a_wrong_claim_never_counts_but_stays_visible(book):
    assert killed(book, "three")[2] == 7
    made = judging.judge_claim(book, toll("three"), "wrong", note="a misprint", by="ana")
    assert killed(book, "three") == (6, 6, 6)
    assert toll("three") in {stored.claim.id for stored in book.claims(incident(book, "three").id)}
    told = judging.history(book, incident(book, "one"))
    assert [(d.judgement.id, d.judgement.note, d.binds) for d in told] == [
        (made.id, "a misprint", True)
    ]


def test_the_only_claim_of_a_report_alone_judged_wrong_leaves_no_toll(book):
    judging.judge_claim(book, toll("other-town"), "wrong", by="ana")
    assert killed(book, "other-town") is None


def test_a_correction_counts_in_place(book):
    judging.correct_claim(book, toll("other-day"), {"number": 4}, by="ana")
    assert killed(book, "other-day") == (4, 4, 4)
    assert book.claim(toll("other-day")).claim.value.min == 40
    linkage.link_all(book, engine="python")
    assert killed(book, "other-day") == (4, 4, 4)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "no field"),
        ({"nmber": 4}, "meant is perhaps number|has no 'nmber'"),
        ({"min": "many"}, "Expected `int"),
        ({"min": 5, "max": 4}, "over max"),
        ({"min": -1}, "no number of people"),
        ({"effect": "sad"}, "Invalid enum"),
        ({"group": " "}, "empty"),
        ({"min": 40}, "already"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(book, fields, said):
    with pytest.raises(MalformedInputError, match=said):
        judging.correct_claim(book, toll("other-day"), fields, by="ana")
    assert not list(book.judgements())


def test_what_was_decided_stands_until_it_is_retracted(book):
    first = judging.judge_claim(book, toll("three"), "wrong", note="misprint", by="ana")
    with pytest.raises(JudgementConflictError, match=f"judgement {first.id} by ana .*misprint"):
        judging.judge_claim(book, toll("three"), "right", by="bo")
    again = judging.judge_claim(book, toll("three"), "wrong", by="bo")
    judging.retract(book, first.id, by="ana")
    assert killed(book, "three") == (6, 6, 6)
    back = judging.retract(book, again.id, by="bo")
    assert killed(book, "three")[2] == 7
    with pytest.raises(JudgementConflictError, match=f"already: judgement {back.id} by bo"):
        judging.retract(book, again.id, by="ana")
    judging.retract(book, back.id, by="ana")
    assert killed(book, "three") == (6, 6, 6)
    with pytest.raises(UnknownIdError):
        judging.retract(book, 99, by="ana")


def test_a_decision_can_take_the_place_of_another_at_once(book):
    first = judging.judge_claim(book, toll("three"), "wrong", by="ana")
    judging.judge_claim(book, toll("three"), "right", by="ana", instead_of=first.id)
    assert [j.kind for j in book.judgements()] == ["wrong", "retracted", "right"]
    assert killed(book, "three")[2] == 7
    # Refused, it leaves the one it was to replace in force.
    second = next(j.id for j in book.judgements("right"))
    with pytest.raises(UnknownIdError):
        judging.judge_claim(book, "nothing", "wrong", by="ana", instead_of=second)
    assert toll("three") in Decisions.of(book).claims


def test_restoring_what_was_contradicted_since_is_refused(book):
    first = judging.judge_claim(book, toll("three"), "wrong", by="ana")
    undo = judging.retract(book, first.id, by="ana")
    judging.judge_claim(book, toll("three"), "right", by="bo")
    with pytest.raises(JudgementConflictError, match="by bo"):
        judging.retract(book, undo.id, by="ana")


def test_an_incident_is_confirmed_and_discounted_by_people_only(book):
    made = judging.judge_incident(book, mention("three"), "discounted", note="a drill", by="ana")
    found = incident(book, "one")
    assert (found.grade, found.grade_reason) == ("discounted", "discounted by ana: a drill")
    with pytest.raises(JudgementConflictError, match=f"judgement {made.id} by ana"):
        judging.judge_incident(book, found.id, "confirmed", by="bo")
    with pytest.raises(JudgementConflictError, match=f"judgement {made.id} by ana"):
        judging.judge_incident(book, mention("one"), "confirmed", by="bo")
    judging.retract(book, made.id, by="ana")
    assert incident(book, "one").grade != "discounted"
    judging.judge_incident(book, found.id, "confirmed", by="bo")
    linkage.link_all(book, engine="python")
    assert incident(book, "two").grade == "confirmed"


def test_a_note_changes_nothing_and_is_kept(book):
    before = list(book.incidents())
    judging.note_on(book, mention("one"), note="asked the hospital", by="ana")
    assert list(book.incidents()) == before
    (told,) = judging.history(book, incident(book, "two"))
    assert told.judgement.note == "asked the hospital"
    with pytest.raises(JudgementConflictError, match="words"):
        judging.note_on(book, mention("one"), note=" ", by="ana")


def test_a_mention_is_split_off_and_comes_back(book):
    together = sorted([ids("one", "two", "three"), ids("other-day"), ids("other-town")])
    assert documents(book) == together
    made = judging.split(book, mention("three"), note="another night", by="ana")
    apart = sorted([ids("one", "two"), ids("three"), ids("other-day"), ids("other-town")])
    assert documents(book) == apart
    linkage.link_all(book, engine="python")
    assert documents(book) == apart
    with pytest.raises(JudgementConflictError, match="all there is"):
        judging.split(book, mention("three"), by="ana")
    with pytest.raises(JudgementConflictError, match=f"judgement {made.id} by ana"):
        judging.judge_same(book, "same", mention("three"), mention("one"), by="bo")
    judging.retract(book, made.id, by="ana")
    assert documents(book) == together


def test_splitting_what_people_joined_names_who_joined_it(book):
    joined = judging.judge_same(book, "same", "x-other-town", "x-one", by="ana")
    with pytest.raises(JudgementConflictError, match=f"judgement {joined.id} by ana .the same"):
        judging.split(book, mention("other-town"), by="bo")
    judging.retract(book, joined.id, by="ana")
    assert ids("other-town") in documents(book)


def test_a_judged_place_and_day_are_linked_by(tmp_path):
    text = "A car bomb killed five people in Kharkiv on 3 May 2024, police said."
    again = "Police said that the car bomb killed five people in Kherson on 3 May 2024."
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        for words, publisher in ((text, "Herald"), (again, "Star")):
            reading = pipeline.read(words, published_at="2024-05-04", publisher=publisher)
            book.add(reading, reading.incidents)
        linkage.link_new(book)
        assert len(list(book.incidents())) == 2
        (claim,) = (
            stored.claim.id
            for found in book.incidents()
            for stored in book.claims(found.id)
            if stored.claim.kind == "place" and stored.claim.value.name == "Kherson"
        )
        with pytest.raises(MalformedInputError, match="no such place"):
            judging.correct_claim(book, claim, {"name": "Nowhereburg"}, by="ana")
        made = judging.correct_claim(
            book, claim, {"name": "Kharkiv", "country": "UA", "kind": "city"}, by="ana"
        )
        (found,) = book.incidents()
        assert found.place.name == "Kharkiv"
        assert found.place.lat == pytest.approx(49.98, abs=0.05)
        judging.retract(book, made.id, by="ana")
        assert len(list(book.incidents())) == 2


def test_judgements_hold_for_a_report_that_is_read_again(book, tmp_path):
    judging.correct_claim(book, toll("three"), {"number": 9}, by="ana")
    judging.judge_claim(book, toll("other-town"), "wrong", by="ana")
    judging.judge_incident(book, mention("other-day"), "discounted", by="ana")
    with open_ledger(tmp_path / "again.db", create=True) as other:
        for judgement in book.judgements():
            other.judge(judgement.kind, judgement.subjects, judgement.author, body=judgement.body)
        put(other, reports())
        linkage.link_new(other)
        assert list(other.incidents()) == list(book.incidents())


def test_a_withdrawn_report_takes_its_judgements_effect_along(book):
    made = judging.judge_claim(book, toll("three"), "wrong", by="ana")
    split = judging.split(book, mention("two"), by="ana")
    linkage.withdraw(book, "x-three", "asked for", "ana")
    judging.retract(book, made.id, by="ana")
    linkage.withdraw(book, "x-two", "asked for", "ana")
    judging.retract(book, split.id, by="ana")
    assert book.faults() == []
    with pytest.raises(JudgementConflictError, match="cannot be retracted"):
        judging.retract(book, next(j.id for j in book.judgements("withdrawn")), by="ana")


def test_two_people_deciding_at_once_lose_nothing(tmp_path):
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        put(book, reports())
        linkage.link_new(book)
    start = threading.Barrier(2)
    refused = []

    def decide(who, word):
        with open_ledger(tmp_path / "ledger.db", write=True) as book:
            start.wait()
            for name in ("one", "two", "other-day"):
                try:
                    judging.judge_claim(book, toll(name), word, by=who)
                except JudgementConflictError as error:
                    refused.append((who, str(error)))

    people = [
        threading.Thread(target=decide, args=("ana", "right")),
        threading.Thread(target=decide, args=("bo", "wrong")),
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with open_ledger(tmp_path / "ledger.db") as book:
        kept = list(book.judgements())
    # Of each claim one decision stands, and whoever came second was told by whom.
    assert sorted(j.subjects[0] for j in kept) == sorted(map(toll, ("one", "two", "other-day")))
    assert len(refused) == 3
    assert all(("by bo" if who == "ana" else "by ana") in said for who, said in refused)
