"""Wires the ledger to the formats: a filtered selection becomes the bytes of a file.

What is exported is meant to be published, so by default it carries no words of a report
that may name a private person who was harmed, bereaved or saw it happen: no headline,
no address of a page, no description of those attacked, no motive, no named witness, no
personal name of a suspect. What is left are figures, codes, places, dates, publishers,
bodies and known organisations. The setting DATELINE_VICTIM_NAMES lifts this for work
that stays in house (Every Casualty Worldwide, *Standards for Casualty Recording*, 2016,
on publishing names only with the consent of those close to the victim).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from msgspec.structs import replace

from dateline import linkage
from dateline.decisions import Decisions
from dateline.errors import SettingsError
from dateline.export.record import Record, Report
from dateline.model import (
    CasualtyValue,
    Claim,
    Dispute,
    Incident,
    PerpetratorValue,
    Place,
    ResponsibilityValue,
    Source,
    SourceKind,
    TargetValue,
)

if TYPE_CHECKING:
    from dateline.ledger.records import DocumentEntry, IncidentFilter
    from dateline.ledger.store import Ledger
    from dateline.tally.policy import Policy

T = TypeVar("T")

_AT_ONCE = 100  # incidents whose claims and reports are fetched together
_MOST_DOCUMENTS = 400
_ARMED = frozenset({"armed_group", "military", "official"})
_WITHHELD = "[name withheld]"
_LABELS = {"person": "a named person", "witness": "a witness", "unnamed": "an unnamed source"}
# "the Lopez family home" says whose home it is.
_HOME = re.compile(r"\b(?:home|house|flat|apartment|residence|farm|shop)s?\b", re.IGNORECASE)


def export(
    ledger: Ledger,
    format: str,
    wanted: IncidentFilter | None = None,
    *,
    policy: str | None = None,
    victim_names: bool | None = None,
    told: Callable[[], object] = lambda: None,
) -> Iterator[bytes]:
    """The incidents that pass a filter, in a format of ``export.formats.FORMATS``.

    ``policy`` and ``victim_names`` are those of the settings where they are None. The
    pieces come as they are made, so memory does not grow with the number of incidents;
    ``told`` is called once for each incident.

    Raises SettingsError for an unknown format or policy, and where a format needs what
    is not installed.
    """
    from dateline.export.formats import FORMATS

    if format not in FORMATS:
        raise SettingsError(
            f"{format!r} is no format", where="--format", hint=f"one of {', '.join(FORMATS)}"
        )
    found = _counted(selected(ledger, wanted, policy=policy), told)
    return FORMATS[format].write(records(ledger, found, victim_names=victim_names))


def _counted(found: Iterator[Incident], told: Callable[[], object]) -> Iterator[Incident]:
    for incident in found:
        told()
        yield incident


def selected(
    ledger: Ledger,
    wanted: IncidentFilter | None = None,
    *,
    policy: str | None = None,
    limit: int | None = None,
) -> Iterator[Incident]:
    """The incidents that pass a filter, added up by a policy (that of the settings for None).

    By date, those without one last; of more than ``limit`` the first.

    Raises SettingsError for an unknown policy.
    """
    from dateline.ledger.records import IncidentFilter

    chosen = _chosen(policy)
    wanted = wanted or IncidentFilter()
    if chosen:
        return _added_up(ledger, wanted, chosen, limit)
    return ledger.incidents(wanted, limit=limit)


def added_up(ledger: Ledger, incident: Incident, *, policy: str | None = None) -> Incident:
    """One incident of the ledger added up by a policy (that of the settings for None).

    Raises SettingsError for an unknown policy.
    """
    chosen = _chosen(policy)
    return linkage.add_up(ledger, incident, Decisions.of(ledger), chosen) if chosen else incident


def _chosen(policy: str | None) -> Policy | None:
    """The policy, None for the default one, by which the ledger's incidents are kept."""
    from dateline import settings
    from dateline.tally import policy as policies

    where = "--policy" if policy else "DATELINE_POLICY"
    chosen = policies.policy(policy or settings.current().policy, where)
    return None if chosen is policies.POLICIES["default"] else chosen


def _added_up(
    ledger: Ledger, wanted: IncidentFilter, policy: Policy, limit: int | None
) -> Iterator[Incident]:
    decided = Decisions.of(ledger)
    least, effect = wanted.min, wanted.effect or "killed"
    if least is None:
        for found in ledger.incidents(wanted, limit=limit):
            yield linkage.add_up(ledger, found, decided, policy)
        return
    # The ledger filters by the default policy's figures; these are others.
    made = (
        linkage.add_up(ledger, found, decided, policy)
        for found in ledger.incidents(replace(wanted, min=None))
    )
    yield from islice((found for found in made if _best(found, effect) >= least), limit)


