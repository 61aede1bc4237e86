"""The JSON API under ``/api/v1``: what the pages show, for reading by programs.

With accounts it needs the session of somebody who logged in. Fields are only ever added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from dateline.desk.access import Policy, Reader, TheDesk
from dateline.desk.failures import ErrorAnswer
from dateline.desk.incident_list import incidents_page, map_data, parse_filter
from dateline.desk.lookup import incident_by_id, report_by_id, reports_found
from dateline.desk.review_queue import review_page
from dateline.desk.source_list import source_page, sources_page
from dateline.desk.statistic_list import statistics_page
from dateline.desk.views import IncidentPage, IncidentRow, ReportPage, ReportsPage, ReviewPage
from dateline.desk.views_list import Facets, Histogram, MapData
from dateline.desk.views_sources import SourcePage, SourcesPage, StatisticsPage
from dateline.ledger.search import Box

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorAnswer, "description": "cannot be used"},
    401: {"model": ErrorAnswer, "description": "log in first"},
    404: {"model": ErrorAnswer, "description": "not there"},
    422: {"model": ErrorAnswer, "description": "a parameter cannot be used"},
    500: {"model": ErrorAnswer, "description": "failed"},
    503: {"model": ErrorAnswer, "description": "the ledger is busy"},
}

router = APIRouter(prefix="/api/v1", tags=["ledger"], responses=_ERRORS)

Page = Annotated[int, Query(ge=1, le=100_000, description="which page, from 1")]
Words = Annotated[str, Query(max_length=300, description="words to look for")]


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentsAnswer:
    """One page of the incidents that match; ``note`` says what of the filter was left out."""

    total: int
    page: int
    pages: int
    incidents: tuple[IncidentRow, ...]
    facets: Facets
    histogram: Histogram
    note: str | None


def _documented(*extra: tuple[str, dict[str, Any], str]) -> dict[str, Any]:
    """The filter in the words of OpenAPI: it is parsed leniently, as the pages do."""
    listed = [
        ("q", {"type": "string", "maxLength": 300}, "words in reports and claims"),
        ("since", {"type": "string", "format": "date"}, "on or after this day"),
        ("until", {"type": "string", "format": "date"}, "on or before this day"),
        ("place", {"type": "string", "maxLength": 300}, "in the name of place or region"),
        ("country", {"type": "string", "maxLength": 300}, "ISO 3166 code, or English name"),
        ("type", {"type": "string", "maxLength": 60}, "type of incident"),
        ("grade", {"type": "string"}, "confirmed, fair, weak, contested, discounted"),
        ("effect", {"type": "string"}, "only with this effect: killed, injured …"),
        ("min", {"type": "integer", "minimum": 0}, "best estimate at least this"),
        ("source", {"type": "string", "maxLength": 300}, "who is cited"),
        ("disputed", {"type": "boolean"}, "only with a dispute"),
        ("review", {"type": "boolean"}, "only what waits for review"),
        ("background", {"type": "string"}, "only, or none, of those told in passing"),
        *extra,
    ]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
            for name, schema, words in listed
        ]
    }


@router.get(
    "/incidents",
    summary="Incidents that match a filter",
    openapi_extra=_documented(
        ("sort", {"type": "string"}, "newest, oldest, killed, injured, sources"),
        ("page", {"type": "integer", "minimum": 1}, "which page, from 1"),
        ("per", {"type": "integer", "minimum": 1, "maximum": 500}, "incidents a page"),
    ),
)
def incidents(request: Request, desk: TheDesk, user: Reader) -> IncidentsAnswer:
    """One page of them. What cannot be used of the filter is left out, and ``note`` says so."""
    wanted, note = parse_filter(request.query_params)
    page = incidents_page(desk, wanted, note)
    return IncidentsAnswer(
        total=page.total,
        page=page.filter.page,
        pages=page.pages,
        incidents=page.rows,
        facets=page.facets,
        histogram=page.histogram,
        note=page.note,
    )


@router.get(
    "/incidents/map",
    summary="Incidents on a map",
    openapi_extra=_documented(
        ("zoom", {"type": "number", "minimum": 0, "maximum": 22}, "zoom of Web Mercator"),
        ("bbox", {"type": "string"}, "west,south,east,north in degrees; all without it"),
    ),
)
def incidents_map(request: Request, desk: TheDesk, user: Reader) -> MapData:
    """All matches as points; those that are too close for the zoom stand together."""
    wanted, _ = parse_filter(request.query_params)
    return map_data(desk, wanted, _box(request), _zoom(request))


def _zoom(request: Request) -> float:
    try:
        zoom = float(request.query_params.get("zoom", "") or 2.0)
    except ValueError:
        return 2.0
    return min(22.0, max(0.0, zoom)) if zoom == zoom else 2.0


def _box(request: Request) -> Box | None:
    try:
        sides = [float(side) for side in request.query_params.get("bbox", "").split(",")]
    except ValueError:
        return None
    if len(sides) != 4 or not all(-1e6 < side < 1e6 for side in sides):
        return None
    west, south, east, north = sides
    if east - west >= 360:
        return (-180.0, south, 180.0, north)
    # A map that was dragged around the world counts on beyond 180 degrees.
    return ((west + 180) % 360 - 180, south, (east + 180) % 360 - 180, north)


@router.get("/incidents/{incident_id}", summary="One incident")
def incident(
    incident_id: str, desk: TheDesk, user: Reader, policy: Policy = "default"
) -> IncidentPage:
    """Everything the page of an incident shows; a former id leads to the present one."""
    return incident_by_id(desk, incident_id, user, policy)


@router.get("/incidents/{incident_id}/view", include_in_schema=False)
def incident_view(
    incident_id: str, desk: TheDesk, user: Reader, policy: Policy = "default"
) -> IncidentPage:
    """The same."""
    return incident_by_id(desk, incident_id, user, policy)


@router.get("/reports", summary="Reports, or those with some words")
def reports(desk: TheDesk, user: Reader, q: Words = "", page: Page = 1) -> ReportsPage:
    """One page of them, the newest first."""
    return reports_found(desk, q, page)


@router.get("/reports/{document_id}", summary="One report")
def report(
    document_id: str, desk: TheDesk, user: Reader, part: Page = 1, claim: str | None = None
) -> ReportPage:
    """The text in segments with its claims; a long one in parts."""
    return report_by_id(desk, document_id, user, part=part, focus=claim)


@router.get("/review", summary="What waits for a person")
def review(desk: TheDesk, user: Reader, kind: str = "duplicate", page: Page = 1) -> ReviewPage:
    """One page of one kind: duplicate, join, dispute, claim or statistic."""
    return review_page(desk, user, kind=kind, page=page)


@router.get("/sources", summary="Who is cited")
def sources(
    desk: TheDesk,
    user: Reader,
    q: Words = "",
    kind: str = "",
    sort: str = "incidents",
    page: Page = 1,
) -> SourcesPage:
    """One page of the sources with how often they are alone, first, contradicted."""
    return sources_page(desk, q=q, kind=kind, sort=sort, page=page)


@router.get("/source", summary="One source")
def source(desk: TheDesk, user: Reader, name: str) -> SourcePage:
    """By its name."""
    return source_page(desk, name)


@router.get("/statistics", summary="Figures over a period or area")
def statistics(desk: TheDesk, user: Reader, q: Words = "", page: Page = 1) -> StatisticsPage:
    """One page of them, those of the newest reports first."""
    return statistics_page(desk, user, q=q, page=page)
