"""Linking in a ledger: the same however it was filled, under judgements and takedowns."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from sqlalchemy import text

from dateline import linkage, pipeline
from dateline.decisions import Decisions
from dateline.errors import JudgementConflictError, UnknownIdError
from dateline.ledger import open_ledger
from dateline.linking import linker
from dateline.linking.candidate import candidate
from dateline.model import Place
from tests.ledger.making import make_reading

KHERSON = Place(
    span=None, name="Kherson", kind="city", lat=46.64, lon=32.61, country="UA", admin1="Kherson"
)


def reports():
    """Three reports of one shooting, one of another day, one of another town."""
    made = [
        make_reading("one", killed=6, text="Six soldiers were shot dead by Ivan Petrenko."),
        make_reading("two", killed=6, text="A man called Ivan Petrenko killed six soldiers."),
        make_reading("three", killed=7),
        make_reading("other-day", killed=40, day=dt.date(2024, 7, 2)),
        make_reading("other-town", killed=1, place=KHERSON),
    ]
    publishers = ["Newsweek", "Herald", "Star", "Gazette", "Post"]
    return [
        msgspec.structs.replace(
            reading,
            document=msgspec.structs.replace(
                reading.document, publisher=publisher, reposted_from=None, furniture=()
            ),
        )
        for reading, publisher in zip(made, publishers, strict=True)
    ]


def put(book, readings):
    for reading in readings:
        book.add(reading, pipeline.incidents_of(reading))


def documents(book):
    return sorted(sorted(incident.documents) for incident in book.incidents())


@pytest.fixture
def book(tmp_path):
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        put(book, reports())
        yield book


def ids(*names):
    return sorted(make_reading(name).document.id for name in names)


EXPECTED = sorted([ids("one", "two", "three"), ids("other-day"), ids("other-town")])


def test_reports_of_one_event_become_one_incident(book):
    linkage.link_new(book)
    assert documents(book) == EXPECTED
    assert book.faults() == []
    assert book.unlinked() == ()


def test_any_order_any_batches_and_linking_anew_give_one_ledger(tmp_path):
    digests = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(reports()), 0, 120, 17)):
        with open_ledger(tmp_path / f"{number}.db", create=True) as book:
            for start in range(0, 5, 1 + number % 3):
                put(book, order[start : start + 1 + number % 3])
                linkage.link_new(book)
            digests.add(book.digest())
            if number < 2:
                linkage.link_all(book, engine="python")
                digests.add(book.digest())
    assert len(digests) == 1


def test_a_ledger_of_an_older_version_is_linked_anew(tmp_path):
    path = tmp_path / "ledger.db"
    with open_ledger(path, create=True) as book:
        put(book, reports()[:4])
        linkage.link_new(book)
        with book._engine.begin() as connection:
            for table in ("edges", "unlinked"):
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("UPDATE dateline_version SET version_num = '0002'"))
    with open_ledger(path, write=True) as book:
        assert len(book.unlinked()) == 4
        put(book, reports()[4:])
        linkage.link_new(book)
        assert book.unlinked() == ()
        upgraded = book.digest()
        linkage.link_all(book, engine="python")
        assert book.digest() == upgraded


def test_what_was_linked_with_other_weights_is_linked_anew(book, monkeypatch):
    linkage.link_new(book)
    assert linkage.link_new(book) == 0
    monkeypatch.setattr(linker, "version", lambda: 7)
    assert linkage.link_new(book) == len(EXPECTED)
    assert book.is_linked_with(7)
    assert linkage.link_new(book) == 0


def test_pairs_and_joins_are_kept_as_linking_everything_keeps_them(book):
    def kept():
        ids = [mention.id for mention in book.mentions()]
        return sorted(book.edges_of(ids)), sorted(book.joins_of(ids))

    linkage.link_new(book)
    linkage.judge(book, "different", "x-one", "x-two", by="ana")
    linkage.withdraw(book, "x-three", "asked for", "ana")
    step_by_step = kept()
    linkage.link_all(book, engine="python")
    assert kept() == step_by_step
    assert len(step_by_step[0]) == 1


def test_what_a_new_report_would_join_is_told_and_not_stored(book):
    linkage.link_new(book)
    before = book.digest()
    reading = make_reading("four", killed=6)
    ((mention, claims),) = [
        (m, [c for c in reading.claims if c.id in m.claims]) for m in reading.mentions
    ]
    new = {mention.id: candidate(mention, claims, reading.document)}
    home = book.incidents_of(linkage.resolve(book, "x-one"))
    found = linkage.would_join(book, new, Decisions.of(book))
    assert found == {mention.id: next(iter(home.values()))}
    assert book.digest() == before


def test_a_judgement_that_was_undone_is_not_remembered(book):
    linkage.link_new(book)
    assert Decisions.of(book).all == ()

    def undone():
        with book.transaction():
            book.judge("note", ["i1"], "ana", note="one")
            assert len(Decisions.of(book).all) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert Decisions.of(book).all == ()
    for note in ("two", "three"):
        book.judge("note", ["i1"], "ana", note=note)
        assert [j.note for j in Decisions.of(book).all][-1] == note
    assert len(Decisions.of(book).all) == 2


def test_splink_and_python_link_alike(book):
    pytest.importorskip("splink")
    linkage.link_all(book, engine="splink")
    digest = book.digest()
    linkage.link_all(book, engine="python")
    assert book.digest() == digest
    assert documents(book) == EXPECTED


def test_what_an_interrupted_run_left_is_caught_up(book):
    assert len(list(book.incidents())) == 5
    assert linkage.link_new(book) == 1
    assert linkage.link_new(book) == 0
    assert documents(book) == EXPECTED


def test_a_former_id_leads_to_the_incident_it_became_part_of(book):
    before = [incident.id for incident in book.incidents()]
    linkage.link_new(book)
    assert {tuple(book.incident(id).mentions) for id in before} == {
        tuple(incident.mentions) for incident in book.incidents()
    }


def test_judged_different_they_part_and_stay_parted(book):
    linkage.link_new(book)
    linkage.judge(book, "different", "x-one", "x-two", note="seen", by="ana")
    for again in (lambda: None, lambda: linkage.link_all(book, engine="python")):
        again()
        homes = linkage.resolve(book, "x-one"), linkage.resolve(book, "x-two")
        found = book.incidents_of([mention for home in homes for mention in home])
        assert len(set(found.values())) == 2
    with pytest.raises(JudgementConflictError, match="judgement 1 by ana"):
        linkage.judge(book, "same", "x-one", "x-two", by="bo")
    assert len(list(book.judgements())) == 1


def test_judged_the_same_whole_incidents_join(book):
    linkage.link_new(book)
    linkage.judge(book, "same", "x-other-town", "x-one", by="ana")
    assert documents(book) == sorted([ids("one", "two", "three", "other-town"), ids("other-day")])
    linkage.link_all(book, engine="python")
    assert documents(book) == sorted([ids("one", "two", "three", "other-town"), ids("other-day")])


def test_incidents_are_judged_with_all_their_mentions(book):
    linkage.link_new(book)
    home = book.incidents_of(linkage.resolve(book, "x-one"))
    (incident,) = home.values()
    made = linkage.judge(book, "different", incident, "x-other-day", by="ana")
    assert made.body is not None
    assert len(made.body["left"]) == 3


def test_a_takedown_leaves_the_ledger_it_would_be_without_the_document(book, tmp_path):
    linkage.link_new(book)
    assert linkage.withdraw(book, "x-two", "asked for", "ana")
    assert documents(book) == sorted([ids("one", "three"), ids("other-day"), ids("other-town")])
    assert book.faults() == []
    assert not linkage.withdraw(book, "x-two", "asked for", "ana")
    with open_ledger(tmp_path / "without.db", create=True) as other:
        put(other, [r for r in reports() if r.document.id not in ids("two")])
        linkage.link_new(other)
        assert list(other.incidents()) == list(book.incidents())


def test_why_tells_the_weights_and_the_verdict(book):
    linkage.link_new(book)
    joined = linkage.why(book, "x-one", "x-two")
    assert joined.verdict == "one incident: the weights speak for it"
    assert joined.weight == pytest.approx(joined.prior + sum(r.weight for r in joined.reasons))
    assert any("the same day" in line for line in joined.lines())
    apart = linkage.why(book, "x-one", "x-other-day")
    assert apart.verdict == "two incidents: their dates are 9 days apart"
    with pytest.raises(UnknownIdError):
        linkage.why(book, "x-one", "nothing")


def test_the_chart_is_one_page_without_network(book):
    pytest.importorskip("splink")
    from dateline.linking.splink_engine import waterfall_html

    found = linkage.why(book, "x-one", "x-two")
    page = waterfall_html(found.a, found.b)
    assert "the same day" in page
    assert 'src="http' not in page


def test_a_copy_adds_no_source(tmp_path):
    words = (
        "The mayor went to the square and said that all shops would stay closed. "
        "Six soldiers were brought to the hospital, where doctors could not save them. "
        "Nobody knew on Friday what had made the gunman turn on the men of his own unit. "
    )
    first, second = (
        msgspec.structs.replace(
            reading,
            claims=tuple(
                msgspec.structs.replace(claim, chains=((publisher,),)) for claim in reading.claims
            ),
            document=msgspec.structs.replace(
                reading.document,
                text=f"{words}{reading.document.id}.",
                publisher=publisher,
                reposted_from=None,
                furniture=(),
                published_at=dt.date(2024, 7, day),
            ),
        )
        for reading, publisher, day in (
            (make_reading("wire", killed=6), "Wire", 12),
            (make_reading("paper", killed=6), "Paper", 13),
        )
    )
    with open_ledger(tmp_path / "ledger.db", create=True) as book:
        put(book, [second, first])
        linkage.link_new(book)
        (incident,) = book.incidents()
        assert incident.independent_sources == ("Wire",)
        (copy,) = incident.copies
        assert (copy.document_id, copy.original_id) == (second.document.id, first.document.id)
        assert copy.how == "near-duplicate"
