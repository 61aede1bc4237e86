"""``GET /paste``: read a pasted text, or the page at an address, before it is kept.

Template ``paste.html``: ``page`` is a PastePage. Its form posts to ``/paste`` with ``csrf``,
``text`` or ``address``, and optionally ``title``, ``publisher`` and ``published_at``. The
answer is the same page with ``page.result``; its form to ``/paste/keep`` has ``csrf`` and
``token``. ``page.error`` says in one line why a text was not read. Addresses are offered
only where ``page.may_fetch``.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.access import Form, Reviewer, TheDesk, text_of
from dateline.desk.pasting import keep, paste_page, read_pasted
from dateline.desk.rendering import render
from dateline.desk.rows import report_url
from dateline.desk.views_sources import PasteForm

router = APIRouter()


@router.get("/paste")
def paste(request: Request, desk: TheDesk, user: Reviewer) -> Response:
    """The empty form."""
    return render(request, "paste.html", section="paste", page=paste_page(desk, PasteForm()))


@router.post("/paste")
def read(request: Request, desk: TheDesk, user: Reviewer, form: Form) -> Response:
    """What is read from it."""
    most = desk.settings.max_bytes
    given = PasteForm(
        # A form ends every line with CR LF, whatever was pasted.
        text=text_of(form, "text", most).replace("\r\n", "\n"),
        address=text_of(form, "address", 2000).strip(),
        title=text_of(form, "title", 1000).strip(),
        publisher=text_of(form, "publisher", 200).strip(),
        published_at=text_of(form, "published_at", 40).strip(),
    )
    page = read_pasted(desk, user, given)
    status = 422 if page.error else 200
    return render(request, "paste.html", section="paste", status=status, page=page)


@router.post("/paste/keep")
def keep_it(request: Request, desk: TheDesk, user: Reviewer, form: Form) -> Response:
    """Store what was read."""
    return RedirectResponse(report_url(keep(desk, user, text_of(form, "token", 200))), 303)
