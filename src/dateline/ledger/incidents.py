"""Incidents: a projection that can be made anew, and the ids that outlive it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from dateline.errors import LedgerError, UnknownIdError
from dateline.ledger import listing
from dateline.ledger.claims import batches
from dateline.ledger.codec import bounded, encode, fold
from dateline.ledger.records import IncidentFilter
from dateline.ledger.tables import incident_ids, incident_mentions, incidents
from dateline.model import Incident

# Kinds of place that are a point; the middle of a region or country is not.
POINTS = ("site", "city", "admin2")


def replace(
    connection: Connection, touched: Iterable[str] | None, made: Iterable[Incident]
) -> None:
    """Put ``made`` in the place of the touched incidents; None touches every one.

    Raises LedgerError where a mention would be lost, or be in two incidents.
    """
    if touched is None:
        _replace_all(connection, made)
        return
    made = list(made)
    members = _checked(made, set(), set())
    was = _take_out(connection, sorted({*touched, *(incident.id for incident in made)}), members)
    _insert(connection, made)
    listing.put_in(connection, made, was)


def _replace_all(connection: Connection, made: Iterable[Incident]) -> None:
    was = listing.take_out(connection, None)
    connection.execute(delete(incident_mentions))
    connection.execute(delete(incidents))
    ids: set[str] = set()
    members: set[str] = set()
    # They may be too many to be held at once.
    for batch in batches(made):
        members |= _checked(batch, ids, members)
        ids.update(incident.id for incident in batch)
        _insert(connection, batch)
        stood = {incident.id: was.pop(incident.id) for incident in batch if incident.id in was}
        listing.put_in(connection, batch, stood)
    listing.put_in(connection, (), was)


def _checked(made: Sequence[Incident], ids: set[str], members: set[str]) -> set[str]:
    """The mentions of some incidents, which stand beside those of some ids and mentions."""
    own = {mention for incident in made for mention in incident.mentions}
    found = {incident.id for incident in made}
    if len(found) < len(made) or not found.isdisjoint(ids):
        raise LedgerError("two incidents have one id")
    if len(own) < sum(len(i.mentions) for i in made) or not own.isdisjoint(members):
        raise LedgerError("a mention is in two incidents")
    for incident in made:
        if not incident.mentions:
            raise LedgerError(f"incident {incident.id} has no mentions")
    return own


def _insert(connection: Connection, made: Iterable[Incident]) -> None:
    for batch in batches(made):
        connection.execute(insert(incidents), [_row(incident) for incident in batch])
        connection.execute(
            insert(incident_mentions),
            [
                {"mention_id": mention, "incident_id": incident.id}
                for incident in batch
                for mention in incident.mentions
            ],
        )
        _remember(connection, batch)


def _take_out(connection: Connection, ids: Sequence[str], members: set[str]) -> dict[str, str]:
    touched = set(ids)
    standing: list[str] = []
    c = incident_mentions.c
    for column, wanted in ((c.incident_id, ids), (c.mention_id, sorted(members))):
        for batch in batches(wanted):
            links = select(incident_mentions).where(column.in_(batch)).order_by(c.mention_id)
            for link in connection.execute(links):
                if link.incident_id not in touched:
                    raise LedgerError(
                        f"mention {link.mention_id} is in incident {link.incident_id}, "
                        "which is not among the touched ones"
                    )
                if link.mention_id not in members:
                    raise LedgerError(f"mention {link.mention_id} would be in no incident")
                standing.append(link.incident_id)
    was = listing.take_out(connection, sorted(set(standing)))
    for batch in batches(sorted(set(standing))):
        connection.execute(delete(incident_mentions).where(c.incident_id.in_(batch)))
        connection.execute(delete(incidents).where(incidents.c.id.in_(batch)))
    return was


def _row(incident: Incident) -> dict[str, Any]:
    place, date, killed = incident.place, incident.date, incident.tolls.get("killed")
    names = [place.name, place.site, place.admin1] if place else []
    point = place if place and place.kind in POINTS else None
    return {
        "id": incident.id,
        "type": incident.type,
        "grade": incident.grade,
        "background": incident.background,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "place_key": "\n".join(fold(name) for name in names if name) or None,
        "country": place.country if place else None,
        "admin1_key": fold(place.admin1) if place and place.admin1 else None,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "killed_best": bounded(killed.best) if killed else None,
        # What is nearby depends on the other incidents and is asked for when wanted.
        "body": encode(msgspec.structs.replace(incident, nearby=())),
    }


def _remember(connection: Connection, made: Sequence[Incident]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(
        dialect.insert(incident_ids).on_conflict_do_nothing(),
        [{"id": incident.id, "mention_id": min(incident.mentions)} for incident in made],
    )


def find(connection: Connection, given: str) -> str:
    """The id of the incident that a present or former id, or its beginning, leads to.

    Raises UnknownIdError for none, for several, and for one that is gone.
    """
    if not given:
        raise UnknownIdError("an empty id", hint="see: dateline incidents")
    here = connection.execute(select(incidents.c.id).where(incidents.c.id == given)).scalar()
    if here is not None:
        return str(here)
    target = incident_mentions.c.incident_id
    ways = select(incident_ids.c.id, target).select_from(
        incident_ids.outerjoin(
            incident_mentions, incident_mentions.c.mention_id == incident_ids.c.mention_id
        )
    )
    former = connection.execute(ways.where(incident_ids.c.id == given)).first()
    if former is None:
        column = incident_ids.c.id
        begins = and_(column >= given, column < given + "\U0010ffff")
        leads = connection.execute(ways.where(begins).order_by(column)).all()
        # Present ids are among those ever given out, so this finds them too.
        targets = sorted({row.incident_id for row in leads if row.incident_id})
        if len(targets) > 1:
            some = ", ".join(targets[:3])
            raise UnknownIdError(
                f"{given!r} fits several incidents: {some}", hint="give more of the id"
            )
        if targets:
            return str(targets[0])
        former = leads[0] if leads else None
    if former is None:
        raise UnknownIdError(f"no incident {given!r}", hint="see: dateline incidents")
    if former.incident_id is None:
        raise UnknownIdError(f"incident {former.id} is gone: its documents were withdrawn")
    return str(former.incident_id)


def incidents_of(connection: Connection, mention_ids: Iterable[str]) -> dict[str, str]:
    """The id of the incident each of some mentions is in."""
    found: dict[str, str] = {}
    c = incident_mentions.c
    for batch in batches(sorted(set(mention_ids))):
        links = select(c.mention_id, c.incident_id).where(c.mention_id.in_(batch))
        for link in connection.execute(links.order_by(c.mention_id)):
            found[link.mention_id] = link.incident_id
    return found


def fellows_of(connection: Connection, mention_ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The mentions, sorted, of each incident that some mentions are in."""
    c = incident_mentions.c
    ids = sorted(set(incidents_of(connection, mention_ids).values()))
    for batch in batches(ids):
        together: dict[str, list[str]] = {}
        rows = select(c.incident_id, c.mention_id).where(c.incident_id.in_(batch))
        for row in connection.execute(rows.order_by(c.mention_id)):
            together.setdefault(row[0], []).append(row[1])
        yield from (tuple(together[id]) for id in sorted(together))


