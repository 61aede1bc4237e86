"""What lists, maps and charts need of each incident, in step with the incidents.

Whatever writes incidents calls :func:`take_out` before and :func:`put_in` after, in its
transaction. Both also write down which incidents came, changed or went.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from dateline.ledger.claims import batches
from dateline.ledger.codec import decode, encode, fold
from dateline.ledger.tables import (
    changes,
    claims,
    documents,
    incidents,
    listing,
    mentions,
    searchable,
)
from dateline.model import Chain, Incident

ROOT, ALONE, FIRST, CONTRADICTED = 1, 2, 4, 8
"""Flags of a source in an incident: an independent source of it; the only one; one that its
earliest reports have; on a side of one of its disputes, which may be about no figure."""


class SourceTally(NamedTuple):
    """One source in one incident: its flags, and the claims and reports that cite it."""

    name: str
    flags: int
    claims: int
    reports: int


def take_out(connection: Connection, ids: Sequence[str] | None) -> dict[str, str]:
    """Remove incidents (None: all) from the listing; what they looked like, by id."""
    c = listing.c
    if ids is None:
        was = {
            row.incident_id: row.hash for row in connection.execute(select(c.incident_id, c.hash))
        }
        connection.execute(delete(listing))
        return was
    was = {}
    for batch in batches(ids):
        rows = select(c.incident_id, c.hash).where(c.incident_id.in_(batch))
        was.update({row.incident_id: row.hash for row in connection.execute(rows)})
        connection.execute(delete(listing).where(c.incident_id.in_(batch)))
    return was


def put_in(connection: Connection, made: Iterable[Incident], was: dict[str, str]) -> None:
    """List incidents that were just written, and what became of those taken out."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    left = dict(was)
    for batch in batches(made):
        numbers = _numbers(connection, {id for incident in batch for id in incident.documents})
        told = _told(connection, batch)
        rows = [_row(incident, numbers, told) for incident in batch]
        connection.execute(insert(listing), rows)
        news = []
        for row in rows:
            before = left.pop(row["incident_id"], None)
            if before != row["hash"]:
                kind = "new" if before is None else "changed"
                news.append({"incident_id": row["incident_id"], "kind": kind, "at": now})
        if news:
            connection.execute(insert(changes), news)
    for some in batches(sorted(left)):
        gone = [{"incident_id": id, "kind": "gone", "at": now} for id in some]
        connection.execute(insert(changes), gone)


def fill(connection: Connection) -> None:
    """List every incident anew, as after an upgrade."""
    was = take_out(connection, None)
    ids = connection.execute(select(incidents.c.id).order_by(incidents.c.id)).scalars().all()
    for batch in batches(ids):
        bodies = connection.execute(
            select(incidents.c.body).where(incidents.c.id.in_(batch)).order_by(incidents.c.id)
        )
        made = [decode(body, Incident) for body in bodies.scalars()]
        put_in(connection, made, {id: was[id] for id in batch if id in was})


def _numbers(connection: Connection, document_ids: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(sorted(document_ids)):
        rows = select(searchable.c.document_id, searchable.c.number).where(
            searchable.c.document_id.in_(batch)
        )
        found.update({row.document_id: row.number for row in connection.execute(rows)})
    return found


class _Telling(NamedTuple):
    document_id: str
    published_at: dt.date | None
    chains: tuple[Chain, ...]


def _told(connection: Connection, made: Sequence[Incident]) -> dict[str, list[_Telling]]:
    """The chains of the claims of each mention of some incidents."""
    told: dict[str, list[_Telling]] = defaultdict(list)
    wanted = sorted({mention for incident in made for mention in incident.mentions})
    for batch in batches(wanted):
        rows = connection.execute(
            select(
                claims.c.mention_id,
                claims.c.chains,
                mentions.c.document_id,
                documents.c.published_at,
            )
            .join(mentions, mentions.c.id == claims.c.mention_id)
            .join(documents, documents.c.id == mentions.c.document_id)
            .where(claims.c.mention_id.in_(batch))
        )
        for row in rows:
            told[row.mention_id].append(
                _Telling(row.document_id, row.published_at, _chains(row.chains))
            )
    return told


@lru_cache(maxsize=4096)
def _chains(body: str) -> tuple[Chain, ...]:
    return decode(body, tuple[Chain, ...])


def _row(
    incident: Incident, numbers: dict[str, int], told: dict[str, list[_Telling]]
) -> dict[str, Any]:
    place, date = incident.place, incident.date
    names = [place.name, place.site, place.admin1] if place else []
    tellings = [telling for mention in incident.mentions for telling in told.get(mention, ())]
    return {
        "incident_id": incident.id,
        "hash": hashlib.sha256(encode(incident).encode()).hexdigest()[:32],
        "type": incident.type,
        "grade": incident.grade,
        "background": incident.background,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "place": place.name if place else None,
        "place_key": "\n".join(fold(name) for name in names if name) or None,
        "where_prec": place.where_prec if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "independent": len(incident.independent_sources),
        "disputed": "\n".join(dispute.about for dispute in incident.disputes),
        "doubtful": len(incident.review),
        "tolls": encode(
            {
                str(effect): (toll.low, toll.best, toll.high)
                for effect, toll in incident.tolls.items()
            }
        ),
        "sources": encode(tuple(_sources(incident, tellings))),
        "reports": encode(sorted(numbers[id] for id in incident.documents if id in numbers)),
    }


def _sources(incident: Incident, tellings: Sequence[_Telling]) -> list[SourceTally]:
    roots = set(incident.independent_sources)
    counted: dict[str, int] = defaultdict(int)
    reports: dict[str, set[str]] = defaultdict(set)
    days = [t.published_at for t in tellings if t.published_at is not None]
    earliest = min(days, default=None)
    first: set[str] = set()
    for telling in tellings:
        for name in {name for chain in telling.chains for name in chain}:
            counted[name] += 1
            reports[name].add(telling.document_id)
        if telling.published_at == earliest:
            first.update(chain[-1] for chain in telling.chains if chain)
    against = {
        chain[-1]
        for dispute in incident.disputes
        for side in dispute.sides
        for chain in side.chains
        if chain
    }
    found = []
    for name in sorted({*counted, *roots}):
        flags = ROOT if name in roots else 0
        flags |= ALONE if roots == {name} else 0
        flags |= FIRST if name in first & roots else 0
        flags |= CONTRADICTED if name in against else 0
        found.append(SourceTally(name, flags, counted[name], len(reports[name])))
    return found
