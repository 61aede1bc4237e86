"""Figures that a report itself gives as those of earlier reports."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import CasualtyValue
from dateline.tally.evidence import Testimony
from dateline.tally.word_lists import groups


def without_earlier_counts(told: Sequence[Testimony]) -> tuple[Testimony, ...]:
    """What was told, without the figures that a report gives as those of earlier reports.

    "Earlier reports had put the number of dead at five": nobody says so any more, where the
    report has another figure.
    """
    given = {
        (t.document_id, t.claim.value.effect)
        for t in told
        if isinstance(t.claim.value, CasualtyValue)
        and not _is_earlier(t.root)
        and (t.claim.value.min is not None or t.claim.value.max is not None)
    }
    return tuple(
        t
        for t in told
        if not isinstance(t.claim.value, CasualtyValue)
        or not _is_earlier(t.root)
        or (t.document_id, t.claim.value.effect) not in given
    )


def _is_earlier(root: str) -> bool:
    """Whether a "source" is no more than an earlier count."""
    words = root.casefold().split()
    if len(words) < 2 or words[-1] not in groups("earlier_what"):
        return False
    return not groups("earlier_when").isdisjoint(words)
