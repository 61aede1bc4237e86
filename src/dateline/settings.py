"""The only reader of the environment.

Every setting has a documented default (docs/settings.md is generated from here).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from dateline.errors import SettingsError

PREFIX = "DATELINE_"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Limits and places; each field is the variable ``DATELINE_<NAME>``."""

    ledger: str = field(
        default="dateline.db",
        metadata={"doc": "Ledger used when --ledger is not given: a file, or a database URL."},
    )
    max_bytes: int = field(
        default=20_000_000,
        metadata={"doc": "Largest document taken in, in bytes; for JSON Lines, largest line."},
    )
    max_words: int = field(
        default=1_500_000,
        metadata={"doc": "Longest text read, in words."},
    )
    encoder_words: int = field(
        default=100_000,
        metadata={
            "doc": "Longest text the learned attribution reader takes, in words of six "
            "characters; longer ones are read by the rules alone, with a warning."
        },
    )
    document_seconds: float = field(
        default=300.0,
        metadata={"doc": "Time allowed for reading one document, in seconds; 0 for no limit."},
    )
    workers: int = field(
        default=0,
        metadata={"doc": "Processes that read side by side; 0 uses every core."},
    )
    sources_file: str = field(
        default="",
        metadata={"doc": "A TOML file with more sources, added to the registry."},
    )
    policy: str = field(
        default="default",
        metadata={
            "doc": "How tolls are estimated where incidents are listed, shown or exported: "
            "default, conservative, latest, official, maximum, or one of an installed package."
        },
    )
    victim_names: bool = field(
        default=False,
        metadata={
            "doc": "Whether exports carry words of the reports that may name private people: "
            "headlines, addresses, quotes, descriptions of those attacked, named witnesses."
        },
    )
    busy_seconds: float = field(
        default=30.0,
        metadata={"doc": "How long to wait for a ledger that another process is writing to."},
    )
    desk_author: str = field(
        default="",
        metadata={
            "doc": "Who decides at a desk without accounts; empty for the name of the account "
            "that runs it."
        },
    )
    desk_fetch: bool = field(
        default=False,
        metadata={"doc": "Whether the desk may fetch the address of a page somebody gives it."},
    )
    desk_file: str = field(
        default="",
        metadata={
            "doc": "Where the desk keeps accounts and the key of its sessions; empty for "
            "<ledger>.desk.json beside the ledger."
        },
    )
    desk_hosts: str = field(
        default="",
        metadata={
            "doc": "Names the desk answers to beside the address it is bound to, with commas "
            "between them."
        },
    )
    desk_session_hours: float = field(
        default=12.0,
        metadata={"doc": "How long somebody who logged in at the desk stays so, in hours."},
    )
    fetch_bytes: int = field(
        default=5_000_000,
        metadata={"doc": "Largest page the desk fetches, in bytes."},
    )
    fetch_seconds: float = field(
        default=20.0,
        metadata={"doc": "Time allowed for fetching one page, in seconds."},
    )
    review_below: float = field(
        default=0.7,
        metadata={
            "doc": "Figures that are less likely right than this (0 to 1) are listed for "
            "review instead of counted; 0 counts all."
        },
    )


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises SettingsError, naming the variable, where a value is of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {}
    for item in fields(Settings):
        name = PREFIX + item.name.upper()
        if name in environment:
            given[item.name] = _parse(name, environment[name], type(item.default))
    return Settings(**given)


@cache
def current() -> Settings:
    """The settings of this process, read once."""
    return load()


def _parse(name: str, value: str, kind: type) -> object:
    if kind is str:
        return value
    if kind is bool:
        lowered = value.strip().lower()
        if lowered in {"1", "true", "yes", "on"}:
            return True
        if lowered in {"0", "false", "no", "off", ""}:
            return False
        raise SettingsError(f"{value!r} is neither yes nor no", where=name, hint="use 1 or 0")
    try:
        number = kind(value)
    except ValueError:
        raise SettingsError(
            f"{value!r} is no number", where=name, hint=f"give a {kind.__name__}"
        ) from None
    if number < 0:
        raise SettingsError(f"{value} is below zero", where=name, hint="give 0 or more")
    return number
