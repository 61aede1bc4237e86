"""Claims, statistics and mentions as they are read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from dateline.errors import UnknownIdError
from dateline.ledger.codec import decode
from dateline.ledger.records import StoredClaim
from dateline.ledger.tables import claims, incident_mentions, mentions, statistics
from dateline.model import VALUE_TYPES, Chain, Claim, Mention, Span

T = TypeVar("T")

_MANY = 500  # ids in one statement; SQLite allows 32,766 (sqlite.org/limits.html)
_CLAIM_ORDER = (claims.c.document_id, claims.c.position)


def batches(items: Iterable[T], size: int = _MANY) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def stored_claim(row: Row[Any]) -> StoredClaim:
    """The claim of a row of the table."""
    value: Any = decode(row.value, VALUE_TYPES[row.kind])
    return StoredClaim(
        document_id=row.document_id,
        mention_id=row.mention_id,
        claim=Claim(
            id=row.id,
            kind=row.kind,
            value=value,
            span=Span(row.span_start, row.span_end),
            chains=decode(row.chains, tuple[Chain, ...]),
            modality=row.modality,
            incident=row.incident,
            rule=row.rule,
            score=row.score,
        ),
    )


def claims_of_document(connection: Connection, document_id: str) -> tuple[Claim, ...]:
    """The claims of one document, in the order they were read."""
    rows = connection.execute(
        select(claims).where(claims.c.document_id == document_id).order_by(*_CLAIM_ORDER)
    )
    return tuple(stored_claim(row).claim for row in rows)


def claims_of_mentions(
    connection: Connection, mention_ids: Iterable[str]
) -> tuple[StoredClaim, ...]:
    """The claims of some mentions, by document and order of reading.

    A claim that several mentions share is given once, under the first that lists it.
    """
    found: dict[str, tuple[str, int, StoredClaim]] = {}
    for batch in batches(sorted(set(mention_ids))):
        listed: set[str] = set()
        for mention in fetch_mentions(connection, select_mentions(ids=batch)):
            listed.update(mention.claims)
        _collect(connection, claims.c.mention_id.in_(batch), found)
        for more in batches(sorted(listed - found.keys())):
            _collect(connection, claims.c.id.in_(more), found)
    return tuple(stored for _, _, stored in sorted(found.values(), key=lambda item: item[:2]))


def _collect(
    connection: Connection,
    condition: ColumnElement[bool],
    into: dict[str, tuple[str, int, StoredClaim]],
) -> None:
    for row in connection.execute(select(claims).where(condition)):
        into[row.id] = (row.document_id, row.position, stored_claim(row))


def find(connection: Connection, given: str) -> StoredClaim:
    """The claim with this id, or whose id alone begins so.

    Raises UnknownIdError for none and for several.
    """
    column = claims.c.id
    for condition in (column == given, (column >= given) & (column < given + "\U0010ffff")):
        rows = connection.execute(select(claims).where(condition).order_by(column).limit(3)).all()
        if given and len(rows) == 1:
            return stored_claim(rows[0])
        if given and rows:
            some = ", ".join(row.id for row in rows)
            raise UnknownIdError(
                f"{given!r} fits several claims: {some}", hint="give more of the id"
            )
    raise UnknownIdError(f"no claim {given!r}", hint="dateline show prints the ids of claims")


def select_statistics() -> Select[Any]:
    """The claims that are statistics, as rows for :func:`stored_claim`."""
    return (
        select(claims)
        .join(statistics, statistics.c.claim_id == claims.c.id)
        .order_by(*_CLAIM_ORDER)
    )


def mentions_of_document(connection: Connection, document_id: str) -> tuple[Mention, ...]:
    """The mentions of one document, in the order they were read."""
    statement = (
        select(mentions.c.body)
        .where(mentions.c.document_id == document_id)
        .order_by(mentions.c.position)
    )
    return tuple(fetch_mentions(connection, statement))


def select_mentions(
    *,
    ids: Sequence[str] | None = None,
    incident_id: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    country: str | None = None,
) -> Select[Any]:
    """Mentions by id.

    Those without a date, or a country, pass ``since``, ``until`` and ``country``: they
    may be of any incident.
    """
    statement = select(mentions.c.body).order_by(mentions.c.id)
    if ids is not None:
        statement = statement.where(mentions.c.id.in_(ids))
    if incident_id is not None:
        statement = statement.join(
            incident_mentions, incident_mentions.c.mention_id == mentions.c.id
        ).where(incident_mentions.c.incident_id == incident_id)
    if since is not None:
        statement = statement.where(
            or_(mentions.c.date_end >= since, mentions.c.date_end.is_(None))
        )
    if until is not None:
        statement = statement.where(
            or_(mentions.c.date_start <= until, mentions.c.date_start.is_(None))
        )
    if country is not None:
        statement = statement.where(
            or_(mentions.c.country == country, mentions.c.country.is_(None))
        )
    return statement


def fetch_mentions(connection: Connection, statement: Select[Any]) -> Iterator[Mention]:
    """The mentions a statement of this file selects."""
    for body in connection.execute(statement).scalars():
        yield decode(body, Mention)