def _best(incident: Incident, effect: str) -> int:
    toll = next((toll for name, toll in incident.tolls.items() if name == effect), None)
    return -1 if toll is None or toll.best is None else toll.best


def records(
    ledger: Ledger, incidents: Iterable[Incident], *, victim_names: bool | None = None
) -> Iterator[Record]:
    """The incidents with their reports and what is needed of their claims, to be written."""
    from dateline import settings
    from dateline.reading.lexicon import load

    names = settings.current().victim_names if victim_names is None else victim_names
    decided = Decisions.of(ledger)
    types = load("incident_types")
    for some in _batches(incidents, _AT_ONCE):
        documents = sorted({document for incident in some for document in incident.documents})
        entries = {entry.id: entry for entry in ledger.entries(documents)}
        sources: dict[str, Source] = {}
        for part in _batches(documents, _MOST_DOCUMENTS):
            for source in ledger.sources(part):
                known = sources.get(source.name)
                if known is None or known.guessed:
                    sources[source.name] = source
        told = _claims(ledger, some, decided)
        for incident in some:
            record = _record(incident, told[incident.id], entries, sources, types)
            yield record if names else published(record, sources)


def _claims(
    ledger: Ledger, incidents: Sequence[Incident], decided: Decisions
) -> dict[str, list[Claim]]:
    """The claims that count of each incident."""
    from dateline.tally.verdicts import claims_after

    home = {mention: incident.id for incident in incidents for mention in incident.mentions}
    found: dict[str, list[Claim]] = {incident.id: [] for incident in incidents}
    for stored in ledger.claims_of(home):
        if stored.mention_id in home:
            found[home[stored.mention_id]].append(stored.claim)
    return {id: list(claims_after(claims, decided.claims)) for id, claims in found.items()}


def _record(
    incident: Incident,
    claims: Sequence[Claim],
    entries: Mapping[str, DocumentEntry],
    sources: Mapping[str, Source],
    types: Mapping[str, Mapping[str, object]],
) -> Record:
    counted: dict[str, int] = {}
    for claim in claims:
        value = claim.value
        if (
            isinstance(value, CasualtyValue)
            and value.effect == "killed"
            and value.who == "victims"
            and not value.subset
            and claim.modality != "denied"
        ):
            group = value.group or "any"
            counted[group] = max(counted.get(group, 0), value.min or value.max or 0)
    targets = (claim.value for claim in claims if isinstance(claim.value, TargetValue))
    actors = _actors(incident, claims)
    reports = [_report(entries[id]) for id in incident.documents if id in entries]
    return Record(
        incident=incident,
        reports=tuple(
            sorted(reports, key=lambda r: (r.published_at is None, str(r.published_at), r.id))
        ),
        groups=tuple(sorted(counted)),
        counted=dict(sorted(counted.items())),
        targets=tuple(dict.fromkeys(target.description for target in targets)),
        actors=tuple(sorted(actors)),
        kinds={
            **{n: sources[n].kind for n in incident.independent_sources if n in sources},
            **{name: kind for name, kind in sorted(actors.items()) if kind},
        },
        codes=dict(types.get(incident.type, {})),
    )


def _actors(incident: Incident, claims: Sequence[Claim]) -> dict[str, SourceKind | None]:
    """The organisations held responsible, or claiming it, with their kind where it is known.

    "Boko Haram gunmen" names one that the registry knows.
    """
    from dateline.reading.attribution.registry import registry_in_use, words_of

    registry = registry_in_use()
    found: dict[str, SourceKind | None] = {}
    for perpetrator in incident.perpetrators:
        told = perpetrator.organisation or perpetrator.description
        words = words_of(told)
        hits = [
            hit.source
            for hit in registry.find(words, caps=told.isupper())
            if hit.source.kind in _ARMED
        ]
        for source in hits:
            found[source.name] = source.kind
        if perpetrator.organisation and not hits:
            found[perpetrator.organisation] = None
    for claim in claims:
        value = claim.value
        if isinstance(value, ResponsibilityValue) and value.stance == "claimed":
            known = registry.lookup(value.actor)
            if known is not None:
                found[known.name] = known.kind
    return found


def _report(entry: DocumentEntry) -> Report:
    safe = urlsplit(entry.url).scheme in {"http", "https"} if entry.url else False
    return Report(
        id=entry.id,
        name=entry.external_id or entry.id,
        publisher=entry.publisher,
        published_at=entry.published_at,
        url=entry.url if safe else None,
        title=entry.title,
    )


