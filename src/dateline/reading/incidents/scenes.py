"""A sentence that tells of an event, with the times, places and harm told beside it.

scene_times.py tells the day of the event from that of the telling ("said on Friday"),
scene_places.py its place from those that somebody comes from ("the Lyon-based").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import CasualtyValue, Place, Span, Timex
from dateline.reading.finding import Finding
from dateline.reading.incidents.apart import ANOTHER, OF_SEVERAL, SEPARATE
from dateline.reading.incidents.clauses import Part, Told, parts_of, within
from dateline.reading.incidents.events import LIKELY, Trigger
from dateline.reading.incidents.nearness import EARLIER, Sorted
from dateline.reading.incidents.releases import releases
from dateline.reading.incidents.scene_places import TIGHT, PlaceNear, places_near
from dateline.reading.incidents.scene_times import (
    LATE_WEIGHT,
    TimeNear,
    days_after,
    times_near,
)
from dateline.reading.opening import body_start
from dateline.reading.prepared import Prepared, Sentence

_LEAD = 3  # sentences that count as the lead
_MANY = 100  # more parts than a sentence is ever cut into
_NEWS_DAYS = 8  # how long ago a report that tells the hour puts it
_HAPPENED = re.compile(
    r"\b(?:happened|occurred|took place|unfolded|began|started|broke out|fired|struck|was found|"
    r"were found|the incident|exploded|went off)\b",
    re.I,
)
_HOUR = re.compile(r"(?i)\d|noon|midnight|midday|day\b")  # "day" of a weekday, a part of it told
_RECENT_WEIGHT = 0.3  # weight from which a time may be the event's own
_LISTED = 3  # events that one sentence brings up
CLOSE = 0.6
"""Weight of a time told right beside the event."""

_IDENTIFIES = 0.7  # weight from which a time or a place says which event is meant
_OPENS_WITH_PLACE = re.compile(
    r"[\W_]*(?:(?:also|and|meanwhile|further|elsewhere)\b,? )?(?:in|at|near|outside|around)\b", re.I
)
_PLACE_REACH = 24  # characters: "In the northern city of Mosul"
_OF_VICTIMS = re.compile(
    r"\b(?:victims?|dead|dying|died|survivors?|funerals?|burial|buried|tolls?|wounded|injured|"
    r"mourning|cremated|murders?|manslaughter)\b",
    re.I,
)


class Scene(NamedTuple):
    """One sentence of an event, or the part of one that tells it (see clauses.py).

    ``part`` counts the parts of a sentence that tells several events from 1; 0 is a whole
    sentence. ``before`` marks a part told as having come before the others.
    """

    sentence: Sentence
    triggers: tuple[Trigger, ...]
    harms: tuple[Finding, ...]
    times: tuple[TimeNear, ...]
    places: tuple[PlaceNear, ...]
    lead: bool
    part: int = 0
    before: bool = False

    @property
    def separate(self) -> bool:
        """Whether it says that this is another event than the one before."""
        return SEPARATE.search(self.sentence.text) is not None

    @property
    def another(self) -> bool:
        """Whether it opens with words that can only open another event."""
        return ANOTHER.match(self.sentence.text) is not None

    @property
    def earlier(self) -> bool:
        """Whether it says that this lies back before the event of the report."""
        return self.before or EARLIER.search(self.sentence.text) is not None

    @property
    def counted(self) -> bool:
        """Whether it gives a number of harmed people who are not the perpetrators."""
        return any(
            isinstance(h.value, CasualtyValue) and h.value.who == "victims" and bool(h.value.min)
            for h in self.harms
        )

    @property
    def dated(self) -> bool:
        """Whether it tells, right beside the event, the day or night the event was on."""
        return any(n.weight > CLOSE and (n.end - n.start).days <= 1 for n in self.times)

    @property
    def told(self) -> bool:
        """Whether a word in it names an event by itself, not only harm or "the attack"."""
        return any(t.level >= LIKELY and not t.general and not t.pointing for t in self.triggers)

    @property
    def anew(self) -> bool:
        """Whether a word in it, however weak, names an event without pointing at one told."""
        return any(t.level and not t.general and not t.pointing for t in self.triggers)

    @property
    def identified(self) -> bool:
        """As ``told``, or by a word that points at one event by its day or its place.

        "Victims of Saturday's bombing", "the attack on a restaurant in Ouagadougou".
        """
        if self.told:
            return True
        pointing = [t for t in self.triggers if t.level >= LIKELY and not t.general]
        return bool(pointing) and (
            any(near.weight > _IDENTIFIES for near in self.times)
            or any(
                near.at
                and near.weight > _IDENTIFIES
                and near.place.kind != "country"
                and near.place.span is not None
                and near.place.span.start > pointing[0].finding.anchor.end
                for near in self.places
            )
        )

    @property
    def recalled(self) -> bool:
        """Whether it only brings its event up, without a day of its own."""
        return (
            bool(self.triggers)
            and all(t.recalled for t in self.triggers)
            and (
                len(self.triggers) >= _LISTED  # "he cited the attacks of Sept. 11, the bombings in"
                or not any(near.weight > _RECENT_WEIGHT for near in self.times)
            )
        )

    @property
    def placed(self) -> bool:
        """Whether it opens with its place, as the items of a round-up do: "In Mosul, gunmen"."""
        opening = _OPENS_WITH_PLACE.match(self.sentence.text)
        return opening is not None and any(
            near.at
            and near.place.kind != "country"
            and near.place.span is not None
            and near.place.span.start - self.sentence.start <= opening.end() + _PLACE_REACH
            for near in self.places
        )

    @property
    def of_several(self) -> bool:
        """Whether it sums up several events, of no one town: "attacks across Iraq"."""
        return OF_SEVERAL.search(self.sentence.text) is not None and not any(
            near.at and near.place.kind in ("city", "site") for near in self.places
        )

    @property
    def of_victims(self) -> bool:
        """Whether it speaks of the dead or hurt of an event it identifies."""
        return self.identified and _OF_VICTIMS.search(self.sentence.text) is not None

    @property
    def level(self) -> int:
        """The best level of a trigger that tells a single event; 0 without one."""
        return max((t.level for t in self.triggers if not t.general), default=0)


def scenes_of(
    prepared: Prepared,
    triggers: Sequence[Trigger],
    casualties: Sequence[Finding],
    times: Sequence[Timex],
    places: Sequence[Place],
    reference: dt.date | None,
    filed: int = 0,
) -> tuple[Scene, ...]:
    """All sentences with an event that happened, or with harm, in text order.

    ``reference`` is the day the text was written; times after it are left out. ``filed``
    is where the dateline ends, which tells nothing of the event.
    """
    by_sentence: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        finding = trigger.finding
        if not finding.hypothetical and not finding.denied and finding.anchor.start >= filed:
            by_sentence.setdefault(trigger.sentence, []).append(trigger)
    harms: dict[int, list[Finding]] = {}
    for finding in casualties:
        sentence = prepared.sentence_at(finding.anchor.start)
        if sentence is not None and not finding.hypothetical:
            harms.setdefault(sentence.index, []).append(finding)
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = Sorted(dated, [t.span for t in dated])
    located = [p for p in places if p.span is not None and p.span.start >= filed]
    toponyms = Sorted(located, [p.span for p in located if p.span is not None])
    body = body_start(prepared)
    found = []
    for index in sorted({*by_sentence, *harms}):
        sentence = prepared.sentences[index]
        here = tuple(by_sentence.get(index, ()))
        here += releases(index, here, harms.get(index, ()))
        told = Told(
            here,
            harms.get(index, ()),
            [p for p in toponyms.within(sentence.span) if isinstance(p, Place)],
            [t for t in timexes.within(sentence.span) if isinstance(t, Timex)],
        )
        parts = parts_of(prepared.text, sentence, told)
        lead = index < body + _LEAD
        if len(parts) == 1:
            found.append(_scene(sentence, sentence, told, told.times, lead, reference, reference))
            continue
        day = reference
        for part, number in sorted(zip(parts, range(1, _MANY), strict=False), key=_news_first):
            own = within(told, part.sentence.start, part.sentence.end)
            scene = _scene(part.sentence, part.sentence, own, own.times, lead, reference, day)
            if not scene.times and not any(other.earlier for other in parts):
                # "On Monday a bomb killed five in X and gunmen shot dead three in Y."
                scene = _scene(sentence, part.sentence, own, told.times, lead, reference, day)
            if scene.triggers or scene.harms:
                first = lead and not part.earlier
                found.append(scene._replace(lead=first, part=number, before=part.earlier))
            if not part.earlier:
                # "Two days after" counts from the news, whose day may not be told.
                day = max((n.start for n in scene.times if n.start == n.end), default=None)
    return tuple(sorted(found, key=lambda scene: scene.sentence.start))


def _news_first(numbered: tuple[Part, int]) -> tuple[bool, int]:
    part, number = numbered
    return part.earlier, number


def _scene(
    sentence: Sentence,
    part: Sentence,
    told: Told,
    times: Sequence[Timex],
    lead: bool,
    reference: dt.date | None,
    counted_from: dt.date | None,
) -> Scene:
    anchors = [t.finding.anchor for t in told.triggers]
    anchors = anchors or [h.anchor for h in told.harms]
    near = times_near(sentence, _own_anchors(told.triggers), anchors, times, reference)
    near += days_after(sentence, anchors, counted_from, times)
    return Scene(
        part,
        tuple(told.triggers),
        tuple(told.harms),
        tuple(near),
        tuple(places_near(sentence, anchors, told.places)),
        lead,
    )


def _own_anchors(triggers: Sequence[Trigger]) -> Sequence[Span]:
    """The words whose time is the event's: of "freed … whom they kidnapped in May", freed."""
    released = [t.finding.anchor for t in triggers if t.type == "hostage_release"]
    taken = [t for t in triggers if t.type in ("kidnapping", "hostage_taking")]
    return released if taken else ()


