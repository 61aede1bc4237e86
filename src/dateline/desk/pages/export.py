"""``GET /export/{format}``: the present filter in a format for other programs; no template."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.exporting import export
from dateline.desk.incident_list import parse_filter

router = APIRouter()


@router.get("/export/{format}")
def export_filter(request: Request, format: str, desk: TheDesk, user: Reader) -> Response:
    """A file. ``?id=`` (repeated) exports single incidents instead of a filter."""
    wanted, _ = parse_filter(request.query_params)
    return export(desk, format, wanted, request.query_params.getlist("id"))
