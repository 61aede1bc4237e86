"""``GET /statistics``: figures over a period or an area, apart from every toll.

Template ``statistics.html``: ``page`` is a StatisticsPage (``?q=``, ``?page=``).
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.rendering import render
from dateline.desk.statistic_list import statistics_page

router = APIRouter()


@router.get("/statistics")
def statistics(
    request: Request, desk: TheDesk, user: Reader, q: str = "", page: int = 1
) -> Response:
    """All statistics."""
    found = statistics_page(desk, user, q=q, page=page)
    return render(request, "statistics.html", section="statistics", page=found)
