"""Dateline reads news reports and keeps a ledger of incidents of armed violence.

>>> import dateline
>>> reading = dateline.read(text, published_at="2024-07-12")  # doctest: +SKIP
"""

from __future__ import annotations

import datetime as _dt

from dateline.errors import DatelineError
from dateline.model import Claim, Document, Incident, Reading, Scope

__version__ = "0.1.0"
__all__ = ["Claim", "DatelineError", "Document", "Incident", "Reading", "__version__", "read"]


def read(
    text: str,
    *,
    published_at: _dt.date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    external_id: str | None = None,
    scope: Scope = "violence",
) -> Reading:
    """Read one text; see :func:`dateline.pipeline.read`, loaded at the first call."""
    from dateline import pipeline

    return pipeline.read(
        text,
        published_at=published_at,
        title=title,
        url=url,
        publisher=publisher,
        language=language,
        external_id=external_id,
        scope=scope,
    )
