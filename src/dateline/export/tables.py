"""Incidents as the CSV and GeoJSON of ``dateline incidents``.

Like every export they are made from records, which carry no words that may name a
private person unless a setting lifts that.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.export.contract import incident_line
from dateline.export.plain_rows import date_prec
from dateline.export.record import Record
from dateline.model import Toll

_EFFECTS = ("killed", "injured")

COLUMNS = (
    "id",
    "type",
    "background",
    "date_start",
    "date_end",
    "date_prec",
    "place",
    "site",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "where_prec",
    *(f"{effect}_{bound}" for effect in _EFFECTS for bound in ("low", "best", "high")),
    "independent_sources",
    "sources",
    "grade",
    "grade_reason",
    "perpetrators",
    "weapons",
    "disputes",
    "documents",
)


def write_csv(records: Iterable[Record]) -> Iterator[bytes]:
    """One line an incident under a head of COLUMNS; lists are joined by "; ".

    A cell that a spreadsheet would run as a formula is led by an apostrophe (OWASP,
    *CSV Injection*); an empty cell means unknown, never zero.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS)
    for record in records:
        row = _row(record)
        writer.writerow([_safe(row[column]) for column in COLUMNS])
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()


def write_geojson(records: Iterable[Record]) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946); an incident without coordinates has a null geometry."""
    before = b'{"type":"FeatureCollection","features":['
    for record in records:
        incident, place = record.incident, record.incident.place
        located = place is not None and place.lat is not None and place.lon is not None
        feature = {
            "type": "Feature",
            "id": incident.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]}
            if located and place
            else None,
            "properties": msgspec.to_builtins(incident_line(incident, _names(record))),
        }
        yield before + msgspec.json.encode(feature)
        before = b","
    yield b"]}\n" if before == b"," else before + b"]}\n"


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


def _names(record: Record) -> dict[str, str]:
    return {report.id: report.name for report in record.reports}


def _row(record: Record) -> dict[str, Any]:
    incident, names = record.incident, _names(record)
    date, place = incident.date, incident.place
    row: dict[str, Any] = {
        "id": incident.id,
        "type": incident.type,
        "background": int(incident.background),
        "date_start": date.start.isoformat() if date else None,
        "date_end": date.end.isoformat() if date else None,
        "date_prec": date_prec(date),
        "place": place.name if place else None,
        "site": place.site if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "where_prec": place.where_prec if place else None,
        "independent_sources": len(incident.independent_sources),
        "sources": "; ".join(incident.independent_sources),
        "grade": incident.grade,
        "grade_reason": incident.grade_reason,
        "perpetrators": "; ".join(p.description for p in incident.perpetrators),
        "weapons": "; ".join(w.description for w in incident.weapons),
        "disputes": "; ".join(
            f"{d.about}: {' / '.join(side.says for side in d.sides)}" for d in incident.disputes
        ),
        "documents": "; ".join(names.get(d, d) for d in incident.documents),
    }
    for effect in ("killed", "injured"):
        toll: Toll | None = incident.tolls.get(effect)
        row[f"{effect}_low"] = toll.low if toll else None
        row[f"{effect}_best"] = toll.best if toll else None
        row[f"{effect}_high"] = toll.high if toll else None
    return row
