"""``GET /health``: for whoever watches the server; says nothing of the ledger; no template."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from dateline.desk.access import TheDesk
from dateline.errors import DatelineError
from dateline.ledger.changes import check

router = APIRouter()


@router.get("/health")
def health(desk: TheDesk) -> Response:
    """200 while the ledger can be read, 503 while it cannot."""
    try:
        check(desk.ledger)
    except DatelineError as error:
        return JSONResponse({"status": "failing", "code": error.code}, 503)
    return JSONResponse({"status": "ok"})
