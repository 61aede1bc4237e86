"""Which mentions are compared at all: those that share a key.

Two mentions of one incident must meet; the whole ledger must not. Every mention stands
under some ``keys`` and looks under some ``probes``; two are compared where one looks
where the other stands, which is the same from either side. Mentions that tell a place
only roughly stand under "wide" keys, where the exact ones look for them but do not meet
each other.

The keys of a mention depend on the mention alone, so adding a report never changes who
else is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import cos, floor, radians
from typing import NamedTuple

from dateline.linking import minhash
from dateline.linking.candidate import ADMIN1, BEFORE, COUNTRY, MONTH, Candidate
from dateline.linking.compared_dates import SAME_NEWS
from dateline.linking.words import hashed

_DAYS = 3  # length of a bucket of days
_SLACK = 1  # days a date may be off on either side, so that dates two days apart meet
_CELL = 1.0  # degrees
_REACH = 0.3  # degrees around a point, so that points about 60 km apart meet
_LONGEST = 45  # days a date range may have to be put into buckets
_NAME_DAYS = 30  # length of the period in which a rare name is looked for
_NAMES = 6
_NEWS_SLACK = (SAME_NEWS + 1) // 2  # so that reports of one news meet
_CAPITALS = 60  # capitalised words of a mention, single and in twos, that may name a town
_LATE_DAYS = 30
_LATE_SLACK = 11  # so that days up to three weeks apart meet; later ones are ruled out
_STILL_TOLD = 10  # killed
_LATELY = 10  # days before a report in which what it brings up without a day is looked for
_MANY = 5  # killed: so many are rare enough to be looked for beyond the squares
_GRAINS = ("point", "region", "none")
_ANYWHERE = 10  # killed: so many, wherever a place that is told no closer than a region was read
_WIDE_CELL = (12.0, 24.0)  # degrees of latitude and longitude
_WIDE_REACH = 1.4  # degrees of latitude, so that points 300 km apart meet; farther is ruled out

_REMEMBERED = 1 << 13  # scenes, a few kilobytes each


class Keys(NamedTuple):
    """Where a mention stands and where it looks, as numbers of 63 bits, sorted."""

    keys: tuple[int, ...]
    probes: tuple[int, ...]


class _Scene(NamedTuple):
    """What most keys of a mention are made of; many mentions have one in common."""

    first: int | None
    last: int | None
    grain: int | None
    point: tuple[float, float] | None
    place_grain: int | None
    country: str | None
    admin1: str | None
    town_word: int | None
    kin: int
    killed: int

    @property
    def is_large(self) -> bool:
        return self.killed >= _STILL_TOLD


def keys(candidate: Candidate) -> Keys:
    """The keys of one mention."""
    c = candidate
    scene = _Scene(
        c.first,
        c.last,
        c.grain,
        (c.lat, c.lon) if c.is_point and c.lat is not None and c.lon is not None else None,
        c.place_grain,
        c.country,
        c.admin1,
        c.town_word,
        c.kin,
        _killed(c),
    )
    stands, looks = _of(scene)
    own = {hashed(key) for both in (_texts(c), _names(c), _persons(c)) for key in both}
    named = list(_towns_named(c))
    stood = {hashed(f"w {key}") for key in named}
    sought = {hashed(f"n {key}") for key in named}
    return Keys(tuple(sorted(stands | own | stood)), tuple(sorted(looks | own | sought)))


def _killed(c: Candidate) -> int:
    return c.killed_high or c.killed_low or 0


@lru_cache(maxsize=_REMEMBERED)
def _of(c: _Scene) -> tuple[frozenset[int], frozenset[int]]:
    """Where mentions of a scene stand, and where they look."""
    stands: set[str] = set()
    for both in (_town_names(c), _late(c), _cells(c), _tolls_near(c)):
        stands.update(both)
    looks = set(stands)
    stood, sought = _tolls(c)
    stands.update(stood)
    looks.update(sought)
    for town in _town_names(c):
        # Where mentions without a place look that name this town.
        stands.add(f"n {town}")
        looks.add(f"w {town}")
    for narrow, wide in _places(c):
        # A wide one meets everybody; a narrow one only the wide.
        if narrow is not None:
            stands.add(f"n {narrow}")
            looks.add(f"w {narrow}")
        if wide is not None:
            stands.add(f"w {wide}")
            looks |= {f"n {wide}", f"w {wide}"}
    return frozenset(map(_hashed, stands)), frozenset(map(_hashed, looks))


# Scenes of one time or one place have many of their keys in common.
_hashed = lru_cache(maxsize=1 << 16)(hashed)


def _texts(c: Candidate) -> Iterator[str]:
    for number, band in enumerate(minhash.bands(c.signature)):
        yield f"text {number} {band}"


def _periods(c: Candidate | _Scene, length: int, slack: int) -> list[int]:
    if c.first is None or c.last is None:
        return []
    first = max(c.first, c.last - _LATELY) if c.grain == BEFORE else c.first
    if c.last - first > _LONGEST:
        return []
    return list(range((first - slack) // length, (c.last + slack) // length + 1))


def _names(c: Candidate) -> Iterator[str]:
    """Full names, for reports that got the place or the day wrong."""
    for period in _periods(c, _NAME_DAYS, _SLACK):
        for pair in c.pairs[:_NAMES]:
            yield f"name {period} {pair}"


def _persons(c: Candidate) -> Iterator[str]:
    """Those who did it, in the same news, for reports that got the day wrong."""
    if c.persons and c.published is not None:
        for period in {(c.published + d) // _NAME_DAYS for d in (-_NEWS_SLACK, _NEWS_SLACK)}:
            for person in c.persons:
                yield f"person {period} {person}"


def _town_names(c: _Scene) -> Iterator[str]:
    """Towns by name, so that namesakes meet where one was looked up wrongly."""
    if c.town_word is not None:
        for bucket in _periods(c, _DAYS, _SLACK):
            yield f"town {bucket} {c.town_word}"


def _towns_named(c: Candidate) -> Iterator[str]:
    """Names that may be the town of another, of a mention that tells no place of its own.

    Where many were killed, of all mentions: the place may have been read wrongly.
    """
    if c.place_grain is None or c.place_grain == COUNTRY or _killed(c) >= _MANY:
        for bucket in _periods(c, _DAYS, _SLACK):
            for word in c.capitals[:_CAPITALS]:
                yield f"town {bucket} {word}"


def _tolls_near(c: _Scene) -> Iterator[str]:
    """One number of many killed in the same days, at points that are not ruled out by distance.

    Those farther apart are ruled out unless one names the town of the other, by which they meet.
    """
    if c.killed >= _MANY:
        for square in _wide_squares(c):
            for bucket in _periods(c, _DAYS, _SLACK):
                yield f"toll {bucket} {c.killed} {square}"


def _tolls(c: _Scene) -> tuple[Sequence[str], Sequence[str]]:
    """Where to stand, and where to look, for as many killed in the same days at no near point.

    Points look for regions, regions for everybody: in their own country, where few were
    killed. What tells no place looks everywhere.
    """
    stands: list[str] = []
    looks: list[str] = []
    if c.killed < _MANY:
        return stands, looks
    grain = "point" if c.point is not None else "region" if c.country else "none"
    meets = {"point": ("region",), "region": ("point", "region"), "none": ()}[grain]
    for bucket in _periods(c, _DAYS, _SLACK):
        toll = f"toll {bucket} {c.killed}"
        stands += [f"{toll} {grain}", f"{toll} {grain} {c.country}"]
        looks += [f"{toll} {other} {c.country}" for other in meets]
        if c.killed >= _ANYWHERE:
            looks += [f"{toll} {other}" for other in meets]
        looks += [f"{toll} {other}" for other in (_GRAINS if grain == "none" else ("none",))]
    return stands, looks


def _squares(c: _Scene) -> Iterator[str]:
    """The squares of the map that a point is in or close to."""
    if c.point is None:
        return
    lat, lon = c.point
    for row in {floor((lat + d) / _CELL) for d in (-_REACH, _REACH)}:
        for column in {floor((lon + d) / _CELL) for d in (-_REACH, _REACH)}:
            yield f"{row} {column % 360}"


def _wide_squares(c: _Scene) -> Iterator[str]:
    """The same of squares so large that most towns within 300 km are in one of them."""
    if c.point is None:
        return
    lat, lon = c.point
    height, width = _WIDE_CELL
    # Towards the poles the degrees of longitude are shorter; from 84 degrees on, where no town
    # is, two points 300 km apart may miss each other.
    reach = min(_WIDE_REACH / max(0.1, cos(radians(lat))), width / 2)
    for row in {floor((lat + d) / height) for d in (-_WIDE_REACH, _WIDE_REACH)}:
        for column in {floor((lon + d) / width) for d in (-reach, reach)}:
            yield f"{row} {column % 15}"


def _cells(c: _Scene) -> Iterator[str]:
    """Points on the map in a bucket of days."""
    buckets = _periods(c, _DAYS, _SLACK)
    for square in _squares(c):
        for bucket in buckets:
            yield f"cell {bucket} {square}"


def _late(c: _Scene) -> Iterator[str]:
    """Points in a month, for what is still told of weeks later: funerals, arrests, claims.

    The day of such a report is easily read as that of the event. Only large incidents are
    looked for so widely; of the small ones there are too many.
    """
    if not c.is_large:
        return
    for square in _squares(c):
        for bucket in _periods(c, _LATE_DAYS, _LATE_SLACK):
            yield f"late {bucket} {square}"


def _places(c: _Scene) -> Iterator[tuple[str | None, str | None]]:
    """Pairs (narrow key, wide key) by region, country and, without a place, by kind."""
    buckets = _periods(c, _DAYS, _SLACK)
    region = f"{c.country} {c.admin1}" if c.country and c.admin1 else None
    grain = c.place_grain
    groups = _sought(c) if grain is None or c.country is None else [*_groups(c), "any"]
    for bucket in buckets:
        if grain is None or c.country is None:
            for group in groups:
                yield None, f"kind {bucket} {group}"
            continue
        for group in groups:
            yield f"kind {bucket} {group}", None
        here = f"country {bucket} {c.country}"
        yield (None, here) if grain == COUNTRY else (here, None)
        if region and grain != COUNTRY:
            here = f"region {bucket} {region}"
            yield (None, here) if grain == ADMIN1 else (here, None)
    # A year alone, or a date too wide for buckets, is looked for in the region.
    if region and c.first is not None and c.last is not None:
        if not buckets:
            for year in _years(c):
                yield None, f"year {year} {region}"
        elif c.grain is not None and c.grain < MONTH:
            yield f"year {_year(c.first)} {region}", None


def _years(c: _Scene) -> list[int]:
    if c.first is None or c.last is None or c.grain == BEFORE:
        return []
    return list(range(_year(c.first), _year(c.last) + 1))


def _year(ordinal: int) -> int:
    # A mean year is enough: both sides count the same way.
    return int(ordinal / 365.2425)


def _groups(c: _Scene) -> list[str]:
    """The groups of kinds that a mention is found under."""
    if not c.kin:
        return ["broad"]
    return [str(bit) for bit in range(c.kin.bit_length()) if c.kin >> bit & 1]


def _sought(c: _Scene) -> list[str]:
    """The groups that a mention without a place looks under."""
    return [*_groups(c), "broad"] if c.kin else ["any"]
