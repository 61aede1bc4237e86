"""The columns of UCDP GED 25.1, in their order (UCDP GED Codebook version 25.1).

What Dateline cannot conclude is empty: numbers of conflicts, dyads and actors are given
out by UCDP. docs/exports.md explains every column.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.export.cells import csv_bytes
from dateline.export.plain import country_name, where_words
from dateline.export.plain_rows import counted, date_prec, joined
from dateline.export.record import Record, actor, bounds, harmed, victims

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence",
    "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
    "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def belongs(record: Record) -> bool:
    """Whether GED would hold the incident: armed violence with at least one death.

    A discounted incident is told to no other dataset.
    """
    high = bounds(record)["high"]
    return bool(high) and "ucdp" in record.codes and record.incident.grade != "discounted"


def violence(record: Record) -> int | None:
    """GED's type of violence, where who harmed whom decides it.

    3 (one-sided) for an organised actor that killed civilians alone, 1 (state-based)
    where those killed served a state; 2 and all else would take knowing who fought
    whom (UCDP GED Codebook, section 2).
    """
    if actor(record) is None:
        return None
    return {"civilians": 3, "state": 1, None: None}[harmed(record)]


def sides(record: Record) -> tuple[str | None, str | None]:
    """GED's side A and side B.

    Side A is the government in state-based violence, and who did it in one-sided violence
    (UCDP GED Codebook, on ``side_a``). The government is that of the country it happened in.
    """
    by, kind, place = actor(record), violence(record), record.incident.place
    if kind == 3:
        return by, "Civilians"
    if _rebels(record) and place and place.country:
        return f"Government of {country_name(place.country)}", by
    return by, None


def _rebels(record: Record) -> bool:
    """Whether an armed group killed those who serve a state."""
    return violence(record) == 1 and record.kinds.get(actor(record) or "") == "armed_group"


def deaths(record: Record) -> dict[str, int | None]:
    """The dead by side, and in all.

    Told apart by side only where all those killed are of one. In one-sided violence the sides
    have no dead of their own (UCDP GED Codebook, on ``deaths_a``), so that perpetrators who
    died are not among them.
    """
    side, kind = victims(record), violence(record)
    killed = record.incident.tolls.get("killed")
    own = record.incident.perpetrator_tolls.get("killed")
    best = killed.best if killed else None
    lost = own.best if own and kind != 3 else None
    if kind == 3 and killed:
        total = {"best": killed.best, "high": killed.high, "low": killed.low}
    else:
        total = bounds(record)
    by_state = best if side == "state" else None
    by_actor = lost if actor(record) else None
    unknown = best if side is None else None
    if lost is not None and not actor(record):
        unknown = (unknown or 0) + lost
    a, b = (by_state, by_actor) if _rebels(record) else (by_actor, by_state)
    return {
        "deaths_a": 0 if kind == 3 else a,
        "deaths_b": 0 if kind == 3 else b,
        "deaths_civilians": best if side == "civilians" else None,
        "deaths_unknown": unknown,
        **total,
    }


def row(record: Record) -> dict[str, Any]:
    """One incident by GED column."""
    incident = record.incident
    date, place = incident.date, incident.place
    side_a, side_b = sides(record)
    located = place is not None and place.lat is not None and place.lon is not None
    days = sorted({r.published_at for r in record.reports if r.published_at})
    made: dict[str, Any] = dict.fromkeys(COLUMNS)
    made.update(
        id=incident.id,
        relid=incident.id,
        year=date.start.year if date else None,
        type_of_violence=violence(record),
        side_a=side_a,
        side_b=side_b,
        number_of_sources=len(record.reports) - record.copies,
        source_article=joined(
            _article(r.publisher, r.published_at, r.name) for r in record.reports
        ),
        source_office=joined(r.publisher for r in record.reports if r.publisher),
        source_date=joined(day.isoformat() for day in days),
        source_headline=joined(r.title for r in record.reports if r.title),
        source_original=counted(incident.independent_sources),
        where_prec=place.where_prec if place else None,
        where_coordinates=place.name if place else None,
        where_description=where_words(place) if place else None,
        adm_1=place.admin1 if place else None,
        adm_2=place.name if place and place.kind == "admin2" else None,
        country=country_name(place.country) if place else None,
        date_prec=date_prec(date),
        date_start=date.start if date else None,
        date_end=date.end if date else None,
        **deaths(record),
    )
    if located and place and place.lat is not None and place.lon is not None:
        made.update(
            latitude=place.lat,
            longitude=place.lon,
            geom_wkt=f"POINT ({place.lon} {place.lat})",
            priogrid_gid=priogrid(place.lat, place.lon),
        )
    return made


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: half-degree cells, numbered from the south-west.

    Tollefsen, Strand and Buhaug (2012), *PRIO-GRID: A unified spatial data structure*.
    """
    line = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return line * 720 + column + 1


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """GED's columns as CSV, of the incidents that GED would hold."""
    rows = (list(row(record).values()) for record in records if belongs(record))
    return csv_bytes([COLUMNS], rows)


def _article(publisher: str | None, day: object, name: str) -> str:
    return ", ".join(str(part) for part in (publisher, day, name) if part)
