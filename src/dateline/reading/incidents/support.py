"""How well a text bears out that there was an incident."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import CasualtyValue, Place
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import LIKELY, SURE, WEAK
from dateline.reading.incidents.scenes import Scene
from dateline.reading.incidents.when import When


def is_hurt(harm: Finding) -> bool:
    """Whether it tells bodily harm; captured or released is none."""
    value = harm.value
    return (
        isinstance(value, CasualtyValue)
        and value.effect in ("killed", "injured", "missing", "displaced", "casualties")
        and value.max != 0
    )


def _is_armed_lead(scene: Scene) -> bool:
    """Whether headline or lead tells a deed of somebody armed with its day: "fired at"."""
    return (
        scene.lead
        and any(t.armed and t.level and not t.general for t in scene.triggers)
        and scene.dated
    )


def support(
    scenes: Sequence[Scene],
    when: When | None,
    place: Place | None,
    titled: bool,
    *,
    headlined: bool = False,
) -> float:
    """How well the text bears out that there was such an incident, in points.

    ``titled`` says that a headline names it, ``headlined`` that one counts people harmed.
    """
    level = max(scene.level for scene in scenes)
    told = any(scene.identified for scene in scenes)
    if titled and level == WEAK and not told and any(_is_armed_lead(scene) for scene in scenes):
        told, level = True, LIKELY  # the headline names what the lead has a doubtful word for
    counted = any(scene.counted for scene in scenes) or (
        headlined and any(scene.lead and scene.told and scene.level == SURE for scene in scenes)
    )
    if not told and not counted:
        return 0.0
    harmed = any(scene.harms or scene.of_victims for scene in scenes)
    points = 2.0 if counted else 1.0 if harmed else 0.0
    points += {SURE: 1.5, LIKELY: 0.75}.get(level, 0.0)
    if level == WEAK and any(s.counted and any(t.armed for t in s.triggers) for s in scenes):
        points += 0.5  # "gunmen killed 12" is no accident
    if when is not None:
        points += 1.0 if when.date.precision == "day" else 0.5
    if place is not None:
        points += {"city": 1.0, "site": 1.0, "country": 0.25}.get(place.kind, 0.5)
    if titled or any((s.lead or s.sentence.title) and s.level for s in scenes):
        points += 1.0
    points += 0.5 if sum(len(scene.triggers) for scene in scenes) >= 3 else 0.0
    return points
