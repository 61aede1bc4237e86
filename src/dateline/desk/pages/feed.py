"""``GET /feed.atom``: new and changed incidents under the present filter; no template."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.atom import feed
from dateline.desk.incident_list import parse_filter

router = APIRouter()


@router.get("/feed.atom")
def atom(request: Request, desk: TheDesk, user: Reader) -> Response:
    """An Atom feed (RFC 4287), the latest change first."""
    wanted, _ = parse_filter(request.query_params)
    base = f"{request.url.scheme}://{request.url.netloc}"
    return Response(feed(desk, wanted, base), media_type="application/atom+xml; charset=utf-8")
