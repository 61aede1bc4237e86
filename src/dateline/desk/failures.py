"""Errors as the web gives them: a page for people, one JSON shape for programs.

Never a stack trace, a file name or what a library said of an unforeseen error.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.desk.views import ErrorPage
from dateline.errors import (
    DatelineError,
    InputError,
    JudgementConflictError,
    LedgerBusyError,
    LedgerError,
    SettingsError,
    TooLargeError,
    TooSlowError,
    UnknownIdError,
)

log = logging.getLogger("dateline.desk")

API = "/api/"

_STATUS: tuple[tuple[type[DatelineError], int, str], ...] = (
    (UnknownIdError, 404, "Not found"),
    (JudgementConflictError, 409, "Judgements exclude each other"),
    (LedgerBusyError, 503, "The ledger is busy"),
    (LedgerError, 500, "The ledger cannot do that"),
    (TooLargeError, 413, "Too large"),
    (TooSlowError, 422, "Takes too long to read"),
    (InputError, 422, "Cannot be read"),
    (SettingsError, 400, "Cannot be used"),
    (DatelineError, 500, "Failed"),
)

_TITLES = {
    400: "Cannot be used",
    401: "Log in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Somebody else decided meanwhile",
    413: "Too large",
    422: "Cannot be used",
    429: "Too many attempts",
    503: "Not now",
}

_CODES = {
    400: "usage",
    401: "log-in",
    403: "forbidden",
    404: "not-found",
    405: "method",
    409: "conflict",
    413: "too-large",
    422: "usage",
    429: "too-many",
    503: "unavailable",
}


class Refusal(HTTPException):
    """A request that is refused, in one sentence and with what to do."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        hint: str | None = None,
        code: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, message, headers)
        self.hint = hint
        self.code = code or _CODES.get(status, "desk")


class ErrorBody(BaseModel):
    """What went wrong; ``code`` is stable, ``hint`` says what to do."""

    status: int
    code: str
    message: str
    hint: str | None = None


class ErrorAnswer(BaseModel):
    """The one shape of all errors of the API."""

    error: ErrorBody


def install(app: FastAPI) -> None:
    """Let the app answer every error this way."""

    @app.exception_handler(DatelineError)
    def dateline(request: Request, error: DatelineError) -> Response:
        status, title = next((s, t) for kind, s, t in _STATUS if isinstance(error, kind))
        message = f"{error.where}: {error.what}" if error.where else error.what
        if status == 500:
            log.error("%s", error)
        return answer(
            request,
            ErrorPage(
                status=status, code=error.code, title=title, message=message, hint=error.hint
            ),
        )

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        status = error.status_code
        if status == 401 and not _for_program(request) and request.method in ("GET", "HEAD"):
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            onward = urlencode({"next": here}) if here != "/" else ""
            return RedirectResponse("/login" + (f"?{onward}" if onward else ""), 303)
        page = ErrorPage(
            status=status,
            code=getattr(error, "code", None) or _CODES.get(status, "desk"),
            title=_TITLES.get(status, "Failed"),
            message=str(error.detail),
            hint=getattr(error, "hint", None),
        )
        return answer(request, page, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def validation(request: Request, error: RequestValidationError) -> Response:
        said = []
        for problem in error.errors()[:3]:
            place = ".".join(str(part) for part in problem.get("loc", ())[1:]) or "request"
            said.append(f"{place}: {problem.get('msg', 'cannot be used')}")
        page = ErrorPage(
            status=422,
            code="usage",
            title=_TITLES[422],
            message="; ".join(said) or "cannot be used",
        )
        return answer(request, page)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        page = ErrorPage(
            status=500,
            code="internal",
            title="Failed",
            message="Something unforeseen went wrong; the log of the server says more.",
            hint="please report it",
        )
        return answer(request, page)


def _for_program(request: Request) -> bool:
    accepts = request.headers.get("accept", "")
    wants_json = "application/json" in accepts and "text/html" not in accepts
    return request.url.path.startswith(API) or wants_json


def answer(request: Request, page: ErrorPage, headers: dict[str, str] | None = None) -> Response:
    """The error in the form the asker understands."""
    from dateline.desk.rendering import render

    if _for_program(request):
        body = {
            "error": {
                "status": page.status,
                "code": page.code,
                "message": page.message,
                "hint": page.hint,
            }
        }
        return JSONResponse(body, page.status, headers)
    return render(request, "error.html", status=page.status, headers=headers, section="", page=page)
