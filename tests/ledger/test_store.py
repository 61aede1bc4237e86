from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import LedgerError, UnknownIdError
from dateline.ledger import Ledger, open_ledger
from dateline.ledger.codec import decode, encode, pack, unpack
from dateline.model import Claim, MotiveValue, Reading, Source, Span
from tests.ledger.making import make_incident, make_reading, single

anything = st.text(st.characters(exclude_categories=()))  # surrogates and NUL too


def test_a_reading_comes_back_as_it_went_in(ledger: Ledger):
    reading = make_reading("one", mentions=2)
    assert ledger.add(reading, single(reading))
    assert ledger.reading(reading.document.id) == reading
    assert ledger.document("x-one") == reading.document
    assert list(ledger.incidents()) == sorted(single(reading), key=lambda i: i.id)
    assert ledger.faults() == []


def test_adding_twice_changes_nothing(ledger: Ledger):
    reading = make_reading("one")
    assert ledger.add(reading, single(reading))
    before = ledger.digest()
    other = msgspec.structs.replace(reading, claims=(), mentions=())
    assert not ledger.add(other, [])
    assert ledger.digest() == before
    assert ledger.status(reading.document.id) == "kept"
    assert ledger.status("d-never") == "absent"


def test_a_document_that_fails_half_way_leaves_nothing(ledger: Ledger):
    first, second = make_reading("one"), make_reading("two")
    ledger.add(first, single(first))
    before = ledger.digest()
    stolen = msgspec.structs.replace(second, claims=(*second.claims, first.claims[0]))
    with pytest.raises(LedgerError):
        ledger.add(stolen, single(second))
    assert ledger.status(second.document.id) == "absent"
    assert ledger.digest() == before
    assert ledger.add(second, single(second))


def test_parts_that_do_not_belong_together_are_refused(ledger: Ledger):
    one, two = make_reading("one"), make_reading("two")
    with pytest.raises(LedgerError, match="another document"):
        ledger.add(msgspec.structs.replace(one, mentions=two.mentions), [])
    with pytest.raises(LedgerError, match="was not read"):
        ledger.add(msgspec.structs.replace(one, claims=()), [])
    twin = msgspec.structs.replace(one.claims[0], span=Span(1, 2))
    with pytest.raises(LedgerError, match="have the id"):
        ledger.add(msgspec.structs.replace(one, claims=(*one.claims, twin)), [])
    repeated = msgspec.structs.replace(one, claims=(*one.claims, one.claims[0]))
    assert ledger.add(repeated, single(one))
    assert ledger.reading(one.document.id).claims == one.claims


def test_documents_are_found_by_id_external_id_and_beginning(ledger: Ledger):
    readings = [make_reading(str(n), external_id="twice" if n < 2 else None) for n in range(40)]
    for reading in readings:
        ledger.add(reading, single(reading))
    entries = list(ledger.documents())
    assert [entry.id for entry in entries] == sorted(r.document.id for r in readings)
    assert (entries[0].claims, entries[0].mentions) == (3, 1)
    wanted = readings[7].document.id
    assert ledger.entry(wanted[:12]).id == wanted
    assert ledger.entry("x-7").id == wanted
    for ambiguous in ("twice", "d"):
        with pytest.raises(UnknownIdError, match="several"):
            ledger.entry(ambiguous)
    for unknown in ("nothing", ""):
        with pytest.raises(UnknownIdError, match="no document"):
            ledger.document(unknown)


def test_ids_stand_in_the_order_of_their_bytes_on_any_database(ledger: Ledger):
    ids = ["a", "B", "é", "Z", "z1", "z", "_", "b"]
    for name in ids:
        document = msgspec.structs.replace(make_reading(name).document, id=name)
        ledger.add(Reading(document=document))
    assert [entry.id for entry in ledger.documents()] == sorted(ids)


