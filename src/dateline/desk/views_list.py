"""What the list of incidents shows beside its rows: filter, facets, timeline, map."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateline.desk.views import FacetValue, FormatLink, IncidentRow
from dateline.ledger.records import IncidentFilter


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """How the matches divide, the most frequent first; a chosen value can be taken back.

    The counts of a facet leave out its own condition, so that one can change one's mind.
    """

    country: tuple[FacetValue, ...] = ()
    type: tuple[FacetValue, ...] = ()
    grade: tuple[FacetValue, ...] = ()
    effect: tuple[FacetValue, ...] = ()
    disputed: int = 0
    review: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class HistogramBin:
    """A stretch of time, both days inclusive: incidents that began in it, and the killed."""

    start: dt.date
    end: dt.date
    label: str
    count: int
    killed: int
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Histogram:
    """The timeline: ``step`` is day, week, month, year or decade; ``undated`` is left out."""

    step: str
    bins: tuple[HistogramBin, ...]
    undated: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MapPoint:
    """A bubble: ``count`` incidents around one point; ``id`` where it is only one.

    ``best``/``low``/``high`` are the sums of the effect asked for (killed by default),
    None where no incident in it has a figure. ``prec`` is the UCDP precision of the
    place, the coarsest of several.
    """

    lat: float
    lon: float
    count: int
    best: int | None
    low: int | None
    high: int | None
    id: str | None
    title: str | None
    grade: str | None
    prec: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MapData:
    """All matches on the map: ``matches`` = ``placed`` + ``unplaced``.

    ``clustered`` is True where points stand for more than one incident. The counts of
    the points inside ``bbox`` add up to ``inside``. Nothing is left out.
    """

    effect: str
    matches: int
    placed: int
    unplaced: int
    inside: int
    clustered: bool
    bounds: tuple[float, float, float, float] | None
    points: tuple[MapPoint, ...]


class FilterView(IncidentFilter, frozen=True, kw_only=True):
    """The filter as it stands in the query string, and how its matches are shown.

    Names are those of the query parameters. ``sort`` is one of SORTS of the index,
    ``page`` counts from 1, ``per`` is rows a page.
    """

    sort: str = "newest"
    page: int = 1
    per: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A choice of a select box."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentsPage:
    """The list with all beside it. ``first``/``last`` number the rows shown, from 1.

    ``chips`` are the conditions that are set, each with the link that takes it away.
    ``map_url`` gives MapData as JSON (add ``zoom`` and ``bbox``), ``permalink`` this view.
    """

    filter: FilterView
    rows: tuple[IncidentRow, ...]
    total: int
    ledger_total: int
    first: int
    last: int
    pages: int
    facets: Facets
    histogram: Histogram
    chips: tuple[FacetValue, ...]
    sorts: tuple[FacetValue, ...]
    types: tuple[Option, ...]
    grades: tuple[Option, ...]
    effects: tuple[Option, ...]
    countries: tuple[Option, ...]
    exports: tuple[FormatLink, ...]
    permalink: str
    next_url: str | None
    previous_url: str | None
    map_url: str
    feed_url: str
    note: str | None = None
