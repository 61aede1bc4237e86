"""Responsibility claimed or denied."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import Attribution, ResponsibilityValue
from dateline.reading.finding import Finding
from dateline.reading.incidents.blame import actors_of, find_blame
from dateline.reading.prepared import Prepared


def find_responsibility(
    prepared: Prepared, attributions: Sequence[Attribution] = ()
) -> tuple[Finding, ...]:
    """Who claims or denies responsibility, in text order, each stance of an actor once.

    "No group has claimed responsibility" is no claim. Whom "it" or "the group" means is
    taken from ``attributions``; an actor that cannot be made out is left out, not guessed.
    """
    found: dict[tuple[str, str], Finding] = {}
    for one in find_blame(prepared):
        if one.stance not in ("claimed", "denied"):
            continue
        stance = one.stance
        for actor in actors_of(one, prepared, attributions):
            finding = Finding(
                kind="responsibility",
                value=ResponsibilityValue(actor=actor, stance=stance),
                span=one.sentence.span,
                anchor=one.anchor,
                rule="responsibility:verb",
            )
            found.setdefault((actor.casefold(), stance), finding)
    return tuple(found.values())
