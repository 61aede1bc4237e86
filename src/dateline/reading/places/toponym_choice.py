"""The places that names are taken to mean, and the rules that stand above the trained weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.reading.boosted import BoostedTrees
from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    AREA,
    CAPITAL,
    CITY,
    COUNTRY,
    MAIN,
    SHORT,
    Gazetteer,
)
from dateline.reading.places.toponym_groups import Group
from dateline.reading.places.toponym_senses import COLUMN, Sheet
from dateline.reading.places.toponyms import Flat, Toponym

_REGIONS_FIRST = frozenset({"US", "CA", "AU"})
_ABROAD = 1.0  # mentions of countries from which on a document has a scene
_SMALL = 5.0  # decimal logarithm of the people of a place that needs no introduction
_KNOWN = 5.2  # decimal logarithm of the people of a place that is known abroad
_BEYOND, _FAR_BEYOND = 1.5, 2.5  # decimal logarithms by which it outweighs a namesake
_WORLD = 5  # countries named in a report of the world, where less will do
_BEYOND_WORLD = 0.9
_NEIGHBOURS = 0.5  # belief in places within some 30 km that speaks for the namesake


class Weighed(NamedTuple):
    """The senses of a group, the best first, with the share of belief in each.

    ``stray`` is True for a small place that nothing in the document speaks for, in a
    document that names other countries: its like-named neighbour is not in the gazetteer.
    """

    rows: NDArray[np.int32]
    shares: NDArray[np.float64]
    stray: bool = False


def weigh(
    flat: Flat,
    found: Sequence[Toponym],
    groups: Sequence[Group],
    book: Gazetteer,
    models: tuple[BoostedTrees, BoostedTrees],
    publisher_country: str | None = None,
    certainty: Sequence[float] | None = None,
) -> list[Weighed]:
    """Weigh the senses of every group; a group without senses gets none.

    ``certainty`` is how sure it is of each mention that it is a place at all, 0 to 1.
    """
    sheet = Sheet(flat, found, groups, book, publisher_country, certainty)
    if not sheet.size:
        return [Weighed(g.rows, np.zeros(len(g.rows))) for g in groups]
    scores = models[0].score(sheet.first())
    for _ in range(2):
        table = sheet.second(scores)
        scores = models[1].score(table)
    largest = _largest(sheet, table)
    weighed = []
    for n, given in enumerate(groups):
        first = int(sheet.starts[n])
        part = scores[first : sheet.starts[n + 1]]
        if not len(part):
            weighed.append(Weighed(given.rows, part))
            continue
        shares = np.exp(part - part.max())
        shares /= shares.sum()
        order = np.argsort(-part, kind="stable")
        if not _supported(table[sheet.starts[n] + int(order[0])]):
            at = int(np.argmax(largest[sheet.starts[n] : sheet.starts[n + 1]]))
            order = np.concatenate([[at], order[order != at]])
        here = slice(first, first + len(part))
        famous = _famous(
            np.where(sheet.level[here] == ADMIN2, 0.0, largest[here]), table[here], order
        )
        if famous is not None:
            order = np.concatenate([[famous], order[order != famous]])
        rather = None if given.kind < 9 else _rather(given, int(order[0]), book)
        if rather is not None:
            order = np.concatenate([[rather], order[order != rather]])
        stray = _stray(sheet, table[sheet.starts[n] + int(order[0])])
        if given.part and not stray:
            stray = not _in_country(table[sheet.starts[n] + int(order[0])])
        stray = stray or _misplaced(flat, found, given, int(given.rows[order[0]]), book)
        weighed.append(Weighed(given.rows[order], shares[order], stray))
    return weighed


def _supported(evidence: NDArray[np.float64], kind_word: bool = True) -> bool:
    """Whether anything in the document speaks for this sense of a name.

    ``kind_word`` is False where "the village of" it tells too little.

    The weights were trained mostly on local papers, where a lone "Paris" is a town in
    Texas; for a reader of world news a name that nothing speaks for is the largest
    place called so.
    """
    return _tells(
        evidence,
        beside=1.0,
        beside_elsewhere=1.0,
        kind_beside=1.0 if kind_word else np.inf,
        publisher_country=1.0,
        near_150=0.15,
        region_share=0.05,
        region_named=0.5,
        country_share=0.2,
        country_named=0.5,
    )


def _tells(evidence: NDArray[np.float64], **least: float) -> bool:
    """Whether any of some columns of the evidence for a sense is as much as given here."""
    return any(evidence[COLUMN[name]] >= bound for name, bound in least.items())


def _famous(
    prior: NDArray[np.float64], evidence: NDArray[np.float64], order: NDArray[np.int64]
) -> int | None:
    """The country, region or town that everybody knows, before a namesake for which little speaks.

    "Boston" in a report on Toronto is no village of New York State near by, though the
    weights, of local papers mostly, like what is near. Its region or its neighbours must
    be named for that.
    """
    most = int(np.argmax(prior))
    best = int(order[0])
    own = evidence[best, COLUMN["prior"]]
    beyond = prior[most] - own
    world = evidence[best, COLUMN["countries_named"]] >= _WORLD
    if prior[most] < _KNOWN or beyond < (_BEYOND_WORLD if world else _BEYOND) or own >= _KNOWN:
        return None
    speaks = _tells(
        evidence[best],
        beside=1.0,
        beside_elsewhere=1.0,
        kind_beside=1.0,
        region_named=0.5,
        near_30=_NEIGHBOURS if beyond < _FAR_BEYOND else 3 * _NEIGHBOURS,
    )
    return None if speaks else most


def _stray(sheet: Sheet, evidence: NDArray[np.float64]) -> bool:
    """Whether a sense is a small place in a country that the document never speaks of."""
    return bool(
        sheet.abroad >= _ABROAD
        and evidence[COLUMN["level"]] in (ADMIN2, CITY)
        and evidence[COLUMN["log_population"]] < _SMALL
        and evidence[COLUMN["country_named"]] == 0.0
        and evidence[COLUMN["country_share"]] < 0.1
        and not _supported(evidence, kind_word=False)
    )


def _in_country(evidence: NDArray[np.float64]) -> bool:
    """Whether the document speaks of the country of a sense, or of places near it."""
    return _tells(
        evidence,
        beside=1.0,
        beside_elsewhere=1.0,
        publisher_country=1.0,
        near_150=0.15,
        country_share=0.2,
        country_named=0.7,
    )


_CLAIMED = frozenset(
    "UA RU|GE RU|MD RU|PS IL|SY IL|XK RS|CY TR|TW CN|HK CN|EH MA|AZ AM|IN PK|IN CN|SD SS".split("|")
)
"""Countries of which reports may place a town in the other than the gazetteer does."""


def _misplaced(
    flat: Flat, found: Sequence[Toponym], given: Group, row: int, book: Gazetteer
) -> bool:
    """Whether a town is told to lie in a country that holds no place of its name.

    "Palma, Mozambique" is not Palma in Spain, and the gazetteer has no other: better no
    place than a wrong one. In a list ("in Gaza, Lebanon and Yemen") nothing holds anything.
    """
    if book.level[row] < ADMIN2 or not any(book.level[home] == COUNTRY for home in given.beside):
        return False
    if any(bool(book.inside(given.rows, home).any()) for home in given.beside):
        return False
    name, after = found[given.mentions[0]], found[given.mentions[0] + 1]
    end = flat.lower(after.last)
    if end not in _ENDS or (end in _LISTED and flat.capital(after.last + 1)):
        return False
    if flat.lower(name.first - 1) in _LISTED and flat.capital(name.first - 2):
        return False
    here = book.country_of(row)
    return not any(
        f"{here} {book.country_of(home)}" in _CLAIMED
        or f"{book.country_of(home)} {here}" in _CLAIMED
        for home in given.beside
    )


_LISTED = frozenset({",", "and", "or"})
_ENDS = (
    _LISTED | frozenset('. ; : ) " ” on in at late early last after when where this'.split()) | {""}
)


def _largest(sheet: Sheet, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well known each sense is: its people, a country far above its towns."""
    prior: NDArray[np.float64] = table[:, COLUMN["prior"]]
    # A name in another language or of other days is seldom meant, nor a county of North
    # America by its bare name.
    counties = [sheet.book.country_number[code] for code in ("US", "CA")]
    bare = (sheet.level == ADMIN2) & np.isin(sheet.country, counties)
    return prior - np.where((sheet.forms > SHORT) | bare, 2.0, 0.0)


def _rather(given: Group, best: int, book: Gazetteer) -> int | None:
    """A continent or sea before a village called so; and the town that gave a region its
    name: "in Donetsk" is in the town.

    No first-level region in countries where these bear names that people use alone (New
    York, Washington), though a county there: "in Dallas" is in the town. And not for towns
    much smaller than their region's fame.
    """
    row = int(given.rows[best])
    if book.level[row] >= ADMIN2 and not given.beside:
        # Asia is a continent before it is a village.
        areas = np.flatnonzero((book.level[given.rows] == AREA) & (given.forms == MAIN))
        if len(areas):
            return int(areas[0])
    if book.level[row] not in (ADMIN1, ADMIN2):
        return None
    if book.level[row] == ADMIN1 and book.country_of(row) in _REGIONS_FIRST:
        return None
    least = 100_000 if book.level[row] == ADMIN1 else 10_000
    for at, (other, form) in enumerate(zip(given.rows.tolist(), given.forms.tolist(), strict=True)):
        if (
            book.level[other] == CITY
            and form == MAIN
            and book.population[other] >= least
            and (
                book.admin1[other] == row
                or book.admin2[other] == row
                or (book.marks[other] & CAPITAL and book.country[other] == book.country[row])
            )
        ):
            return at
    return None
