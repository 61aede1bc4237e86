"""Decisions from the desk: each becomes a judgement, unless somebody decided meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from dateline import judging
from dateline.decisions import Decisions
from dateline.desk.desk import Desk
from dateline.desk.failures import Refusal
from dateline.desk.views import Action, User
from dateline.errors import UnknownIdError

if TYPE_CHECKING:
    from dateline.ledger.records import Judgement

SAME = Action(name="same", label="Same incident", key="s", fields=("note",))
DIFFERENT = Action(name="different", label="Not the same", key="d", fields=("note",))
SPLIT = Action(name="split", label="Split off", key="x", fields=("note",))
RIGHT = Action(name="right", label="Claim is right", key="r", fields=("note",))
WRONG = Action(name="wrong", label="Claim is wrong", key="w", fields=("note",))
CORRECT = Action(name="correct", label="Correct it", key="e", fields=("value", "note"))
CONFIRM = Action(name="confirm", label="Confirm", key="c", fields=("note",))
DISCOUNT = Action(name="discount", label="Discount", key="z", fields=("note",))
NOTE = Action(name="note", label="Note", key="n", fields=("note",))
LEAVE = Action(name="leave", label="Leave as it is", key="l", fields=("note",))

ACTIONS: tuple[Action, ...] = (
    SAME,
    DIFFERENT,
    SPLIT,
    RIGHT,
    WRONG,
    CORRECT,
    CONFIRM,
    DISCOUNT,
    NOTE,
    LEAVE,
)

LEFT = "left"
"""Kind of the judgement that a review item stays as it is; ``body.item`` names the item."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a form said; ``fields`` are effect, min and max of a correction."""

    action: str
    subjects: tuple[str, ...]
    note: str = ""
    item: str = ""
    value: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    seen: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """What others decided on the same things since the form was made."""

    judgements: tuple[Judgement, ...]
    last: int


def decide(desk: Desk, user: User, decision: Decision) -> Judgement | Conflict:
    """Store the decision as a judgement, or say what was decided meanwhile.

    Raises Refusal for a form that makes no sense, UnknownIdError for things that are not
    (or no longer) there, JudgementConflictError where judgements exclude each other.
    """
    if not decision.seen.isascii() or not decision.seen.isdigit():
        raise Refusal(400, "The form does not say what it had seen.", hint="open the page again")
    if decision.action not in {action.name for action in ACTIONS}:
        raise Refusal(400, "There is no such decision.")
    if not decision.subjects:
        raise Refusal(400, "The form does not say what is decided on.")
    if decision.action in ("same", "different") and len(decision.subjects) != 2:
        raise Refusal(400, "Two things are needed to compare.")
    seen = int(decision.seen)
    # One transaction: who comes second waits, and then sees what the first decided.
    with desk.ledger.transaction():
        decisions = Decisions.of(desk.ledger)
        about = around(desk, decision.subjects)
        newer = tuple(
            judgement
            for judgement in decisions.all
            if judgement.id > seen and speaks_of(judgement, about, decision.item, decisions)
        )
        if newer:
            return Conflict(judgements=newer, last=decisions.all[-1].id)
        return _judgement(desk, user, decision)


def undo(desk: Desk, user: User, judgement: str, note: str) -> Judgement:
    """Take a judgement back by another one."""
    if not judgement.isascii() or not judgement.isdigit() or len(judgement) > 15:
        raise UnknownIdError(f"no judgement {judgement!r}")
    return judging.retract(desk.ledger, int(judgement), note=note, by=user.name)


def around(desk: Desk, subjects: Iterable[str]) -> frozenset[str]:
    """The ids a decision on these touches: incidents with their mentions, claims themselves."""
    found: set[str] = set()
    for subject in subjects:
        found.add(subject)
        if subject.startswith(("i", "m")):
            found.update(_mentions(desk, subject))
    return frozenset(found)


def _mentions(desk: Desk, subject: str) -> tuple[str, ...]:
    if subject.startswith("i"):
        return desk.ledger.incident(subject).mentions
    return (subject,)


def speaks_of(judgement: Judgement, about: frozenset[str], item: str, decisions: Decisions) -> bool:
    """Whether a judgement, or the one it takes back, is on any of these ids."""
    target: Judgement | None = judgement
    while target is not None and target.kind == "retracted":
        target = decisions.by_number.get(int(target.subjects[0]))
    if target is None:
        return False
    if item and (target.body or {}).get("item") == item:
        return True
    return bool(about & judging.subjects(target))


def _judgement(desk: Desk, user: User, decision: Decision) -> Judgement:
    ledger, note, by = desk.ledger, decision.note.strip(), user.name
    first = decision.subjects[0]
    match decision.action:
        case "same" | "different":
            verdict: Any = decision.action
            return judging.judge_same(
                ledger, verdict, first, decision.subjects[1], note=note, by=by
            )
        case "split":
            return judging.split(ledger, first, note=note, by=by)
        case "right" | "wrong":
            word: Any = decision.action
            return judging.judge_claim(ledger, first, word, note=note, by=by)
        case "correct":
            return judging.correct_claim(ledger, first, _fields(decision), note=note, by=by)
        case "confirm":
            return judging.judge_incident(ledger, first, "confirmed", note=note, by=by)
        case "discount":
            return judging.judge_incident(ledger, first, "discounted", note=note, by=by)
        case "note":
            return judging.note_on(ledger, first, note=note, by=by)
        case _:
            body: dict[str, object] = {"item": decision.item or first}
            return ledger.judge(LEFT, decision.subjects, by, note=note, body=body)


def _fields(decision: Decision) -> dict[str, object]:
    """The corrected fields of a claim's value: JSON, or the three fields of a figure."""
    if decision.value.strip():
        try:
            return msgspec.json.decode(decision.value, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeEncodeError):
            raise Refusal(
                422, "The correction is no JSON object.", hint='such as {"min": 3, "max": 3}'
            ) from None
    fields: dict[str, object] = {}
    if effect := decision.fields.get("effect", "").strip():
        fields["effect"] = effect
    for name in ("min", "max"):
        given = decision.fields.get(name, "").strip()
        if not given:
            continue
        if not (given.isascii() and given.isdigit() and len(given) < 16):
            raise Refusal(422, f"{name} is no whole number.")
        fields[name] = int(given)
    return fields
