"""Which sentences of a report tell of the same event.

Everything joins the event in focus unless the text gives a reason: another day, another
town, or "in a separate attack".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dateline.geodesy import distance_km
from dateline.model import CasualtyValue, Place
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import SURE
from dateline.reading.incidents.scenes import Scene
from dateline.reading.incidents.where import same_place

OLD_DAYS = 60
"""An event further back than this is told as background."""

_FOCUS = 6  # sentences without an event after which harm no longer belongs to the last one
_COARSE_DAYS = 31
_FOLLOW_DAYS = 10  # how long after an event reports still tell it by its weekday
_ASIDE = 3  # sentences that an aside on older attacks has
_NEWS_DAYS = 3  # how far back the day of the news lies that a report does not date
_FAR_KM = 100.0
_DATED = re.compile(r"\d|\bago\b")
# An entry of a timeline: "July 5: …", "- 13 March 2016 – …".
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ENTRY = re.compile(
    rf"\W*(?:[a-z]+day,? )?(?:{_MONTHS} \d{{1,2}}|\d{{1,2}} {_MONTHS})(?:,? \d{{4}})?\s*[:–—-]",
    re.I,
)
_WAITING = 30  # sentences with harm that may stand before the first word of what happened
_RECENT = 8  # accounts that a sentence may return to


class Draft:
    """An account being put together."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []
        self.days: list[tuple[dt.date, dt.date]] = []
        self.place: Place | None = None
        self.last = 0
        # What is asked of all its scenes is kept as they come: a text may have thousands.
        self.figures: set[tuple[str, int | None]] = set()
        self.counted = False
        self.told_toll = False

    def add(self, scene: Scene) -> None:
        """Put a scene to it; the first day and town told are the account's."""
        self.scenes.append(scene)
        self.last = scene.sentence.index
        self.figures.update(map(figure, scene.harms))
        self.counted = self.counted or scene.counted
        self.told_toll = self.told_toll or (scene.told and scene.counted)
        if not self.days:
            self.days = _days(scene)
        town = _town(scene)
        if town is not None and (self.place is None or self.place.kind in ("country", "admin1")):
            self.place = town


def only_town(headed: Sequence[Place]) -> Place | None:
    """The one town that a headline names; None where it names none or several."""
    towns = {(p.name, p.country, p.admin1): p for p in headed if p.kind == "city"}
    return next(iter(towns.values())) if len(towns) == 1 else None


def drafts_of(
    scenes: Sequence[Scene], reference: dt.date | None, headed: Place | None = None
) -> list[Draft]:
    """The scenes of a report put together by event, the first told first.

    ``reference`` is the day it was written, ``headed`` the one town that its headline names.
    """
    drafts: list[Draft] = []
    focus: Draft | None = None
    waiting: list[Scene] = []  # harm told before any word that says what happened
    # The total of a round-up is no event of its own.
    items = [s for s in scenes if s.counted and s.level and (s.placed or s.another)]
    roundup = len(items) > 1
    for scene in scenes:
        if scene.recalled or (roundup and scene.of_several and not scene.placed):
            continue
        if focus is None:
            if scene.level:
                focus = Draft()
                focus.place = None if _is_abroad(headed, scene) else headed
                drafts.append(focus)
                for early in waiting:
                    if not _conflict(focus, early, reference) and _goes_with(early, scene):
                        focus.add(early)
                focus.add(scene)
            elif (scene.counted and len(waiting) < _WAITING) or scene.lead or scene.sentence.title:
                waiting.append(scene)
            continue
        if not scene.level and not scene.harms:
            continue  # "attacks on the rise": of no event
        # What is not said to be of the last event told is of the first, which the report
        # is about. Only the last few are tried: a text of a thousand events must not be
        # read a thousand times.
        close = _follows(focus.scenes[-1], scene)
        # An aside on an older attack is over where the report goes on without a figure.
        aside = not scene.counted and all(
            told.earlier or _is_long_past(told, reference) for told in focus.scenes[-_ASIDE:]
        )
        first = (focus, drafts[0]) if close and not aside else (drafts[0], focus)
        there = _of_its_town(drafts[-_RECENT:], scene)
        near = dict.fromkeys((*there, *first, *reversed(drafts[-_RECENT:])))
        target = next((d for d in near if not _conflict(d, scene, reference)), None)
        if not scene.triggers and not close and scene.sentence.index - focus.last > _FOCUS:
            target = None if target is not drafts[0] else target
        another = scene.another and scene.counted and scene.anew
        if (
            target is None
            or another
            or (_opens(scene) and scene.separate and _is_other(target, scene))
        ):
            if not another and not _opens(scene):
                continue
            target = Draft()
            drafts.append(target)
        target.add(scene)
        if scene.triggers:
            focus = target
    return drafts


