"""Quarters of a town that bear the name of a town elsewhere.

"Haifa's Carmel district", "the Aranjuez district of Medellin": looked up alone such a name
is a town in Indiana or in Spain, so the place is the town that holds the quarter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.geodesy import distance_km
from dateline.model import Place

_SAME_KM = 60.0  # a quarter that was rightly found lies near its town
_REACH = 40  # characters between the two names
_KIND = r"(?:district|suburb|quarter|neighbou?rhood|area|sector|borough|ward|square|zone)"
_OWNED = re.compile(r"['’]s (?:[a-z-]+ ){0,2}$", re.IGNORECASE)
_IS_QUARTER = re.compile(rf"[ -]{_KIND}\b", re.IGNORECASE)
_OF = re.compile(
    rf"[ -]{_KIND} (?:of|in) (?:the )?(?:(?:[a-z-]+ ){{0,3}}(?:city|town|capital),? (?:of )?)?"
    r"(?:(?:central|north|south|east|west|northern|southern|eastern|western) )?$",
    re.IGNORECASE,
)


def without_quarters(text: str, places: Sequence[Place]) -> list[Place]:
    """The places, in text order, but for those that only name a quarter of a town beside."""
    kept = list(places)
    for one, other in pairwise(places):
        if one.span is None or other.span is None:
            continue
        between = text[one.span.end : other.span.start]
        if len(between) > _REACH or not _apart(one, other):
            continue
        if _OF.fullmatch(between) and other.kind != "country":
            quarter = one
        elif (
            _OWNED.fullmatch(between)
            and one.kind != "country"
            and _IS_QUARTER.match(text, other.span.end)
        ):
            quarter = other
        else:
            continue
        if quarter in kept:
            kept.remove(quarter)
    return kept


def _apart(one: Place, other: Place) -> bool:
    if one.country != other.country:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return distance_km(one.lat, one.lon, other.lat, other.lon) > _SAME_KM
