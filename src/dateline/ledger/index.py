"""The listing in memory, by columns: filters, counts, map and timeline in a few steps.

A hundred thousand incidents are some twenty megabytes here, and every filter is a few
operations on whole columns (NumPy), the same whichever database is behind. The index
follows the ledger through the table ``changes``: only what changed is read again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from dateline.ledger.claims import batches
from dateline.ledger.store import Ledger
from dateline.ledger.tables import changes, listing
from dateline.model import EFFECTS

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]

UNKNOWN = -1
"""Stands for None in a column of numbers; no figure is below zero."""

UNDATED_START, UNDATED_END = 10**7, -1
"""Ordinals of an unknown day: later than any beginning, earlier than any end."""

_TOO_MANY = 20_000  # changed incidents from which reading everything again is faster
_MOST_DEAD = 0.3  # share of rows taken out from which the columns are made anew
_CLAMP = 10**15  # largest figure counted with; sums of many must fit 64 bits

_TOLLS: msgspec.json.Decoder[dict[str, tuple[int | None, int | None, int | None]]]
_TOLLS = msgspec.json.Decoder(dict[str, tuple[int | None, int | None, int | None]])
_SOURCES: msgspec.json.Decoder[list[tuple[str, int, int, int]]]
_SOURCES = msgspec.json.Decoder(list[tuple[str, int, int, int]])
_NUMBERS: msgspec.json.Decoder[list[int]] = msgspec.json.Decoder(list[int])


class Codes:
    """Strings as numbers, given out as they come; 0 is None."""

    def __init__(self) -> None:
        self.names: list[str | None] = [None]
        self._codes: dict[str | None, int] = {None: 0}

    def code(self, name: str | None) -> int:
        """The number of a string, a new one if need be."""
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = len(self.names)
            self.names.append(name)
        return found

    def find(self, name: str | None) -> int:
        """The number of a string, -1 for one that never came."""
        return self._codes.get(name, -1)


class Columns:
    """The incidents by column; row numbers hold for one state of the index only.

    ``low``/``best``/``high`` have one row an effect, in the order of EFFECTS. ``cited``
    has a line for each source of each incident: row, source, flags, claims, reports.
    ``told`` has a line for each report of each incident: row, number in ``searchable``.
    """

    def __init__(self) -> None:
        self.types, self.grades, self.countries = Codes(), Codes(), Codes()
        self.places, self.names, self.abouts = Codes(), Codes(), Codes()
        self.ids: list[str] = []
        self.row_of: dict[str, int] = {}
        self.alive = np.empty(0, bool)
        self.ints = np.empty((10, 0), np.int64)
        self.lat = np.empty(0)
        self.lon = np.empty(0)
        self.tolls = np.empty((3, len(EFFECTS), 0), np.int64)
        self.cited = np.empty((5, 0), np.int64)
        self.told = np.empty((2, 0), np.int64)
        self.orders: dict[str, Rows] = {}
        self.review = np.empty(0, bool)

    start = property(lambda self: self.ints[0])
    end = property(lambda self: self.ints[1])
    type = property(lambda self: self.ints[2])
    grade = property(lambda self: self.ints[3])
    country = property(lambda self: self.ints[4])
    place = property(lambda self: self.ints[5])
    independent = property(lambda self: self.ints[6])
    disputed = property(lambda self: self.ints[7])
    background = property(lambda self: self.ints[8] & 1)
    prec = property(lambda self: self.ints[8] >> 1)
    doubtful = property(lambda self: self.ints[9])
    low = property(lambda self: self.tolls[0])
    best = property(lambda self: self.tolls[1])
    high = property(lambda self: self.tolls[2])

    def __len__(self) -> int:
        return len(self.ids)

    def remove(self, ids: Iterable[str]) -> None:
        """Take incidents out, as far as they are in."""
        for id in ids:
            row = self.row_of.pop(id, None)
            if row is not None:
                self.alive[row] = False
        self.orders = {}

    def add(self, rows: Sequence[Any]) -> None:
        """Put rows of the listing in; their incidents must not be in."""
        first, count = len(self.ids), len(rows)
        ints = np.empty((10, count), np.int64)
        tolls = np.full((3, len(EFFECTS), count), UNKNOWN, np.int64)
        lat, lon = np.full(count, np.nan), np.full(count, np.nan)
        cited: list[tuple[int, int, int, int, int]] = []
        told: list[tuple[int, int]] = []
        effects = {effect: number for number, effect in enumerate(EFFECTS)}
        for i, row in enumerate(rows):
            at = first + i
            self.row_of[row.incident_id] = at
            self.ids.append(row.incident_id)
            start, end = row.date_start, row.date_end
            ints[:, i] = (
                start.toordinal() if start else UNDATED_START,
                end.toordinal() if end else UNDATED_END,
                self.types.code(row.type),
                self.grades.code(row.grade),
                self.countries.code(row.country),
                self.places.code(row.place_key),
                row.independent,
                self.abouts.code(row.disputed or None),
                (row.where_prec or 0) << 1 | bool(row.background),
                row.doubtful,
            )
            if row.lat is not None and row.lon is not None:
                lat[i], lon[i] = row.lat, row.lon
            for effect, bounds in _TOLLS.decode(row.tolls).items():
                number = effects.get(effect)  # type: ignore[call-overload]
                if number is not None:
                    tolls[:, number, i] = [
                        UNKNOWN if bound is None else min(bound, _CLAMP) for bound in bounds
                    ]
            for name, flags, claims, reports in _SOURCES.decode(row.sources):
                cited.append((at, self.names.code(name), flags, claims, reports))
            told += [(at, number) for number in _NUMBERS.decode(row.reports)]
        self.ints = np.concatenate([self.ints, ints], axis=1)
        self.tolls = np.concatenate([self.tolls, tolls], axis=2)
        self.lat = np.concatenate([self.lat, lat])
        self.lon = np.concatenate([self.lon, lon])
        self.alive = np.concatenate([self.alive, np.ones(count, bool)])
        self.review = np.concatenate([self.review, np.zeros(count, bool)])
        self.cited = np.concatenate(
            [self.cited, np.array(cited, np.int64).reshape(-1, 5).T], axis=1
        )
        self.told = np.concatenate([self.told, np.array(told, np.int64).reshape(-1, 2).T], axis=1)
        self.orders = {}

    def order(self, name: str) -> Rows:
        """All rows in one of the ORDERS, ties by id; made when first asked for."""
        if name not in self.orders:
            by_id = np.argsort(np.array(self.ids), kind="stable") if self.ids else _NO_ROWS
            key = ORDERS[name](self)[by_id]
            self.orders[name] = by_id[np.argsort(key, kind="stable")]
        return self.orders[name]


_NO_ROWS: Rows = np.empty(0, np.intp)


def _newest(columns: Columns) -> Ints:
    start: Ints = columns.start
    return np.where(start == UNDATED_START, 1, -start)


ORDERS: dict[str, Callable[[Columns], Ints]] = {
    "newest": _newest,
    "oldest": lambda columns: columns.start,
    "killed": lambda columns: -columns.best[0],
    "injured": lambda columns: -columns.best[1],
    "sources": lambda columns: -columns.independent,
}
"""The orders a list may have; undated incidents and unknown figures come last."""


class IncidentIndex:
    """Keeps :class:`Columns` in step with a ledger; safe for threads.

    :meth:`columns` gives a state that is not changed afterwards.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._guard = threading.Lock()
        self._columns = Columns()
        self._seen = -1

    @property
    def seen(self) -> int:
        """The number of the last change that is in."""
        return self._seen

    def columns(self) -> Columns:
        """The listing as the ledger has it now."""
        with self._ledger._reading() as connection:
            last = int(connection.execute(select(func.max(changes.c.number))).scalar() or 0)
            if last == self._seen:
                return self._columns
        with self._guard, self._ledger._reading() as connection:
            last = int(connection.execute(select(func.max(changes.c.number))).scalar() or 0)
            if last != self._seen:
                self._columns = self._brought_up(connection)
                self._seen = last
            return self._columns

    def _brought_up(self, connection: Connection) -> Columns:
        if self._seen >= 0:
            changed = (
                select(changes.c.incident_id)
                .where(changes.c.number > self._seen)
                .distinct()
                .limit(_TOO_MANY + 1)
            )
            ids = sorted(connection.execute(changed).scalars())
            old = self._columns
            if len(ids) <= _TOO_MANY and np.count_nonzero(~old.alive) < _MOST_DEAD * (
                len(old) + 1000
            ):
                return self._changed(connection, old, ids)
        fresh = Columns()
        fresh.add(connection.execute(select(listing).order_by(listing.c.incident_id)).all())
        return fresh

    @staticmethod
    def _changed(connection: Connection, old: Columns, ids: Sequence[str]) -> Columns:
        # Whoever still works with the old state must not see it change: arrays are only
        # ever replaced, and what is grown in place is copied.
        new = Columns()
        new.__dict__.update(old.__dict__)
        new.ids, new.row_of = list(old.ids), dict(old.row_of)
        new.alive = old.alive.copy()
        new.remove(ids)
        rows: list[Any] = []
        for batch in batches(ids):
            wanted = select(listing).where(listing.c.incident_id.in_(batch))
            rows += connection.execute(wanted.order_by(listing.c.incident_id)).all()
        new.add(rows)
        return new
