"""The ledger: documents, what was read from them, incidents and judgements."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, cast

from sqlalchemy import Connection, Engine, Row, Select, func, select, text

from dateline.errors import LedgerError
from dateline.ledger import claims as claim_rows
from dateline.ledger import digest as content
from dateline.ledger import documents as document_rows
from dateline.ledger import incidents as incident_rows
from dateline.ledger import judgements as judgement_rows
from dateline.ledger import nearby as neighbours
from dateline.ledger import withdrawal
from dateline.ledger.codec import decode
from dateline.ledger.failures import translated
from dateline.ledger.linked import LinkingShelf
from dateline.ledger.records import (
    DocumentEntry,
    IncidentFilter,
    Judgement,
    OpenRun,
    Run,
    StoredClaim,
)
from dateline.ledger.tables import incidents
from dateline.model import Document, Incident, Mention, Reading, Source

if TYPE_CHECKING:
    from dateline.ledger.search import Search

T = TypeVar("T")

WRITES = "dateline_writes"
_AT_A_TIME = 500  # rows fetched ahead by the iterators

Remake = Callable[[tuple[str, ...]], Sequence[Incident]]
"""From the ids of mentions to the incidents they make up."""


class Ledger(LinkingShelf):
    """An open ledger; made by :func:`dateline.ledger.open_ledger`, closed by ``with``.

    Iterators read a consistent state of the moment they began, and do not stand in the
    way of a writer. One ledger may be used by several threads.

    Every method raises LedgerError, or one of its kinds, where the database fails, and
    LedgerBusyError where another process holds it for too long.
    """

    def __init__(
        self,
        engine: Engine,
        label: str,
        *,
        writable: bool,
        busy_seconds: float,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self.address = label
        self._engine = engine
        self._writable = writable
        self._busy_seconds = busy_seconds
        self._clock = clock
        self._local = threading.local()
        self._search: Search | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do several things as one: all of it is kept, or none.

        Other writers wait from the beginning to the end, so what is read within stays
        true. Transactions within it join it.
        """
        with self._writing():
            yield

    @contextmanager
    def run(self, reader: str) -> Iterator[OpenRun]:
        """A pass of reading by this version of the reader, for :meth:`add`.

        It is written down at once, and its counts at the end, also after an error.
        """
        with self._writing() as connection:
            begun = judgement_rows.begin_run(connection, reader, self._clock())
        try:
            yield begun
        finally:
            with self._writing() as connection:
                judgement_rows.end_run(connection, begun, self._clock())

    def add(
        self,
        reading: Reading,
        incidents: Sequence[Incident] = (),
        run: OpenRun | None = None,
        *,
        touched: Iterable[str] = (),
    ) -> bool:
        """Store one document with all that was read from it, in one transaction.

        ``incidents`` are those its mentions are in, whole; ``touched`` are the ids of
        incidents they take the place of (those in ``incidents`` are touched anyway).

        False, and nothing changed, where the document is there already or was
        withdrawn (:meth:`status` tells which).

        Raises LedgerError where the parts do not belong together.
        """
        document_id = reading.document.id
        with self._writing() as connection:
            if document_rows.status(connection, document_id) != "absent":
                if run is not None:
                    run.known += 1
                return False
            document_rows.insert(connection, [reading], run.id if run else None)
            incident_rows.replace(connection, touched, incidents)
        if run is not None:
            run.added += 1
        return True

    def add_unlinked(self, readings: Iterable[Reading]) -> int:
        """Store many documents at once, in one transaction; how many were new.

        Their mentions are in no incident until all of them are linked. The readings are
        held in memory, so a few hundred at a time are best.

        Raises LedgerError where the parts of one do not belong together.
        """
        made = {reading.document.id: reading for reading in readings}
        with self._writing() as connection:
            known = document_rows.known(connection, made)
            fresh = [reading for id, reading in made.items() if id not in known]
            document_rows.insert(connection, fresh, None)
        return len(fresh)

    def replace_incidents(self, touched: Iterable[str] | None, made: Iterable[Incident]) -> None:
        """Put ``made`` in the place of the ``touched`` incidents (None: all), as one.

        Former ids go on leading to the incident that now has the mention they were
        named after.

        Raises LedgerError where a mention of a touched incident would be left out, or
        ``made`` takes one from an incident that is not touched.
        """
        with self._writing() as connection:
            incident_rows.replace(connection, touched, made)

    def withdraw(
        self, document: str, reason: str, by: str, *, remake: Remake | None = None
    ) -> bool:
        """Take a document down: its words and bytes are erased, a tombstone stays.

        ``document`` is as for :meth:`entry`. What is left of it: its id, its external id,
        the reason and a judgement of kind ``withdrawn``. Its incidents are taken apart:
        ``remake`` is called, within the transaction, with the ids of the mentions that
        other documents had in them, and gives the incidents these make up. Incidents
        without other mentions vanish.

        False where it was withdrawn before; the erasure is then made sure of again.

        Raises UnknownIdError; LedgerError without ``remake`` where it is needed; and
        LedgerBusyError where another process still reads the old bytes (the document
        is withdrawn then, and withdrawing it again erases them).
        """
        if self.in_transaction:
            raise LedgerError("a withdrawal cannot be part of a transaction", where=self.address)
        if not reason.strip():
            raise LedgerError("a withdrawal needs a reason", where=self.address)
        with self._writing() as connection:
            document_id = document_rows.find(connection, document)
            fresh = document_rows.status(connection, document_id) == "kept"
            if fresh:
                left = withdrawal.erase(connection, document_id, reason)
                judgement_rows.append(
                    connection,
                    kind="withdrawn",
                    subjects=[document_id],
                    author=by,
                    at=self._clock(),
                    note=reason,
                    body=None,
                )
                if left:
                    if remake is None:
                        raise LedgerError(
                            f"document {document_id} shares incidents with others, "
                            "which must be made anew",
                            where=self.address,
                        )
                    incident_rows.replace(connection, (), remake(left))
        with translated(self.address):
            withdrawal.scrub(self._engine, self.address, self._busy_seconds)
        return fresh

    def judge(
        self,
        kind: str,
        subjects: Sequence[str],
        author: str,
        *,
        note: str = "",
        body: dict[str, object] | None = None,
    ) -> Judgement:
        """Append a judgement: what a person decided about these ids.

        ``body`` holds what the kind needs beyond its subjects, such as a corrected
        value. It can never be changed or removed.
        """
        at = self._clock()
        with self._writing() as connection:
            number = judgement_rows.append(
                connection,
                kind=kind,
                subjects=subjects,
                author=author,
                at=at,
                note=note,
                body=body,
            )
        return Judgement(
            id=number,
            kind=kind,
            subjects=tuple(subjects),
            author=author,
            at=at.astimezone(dt.UTC),
            note=note,
            body=body,
        )

    # Documents

    def status(self, document_id: str) -> Literal["absent", "kept", "withdrawn"]:
        """What the ledger knows of a document."""
        with self._reading() as connection:
            found = document_rows.status(connection, document_id)
        return cast(Literal["absent", "kept", "withdrawn"], found)

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document without its text, by id; withdrawn ones too."""
        return self._stream(document_rows.select_entries(), document_rows.entry)

    def entry(self, document: str) -> DocumentEntry:
        """One document without its text, by id, external id or beginning of the id.

        Raises UnknownIdError for none and for several.
        """
        with self._reading() as connection:
            document_id = document_rows.find(connection, document)
            row = connection.execute(document_rows.select_entries(document_id)).one()
            return document_rows.entry(row)

    def entries(self, ids: Iterable[str]) -> Iterator[DocumentEntry]:
        """The documents with these ids, without their texts; unknown ids are passed over."""
        for batch in claim_rows.batches(sorted(set(ids))):
            yield from self._stream(document_rows.select_some(batch), document_rows.entry)

    def document(self, document: str) -> Document:
        """One document with text and bytes, found as by :meth:`entry`.

        Raises UnknownIdError, also for a withdrawn one, giving the reason.
        """
        with self._reading() as connection:
            return document_rows.document(connection, document)

    def reading(self, document: str) -> Reading:
        """All that was read from a document, found as by :meth:`entry`, without incidents."""
        with self._reading() as connection:
            return document_rows.reading(connection, document)

    def readings(self, documents: Iterable[str]) -> Iterator[Reading]:
        """All that was read from the documents with these ids, by id, without incidents.

        Unknown and withdrawn ones are passed over.
        """
        with self._reading() as connection:
            yield from document_rows.several(connection, documents, outlines=False)

    def outlines(self, documents: Iterable[str]) -> Iterator[Reading]:
        """As :meth:`readings`, but claims, mentions and sources only, no text."""
        with self._reading() as connection:
            yield from document_rows.several(connection, documents, outlines=True)

    # Claims, statistics, mentions, sources

    def claims(self, incident: str) -> tuple[StoredClaim, ...]:
        """The claims behind an incident, by document and order of reading."""
        return self.claims_of(self.incident(incident).mentions)

    def claims_of(self, mentions: Iterable[str]) -> tuple[StoredClaim, ...]:
        """The claims of some mentions, by document and order of reading."""
        with self._reading() as connection:
            return claim_rows.claims_of_mentions(connection, mentions)

    def claim(self, claim: str) -> StoredClaim:
        """One claim, by its id or the unambiguous beginning of it.

        Raises UnknownIdError for none and for several.
        """
        with self._reading() as connection:
            return claim_rows.find(connection, claim)

    def statistics(self) -> Iterator[StoredClaim]:
        """The claims that are figures over a period or area, by document."""
        return self._stream(claim_rows.select_statistics(), claim_rows.stored_claim)

    def sources(self, documents: Sequence[str] | None = None) -> Iterator[Source]:
        """Everybody credited in any document, or in these, by name.

        What is known of each is joined. At most 500 documents can be given.
        """
        with self._reading() as connection:
            yield from document_rows.all_sources(connection, documents)

    def mentions(
        self,
        ids: Iterable[str] | None = None,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        country: str | None = None,
    ) -> Iterator[Mention]:
        """Mentions by id: all, or those with these ids.

        ``since``, ``until`` and ``country`` leave out those that are certainly
        elsewhere; a mention without a date or a country passes them.
        """
        if ids is None:
            batches: Iterable[list[str] | None] = [None]
        else:
            batches = claim_rows.batches(sorted(set(ids)))
        for batch in batches:
            statement = claim_rows.select_mentions(
                ids=batch, since=since, until=until, country=country
            )
            yield from self._stream(statement, lambda row: decode(row.body, Mention))

    # Incidents

    def incidents(
        self, wanted: IncidentFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Iterator[Incident]:
        """The incidents that pass the filter, by date then id, undated ones last.

        ``Incident.nearby`` is left empty; see :meth:`nearby`.
        """
        wanted = wanted or IncidentFilter()
        statement = incident_rows.passing(incident_rows.select_incidents(), wanted)
        if statement is None:
            yield from self.incidents_with(self.search().match(wanted).ids("oldest", offset, limit))
            return
        statement = statement.limit(limit).offset(offset)
        yield from self._stream(statement, lambda row: decode(row.body, Incident))

    def incidents_with(self, ids: Sequence[str]) -> Iterator[Incident]:
        """Incidents by id, in this order; those that are gone meanwhile are left out."""
        with self._reading() as connection:
            for body in incident_rows.bodies_of(connection, ids):
                yield decode(body, Incident)

    def count_incidents(self, wanted: IncidentFilter | None = None) -> int:
        """How many incidents pass the filter."""
        wanted = wanted or IncidentFilter()
        statement = incident_rows.passing(select(func.count()).select_from(incidents), wanted)
        if statement is None:
            return self.search().match(wanted).total
        with self._reading() as connection:
            return int(connection.execute(statement).scalar_one())

    def search(self) -> Search:
        """What answers filters, kept in step with the ledger; made when first asked for."""
        from dateline.ledger.search import Search

        if self.in_transaction:
            return Search(self)  # what it sees may yet be undone
        if self._search is None:
            self._search = Search(self)
        return self._search

    def incident(self, incident: str) -> Incident:
        """One incident, by its id, a former id, or the unambiguous beginning of one.

        Raises UnknownIdError for none, for several, and for one that is gone.
        """
        with self._reading() as connection:
            incident_id = incident_rows.find(connection, incident)
            body = connection.execute(
                select(incidents.c.body).where(incidents.c.id == incident_id)
            ).scalar_one()
            return decode(body, Incident)

    def nearby(self, incident: Incident, limit: int | None = None) -> tuple[str, ...]:
        """Ids of other incidents in the same first-level region or at most 50 km away.

        Nearest in time first, then by id. Without a limit each names the other.
        """
        with self._reading() as connection:
            return neighbours.nearby(connection, incident, limit)

    def incidents_of(self, mentions: Iterable[str]) -> dict[str, str]:
        """The id of the incident each of some mentions is in."""
        with self._reading() as connection:
            return incident_rows.incidents_of(connection, mentions)

    # Judgements, runs, the whole

    def judgements(self, kind: str | None = None, *, since: int = 0) -> Iterator[Judgement]:
        """Judgements in the order they were made, from number ``since`` on."""
        statement = judgement_rows.select_judgements(kind, since)
        return self._stream(statement, judgement_rows.judgement)

    def runs(self) -> Iterator[Run]:
        """Passes of reading in the order they began."""
        return self._stream(judgement_rows.select_runs(), judgement_rows.run)

    def digest(self) -> str:
        """SHA-256 over the content, the same for the same documents in any order."""
        with self._reading() as connection:
            return content.digest(connection)

    def faults(self) -> list[str]:
        """What does not hold together, a line each; nothing for a sound ledger."""
        with self._reading() as connection:
            return content.faults(connection)

    # Connections

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is within a transaction of this ledger."""
        return getattr(self._local, "connection", None) is not None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        joined: Connection | None = getattr(self._local, "connection", None)
        with translated(self.address):
            if joined is not None:
                yield joined
                return
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        joined: Connection | None = getattr(self._local, "connection", None)
        if joined is not None:
            yield joined
            return
        if not self._writable:
            raise LedgerError("is open for reading only", where=self.address)
        options: dict[str, Any] = {WRITES: True, "isolation_level": "READ COMMITTED"}
        if self._engine.dialect.name == "sqlite":
            del options["isolation_level"]
        with (
            translated(self.address),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                # One writer at a time, as in SQLite; readers go on.
                connection.execute(text("LOCK TABLE documents IN SHARE ROW EXCLUSIVE MODE"))
            self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None

    def _stream(self, statement: Select[Any], make: Callable[[Row[Any]], T]) -> Iterator[T]:
        with self._reading() as connection:
            if connection is getattr(self._local, "connection", None):
                # The rows may be written to while they are gone through.
                for row in connection.execute(statement).all():
                    yield make(row)
                return
            streaming = connection.execution_options(yield_per=_AT_A_TIME)
            with streaming.execute(statement) as rows:
                for row in rows:
                    yield make(row)