def published(record: Record, sources: Mapping[str, Source]) -> Record:
    """The record without any words that may name a private person."""
    labels = _labels(record, sources)
    # Only our own sentences are searched, in which a name stands as it is.
    names = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in labels)

    def public(text: str) -> str:
        return re.sub(names, lambda found: labels[found.group()], text) if labels else text

    incident = record.incident
    reason = incident.grade_reason
    if reason.startswith(f"{incident.grade} by "):
        reason = f"{incident.grade} by a reviewer"  # whose note may say anything
    tolls = {e: replace(toll, rule=public(toll.rule)) for e, toll in incident.tolls.items()}
    own = {e: replace(t, rule=public(t.rule)) for e, t in incident.perpetrator_tolls.items()}
    return replace(
        record,
        incident=replace(
            incident,
            place=_place(incident.place),
            tolls=tolls,
            perpetrator_tolls=own,
            rise={
                effect: tuple(replace(step, root=public(step.root)) for step in steps)
                for effect, steps in incident.rise.items()
            },
            perpetrators=tuple(dict.fromkeys(map(_perpetrator, incident.perpetrators))),
            weapons=tuple(replace(w, description=w.type) for w in incident.weapons),
            disputes=tuple(_dispute(dispute, labels, public) for dispute in incident.disputes),
            # One entry a source still, so that they can be counted.
            independent_sources=tuple(labels.get(n, n) for n in incident.independent_sources),
            grade_reason=public(reason),
        ),
        reports=tuple(
            replace(
                report,
                url=None,
                title=None,
                # An address given as an id may spell a name; a key of one's own does not.
                name=report.id if "/" in report.name or " " in report.name else report.name,
            )
            for report in record.reports
        ),
        targets=(),
    )


def _labels(record: Record, sources: Mapping[str, Source]) -> dict[str, str]:
    """What to say for each source of the incident that may be a private person."""
    incident = record.incident
    told = {*incident.independent_sources}
    told.update(step.root for steps in incident.rise.values() for step in steps)
    told.update(
        name for d in incident.disputes for s in d.sides for chain in s.chains for name in chain
    )
    # The name of a paper may look like a person's ("Pacific Bulletin"); publishers are public.
    told -= {report.publisher for report in record.reports if report.publisher}
    made: dict[str, str] = {}
    for name in sorted(told, key=lambda name: (-len(name), name)):
        source = sources.get(name)
        if source is None or not source.guessed:
            continue  # of the registry, or the publisher itself
        if source.kind in _LABELS:
            made[name] = _LABELS[source.kind]
    return made


def _perpetrator(value: PerpetratorValue) -> PerpetratorValue:
    described = value.description
    if described != value.organisation:
        described = _hidden(described)
    return replace(value, name=None, description=described)


def _dispute(dispute: Dispute, labels: Mapping[str, str], public: Callable[[str], str]) -> Dispute:
    """Figures and stances are shown; a motive in the words of a report is not."""
    figures = dispute.about in {"killed", "injured"}
    return replace(
        dispute,
        sides=tuple(
            replace(
                side,
                says=side.says
                if figures
                else "words withheld"
                if dispute.about == "motive"
                else _hidden(public(side.says)),
                chains=tuple(tuple(labels.get(n, n) for n in chain) for chain in side.chains),
            )
            for side in dispute.sides
        ),
    )


def _place(place: Place | None) -> Place | None:
    if place is None or place.site is None or not _HOME.search(place.site):
        return place
    return replace(place, site=_hidden(place.site))


def _hidden(text: str) -> str:
    """The words with every run of words withheld that may be a personal name.

    A capitalised word stays where a registry, a gazetteer of states or the lexicon of
    people knows it ("Russian soldiers", "Islamic State gunmen"); in text set all in
    capitals every word counts as capitalised.
    """
    from dateline.reading.attribution.registry import registry_in_use, words_of
    from dateline.reading.people import nouns

    registry = registry_in_use()
    if registry.lookup(text) is not None:
        return text
    words = words_of(text)
    public = {
        at for hit in registry.find(words, caps=text.isupper()) for at in range(hit.first, hit.end)
    }
    public.update(
        at
        for at, word in enumerate(words)
        if not word.text[:1].isupper() or word.key in nouns() or registry.nation_in([word])
    )
    made, end, hiding = [], 0, False
    for at, word in enumerate(words):
        if at in public:
            made.append(text[end : word.end])
        elif not hiding:
            made.append(text[end : word.start] + _WITHHELD)
        hiding = at not in public
        end = word.end
    return "".join(made) + text[end:]


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
