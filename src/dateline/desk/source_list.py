"""Who is cited: how often, how often alone, how often first, how often contradicted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import numpy as np

from dateline.desk.rows import incident_row, report_row, short, source_url
from dateline.desk.views import FacetValue
from dateline.desk.views_sources import SourcePage, SourceRow, SourcesPage
from dateline.errors import UnknownIdError
from dateline.ledger.codec import fold
from dateline.ledger.credited import kinds_of_names, reports_citing, sources_named
from dateline.ledger.listing import ALONE, CONTRADICTED, FIRST, ROOT
from dateline.ledger.records import IncidentFilter
from dateline.model import Source

if TYPE_CHECKING:
    from dateline.desk.desk import Desk

PER_PAGE = 50
INCIDENTS_SHOWN = 50
REPORTS_SHOWN = 50

SORTS = {
    "incidents": "most incidents",
    "alone": "most often alone",
    "first": "most often first",
    "contradicted": "most often contradicted",
    "claims": "most claims",
    "name": "by name",
}


class _Counts(NamedTuple):
    incidents: int
    alone: int
    first: int
    contradicted: int
    claims: int
    reports: int


def _counted(desk: Desk) -> dict[str, _Counts]:
    """The figures of every source over the whole ledger."""
    matches = desk.search.match(IncidentFilter())
    columns = desk.search.index.columns()
    _, name, flags, claims, reports = matches.cited()
    size = len(columns.names.names)

    def times(flag: int) -> list[int]:
        counted: list[int] = np.bincount(name[(flags & flag) > 0], minlength=size).tolist()
        return counted

    figures = [times(flag) for flag in (ROOT, ALONE, FIRST, CONTRADICTED)]
    for weights in (claims, reports):
        sums = np.bincount(name, weights=weights.astype(float), minlength=size)
        figures.append([int(value) for value in sums])
    cited = np.bincount(name, minlength=size)
    return {
        label: _Counts(*(column[code] for column in figures))
        for code, label in enumerate(columns.names.names[:size])
        if label is not None and cited[code]
    }


def sources_page(desk: Desk, *, q: str, kind: str, sort: str, page: int) -> SourcesPage:
    """One page of the sources."""
    counted = _counted(desk)
    q, sort = q.strip()[:200], sort if sort in SORTS else "incidents"
    kinds = kinds_of_names(desk.ledger)
    words = fold(q)
    fitting = [name for name in counted if not words or words in fold(name)]
    by_kind: dict[str, int] = {}
    for name in fitting:
        of = kinds.get(name, "unknown")
        by_kind[of] = by_kind.get(of, 0) + 1
    if kind:
        fitting = [name for name in fitting if kinds.get(name, "unknown") == kind]
    if sort == "name":
        fitting.sort(key=lambda name: (fold(name), name))
    else:
        fitting.sort(key=lambda name: (-getattr(counted[name], sort), -counted[name].claims, name))
    pages = max(1, -(-len(fitting) // PER_PAGE))
    number = max(1, min(page, pages))
    shown = fitting[(number - 1) * PER_PAGE : number * PER_PAGE]
    known = {source.name: source for source in sources_named(desk.ledger, shown)}

    def link(**changes: object) -> str:
        given = {"q": q, "kind": kind, "sort": sort, "page": number, **changes}
        told = {
            k: v for k, v in given.items() if v not in ("", 1) and (k, v) != ("sort", "incidents")
        }
        return "/sources" + ("?" + urlencode(told, errors="replace") if told else "")

    return SourcesPage(
        q=q,
        kind=kind,
        kinds=tuple(
            FacetValue(
                value=of,
                label=of.replace("_", " "),
                count=count,
                url=link(kind="" if of == kind else of, page=1),
                chosen=of == kind,
            )
            for of, count in sorted(by_kind.items(), key=lambda item: (-item[1], item[0]))
        ),
        sort=sort,
        sorts=tuple(
            FacetValue(value=s, label=label, count=0, url=link(sort=s, page=1), chosen=s == sort)
            for s, label in SORTS.items()
        ),
        rows=tuple(_row(name, counted[name], known.get(name)) for name in shown),
        total=len(fitting),
        page=number,
        pages=pages,
        next_url=link(page=number + 1) if number < pages else None,
        previous_url=link(page=number - 1) if number > 1 else None,
    )


def source_page(desk: Desk, name: str) -> SourcePage:
    """One source with its incidents and reports, the newest first.

    Raises UnknownIdError for a name nobody is cited under.
    """
    counted = _counted(desk)
    known = {source.name: source for source in sources_named(desk.ledger, [name[:1000]])}
    if name not in counted and name not in known:
        raise UnknownIdError(f"nobody is cited as {short(name, 80)!r}")
    matches = desk.search.match(IncidentFilter(source=name)) if name in counted else None
    ids = matches.ids("newest", 0, INCIDENTS_SHOWN) if matches else []
    figures = counted.get(name, _Counts(0, 0, 0, 0, 0, 0))
    return SourcePage(
        source=_row(name, figures, known.get(name)),
        incidents=tuple(incident_row(incident) for incident in desk.search.incidents(ids)),
        incidents_total=matches.total if matches else 0,
        reports=tuple(report_row(e) for e in reports_citing(desk.ledger, name, REPORTS_SHOWN)),
    )


def _row(name: str, counts: _Counts, source: Source | None) -> SourceRow:
    return SourceRow(
        name=short(name),
        url=source_url(name),
        kind=source.kind if source else "unknown",
        guessed=source.guessed if source else True,
        affiliation=short(source.affiliation) if source and source.affiliation else None,
        parent=short(source.parent) if source and source.parent else None,
        aliases=_aliases(source.aliases) if source else (),
        incidents=counts.incidents,
        alone=counts.alone,
        first=counts.first,
        contradicted=counts.contradicted,
        reports=counts.reports,
        claims=counts.claims,
        incidents_url="/incidents?" + urlencode({"source": name}, errors="replace"),
    )


def _aliases(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(short(name, 80) for name in list(names)[:12])
