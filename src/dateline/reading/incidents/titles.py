"""Reports whose headline alone has a word for what happened.

"Minute's silence for victims of concert bombing" stands above a text of the 22 who "lost
their lives on Monday": the first sentence that counts them tells the bombing.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import CasualtyValue, EventValue
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import LIKELY, Trigger
from dateline.reading.incidents.scenes import Scene


def named_by_title(scenes: Sequence[Scene], titled: Sequence[str]) -> tuple[Scene, ...]:
    """The scenes; where none names an event, the first toll of the lead takes the headline's.

    ``titled`` are the types that a headline outside the text names, most certain first.
    """
    if not titled or any(scene.level for scene in scenes):
        return tuple(scenes)
    found = list(scenes)
    for at, scene in enumerate(found):
        toll = next(filter(_is_toll, scene.harms), None)
        if toll is not None and scene.lead and not scene.earlier:
            event = Finding(
                kind="event",
                value=EventValue(type=titled[0]),
                span=toll.span,
                anchor=toll.anchor,
                rule="event:title",
                score=0.5,
            )
            trigger = Trigger(event, scene.sentence.index, LIKELY, False, False, False)
            found[at] = scene._replace(triggers=(*scene.triggers, trigger))
            break
    return tuple(found)


def _is_toll(harm: Finding) -> bool:
    value = harm.value
    return (
        isinstance(value, CasualtyValue)
        and value.who == "victims"
        and value.effect in ("killed", "injured")
        and (value.min or 0) > 1
    )