def select_incidents() -> Select[Any]:
    """The bodies of all incidents, by date then id, undated ones last."""
    c = incidents.c
    return select(c.body).order_by(c.date_start.asc().nulls_last(), c.id)


def passing(statement: Select[Any], wanted: IncidentFilter) -> Select[Any] | None:
    """A selection from incidents with the conditions of a filter.

    None where the table has no column for one of them: search.py, which reads the whole
    list once, knows them all. Tests hold both to the same answers.
    """
    c = incidents.c
    # What is left of the filter without the conditions below.
    left = msgspec.structs.replace(wanted, since=None, until=None, place="", country="", min=None)
    left = msgspec.structs.replace(left, type="", grade="", background="")
    if left.effect == "killed" and wanted.min is not None:
        left = msgspec.structs.replace(left, effect="")
    if left != IncidentFilter():
        return None
    if wanted.since is not None:
        statement = statement.where(c.date_end >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(c.date_start <= wanted.until)
    if wanted.place.strip():
        statement = statement.where(c.place_key.contains(fold(wanted.place), autoescape=True))
    if wanted.country:
        statement = statement.where(c.country == wanted.country.upper())
    if wanted.type:
        statement = statement.where(c.type == wanted.type)
    if wanted.grade:
        statement = statement.where(c.grade == wanted.grade)
    if wanted.min is not None:
        statement = statement.where(c.killed_best >= wanted.min)
    if wanted.background:
        statement = statement.where(c.background.is_(wanted.background == "only"))
    return statement


def bodies_of(connection: Connection, ids: Iterable[str]) -> Iterator[str]:
    """The bodies of some incidents in this order; those that are gone are left out."""
    c = incidents.c
    for batch in batches(ids):
        rows = connection.execute(select(c.id, c.body).where(c.id.in_(batch)))
        found = {row.id: row.body for row in rows}
        yield from (found[id] for id in batch if id in found)
