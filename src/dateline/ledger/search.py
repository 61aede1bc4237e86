"""Which incidents match, and how the matches divide: lists, facets, timeline, map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.ledger import fulltext
from dateline.ledger.codec import fold
from dateline.ledger.index import (
    ORDERS,
    UNDATED_START,
    UNKNOWN,
    Columns,
    IncidentIndex,
    Ints,
    Rows,
)
from dateline.ledger.records import IncidentFilter
from dateline.ledger.store import Ledger
from dateline.model import EFFECTS, Incident

Mask = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; west > east crosses the 180th meridian."""

_TOLL_DISPUTES = ("killed", "injured")


class Cell(NamedTuple):
    """Incidents around one point: how many, the sums of their figures, or the one's id."""

    lat: float
    lon: float
    incidents: int
    low: int | None
    best: int | None
    high: int | None
    prec: int | None
    grade: str | None
    id: str | None


class Placed(NamedTuple):
    """The matches on a map: the cells within a box, and what is not in them."""

    cells: tuple[Cell, ...]
    matches: int
    placed: int
    inside: int
    bounds: Box | None


class Matches:
    """The incidents that match one query, in one state of the ledger."""

    def __init__(
        self, columns: Columns, conditions: dict[str, Mask], ignored: tuple[str, ...]
    ) -> None:
        self._columns = columns
        self._conditions = conditions
        self.ignored = ignored
        self.mask = self._all_but(None)
        self.total = int(np.count_nonzero(self.mask))
        self.ledger_total = int(np.count_nonzero(columns.alive))

    def _all_but(self, name: str | None) -> Mask:
        mask: Mask = self._columns.alive
        for condition, passing in self._conditions.items():
            if condition != name:
                mask = mask & passing
        return mask

    def ids(self, sort: str, offset: int, limit: int | None) -> list[str]:
        """Some of the ids, in one of the ORDERS."""
        order = self._columns.order(sort if sort in ORDERS else "newest")
        rows = order[self.mask[order]]
        some = rows[offset:] if limit is None else rows[offset : offset + limit]
        return [self._columns.ids[row] for row in some]

    def needs_review(self, ids: Sequence[str]) -> set[str]:
        """Those of some ids that somebody should look at."""
        columns = self._columns
        return {id for id in ids if columns.review[columns.row_of[id]]}

    def facet(self, name: str) -> list[tuple[str, int]]:
        """Values of country, type, grade or effect with their counts, most frequent first.

        The facet's own condition is left out of the count.
        """
        columns, mask = self._columns, self._all_but(name)
        if name == "effect":
            told = [(e, int(np.count_nonzero(mask & _speaks(columns, i)))) for i, e in _EFFECTS]
            return sorted(((e, n) for e, n in told if n), key=lambda item: -item[1])
        codes, names = {
            "country": (columns.country, columns.countries.names),
            "type": (columns.type, columns.types.names),
            "grade": (columns.grade, columns.grades.names),
        }[name]
        counted = np.bincount(codes[mask], minlength=len(names))
        found = [(n, int(c)) for n, c in zip(names, counted, strict=False) if n and c]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def count_disputed(self) -> int:
        """How many would match with ``disputed``."""
        return int(np.count_nonzero(self._all_but("disputed") & (self._columns.disputed > 0)))

    def count_review(self) -> int:
        """How many would match with ``review``."""
        return int(np.count_nonzero(self._all_but("review") & self._columns.review))

    def timeline(self, most: int = 120) -> tuple[str, list[tuple[dt.date, dt.date, int, int]], int]:
        """Step, (first day, last day, incidents, best of the killed) a bin, and the undated.

        The step is the finest of day, week, month, year, decade with at most ``most`` bins.
        """
        columns = self._columns
        dated = self.mask & (columns.start < UNDATED_START)
        undated = self.total - int(np.count_nonzero(dated))
        days: Ints = columns.start[dated]
        if not len(days):
            return "day", [], undated
        killed = np.maximum(columns.best[0][dated], 0)
        first, last = int(days.min()), int(days.max())
        for step in _STEPS:
            edges = _edges(step, first, last, most)
            if edges is not None:
                break
        else:  # 120 decades are more than news go back; a wild date must not fail
            step, edges = "decade", _edges("decade", first, last, 10**6)
            assert edges is not None
        starts = np.array([edge.toordinal() for edge in edges], np.int64)
        at = np.searchsorted(starts, days, side="right") - 1
        counts = np.bincount(at, minlength=len(edges))
        sums = np.bincount(at, weights=killed.astype(float), minlength=len(edges))
        ends = [edge - dt.timedelta(days=1) for edge in edges[1:]]
        ends.append(_after(step, edges[-1]) - dt.timedelta(days=1))
        bins = [
            (begin, end, int(count), int(total))
            for begin, end, count, total in zip(edges, ends, counts, sums, strict=True)
        ]
        return step, bins, undated

    def cells(self, effect: str, box: Box | None, zoom: float, most: int = 1500) -> Placed:
        """All matches with a point, together where they are too close for the zoom.

        Cells are squares of about 24 pixels in Web Mercator; where that gives more than
        ``most``, of twice the side until it fits. A cell stands at the mean of its points.
        """
        columns = self._columns
        placed = self.mask & ~np.isnan(columns.lat)
        rows: Rows = np.flatnonzero(placed)
        total = len(rows)
        bounds = None
        if total:
            lats, lons = columns.lat[rows], columns.lon[rows]
            bounds = (float(lons.min()), float(lats.min()), float(lons.max()), float(lats.max()))
        if box is not None:
            rows = rows[_within(columns.lat[rows], columns.lon[rows], box)]
        number = EFFECTS.index(effect) if effect in EFFECTS else 0
        cells: tuple[Cell, ...] = ()
        if len(rows):
            x, y = _mercator(columns.lat[rows], columns.lon[rows])
            side = 24.0 / (256.0 * 2.0 ** max(0.0, min(zoom, 22.0)))
            while True:
                key = (np.floor(x / side).astype(np.int64) << 32) + np.floor(y / side).astype(
                    np.int64
                )
                groups, at, counts = np.unique(key, return_inverse=True, return_counts=True)
                if len(groups) <= most:
                    break
                side *= 2
            cells = _summed(columns, rows, at.reshape(-1), counts, number)
        return Placed(cells, self.total, total, len(rows), bounds)

    def cited(self) -> Ints:
        """The lines of Columns.cited that belong to matches."""
        lines: Ints = self._columns.cited
        return lines[:, self.mask[lines[0]]]


