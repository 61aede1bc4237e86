"""A sentence that tells of an event, with the times, places and harm told beside it.

Times that belong to the telling ("said on Friday") and places somebody comes from
("from Lyon", "the Lyon-based") are told apart from those of the event.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import CasualtyValue, Place, Span, Timex
from dateline.reading.finding import Finding
from dateline.reading.incidents.apart import ANOTHER, OF_SEVERAL, SEPARATE
from dateline.reading.incidents.clauses import Part, Told, parts_of, within
from dateline.reading.incidents.events import LIKELY, Trigger
from dateline.reading.incidents.nearness import (
    EARLIER,
    LATE,
    QUICK_WORDS,
    SPEECH,
    TOLL,
    Sorted,
    around,
    is_after,
    is_named_year,
    is_of_whom,
    is_right_before,
    nearness,
    start_of,
)
from dateline.reading.incidents.releases import releases
from dateline.reading.incidents.scene_places import TIGHT, PlaceNear, places_near
from dateline.reading.prepared import Prepared, Sentence, Token

_LEAD = 3  # sentences that count as the lead
_NOT_AT = frozenset("since until till before for than after".split())
_RECORD = re.compile(
    r"\b(?:deadliest|bloodiest|worst|biggest|largest|highest|heaviest|greatest|gravest|first)\b",
    re.I,
)
_NEWS_DAYS = 8  # how long ago a report that tells the hour puts it
_HAPPENED = re.compile(
    r"\b(?:happened|occurred|took place|unfolded|began|started|broke out|fired|struck|was found|"
    r"were found|the incident|exploded|went off)\b",
    re.I,
)
_DAY_WORDS = re.compile(
    r"(?i)day\b|tonight|overnight|\bnight|morning|afternoon|evening|noon|dawn|\bthis\b|\blast\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[/-]\d|\b(?:mon|tue|wed|thu|fri|sat|"
    r"sun)\b|\d{4}"
)
# "In a dawn raid", "at night": which part of a day, not which day.
_PART_OF_DAY = re.compile(
    r"(?i)(?:the )?(?:early |late |mid-?)?(?:dawn|dusk|morning|night|nightfall|noon|midday|"
    r"midnight|afternoon|evening)$"
)
_HOUR = re.compile(r"(?i)\d|noon|midnight|midday|day\b")  # "day" of a weekday, a part of it told
_LATE_WEIGHT = 0.1  # as that of a time of saying
_CLAUSE = 25  # words from an event to a time of the same clause
# "the Christmas market", "Black Saturday": names, which date nothing told beside them.
_FEAST = re.compile(r"(?i)\b(?:christmas|easter|halloween|thanksgiving|new year|ramadan)$")
_FEAST_TIME = frozenset(
    "day eve morning night afternoon evening weekend week and or in on at when as after before "
    "the a with by who last this that while where for to of from".split()
)
_NAMED_DAY = frozenset("black good bloody palm super holy cyber ash easter boxing red".split())
_DAYS_AFTER = re.compile(
    r"(?i)\b(a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) days? after\b"
)
_COUNTS = "a two three four five six seven eight nine ten".split()
_AFTER_REACH = 90  # characters from "two days after" to the event meant
_YEAR, _YEAR_REACH = 300, 10  # days, and characters from "2011" to its "attacks"
_POSSESSED = 30  # characters from "Saturday's" to its "attack"
_OWN_DAY = 1.2  # weight of a time that is tied to the event by its grammar
_MANY = 100  # more parts than a sentence is ever cut into
_RECENT_WEIGHT = 0.3  # weight from which a time may be the event's own
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
_SPEECH_REACH = 9  # how far a verb of saying, of court or of mourning reaches, in words


class TimeNear(NamedTuple):
    """A calendar time in a scene; ``weight`` says how likely it is the event's own."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float


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
    def told(self) -> bool:
        """Whether a word in it names an event by itself, not only harm or "the attack"."""
        return any(t.level >= LIKELY and not t.general and not t.pointing for t in self.triggers)

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
            and not any(near.weight > _RECENT_WEIGHT for near in self.times)
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
    body = next((s.index for s in prepared.sentences if not s.title), 0)
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
    near = _times_near(sentence, _own_anchors(told.triggers), anchors, times, reference)
    near += _days_after(sentence, anchors, counted_from)
    return Scene(
        part,
        tuple(told.triggers),
        tuple(told.harms),
        tuple(near),
        tuple(places_near(sentence, anchors, told.places)),
        lead,
    )


