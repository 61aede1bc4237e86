"""The nouns of Dateline: frozen values, no logic.

All offsets are Python character offsets into ``Document.text``, end exclusive.
The terms follow UCDP GED (precision codes, low / best / high), TimeML (TIMEX3),
PolNeAR (source, cue, content) and casualty recording practice (grades).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple, TypeAlias, get_args

import msgspec

PublishedHow = Literal["stated", "markup", "inferred", "unknown"]
Scope = Literal["violence", "harm"]
ClaimKind = Literal[
    "casualty",
    "event",
    "time",
    "place",
    "perpetrator",
    "target",
    "weapon",
    "motive",
    "charge",
    "responsibility",
    "verification",
    "statistic",
]
Effect = Literal[
    "killed", "injured", "missing", "abducted", "captured", "released", "displaced", "casualties"
]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
Who = Literal["victims", "perpetrators"]
Modality = Literal["asserted", "reported", "alleged", "hedged", "denied", "unverified"]
PlaceKind = Literal["country", "admin1", "admin2", "city", "site"]
DatePrecision = Literal["day", "week", "month", "year"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Confidence = Literal["fact", "claimed", "suspected", "accused", "possible"]
Fate = Literal["at large", "arrested", "killed", "killed by own bomb"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
GRADES: tuple[Grade, ...] = get_args(Grade)
SourceKind = Literal[
    "outlet",
    "agency",
    "channel",
    "official",
    "military",
    "armed_group",
    "monitor",
    "organisation",
    "person",
    "witness",
    "unnamed",
]

Chain: TypeAlias = tuple[str, ...]
"""Names from the publisher in to the root, as in ``("Newsweek", "TASS", "HUR")``."""


class Span(NamedTuple):
    """Character offsets into ``Document.text``, end exclusive."""

    start: int
    end: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One published text as received.

    ``id`` is a hash of the content and its origin, so the same bytes twice are one
    document. ``text`` never changes: every offset in the ledger points into it.
    ``furniture`` lists the spans of page furniture (share buttons, section labels,
    disclaimers, a caption that stands twice); nothing in them becomes a claim.
    """

    id: str
    text: str
    raw: bytes = b""
    external_id: str | None = None
    path: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: dt.date | None = None
    published_how: PublishedHow = "unknown"
    reposted_from: str | None = None
    language: str | None = None
    furniture: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Anybody credited with saying something.

    ``conduit`` marks those who mostly pass on what another body says (TASS for the
    ministries of Russia); ``guessed`` marks a kind that was concluded from the words
    and not looked up in the registry.
    """

    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    affiliation: str | None = None
    parent: str | None = None
    conduit: bool = False
    guessed: bool = False


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who says what: source, cue and content spans as in the PolNeAR corpus.

    Each role is a tuple of pieces in text order, since a content may be interrupted
    by its cue; an empty tuple means the role was not found. ``chains`` has one chain
    for each source ("the Baza and Shot channels" are two).
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    chains: tuple[Chain, ...] = ()
    score: float | None = None


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 type and value (TimeML 1.2.1).

    ``start`` and ``end`` are the first and last day the value covers, where it
    names calendar days at all.
    """

    span: Span
    type: TimexType
    value: str
    start: dt.date | None = None
    end: dt.date | None = None


