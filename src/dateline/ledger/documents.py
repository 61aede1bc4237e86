"""Documents and what was read from them, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, select

from dateline.errors import LedgerError, UnknownIdError
from dateline.ledger import candidates, fulltext
from dateline.ledger.claims import batches, stored_claim
from dateline.ledger.codec import bounded, decode, encode
from dateline.ledger.records import DocumentEntry
from dateline.ledger.tables import claims, documents, mentions, readings, sources, statistics, texts
from dateline.model import (
    Attribution,
    Claim,
    Document,
    Mention,
    Place,
    Reading,
    Source,
    Span,
    StatisticValue,
    Timex,
)

_HEAD = (
    documents.c.id,
    documents.c.external_id,
    documents.c.path,
    documents.c.url,
    documents.c.title,
    documents.c.publisher,
    documents.c.published_at,
    documents.c.published_how,
    documents.c.reposted_from,
    documents.c.language,
)
_ORDER = documents.c.id

# What a reading has beside claims, mentions and sources, as readings keeps it.
_READ: dict[str, Any] = {
    "attributions": tuple[Attribution, ...],
    "times": tuple[Timex, ...],
    "places": tuple[Place, ...],
    "warnings": tuple[str, ...],
}


def status(connection: Connection, document_id: str) -> str:
    """``absent``, ``kept`` or ``withdrawn``."""
    row = connection.execute(
        select(documents.c.withdrawn).where(documents.c.id == document_id)
    ).first()
    if row is None:
        return "absent"
    return "kept" if row.withdrawn is None else "withdrawn"


def known(connection: Connection, document_ids: Iterable[str]) -> set[str]:
    """Those of some documents that are kept or were withdrawn."""
    found: set[str] = set()
    for batch in batches(sorted(set(document_ids))):
        rows = select(documents.c.id).where(documents.c.id.in_(batch))
        found.update(connection.execute(rows).scalars())
    return found


def insert(connection: Connection, made: Sequence[Reading], run_id: int | None) -> None:
    """Store documents that are not there yet, with all that was read from them.

    Raises LedgerError where the parts of a reading do not belong together.
    """
    rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    for reading in made:
        for table, own in _rows(reading, run_id).items():
            rows[table] += own
    for table, some in rows.items():
        if some:
            connection.execute(table.insert(), some)
    candidates.wait(connection, [m.id for reading in made for m in reading.mentions])
    fulltext.put(connection, [reading.document.id for reading in made])


# In this order, since each refers to rows of those before it.
_TABLES = (documents, texts, readings, sources, mentions, claims, statistics)


def _rows(reading: Reading, run_id: int | None) -> dict[Table, list[dict[str, Any]]]:
    document = reading.document
    found = _distinct(reading)
    mention_of = _mention_of(reading, found)
    head = {column.name: getattr(document, column.name) for column in _HEAD}
    return {
        documents: [
            {
                **head,
                "furniture": encode(document.furniture),
                "warnings": encode(document.warnings),
            }
        ],
        texts: [{"document_id": document.id, "text": document.text, "raw": document.raw}],
        readings: [
            {
                "document_id": document.id,
                "run_id": run_id,
                "attributions": encode(reading.attributions),
                "times": encode(reading.times),
                "places": encode(reading.places),
                "warnings": encode(reading.warnings),
                "claims": len(found),
                "mentions": len(reading.mentions),
            }
        ],
        sources: [
            {
                "document_id": document.id,
                "position": position,
                "name": source.name,
                "kind": source.kind,
                "body": encode(source),
            }
            for position, source in enumerate(reading.sources)
        ],
        mentions: [
            _mention_row(position, mention) for position, mention in enumerate(reading.mentions)
        ],
        claims: [
            _claim_row(document.id, position, claim, mention_of.get(claim.id))
            for position, claim in enumerate(found)
        ],
        statistics: [
            _statistic_row(document.id, claim.id, claim.value)
            for claim in found
            if isinstance(claim.value, StatisticValue)
        ],
    }


def _distinct(reading: Reading) -> list[Claim]:
    """The claims without exact repeats. Raises LedgerError for two with one id."""
    seen: dict[str, Claim] = {}
    for claim in reading.claims:
        if seen.setdefault(claim.id, claim) != claim:
            raise LedgerError(
                f"two different claims have the id {claim.id}", where=reading.document.id
            )
    return list(seen.values())


def _mention_of(reading: Reading, found: list[Claim]) -> dict[str, str]:
    """Which mention each claim is of: the first that lists it, else the one it names."""
    known = {claim.id for claim in found}
    by_index: dict[int, str] = {}
    by_claim: dict[str, str] = {}
    for mention in reading.mentions:
        if mention.document_id != reading.document.id:
            raise LedgerError(
                f"mention {mention.id} is of another document", where=reading.document.id
            )
        by_index[mention.index] = mention.id
        for claim_id in mention.claims:
            if claim_id not in known:
                raise LedgerError(
                    f"mention {mention.id} names a claim {claim_id} that was not read",
                    where=reading.document.id,
                )
            by_claim.setdefault(claim_id, mention.id)
    for claim in found:
        if claim.incident in by_index:
            by_claim.setdefault(claim.id, by_index[claim.incident])
    return by_claim


def _mention_row(position: int, mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "document_id": mention.document_id,
        "position": position,
        "type": mention.type,
        "date_start": mention.date.start if mention.date else None,
        "date_end": mention.date.end if mention.date else None,
        "country": mention.place.country if mention.place else None,
        "body": encode(mention),
    }


def _claim_row(
    document_id: str, position: int, claim: Claim, mention_id: str | None
) -> dict[str, Any]:
    return {
        "id": claim.id,
        "document_id": document_id,
        "position": position,
        "mention_id": mention_id,
        "kind": claim.kind,
        "value": encode(claim.value),
        "span_start": claim.span.start,
        "span_end": claim.span.end,
        "chains": encode(claim.chains),
        "modality": claim.modality,
        "incident": claim.incident,
        "rule": claim.rule,
        "score": claim.score,
    }


def _statistic_row(document_id: str, claim_id: str, value: StatisticValue) -> dict[str, Any]:
    row = msgspec.structs.asdict(value)
    return {
        **row,
        "claim_id": claim_id,
        "document_id": document_id,
        "min": bounded(value.min),
        "max": bounded(value.max),
    }


def find(connection: Connection, given: str) -> str:
    """The id of the document with this id, external id or unambiguous beginning of an id.

    Raises UnknownIdError for none and for several.
    """
    column = documents.c.id
    for condition in (
        column == given,
        documents.c.external_id == given,
        # Ids are ASCII and compare byte by byte, so a prefix is a range of the index.
        (column >= given) & (column < given + "\U0010ffff"),
    ):
        ids = list(connection.execute(select(column).where(condition).order_by(column).limit(3)))
        if len(ids) == 1:
            return str(ids[0].id)
        if ids and given:
            some = ", ".join(row.id for row in ids)
            raise UnknownIdError(
                f"{given!r} fits several documents: {some}", hint="give more of the id"
            )
    raise UnknownIdError(f"no document {given!r}", hint="see: dateline documents")


def select_entries(document_id: str | None = None) -> Select[Any]:
    """The rows that :func:`entry` reads, in order of their ids."""
    statement = (
        select(*_HEAD, documents.c.withdrawn, readings.c.claims, readings.c.mentions)
        .select_from(documents.outerjoin(readings))
        .order_by(_ORDER)
    )
    return statement if document_id is None else statement.where(documents.c.id == document_id)


def select_some(ids: Sequence[str]) -> Select[Any]:
    """As :func:`select_entries`, of the documents with these ids."""
    return select_entries().where(documents.c.id.in_(ids))


def entry(row: Row[Any]) -> DocumentEntry:
    """A document without its text."""
    fields = dict(row._mapping)
    return DocumentEntry(
        **{**fields, "claims": row.claims or 0, "mentions": row.mentions or 0},
    )


def document(connection: Connection, given: str) -> Document:
    """A document with its text. Raises UnknownIdError, also for a withdrawn one."""
    document_id = find(connection, given)
    row: Any = connection.execute(
        select(
            *_HEAD,
            documents.c.furniture,
            documents.c.warnings,
            documents.c.withdrawn,
            texts.c.text,
            texts.c.raw,
        )
        .select_from(documents.outerjoin(texts))
        .where(documents.c.id == document_id)
    ).one()
    if row.withdrawn is not None:
        raise UnknownIdError(f"document {document_id} was withdrawn: {row.withdrawn}")
    return _document(row)


def _document(row: Row[Any]) -> Document:
    """A document from the columns of its head and, where they are given, its words."""
    fields = {column.name: getattr(row, column.name) for column in _HEAD}
    words = "text" in row._mapping
    return Document(
        **fields,
        furniture=decode(row.furniture, tuple[Span, ...]),
        warnings=decode(row.warnings, tuple[str, ...]),
        text=row.text if words else "",
        raw=bytes(row.raw) if words else b"",
    )


def reading(connection: Connection, given: str) -> Reading:
    """All that was read from a document; its incidents are not part of it.

    Raises UnknownIdError, also for a withdrawn one.
    """
    document_id = find(connection, given)
    found = list(several(connection, [document_id], outlines=False))
    if not found:
        document(connection, document_id)  # says why
    return found[0]


def several(
    connection: Connection, document_ids: Iterable[str], *, outlines: bool
) -> Iterator[Reading]:
    """All that was read from some documents, by id; unknown and withdrawn ones are left out.

    ``outlines`` leaves out texts, bytes, attributions, times and places.
    """
    for batch in batches(sorted(set(document_ids))):
        told: dict[str, list[Claim]] = {id: [] for id in batch}
        named: dict[str, list[Any]] = {id: [] for id in batch}
        credited: dict[str, list[Any]] = {id: [] for id in batch}
        own = claims.c.document_id.in_(batch)
        for row in connection.execute(
            select(claims).where(own).order_by(claims.c.document_id, claims.c.position)
        ):
            told[row.document_id].append(stored_claim(row).claim)
        bodies: tuple[tuple[Table, type, dict[str, list[Any]]], ...]
        bodies = ((mentions, Mention, named), (sources, Source, credited))
        for table, kind, into in bodies:
            c = table.c
            rows = select(c.document_id, c.body).where(c.document_id.in_(batch))
            for row in connection.execute(rows.order_by(c.document_id, c.position)):
                into[row.document_id].append(decode(row.body, kind))
        kept = documents.c.id.in_(batch) & documents.c.withdrawn.is_(None)
        wanted: list[Any] = [*_HEAD, documents.c.furniture, documents.c.warnings]
        held = documents.join(readings)
        if not outlines:
            read = (column for column in readings.c if column.name in _READ)
            wanted += [texts.c.text, texts.c.raw, *(c.label(f"read_{c.name}") for c in read)]
            held = held.join(texts, texts.c.document_id == documents.c.id)
        found = select(*wanted).select_from(held).where(kept).order_by(_ORDER)
        for row in connection.execute(found):
            yield Reading(
                document=_document(row),
                claims=tuple(told[row.id]),
                mentions=tuple(named[row.id]),
                sources=tuple(credited[row.id]),
                **(
                    {}
                    if outlines
                    else {name: decode(getattr(row, f"read_{name}"), _READ[name]) for name in _READ}
                ),
            )


def all_sources(
    connection: Connection, document_ids: Sequence[str] | None = None
) -> Iterator[Source]:
    """Everybody credited in any document, or in these (at most 500), by name, one entry each.

    Where documents differ, what the registry said goes before what was guessed, and
    aliases are joined.
    """
    credited = select(sources.c.name, sources.c.body).distinct()
    if document_ids is not None:
        credited = credited.where(sources.c.document_id.in_(document_ids))
    rows = connection.execute(credited.order_by(sources.c.name, sources.c.body))
    together: list[Source] = []
    for row in rows:
        source = decode(row.body, Source)
        if together and together[0].name != source.name:
            yield merged(together)
            together = []
        together.append(source)
    if together:
        yield merged(together)


def merged(same: list[Source]) -> Source:
    """What several documents know of one source, as one; ``same`` comes sorted by body."""
    # The sort is stable and the rows come sorted, so the outcome has one order.
    best = min(same, key=lambda source: source.guessed)
    aliases = sorted({alias for source in same for alias in source.aliases})
    return msgspec.structs.replace(best, aliases=tuple(aliases))