def test_claims_statistics_and_sources(ledger: Ledger):
    one, two = make_reading("one", mentions=2), make_reading("two")
    for reading in (one, two):
        ledger.add(reading, single(reading))
    first = one.mentions[0]
    stored = ledger.claims(make_incident([first]).id)
    assert [s.claim.id for s in stored] == list(first.claims)
    assert {s.document_id for s in stored} == {one.document.id}
    assert {s.mention_id for s in stored} == {first.id}
    both = ledger.claims_of([m.id for m in (*two.mentions, *one.mentions)])
    assert {s.claim for s in both} == {
        c for r in (one, two) for c in r.claims if c.kind != "statistic"
    }
    figures = list(ledger.statistics())
    assert {s.claim for s in figures} == {one.statistics[0], two.statistics[0]}
    sources = list(ledger.sources())
    assert [s.name for s in sources] == ["Baza", "witness of one", "witness of two"]


def test_a_claim_two_mentions_share_is_given_with_either(ledger: Ledger):
    reading = make_reading("one", mentions=2)
    a, b = reading.mentions
    shared = msgspec.structs.replace(b, claims=(*b.claims, a.claims[0]))
    reading = msgspec.structs.replace(reading, mentions=(a, shared))
    ledger.add(reading, single(reading))
    assert {s.claim.id for s in ledger.claims_of([b.id])} == set(shared.claims)
    assert len(ledger.claims_of([a.id, b.id])) == 4


def test_what_documents_know_of_a_source_is_joined(ledger: Ledger):
    known = Source(name="Baza", kind="channel", aliases=("База",), affiliation="x")
    guessed = Source(name="Baza", kind="person", aliases=("Baza channel",), guessed=True)
    for name, source in (("one", guessed), ("two", known)):
        reading = msgspec.structs.replace(make_reading(name), sources=(source,))
        ledger.add(reading, single(reading))
    (together,) = ledger.sources()
    assert together == msgspec.structs.replace(known, aliases=("Baza channel", "База"))


def test_numbers_too_large_for_a_column_are_kept(ledger: Ledger):
    reading = make_reading("one", killed=10**30)
    ledger.add(reading, single(reading, killed=10**30))
    assert ledger.reading(reading.document.id) == reading
    (incident,) = ledger.incidents()
    assert incident.tolls["killed"].best == 10**30


def test_runs_and_their_counts(ledger: Ledger):
    reading = make_reading("one")
    with ledger.run("1.0/violence") as run:
        ledger.add(reading, single(reading), run)
        ledger.add(reading, single(reading), run)
        run.failed += 1
    with pytest.raises(ZeroDivisionError), ledger.run("1.1/violence"):
        raise ZeroDivisionError
    first, second = ledger.runs()
    assert (first.reader, first.added, first.known, first.failed) == ("1.0/violence", 1, 1, 1)
    assert first.finished_at is not None
    assert second.finished_at is not None


def test_judgements_are_only_ever_appended(ledger: Ledger):
    from sqlalchemy import text
    from sqlalchemy.exc import DatabaseError

    made = ledger.judge("different", ["m1", "m2"], "ana", note="two towns", body={"a": [1]})
    ledger.judge("note", ["d1"], "bo")
    assert next(iter(ledger.judgements())) == made
    assert [j.kind for j in ledger.judgements("note")] == ["note"]
    for deed in ("UPDATE judgements SET author = 'x'", "DELETE FROM judgements"):
        with pytest.raises(DatabaseError, match="append-only"), ledger._engine.begin() as c:
            c.execute(text(deed))
    assert len(list(ledger.judgements())) == 2
    with pytest.raises(LedgerError, match="needs"):
        ledger.judge("same", [], "ana")


def test_claims_are_never_edited(ledger: Ledger):
    from sqlalchemy import text
    from sqlalchemy.exc import DatabaseError

    reading = make_reading("one")
    ledger.add(reading, single(reading))
    with pytest.raises(DatabaseError, match="never edited"), ledger._engine.begin() as c:
        c.execute(text("UPDATE claims SET rule = 'x'"))


