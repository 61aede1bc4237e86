"""``GET /reports`` and ``GET /reports/{id}``: the texts as published, claims in place.

Template ``reports.html``: ``page`` is a ReportsPage; ``?q=`` looks for words in texts,
titles and claims, ``snippet`` of a row is text in pieces, True for those found.

Template ``report.html``: ``page`` is a ReportPage. ``page.segments`` cover this part of
the text without a gap; show each one's text as it is (``white-space: pre-wrap``), marked
where ``claims`` is not empty, grey where ``furniture``. For every id in ``begins`` put an
element with the id ``claim-<id>`` at the beginning: links to a claim point there.
``?claim=<id>`` opens the part with its words and sets ``page.focus``; ``?part=2`` the
second part. The query parameter names are kept in every link.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Reader, TheDesk
from dateline.desk.lookup import report_by_id, reports_found
from dateline.desk.rendering import render

router = APIRouter()


@router.get("/reports")
def reports(request: Request, desk: TheDesk, user: Reader, q: str = "", page: int = 1) -> Response:
    """All reports, or those with some words."""
    found = reports_found(desk, q, page)
    return render(request, "reports.html", section="reports", page=found)


@router.get("/reports/{document_id}")
def report(
    request: Request,
    document_id: str,
    desk: TheDesk,
    user: Reader,
    part: int = 1,
    claim: str | None = None,
) -> Response:
    """One report."""
    found = report_by_id(desk, document_id, user, part=part, focus=claim)
    return render(request, "report.html", section="reports", page=found)
