"""Candidates made by hand, and a ledger's readings with places and words."""

from __future__ import annotations

import datetime as dt

from dateline.linking import kinds
from dateline.linking.candidate import ADMIN1, CITY, COUNTRY, DAY, Candidate
from dateline.linking.words import hashed

TOWNS = {
    "Qalat": (32.11, 66.91, "AF", "zabul"),
    "Kandahar": (31.61, 65.71, "AF", "kandahar"),
    "Kabul": (34.53, 69.17, "AF", "kabul"),
    "Mykolaiv": (46.97, 32.0, "UA", "mykolaiv oblast"),
    "Kherson": (46.64, 32.61, "UA", "kherson oblast"),
    "Belgorod": (50.61, 36.58, "RU", "belgorod oblast"),
}


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def make(
    name: str,
    *,
    on: str | None = "2023-03-14",
    town: str | None = "Qalat",
    region: str | None = None,
    country: str | None = None,
    type: str = "bombing",
    killed: int | None = None,
    injured: int | None = None,
    document: str | None = None,
    names: str = "",
    words: str = "",
    **more,
) -> Candidate:
    """A mention called m<name>; ``region`` or ``country`` in place of a town."""
    place = {}
    if region:
        place = {"place_grain": ADMIN1, "admin1": region, "country": country or "AF"}
    elif country:
        place = {"place_grain": COUNTRY, "country": country}
    elif town:
        lat, lon, code, admin1 = TOWNS[town]
        place = {
            "lat": lat,
            "lon": lon,
            "place_grain": CITY,
            "country": code,
            "admin1": admin1,
            "town": town.casefold(),
        }
    date = {"first": day(on), "last": day(on), "grain": DAY} if on else {}
    given = {
        "mention": f"m{name}",
        "document": document or f"d{name}",
        "type": type,
        "kin": kinds.kin(type),
        "killed_low": killed,
        "killed_high": killed,
        "injured_low": injured,
        "injured_high": injured,
        "names": tuple(sorted(hashed(n) for n in names.split())),
        "words": tuple(sorted(hashed(w) for w in words.split())),
        **place,
        **date,
        **more,
    }
    return Candidate(**given)
