"""What a person can decide, each decision a judgement that is kept for good.

Every function writes one judgement with its author, time and note, in one transaction
with all that follows from it, and adds up again only the incidents it touches. A
decision that contradicts one that binds is refused with an error naming that one; to
change one's mind, retract it first, or give its number as ``instead_of``, which does
both at once. Two people deciding at the same moment wait for each other, so the second
is told of the first's judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dateline import linkage
from dateline.corrections import corrected
from dateline.decisions import (
    CLAIM_WORDS,
    INCIDENT_WORDS,
    NOTE,
    RETRACTED,
    SAMENESS,
    WITHDRAWN,
    Decisions,
    in_the_way,
    mentions_of,
    sides,
    target_of,
)
from dateline.decisions import name as name_of
from dateline.errors import JudgementConflictError, UnknownIdError

if TYPE_CHECKING:
    from typing import Literal

    from dateline.ledger.records import Judgement, StoredClaim
    from dateline.ledger.store import Ledger
    from dateline.model import Incident
    from dateline.tally.verdicts import IncidentWord


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement of a history; ``retracted_by`` is the one that took it back, if any."""

    judgement: Judgement
    retracted_by: Judgement | None = None

    @property
    def binds(self) -> bool:
        """Whether it still counts."""
        return self.retracted_by is None


def judge_claim(
    ledger: Ledger,
    claim: str,
    word: Literal["right", "wrong"],
    *,
    note: str = "",
    by: str,
    instead_of: int | None = None,
) -> Judgement:
    """Decide that a claim was read right, or wrong.

    ``claim`` is its id or the beginning of it. A wrong claim never counts, but stays
    visible; a right one counts however low its score.

    Raises UnknownIdError, and JudgementConflictError naming the judgement in the way.
    """
    with ledger.transaction():
        _retract_first(ledger, instead_of, by)
        stored = ledger.claim(claim)
        return _of_claim(ledger, stored, word, None, note, by)


def correct_claim(
    ledger: Ledger,
    claim: str,
    fields: Mapping[str, object],
    *,
    note: str = "",
    by: str,
    instead_of: int | None = None,
) -> Judgement:
    """Give the value that a claim should have had; it counts in the claim's place.

    ``fields`` are those of the claim's value that change, as JSON would hold them (see
    :func:`dateline.corrections.corrected`).

    Raises MalformedInputError for a value that cannot be, UnknownIdError, and
    JudgementConflictError naming the judgement in the way.
    """
    with ledger.transaction():
        _retract_first(ledger, instead_of, by)
        stored = ledger.claim(claim)
        value = corrected(stored.claim, fields)
        return _of_claim(ledger, stored, "corrected", value, note, by)


def judge_incident(
    ledger: Ledger,
    incident: str,
    word: IncidentWord,
    *,
    note: str = "",
    by: str,
    instead_of: int | None = None,
) -> Judgement:
    """Decide that an incident is confirmed, or discounted.

    ``incident`` is as for :func:`dateline.linkage.resolve`. The verdict follows every
    mention it was given for, through merges and splits.

    Raises UnknownIdError, and JudgementConflictError naming the judgement in the way.
    """
    with ledger.transaction():
        _retract_first(ledger, instead_of, by)
        mentions = linkage.resolve(ledger, incident)
        made = _append(ledger, word, [min(mentions)], {"mentions": list(mentions)}, note, by)
        # The incident may hold more by now than the judgement was given for.
        whole = _mentions_now(ledger, mentions)
        for other in Decisions.of(ledger).incidents:
            if other.word != word and whole.intersection(other.mentions):
                standing = Decisions.of(ledger).by_number[other.judgement]
                raise in_the_way(f"incident {incident}", word, standing)
        linkage.add_up_again(ledger, mentions)
    return made


def note_on(ledger: Ledger, incident: str, *, note: str, by: str) -> Judgement:
    """Write a note on an incident; it changes nothing.

    Raises UnknownIdError, and JudgementConflictError for an empty note.
    """
    if not note.strip():
        raise JudgementConflictError("a note needs words", hint="give --note")
    with ledger.transaction():
        mentions = linkage.resolve(ledger, incident)
        return _append(ledger, NOTE, [min(mentions)], {"mentions": list(mentions)}, note, by)


def judge_same(
    ledger: Ledger,
    verdict: Literal["same", "different"],
    one: str,
    other: str,
    *,
    note: str = "",
    by: str,
    instead_of: int | None = None,
) -> Judgement:
    """Decide that two mentions or incidents are, or are not, one incident.

    As :func:`dateline.linkage.judge`, which see for the errors.
    """
    with ledger.transaction():
        _retract_first(ledger, instead_of, by)
        return linkage.judge(ledger, verdict, one, other, note=note, by=by)


def split(
    ledger: Ledger, mention: str, *, note: str = "", by: str, instead_of: int | None = None
) -> Judgement:
    """Decide that a mention stands apart from the rest of its incident as it is now.

    ``mention`` may be the id of its document, too.

    Raises UnknownIdError, JudgementConflictError for the only mention of an incident,
    and naming the judgement in the way where people had joined what would be parted.
    """
    with ledger.transaction():
        _retract_first(ledger, instead_of, by)
        apart = linkage.resolve(ledger, mention)
        others = sorted(_mentions_now(ledger, apart).difference(apart))
        if not others:
            raise JudgementConflictError(
                f"{mention} is all there is of its incident", hint="there is nothing to split"
            )
        body: dict[str, object] = {"left": list(apart), "right": others}
        made = _append(ledger, "split", [min(apart), min(others)], body, note, by)
        linkage.relink(ledger, [*apart, *others])
    return made