def test_a_transaction_is_kept_whole_or_not_at_all(ledger: Ledger):
    one, two = make_reading("one"), make_reading("two")

    def fail_after_adding() -> None:
        with ledger.transaction():
            ledger.add(one, single(one))
            assert ledger.status(one.document.id) == "kept"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_adding()
    assert list(ledger.documents()) == []
    with ledger.transaction():
        for reading in (one, two):
            ledger.add(reading, single(reading))
        assert len(list(ledger.mentions())) == 2
    assert len(list(ledger.documents())) == 2


def test_a_ledger_open_for_reading_is_not_written_to(address: str, ledger: Ledger):
    reading = make_reading("one")
    ledger.add(reading, single(reading))
    with open_ledger(address) as other:
        assert len(list(other.incidents())) == 1
        with pytest.raises(LedgerError, match="reading only"):
            other.add(make_reading("two"))


def test_iterating_goes_on_while_another_writes(address: str, ledger: Ledger):
    for n in range(5):
        reading = make_reading(str(n))
        ledger.add(reading, single(reading))
    with open_ledger(address) as other:
        rows = other.documents()
        next(rows)
        late = make_reading("late")
        assert ledger.add(late, single(late))
        assert len(list(rows)) == 4


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(anything, min_size=6, max_size=6), number=st.integers(0, 2**40))
def test_any_text_comes_back_exactly(ledger: Ledger, texts: list[str], number: int):
    text, title, who, motive, external, alias = texts
    base = make_reading(f"{number}{texts!r}", text=text)
    claim = Claim(
        id=f"c{base.document.id}",
        kind="motive",
        value=MotiveValue(description=motive),
        span=Span(0, len(text)),
        chains=((who, alias),),
        rule=alias,
    )
    reading = msgspec.structs.replace(
        base,
        document=msgspec.structs.replace(base.document, title=title, external_id=external),
        claims=(*base.claims, claim),
        sources=(Source(name=who, kind="person", aliases=(alias,)),),
        warnings=(title,),
    )
    if not ledger.add(reading, single(base)):
        return
    assert ledger.reading(reading.document.id) == reading
    ledger.digest()


@given(anything)
def test_packing_loses_nothing(text: str):
    packed = pack(text)
    assert unpack(packed) == text
    assert "\x00" not in packed
    packed.encode()
    assert decode(encode((text,)), tuple[str, ...]) == (text,)
    encode((text,)).encode()


def test_readable_text_stays_readable():
    plain = 'Белгород: 2 убитых, said "Baza" — C:\\x 🚑'
    assert pack(plain) == plain
    assert unpack(pack("\ud83d\ude91")) == "\ud83d\ude91"  # two halves are not one whole


readings = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 30)),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item[0],
)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), made=readings)
def test_any_order_of_adding_gives_the_same_ledger(new_address, data, made):
    def fill(order: list[tuple[int, int, int]]) -> str:
        with open_ledger(new_address(), create=True) as ledger, ledger.run("x") as run:
            for name, mentions, killed in order:
                day = dt.date(2024, 1, 1 + killed)
                reading = make_reading(str(name), mentions=mentions, killed=killed, day=day)
                ledger.add(reading, single(reading, killed), run)
                ledger.add(reading, single(reading, killed), run)
            return ledger.digest()

    assert fill(made) == fill(data.draw(st.permutations(made)))


def test_the_digest_tells_different_ledgers_apart(ledger: Ledger):
    seen = {ledger.digest()}
    one = make_reading("one")
    ledger.add(one, single(one))
    seen.add(ledger.digest())
    ledger.replace_incidents(None, [make_incident(one.mentions, killed=3)])
    seen.add(ledger.digest())
    ledger.judge("note", [one.document.id], "ana", note="seen")
    seen.add(ledger.digest())
    assert len(seen) == 4


def test_a_reading_without_mentions_is_kept_too(ledger: Ledger):
    reading = Reading(document=make_reading("sport").document)
    assert ledger.add(reading)
    assert ledger.reading(reading.document.id) == reading
    assert list(ledger.incidents()) == []
