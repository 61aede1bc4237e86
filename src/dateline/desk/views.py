"""What the pages show: frozen values, ready for a template or for JSON, no logic.

Text in here is as the report has it: templates escape it, and set it apart with
``<bdi>`` or ``unicode-bidi: isolate``. Addresses are given only where they are http or
https. Dates are days; ``*_words`` is the same for people.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class User:
    """Who looks: ``role`` is reader, reviewer or admin; ``local`` without accounts."""

    name: str
    role: str
    local: bool = False

    @property
    def may_review(self) -> bool:
        """Whether decisions and pasted texts are taken from this person."""
        return self.role in ("reviewer", "admin")


# Incidents as a list


@dataclass(frozen=True, kw_only=True, slots=True)
class TollView:
    """One effect of one incident; None where nothing sets the bound.

    ``rule`` says in words how the figures came about, ``claims`` are the ids behind them.
    """

    effect: str
    low: int | None
    best: int | None
    high: int | None
    words: str
    rule: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentRow:
    """One incident in a list."""

    id: str
    url: str
    type: str
    type_words: str
    date_start: dt.date | None
    date_end: dt.date | None
    date_precision: str | None
    date_words: str
    place_words: str
    place_kind: str | None
    country: str | None
    country_name: str | None
    lat: float | None
    lon: float | None
    tolls: tuple[TollView, ...]
    killed: TollView | None
    injured: TollView | None
    grade: str
    grade_reason: str
    independent: int
    documents: int
    disputes: tuple[str, ...]
    needs_review: bool
    background: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetValue:
    """One value of a facet: how many match, its link, whether it is chosen."""

    value: str
    label: str
    count: int
    url: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FormatLink:
    """A format the present filter can be exported in."""

    name: str
    label: str
    url: str


# Claims


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLink:
    """One name in a chain of sources, from the publisher in to the root."""

    name: str
    kind: str
    guessed: bool
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgementView:
    """What a person decided; ``undo_of`` is the judgement it takes back.

    ``standing`` is False once it was undone. ``subjects`` are ids, ``links`` leads to
    those that have a page, in the same order ("" for none).
    """

    id: int
    kind: str
    kind_words: str
    author: str
    at: dt.datetime
    note: str
    subjects: tuple[str, ...]
    links: tuple[str, ...]
    body_words: str
    standing: bool
    undo_of: int | None
    may_undo: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimView:
    """One claim with its words. ``url`` leads to its words in the report.

    ``verdict`` is right, wrong or corrected where a person said so, else "".
    ``before``/``after`` are some words around the quote.
    """

    id: str
    kind: str
    question: str
    words: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    chains: tuple[tuple[ChainLink, ...], ...]
    modality: str
    document_id: str
    document_title: str
    publisher: str | None
    published_at: dt.date | None
    url: str
    rule: str
    score: float | None
    verdict: str
    corrected_words: str
    judgements: tuple[JudgementView, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimGroup:
    """The claims that answer one question (how many, who, where, when, with what …)."""

    question: str
    title: str
    claims: tuple[ClaimView, ...]


# One incident


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One line of the facts: label, value in words, why."""

    label: str
    words: str
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeSideView:
    """One side: what is said, by whom, in which claims."""

    says: str
    chains: tuple[tuple[ChainLink, ...], ...]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeView:
    """Claims that cannot both be true."""

    about: str
    title: str
    sides: tuple[DisputeSideView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TollPoint:
    """One figure as it was told, for the chart of how the toll rose; day None if unknown."""

    day: dt.date | None
    effect: str
    min: int | None
    max: int | None
    root: str
    words: str
    claim: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """One report in a list; ``original_id`` is the report it copies, ``how`` in words."""

    id: str
    url: str
    title: str
    publisher: str | None
    published_at: dt.date | None
    published_how: str
    address: str | None
    language: str | None
    claims: int
    mentions: int
    withdrawn: str | None = None
    original_id: str | None = None
    copy_how: str = ""
    roots: tuple[str, ...] = ()
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphNode:
    """A report (``kind`` = report) or a source somebody names."""

    id: str
    label: str
    kind: str
    url: str
    independent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphEdge:
    """``source`` takes from ``target``: a copy (``how`` says which) or a citation."""

    source: str
    target: str
    kind: str
    how: str = ""
    share: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """Who took from whom."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NearbyView:
    """Another incident near by; ``days`` < 0 for an earlier one, None if undated."""

    row: IncidentRow
    days: int | None
    km: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two mentions of one incident, or of two, and how much speaks for one incident.

    ``weight`` is in doublings of the odds, ``probability`` between 0 and 1; ``reasons``
    are (question, finding, "this / that", weight).
    """

    a: MentionView
    b: MentionView
    weight: float
    probability: float
    verdict: str
    reasons: tuple[tuple[str, str, str, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MentionView:
    """One report's account of an incident."""

    id: str
    incident_id: str | None
    incident_url: str | None
    report: ReportRow
    date_words: str
    place_words: str
    type_words: str
    tolls_words: str
    words: str
    background: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentPage:
    """One incident whole. ``seen`` is the number of the last judgement known to this page.

    A form that decides carries it as ``seen``. ``former_id`` is set where another id led
    here. ``status`` is confirmed, discounted or "", by a person. ``policy`` is the one
    that the tolls were added up by, one of ``policies``.
    """

    row: IncidentRow
    former_id: str | None
    status: str
    facts: tuple[Fact, ...]
    policy: str
    policies: tuple[str, ...]
    tolls: tuple[TollView, ...]
    perpetrator_tolls: tuple[TollView, ...]
    groups: tuple[ClaimGroup, ...]
    disputes: tuple[DisputeView, ...]
    toll_points: tuple[TollPoint, ...]
    reports: tuple[ReportRow, ...]
    mentions: tuple[MentionView, ...]
    independent_sources: tuple[ChainLink, ...]
    graph: Graph
    earlier: tuple[NearbyView, ...]
    later: tuple[NearbyView, ...]
    judgements: tuple[JudgementView, ...]
    review: tuple[ReviewItem, ...]
    exports: tuple[FormatLink, ...]
    seen: int


# One report


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stretch of the text under the same claims.

    ``claims`` are the ids of all claims over it, the innermost last; ``begins`` those
    whose words begin here (give the element the id ``claim-<id>``); ``kinds`` their
    kinds. Plain text has none. ``furniture`` is page furniture, never a claim.
    """

    text: str
    start: int
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    furniture: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPage:
    """One report as published, with its claims in place.

    Segments cover ``text[part_start:part_end]`` without a gap; a long text comes in
    ``parts``, and ``note`` says so.
    """

    report: ReportRow
    external_id: str | None
    warnings: tuple[str, ...]
    segments: tuple[Segment, ...]
    claims: tuple[ClaimView, ...]
    statistics: tuple[ClaimView, ...]
    incidents: tuple[IncidentRow, ...]
    sources: tuple[ChainLink, ...]
    length: int
    part: int
    parts: int
    part_start: int
    part_end: int
    next_url: str | None
    previous_url: str | None
    focus: str | None
    note: str | None
    judgements: tuple[JudgementView, ...]
    seen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsPage:
    """All reports, or those in which words are found."""

    q: str
    rows: tuple[ReportRow, ...]
    total: int
    page: int
    pages: int
    next_url: str | None
    previous_url: str | None
    note: str | None = None


# Review


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A decision on offer: ``name`` is the value of the button ``action``, ``key`` its key.

    ``fields`` are further inputs it needs ("note", "value").
    """

    name: str
    label: str
    key: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewItem:
    """Something for a person to decide.

    ``kind``: duplicate (two incidents that may be one), join (one incident that may be
    two), dispute (a disputed toll), claim (a claim read with a low score), statistic (a
    figure over a period nobody looked at yet). ``subjects`` go into the form as repeated
    ``subject`` fields; ``seen`` as ``seen``.
    """

    id: str
    kind: str
    title: str
    why: str
    score: float
    subjects: tuple[str, ...]
    actions: tuple[Action, ...]
    seen: int
    pair: Pair | None = None
    incidents: tuple[IncidentRow, ...] = ()
    dispute: DisputeView | None = None
    claim: ClaimView | None = None
    judgements: tuple[JudgementView, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewPage:
    """The queue. ``conflict`` is what somebody else decided meanwhile, else empty.

    With a conflict ``items`` has the one item, to be decided again, and ``attempt`` what
    was chosen. ``done`` is the judgement just made, for an undo button.
    """

    kind: str
    kinds: tuple[FacetValue, ...]
    items: tuple[ReviewItem, ...]
    total: int
    page: int
    pages: int
    next_url: str | None
    previous_url: str | None
    recent: tuple[JudgementView, ...]
    conflict: tuple[JudgementView, ...] = ()
    attempt: str = ""
    done: JudgementView | None = None
    pending: int = 0


# Around every page


@dataclass(frozen=True, kw_only=True, slots=True)
class LoginPage:
    """The form to log in; ``next`` is a path of this desk to go on to."""

    next: str
    name: str = ""
    error: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrorPage:
    """An error for people: ``code`` as in docs/errors.md, never a stack trace."""

    status: int
    code: str
    title: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chrome:
    """What every page has around it."""

    ledger: str
    version: str
    accounts: bool
    section: str
    review_count: int = 0
    notices: tuple[str, ...] = field(default=())
