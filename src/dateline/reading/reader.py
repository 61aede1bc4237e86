"""Runs every reader on one document and puts what they found together."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from dateline.model import (
    Attribution,
    Claim,
    Document,
    Mention,
    Place,
    Reading,
    Scope,
    Source,
    Span,
)
from dateline.reading.attribution.chains import ChainIndex, resolve_chains, sources_in
from dateline.reading.attribution.cue_join import as_heard, complement
from dateline.reading.attribution.cues import find_cued
from dateline.reading.attribution.decoding import find_attributions
from dateline.reading.attribution.fragments import within_lines
from dateline.reading.attribution.modality import modality_of
from dateline.reading.attribution.verification import find_verifications, unverified_spans
from dateline.reading.claims import (
    Placing,
    as_its_source_says,
    claim_id,
    denials_of,
    in_text_order,
    mention_id,
    told_elsewhere,
    whole_findings,
    worth_claiming,
)
from dateline.reading.confidence import Confidence, Features, probability
from dateline.reading.encoder import MODEL_FILE, WEIGHTS
from dateline.reading.finding import Finding
from dateline.reading.harm.casualties import find_figures
from dateline.reading.incidents.charges import find_charges
from dateline.reading.incidents.events import find_triggers
from dateline.reading.incidents.mentions import Account, find_accounts
from dateline.reading.incidents.motives import find_motives
from dateline.reading.incidents.perpetrators import find_perpetrators
from dateline.reading.incidents.responsibility import find_responsibility
from dateline.reading.incidents.targets import find_targets
from dateline.reading.incidents.weapons import find_weapons
from dateline.reading.places.capitals import find_capitals
from dateline.reading.places.landmarks import find_landmarks, with_landmarks
from dateline.reading.places.resolving import find_places, resolve
from dateline.reading.places.sites import find_sites
from dateline.reading.prepared import Prepared, prepare
from dateline.reading.times.expressions import find_times
from dateline.settings import current

_SHORT_YEAR = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2}(?![\d/])")  # "10/16/22"


def read_document(document: Document, scope: Scope = "violence") -> Reading:
    """Read one document: attributions, times, places, claims and one-document incidents.

    ``scope`` decides which events become mentions: "violence" armed and intentional
    violence, "harm" accidents and disasters too; claims are read in either. Claims are
    read from English only; of another language times and places are read, and a warning
    says so. ``Reading.incidents`` is left empty for the pipeline.
    """
    return read_with_features(document, scope)[0]


def read_with_features(
    document: Document, scope: Scope = "violence"
) -> tuple[Reading, dict[str, Features]]:
    """As :func:`read_document`, with what each score was made from, by claim id.

    For training and for measuring the scores; claims without a score are left out.
    """
    prepared = prepare(document)
    times = find_times(prepared, document.published_at)
    places = find_places(prepared)
    if not _is_english(document):
        return Reading(
            document=document,
            times=times,
            places=places,
            warnings=(
                *document.warnings,
                f"language {document.language}: claims are read from English only",
            ),
        ), {}
    sites = find_sites(prepared, places)
    casualties, statistics = find_figures(prepared)
    triggers = find_triggers(prepared, casualties)
    headline = _headline(prepared)
    accounts = find_accounts(
        prepared,
        triggers,
        casualties,
        times,
        with_landmarks((*places, *find_capitals(prepared)), find_landmarks(prepared)),
        sites,
        headline=_places_of_headline(prepared, headline),
        headlined=find_figures(headline)[0] if headline else (),
        reference=document.published_at,
        scope=scope,
    )
    attributions, shown = _attributions(prepared)
    verifications = find_verifications(prepared)
    unverified = unverified_spans(prepared, verifications, attributions)
    said = ChainIndex(prepared, attributions)
    elsewhere = told_elsewhere(
        prepared, accounts, casualties, statistics, times, document.published_at
    )
    placing = Placing(prepared, accounts, elsewhere)
    findings: list[tuple[Finding, int | None]] = [*whole_findings(accounts)]
    for trigger in triggers:
        owner = placing.account_of(trigger.finding)
        if worth_claiming(trigger, owner is not None):
            findings.append((trigger.finding, owner))
    for finding in (
        *casualties,
        *statistics,
        *find_perpetrators(
            prepared,
            attributions,
            home_of=placing.home_of,
            types=[account.type for account in accounts],
            places=places,
            headline=headline,
        ),
        *find_targets(prepared),
        *find_weapons(prepared),
        *find_motives(prepared),
        *find_charges(prepared),
        *find_responsibility(prepared, attributions),
        *verifications,
    ):
        if not finding.hypothetical:
            findings.append((finding, placing.account_of(finding)))
    confidence = Confidence(prepared, accounts, casualties)
    features: dict[str, Features] = {}
    claims = in_text_order(
        claim
        for found, owner in findings
        for finding in [as_its_source_says(found, said)]
        for one in [_claim(prepared, finding, owner, said, unverified, confidence, features)]
        for claim in (one, *denials_of(one, finding, prepared, said))
    )
    reading = Reading(
        document=document,
        attributions=shown,
        times=times,
        # A site ("a firing range in the region") stands on the span of the place it is in;
        # it is told with the incident, not twice among the places.
        places=places,
        claims=claims,
        mentions=_mentions(document, accounts, claims),
        sources=_sources(claims, attributions),
        warnings=(*document.warnings, *_gaps(document, accounts)),
    )
    return reading, features


def _headline(prepared: Prepared) -> Prepared | None:
    """A headline that stands outside the text, as a text of its own."""
    document = prepared.document
    if not document.title or (prepared.sentences and prepared.sentences[0].title):
        return None
    return prepare(Document(id=document.id, text=document.title, language=document.language))


def _places_of_headline(prepared: Prepared, headline: Prepared | None) -> tuple[Place, ...]:
    """The places that a headline names and the text does not; without a span.

    Which place of a name is meant is decided beside the text, where it can be.
    """
    if headline is None:
        return ()
    found = []
    for place in find_places(headline):
        name = headline.text[place.span.start : place.span.end] if place.span else ""
        if not name or name in prepared.text or place.kind == "country":
            continue
        meant = resolve(name, prepared, Span(0, 0)) or place
        found.append(msgspec.structs.replace(meant, span=None))
    return tuple(found)


def _is_english(document: Document) -> bool:
    return document.language is None or document.language.lower().startswith("en")


def _rules_alone(text: str) -> str | None:
    """Why the cue rules read a text alone, None where the learned reader joins them."""
    if not (WEIGHTS / MODEL_FILE).is_file():
        return "the learned reader is not installed: attribution by rules alone"
    # Six characters a word is more than English has, so no text within is turned away.
    if len(text) > 6 * current().encoder_words:
        return "longer than DATELINE_ENCODER_WORDS: attribution by rules alone"
    return None


def _in_one_part(prepared: Prepared, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Learned attributions outside the furniture, each within headline or body.

    The encoder sees one text: without this a headline becomes part of what the first
    source of the body says.
    """
    kept = []
    for one in attributions:
        spoken = one.cue or one.source
        home = prepared.sentence_at(spoken[0].start) if spoken else None
        content = []
        for piece in one.content:
            sentence = prepared.sentence_at(piece.start)
            if sentence is None:
                # It starts in a line of furniture ("Update, 3:15 p.m.").
                piece = _past_furniture(prepared, piece)
                sentence = prepared.sentence_at(piece.start)
            if sentence is None or (home is not None and sentence.title != home.title):
                end = _title_end(prepared, piece)
                if end is None or home is None or home.title:
                    continue
                piece = Span(end, piece.end)
            content.append(piece)
        content = within_lines(prepared, home, content)
        if content and (home is not None or not spoken):
            kept.append(msgspec.structs.replace(one, content=tuple(content)))
    return kept


