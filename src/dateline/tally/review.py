"""Which claims count: figures too unsure are kept for a person to look at.

This is the one place where a claim is let into the tolls or kept out of them, by its
score or because a copied text changed the number. A person who calls such a claim right,
or corrects it, gives it the score 1 (:func:`dateline.tally.verdicts.claims_after`), and it
counts from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dateline.model import CasualtyValue, Claim, Copy, Review
from dateline.tally.evidence import Testimony
from dateline.tally.verdicts import SURE


def kept_out(claim: Claim, below: float) -> str | None:
    """Why a claim is left out until somebody has looked at it; None where it counts.

    Only figures are: other claims change no toll. A claim without a score counts.
    """
    if not isinstance(claim.value, CasualtyValue) or claim.score is None or claim.score >= below:
        return None
    return f"score {claim.score:.2f} is below {below:.2f}"


def admitted(
    told: Sequence[Testimony], below: float, copies: Sequence[Copy] = ()
) -> tuple[tuple[Testimony, ...], tuple[Review, ...]]:
    """The testimonies that count, and the claims to be reviewed, each once, by text order."""
    reasons = {t.claim.id: kept_out(t.claim, below) for t in told}
    changed = _changed_in_copying(told, copies)
    reasons = {id: why or changed.get(id) for id, why in reasons.items()}
    counted = tuple(t for t in told if reasons[t.claim.id] is None)
    review = tuple(Review(claim=id, reason=why) for id, why in reasons.items() if why is not None)
    return counted, review


def _changed_in_copying(told: Sequence[Testimony], copies: Sequence[Copy]) -> dict[str, str]:
    """Figures of copied texts that differ from the original's by the same source, and why.

    Who copies a text is no new witness, so another number is a slip or a change that
    somebody should look at. A larger number of a later day may be a toll that rose, and a
    publisher's own update is meant to differ: those count.
    """
    originals = {copy.document_id: copy.original_id for copy in copies if copy.how != "update"}
    if not originals:
        return {}
    given: dict[tuple[str, object], list[Testimony]] = defaultdict(list)
    for t in told:
        if _numbered(t):
            given[t.document_id, _of_whom(t)].append(t)
    found: dict[str, str] = {}
    for t in told:
        original = originals.get(t.document_id)
        if original is None or not _numbered(t) or t.claim.score == SURE:
            continue
        there = given.get((original, _of_whom(t)), [])
        numbers = [_numbers(other) for other in there]
        if not there or _numbers(t) in numbers:
            continue
        later = all(other.order[0] < t.order[0] for other in there)
        if later and max(_numbers(t)) > max(max(pair) for pair in numbers):
            continue
        said = " and ".join(sorted({str(low) for low, _ in numbers}))
        found[t.claim.id] = f"a copied text, whose original says {said} here"
    return found


def _numbered(testimony: Testimony) -> bool:
    value = testimony.claim.value
    return isinstance(value, CasualtyValue) and not (value.min is None and value.max is None)


def _of_whom(testimony: Testimony) -> tuple[object, ...]:
    """What a figure is about: two figures of one source on it are the same statement."""
    value = testimony.claim.value
    assert isinstance(value, CasualtyValue)
    parts = (value.subset, value.additional, value.group if value.subset else None)
    return (testimony.root, value.effect, value.who, *parts)


def _numbers(testimony: Testimony) -> tuple[int, int]:
    value = testimony.claim.value
    assert isinstance(value, CasualtyValue)
    known = [n for n in (value.min, value.max) if n is not None]
    return known[0], known[-1]
