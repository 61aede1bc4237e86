"""Which judgements of a ledger bind, ready for linking and the tally to honour.

A judgement binds until a later one of kind ``retracted`` names it; a retraction can be
retracted too. What was retracted stays in the ledger for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, cast, get_args
from weakref import WeakKeyDictionary

import msgspec

from dateline.errors import JudgementConflictError, LedgerError
from dateline.model import VALUE_TYPES, ClaimKind
from dateline.tally.verdicts import ClaimVerdict, ClaimWord, IncidentVerdict, IncidentWord

if TYPE_CHECKING:
    from dateline.ledger.records import Judgement
    from dateline.ledger.store import Ledger
    from dateline.linking.judgements import Rulings, Verdict

SAMENESS = ("same", "different", "split")
CLAIM_WORDS: tuple[ClaimWord, ...] = get_args(ClaimWord)
INCIDENT_WORDS: tuple[IncidentWord, ...] = get_args(IncidentWord)
NOTE = "note"
RETRACTED = "retracted"
WITHDRAWN = "withdrawn"

HINT = "docs/judgements.md says what to do; dateline judgements --retract takes one back"


_KNOWN: WeakKeyDictionary[Ledger, Decisions] = WeakKeyDictionary()
# What is written within a transaction may yet be undone, and is not put in here.


class Decisions:
    """All judgements of a ledger in the order they were made, and those that bind."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self.all = tuple(judgements)
        self.by_number = {judgement.id: judgement for judgement in self.all}
        self.retracted_by: dict[int, Judgement] = {}
        # A retraction names an earlier judgement, so from the last to the first each one
        # is known to bind or not before its own target is looked at.
        for judgement in reversed(self.all):
            if judgement.kind == RETRACTED and judgement.id not in self.retracted_by:
                self.retracted_by[target_of(judgement)] = judgement
        self.binding = tuple(j for j in self.all if j.id not in self.retracted_by)

    @classmethod
    def of(cls, ledger: Ledger) -> Decisions:
        """Those of a ledger as it is now; only what came since the last time is read."""
        known = _KNOWN.get(ledger)
        if known is None or not known.all:
            made = cls(ledger.judgements())
        else:
            *_, last = known.all
            since = tuple(ledger.judgements(since=last.id))
            if since == (last,):
                return known
            # Its number may have gone to another since, after a transaction was undone.
            kept = since[:1] == (last,)
            made = cls((*known.all, *since[1:]) if kept else ledger.judgements())
        if not ledger.in_transaction:
            _KNOWN[ledger] = made
        return made

    @cached_property
    def rulings(self) -> Rulings:
        """The binding judgements on sameness, for linking."""
        from dateline.linking.judgements import Ruling, Rulings

        made = []
        for judgement in self.binding:
            if judgement.kind in SAMENESS:
                left, right = sides(judgement)
                verdict: Verdict = "same" if judgement.kind == "same" else "different"
                made.append(
                    Ruling(judgement.id, verdict, left, right, judgement.author, judgement.note)
                )
        return Rulings(made)

    @cached_property
    def claims(self) -> dict[str, ClaimVerdict]:
        """The binding verdict on each claim that was judged, by its id."""
        made: dict[str, ClaimVerdict] = {}
        for judgement in self.binding:
            if judgement.kind in CLAIM_WORDS:
                # Two people who agree are both kept; the first is named.
                known = made.get(judgement.subjects[0])
                if known is None or (known.word, known.value) != (judgement.kind, value(judgement)):
                    made[judgement.subjects[0]] = ClaimVerdict(
                        word=judgement.kind,
                        judgement=judgement.id,
                        author=judgement.author,
                        note=judgement.note,
                        value=value(judgement),
                    )
        return made

    @cached_property
    def incidents(self) -> tuple[IncidentVerdict, ...]:
        """The binding verdicts on incidents, in the order they were made."""
        return tuple(
            IncidentVerdict(
                word=judgement.kind,
                mentions=mentions_of(judgement),
                judgement=judgement.id,
                author=judgement.author,
                note=judgement.note,
            )
            for judgement in self.binding
            if judgement.kind in INCIDENT_WORDS
        )

    @cached_property
    def judged_mentions(self) -> frozenset[str]:
        """The mentions some verdict on their incident names."""
        return frozenset(m for verdict in self.incidents for m in verdict.mentions)

    def refuse(self, new: Judgement) -> None:
        """Whether a judgement can stand beside those that bind.

        Raises JudgementConflictError, naming the judgement in the way.
        """
        others = [j for j in self.binding if j.id != new.id]
        if new.kind in CLAIM_WORDS:
            for other in others:
                same = other.kind in CLAIM_WORDS and other.subjects[0] == new.subjects[0]
                if same and (other.kind, value(other)) != (new.kind, value(new)):
                    raise in_the_way(f"claim {new.subjects[0]}", new.kind, other)
        elif new.kind in INCIDENT_WORDS:
            for other in others:
                shared = set(mentions_of(other)).intersection(mentions_of(new))
                if other.kind in INCIDENT_WORDS and other.kind != new.kind and shared:
                    raise in_the_way(f"incident of {min(shared)}", new.kind, other)
        elif new.kind in SAMENESS:
            from dateline.linking.judgements import Ruling, check_new

            left, right = sides(new)
            verdict: Verdict = "same" if new.kind == "same" else "different"
            ruling = Ruling(new.id, verdict, left, right, new.author, new.note)
            check_new([r for r in self.rulings.all if r.number != new.id], ruling)


def in_the_way(what: str, word: str, other: Judgement) -> JudgementConflictError:
    """The error that a judgement cannot stand beside another one."""
    return JudgementConflictError(f"{what} cannot be {word}: {name(other)}", hint=HINT)


def name(judgement: Judgement) -> str:
    """How messages call a judgement."""
    said = f": {judgement.note}" if judgement.note else ""
    return f"judgement {judgement.id} by {judgement.author} ({judgement.kind}{said})"


def sides(judgement: Judgement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The mentions on both sides of a judgement on sameness."""
    body = judgement.body or {}
    made = []
    for side, subject in zip(("left", "right"), judgement.subjects, strict=False):
        held = body.get(side)
        made.append(tuple(map(str, held)) if isinstance(held, list) else (subject,))
    return made[0], made[1]


def mentions_of(judgement: Judgement) -> tuple[str, ...]:
    """The mentions a judgement on an incident names."""
    held = (judgement.body or {}).get("mentions")
    return tuple(map(str, held)) if isinstance(held, list) else judgement.subjects


def value(judgement: Judgement) -> msgspec.Struct | None:
    """The value a person gave for a claim; None for any other judgement."""
    body = judgement.body or {}
    if judgement.kind != "corrected":
        return None
    kind = VALUE_TYPES.get(cast(ClaimKind, body.get("kind")))
    try:
        if kind is None:
            raise msgspec.ValidationError("no kind of claim")
        return msgspec.convert(body.get("value"), kind)
    except msgspec.ValidationError as error:
        raise LedgerError(f"judgement {judgement.id} holds no value: {error}") from None


def target_of(judgement: Judgement) -> int:
    """The number of the judgement that a retraction names."""
    return int(judgement.subjects[0])