def context_of(
    prepared: Prepared,
    scenes: Sequence[Scene],
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    apart: Sequence[Scene] = (),
) -> tuple[Scene, ...]:
    """The sentences around the scenes of one event that tell a time but no event.

    "It happened on Monday evening": a fallback for an event without a date. ``apart`` are
    the scenes of other events, whose times are theirs.
    """
    told = [scene.sentence.index for scene in scenes]
    others = {scene.sentence.index for scene in apart}
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = Sorted(dated, [t.span for t in dated])
    near = sorted({i + step for i in told for step in (-1, 1, 2)} - set(told) - others)
    found = []
    for index in near:
        if 0 <= index < len(prepared.sentences):
            sentence = prepared.sentences[index]
            here = timexes.within(sentence.span)
            if here:
                happened = [m.span() for m in _HAPPENED.finditer(sentence.text)]
                anchors = [Span(sentence.start + a, sentence.start + b) for a, b in happened]
                weighed = tuple(
                    near
                    for near in times_near(sentence, (), anchors, here, reference)
                    if near.weight > LATE_WEIGHT  # no more than a time of saying tells nothing
                )
                found.append(Scene(sentence, (), (), weighed, (), bool(happened)))
    return tuple(found)


def day_of_clock(
    prepared: Prepared, times: Sequence[Timex], reference: dt.date | None, filed: int = 0
) -> tuple[Scene, ...]:
    """The first sentence that tells an hour of a recent day, outside any act of speech.

    "Shortly after 8pm on Monday" is when it happened, whatever word tells what did.
    """
    clocks = [
        t for t in times if t.type == "TIME" and t.start is not None and t.span.start >= filed
    ]
    for timex in clocks:
        assert timex.start is not None
        sentence = prepared.sentence_at(timex.span.start)
        if sentence is None or reference is None or EARLIER.search(sentence.text):
            continue
        if not 0 <= (reference - timex.start).days <= _NEWS_DAYS:
            continue
        if not _HOUR.search(prepared.text, timex.span.start, timex.span.end):
            continue  # "left on overnight"
        near = times_near(sentence, (), (timex.span,), [timex], reference)
        if near and near[0].weight > TIGHT:
            return (Scene(sentence, (), (), tuple(near), (), False),)
    return ()
