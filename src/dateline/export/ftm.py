"""FollowTheMoney entities, one JSON object a line, as Aleph and yente load them.

An incident is an ``Event``; an organisation held responsible an ``Organization``, and a
person only where names are not withheld. Their ids are hashes of the incident's id and
of the organisation's name, so the same ledger gives the same entities.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.export.acled import notes
from dateline.export.lines import json_line
from dateline.export.plain import clean, range_words, where_words
from dateline.export.record import Record

_DAY, _MONTH, _YEAR = 10, 7, 4  # characters of an ISO date at each precision
_CUT = {"day": _DAY, "week": _DAY, "month": _MONTH, "year": _YEAR}


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """The entities of every incident; one that several share is written once."""
    written: set[str] = set()
    for record in records:
        for entity in entities(record):
            if entity["id"] not in written:
                if entity["schema"] != "Event":
                    written.add(entity["id"])
                yield json_line(entity) + b"\n"


def entities(record: Record) -> list[dict[str, Any]]:
    """The incident as an Event, and before it those held responsible."""
    incident = record.incident
    date, place = incident.date, incident.place
    made: list[dict[str, Any]] = []
    for name in record.actors:
        made.append(_entity("Organization", name, name=[name]))
    for value in incident.perpetrators:
        if value.name:
            made.append(_entity("Person", incident.id, value.name, name=[value.name]))
    title = f"{incident.type.replace('_', ' ').capitalize()}, {where_words(place)}"
    event: dict[str, Sequence[str | None]] = {
        "name": [f"{title}, {range_words(date)}"],
        "summary": [notes(record)],
        "location": [where_words(place)] if place else [],
        "country": [place.country.lower()] if place and place.country else [],
        "keywords": [incident.type, incident.grade],
        "publisher": sorted({r.publisher for r in record.reports if r.publisher}),
        "sourceUrl": [report.url for report in record.reports],
        "involved": [entity["id"] for entity in made],
    }
    if date:
        cut = _CUT[date.precision]
        first, last = date.start.isoformat()[:cut], date.end.isoformat()[:cut]
        event["date"] = [first] if first == last else []
        event["startDate"], event["endDate"] = [first], [last]
    made.append(
        {
            "id": f"dateline-{incident.id}",
            "schema": "Event",
            "properties": _cleaned(event),
        }
    )
    return made


def _entity(schema: str, *key: str, **properties: Sequence[str | None]) -> dict[str, Any]:
    packed = "\x1f".join((schema, *key)).encode("utf-8", "replace")
    digest = hashlib.blake2b(packed, digest_size=8).hexdigest()
    return {
        "id": f"dateline-{schema.lower()}-{digest}",
        "schema": schema,
        "properties": _cleaned(properties),
    }


def _cleaned(properties: Mapping[str, Sequence[str | None]]) -> dict[str, list[str]]:
    """The properties that have values, each value one line of printable text."""
    found = {
        name: [" ".join(clean(value).split()) for value in values if value]
        for name, values in properties.items()
    }
    return {name: values for name, values in found.items() if values}
