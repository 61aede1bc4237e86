"""Mentions of one name gathered, with the places of that name they may mean.

What stands beside a name narrows its senses already here: "Paris, Texas" is in Texas,
"the Belgorod region" is a region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    ALIAS,
    CITY,
    COUNTRY,
    MAIN,
    SHORT,
    Gazetteer,
)
from dateline.reading.places.toponyms import Flat, Toponym, words

_MOST = 120  # senses weighed of one name; the largest, and all beside their region
_BETWEEN = (
    [","], ["("], ["of"], ["in"], ["of", "the"], ["in", "the"], [",", "in"], [",", "in", "the"],
    [",", "the"],
)  # fmt: skip


_PARTS = frozenset("district neighborhood neighbourhood suburb quarter".split())
_CITY = 100_000  # people


_DIRECTION = re.compile(r"(?:(?:north|south)?(?:east|west)?ern|central)")


class Group(NamedTuple):
    """Mentions of one name with the same neighbours, which share their sense.

    ``rows`` are the senses; ``beside`` the rows of regions or countries named right
    after it; ``kind`` the level told by a kind word beside it, or 9; ``part`` is True
    where that word tells a part of a town ("the Medina district"), or the name goes on as
    that of a water or street ("Mandalay Bay").
    """

    key: str
    mentions: tuple[int, ...]
    rows: NDArray[np.int32]
    forms: NDArray[np.uint8]
    beside: tuple[int, ...]
    kind: int
    part: bool = False


def group(flat: Flat, found: Sequence[Toponym], book: Gazetteer) -> list[Group]:
    """Gather the mentions of a document into groups, in text order."""
    lists = words()
    gathered: dict[tuple[str, tuple[int, ...], bool, int, int | None, bool], list[int]] = {}
    for n, name in enumerate(found):
        beside, certain = _beside(flat, found, n, book)
        kind, part = 9, False
        for at in (name.last, name.first - 1, name.first - 2):
            word = flat.lower(at)
            if at == name.first - 2 and flat.lower(name.first - 1) != "of":
                continue
            if word not in lists.kinds:
                continue
            if at == name.first - 2 and lists.kinds[word] == ADMIN2:
                continue  # "the San Isidro district of Lima" is no district called Lima
            if at == name.first - 2 and word == "capital":
                continue  # of a country
            if at == name.last and lists.kinds[word] == CITY and _is_wide(name.key, book):
                continue  # "the Texas town of Victoria", "a US city"
            kind, part = lists.kinds[word], word in _PARTS and at != name.first - 2
            break
        after = flat.lower(name.last)
        if kind == 9 and flat.capital(name.last) and not flat.all_caps:
            part = after in lists.water or after in lists.street  # "Mandalay Bay"
        gathered.setdefault((name.key, beside, certain, kind, name.region, part), []).append(n)
    groups = []
    for (key, beside, certain, kind, region, part), mentions in gathered.items():
        if region is not None:
            rows = np.array([region], dtype=np.int32)
            forms = np.zeros(1, dtype=np.uint8)
        else:
            rows, forms = _senses(key, beside, certain, kind, book)
        groups.append(Group(key, tuple(mentions), rows, forms, beside, kind, part))
    return groups


def _is_wide(key: str, book: Gazetteer) -> bool:
    """Whether a name is a country's or region's before it is any city's."""
    rows, forms = book.rows(key)
    usual = forms <= SHORT
    city = usual & (book.level[rows] == CITY) & (book.population[rows] >= _CITY)
    return bool((usual & (book.level[rows] <= ADMIN1)).any()) and not bool(city.any())


def _senses(
    key: str, beside: tuple[int, ...], certain: bool, kind: int, book: Gazetteer
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    demonym = words().demonyms.get(key)
    if demonym is not None and kind == 9:
        row = book.country_row[demonym]
        return np.array([row], dtype=np.int32), np.full(1, ALIAS, dtype=np.uint8)
    rows, forms = book.rows(key)
    people = words().peoples.get(key)
    if people is not None and not (forms <= SHORT).any():
        rows, forms = book.rows(people)
        return rows[forms <= SHORT][:_MOST], forms[forms <= SHORT][:_MOST]
    held = np.zeros(len(rows), dtype=bool)
    if certain:
        for row in beside:
            held |= book.inside(rows, row)
        held &= forms <= SHORT
        if held.any():
            rows, forms = rows[held], forms[held]
    if kind < 9:
        # "Belgorod region", "the city of Belgorod": the word beside it decides.
        told = (book.level[rows] == kind) & (forms <= SHORT)
        if told.any():
            rows, forms = rows[told], forms[told]
    if held.any():
        return rows[:_MOST], forms[:_MOST]
    if len(rows) > _MOST:
        keep = np.arange(len(rows)) < _MOST
        for row in beside:
            keep |= book.inside(rows, row) & (np.arange(len(rows)) < 4 * _MOST)
        rows, forms = rows[keep], forms[keep]
    return rows, forms


def _beside(
    flat: Flat, found: Sequence[Toponym], n: int, book: Gazetteer
) -> tuple[tuple[int, ...], bool]:
    """Regions and countries named right after: "Paris, Texas", "Donetsk in the Rostov region".

    The second value is True where it is certain that they hold the place: after a comma
    or in brackets, a region or country that has no town of its name (Boston, New York
    may be two towns), and a name that is no country's (Jordan, Lebanon); after "in", a
    country; after "district of", whatever is told.
    """
    if n + 1 >= len(found):
        return (), False
    name, after = found[n], found[n + 1]
    between = [flat.lower(at) for at in range(name.last, after.first)]
    lists = words()
    kind_after = lists.kinds.get(flat.lower(after.last), 9) if after.region is None else ADMIN1
    told = bool(between) and between[0] in lists.kinds
    if told:
        between = between[1:]
    if len(between) > 1 and _DIRECTION.fullmatch(between[-1]):
        between = between[:-1]  # "Palma in northern Mozambique"
    if between not in _BETWEEN:
        return (), False
    if after.region is not None:
        homes = [after.region]
        town = False
    else:
        rows, forms = book.rows(after.key)
        usable = (forms <= SHORT) & (book.level[rows] <= ADMIN2)
        if kind_after <= ADMIN2:
            usable &= book.level[rows] == kind_after
        homes = rows[usable][:12].tolist()
        town = kind_after > ADMIN2 and bool(
            ((book.level[rows] == CITY) & (forms == MAIN) & (book.population[rows] > 20_000)).any()
        )
        if town and any(book.level[row] == COUNTRY for row in homes):
            town = False
    own, own_forms = book.rows(name.key)
    country = bool(((book.level[own] == COUNTRY) & (own_forms == MAIN)).any())
    inside = between[:1] == ["in"] and all(book.level[row] == COUNTRY for row in homes)
    certain = not town and (inside or between[:1] in ([","], ["("]))
    certain = bool(homes) and (certain or (told and between == ["of"]))
    return tuple(homes), certain and (not country or after.region is not None)
