"""The application: pages, API and what stands before them, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dateline import settings as configuration
from dateline.desk import failures
from dateline.desk.access import identify
from dateline.desk.desk import Desk
from dateline.desk.guards import App, Guard
from dateline.settings import Settings

STATIC = Path(__file__).parent / "static"

_API_WORDS = """Incidents of armed violence, their claims and who says so, for reading by
programs. The same filters as on the page of incidents; every error has one shape."""


class DeskApp(FastAPI):
    """FastAPI with the guard outside of everything, so that every answer has its headers."""

    def build_middleware_stack(self) -> ASGIApp:
        """See the class."""
        desk: Desk = self.state.desk
        # A form encodes a byte of a pasted text in up to three.
        most = 3 * desk.settings.max_bytes + 100_000
        inner: App = super().build_middleware_stack()
        return cast(ASGIApp, Guard(inner, hosts=desk.hosts, most_bytes=most))


def create_app(
    ledger_url: str, settings: Settings | None = None, *, host: str = "127.0.0.1"
) -> FastAPI:
    """The desk of one ledger, as an ASGI application.

    ``host`` is the address the server is bound to: it decides which host names are
    answered, and whether accounts are needed.

    Raises SettingsError where others could reach it and there are no accounts;
    LedgerError where the ledger cannot be opened for writing.
    """
    from dateline import __version__
    from dateline.desk.api import router as api
    from dateline.desk.pages import ROUTERS

    settings = settings or configuration.current()
    desk = Desk(ledger_url, settings, host=host)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    options: dict[str, Any] = {"docs_url": None, "redoc_url": None}
    app = DeskApp(
        title="Dateline",
        description=_API_WORDS,
        version=__version__,
        openapi_url="/openapi.json",
        lifespan=lifespan,
        **options,
    )
    app.state.desk = desk
    app.middleware("http")(identify)
    failures.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api)
    return app
