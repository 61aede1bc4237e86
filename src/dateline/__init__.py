"""Dateline reads news reports and keeps a ledger of incidents of armed violence."""

from __future__ import annotations

__version__ = "0.1.0"
