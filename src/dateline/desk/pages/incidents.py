"""``GET /incidents``: map, timeline and table of the incidents that pass a filter.

Template ``incidents.html``: ``page`` is an IncidentsPage. The whole view stands in the
query string (FilterView names the parameters), so every link can be shared; a parameter
that cannot be used is left out and ``page.note`` says so. ``page.map_url`` gives MapData
as JSON (/api/v1/incidents/map) and ``page.histogram`` the timeline; both carry links or
ids, never markup. ``GET /`` leads here.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.incident_list import incidents_page, parse_filter
from dateline.desk.rendering import render

router = APIRouter()


@router.get("/")
def first(request: Request, user: Reader) -> Response:
    """The list is the first page, with the same conditions."""
    asked = request.url.query
    return RedirectResponse("/incidents" + (f"?{asked}" if asked else ""), 307)


@router.get("/incidents")
def incidents(request: Request, desk: TheDesk, user: Reader) -> Response:
    """The list."""
    wanted, note = parse_filter(request.query_params)
    page = incidents_page(desk, wanted, note)
    return render(request, "incidents.html", section="incidents", page=page)
