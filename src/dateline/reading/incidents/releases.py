"""The news that captives are free, where the word for it is one of the figures'."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import CasualtyValue, EventValue, Span
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import SURE, Trigger


def releases(
    index: int, triggers: Sequence[Trigger], harms: Sequence[Finding]
) -> tuple[Trigger, ...]:
    """The news of "76 girls kidnapped in 2014 have been released": that they are free."""
    types = {t.type for t in triggers if t.level == SURE}
    if "hostage_release" in types or not types & {"kidnapping", "hostage_taking"}:
        return ()
    freed = [
        h for h in harms if isinstance(h.value, CasualtyValue) and h.value.effect == "released"
    ]
    if not freed:
        return ()
    end = freed[0].span.end
    finding = Finding(
        kind="event",
        value=EventValue(type="hostage_release"),
        span=freed[0].span,
        anchor=Span(max(freed[0].span.start, end - 1), end),
        rule="event:release",
        score=0.8,
    )
    return (Trigger(finding, index, SURE, False, False, False),)
