"""The flat form of an incident: the columns of csv, hxl, geojson and parquet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.export.cells import csv_bytes
from dateline.export.contract import IncidentLine, incident_line
from dateline.export.lines import json_line
from dateline.export.plain import clean, country_name
from dateline.export.record import Record, Report
from dateline.model import Copy, Effect, IncidentDate, Toll, TollStep

_DATE_PREC = {"day": 1, "week": 3, "month": 4, "year": 5}
_WEEK = 7  # days

_EFFECTS: tuple[Effect, ...] = ("killed", "injured", "missing", "abducted", "displaced")
_BOUNDS = ("low", "best", "high")

# Column, HXL hashtag (HXL 1.1 hashtag dictionary), type for Parquet.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("id", "#event+id", "string"),
    ("type", "#event+type", "string"),
    ("background", "#event+background", "bool"),
    ("date_start", "#date+start", "date"),
    ("date_end", "#date+end", "date"),
    ("date_prec", "#meta+date+precision+code", "int"),
    ("place", "#loc+name", "string"),
    ("site", "#loc+site", "string"),
    ("admin1", "#adm1+name", "string"),
    ("country", "#country+code+v_iso2", "string"),
    ("country_name", "#country+name", "string"),
    ("latitude", "#geo+lat", "float"),
    ("longitude", "#geo+lon", "float"),
    ("where_prec", "#geo+precision+code", "int"),
    *(
        (f"{effect}_{bound}", f"#affected+{effect}+{bound}", "int")
        for effect in _EFFECTS
        for bound in _BOUNDS
    ),
    *(
        (f"perpetrators_killed_{bound}", f"#affected+perpetrators+killed+{bound}", "int")
        for bound in _BOUNDS
    ),
    ("rule", "#description+rule", "string"),
    ("independent_sources", "#indicator+sources+num", "int"),
    ("sources", "#meta+source", "string"),
    ("grade", "#status+grade", "string"),
    ("grade_reason", "#description+grade", "string"),
    ("perpetrators", "#org+perpetrator", "string"),
    ("targets", "#description+target", "string"),
    ("weapons", "#cause+weapon", "string"),
    ("disputes", "#description+dispute", "string"),
    ("reports", "#meta+report+id", "string"),
    ("publishers", "#meta+publisher", "string"),
    ("first_report", "#date+report+start", "date"),
    ("last_report", "#date+report+end", "date"),
    ("copies", "#indicator+copies+num", "int"),
    ("urls", "#meta+url", "string"),
)


def date_prec(date: IncidentDate | None) -> int | None:
    """How well the day is known, in UCDP's code; None without a date.

    1 an exact day (a night over midnight, too), 2 within two to six days, 3 a week, 4 a
    month, 5 a year (UCDP GED Codebook 25.1, on ``date_prec``).
    """
    if date is None:
        return None
    if date.precision == "week" and (date.end - date.start).days + 1 < _WEEK:
        return 2
    return _DATE_PREC[date.precision]


def row(record: Record) -> dict[str, Any]:
    """One incident by column; lists are joined by "; ", None means unknown."""
    incident = record.incident
    date, place = incident.date, incident.place
    days = sorted(r.published_at for r in record.reports if r.published_at)
    killed = incident.tolls.get("killed")
    made: dict[str, Any] = {
        "id": incident.id,
        "type": incident.type,
        "background": incident.background,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_prec": date_prec(date),
        "place": place.name if place else None,
        "site": place.site if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "country_name": country_name(place.country) if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "where_prec": place.where_prec if place else None,
        "rule": killed.rule if killed else None,
        "independent_sources": len(incident.independent_sources),
        "sources": counted(incident.independent_sources),
        "grade": incident.grade,
        "grade_reason": incident.grade_reason,
        "perpetrators": joined(p.description for p in incident.perpetrators),
        "targets": joined(record.targets),
        "weapons": joined(w.type for w in incident.weapons),
        "disputes": joined(
            f"{d.about}: {' / '.join(side.says for side in d.sides)}" for d in incident.disputes
        ),
        "reports": joined(report.name for report in record.reports),
        "publishers": joined(r.publisher for r in record.reports if r.publisher),
        "first_report": days[0] if days else None,
        "last_report": days[-1] if days else None,
        "copies": record.copies,
        "urls": joined(report.url for report in record.reports if report.url),
    }
    for effect in _EFFECTS:
        made.update(_bounds(effect, incident.tolls.get(effect)))
    made.update(_bounds("perpetrators_killed", incident.perpetrator_tolls.get("killed")))
    return made


def joined(told: Iterable[str]) -> str | None:
    """The distinct words in their order, or None for none."""
    return "; ".join(dict.fromkeys(told)) or None


def counted(told: Iterable[str]) -> str | None:
    """As :func:`joined`; words that stand for several sources say how many: "a witness (2)"."""
    counts = Counter(told)
    return joined(f"{name} ({count})" if count > 1 else name for name, count in counts.items())


def _bounds(name: str, toll: Toll | None) -> dict[str, int | None]:
    return {f"{name}_{bound}": getattr(toll, bound) if toll else None for bound in _BOUNDS}


def write_csv(records: Iterable[Record]) -> Iterator[bytes]:
    """One line an incident under a head."""
    rows = (_cells(record) for record in records)
    return csv_bytes([_NAMES], rows)


def write_hxl(records: Iterable[Record]) -> Iterator[bytes]:
    """As csv, with a second head of HXL hashtags (HXL 1.1 tagging conventions)."""
    rows = (_cells(record) for record in records)
    return csv_bytes([_NAMES, [tag for _, tag, _ in COLUMNS]], rows)


def write_geojson(records: Iterable[Record]) -> Iterator[bytes]:
    """A FeatureCollection (RFC 7946); an incident without coordinates has a null geometry."""
    yield b'{"type":"FeatureCollection","features":['
    for number, record in enumerate(records):
        flat = row(record)
        located = flat["latitude"] is not None and flat["longitude"] is not None
        feature = {
            "type": "Feature",
            "id": record.incident.id,
            "geometry": {
                "type": "Point",
                "coordinates": [flat["longitude"], flat["latitude"]],
            }
            if located
            else None,
            "properties": {name: _shown(flat[name]) for name in _NAMES},
        }
        yield (b",\n" if number else b"\n") + json_line(feature)
    yield b"\n]}\n"


class ExportLine(IncidentLine, frozen=True, kw_only=True):
    """One line of ``dateline export --format jsonl``: the contract's line, and more."""

    reports: tuple[Report, ...]
    groups: tuple[str, ...]
    targets: tuple[str, ...]
    rise: dict[Effect, tuple[TollStep, ...]]
    copies: tuple[Copy, ...]


def write_jsonl(records: Iterable[Record]) -> Iterator[bytes]:
    """One JSON object an incident, with its reports and how its tolls rose."""
    for record in records:
        names = {report.id: report.name for report in record.reports}
        line = incident_line(record.incident, names)
        yield (
            json_line(
                ExportLine(
                    **msgspec.structs.asdict(line),
                    reports=record.reports,
                    groups=record.groups,
                    targets=record.targets,
                    rise=record.incident.rise,
                    copies=record.incident.copies,
                )
            )
            + b"\n"
        )


_NAMES = [name for name, _, _ in COLUMNS]


def _cells(record: Record) -> list[Any]:
    flat = row(record)
    return [flat[name] for name in _NAMES]


def _shown(value: Any) -> Any:  # noqa: ANN401 - a cell
    """A cell as a map may show it: text without what could turn or break a line."""
    return clean(" ".join(value.split())) if isinstance(value, str) else value
