"""The list of incidents: from a query string to a filter, from a filter to a page."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast
from urllib.parse import urlencode

from msgspec.structs import asdict, replace
from starlette.datastructures import QueryParams

from dateline.desk.desk import Desk
from dateline.desk.exporting import format_links
from dateline.desk.rows import incident_row, short
from dateline.desk.views import FacetValue, IncidentRow
from dateline.desk.views_list import (
    Facets,
    FilterView,
    Histogram,
    HistogramBin,
    IncidentsPage,
    MapData,
    MapPoint,
    Option,
)
from dateline.desk.wording import (
    country_code,
    country_words,
    effect_words,
    type_options,
    type_words,
)
from dateline.ledger.records import IncidentFilter
from dateline.ledger.search import Box, Matches
from dateline.model import EFFECTS, GRADES

PER_PAGE = 50
MOST_PER_PAGE = 500
_MOST_PAGES = 100_000

SORTS: dict[str, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "killed": "most killed",
    "injured": "most injured",
    "sources": "most sources",
}


def parse_filter(given: QueryParams) -> tuple[FilterView, str | None]:
    """The filter of a query string; what cannot be used is left out, and said."""
    wrong: list[str] = []

    def day(name: str) -> dt.date | None:
        value = given.get(name, "").strip()
        if not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            wrong.append(f"{name} is no date like 2024-07-31")
            return None

    def whole(name: str, least: int, most: int) -> int | None:
        value = given.get(name, "").strip()
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            wrong.append(f"{name} is no whole number")
            return None
        return max(least, min(most, int(value)))

    def choice(name: str, among: tuple[str, ...], what: str) -> str:
        value = given.get(name, "").strip()
        if value and value not in among:
            wrong.append(f"{short(value, 40)} is no {what}")
            return ""
        return value

    def words(name: str) -> str:
        return given.get(name, "").strip()[:300]

    country = words("country")
    code = country_code(country) if country else ""
    if code is None:
        wrong.append(f"no country is called {short(country, 40)}")
    found = FilterView(
        q=words("q"),
        since=day("since"),
        until=day("until"),
        place=words("place"),
        country=code or "",
        type=words("type")[:60],
        grade=choice("grade", GRADES, "grade"),
        effect=choice("effect", EFFECTS, "effect"),
        min=whole("min", 0, 10**12),
        source=words("source"),
        disputed=given.get("disputed", "") in _YES,
        review=given.get("review", "") in _YES,
        background=cast(
            Literal["", "only", "none"],
            choice("background", ("only", "none"), "choice for background"),
        ),
        sort=choice("sort", tuple(SORTS), "order") or "newest",
        page=whole("page", 1, _MOST_PAGES) or 1,
        per=whole("per", 1, MOST_PER_PAGE) or PER_PAGE,
    )
    return found, "; ".join(wrong) + ", so it was left out." if wrong else None


_YES = ("1", "on", "true", "yes")


_DEFAULTS = asdict(FilterView())


def query_string(wanted: FilterView, **changes: object) -> str:
    """The query string of a view: what differs from the defaults, in a fixed order."""
    told = asdict(replace(wanted, **changes))
    pairs = []
    for name, value in told.items():
        if value == _DEFAULTS[name] or value is None or value == "":
            continue
        pairs.append((name, "1" if value is True else str(value)))
    return urlencode(pairs, errors="replace")


def url(wanted: FilterView, path: str = "/incidents", **changes: object) -> str:
    """The link to a view."""
    query = query_string(wanted, **changes)
    return f"{path}?{query}" if query else path


def match(desk: Desk, wanted: FilterView) -> Matches:
    """The incidents that pass."""
    return desk.search.match(wanted, desk.review_ids())


def rows_of(desk: Desk, matches: Matches, ids: list[str]) -> tuple[IncidentRow, ...]:
    """Incidents as lines of a list."""
    review = matches.needs_review(ids)
    return tuple(
        incident_row(incident, needs_review=incident.id in review)
        for incident in desk.search.incidents(ids)
    )


def incidents_page(desk: Desk, wanted: FilterView, note: str | None = None) -> IncidentsPage:
    """The page of a filter."""
    matches = match(desk, wanted)
    if "q" in matches.ignored:
        said = "There are no words to look for in the search."
        note = f"{note} {said}" if note else said
    pages = max(1, -(-matches.total // wanted.per))
    number = min(wanted.page, pages)
    offset = (number - 1) * wanted.per
    rows = rows_of(desk, matches, matches.ids(wanted.sort, offset, wanted.per))
    at = replace(wanted, page=number)
    first = replace(at, page=1)
    facets = _facets(matches, first)
    return IncidentsPage(
        filter=at,
        rows=rows,
        total=matches.total,
        ledger_total=matches.ledger_total,
        first=offset + 1 if rows else 0,
        last=offset + len(rows),
        pages=pages,
        facets=facets,
        histogram=_histogram(matches, first),
        chips=_chips(first),
        sorts=tuple(
            FacetValue(
                value=name,
                label=label,
                count=0,
                url=url(first, sort=name),
                chosen=name == wanted.sort,
            )
            for name, label in SORTS.items()
        ),
        types=type_options(),
        grades=tuple(Option(value=grade, label=grade) for grade in GRADES),
        effects=tuple(Option(value=effect, label=effect_words(effect)) for effect in EFFECTS),
        countries=_countries(desk),
        exports=format_links(query_string(first, per=_DEFAULTS["per"])),
        permalink=url(at),
        next_url=url(at, page=number + 1) if number < pages else None,
        previous_url=url(at, page=number - 1) if number > 1 else None,
        map_url=url(first, "/api/v1/incidents/map"),
        feed_url=url(first, "/feed.atom", sort="newest"),
        note=note,
    )


def _countries(desk: Desk) -> tuple[Option, ...]:
    listed = [
        Option(value=code, label=country_words(code) or code)
        for code, _ in desk.search.match(IncidentFilter()).facet("country")
    ]
    return tuple(sorted(listed, key=lambda option: option.label))


def _facets(matches: Matches, wanted: FilterView) -> Facets:
    labels = {
        "country": lambda value: country_words(value) or value,
        "type": type_words,
        "grade": lambda value: value,
        "effect": effect_words,
    }

    def values(name: str) -> tuple[FacetValue, ...]:
        chosen = getattr(wanted, name)
        return tuple(
            FacetValue(
                value=value,
                label=labels[name](value),
                count=count,
                url=url(wanted, **{name: "" if value == chosen else value}),
                chosen=value == chosen,
            )
            for value, count in matches.facet(name)
        )

    return Facets(
        country=values("country"),
        type=values("type"),
        grade=values("grade"),
        effect=values("effect"),
        disputed=matches.count_disputed(),
        review=matches.count_review(),
    )


def _histogram(matches: Matches, wanted: FilterView) -> Histogram:
    step, bins, undated = matches.timeline()
    return Histogram(
        step=step,
        bins=tuple(
            HistogramBin(
                start=start,
                end=end,
                label=_bin_label(step, start, end),
                count=count,
                killed=killed,
                url=url(wanted, since=start, until=end),
            )
            for start, end, count, killed in bins
        ),
        undated=undated,
    )


def _bin_label(step: str, start: dt.date, end: dt.date) -> str:
    match step:
        case "day":
            return start.isoformat()
        case "week":
            return f"{start.isoformat()} to {end.isoformat()}"
        case "month":
            return f"{start.year:04}-{start.month:02}"
        case "year":
            return f"{start.year:04}"
        case _:
            return f"{start.year:04} to {end.year:04}"


_CHIPS = {
    "q": "words",
    "since": "from",
    "until": "until",
    "place": "place",
    "country": "country",
    "type": "type",
    "grade": "grade",
    "effect": "effect",
    "min": "at least",
    "source": "source",
    "disputed": "disputed only",
    "review": "needs review",
    "background": "earlier incidents",
}


def _chips(wanted: FilterView) -> tuple[FacetValue, ...]:
    chips = []
    for name, label in _CHIPS.items():
        value = getattr(wanted, name)
        if value == _DEFAULTS[name]:
            continue
        words = str(value)
        if name == "country":
            words = country_words(value) or value
        elif name == "type":
            words = type_words(value)
        shown = label if value is True else f"{label}: {short(words, 60)}"
        chips.append(
            FacetValue(
                value=name,
                label=shown,
                count=0,
                url=url(wanted, **{name: _DEFAULTS[name]}),
                chosen=True,
            )
        )
    return tuple(chips)


def map_data(desk: Desk, wanted: FilterView, box: Box | None, zoom: float) -> MapData:
    """All matches on the map."""
    effect = wanted.effect or "killed"
    placed = match(desk, wanted).cells(effect, box, zoom)
    singles = {
        incident.id: incident
        for incident in desk.search.incidents([c.id for c in placed.cells if c.id])
    }
    points = []
    for cell in placed.cells:
        row = incident_row(singles[cell.id]) if cell.id in singles else None
        points.append(
            MapPoint(
                lat=cell.lat,
                lon=cell.lon,
                count=cell.incidents,
                best=cell.best,
                low=cell.low,
                high=cell.high,
                id=cell.id,
                title=f"{row.date_words}, {row.type_words}, {row.place_words}" if row else None,
                grade=cell.grade,
                prec=cell.prec,
            )
        )
    return MapData(
        effect=effect,
        matches=placed.matches,
        placed=placed.placed,
        unplaced=placed.matches - placed.placed,
        inside=placed.inside,
        clustered=any(cell.incidents > 1 for cell in placed.cells),
        bounds=placed.bounds,
        points=tuple(points),
    )