class PlaceValue(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the gazetteer.

    ``name`` is the gazetteer's English name, ``admin1`` the name of the first-level
    region, ``site`` what kind of spot it was ("firing range"). ``lat``/``lon`` are
    degrees WGS 84; None where a toponym is known to be one but cannot be resolved.
    ``where_prec`` is the UCDP GED precision code (1 exact, 2 near, 3 second-level
    region, 4 first-level region, 6 country).
    """

    name: str
    kind: PlaceKind
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    geonames_id: int | None = None
    where_prec: int | None = None
    site: str | None = None


class Place(PlaceValue, frozen=True, kw_only=True):
    """A toponym of a text, resolved; ``span`` is None for a place made from several."""

    span: Span | None


class CasualtyValue(msgspec.Struct, frozen=True, kw_only=True):
    """How many were harmed, and how.

    ``min``/``max`` are None where the text sets no such bound: "at least 84" is
    (84, None), "up to 30" is (None, 30), a bare "casualties" is (None, None).
    ``exact`` is False whenever the words hedge the number; ``qualifier`` keeps the
    hedging words ("at least", "nearly", "dozens"). ``subset`` marks a part of a total
    given elsewhere ("9 of them children"); ``cumulative`` a new total of the same
    incident ("bringing the toll to 38"); ``additional`` a further figure that adds to
    an earlier one ("another 15").
    """

    effect: Effect
    min: int | None
    max: int | None
    exact: bool
    who: Who = "victims"
    group: str | None = None
    qualifier: str | None = None
    subset: bool = False
    cumulative: bool = False
    additional: bool = False


class EventValue(msgspec.Struct, frozen=True, kw_only=True):
    """What happened; ``type`` is a code of data/incident_types.toml."""

    type: str


class TimeValue(msgspec.Struct, frozen=True, kw_only=True):
    """When the incident happened."""

    start: dt.date
    end: dt.date
    precision: DatePrecision


class PerpetratorValue(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it, in the words of the report.

    ``fate``: at large, arrested, killed, killed by own bomb; None where not told.
    ``confidence``: fact, claimed, suspected, accused, possible.
    """

    description: str
    number: int | None = None
    organisation: str | None = None
    name: str | None = None
    confidence: Confidence = "fact"
    fate: Fate | None = None


class TargetValue(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what was attacked."""

    description: str
    kind: Literal["people", "thing"] = "people"
    effect: str | None = None


class WeaponValue(msgspec.Struct, frozen=True, kw_only=True):
    """With what: ``type`` is a code of data/weapons.toml, ``description`` the words."""

    type: str
    description: str


class MotiveValue(msgspec.Struct, frozen=True, kw_only=True):
    """Why, in the words of the report."""

    description: str


class ChargeValue(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is charged with or sentenced for."""

    offence: str
    sentence: str | None = None


class ResponsibilityValue(msgspec.Struct, frozen=True, kw_only=True):
    """Responsibility claimed or denied by somebody."""

    actor: str
    stance: Literal["claimed", "denied"]


class VerificationValue(msgspec.Struct, frozen=True, kw_only=True):
    """The report on its own checking ("has yet to verify", "has contacted X")."""

    status: Literal["unverified", "verified", "comment_sought"]
    by: str | None = None


class StatisticValue(msgspec.Struct, frozen=True, kw_only=True):
    """A figure over a period or an area, never part of an incident's toll.

    ``unit`` is what is counted, in the report's words ("Russian servicemen");
    ``ratio`` is set for "tenfold" and the like, where no count is given.
    """

    what: str
    min: int | None = None
    max: int | None = None
    exact: bool = True
    qualifier: str | None = None
    ratio: float | None = None
    period: str | None = None
    area: str | None = None
    effect: Effect | None = None


Value: TypeAlias = (
    CasualtyValue
    | EventValue
    | TimeValue
    | PlaceValue
    | PerpetratorValue
    | TargetValue
    | WeaponValue
    | MotiveValue
    | ChargeValue
    | ResponsibilityValue
    | VerificationValue
    | StatisticValue
)

VALUE_TYPES: dict[ClaimKind, type[msgspec.Struct]] = {
    "casualty": CasualtyValue,
    "event": EventValue,
    "time": TimeValue,
    "place": PlaceValue,
    "perpetrator": PerpetratorValue,
    "target": TargetValue,
    "weapon": WeaponValue,
    "motive": MotiveValue,
    "charge": ChargeValue,
    "responsibility": ResponsibilityValue,
    "verification": VerificationValue,
    "statistic": StatisticValue,
}


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One proposition read from one document; never edited by a machine once written.

    ``id`` is a hash of document, span, kind and value. ``chains`` has one chain for
    each source that says it. ``incident`` is the index of the document's mention the
    claim belongs to. ``rule`` names the rule or head that made it.
    """

    id: str
    kind: ClaimKind
    value: Value
    span: Span
    chains: tuple[Chain, ...] = ()
    modality: Modality = "asserted"
    incident: int | None = None
    rule: str = ""
    score: float | None = None


class IncidentDate(msgspec.Struct, frozen=True, kw_only=True):
    """First and last possible day, with the precision it was told at (UCDP ``date_prec``)."""

    start: dt.date
    end: dt.date
    precision: DatePrecision


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One document's account of one incident.

    ``background`` marks an earlier incident told as context; ``claims`` are the ids of
    its claims. ``reported_on`` is the publication date of the report, by which tolls
    are ordered.
    """

    id: str
    document_id: str
    index: int
    type: str
    date: IncidentDate | None = None
    place: Place | None = None
    background: bool = False
    span: Span | None = None
    claims: tuple[str, ...] = ()


class Toll(msgspec.Struct, frozen=True, kw_only=True):
    """Low, best and high of one effect, the rule that gave them and the claims behind them.

    None means that no claim sets that bound; it is never zero by default. ``claims`` are
    all that were weighed, ``low_claims`` and so on those behind each bound.
    """

    low: int | None
    best: int | None
    high: int | None
    rule: str = ""
    claims: tuple[str, ...] = ()
    low_claims: tuple[str, ...] = ()
    best_claims: tuple[str, ...] = ()
    high_claims: tuple[str, ...] = ()


class TollStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a toll over time: the figure one root gave in one report.

    ``low``, ``best`` and ``high`` are the toll's once the report was out;
    ``reported_on`` is None for a report without a date.
    """

    reported_on: dt.date | None
    document_id: str
    root: str
    min: int | None
    max: int | None
    low: int | None
    best: int | None
    high: int | None


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that cannot both be true, side by side."""

    about: Literal["killed", "injured", "motive", "perpetrator", "responsibility", "type", "other"]
    sides: tuple[DisputeSide, ...]


class DisputeSide(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute: what is said, by which chains, in which claims."""

    says: str
    chains: tuple[Chain, ...]
    claims: tuple[str, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a person should look at before it counts, and why."""

    claim: str
    reason: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One document that took its text from another of the same incident.

    ``share`` is how much of it, from 0 to 1, by shingles or whole sentences.
    """

    document_id: str
    original_id: str
    how: Literal["repost", "wire copy", "near-duplicate", "update"]
    share: float


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One event at one time and place: its mentions and what they add up to.

    Always recomputed from claims, links and judgements; ``id`` survives that.
    ``tolls`` has an entry for each effect any claim speaks of; ``perpetrator_tolls``
    the same for the perpetrators' own losses, which are never in the victims' toll.
    ``review`` lists the figures kept out of the tolls until somebody has looked at them.
    ``rise`` is how each of the victims' tolls with a figure came to be, report by report.
    """

    id: str
    type: str
    date: IncidentDate | None
    place: Place | None
    tolls: dict[Effect, Toll]
    perpetrator_tolls: dict[Effect, Toll] = {}
    rise: dict[Effect, tuple[TollStep, ...]] = {}
    perpetrators: tuple[PerpetratorValue, ...] = ()
    weapons: tuple[WeaponValue, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    independent_sources: tuple[str, ...] = ()
    grade: Grade = "weak"
    grade_reason: str = ""
    background: bool = False
    mentions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    review: tuple[Review, ...] = ()
    nearby: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read from one document.

    ``statistics`` are the claims of kind ``statistic`` (they are in ``claims`` too);
    ``incidents`` is empty until the pipeline has tallied the mentions.
    """

    document: Document
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Timex, ...] = ()
    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sources: tuple[Source, ...] = ()
    incidents: tuple[Incident, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def statistics(self) -> tuple[Claim, ...]:
        """The statistic claims, in text order."""
        return tuple(claim for claim in self.claims if claim.kind == "statistic")
