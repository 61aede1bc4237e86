"""Wires linking to the ledger: which mentions are one incident, added up and stored.

Every function leaves the ledger as if all of it had been linked at once. A mention
without a candidate is not linked yet, so a run that was interrupted is caught up by the
next one, and whatever must be looked at again is made to lack its candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from dateline.decisions import Decisions
from dateline.errors import UnknownIdError
from dateline.model import Claim, Copy, Document, Incident, Mention, Reading, Source

if TYPE_CHECKING:
    from dateline.ledger.records import CandidateRow, Judgement
    from dateline.ledger.store import Ledger
    from dateline.linking.candidate import Candidate
    from dateline.linking.edges import Edge
    from dateline.linking.explain import Explanation
    from dateline.linking.judgements import Verdict
    from dateline.tally.policy import Policy

T = TypeVar("T")

Progress = Callable[[str, int], None]
"""Told what is being done and how many were done since it was last told."""

_AT_ONCE = 200  # mentions linked in one transaction
_WORTH_ALL = 20_000  # unlinked mentions from which linking the whole ledger is faster


def link_new(ledger: Ledger, progress: Progress | None = None) -> int:
    """Link the mentions that are not linked yet; how many incidents changed.

    Raises JudgementConflictError where judgements exclude each other.
    """
    from dateline.linking.linker import version

    waiting = ledger.unlinked()
    if len(waiting) > _WORTH_ALL or not ledger.is_linked_with(version()):
        return link_all(ledger, progress)
    changed = 0
    Decisions.of(ledger)  # read once, outside of any transaction, and remembered
    for some in _batches(waiting, _AT_ONCE):
        with ledger.transaction():
            changed += relink(ledger, some)
        if progress:
            progress("link", len(some))
    return changed


def link_all(ledger: Ledger, progress: Progress | None = None, *, engine: str = "auto") -> int:
    """Link everything anew; how many incidents the ledger has then.

    ``engine`` is "splink", "python" or "auto", which takes Splink where it is
    installed. Both give the same incidents.

    Raises DatelineError without the engine asked for, JudgementConflictError where
    judgements exclude each other.
    """
    from dateline.linking import splink_engine
    from dateline.linking.edges import millionths
    from dateline.linking.linker import link, score_all

    progress = progress or _quiet
    with ledger.transaction():
        known = Decisions.of(ledger)
        ledger.forget_candidates(None)
        candidates: dict[str, Candidate] = {}
        numbers: dict[str, int] = {}
        mentions = (mention.id for mention in ledger.mentions())
        for some in _batches(mentions, _AT_ONCE):
            made = list(made_candidates(ledger, some, known))
            numbers.update(ledger.put_candidates([row_of(candidate) for candidate in made]))
            candidates.update((candidate.mention, candidate) for candidate in made)
            progress("compare", len(some))
        edges: Iterable[Edge]
        if splink_engine.wanted(engine):
            edges = splink_engine.score_all(candidates.values())
        else:
            edges = score_all(candidates.values())
        groups, joins = link(candidates, edges, known.rulings)
        rows = ((edge.a, edge.b, millionths(edge.weight)) for edge in edges)
        ledger.put_edges(rows, joins, numbers)
        made_anew = incidents_of(ledger, groups, candidates, known)
        ledger.replace_incidents(None, _told(made_anew, progress))
    return len(groups)


def _told(incidents: Iterable[Incident], progress: Progress) -> Iterator[Incident]:
    for incident in incidents:
        yield incident
        progress("add up", len(incident.mentions))


def withdraw(ledger: Ledger, document: str, reason: str, by: str) -> bool:
    """Take a document down and make its incidents anew from what is left.

    As :meth:`dateline.ledger.store.Ledger.withdraw`, which see for the errors.
    """
    known = Decisions.of(ledger)

    def remake(left: tuple[str, ...]) -> Sequence[Incident]:
        # For the moment each stands alone; what the document had kept apart, or held
        # together, is looked at again below.
        alone = list(made_candidates(ledger, left, known))
        ledger.forget_candidates(left)
        by_id = {candidate.mention: candidate for candidate in alone}
        return list(incidents_of(ledger, [[mention] for mention in by_id], by_id, known))

    fresh = ledger.withdraw(document, reason, by, remake=remake)
    link_new(ledger)
    return fresh


def judge(
    ledger: Ledger, verdict: Verdict, one: str, other: str, *, note: str = "", by: str
) -> Judgement:
    """Write down that two mentions or incidents are, or are not, one incident.

    ``one`` and ``other`` are as for :func:`resolve`. The ledger is linked accordingly.

    Raises JudgementConflictError, naming the judgement in the way, and UnknownIdError.
    """
    from dateline.linking.judgements import Ruling, check_new

    with ledger.transaction():
        left, right = resolve(ledger, one), resolve(ledger, other)
        if set(left) & set(right):
            raise UnknownIdError(f"{one} and {other} are of one incident, or the same one")
        new = Ruling(_NEXT, verdict, left, right, by, note)
        check_new(Decisions.of(ledger).rulings.all, new)
        judgement = ledger.judge(
            verdict,
            [min(left), min(right)],
            by,
            note=note,
            body={"left": list(left), "right": list(right)},
        )
        relink(ledger, [*left, *right])
    return judgement


_NEXT = 1 << 62  # a number after all others, until the ledger gives it one


def why(ledger: Ledger, one: str, other: str) -> Explanation:
    """Why two mentions (or incidents, or documents) are one incident, or are not.

    Of incidents and documents with several mentions, the pair that speaks most for one
    incident is explained. Raises UnknownIdError.
    """
    from dateline.linking.explain import explain

    decided = Decisions.of(ledger)
    known = decided.rulings
    sides = [
        list(made_candidates(ledger, resolve(ledger, given), decided)) for given in (one, other)
    ]
    home = ledger.incidents_of([c.mention for side in sides for c in side])
    found = [
        explain(a, b, known, together=home[a.mention] == home[b.mention])
        for a in sides[0]
        for b in sides[1]
        if a.mention != b.mention
    ]
    if not found:
        raise UnknownIdError(f"{one} and {other} are the same mention")
    return max(found, key=lambda e: (e.veto is None, e.weight, e.a.mention, e.b.mention))


def resolve(ledger: Ledger, given: str) -> tuple[str, ...]:
    """The mentions meant by the id of a mention, an incident or a document.

    A document stands for its main mention, an incident for all of its mentions.

    Raises UnknownIdError for none.
    """
    if given.startswith("m"):
        found = list(ledger.mentions([given]))
        if found:
            return (found[0].id,)
    try:
        return ledger.incident(given).mentions
    except UnknownIdError:
        pass
    try:
        mentions = ledger.reading(given).mentions
    except UnknownIdError:
        raise UnknownIdError(
            f"{given!r} is no mention, incident or document", hint="see: dateline incidents"
        ) from None
    if not mentions:
        raise UnknownIdError(f"nothing in document {given!r} became an incident")
    return (min(mentions, key=lambda mention: (mention.background, mention.index)).id,)


def relink(ledger: Ledger, mention_ids: Sequence[str], *, anew: Collection[str] = ()) -> int:
    """Link some mentions, and all they touch; how many incidents changed.

    The incidents of the mentions in ``anew`` are added up even if no link of theirs
    changes. To be called within a transaction.

    Raises JudgementConflictError where judgements exclude each other.
    """
    from dateline.linking.clusters import replay
    from dateline.linking.edges import millionths
    from dateline.linking.linker import edges_of, version

    if not ledger.is_linked_with(version()):
        return link_all(ledger)
    decided = Decisions.of(ledger)
    decided.rulings.check()
    # The mentions of an incident are linked together or not at all.
    together = {mention for some in ledger.fellows_of(mention_ids) for mention in some}
    lacking = together.intersection(ledger.unlinked())
    new = list(made_candidates(ledger, {*mention_ids, *lacking}, decided))
    numbers = ledger.put_candidates([row_of(candidate) for candidate in new])
    edges = edges_of(new, lambda keys: _decoded(ledger.candidates_under(keys)))
    ledger.put_edges((e.a, e.b, millionths(e.weight)) for e in edges)
    linked = replay(numbers, _Kept(ledger), decided.rulings)
    found = [mention for group in linked.groups for mention in group]
    ledger.mark_joins(found, linked.joins)
    home = ledger.incidents_of(found)
    before: dict[str, set[str]] = {}
    for mention, incident in home.items():
        before.setdefault(incident, set()).add(mention)
    standing = [frozenset(group) for group in before.values()]
    fresh = {candidate.mention for candidate in new}
    # A report alone was added up when it was stored, but without what people decided.
    alone = {*anew, *_decided_on(ledger, fresh, decided)}
    changed = [
        g
        for g in linked.groups
        if frozenset(g) not in standing or (len(g) > 1 and fresh & set(g)) or alone & set(g)
    ]
    touched = sorted({home[m] for group in changed for m in group if m in home})
    bodies = {c.mention: c for c in _stored(ledger, [m for g in changed for m in g])}
    made = list(incidents_of(ledger, changed, bodies, decided))
    if made:
        ledger.replace_incidents(touched, made)
    return len(made)


def would_join(ledger: Ledger, new: Mapping[str, Candidate], decided: Decisions) -> dict[str, str]:
    """The incident that each of some new mentions would be part of; nothing is stored.

    Those that would be an incident of their own are left out.
    """
    from dateline.linking.clusters import replay
    from dateline.linking.edges import millionths
    from dateline.linking.linker import edges_of

    def look_up(keys: Sequence[int]) -> Iterator[Candidate]:
        yield from new.values()
        under = _decoded(ledger.candidates_under(keys))
        yield from (candidate for candidate in under if candidate.mention not in new)

    edges = [(e.a, e.b, millionths(e.weight)) for e in edges_of(new.values(), look_up)]
    linked = replay(new, _Kept(ledger, new, edges), decided.rulings)
    home = ledger.incidents_of(mention for group in linked.groups for mention in group)
    joins: dict[str, str] = {}
    for group in linked.groups:
        homes = sorted(home[mention] for mention in group if mention in home)
        for mention in new.keys() & set(group) if homes else ():
            joins[mention] = max(homes, key=homes.count)
    return joins


class _Kept:
    """What a ledger keeps of linking, and some mentions and edges it does not have yet."""

    def __init__(
        self,
        ledger: Ledger,
        new: Mapping[str, Candidate] | None = None,
        edges: Sequence[tuple[str, str, int]] = (),
    ) -> None:
        self._ledger = ledger
        self._new = new or {}
        self._new_edges = edges

    def candidates(self, mentions: Sequence[str]) -> Iterable[Candidate]:
        yield from (self._new[mention] for mention in mentions if mention in self._new)
        yield from _stored(self._ledger, [m for m in mentions if m not in self._new])

    def edges(self, mentions: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        wanted = set(mentions)
        yield from (e for e in self._new_edges if e[0] in wanted or e[1] in wanted)
        yield from self._ledger.edges_of(mentions)

    def joins(self, mentions: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        return self._ledger.joins_of(mentions)

    def fellows(self, mentions: Sequence[str]) -> Iterable[Sequence[str]]:
        return self._ledger.fellows_of(mentions)


def _decided_on(ledger: Ledger, mention_ids: Collection[str], decided: Decisions) -> set[str]:
    """Those of some mentions that a verdict on a claim or on an incident speaks of."""
    found = decided.judged_mentions.intersection(mention_ids)
    if not decided.claims:
        return set(found)
    judged = (m.id for m in ledger.mentions(mention_ids) if decided.claims.keys() & set(m.claims))
    return {*found, *judged}


def add_up(ledger: Ledger, incident: Incident, decided: Decisions, policy: Policy) -> Incident:
    """An incident as it stands, added up anew by a policy; nothing is stored."""
    outlines = Outlines(ledger.outlines(incident.documents))
    return _assembled(
        outlines, incident.mentions, incident.documents, incident.copies, decided, policy
    )


def add_up_again(ledger: Ledger, mention_ids: Iterable[str]) -> int:
    """Add up and store anew the incidents that some mentions are in; how many.

    For decisions that change no link. To be called within a transaction.
    """
    from dateline.tally.policy import POLICIES

    decided = Decisions.of(ledger)
    touched = sorted(set(ledger.incidents_of(mention_ids).values()))
    policy = POLICIES["default"]
    made = [add_up(ledger, ledger.incident(id), decided, policy) for id in touched]
    if made:
        ledger.replace_incidents(touched, made)
    return len(made)


class Outlines:
    """What was read from some documents, as adding up asks for it."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {reading.document.id: reading for reading in readings}

    def __getitem__(self, document: str) -> Reading:
        return self._readings[document]

    def sources(self, documents: Iterable[str]) -> dict[str, Source]:
        """Everybody credited in some of the documents, by name, as one entry each."""
        from dateline.ledger.codec import encode
        from dateline.ledger.documents import merged

        known: dict[str, dict[str, Source]] = {}
        for document in documents:
            for source in self._readings[document].sources:
                known.setdefault(source.name, {})[encode(source)] = source
        return {
            name: merged([some[body] for body in sorted(some)])
            for name, some in sorted(known.items())
        }