def _day_before(reference: dt.date | None) -> dt.date:
    """The first day that is news; a time before it, beside another event, is of that."""
    return reference - dt.timedelta(days=8) if reference else dt.date.max


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
                    for near in _times_near(sentence, (), anchors, here, reference)
                    if near.weight > _LATE_WEIGHT  # no more than a time of saying tells nothing
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
        near = _times_near(sentence, (), (timex.span,), [timex], reference)
        if near and near[0].weight > TIGHT:
            return (Scene(sentence, (), (), tuple(near), (), False),)
    return ()


def _times_near(
    sentence: Sentence,
    own: Sequence[Span],
    anchors: Sequence[Span],
    timexes: Sequence[object],
    reference: dt.date | None,
) -> list[TimeNear]:
    found = []
    late = [
        Span(sentence.start + m.start(), sentence.start + m.end())
        for m in LATE.finditer(sentence.text)
    ]
    tolls = [
        (sentence.start + m.end(), m["victim"] is not None) for m in TOLL.finditer(sentence.text)
    ]
    for timex in timexes:
        assert isinstance(timex, Timex)
        if timex.start is None or timex.type not in ("DATE", "TIME"):
            continue
        end = timex.end or timex.start
        if (reference is not None and timex.start > reference) or (end - timex.start).days > 366:
            continue
        words = sentence.text[timex.span.start - sentence.start : timex.span.end - sentence.start]
        if timex.type == "TIME" and not _DAY_WORDS.search(words):
            continue  # "at 10.30" tells the hour of a day told elsewhere
        before, after = around(sentence, timex.span)
        if _is_in_name(words, before, after):
            continue
        weight = nearness(timex.span, anchors)
        if after[:1] == ("'s",) and is_right_before(timex.span, anchors, _POSSESSED):
            weight = _OWN_DAY
        elif is_of_whom(sentence, timex.span, anchors):
            weight *= 0.1
        elif _is_year_of(sentence, timex, anchors):
            pass  # "ruled on Thursday that survivors of the 2011 attacks …"
        elif before[-1:] == ("born",) or before[-2:] == ("born", "in"):
            weight *= 0.03  # "the bomber, a man born in 1988"
        elif before[-2:] == ("as", "of") or before[-1:] == ("by",):
            weight *= 0.1  # "as of Wednesday, 12 were in hospital", "none was named by Sunday"
        elif before[-1:] and before[-1] in _NOT_AT and timex.type == "DATE":
            if before[-1] == "since" and _RECORD.search(
                sentence.text[: timex.span.start - sentence.start]
            ):
                continue  # "the deadliest day for police since Sept. 11, 2001"
            weight *= 0.15
        elif own and weight > nearness(timex.span, own) and end < _day_before(reference):
            weight *= 0.03
        elif after[:1] == ("after",) and anchors and anchors[0].start > timex.span.end:
            weight *= 0.15  # "were digging on Wednesday after a quake killed 217"
        elif (
            _is_of_toll(timex.span, tolls, anchors)
            or (late and is_after(timex.span, late, anchors))
            or _PART_OF_DAY.match(words)
        ):
            weight *= _LATE_WEIGHT
        elif _is_of_speech(sentence, timex, anchors, after):
            weight *= 0.1
        found.append(TimeNear(timex, timex.start, end, weight))
    return found


