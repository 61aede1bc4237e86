"""The JSON forms that other programs rely on; DESIGN calls them the contract.

``read_line`` is one line of ``dateline read --format jsonl``, ``incident_line`` one of
``dateline incidents --format jsonl``. The structs below are their only definition: the
JSON Schemas in docs/schema are generated from them, and the tests hold both together.
Fields are only ever added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from dateline.export.lines import json_line
from dateline.model import (
    VALUE_TYPES,
    Attribution,
    Chain,
    Claim,
    Dispute,
    Effect,
    Incident,
    PerpetratorValue,
    Place,
    PublishedHow,
    Reading,
    Review,
    Span,
    StatisticValue,
    Timex,
    Toll,
    WeaponValue,
)

_NO_TOLL = Toll(low=None, best=None, high=None)


class DocumentOut(msgspec.Struct, frozen=True, kw_only=True):
    """The document as read; offsets everywhere else point into ``text``."""

    id: str
    external_id: str | None
    path: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published_at: dt.date | None
    published_how: PublishedHow
    reposted_from: str | None
    language: str | None
    text: str
    furniture: tuple[Span, ...]


class AttributionOut(msgspec.Struct, frozen=True, kw_only=True):
    """Hulls of source, cue and content (null where not found), and their pieces.

    ``chain`` is the first of ``chains``; there are more where several sources share one
    attribution.
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    source_pieces: tuple[Span, ...]
    cue_pieces: tuple[Span, ...]
    content_pieces: tuple[Span, ...]
    chain: Chain
    chains: tuple[Chain, ...]


class TimeOut(msgspec.Struct, frozen=True, kw_only=True):
    """A TIMEX3."""

    span: Span
    type: str
    value: str


class PlaceOut(msgspec.Struct, frozen=True, kw_only=True):
    """A toponym, or the place of an incident (``span`` is null there)."""

    span: Span | None
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    geonames_id: int | None
    where_prec: int | None
    site: str | None


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Why a claim was made: the words of its evidence, and what its rule looks for."""

    words: str
    looks_for: str


class ClaimOut(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its evidence span and the chain of those who say it.

    ``value`` is the value struct of the claim's kind (``model.VALUE_TYPES``). ``rule``
    names what made it (the table in docs/reading.md); ``score`` is the probability, from
    0 to 1, that it is right, null for kinds on which that was not measured.
    ``explained`` is there with ``--explain`` only.
    """

    id: str
    kind: str
    span: Span
    value: Any
    chain: Chain
    chains: tuple[Chain, ...]
    modality: str
    incident: int | None
    rule: str
    score: float | None
    explained: Explained | msgspec.UnsetType = msgspec.UNSET


class DateOut(msgspec.Struct, frozen=True, kw_only=True):
    """First and last possible day of an incident, and the precision told."""

    start: dt.date
    end: dt.date
    precision: str


class TollOut(msgspec.Struct, frozen=True, kw_only=True):
    """Null means that no claim sets the figure; it is never zero by default."""

    low: int | None
    best: int | None
    high: int | None
    rule: str