def incident_of(
    outlines: Outlines, candidates: Sequence[Candidate], decided: Decisions
) -> Incident:
    """Add the mentions of one incident up, copies of a text with one voice."""
    from dateline.linking.syndication import copies

    taken = [
        Copy(document_id=t.document, original_id=t.original, how=t.how, share=t.share)
        for t in copies(candidates)
    ]
    documents = {candidate.document for candidate in candidates}
    mentions = [candidate.mention for candidate in candidates]
    return _assembled(outlines, mentions, documents, taken, decided)


def incidents_of(
    ledger: Ledger,
    groups: Iterable[Sequence[str]],
    candidates: Mapping[str, Candidate],
    decided: Decisions,
) -> Iterator[Incident]:
    """The incidents that some groups of mentions are, added up."""
    for some in _batches(groups, _AT_ONCE):
        documents = {candidates[mention].document for group in some for mention in group}
        outlines = Outlines(ledger.outlines(documents))
        for group in some:
            yield incident_of(outlines, [candidates[mention] for mention in group], decided)


def _assembled(
    outlines: Outlines,
    mention_ids: Iterable[str],
    document_ids: Iterable[str],
    taken: Sequence[Copy],
    decided: Decisions,
    policy: Policy | None = None,
) -> Incident:
    from dateline.tally.evidence import UNKNOWN, Account
    from dateline.tally.incident import assemble
    from dateline.tally.verdicts import standing

    wanted = set(mention_ids)
    documents = sorted(set(document_ids))
    originals = {copy.document_id: copy.original_id for copy in taken}
    accounts = []
    for document in documents:
        source = document
        while source in originals:
            source = originals[source]
        voice = outlines[source].document.publisher or UNKNOWN if source != document else None
        for mention, claims, of in _judged(outlines[document], wanted, decided):
            accounts.append(Account(mention=mention, document=of, claims=claims, voice=voice))
    verdicts = standing(wanted, decided.incidents)
    return assemble(accounts, outlines.sources(documents), policy, taken, verdicts)