def retract(ledger: Ledger, number: int, *, note: str = "", by: str) -> Judgement:
    """Take a judgement back by another one; retracting a retraction restores it.

    Raises UnknownIdError, and JudgementConflictError where it is retracted already, or
    restoring it contradicts what was decided since.
    """
    with ledger.transaction():
        decided = Decisions.of(ledger)
        target = decided.by_number.get(number)
        if target is None:
            raise UnknownIdError(f"no judgement {number}", hint="see: dateline judgements")
        if target.kind == WITHDRAWN:
            raise JudgementConflictError(
                f"{name_of(target)} cannot be retracted", hint="the document is erased"
            )
        if number in decided.retracted_by:
            taken = name_of(decided.retracted_by[number])
            raise JudgementConflictError(f"judgement {number} is retracted already: {taken}")
        made = ledger.judge(RETRACTED, [str(number)], by, note=note, body={"judgement": number})
        after = Decisions.of(ledger)
        undone, restored = _ends(after, target)
        if restored:
            after.refuse(undone)
        _follow(ledger, undone)
    return made


def history(ledger: Ledger, incident: Incident) -> tuple[Decided, ...]:
    """The judgements on an incident, its mentions, claims and documents, oldest first.

    Retractions of them are among them.
    """
    claims = {stored.claim.id for stored in ledger.claims_of(incident.mentions)}
    about = {incident.id, *incident.mentions, *incident.documents, *claims}
    return decided_on(Decisions.of(ledger), about)


def decided_on(decisions: Decisions, about: Iterable[str]) -> tuple[Decided, ...]:
    """The judgements that speak of any of some ids, with their retractions, oldest first."""
    about = set(about)
    found: set[int] = set()
    for judgement in decisions.all:
        if judgement.kind == RETRACTED:
            if target_of(judgement) in found:
                found.add(judgement.id)
        elif about.intersection(subjects(judgement)):
            found.add(judgement.id)
    return tuple(
        Decided(judgement=decisions.by_number[n], retracted_by=decisions.retracted_by.get(n))
        for n in sorted(found)
    )


def every(ledger: Ledger) -> tuple[Decided, ...]:
    """All judgements of a ledger, oldest first."""
    decisions = Decisions.of(ledger)
    return tuple(
        Decided(judgement=judgement, retracted_by=decisions.retracted_by.get(judgement.id))
        for judgement in decisions.all
    )


def subjects(judgement: Judgement) -> frozenset[str]:
    """Every id a judgement speaks of, those of its body too."""
    body: Mapping[str, Any] = judgement.body or {}
    held = [body.get(key) for key in ("left", "right", "mentions")]
    return frozenset(judgement.subjects).union(*(side for side in held if isinstance(side, list)))


def _of_claim(
    ledger: Ledger, stored: StoredClaim, word: str, value: object, note: str, by: str
) -> Judgement:
    claim = stored.claim
    body: dict[str, object] = {"kind": claim.kind, "document": stored.document_id}
    if value is not None:
        body["value"] = msgspec.to_builtins(value)
    made = _append(ledger, word, [claim.id], body, note, by)
    _follow(ledger, made)
    return made


def _append(
    ledger: Ledger,
    kind: str,
    about: Sequence[str],
    body: dict[str, object],
    note: str,
    by: str,
) -> Judgement:
    made = ledger.judge(kind, about, by, note=note, body=body)
    # Refusing undoes the whole transaction, and this judgement with it.
    Decisions.of(ledger).refuse(made)
    return made


def _follow(ledger: Ledger, judgement: Judgement) -> None:
    """Let a ledger follow from a judgement that began, or ceased, to bind."""
    if judgement.kind in SAMENESS:
        left, right = sides(judgement)
        linkage.relink(ledger, _there(ledger, [*left, *right]))
    elif judgement.kind in CLAIM_WORDS:
        try:
            stored = ledger.claim(judgement.subjects[0])
        except UnknownIdError:
            return  # its document was withdrawn
        told = ledger.reading(stored.document_id).mentions
        owners = [mention.id for mention in told if stored.claim.id in mention.claims]
        if owners:
            linkage.relink(ledger, owners, anew=owners)
    elif judgement.kind in INCIDENT_WORDS:
        linkage.add_up_again(ledger, mentions_of(judgement))


def _ends(decisions: Decisions, target: Judgement) -> tuple[Judgement, bool]:
    """The judgement at the end of a chain of retractions, and whether it binds again."""
    while target.kind == RETRACTED:
        target = decisions.by_number[target_of(target)]
    return target, target.id not in decisions.retracted_by


def _retract_first(ledger: Ledger, number: int | None, by: str) -> None:
    if number is not None:
        retract(ledger, number, by=by)


def _mentions_now(ledger: Ledger, mentions: Iterable[str]) -> set[str]:
    homes = set(ledger.incidents_of(mentions).values())
    return {mention for id in homes for mention in ledger.incident(id).mentions}


def _there(ledger: Ledger, mentions: Sequence[str]) -> list[str]:
    """Those that are still there; a withdrawn document takes its mentions along."""
    return [mention.id for mention in ledger.mentions(cast(Iterable[str], mentions))]
