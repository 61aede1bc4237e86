"""``GET /sources`` and ``GET /source?name=``: who is cited, and how that turned out.

Template ``sources.html``: ``page`` is a SourcesPage (``?q=``, ``?kind=``, ``?sort=``,
``?page=``). Template ``source.html``: ``page`` is a SourcePage.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.rendering import render
from dateline.desk.source_list import source_page, sources_page

router = APIRouter()


@router.get("/sources")
def sources(
    request: Request,
    desk: TheDesk,
    user: Reader,
    q: str = "",
    kind: str = "",
    sort: str = "incidents",
    page: int = 1,
) -> Response:
    """All sources."""
    found = sources_page(desk, q=q, kind=kind, sort=sort, page=page)
    return render(request, "sources.html", section="sources", page=found)


@router.get("/source")
def source(request: Request, desk: TheDesk, user: Reader, name: str) -> Response:
    """One source."""
    return render(request, "source.html", section="sources", page=source_page(desk, name))
