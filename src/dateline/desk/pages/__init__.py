"""The pages of the desk, one router a file, in the order of the menu."""

from __future__ import annotations

from fastapi import APIRouter

from dateline.desk.pages import (
    export,
    feed,
    health,
    incident,
    incidents,
    login,
    paste,
    report,
    review,
    sources,
    statistics,
)

ROUTERS: tuple[APIRouter, ...] = (
    incidents.router,
    incident.router,
    report.router,
    review.router,
    paste.router,
    sources.router,
    statistics.router,
    export.router,
    feed.router,
    login.router,
    health.router,
)
