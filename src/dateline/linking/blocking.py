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

from collections.abc import Iterator
from functools import lru_cache
from math import floor
from typing import NamedTuple

from dateline.linking import minhash
from dateline.linking.candidate import ADMIN1, BEFORE, COUNTRY, MONTH, Candidate
from dateline.linking.words import hashed

_DAYS = 3  # length of a bucket of days
_SLACK = 1  # days a date may be off on either side, so that dates two days apart meet
_CELL = 1.0  # degrees
_REACH = 0.3  # degrees around a point, so that points about 60 km apart meet
_LONGEST = 45  # days a date range may have to be put into buckets
_NAME_DAYS = 30  # length of the period in which a rare name is looked for
_NAMES = 6
_LATE_DAYS = 30
_LATE_SLACK = 11  # so that days up to three weeks apart meet; later ones are ruled out
_STILL_TOLD = 10  # killed


# Mentions of one time and place have most of their keys in common.
_hashed = lru_cache(maxsize=1 << 17)(hashed)


class Keys(NamedTuple):
    """Where a mention stands and where it looks, as numbers of 63 bits, sorted."""

    keys: tuple[int, ...]
    probes: tuple[int, ...]


def keys(candidate: Candidate) -> Keys:
    """The keys of one mention."""
    stands: set[str] = set()
    looks: set[str] = set()
    for both in (
        *_texts(candidate),
        *_names(candidate),
        *_town_names(candidate),
        *_late(candidate),
    ):
        stands.add(both)
        looks.add(both)
    for narrow, wide in _places(candidate):
        # A wide one meets everybody; a narrow one only the wide.
        if narrow is not None:
            stands.add(f"n {narrow}")
            looks.add(f"w {narrow}")
        if wide is not None:
            stands.add(f"w {wide}")
            looks |= {f"n {wide}", f"w {wide}"}
    for cell in _cells(candidate):
        stands.add(cell)
        looks.add(cell)
    return Keys(
        tuple(sorted({_hashed(key) for key in stands})),
        tuple(sorted({_hashed(key) for key in looks})),
    )


def _texts(c: Candidate) -> Iterator[str]:
    for number, band in enumerate(minhash.bands(c.signature)):
        yield f"text {number} {band}"


def _periods(c: Candidate, length: int, slack: int) -> list[int]:
    if c.first is None or c.last is None or c.last - c.first > _LONGEST:
        return []
    return list(range((c.first - slack) // length, (c.last + slack) // length + 1))


def _names(c: Candidate) -> Iterator[str]:
    """Full names, for reports that got the place or the day wrong."""
    for period in _periods(c, _NAME_DAYS, _SLACK):
        for pair in c.pairs[:_NAMES]:
            yield f"name {period} {pair}"


def _town_names(c: Candidate) -> Iterator[str]:
    """Towns by name, so that namesakes meet where one was looked up wrongly."""
    if c.town_word is not None:
        for bucket in _periods(c, _DAYS, _SLACK):
            yield f"town {bucket} {c.town_word}"


def _squares(c: Candidate) -> Iterator[str]:
    """The squares of the map that a point is in or close to."""
    if not c.is_point or c.lat is None or c.lon is None:
        return
    for row in {floor((c.lat + d) / _CELL) for d in (-_REACH, _REACH)}:
        for column in {floor((c.lon + d) / _CELL) for d in (-_REACH, _REACH)}:
            yield f"{row} {column % 360}"


def _cells(c: Candidate) -> Iterator[str]:
    """Points on the map in a bucket of days."""
    for square in _squares(c):
        for bucket in _periods(c, _DAYS, _SLACK):
            yield f"cell {bucket} {square}"


def _late(c: Candidate) -> Iterator[str]:
    """Points in a month, for what is still told of weeks later: funerals, arrests, claims.

    The day of such a report is easily read as that of the event. Only large incidents are
    looked for so widely; of the small ones there are too many.
    """
    if (c.killed_high or c.killed_low or 0) < _STILL_TOLD:
        return
    for square in _squares(c):
        for bucket in _periods(c, _LATE_DAYS, _LATE_SLACK):
            yield f"late {bucket} {square}"


def _places(c: Candidate) -> Iterator[tuple[str | None, str | None]]:
    """Pairs (narrow key, wide key) by region, country and, without a place, by kind."""
    buckets = _periods(c, _DAYS, _SLACK)
    region = f"{c.country} {c.admin1}" if c.country and c.admin1 else None
    grain = c.place_grain
    for bucket in buckets:
        if grain is None or c.country is None:
            for group in _sought(c):
                yield None, f"kind {bucket} {group}"
            continue
        for group in (*_groups(c), "any"):
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


def _years(c: Candidate) -> list[int]:
    if c.first is None or c.last is None or c.grain == BEFORE:
        return []
    return list(range(_year(c.first), _year(c.last) + 1))


def _year(ordinal: int) -> int:
    # A mean year is enough: both sides count the same way.
    return int(ordinal / 365.2425)


def _groups(c: Candidate) -> list[str]:
    """The groups of kinds that a mention is found under."""
    if not c.kin:
        return ["broad"]
    return [str(bit) for bit in range(c.kin.bit_length()) if c.kin >> bit & 1]


def _sought(c: Candidate) -> list[str]:
    """The groups that a mention without a place looks under."""
    return [*_groups(c), "broad"] if c.kin else ["any"]