def _is_abroad(headed: Place | None, scene: Scene) -> bool:
    """Whether a lead has a town in another country than the only one that the headline names.

    "Families bomb churches in Indonesia; knife attack in Paris" heads two events.
    """
    town = _town(scene)
    return headed is not None and town is not None and town.country != headed.country


def _of_its_town(drafts: Sequence[Draft], scene: Scene) -> list[Draft]:
    """Of several events told, that of the town where a sentence says people were harmed."""
    town = _town(scene)
    if len(drafts) < 2 or scene.triggers or town is None:
        return []
    return [d for d in drafts if d.place is not None and same_place(town, d.place)]


def _goes_with(early: Scene, scene: Scene) -> bool:
    """Whether harm told before the first word of what happened is that of what happened.

    A story may open with the street, the music and the dead, and name the bomb far below;
    below an older event, or where it is dated otherwise, the harm is not of it.
    """
    if early.lead or early.sentence.title:
        return True
    if early.earlier or scene.earlier or scene.separate:
        return False
    days, others = _days(early), _days(scene)
    return not (days and others) or any(_meet(a, b) for a in days for b in others)


def _follows(one: Scene, other: Scene) -> bool:
    """Whether a scene comes right after another or in the same paragraph."""
    return (
        other.sentence.index - one.sentence.index <= 1
        or other.sentence.paragraph == one.sentence.paragraph
    )


def _opens(scene: Scene) -> bool:
    """Whether a scene tells enough by itself to be an event of its own."""
    if scene.level and (scene.part > 1 or (scene.placed and scene.counted)):
        return True
    own_time = any(near.weight > 0.3 for near in scene.times)
    own_place = _town(scene) is not None
    if scene.told:
        return (scene.counted and (own_time or own_place)) or (
            scene.level == SURE and own_time and own_place
        )
    if scene.counted and own_time and any(t.armed and not t.general for t in scene.triggers):
        return True  # "In January 2016, gunmen killed 30 people at a hotel."
    # "Five were killed in the capital" may be a figure of a war; with a day it is not.
    return bool(scene.level) and scene.counted and own_place and (own_time or scene.separate)


def _conflict(draft: Draft, scene: Scene, reference: dt.date | None) -> bool:
    """Whether the scene cannot be of the draft: every day or the place differs."""
    if scene.part and any(s.sentence.index == scene.sentence.index for s in draft.scenes):
        return True
    days = _days(scene)
    if draft.days and days and not any(_meet(a, b) for a in draft.days for b in days):
        return not _is_follow_up(draft, scene, days)
    if _is_long_past(scene, reference):
        # News of an event without a day is of a recent one; a toll of years ago is of another.
        if not scene.lead and not draft.days:
            return True
        if scene.counted and draft.days and not _all_old(draft.days, reference):
            return True
    if not draft.days and _is_dated_before(draft, scene, reference):
        return True
    if _is_beside_another(draft, scene):
        return True
    town = _place_at(scene)
    last = draft.scenes[-1] if draft.scenes else None
    if draft.place is None and scene.placed and scene.counted and last and last.another:
        return True  # the items of a round-up: "In the deadliest attack, … In Mosul, …"
    if town is None or draft.place is None or same_place(town, draft.place):
        return False
    if last is None:
        return False  # the headline's town alone; the lead may know better
    # Headline and lead tell one event; two names in them are two names of its place.
    both_lead = (scene.lead or scene.sentence.title) and (last.lead or last.sentence.title)
    item = (
        scene.placed
        and (last.placed or scene.counted or scene.told)
        and not _shares_figure(draft, scene)
    )
    together = both_lead and not scene.separate and town.country == draft.place.country
    return item or not together or _is_far_off(draft, scene, town)


def _is_far_off(draft: Draft, scene: Scene, town: Place) -> bool:
    """Whether a lead counts people harmed in a town far from that of the event, on a day of
    its own: not another name of its place.
    """
    place = draft.place
    if place is None or place.lat is None or place.lon is None:
        return False
    if town.kind != "city" or place.kind != "city" or town.lat is None or town.lon is None:
        return False
    far = distance_km(place.lat, place.lon, town.lat, town.lon) > _FAR_KM
    return far and scene.dated and scene.counted and bool(scene.level)


def _is_dated_before(draft: Draft, scene: Scene, reference: dt.date | None) -> bool:
    """Whether a scene counts others than the draft, on a day told as one of another week.

    "20 January 2018 - militants attack a hotel, killing 22" below the news of 95 dead, which
    names its own day by the weekday or not at all.
    """
    if reference is None or scene.lead or not (scene.level or scene.counted):
        return False
    if not (scene.level and scene.counted) and not _ENTRY.match(scene.sentence.text):
        return False
    if _shares_figure(draft, scene) or not draft.counted:
        return False
    text, offset = scene.sentence.text, scene.sentence.start
    return any(
        near.weight > 0.3
        and (near.end - near.start).days <= 1
        and (reference - near.end).days > _NEWS_DAYS
        and _DATED.search(text, near.timex.span.start - offset, near.timex.span.end - offset)
        for near in scene.times
    )


