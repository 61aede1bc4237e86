"""What the pages of sources, of statistics and of pasted texts show."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.desk.views import (
    ClaimGroup,
    ClaimView,
    FacetValue,
    IncidentRow,
    Pair,
    ReportPage,
    ReportRow,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRow:
    """How one source is cited, over incidents: in how many it is an independent source, how
    many of those alone (no other one) and first (in the earliest reports), and in how many
    contradicted (on a side of a dispute, be it no figure's); ``reports`` and ``claims`` count
    where it is in a chain.
    """

    name: str
    url: str
    kind: str
    guessed: bool
    affiliation: str | None
    parent: str | None
    aliases: tuple[str, ...]
    incidents: int
    alone: int
    first: int
    contradicted: int
    reports: int
    claims: int
    incidents_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesPage:
    """Who is cited."""

    q: str
    kind: str
    kinds: tuple[FacetValue, ...]
    sort: str
    sorts: tuple[FacetValue, ...]
    rows: tuple[SourceRow, ...]
    total: int
    page: int
    pages: int
    next_url: str | None
    previous_url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcePage:
    """One source: its figures, incidents and newest claims."""

    source: SourceRow
    incidents: tuple[IncidentRow, ...]
    incidents_total: int
    reports: tuple[ReportRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StatisticRow:
    """A figure over a period or an area, apart from every incident's toll."""

    claim: ClaimView
    number_words: str
    what: str
    min: int | None
    max: int | None
    ratio: float | None
    period: str | None
    area: str | None
    effect: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatisticsPage:
    """All statistics, the newest report first."""

    q: str
    rows: tuple[StatisticRow, ...]
    total: int
    page: int
    pages: int
    next_url: str | None
    previous_url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PastedIncident:
    """An incident of the pasted text, and what is known already that it would join.

    ``known`` are incidents of the ledger, the likeliest first, with the pair that speaks
    for it; ``joins`` the id of the one it would become part of, None for a new one.
    """

    row: IncidentRow
    claims: tuple[ClaimGroup, ...]
    joins: IncidentRow | None
    known: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PasteResult:
    """What was read from a pasted text, before it is kept.

    ``token`` goes into the form that keeps it. ``already`` is the report of the ledger
    with the same text.
    """

    token: str
    report: ReportPage
    incidents: tuple[PastedIncident, ...]
    already: ReportRow | None
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PasteForm:
    """What was typed, so that nothing is lost after an error."""

    text: str = ""
    address: str = ""
    title: str = ""
    publisher: str = ""
    published_at: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PastePage:
    """The form, and the result once there is one. ``may_fetch``: addresses are allowed."""

    form: PasteForm
    may_fetch: bool
    max_bytes: int
    result: PasteResult | None = None
    error: str | None = None
