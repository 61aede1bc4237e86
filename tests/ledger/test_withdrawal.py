from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from dateline.errors import LedgerBusyError, LedgerError, UnknownIdError
from dateline.ledger import Ledger, open_ledger, withdrawal
from dateline.ledger.tables import metadata
from dateline.model import Incident, Reading, Source
from dateline.settings import Settings
from tests.ledger.making import make_incident, make_reading, single

SECRET = "zyxwv-nobody-may-read-this"


def secret_reading(name: str) -> Reading:
    """A reading with the secret in every place that words can be in."""
    reading = make_reading(name, text=f"{SECRET} {name}. " * 400)
    source = Source(name=f"{SECRET} person", kind="person", aliases=(f"{SECRET} alias",))
    claims = []
    for claim in reading.claims:
        value = claim.value
        if claim.kind == "statistic":
            value = msgspec.structs.replace(value, what=f"{SECRET} what", area=SECRET)
        elif claim.kind == "perpetrator":
            value = msgspec.structs.replace(value, description=f"{SECRET} gunman")
        claims.append(msgspec.structs.replace(claim, value=value, chains=((SECRET,),)))
    document = msgspec.structs.replace(
        reading.document,
        title=f"{SECRET} title",
        url=f"https://news.example/{SECRET}",
        path=f"{SECRET}.txt",
        publisher=SECRET,
        warnings=(SECRET,),
    )
    return msgspec.structs.replace(
        reading, document=document, sources=(source,), claims=tuple(claims), warnings=(SECRET,)
    )


def everything(ledger: Ledger) -> str:
    with ledger._engine.connect() as connection:
        return "".join(
            repr(connection.execute(text(f"SELECT * FROM {table}")).all())
            for table in metadata.tables
        )


def bytes_beside(address: str) -> bytes:
    path = Path(address)
    return b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + "*")))


def remake(ledger: Ledger):
    def one_incident(left: tuple[str, ...]) -> Sequence[Incident]:
        return [make_incident(list(ledger.mentions(left)))]

    return one_incident


def test_a_takedown_leaves_a_tombstone_and_nothing_of_the_words(address: str, ledger: Ledger):
    others = [make_reading(str(n)) for n in range(3)]
    secret = secret_reading("secret")
    for reading in (*others[:2], secret, others[2]):
        ledger.add(reading, single(reading))
    assert SECRET in everything(ledger)
    assert ledger.withdraw("x-secret", "court order 12/2024", "ana")
    assert SECRET not in everything(ledger)
    if "://" not in address:
        assert SECRET.encode() not in bytes_beside(address)
    entry = ledger.entry("x-secret")
    assert (entry.withdrawn, entry.title, entry.claims) == ("court order 12/2024", None, 0)
    with pytest.raises(UnknownIdError, match="withdrawn: court order"):
        ledger.document(secret.document.id)
    (judgement,) = ledger.judgements()
    assert judgement.kind == "withdrawn"
    assert judgement.subjects == (secret.document.id,)
    assert (judgement.author, judgement.note) == ("ana", "court order 12/2024")
    assert {i.id for i in ledger.incidents()} == {single(r)[0].id for r in others}
    with pytest.raises(UnknownIdError, match="is gone"):
        ledger.incident(single(secret)[0].id)
    assert ledger.faults() == []


def test_a_withdrawn_document_does_not_come_back(ledger: Ledger):
    reading = make_reading("one")
    ledger.add(reading, single(reading))
    ledger.withdraw(reading.document.id, "asked to", "ana")
    before = ledger.digest()
    assert not ledger.add(reading, single(reading))
    assert ledger.status(reading.document.id) == "withdrawn"
    assert not ledger.withdraw(reading.document.id, "again", "bo")
    assert ledger.digest() == before
    assert len(list(ledger.judgements())) == 1


def test_an_incident_others_tell_of_stays(ledger: Ledger):
    readings = sorted((make_reading(str(n)) for n in range(3)), key=lambda r: r.mentions[0].id)
    mentions = [reading.mentions[0] for reading in readings]
    for reading in readings:
        ledger.add(reading, single(reading))
    alone = [make_incident([m]).id for m in mentions]
    whole = make_incident(mentions)
    ledger.replace_incidents(alone, [whole])
    before = ledger.digest()
    with pytest.raises(LedgerError, match="made anew"):
        ledger.withdraw(readings[0].document.id, "asked to", "ana")
    assert ledger.digest() == before
    # The first mention gave the incident its id; all former ids lead on.
    ledger.withdraw(readings[0].document.id, "asked to", "ana", remake=remake(ledger))
    rest = make_incident(mentions[1:])
    assert list(ledger.incidents()) == [rest]
    assert rest.id != whole.id
    assert [ledger.incident(i).id for i in alone] == [rest.id] * 3
    assert ledger.faults() == []


def test_the_bytes_are_gone_from_the_file_however_it_grew(tmp_path: Path):
    """Pages that were split and merged on the way may hold copies of a row."""
    address = str(tmp_path / "a.db")
    with open_ledger(address, create=True) as ledger:
        secrets = []
        for n in range(120):
            # Every third is secret, so that pages are shared with what stays.
            reading = secret_reading(f"s{n}") if n % 3 == 0 else make_reading(f"p{n}")
            if n % 3 == 0:
                secrets.append(reading)
            ledger.add(reading, single(reading))
        for reading in secrets[:-1]:
            ledger.withdraw(reading.document.id, "asked to", "ana")
        assert SECRET.encode() in bytes_beside(address)
        ledger.withdraw(secrets[-1].document.id, "asked to", "ana")
        assert SECRET.encode() not in bytes_beside(address)
        assert ledger.faults() == []
    assert SECRET.encode() not in bytes_beside(address)


def test_a_reader_of_the_old_pages_is_waited_for_then_reported(tmp_path: Path):
    address = str(tmp_path / "a.db")
    quick = Settings(busy_seconds=0.3)
    with open_ledger(address, create=True, settings=quick) as ledger:
        reading = secret_reading("one")
        ledger.add(reading, single(reading))
        with open_ledger(address) as other:
            rows = other.documents()
            next(rows)
            # The reader holds its state: nothing can be scrubbed beneath it.
            with pytest.raises(LedgerBusyError, match="withdraw"):
                ledger.withdraw(reading.document.id, "asked to", "ana")
            rows.close()
        assert ledger.status(reading.document.id) == "withdrawn"
        assert not ledger.withdraw(reading.document.id, "asked to", "ana")
        assert SECRET.encode() not in bytes_beside(address)


def test_what_a_withdrawal_needs(ledger: Ledger):
    with pytest.raises(UnknownIdError):
        ledger.withdraw("nothing", "asked to", "ana")
    reading = make_reading("one")
    ledger.add(reading, single(reading))
    with pytest.raises(LedgerError, match="a reason"):
        ledger.withdraw(reading.document.id, " ", "ana")
    with pytest.raises(LedgerError, match="part of a transaction"), ledger.transaction():
        ledger.withdraw(reading.document.id, "asked to", "ana")


def test_a_writer_in_the_way_of_the_erasure_is_reported(tmp_path: Path):
    address = str(tmp_path / "a.db")
    quick = Settings(busy_seconds=0.2)
    with (
        open_ledger(address, create=True, settings=quick) as ledger,
        open_ledger(address, write=True) as other,
        other.transaction(),
        pytest.raises(LedgerBusyError, match="withdraw"),
    ):
        withdrawal.scrub(ledger._engine, address, 0.2)