def _is_beside_another(draft: Draft, scene: Scene) -> bool:
    """Whether a scene counts others harmed of long before, in a month and a town of their own.

    "The governor, who came on Sunday, also visited Maplewood in March after 17 were killed
    there": the month is his visit's, yet their deaths were before it.
    """
    if scene.lead or not scene.counted or not draft.days or _shares_figure(draft, scene):
        return False
    first = min(start for start, _ in draft.days)
    harm = min(h.anchor.start for h in scene.harms)
    before = [n for n in scene.times if n.timex.span.start < harm]
    last = max(before, key=lambda n: n.timex.span.start, default=None)
    if last is None or (first - last.end).days <= OLD_DAYS:
        return False
    return any(
        near.place.kind == "city"
        and near.place.span is not None
        and near.place.span.start < harm
        and not (draft.place and same_place(near.place, draft.place))
        for near in scene.places
    )


def _shares_figure(draft: Draft, scene: Scene) -> bool:
    """Whether a scene counts as many killed or hurt as the draft did before; one is too few."""
    return any(figure(harm) in draft.figures and (figure(harm)[1] or 0) > 1 for harm in scene.harms)


def figure(harm: Finding) -> tuple[str, int | None]:
    """What a casualty figure counts, and its lowest number."""
    assert isinstance(harm.value, CasualtyValue)
    return harm.value.effect, harm.value.min


def _is_follow_up(draft: Draft, scene: Scene, days: Sequence[tuple[dt.date, dt.date]]) -> bool:
    """Whether a report opens with what came after and now says when it happened.

    "Police searched two flats on Tuesday … Of the 64 wounded on Saturday, 20 are …"
    """
    if scene.told or scene.separate or scene.earlier or _town(scene) is not None:
        return False
    if scene.counted and scene.triggers and draft.told_toll:
        return False  # the event has been told with its day: these are others
    gap = (min(start for start, _ in draft.days) - max(end for _, end in days)).days
    return 0 < gap <= _FOLLOW_DAYS


def _is_other(draft: Draft, scene: Scene) -> bool:
    """Whether "another" is borne out by a day or a place that is not just the draft's."""
    town = _town(scene)
    if town is not None and draft.place is not None and town.name != draft.place.name:
        # "In rural Texas … He also wounded 20 in Adel": a town of the region told first.
        return not (draft.place.kind == "admin1" and same_place(town, draft.place))
    return bool(draft.days and (days := _days(scene)) and days[0] != draft.days[0])


def _meet(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> bool:
    """Whether two times overlap, with a day's tolerance for nights and time zones."""
    day = dt.timedelta(days=1)
    return one[0] <= other[1] + day and other[0] <= one[1] + day


def _is_long_past(scene: Scene, reference: dt.date | None) -> bool:
    """Whether all times of a scene, whole years too, lie well before the report."""
    ends = [near.end for near in scene.times if near.weight > 0.3]
    return bool(ends) and reference is not None and (reference - max(ends)).days > OLD_DAYS


def _all_old(days: Sequence[tuple[dt.date, dt.date]], reference: dt.date | None) -> bool:
    return reference is not None and all((reference - end).days > OLD_DAYS for _, end in days)


def _days(scene: Scene) -> list[tuple[dt.date, dt.date]]:
    """The times of a scene that are likely the event's own, not coarser than a month.

    Beside its day the week or the month that holds it is of something else: "five killed in
    the capital on Thursday at a protest over the deaths of this week".
    """
    found = [
        (near.start, near.end)
        for near in scene.times
        if near.weight > 0.3 and (near.end - near.start).days <= _COARSE_DAYS
    ]
    exact = [day for day in found if (day[1] - day[0]).days <= 1]
    return [
        day
        for day in found
        if day in exact or not any(day[0] <= one[0] and one[1] <= day[1] for one in exact)
    ]


def _place_at(scene: Scene) -> Place | None:
    """The place a scene says it is at ("in Lyon"); None where it has only origins."""
    found = [near for near in scene.places if near.at and near.weight > 0.3]
    if not found:
        return None
    return max(found, key=lambda near: (near.place.kind != "country", near.weight)).place


def _town(scene: Scene) -> Place | None:
    """As :func:`_place_at`, but no whole country."""
    place = _place_at(scene)
    return place if place is not None and place.kind != "country" else None
