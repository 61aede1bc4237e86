"""What every format writes: an incident with its reports, ready to be published.

A record made for publication (``names`` False) holds no words that could name a private
person: see :mod:`dateline.exporting`, which makes them.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec.structs import replace

from dateline.model import Incident, SourceKind


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report of an incident: where to find it, without its text.

    ``name`` is the id it came with, else the ledger's; ``url`` and ``title`` are None
    where words that may name a private person are withheld.
    """

    id: str
    name: str
    publisher: str | None = None
    published_at: dt.date | None = None
    url: str | None = None
    title: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as it is exported.

    ``groups`` are the groups of those killed that any counting claim names ("any" for people
    without more words), ``counted`` the largest figure of each, ``targets`` what the reports
    call those attacked (empty where names are withheld), ``actors`` the organisations held
    responsible or claiming it, ``kinds`` the kind of each source and actor that is known,
    ``codes`` what the incident's type is called elsewhere.
    """

    incident: Incident
    reports: tuple[Report, ...] = ()
    groups: tuple[str, ...] = ()
    counted: dict[str, int] = {}
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    kinds: dict[str, SourceKind] = {}
    codes: dict[str, Any] = {}

    @property
    def copies(self) -> int:
        """How many of the reports took their text from another one."""
        return len({copy.document_id for copy in self.incident.copies})


@cache
def codings() -> Mapping[str, Any]:
    """The tables of data/codings.toml."""
    return _table("codings")


@cache
def numeric(country: str | None) -> int | None:
    """The ISO 3166-1 numeric code of an alpha-2 code."""
    code = _table("iso3166")["numeric"].get(country)
    return int(code) if code else None


@cache
def _table(name: str) -> Mapping[str, Any]:
    text = files("dateline.export").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def victims(record: Record) -> str | None:
    """ "civilians" or "state" where all groups of those killed are of that side, else None."""
    tables = codings()["groups"]
    for side in ("civilians", "state"):
        if record.groups and set(record.groups) <= set(tables[side]):
            return side
    return None


def harmed(record: Record) -> str | None:
    """Who the dead were for the most part: "civilians", "state", or None where that is unknown.

    As :func:`victims`, but "140 soldiers" of one report say it of the "170 people" of another,
    being more than half of them.
    """
    named = [group for group in record.groups if group != "any"]
    if len(named) == len(record.groups):
        return victims(record)
    side = victims(replace(record, groups=tuple(named)))
    killed = record.incident.tolls.get("killed")
    if side is None or killed is None or killed.best is None:
        return None
    return side if 2 * max(record.counted.get(group, 0) for group in named) > killed.best else None


def actor(record: Record) -> str | None:
    """The organisation held responsible; None where there is none or several."""
    return record.actors[0] if len(record.actors) == 1 else None


def bounds(record: Record) -> dict[str, int | None]:
    """All deaths, as UCDP and ACLED count them: victims and perpetrators together."""
    tolls = (record.incident.tolls, record.incident.perpetrator_tolls)
    found = [toll for side in tolls if (toll := side.get("killed"))]
    total: dict[str, int | None] = {}
    for bound in ("low", "best", "high"):
        known = [n for toll in found if (n := getattr(toll, bound)) is not None]
        total[bound] = sum(known) if known else None
    return total
