"""Columns named and filled as in ACLED's (ACLED Codebook 2023 and its column changes).

The event types come from data/incident_types.toml. ACLED's judgement of who its actors
are is not ours to give: ``inter`` codes are there only for state forces and civilians.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.cells import csv_bytes
from dateline.export.plain import country_name, number_words, range_words, where_words
from dateline.export.plain_rows import joined
from dateline.export.record import Record, actor, bounds, codings, harmed, numeric

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type",
    "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country",
    "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_AGAINST_CIVILIANS = "Violence against civilians"
_TIME_PRECISION = {"day": 1, "week": 2, "month": 3, "year": None}
_GEO_PRECISION = {"site": 1, "city": 1, "admin2": 2, "admin1": 3, "country": 3}


def belongs(record: Record) -> bool:
    """Whether ACLED codes such a kind of event at all; discounted ones are left out."""
    return "acled" in record.codes and record.incident.grade != "discounted"


def row(record: Record) -> dict[str, Any]:
    """One incident by ACLED column."""
    incident = record.incident
    date, place = incident.date, incident.place
    event, sub_event = events(record)
    disorder = codings()["disorder"]
    by = actor(record)
    state = record.kinds.get(by or "") in {"military", "official"}
    civilians = harmed(record) == "civilians" or (
        event == _AGAINST_CIVILIANS and set(record.groups) <= {"any"}
    )
    country = country_name(place.country) if place else None
    inter1, inter2 = "State forces" if state else None, "Civilians" if civilians else None
    made: dict[str, Any] = dict.fromkeys(COLUMNS)
    made.update(
        event_id_cnty=incident.id,
        event_date=date.start if date else None,
        year=date.start.year if date else None,
        time_precision=_TIME_PRECISION[date.precision] if date else None,
        disorder_type=disorder.get(sub_event) or disorder.get(event),
        event_type=event,
        sub_event_type=sub_event,
        actor1=by,
        inter1=inter1,
        actor2=" ".join(filter(None, ("Civilians", country and f"({country})")))
        if civilians
        else None,
        inter2=inter2,
        interaction=f"{inter1}-{inter2}" if inter1 and inter2 else None,
        civilian_targeting="Civilian targeting" if civilians else None,
        iso=numeric(place.country) if place else None,
        country=country,
        admin1=place.admin1 if place else None,
        admin2=place.name if place and place.kind == "admin2" else None,
        location=place.name if place else None,
        latitude=place.lat if place else None,
        longitude=place.lon if place else None,
        geo_precision=_GEO_PRECISION[place.kind] if place else None,
        source=joined(r.publisher for r in record.reports if r.publisher),
        notes=notes(record),
        fatalities=bounds(record)["best"],
    )
    return made


def events(record: Record) -> tuple[str, str]:
    """ACLED's event and sub-event type.

    What would be violence against civilians by its kind is an armed clash where those killed
    were soldiers or police: ACLED's civilians are unarmed and no part of a force (ACLED
    Codebook, on event types).
    """
    event, sub_event = record.codes["acled"]
    if event == _AGAINST_CIVILIANS and harmed(record) == "state":
        return "Battles", "Armed clash"
    return event, sub_event


def notes(record: Record) -> str:
    """The incident in a sentence or two, from its fields alone and not from any report."""
    incident = record.incident
    told = [f"{incident.type.replace('_', ' ').capitalize()}, {where_words(incident.place)}"]
    told[0] += f", {range_words(incident.date)}."
    for effect, toll in incident.tolls.items():
        if toll.best is not None:
            number = number_words(toll.low, toll.high)
            told.append(f"{effect.capitalize()}: best {toll.best}, {number} ({toll.rule}).")
    if incident.disputes:
        told.append(f"Disputed: {', '.join(dispute.about for dispute in incident.disputes)}.")
    if record.targets:
        told.append(f"Against: {'; '.join(record.targets)}.")
    told.append(f"Grade: {incident.grade}, {incident.grade_reason}.")
    return " ".join(told)


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """ACLED's columns as CSV, of the incidents whose kind ACLED codes."""
    rows = (list(row(record).values()) for record in records if belongs(record))
    return csv_bytes([COLUMNS], rows)
