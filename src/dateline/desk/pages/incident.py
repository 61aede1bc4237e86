"""``GET /incidents/{id}``: one incident with everything behind it.

Template ``incident.html``: ``page`` is an IncidentPage. Claims are grouped by question,
each with ``id``, quote and chains; give a claim's element the id ``claim-<id>``.
``page.toll_points`` is for the chart, ``page.graph`` for the syndication graph;
``/api/v1/incidents/{id}/view`` gives the same page as JSON. Forms that decide post to
``/review/decide`` with ``csrf``, ``seen`` (page.seen), ``action``, repeated ``subject``,
``note``, ``back`` (this path) and, for "correct", ``value`` (see pages/review.py). A
former id leads here too: ``page.former_id`` says which was asked for.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.desk.access import Policy, Reader, TheDesk
from dateline.desk.lookup import incident_by_id
from dateline.desk.rendering import render

router = APIRouter()


@router.get("/incidents/{incident_id}")
def incident(
    request: Request, incident_id: str, desk: TheDesk, user: Reader, policy: Policy = "default"
) -> Response:
    """One incident."""
    page = incident_by_id(desk, incident_id, user, policy)
    return render(request, "incident.html", section="incidents", page=page)