_EFFECTS = tuple(enumerate(EFFECTS))
_STEPS = ("day", "week", "month", "year", "decade")


def _edges(step: str, first: int, last: int, most: int) -> list[dt.date] | None:
    """The first days of the bins, or None where there would be too many."""
    length = {"day": 1, "week": 7, "month": 28, "year": 365, "decade": 3650}[step]
    if (last - first) // length > most:
        return None
    day = dt.date.fromordinal(first)
    match step:
        case "week":
            day -= dt.timedelta(days=day.weekday())
        case "month":
            day = day.replace(day=1)
        case "year":
            day = day.replace(month=1, day=1)
        case "decade":
            day = dt.date(max(1, day.year - day.year % 10), 1, 1)
    edges: list[dt.date] = []
    while day.toordinal() <= last and len(edges) < most + 1:
        edges.append(day)
        if day.year >= dt.MAXYEAR - 10:
            break
        day = _after(step, day)
    return edges if len(edges) <= most else None


def _after(step: str, day: dt.date) -> dt.date:
    if day.year >= dt.MAXYEAR - 10:
        return dt.date.max
    match step:
        case "day":
            return day + dt.timedelta(days=1)
        case "week":
            return day + dt.timedelta(days=7)
        case "month":
            return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        case "year":
            return dt.date(day.year + 1, 1, 1)
        case _:
            return dt.date(day.year - day.year % 10 + 10, 1, 1)


def _mercator(
    lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Web Mercator (EPSG:3857) as shares of the world's side, from 0 to 1."""
    clipped = np.radians(np.clip(lat, -85.0511, 85.0511))
    return (lon + 180.0) / 360.0, (1.0 - np.arcsinh(np.tan(clipped)) / np.pi) / 2.0


def _within(lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64], box: Box) -> Mask:
    west, south, east, north = box
    tall: Mask = (lat >= south) & (lat <= north)
    if east - west >= 360.0:
        return tall
    wide = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return tall & wide


def _summed(columns: Columns, rows: Rows, at: Rows, counts: Ints, number: int) -> tuple[Cell, ...]:
    size = len(counts)
    lat = np.bincount(at, weights=columns.lat[rows], minlength=size) / counts
    lon = np.bincount(at, weights=columns.lon[rows], minlength=size) / counts
    sums = []
    for bound in (columns.low, columns.best, columns.high):
        figures = bound[number][rows]
        known = figures != UNKNOWN
        total = np.bincount(at[known], weights=figures[known].astype(float), minlength=size)
        some = np.bincount(at[known], minlength=size)
        sums.append([int(t) if n else None for t, n in zip(total, some, strict=True)])
    coarse = np.zeros(size, np.int64)
    np.maximum.at(coarse, at, columns.prec[rows])
    one = np.zeros(size, np.intp)
    one[at] = rows
    grades = columns.grades.names
    return tuple(
        Cell(
            lat=round(float(lat[i]), 5),
            lon=round(float(lon[i]), 5),
            incidents=int(counts[i]),
            low=sums[0][i],
            best=sums[1][i],
            high=sums[2][i],
            prec=int(coarse[i]) or None,
            grade=grades[columns.grade[one[i]]] if counts[i] == 1 else None,
            id=columns.ids[one[i]] if counts[i] == 1 else None,
        )
        for i in range(size)
    )