def _past_furniture(prepared: Prepared, piece: Span) -> Span:
    """A piece from the first sentence on that begins in it."""
    sentences = prepared.sentences
    at = bisect.bisect_right(sentences, piece.start, key=lambda one: one.start)
    inside = at < len(sentences) and sentences[at].start < piece.end
    return Span(sentences[at].start, piece.end) if inside else piece


def _title_end(prepared: Prepared, piece: Span) -> int | None:
    """Where the body begins within a piece that starts in the headline."""
    for sentence in prepared.sentences:
        if not sentence.title:
            return sentence.start if piece.start < sentence.start < piece.end else None
    return None


def read_attributions(document: Document) -> tuple[Attribution, ...]:
    """Who says what in a document, with chains, and nothing else; English only."""
    return _attributions(prepare(document)).shown if _is_english(document) else ()


class _Said(NamedTuple):
    """Who says what: ``known``, by which claims find their chains, and as it is ``shown``."""

    known: tuple[Attribution, ...]
    shown: tuple[Attribution, ...]


def _attributions(prepared: Prepared) -> _Said:
    """Who says what, outside the furniture, with chains."""
    cued = find_cued(prepared)
    if _rules_alone(prepared.text):
        known = resolve_chains(prepared, cued)
        return _Said(known, known)
    learned = _in_one_part(prepared, find_attributions(prepared.text))
    found = complement(learned, cued, prepared.text)
    known = resolve_chains(prepared, found.attributions)
    return _Said(known, as_heard(known, found.heard))


