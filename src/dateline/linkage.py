"""Wires linking to the ledger: which mentions are one incident, added up and stored.

Every function leaves the ledger as if all of it had been linked at once. A mention
without a candidate is not linked yet, so a run that was interrupted is caught up by the
next one, and whatever must be looked at again is made to lack its candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from dateline.decisions import Decisions
from dateline.errors import UnknownIdError
from dateline.model import Claim, Copy, Document, Incident, Mention, Reading, Source

if TYPE_CHECKING:
    from dateline.ledger.records import CandidateRow, Judgement
    from dateline.ledger.store import Ledger
    from dateline.linking.candidate import Candidate
    from dateline.linking.clusters import Edge
    from dateline.linking.explain import Explanation
    from dateline.linking.judgements import Verdict
    from dateline.tally.policy import Policy

T = TypeVar("T")

Progress = Callable[[str, int], None]
"""Told what is being done and how many were done since it was last told."""

_AT_ONCE = 200  # mentions linked in one transaction
_WORTH_ALL = 5000  # unlinked mentions from which linking the whole ledger is faster
_MOST_SOURCES = 400  # documents in one question for their sources


def link_new(ledger: Ledger, progress: Progress | None = None) -> int:
    """Link the mentions that are not linked yet; how many incidents changed.

    Raises JudgementConflictError where judgements exclude each other.
    """
    from dateline.linking.candidate import VERSION

    waiting = ledger.unlinked(VERSION)
    if len(waiting) > _WORTH_ALL:
        return link_all(ledger, progress)
    changed = 0
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
    from dateline.linking.linker import link, score_all

    progress = progress or _quiet
    with ledger.transaction():
        known = Decisions.of(ledger)
        ledger.forget_candidates(None)
        candidates: dict[str, Candidate] = {}
        mentions = (mention.id for mention in ledger.mentions())
        for some in _batches(mentions, _AT_ONCE):
            made = list(made_candidates(ledger, some, known))
            ledger.put_candidates([row_of(candidate) for candidate in made])
            candidates.update((candidate.mention, candidate) for candidate in made)
            progress("compare", len(some))
        edges: list[Edge]
        if splink_engine.wanted(engine):
            edges = splink_engine.score_all(candidates.values())
        else:
            edges = score_all(candidates.values())
        groups = link(candidates, edges, known.rulings)
        made_anew: list[Incident] = []
        for group in groups:
            made_anew.append(incident_of(ledger, [candidates[m] for m in group], known))
            progress("add up", len(group))
        ledger.replace_incidents(None, made_anew)
    return len(groups)


def withdraw(ledger: Ledger, document: str, reason: str, by: str) -> bool:
    """Take a document down and make its incidents anew from what is left.

    As :meth:`dateline.ledger.store.Ledger.withdraw`, which see for the errors.
    """
    around = _around(ledger, document)

    known = Decisions.of(ledger)

    def remake(left: tuple[str, ...]) -> Sequence[Incident]:
        # For the moment all that is left of an incident stays together; what the
        # document had kept apart, or held together, is looked at again below.
        alone = list(made_candidates(ledger, left, known))
        ledger.forget_candidates(around)
        return [incident_of(ledger, [candidate], known) for candidate in alone]

    fresh = ledger.withdraw(document, reason, by, remake=remake)
    if fresh:
        ledger.forget_candidates(around)
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
    from dateline.linking.linker import link, reach

    decided = Decisions.of(ledger)
    known = decided.rulings
    new = list(made_candidates(ledger, mention_ids, decided))
    ledger.put_candidates([row_of(candidate) for candidate in new])

    def look_up(keys: Sequence[int]) -> Iterable[Candidate]:
        return _decoded(ledger.candidates_under(keys))

    def fetch(ids: Sequence[str]) -> Iterable[Candidate]:
        return _stored(ledger, ids)

    while True:
        found, edges = reach(new, look_up, known, fetch)
        home = ledger.incidents_of(found)
        beyond = {
            mention for id in set(home.values()) for mention in ledger.incident(id).mentions
        } - found.keys()
        if not beyond:
            break
        # What linked them once (an older version, say) does no longer: look at it whole.
        more = {c.mention: c for c in _stored(ledger, sorted(beyond))}
        lacking = sorted(beyond - more.keys())
        remade = list(made_candidates(ledger, lacking, decided))
        ledger.put_candidates([row_of(candidate) for candidate in remade])
        new = [*found.values(), *more.values(), *remade]
    groups = link(found, edges, known)
    before: dict[str, set[str]] = {}
    for mention, incident in home.items():
        before.setdefault(incident, set()).add(mention)
    standing = [set(group) for group in before.values()]
    fresh = {candidate.mention for candidate in new}
    # A report alone was added up when it was stored, but without what people decided.
    alone = {*anew, *_decided_on(ledger, fresh, decided)}
    changed = [
        g
        for g in groups
        if set(g) not in standing or (len(g) > 1 and fresh & set(g)) or alone & set(g)
    ]
    touched = sorted({home[m] for group in changed for m in group if m in home})
    made = [
        incident_of(ledger, [found[mention] for mention in group], decided) for group in changed
    ]
    if made:
        ledger.replace_incidents(touched, made)
    return len(made)


def _decided_on(ledger: Ledger, mention_ids: Collection[str], decided: Decisions) -> set[str]:
    """Those of some mentions that a verdict on a claim or on an incident speaks of."""
    found = decided.judged_mentions.intersection(mention_ids)
    if not decided.claims:
        return set(found)
    judged = (m.id for m in ledger.mentions(mention_ids) if decided.claims.keys() & set(m.claims))
    return {*found, *judged}


def add_up(ledger: Ledger, incident: Incident, decided: Decisions, policy: Policy) -> Incident:
    """An incident as it stands, added up anew by a policy; nothing is stored."""
    return _assembled(ledger, incident.mentions, incident.copies, decided, policy)


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


class Shelf(Protocol):
    """Where the readings behind some mentions are; a ledger is one."""

    def mentions(self, ids: Iterable[str]) -> Iterable[Mention]:
        """The mentions with these ids."""
        ...

    def reading(self, document: str) -> Reading:
        """All that was read from a document."""
        ...

    def sources(self, documents: Sequence[str]) -> Iterable[Source]:
        """Everybody credited in some documents, one entry each."""
        ...


def incident_of(shelf: Shelf, candidates: Sequence[Candidate], decided: Decisions) -> Incident:
    """Add the mentions of one incident up, copies of a text with one voice."""
    from dateline.linking.syndication import copies

    taken = [
        Copy(document_id=t.document, original_id=t.original, how=t.how, share=t.share)
        for t in copies(candidates)
    ]
    return _assembled(shelf, [candidate.mention for candidate in candidates], taken, decided)


def _assembled(
    shelf: Shelf,
    mention_ids: Iterable[str],
    taken: Sequence[Copy],
    decided: Decisions,
    policy: Policy | None = None,
) -> Incident:
    from dateline.tally.evidence import UNKNOWN, Account
    from dateline.tally.incident import assemble
    from dateline.tally.verdicts import standing

    wanted = set(mention_ids)
    documents = sorted({mention.document_id for mention in shelf.mentions(wanted)})
    readings = {document: shelf.reading(document) for document in documents}
    publishers = {id: readings[id].document.publisher or UNKNOWN for id in documents}
    originals = {copy.document_id: copy.original_id for copy in taken}
    accounts = []
    for document in documents:
        source = document
        while source in originals:
            source = originals[source]
        for mention, claims, of in _judged(readings[document], wanted, decided):
            accounts.append(
                Account(
                    mention=mention,
                    document=of,
                    claims=claims,
                    voice=publishers[source] if source != document else None,
                )
            )
    sources = {
        source.name: source
        for some in _batches(documents, _MOST_SOURCES)
        for source in shelf.sources(some)
    }
    return assemble(accounts, sources, policy, taken, standing(wanted, decided.incidents))


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
    documents = sorted({mention.document_id for mention in ledger.mentions(wanted)})
    for document in documents:
        for mention, claims, of in _judged(ledger.reading(document), wanted, decided):
            yield candidate(mention, claims, of)


def _around(ledger: Ledger, document: str) -> list[str]:
    """The mentions of other documents that may change with this one."""
    from dateline.linking.linker import reach

    entry = ledger.entry(document)
    if entry.withdrawn is not None:
        return []
    own = {mention.id for mention in ledger.reading(entry.id).mentions}
    found, _ = reach(
        list(_stored(ledger, sorted(own))),
        lambda keys: _decoded(ledger.candidates_under(keys)),
        Decisions.of(ledger).rulings,
        lambda ids: _stored(ledger, ids),
    )
    return sorted(found.keys() - own)


def row_of(candidate: Candidate) -> CandidateRow:
    """What the ledger keeps of a candidate."""
    import msgspec

    from dateline.ledger.records import CandidateRow
    from dateline.linking.blocking import keys
    from dateline.linking.candidate import VERSION

    return CandidateRow(
        mention_id=candidate.mention,
        document_id=candidate.document,
        version=VERSION,
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
