"""Templates to pages. Whatever a report says reaches a page as text, never as markup.

Three things see to that, for every template: all output is escaped (autoescape), every
string loses the characters that steer a terminal or turn the order of text around
(``finalize``), and the filter ``http_only`` lets only http and https addresses be links.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dateline.desk.views import Chrome, User
from dateline.export.plain import clean

if TYPE_CHECKING:
    from jinja2 import Environment


def http_only(address: str | None) -> str:
    """The address where it is http or https, else nothing."""
    if not address or len(address) > 2000 or any(ord(c) < 33 or ord(c) == 127 for c in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else ""


def number(value: float | None) -> str:
    """A number with its thousands apart; a dash for none."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@cache
def environment() -> Environment:
    """The templates; made once a process."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: object) -> object:
        if isinstance(value, str) and not isinstance(value, Markup):
            return clean(value)
        return "" if value is None else value

    made = Environment(
        loader=PackageLoader("dateline.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["http_only"] = http_only
    made.filters["number"] = number
    return made


def render(
    request: Request,
    template: str,
    *,
    section: str,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: object,
) -> Response:
    """A page.

    Every template has ``user`` (User or None), ``csrf`` (the token a form must carry as
    ``csrf``), ``chrome`` (Chrome), ``path`` and ``here`` (this page's path, and path with
    query string), ``hx`` (True where htmx asks for it) and what its page module names.
    """
    from dateline import __version__

    state = request.state
    desk = request.app.state.desk
    user: User | None = getattr(state, "user", None)
    session = getattr(state, "session", None)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    chrome = Chrome(
        ledger=desk.ledger.address if user else "",
        version=__version__,
        accounts=bool(desk.accounts.all()),
        section=section,
        # An error may be the ledger's own, so its page asks nothing of it.
        review_count=desk.waiting().total if user and status == 200 else 0,
        notices=_notices(desk.settings.policy) if user else (),
    )
    html = (
        environment()
        .get_template(template)
        .render(
            user=user,
            csrf=desk.sessions.token(session) if session else "",
            chrome=chrome,
            path=request.url.path,
            here=here,
            hx=request.headers.get("hx-request") == "true",
            **context,
        )
    )
    return HTMLResponse(html, status, headers)


def _notices(policy: str) -> tuple[str, ...]:
    """What every page says first: here that the desk shows what the ledger keeps."""
    if policy == "default":
        return ()
    return (
        "Tolls on these pages, in the API and in files from here follow the policy “default”, "
        f"by which the ledger is kept. DATELINE_POLICY={policy} holds for dateline incidents, "
        "show and export.",
    )