def _claim(
    prepared: Prepared,
    finding: Finding,
    owner: int | None,
    said: ChainIndex,
    unverified: Sequence[Span],
    confidence: Confidence,
    features: dict[str, Features],
) -> Claim:
    chains, attribution = said.of(finding.anchor)
    modality = modality_of(prepared, finding, attribution, unverified)
    if (owned := said.owned_up(finding.value, finding.anchor, chains)) != chains:
        chains = owned
        modality = "reported" if modality == "asserted" else modality
    identity = claim_id(prepared.document.id, finding.span, finding.kind, finding.value)
    known = confidence.features(finding, owner, modality, chains)
    if known is not None and (owner is not None or identity not in features):
        features[identity] = known
    return Claim(
        id=identity,
        kind=finding.kind,
        value=finding.value,
        span=finding.span,
        chains=chains,
        modality=modality,
        incident=owner,
        rule=finding.rule,
        score=None if known is None else probability(finding.kind, known),
    )


def _mentions(
    document: Document, accounts: Sequence[Account], claims: Sequence[Claim]
) -> tuple[Mention, ...]:
    members: list[list[str]] = [[] for _ in accounts]
    for claim in claims:
        if claim.incident is not None:
            members[claim.incident].append(claim.id)
    return tuple(
        Mention(
            id=mention_id(document.id, index),
            document_id=document.id,
            index=index,
            type=account.type,
            date=account.date,
            place=account.place,
            background=account.background,
            span=account.span,
            claims=tuple(members[index]),
        )
        for index, account in enumerate(accounts)
    )


def _sources(claims: Sequence[Claim], attributions: Sequence[Attribution]) -> tuple[Source, ...]:
    """Every source named in a chain, by name."""
    told = [claim.chains for claim in claims] + [one.chains for one in attributions]
    return sources_in(chain for chains in told for chain in chains)


def _gaps(document: Document, accounts: Sequence[Account]) -> tuple[str, ...]:
    """What an incident lacks, in words for the user."""
    found = []
    if alone := _rules_alone(document.text):
        found.append(alone)
    if document.published_at is None and any(account.date is None for account in accounts):
        found.append("no publication date: relative dates could not be read")
    if document.published_at is None and (short := _SHORT_YEAR.search(document.text)):
        found.append(f"no publication date: the century of {short[0]!r} is a guess")
    for index, account in enumerate(accounts):
        if account.date is None:
            found.append(f"incident {index}: the report tells no date")
        if account.place is None:
            found.append(f"incident {index}: the report tells no place")
    return tuple(found)
