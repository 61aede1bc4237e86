"""Whose site an address is on: "https://edition.cnn.com/2017/..." is CNN's."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from dateline.sources.tables import table

# A host by itself: labels of letters, figures and hyphens, the last one of letters.
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,62})\.){1,8}[^\W\d_]{2,24}")
_LONGEST = 2_000  # characters of an address
# Doors of one site, which say nothing of whose it is.
_DOORS = ("www.", "m.", "mobile.", "amp.", "edition.")


class _Sites(NamedTuple):
    outlets: dict[str, str]
    anybodys: frozenset[str]


@cache
def _sites() -> _Sites:
    data = table("sites")
    return _Sites(
        {host: name for name, hosts in data["outlets"].items() for host in hosts},
        frozenset(data["anybodys"]["hosts"]),
    )


def site_owner(url: str | None) -> str | None:
    """The outlet whose page an address is, by its name where it is known, else by its host.

    None for what is no address of a page, and for hosts on which anybody's reports stand
    (archives, social networks, aggregators): those do not say whose one is.
    """
    host, path = _parts(url)
    if host is None:
        return None
    known = _known(host, path)
    if known is not None:
        return known
    if any(above in _sites().anybodys for above in _and_above(host)):
        return None
    return _own_door(host)


def named_publisher(words: str | None) -> str | None:
    """A publisher as given; by the outlet's name where one of its hosts stands for it.

    "www.bbc.co.uk" is the BBC; of a host that is not known only the "www." goes.
    """
    if words is None or " " in words or not _HOST.search(words):
        return words
    address = words if "//" in words else f"https://{words}"
    host, path = _parts(address)
    if host is None:
        return words
    return _known(host, path) or words.removeprefix("www.")


def _parts(url: str | None) -> tuple[str | None, str]:
    """Host and path of a page's address in small letters; None for the host of others."""
    if not url or len(url) > _LONGEST:
        return None, ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None, ""
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host):
        return None, ""
    return host, parts.path.lower()


def _known(host: str, path: str) -> str | None:
    outlets = _sites().outlets
    # The first part of the path, and the one behind the "s" of Telegram's web pages.
    steps = [step for step in path.split("/")[1:3] if step and step != "s"]
    for above in _and_above(host):
        found = (steps and outlets.get(f"{above}/{steps[0]}")) or outlets.get(above)
        if found:
            return found
    return None


def _and_above(host: str) -> list[str]:
    """The host and those above it, the longest first."""
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def _own_door(host: str) -> str:
    for door in _DOORS:
        if host.startswith(door) and "." in host[len(door) :]:
            return host[len(door) :]
    return host
