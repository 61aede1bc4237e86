"""Who asks, and what they may do: the dependencies of every page."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.datastructures import FormData
from starlette.middleware.base import RequestResponseEndpoint
from starlette.responses import Response

from dateline.desk.desk import Desk
from dateline.desk.failures import API, Refusal
from dateline.desk.sessions import COOKIE, Session, new_session
from dateline.desk.views import User

_MOST_FIELDS = 200


def the_desk(request: Request) -> Desk:
    """The desk of this server."""
    desk: Desk = request.app.state.desk
    return desk


async def identify(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Middleware: find the session and the user, and give a new browser a session."""
    from starlette.concurrency import run_in_threadpool

    if request.url.path.startswith("/static/") or request.url.path == "/health":
        return await call_next(request)
    desk = the_desk(request)

    def look() -> tuple[Session, bool]:
        found = desk.sessions.read(request.cookies.get(COOKIE))
        request.state.user = desk.local_user() or desk.sessions.user(found)
        return found or new_session(), found is None

    session, fresh = await run_in_threadpool(look)
    request.state.session = session
    response = await call_next(request)
    # Log-in and log-out set their own; programs that only read the API need none.
    if fresh and not request.url.path.startswith(API) and request.method in ("GET", "HEAD"):
        set_session(request, response, session)
    return response


def set_session(request: Request, response: Response, session: Session) -> None:
    """Give the browser this session."""
    desk = the_desk(request)
    if any(
        name == b"set-cookie" and value.startswith(COOKIE.encode())
        for name, value in response.raw_headers
    ):
        return
    response.set_cookie(
        COOKIE,
        desk.sessions.cookie(session),
        max_age=desk.sessions.seconds,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


def a_reader(request: Request) -> User:
    """Anybody logged in. Raises Refusal 401, which pages turn into the log-in form."""
    user: User | None = getattr(request.state, "user", None)
    if user is None:
        raise Refusal(401, "This desk has accounts.", hint="log in")
    return user


def a_reviewer(user: Annotated[User, Depends(a_reader)]) -> User:
    """Somebody who may decide. Raises Refusal 403 for readers."""
    if not user.may_review:
        raise Refusal(
            403, "A reader cannot decide or add.", hint="ask an admin for the role reviewer"
        )
    return user


async def checked_form(request: Request) -> FormData:
    """The form of a change, once it is certain that this desk's own page sent it.

    The token must be that of the session; and where the browser says where the request
    comes from (``Sec-Fetch-Site``, ``Origin``), it must be this desk.

    Raises Refusal 403.
    """
    desk = the_desk(request)
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise Refusal(403, "That form was sent from another site.", code="csrf")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise Refusal(403, "That form was sent from another site.", code="csrf")
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_part(desk))
    token = form.get("csrf") or request.headers.get("x-csrf-token") or ""
    session: Session = request.state.session
    if not isinstance(token, str) or not desk.sessions.holds(session, token):
        raise Refusal(
            403,
            "The form has run out, or was not sent by this desk.",
            hint="open the page again",
            code="csrf",
        )
    return form


def _part(desk: Desk) -> int:
    return desk.settings.max_bytes + 1024


def text_of(form: FormData, name: str, most: int = 10_000) -> str:
    """A field of a form as text, "" where it is missing. Raises Refusal 413 over ``most``."""
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > most:
        raise Refusal(413, f"{name} is longer than {most:,} characters.")
    return value


TheDesk = Annotated[Desk, Depends(the_desk)]
Reader = Annotated[User, Depends(a_reader)]
Reviewer = Annotated[User, Depends(a_reviewer)]
Form = Annotated[FormData, Depends(checked_form)]
Policy = Annotated[str, Query(max_length=60, description="by which best figures are chosen")]