def _speaks(columns: Columns, effect: int) -> Mask:
    low, best, high = (bound[effect] for bound in (columns.low, columns.best, columns.high))
    spoken: Mask = (low != UNKNOWN) | (best != UNKNOWN) | (high != UNKNOWN)
    return spoken


class Search:
    """Asks one ledger; keep it as long as the ledger is open."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.index = IncidentIndex(ledger)

    def match(self, query: IncidentFilter, review: frozenset[str] | None = None) -> Matches:
        """The incidents that match. ``review`` are the ids somebody should look at."""
        columns = self.index.columns()
        if review is not None:
            columns.review = _rows_of(columns, review)
        conditions, ignored = self._conditions(columns, query)
        return Matches(columns, conditions, ignored)

    def incidents(self, ids: Sequence[str]) -> list[Incident]:
        """Incidents by id, in this order; those that are gone meanwhile are left out."""
        return list(self._ledger.incidents_with(ids))

    def _conditions(
        self, columns: Columns, query: IncidentFilter
    ) -> tuple[dict[str, Mask], tuple[str, ...]]:
        passing: dict[str, Mask] = {}
        ignored: list[str] = []
        if query.since is not None:
            passing["since"] = columns.end >= query.since.toordinal()
        if query.until is not None:
            passing["until"] = columns.start <= query.until.toordinal()
        if query.place.strip():
            asked = fold(query.place)
            passing["place"] = _named(columns.place, columns.places.names, asked)
        if query.country:
            passing["country"] = columns.country == columns.countries.find(query.country.upper())
        if query.type:
            passing["type"] = columns.type == columns.types.find(query.type)
        if query.grade:
            passing["grade"] = columns.grade == columns.grades.find(query.grade)
        effect = EFFECTS.index(query.effect) if query.effect in EFFECTS else None
        if query.min is not None:
            passing["effect"] = columns.best[effect or 0] >= query.min
        elif effect is not None:
            passing["effect"] = _speaks(columns, effect)
        if query.source.strip():
            passing["source"] = _from_source(columns, query.source)
        if query.disputed:
            passing["disputed"] = columns.disputed > 0
        if query.review:
            passing["review"] = columns.review
        if query.background:
            passing["background"] = columns.background == int(query.background == "only")
        if query.q.strip():
            terms = fulltext.parse(query.q)
            if any(not term.without for term in terms):
                passing["q"] = self._with_words(columns, terms)
            else:
                ignored.append("q")
        return passing, tuple(ignored)

    def _with_words(self, columns: Columns, terms: Sequence[fulltext.Term]) -> Mask:
        with self._ledger._reading() as connection:
            numbers = np.array(fulltext.found(connection, terms), np.int64)
        mask = np.zeros(len(columns), bool)
        row, number = columns.told
        if len(numbers) and len(number):
            hit = np.zeros(max(int(numbers.max()), int(number.max())) + 1, bool)
            hit[numbers] = True
            mask[row[hit[number]]] = True
        return mask


def _rows_of(columns: Columns, ids: frozenset[str]) -> Mask:
    mask = np.zeros(len(columns), bool)
    rows = [columns.row_of[id] for id in ids if id in columns.row_of]
    mask[rows] = True
    return mask


def _named(codes: Ints, names: Sequence[str | None], asked: str) -> Mask:
    """The rows whose name has the words in it; each distinct name is looked at once."""
    fits = np.fromiter((n is not None and asked in n for n in names), bool, len(names))
    found: Mask = fits[codes]
    return found


def _from_source(columns: Columns, asked: str) -> Mask:
    exact = columns.names.find(asked)
    names = columns.names.names
    if exact > 0:
        fits = np.zeros(len(names), bool)
        fits[exact] = True
    else:
        wanted = fold(asked)
        fits = np.fromiter((n is not None and wanted in fold(n) for n in names), bool, len(names))
    mask = np.zeros(len(columns), bool)
    mask[columns.cited[0][fits[columns.cited[1]]]] = True
    return mask
