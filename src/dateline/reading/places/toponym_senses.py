"""Which place of that name is meant: the senses of each name, and what speaks for each.

The senses of all names of a document are weighed together, in two rounds: the first
knows the name, what stands beside it ("Paris, Texas"; "Nangarhar province") and which
countries and regions the document speaks of; the second also knows where the other names
were put in the first. The weights are trained (data/place_senses.json, by
training/places.py); the names of the evidence are in ``FIRST`` and ``SECOND``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    CAPITAL,
    CITY,
    COUNTRY,
    FORMER,
    FUZZY,
    MAIN,
    Gazetteer,
    name_key,
)
from dateline.reading.places.toponym_groups import Group
from dateline.reading.places.toponyms import Flat, Toponym, words

FIRST = (
    "form", "level", "log_population", "below_largest", "rank", "senses", "capital", "marks",
    "same_name", "beside", "beside_elsewhere", "kind_beside", "country_named",
    "country_named_share", "region_named", "region_named_share", "names", "countries_named",
    "publisher_country", "prior", "all_caps", "mentions",
)  # fmt: skip
SECOND = (
    *FIRST, "first_score", "first_below_best", "country_share", "region_share", "log_nearest",
    "near_30", "near_150", "near_600", "log_previous", "log_next", "log_head", "log_heaviest",
    "county_share", "any_30", "any_100",
)  # fmt: skip

_ANY = 3  # likeliest senses of each name that speak for those near them
_FAR = 20038.0  # kilometres, half way round

COLUMN = {name: n for n, name in enumerate(SECOND)}
"""Where each number of the second round stands in a row."""


class Sheet:
    """The evidence on all senses of a document, one row a sense."""

    def __init__(
        self,
        flat: Flat,
        found: Sequence[Toponym],
        groups: Sequence[Group],
        book: Gazetteer,
        publisher_country: str | None,
        certainty: Sequence[float] | None,
    ) -> None:
        self.groups = groups
        self.book = book
        self.starts = np.concatenate([[0], np.cumsum([len(g.rows) for g in groups])]).astype(int)
        self.size = int(self.starts[-1])
        self.of = np.repeat(np.arange(len(groups)), np.diff(self.starts))
        if not self.size:
            return
        self.rows = np.concatenate([g.rows for g in groups]).astype(np.int64)
        self.forms = np.concatenate([g.forms for g in groups]).astype(float)
        self.lat = np.radians(book.lat[self.rows])
        self.lon = np.radians(book.lon[self.rows])
        self.level = book.level[self.rows]
        self.country = book.country[self.rows].astype(np.int64)
        admin1 = book.admin1[self.rows].astype(np.int64)
        self.region = np.where(self.level == ADMIN1, self.rows, admin1)
        admin2 = book.admin2[self.rows].astype(np.int64)
        self.county = np.where(self.level == ADMIN2, self.rows, admin2)
        sure = np.ones(len(found)) if certainty is None else np.asarray(certainty, dtype=float)
        self.weight = np.array([sum(sure[m] for m in g.mentions) for g in groups])
        self.key_number = {key: i for i, key in enumerate(dict.fromkeys(g.key for g in groups))}
        self.key_of = np.array([self.key_number[g.key] for g in groups])
        self._neighbours(found, groups)
        self._first = self._gather_first(flat, found, publisher_country)

    def _neighbours(self, found: Sequence[Toponym], groups: Sequence[Group]) -> None:
        """The group before and after the first mention of each, of another name."""
        of_mention = {m: n for n, g in enumerate(groups) for m in g.mentions}
        self.previous = np.full(len(groups), -1)
        self.next = np.full(len(groups), -1)
        for n, g in enumerate(groups):
            m = g.mentions[0]
            for step, where in ((-1, self.previous), (1, self.next)):
                at = m + step
                while 0 <= at < len(found) and (
                    at not in of_mention or groups[of_mention[at]].key == g.key
                ):
                    at += step
                if 0 <= at < len(found):
                    where[n] = of_mention[at]

    def _gather_first(
        self, flat: Flat, found: Sequence[Toponym], publisher_country: str | None
    ) -> NDArray[np.float64]:
        book, of = self.book, self.of
        population = np.log10(1.0 + book.population[self.rows])
        # A country or region is talked of more than its towns add up to.
        largest = np.zeros(len(self.groups))
        np.maximum.at(largest, of, population)
        rank = np.arange(self.size) - self.starts[of]
        beside = np.zeros(self.size)
        kind_beside = np.zeros(self.size)
        same = np.zeros(self.size)
        by_key: dict[str, set[int]] = {}
        for g in self.groups:
            by_key.setdefault(g.key, set()).update(g.beside)
        elsewhere = np.zeros(self.size)
        for n, g in enumerate(self.groups):
            part = slice(self.starts[n], self.starts[n + 1])
            if g.beside:
                beside[part] = np.where(self._inside(part, g.beside), 1.0, -1.0)
            others = by_key[g.key]
            if others:
                elsewhere[part] = np.where(self._inside(part, tuple(others)), 1.0, -1.0)
            if g.kind < 9:
                kind_beside[part] = np.where(self.level[part] == g.kind, 1.0, -1.0)
            for at in range(part.start, part.stop):
                if self.forms[at] == MAIN or name_key(book.name(int(self.rows[at]))) == g.key:
                    same[at] = 1.0
        named_country, named_region = self._named(flat)
        self.abroad = float(named_country.sum())
        country_total = max(1.0, named_country.sum())
        region_total = max(1.0, sum(named_region.values()))
        own_country = np.zeros(len(self.groups))
        country_named = named_country[self.country]
        # A name is no witness for itself.
        for n, g in enumerate(self.groups):
            for row, form in zip(g.rows.tolist(), g.forms.tolist(), strict=True):
                if book.level[row] == COUNTRY and form < 2:
                    own_country[n] = self.weight[self.key_of == self.key_of[n]].sum()
        country_named = country_named - np.where(self.level == COUNTRY, own_country[of], 0.0)
        region_named = np.array([named_region.get(int(r), 0.0) for r in self.region])
        region_named = region_named - np.where(self.level == ADMIN1, self.weight[of], 0.0).clip(
            0, region_named
        )
        publisher = np.zeros(self.size)
        if publisher_country in book.country_number:
            number = book.country_number[publisher_country]
            publisher = np.where(self.country == number, 1.0, -1.0)
        marks = book.marks[self.rows]
        prior = population + np.where(self.level == COUNTRY, 3.0, 0.0)
        return np.column_stack(
            [
                self.forms,
                self.level,
                population,
                largest[of] - population,
                rank,
                np.log2(1.0 + np.diff(self.starts))[of],
                (marks & CAPITAL) > 0,
                (marks & (FUZZY | FORMER)) > 0,
                same,
                beside,
                elsewhere,
                kind_beside,
                country_named,
                country_named / country_total,
                region_named,
                region_named / region_total,
                np.full(self.size, np.log2(1.0 + len(self.groups))),
                np.full(self.size, float((named_country > 0).sum())),
                publisher,
                prior,
                np.full(self.size, float(flat.all_caps)),
                np.log2(1.0 + np.array([len(g.mentions) for g in self.groups]))[of],
            ]
        ).astype(np.float64)

    def _inside(self, part: slice, rows: tuple[int, ...]) -> NDArray[np.bool_]:
        """Which senses lie in any of the given regions or countries."""
        held = np.zeros(part.stop - part.start, dtype=bool)
        for row in rows:
            held |= self.book.inside(self.rows[part], row)
        return held

    def _named(self, flat: Flat) -> tuple[NDArray[np.float64], dict[int, float]]:
        """How often countries (also by demonym) and regions are named outright."""
        book = self.book
        countries = np.zeros(len(book.countries))
        regions: dict[int, float] = {}
        for n, g in enumerate(self.groups):
            levels = {
                int(book.level[row]): int(row)
                for row, form in zip(g.rows.tolist(), g.forms.tolist(), strict=True)
                if form == MAIN and book.level[row] <= ADMIN1
            }
            if COUNTRY in levels:
                countries[book.country[levels[COUNTRY]]] += self.weight[n]
            if ADMIN1 in levels:
                row = levels[ADMIN1]
                regions[row] = regions.get(row, 0.0) + self.weight[n]
                if COUNTRY not in levels:
                    countries[book.country[row]] += self.weight[n] / 2
        demonyms = words().demonyms
        for token in flat.tokens:
            code = demonyms.get(token.lower)
            if code is not None:
                countries[book.country_number[code]] += 0.7
        return countries, regions

    def first(self) -> NDArray[np.float64]:
        """The evidence of the first round, one row a sense, columns as FIRST."""
        return self._first

    def second(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """The evidence of the second round, given the scores of the one before."""
        of, starts = self.of, self.starts
        counts = len(self.groups)
        best_score = np.full(counts, -np.inf)
        np.maximum.at(best_score, of, scores)
        share = np.exp(scores - best_score[of])
        total = np.bincount(of, weights=share, minlength=counts)
        share = share / total[of]
        best = np.zeros(counts, dtype=int)
        for n in range(counts):
            if starts[n + 1] > starts[n]:
                best[n] = starts[n] + int(np.argmax(scores[starts[n] : starts[n + 1]]))
        present = np.diff(starts) > 0
        belief = np.where(present, share[best], 0.0) * np.minimum(self.weight, 3.0)
        # Mass of countries and regions, each name's own left out.
        mass = share * np.minimum(self.weight, 3.0)[of]
        key = self.key_of[of]
        country_share = self._share(self.country, key, mass)
        region_share = self._share(self.region, key, np.where(self.region < 0, 0.0, mass))
        county_share = self._share(self.county, key, np.where(self.county < 0, 0.0, mass))
        any_of = self._likeliest(scores)
        apart = self._distances(any_of)
        mass_any = mass[any_of][None, :] * (key[any_of][None, :] != key[:, None])
        level = self.level[best]
        anchors = np.flatnonzero(
            present & (level != COUNTRY) & (self.book.marks[self.rows[best]] == 0)
        )
        distance = self._distances(best[anchors])
        other = self.key_of[anchors][None, :] != key[:, None]
        distance = np.where(other, distance, _FAR)
        weights = belief[anchors][None, :] * other
        nearest = distance.min(axis=1) if len(anchors) else np.full(self.size, _FAR)
        near = [(weights * np.exp(-distance / km)).sum(axis=1) for km in (30.0, 150.0, 600.0)]
        heaviest = np.full(self.size, _FAR)
        if len(anchors):
            at = np.argmax(weights, axis=1)
            heaviest = distance[np.arange(self.size), at]
        return np.column_stack(
            [
                self._first,
                scores,
                best_score[of] - scores,
                country_share,
                region_share,
                np.log10(1.0 + nearest),
                *near,
                np.log10(1.0 + self._to(self.previous, best)),
                np.log10(1.0 + self._to(self.next, best)),
                np.log10(1.0 + self._to_head(best)),
                np.log10(1.0 + heaviest),
                np.where(self.county < 0, -1.0, county_share),
                *[(mass_any * np.exp(-apart / km)).sum(axis=1) for km in (30.0, 100.0)],
            ]
        ).astype(np.float64)

    def _likeliest(self, scores: NDArray[np.float64]) -> NDArray[np.int64]:
        """The few best senses of every name that are points: no country, no sea."""
        order = np.lexsort((-scores, self.of))
        ranks = np.arange(self.size) - self.starts[self.of]  # rows of a group stand together
        kept = order[ranks < _ANY]
        point = (self.level[kept] != COUNTRY) & (self.book.marks[self.rows[kept]] == 0)
        few: NDArray[np.int64] = np.sort(kept[point])
        return few

    def _share(
        self, values: NDArray[np.int64], key: NDArray[np.int64], mass: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Share of the belief in other names that falls on the same value."""
        unique, number = np.unique(values, return_inverse=True)
        table = np.zeros((len(unique), len(self.key_number)))
        np.add.at(table, (number, key), mass)
        whole = table.sum()
        by_key = table.sum(axis=0)
        others = table.sum(axis=1)[number] - table[number, key]
        rest = whole - by_key[key]
        return np.where(rest > 1e-9, others / np.maximum(rest, 1e-9), 0.0)

    def _distances(self, anchors: NDArray[np.int64]) -> NDArray[np.float64]:
        """Kilometres from every sense to each anchor sense."""
        lat, lon = self.lat[anchors][None, :], self.lon[anchors][None, :]
        h = (
            np.sin((lat - self.lat[:, None]) / 2) ** 2
            + np.cos(lat) * np.cos(self.lat)[:, None] * np.sin((lon - self.lon[:, None]) / 2) ** 2
        )
        km: NDArray[np.float64] = 12742.0 * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
        return km

    def _to(self, neighbour: NDArray[np.int64], best: NDArray[np.int64]) -> NDArray[np.float64]:
        """Kilometres to where the neighbouring name was put."""
        at = neighbour[self.of]
        to = best[np.where(at >= 0, at, 0)]
        h = (
            np.sin((self.lat[to] - self.lat) / 2) ** 2
            + np.cos(self.lat) * np.cos(self.lat[to]) * np.sin((self.lon[to] - self.lon) / 2) ** 2
        )
        km = 12742.0 * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
        usable = (at >= 0) & (np.diff(self.starts)[np.where(at >= 0, at, 0)] > 0)
        return np.where(usable, km, _FAR)

    def _to_head(self, best: NDArray[np.int64]) -> NDArray[np.float64]:
        """Kilometres to the first town of the text that is another name."""
        towns = [
            n
            for n in range(len(self.groups))
            if len(self.groups[n].rows) and self.level[best[n]] == CITY
        ][:2]
        head = np.full(len(self.groups), -1)
        for n in range(len(self.groups)):
            for town in towns:
                if self.groups[town].key != self.groups[n].key:
                    head[n] = town
                    break
        return self._to(head, best)