def _is_of_toll(span: Span, tolls: Sequence[tuple[int, bool]], anchors: Sequence[Span]) -> bool:
    """Whether a time is that of a toll that rose, or of the death of one more victim."""
    return any(
        victim or (0 <= span.start - end <= nearest)
        for end, victim in tolls
        for nearest in [min((abs(span.start - a.end) for a in anchors), default=span.start)]
    )


def _is_in_name(words: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a day is part of a name: "the Christmas market", "Black Saturday"."""
    if _FEAST.search(words):
        return bool(after) and after[0].isalpha() and after[0] not in _FEAST_TIME
    return bool(before) and before[-1] in _NAMED_DAY and words.lower().endswith("day")


def _is_year_of(sentence: Sentence, timex: Timex, anchors: Sequence[Span]) -> bool:
    """Whether a year stands right before the event: "the 2011 attacks", or in its name."""
    if timex.start is None or timex.end is None or (timex.end - timex.start).days < _YEAR:
        return False
    return is_right_before(timex.span, anchors, _YEAR_REACH) or is_named_year(
        sentence, timex.span, anchors
    )


def _days_after(
    sentence: Sentence, anchors: Sequence[Span], reference: dt.date | None
) -> list[TimeNear]:
    """ "Two days after a gunman killed …": so long before the day the text was written."""
    found = []
    for match in _DAYS_AFTER.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if reference is None or not any(0 <= a.start - end <= _AFTER_REACH for a in anchors):
            continue
        word = match[1].lower()
        days = int(word) if word.isdigit() else _COUNTS.index("a" if word == "one" else word) + 1
        day = reference - dt.timedelta(days=days)
        timex = Timex(span=Span(start, end), type="DATE", value=day.isoformat(), start=day, end=day)
        found.append(TimeNear(timex, day, day, 1.0))
    return found


def _is_of_speech(
    sentence: Sentence,
    timex: Timex,
    anchors: Sequence[Span],
    after: Sequence[str],
) -> bool:
    """Whether a time is that of the saying: "said on Friday", "On Friday, the mayor said"."""
    # The last word of saying, or the last of the event, whichever is nearer, has the time.
    tokens, span = sentence.tokens, timex.span
    at = bisect.bisect_left(tokens, span.start, key=start_of)
    # Nobody is said to have spoken "just before 10 p.m.", but for a few words off.
    reach = _SPEECH_REACH if timex.type == "DATE" else QUICK_WORDS
    for i in range(at - 1, max(-1, at - 1 - reach), -1):
        if tokens[i].text in ",;.:" or _in_anchor(tokens[i], anchors):
            break
        if tokens[i].lower in SPEECH:
            passive = i and tokens[i - 1].lower in ("was", "were", "been")
            return not (passive and tokens[i].lower == "reported")
    if after and after[0] in SPEECH:
        # "The minister today admitted", but "who killed 77 in 2011 appeared in court".
        return timex.end is None or timex.start is None or (timex.end - timex.start).days <= 31
    # "Killed 21 west of the town late on Sunday, officials said": it was done on Sunday.
    for i in range(at - 1, max(-1, at - 1 - _CLAUSE), -1):
        if tokens[i].text in ",;.:" or tokens[i].lower in SPEECH:
            break
        if _in_anchor(tokens[i], anchors):
            return False
    # "On Friday the mayor condemned the attack": what is said between them was on Friday.
    nearest = bisect.bisect_left(anchors, (span.end, 0))
    first = anchors[nearest].start if nearest < len(anchors) else span.end
    for i in range(at, min(at + _SPEECH_REACH + 3, len(tokens))):
        if tokens[i].start >= first:
            break
        if tokens[i].lower in SPEECH:
            return True
    return False


def _in_anchor(token: Token, anchors: Sequence[Span]) -> bool:
    at = bisect.bisect_left(anchors, (token.end, 0))
    return at > 0 and anchors[at - 1].end >= token.end
