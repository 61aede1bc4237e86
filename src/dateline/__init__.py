"""Dateline reads news reports and keeps a ledger of incidents of armed violence.

>>> import dateline
>>> reading = dateline.read(text, published_at="2024-07-12")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError
from dateline.model import Claim, Document, Incident, Reading

if TYPE_CHECKING:
    from dateline.pipeline import read

__version__ = "0.1.0"
__all__ = ["Claim", "DatelineError", "Document", "Incident", "Reading", "__version__", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module attribute may be
    """Load the pipeline when ``dateline.read`` is first asked for, not at import."""
    if name == "read":
        from dateline.pipeline import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