def _judged(
    reading: Reading, wanted: Collection[str], decided: Decisions
) -> Iterator[tuple[Mention, tuple[Claim, ...], Document]]:
    """The wanted mentions of a document with the claims that count, as people judged both."""
    from dateline.tally.verdicts import claims_after, mention_after

    claims = {claim.id: claim for claim in reading.claims}
    for mention in reading.mentions:
        if mention.id in wanted:
            own = [claims[claim] for claim in mention.claims]
            yield (
                mention_after(mention, own, decided.claims),
                claims_after(own, decided.claims),
                reading.document,
            )


def made_candidates(
    ledger: Ledger, mention_ids: Iterable[str], decided: Decisions | None = None
) -> Iterator[Candidate]:
    """Made anew from what the ledger holds and what people decided of it, by document."""
    from dateline.linking.candidate import candidate

    decided = decided or Decisions.of(ledger)
    wanted = set(mention_ids)
    documents = {mention.document_id for mention in ledger.mentions(wanted)}
    for reading in ledger.readings(documents):
        for mention, claims, of in _judged(reading, wanted, decided):
            yield candidate(mention, claims, of)


def row_of(candidate: Candidate) -> CandidateRow:
    """What the ledger keeps of a candidate."""
    import msgspec

    from dateline.ledger.records import CandidateRow
    from dateline.linking.blocking import keys
    from dateline.linking.linker import version

    return CandidateRow(
        mention_id=candidate.mention,
        document_id=candidate.document,
        version=version(),
        body=msgspec.json.encode(candidate).decode(),
        keys=keys(candidate).keys,
    )


def _stored(ledger: Ledger, mention_ids: Sequence[str]) -> Iterator[Candidate]:
    return _decoded(ledger.candidates_of(mention_ids))


def _decoded(bodies: Iterable[str]) -> Iterator[Candidate]:
    import msgspec

    from dateline.linking.candidate import Candidate

    decoder = msgspec.json.Decoder(Candidate)
    return (decoder.decode(body) for body in bodies)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _quiet(what: str, done: int) -> None:
    return