class ReadIncidentOut(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as one document tells it.

    ``review`` names the figures that were too unsure to count, and why.
    """

    type: str
    background: bool
    date: DateOut | None
    place: PlaceOut | None
    killed: TollOut
    injured: TollOut
    tolls: dict[Effect, TollOut]
    perpetrator_tolls: dict[Effect, TollOut]
    perpetrators: tuple[PerpetratorValue, ...]
    weapons: tuple[WeaponValue, ...]
    disputes: tuple[Dispute, ...]
    review: tuple[Review, ...]
    independent_sources: tuple[str, ...]
    grade: str
    grade_reason: str


class StatisticOut(msgspec.Struct, frozen=True, kw_only=True):
    """A figure over a period or an area, with the id of its claim."""

    claim: str
    span: Span
    value: StatisticValue
    chain: Chain
    modality: str


class ReadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``dateline read --format jsonl``."""

    document: DocumentOut
    attributions: tuple[AttributionOut, ...]
    times: tuple[TimeOut, ...]
    places: tuple[PlaceOut, ...]
    claims: tuple[ClaimOut, ...]
    incidents: tuple[ReadIncidentOut, ...]
    statistics: tuple[StatisticOut, ...]
    warnings: tuple[str, ...]


class IncidentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of ``dateline incidents --format jsonl``.

    ``documents`` holds external ids, or ids where a document came without one.
    """

    id: str
    type: str
    background: bool
    date: DateOut | None
    place: PlaceOut | None
    documents: tuple[str, ...]
    killed: TollOut
    injured: TollOut
    tolls: dict[Effect, TollOut]
    perpetrator_tolls: dict[Effect, TollOut]
    independent_sources: int
    sources: tuple[str, ...]
    grade: str
    grade_reason: str
    perpetrators: tuple[PerpetratorValue, ...]
    weapons: tuple[WeaponValue, ...]
    disputes: tuple[Dispute, ...]
    review: tuple[Review, ...]
    nearby: tuple[str, ...]


def read_line(reading: Reading, rules: Mapping[str, str] | None = None) -> ReadLine:
    """The contract form of a reading; encode it with :func:`encode`.

    ``rules`` says in words what each rule looks for; with it the claims are explained.
    """
    document = reading.document
    return ReadLine(
        document=DocumentOut(
            **{name: getattr(document, name) for name in DocumentOut.__struct_fields__}
        ),
        attributions=tuple(map(_attribution, reading.attributions)),
        times=tuple(map(_time, reading.times)),
        places=tuple(map(_place, reading.places)),
        claims=tuple(_claim(claim, document.text, rules) for claim in reading.claims),
        incidents=tuple(map(_read_incident, reading.incidents)),
        statistics=tuple(
            StatisticOut(
                claim=claim.id,
                span=claim.span,
                value=claim.value,
                chain=_first(claim.chains),
                modality=claim.modality,
            )
            for claim in reading.statistics
            if isinstance(claim.value, StatisticValue)
        ),
        warnings=reading.warnings,
    )


def incident_line(incident: Incident, document_names: Mapping[str, str]) -> IncidentLine:
    """The contract form of a ledger's incident.

    ``document_names`` maps document ids to what to show for them (the external id).
    """
    return IncidentLine(
        id=incident.id,
        type=incident.type,
        background=incident.background,
        date=_date(incident),
        place=_place(incident.place) if incident.place else None,
        documents=tuple(document_names.get(d, d) for d in incident.documents),
        killed=_toll(incident.tolls.get("killed", _NO_TOLL)),
        injured=_toll(incident.tolls.get("injured", _NO_TOLL)),
        tolls=_tolls(incident.tolls),
        perpetrator_tolls=_tolls(incident.perpetrator_tolls),
        independent_sources=len(incident.independent_sources),
        sources=incident.independent_sources,
        grade=incident.grade,
        grade_reason=incident.grade_reason,
        perpetrators=incident.perpetrators,
        weapons=incident.weapons,
        disputes=incident.disputes,
        review=incident.review,
        nearby=incident.nearby,
    )


def encode(line: ReadLine | IncidentLine) -> bytes:
    """One JSON object without a line break, the same bytes for the same value.

    Lone surrogates, which no JSON text may hold, become U+FFFD; that keeps one
    character one character, so the offsets stay right.
    """
    return json_line(line)


def schema(kind: type[ReadLine] | type[IncidentLine]) -> bytes:
    """The JSON Schema (2020-12) of a line, as kept in docs/schema."""
    values = list(VALUE_TYPES.values())
    (top, *value_refs), components = msgspec.json.schema_components(
        [kind, *values], ref_template="#/$defs/{name}"
    )
    if "ClaimOut" in components:
        # A union of structs has no tag in the contract: the claim's kind is the tag.
        components["ClaimOut"]["allOf"] = [
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"properties": {"value": ref}},
            }
            for name, ref in zip(VALUE_TYPES, value_refs, strict=True)
        ]
        components["ClaimOut"]["properties"]["kind"] = {"enum": list(VALUE_TYPES)}
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "$defs": components,
    }
    return msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=2) + b"\n"


def _hull(pieces: tuple[Span, ...]) -> Span | None:
    return Span(pieces[0].start, max(p.end for p in pieces)) if pieces else None


def _first(chains: tuple[Chain, ...]) -> Chain:
    return chains[0] if chains else ()


def _attribution(attribution: Attribution) -> AttributionOut:
    return AttributionOut(
        source=_hull(attribution.source),
        cue=_hull(attribution.cue),
        content=_hull(attribution.content),
        source_pieces=attribution.source,
        cue_pieces=attribution.cue,
        content_pieces=attribution.content,
        chain=_first(attribution.chains),
        chains=attribution.chains,
    )


def _time(timex: Timex) -> TimeOut:
    return TimeOut(span=timex.span, type=timex.type, value=timex.value)


def _place(place: Place) -> PlaceOut:
    return PlaceOut(**{name: getattr(place, name) for name in PlaceOut.__struct_fields__})


def _claim(claim: Claim, text: str, rules: Mapping[str, str] | None) -> ClaimOut:
    explained: Explained | msgspec.UnsetType = msgspec.UNSET
    if rules is not None:
        explained = Explained(
            words=text[claim.span.start : claim.span.end], looks_for=rules.get(claim.rule, "")
        )
    return ClaimOut(
        id=claim.id,
        kind=claim.kind,
        span=claim.span,
        value=claim.value,
        chain=_first(claim.chains),
        chains=claim.chains,
        modality=claim.modality,
        incident=claim.incident,
        rule=claim.rule,
        score=claim.score,
        explained=explained,
    )


def _date(incident: Incident) -> DateOut | None:
    date = incident.date
    return DateOut(start=date.start, end=date.end, precision=date.precision) if date else None


def _toll(toll: Toll) -> TollOut:
    return TollOut(low=toll.low, best=toll.best, high=toll.high, rule=toll.rule)


def _tolls(tolls: Mapping[Effect, Toll]) -> dict[Effect, TollOut]:
    return {effect: _toll(toll) for effect, toll in tolls.items()}


def _read_incident(incident: Incident) -> ReadIncidentOut:
    return ReadIncidentOut(
        type=incident.type,
        background=incident.background,
        date=_date(incident),
        place=_place(incident.place) if incident.place else None,
        killed=_toll(incident.tolls.get("killed", _NO_TOLL)),
        injured=_toll(incident.tolls.get("injured", _NO_TOLL)),
        tolls=_tolls(incident.tolls),
        perpetrator_tolls=_tolls(incident.perpetrator_tolls),
        perpetrators=incident.perpetrators,
        weapons=incident.weapons,
        disputes=incident.disputes,
        review=incident.review,
        independent_sources=incident.independent_sources,
        grade=incident.grade,
        grade_reason=incident.grade_reason,
    )
