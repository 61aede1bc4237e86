"""``GET /login``, ``POST /login``, ``POST /logout``: who one is, where there are accounts.

Template ``login.html``: ``page`` is a LoginPage. Its form posts to ``/login`` with ``csrf``,
``name``, ``password`` and ``next``. Logging out is a form to ``/logout`` with ``csrf``; show it
where ``chrome.accounts`` and ``user``.

Template ``error.html``: ``page`` is an ErrorPage; every other page may turn into it.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from dateline.desk.access import Form, TheDesk, set_session, text_of
from dateline.desk.failures import Refusal
from dateline.desk.rendering import render
from dateline.desk.sessions import new_session, safe_next
from dateline.desk.views import LoginPage

router = APIRouter()


@router.get("/login")
def form(request: Request, desk: TheDesk, next: str = "/") -> Response:
    """The form; who is in already is led on."""
    if request.state.user is not None:
        return RedirectResponse(safe_next(next), 303)
    return render(request, "login.html", section="login", page=LoginPage(next=safe_next(next)))


@router.post("/login")
def log_in(request: Request, desk: TheDesk, form: Form) -> Response:
    """Check name and password; too many failures have to wait."""
    name = text_of(form, "name", 200).strip()
    onward = safe_next(text_of(form, "next", 2000))
    address = request.client.host if request.client else ""
    wait = desk.logins.begin(name, address)
    if wait:
        raise Refusal(
            429,
            "Too many failed attempts to log in.",
            hint=f"try again in {wait // 60 + 1} minutes",
            headers={"Retry-After": str(wait)},
        )
    account = desk.accounts.check(name, text_of(form, "password", 5000))
    if account is None:
        page = LoginPage(next=onward, name=name, error="Name or password is wrong.")
        return render(request, "login.html", section="login", status=401, page=page)
    desk.logins.passed(name, address)
    response = RedirectResponse(onward, 303)
    set_session(request, response, new_session(account.name, account.epoch))
    return response


@router.post("/logout")
def log_out(request: Request, desk: TheDesk, form: Form) -> Response:
    """End this session for good."""
    if request.state.session.user is not None:
        desk.sessions.end(request.state.session)
    response = RedirectResponse("/login", 303)
    set_session(request, response, new_session())
    return response
