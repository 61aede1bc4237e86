"""The days a whole report names, each with how likely it is that of its event.

Every day the text names is weighed by what stands beside it: what happened, or what came
after or before. Of a word to the left of a time in its clause it is the time, be it one that
tells what happened ("blew himself up on Monday") or another ("was buried on Monday").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Place, Span, Timex
from dateline.reading.incidents.aftermath import aftermath_spans
from dateline.reading.incidents.nearness import EARLIER, Sorted, is_within, nearness, told_again
from dateline.reading.incidents.scene_places import STREET, places_near
from dateline.reading.incidents.scene_times import (
    DAYS_AFTER,
    WHEN,
    TimeNear,
    days_after,
    times_near,
)
from dateline.reading.incidents.scenes import Scene
from dateline.reading.incidents.where import same_place
from dateline.reading.prepared import Prepared, Sentence

# Words that tell what happened, whichever kind of event it was.
_HAPPENED = re.compile(
    r"\b(?:attack|assault|shooting|massacre|bombing|blast|(?<!controlled )explosion|rampage"
    r"|carnage|slaughter|killings?|crash|collision|derailment|blaze|collapse|landslides?|disasters"
    r"|mudslides?|earthquake|quake|tragedy|disaster|ambush|stabbings?|air ?strikes?|kidnapping"
    r"|abduction|accident|avalanche|killed|opened fire|open fire|shot|struck|attacked|fired"
    r"|blew (?:him|her|it|them)sel(?:f|ves) up|detonat\w+|exploded|went off|rammed|plough?ed"
    r"|plowed|mow(?:ed|ing) down|ran down|mount(?:ed|ing)|stormed|gunned down|stabbed|collapsed"
    r"|crashed|derailed|collided|capsized|sank|came down|disappeared from radar|lost contact"
    r"|plunged|overturned|burst|broke out|engulfed|swept|tore through|ripp?(?:ed)? through|happened"
    r"|occurred|took place|unfolded|gave way|swerved|took [\w ]{0,20}hostages?|fought|seized"
    r"|(?:driv(?:en|ing)|drove) (?:\w+ ){0,3}(?:into|to|down|at|through|along)"
    r"|first (?:calls?|shots?|reports?|alarm)|slammed|walked into"
    r"|(?:was|were|been) hurt|wounded|injured|(?:wound|injur)ing|sped|veered|careered"
    r"|atrocit(?:y|ies)|outrage|bloodbath|bloodshed|mayhem|inferno|erupt(?:ed|ion)|gun(?:fire|shots?)"
    r"|drove (?:[\w-]+ ){0,4}(?:van|lorry|truck|car|vehicle|bus)|smash(?:ed)?(?: into)?"
    r"|hit (?:the|an?|by|in|several|dozens|people|pedestrians)|throwing people|slash(?:ed|ing)"
    r"|(?:suspect|gunm[ae]n|attackers?|shooter|bombers?) (?:arrived|entered|walked|burst|came)"
    r"|hacked|rang out|skidded|slain|murder(?:ed|s)|calls? (?:came|started|began|flooded)"
    r"|(?:firefighters|(?:fire|emergency) (?:crews|services)) (?:were|had been) called"
    r"|careen\w+|barrel\w+|ran (?:over|into)|burst into|knocked (?:down|over)|hurtled|zigzagg\w+"
    r"|lost (?:his|her|their) li(?:fe|ves)|perished)\b",
    re.IGNORECASE,
)
# What comes after an event, or before it.
_OTHER = re.compile(
    r"\b(?:(?:funerals?|vigils?|services?|rall(?:y|ies)|march(?:es)?|protests?|hearings?"
    r"|ceremon(?:y|ies)|talks|meetings?|games?|match|elections?)\b[^.;]{0,30}"
    r"\b(?:took place|began|started|held)"
    r"|griev\w+|mourn\w*|gather(?:ed|ing)|vigils?|funerals?|services?|rall(?:y|ies|ied)"
    r"|march(?:es|ed)?|protest(?:s|ers|ed)?|hearing|court|arraign\w+|charged|visit(?:ed|s)?|flew|flown|fly"
    r"|(?<!suspect )(?<!gunman )(?<!gunmen )(?<!attacker )(?<!attackers )(?<!shooter )"
    r"arriv(?:e|ed|es|ing)|resum(?:e|ed)|reopen(?:ed)?|declared(?! an (?:\w+ )?emergency)"
    r"|announced|rais(?:ed|ing)|due|scheduled|supposed|(?:was|were) to|will|would|silence|raids?"
    r"|raided|search(?:es|ed)?|meeting|met|bought|controlled"
    r"|(?<!a )(?<!the )(?<!’s )(?<!'s )(?:rent(?:ed|al)|hired)|statement"
    r"|judge|speech|handed|hauled|towed|swept up|conference|briefing|tweet(?:ed)?|posted"
    r"|said|says|told|arrests?|arrested|detained"
    r"|released|freed|identified|named|buried|recovered|remain(?:ed|s)?|still|claimed|condemned"
    r"|confirmed|discharged|died (?:of|from|in (?:an? |the )?(?:\w+ )?(?:hospital|surgery|custody))"
    r"|inquir(?:y|ies)|investigations?|probe|manhunt|booked|counts|toll"
    r"|operat(?:ed|ion)|surrendered|video|tributes?|half-(?:mast|staff)"
    r"|interview(?:ed)?|autops(?:y|ies)|warn(?:ed|ings?)|ordered|signed|voted|returned"
    r"|lost (?:his|her|their) (?:fight|battle)|convicted|life[- ]support|stud(?:y|ied)"
    r"|travel(?:l?ed)?|born)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?i)\d ?(?:a\.?m|p\.?m)\b|\d{1,2}[:.]\d\d|o'clock|noon|midnight|midday")
_VAGUE = re.compile(
    r"(?i)(?:(?:the|that|in the)(?: same)? (?:early |late )?(?:day|morning|night|afternoon|evening)"
    r"|by day)$"
)
_ANY_VAGUE = re.compile(rf"{_VAGUE.pattern}|overnight$")  # and where nothing happens beside it
_RECENT_DAYS, _DATED_DAYS = 21, 45  # how far back a day may lie, and one told by its date
_FULL = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
# "That Saturday", "the fateful Monday evening": the one the report is about.
_THAT = re.compile(
    r"(?i)\b(?:that(?: fateful)?|fateful) (?:early |late )?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?$"
)
_SO_LONG = re.compile(r"(?i)\b(?:after|since)$")  # "two days after"
_KNOWN = 0.8
_JOINED = re.compile(r"[^,;:.]*\band (?:then )?")
_SUBORDINATE = re.compile(r"\b(?:who|when|where|while|as|after|before|until)\b")
_PLAIN = 0.25  # of a day in a sentence that names nothing that happened
_TIMED = 1.6  # of one told with the hour
_LEAD = 1.3
_ASIDE = 0.15  # of one nearer to what came after than to what happened
_TIED = 2.0  # of "Thursday's attack"
_BY_POLICE = 0.3  # of "was shot dead by officers", which is mostly what befell a suspect
_CLAUSE = 40  # characters on either side within which something is beside a time
_ADVERB = 12  # characters from "on Monday" to the "named" of "was on Monday named"
_AUXILIARY = re.compile(r"(?i)\b(?:was|were|has|have|had|is|are|been)(?: (?:on|by|late|early))? $")
_GOVERNS = 80  # characters from a word to the time that is its own
_BEFORE = 0.2
_REST = 0.25  # of what is told of a day again
_SET = 0.6  # of a day told under a heading that asks what happened
_SET_SENTENCES = 3
_OPENING = 3  # sentences
_SURELY = 0.85  # weight from which "last week" is that of the event
_STOPS = frozenset(",;:()—")
_FITS = 1.3  # of a day that "a week after the attack" also leads to

# "In the lively Greektown district": of the town that is told, though another has one too.
_QUARTER = re.compile(r" (?:district|neighbou?rhood|quarter|area|section|suburb|borough)\b")
_AWAY, _AT = 0.2, 0.3  # of a day told of somewhere else; weight of a place that tells so
# "The Sunday Times": no day at all.
_PAPER = re.compile(
    r" (?:Times|Telegraph|Mail|Express|Mirror|Herald|Star|Post|People|World|Tribune|Independent"
    r"|Mercury|Sun|Mass|Night Live)\b"
)
# News names a day of the last week by its weekday; an older one is likely of another event.
NAMED_BY_WEEKDAY = 7
"""Days for which news names a day by its weekday."""
_DATED = 0.5
_OPENS = 20  # characters before a time that opens its sentence
_LAST_NIGHT = re.compile(r"(?i)(?:last night|overnight)")
# "On the afternoon of March 22 when …": what happened is told after it.
_DATING = 1.2
# "Thursday's attack", "last Friday's deadly shooting".
_POSSESSED = re.compile(
    r"['’]s? (?:[\w-]+ ){0,3}?(?:attacks?|assault|shootings?|massacre|bombings?|blasts?|explosions?"
    r"|rampage|carnage|slaughter|killings?|murders?|crash|collision|derailment|blaze|fire|inferno"
    r"|collapse|landslide|(?:earth)?quake|tragedy|disaster|ambush|stabbings?|atrocity|outrage"
    r"|bloodshed|horror|siege|raid|eruption|violence|mayhem)\b",
    re.IGNORECASE,
)
_POLICE = re.compile(
    r"\b(?:shot|killed|gunned down|neutrali[sz]ed|cornered|shot and killed|shot dead)\b"
    r"[^.;:]{0,60}? by (?:[\w-]+ ){0,3}?(?:police|officers?|marksmen|snipers|gendarmes|commandos"
    r"|special forces|security forces)\b"
    r"|\b(?:militants|terrorists|insurgents|extremists|jihadis?ts|rebels)\b[^.;:]{0,20}\bkilled\b"
    r"[^.;:]{0,50}\b(?:raids?|operations?|(?:air ?)?strikes?)\b"
    r"|\b(?:police|commandos|swat teams?|special forces|gendarmes|officers)"
    r"(?: \w+){0,2}? (?:stormed|raided|retook|broke (?:through|into)|moved in)\b",
    re.IGNORECASE,
)
# A heading over what happened.
_ASKS = re.compile(
    r"(?i)\W*(?:[\w ]{0,20}: ?)?(?:what happened|how (?:it|the \w+|events) (?:happened|unfolded)"
    r"|how it all (?:happened|unfolded)|what do we know)\W*$"
)
# "It was the second shooting in two days": what is told next is of the other.
_SEVERAL = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|latest|another) (?:[\w-]+ ){0,2}?(?:attack|shooting"
    r"|bombing|blast|incident|stabbing|crash|tragedy)s?"
    r" (?:in|within|on|since|this|to (?:hit|strike))\b",
    re.IGNORECASE,
)
_NEXT = 2  # sentences after it


class Day(NamedTuple):
    """A day or weekend with how likely the whole text makes it that of the event."""

    timex: Timex
    start: dt.date
    end: dt.date
    weight: float
    night: bool = False
    """Told as last night, which the day after is part of."""
    tied: bool = True
    """Whether a word that tells what happened stands in a sentence with it."""


def days_of_report(
    prepared: Prepared,
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    apart: Sequence[Scene] = (),
    places: Sequence[Place] = (),
    place: Place | None = None,
) -> tuple[Day, ...]:
    """The days of the last weeks that the text names, the earliest first.

    ``apart`` are the scenes of other events, whose times are theirs; ``filed`` is where
    the dateline ends. What sentences tell of other ``places`` than that of the event,
    ``place``, is likely not of it.
    """
    if reference is None:
        return ()
    others = sorted({scene.sentence.span for scene in apart})
    dated = [t for t in times if t.start is not None and t.span.start >= filed]
    timexes = Sorted(dated, [t.span for t in dated])
    towns = [p for p in places if p.span is not None and p.kind in ("city", "admin2")]
    toponyms = Sorted(towns, [p.span for p in towns if p.span is not None])
    body = next((s.index for s in prepared.sentences if not s.title), 0)
    weights: dict[tuple[dt.date, dt.date], list[float]] = {}
    said: dict[tuple[dt.date, dt.date], tuple[float, Timex]] = {}
    spread: list[tuple[dt.date, dt.date]] = []
    tied: set[tuple[dt.date, dt.date]] = set()
    answers, elsewhen = -1, -1  # the last sentence under a heading that asks; of another event
    for sentence in prepared.sentences:
        if _ASKS.fullmatch(sentence.text):
            answers = sentence.index + _SET_SENTENCES
        opens = sentence.index - body < _OPENING
        if not opens and _SEVERAL.search(sentence.text):
            elsewhen = sentence.index + _NEXT
        here = timexes.within(sentence.span)
        if not here and not DAYS_AFTER.search(sentence.text):
            continue
        after = aftermath_spans(sentence.text, sentence.start)
        happened = [
            span
            for span in _spans(_HAPPENED, sentence.text, sentence.start)
            if not any(_overlap(span, one) for one in after)
        ]
        told = [t for t in here if isinstance(t, Timex)]
        other = _spans(_OTHER, sentence.text, sentence.start)
        other = [one for one in other if not any(_overlap(one, t.span) for t in told)]  # March
        aside = sorted([*other, *after])
        background = EARLIER.search(sentence.text) or sentence.index <= elsewhen
        whole = _BEFORE if background else 1.0
        away = is_away(sentence, toponyms.within(sentence.span), place)
        nears = times_near(sentence, (), happened, here, reference)
        nears += days_after(sentence, happened, reference, told)
        for near in nears:
            span = near.timex.span
            if is_within(span.start, others) or near.later:
                continue
            if (near.end - near.start).days > 1:
                if near.weight >= _SURELY:
                    spread.append((near.start, near.end))
                continue
            vague = _VAGUE if happened else _ANY_VAGUE
            if vague.match(prepared.text, *span) or _PAPER.match(prepared.text, span.end):
                continue
            if not 0 <= (reference - near.start).days <= _reach(prepared.text, span):
                continue
            weight = _weight(sentence, near, happened, aside)
            if sentence.index <= answers:
                weight = max(weight, _SET)
            words = prepared.text[max(0, span.start - 20) : span.end + 15]
            weight *= _TIMED if _CLOCK.search(words) else 1.0
            if opens:
                weight *= _LEAD
            elif (reference - near.end).days > NAMED_BY_WEEKDAY and weight < _DATING:
                weight *= _DATED
            weight *= whole * (_AWAY if away and weight < _TIED else 1.0)
            key = (near.start, near.end)
            if happened or weight > _PLAIN * _LEAD:
                tied.add(key)
            weights.setdefault(key, []).append(weight)
            if key not in said or weight > said[key][0]:
                said[key] = (weight, near.timex)
    found = [
        Day(
            said[key][1],
            *key,
            told_again(all_, _REST) * (_FITS if _is_in(key, spread) else 1.0),
            _LAST_NIGHT.fullmatch(prepared.text, *said[key][1].span) is not None,
            key in tied,
        )
        for key, all_ in weights.items()
    ]
    return tuple(sorted(found, key=lambda day: (day.start, day.end)))


def _weight(
    sentence: Sentence, near: TimeNear, happened: Sequence[Span], aside: Sequence[Span]
) -> float:
    """How likely a time is that of what happened, by the words of its own sentence."""
    span = near.timex.span
    start, end = span.start - sentence.start, span.end - sentence.start
    if _POSSESSED.match(sentence.text, end):
        return _TIED
    weight = near.weight if happened else _PLAIN
    if _SO_LONG.search(sentence.text, start, end):
        return near.weight
    if _THAT.search(sentence.text[max(0, start - _CLAUSE) : end]):
        return _KNOWN
    if WHEN.match(sentence.text, end):
        weight = max(weight, _DATING)
    governor = _governor(sentence, span, happened, aside)
    if governor is None:
        beside = _of_clause(sentence, span, aside)
        other = _gap(span, beside) <= min(_CLAUSE, _gap(span, happened))
    else:
        other = governor in aside
    if other:
        weight *= _ASIDE
    for match in _POLICE.finditer(sentence.text):
        if match.start() - _CLAUSE <= start <= match.end() + _CLAUSE:
            return weight * _BY_POLICE
    return weight


def _governor(
    sentence: Sentence, span: Span, happened: Sequence[Span], aside: Sequence[Span]
) -> Span | None:
    """The word to the left of a time, in its clause, that the time is likely of.

    Between an auxiliary and its verb it is of the verb: "was on Monday named".
    """
    start = span.start - sentence.start
    if _AUXILIARY.search(sentence.text[max(0, start - _CLAUSE) : start]):
        verb = [one for one in (*happened, *aside) if 0 <= one.start - span.end <= _ADVERB]
        if verb:
            return min(verb)
    left = [one for one in (*happened, *aside) if one.end <= span.start]
    if not left:
        return None
    last = max(left, key=lambda one: (one.end, one.start))
    between = sentence.text[last.end - sentence.start : start]
    if len(between) > _GOVERNS or not _STOPS.isdisjoint(between):
        return None
    if last in aside and _SUBORDINATE.search(between):
        return None  # "said a doctor who was on duty on Saturday"
    joined = next((one for one in happened if one.start > span.end), None)
    if last in aside and joined is not None:
        # "Returned on Monday with a rifle and killed nine" was all on Monday.
        between = sentence.text[span.end - sentence.start : joined.start - sentence.start]
        if _JOINED.fullmatch(between[:_GOVERNS]):
            return joined
    # "Protesters stormed the town hall": what they did is not what happened.
    doer = next((one for one in aside if 0 <= last.start - one.end <= 1), None)
    return doer or last


def _reach(text: str, span: Span) -> int:
    """Days back to which a time may be that of news: further where it is told by its date."""
    dated = _FULL.search(text, *span) and any(c.isdecimal() for c in text[span.start : span.end])
    return _DATED_DAYS if dated else _RECENT_DAYS


def _is_in(day: tuple[dt.date, dt.date], spread: Sequence[tuple[dt.date, dt.date]]) -> bool:
    return any(start <= day[0] <= day[1] <= end for start, end in spread)


def _of_clause(sentence: Sentence, span: Span, others: Sequence[Span]) -> list[Span]:
    """Those of some spans that no comma parts from a time told before them.

    "Killed ten on Thursday, and was buried"; but "On Thursday, he was buried".
    """
    if span.start - sentence.start <= _OPENS:
        return list(others)
    comma = sentence.text.find(",", span.end - sentence.start)
    end = sentence.start + comma if comma >= 0 else sentence.end
    return [one for one in others if one.start < end]


def is_away(sentence: Sentence, named: Sequence[object], place: Place | None) -> bool:
    """Whether a sentence tells what was somewhere else than at ``place``."""
    if place is None or place.kind not in ("city", "admin2") or not named:
        return False
    at = [
        near.place
        for near in places_near(sentence, (), named)
        if near.at and near.weight > _AT and near.place.span is not None
    ]
    at = [
        one
        for one in at
        if one.span is not None
        and not STREET.match(sentence.text, one.span.end - sentence.start)
        and not _QUARTER.match(sentence.text, one.span.end - sentence.start)
    ]
    named_too = [p for p in named if isinstance(p, Place)]
    return bool(at) and not any(same_place(one, place) for one in named_too)


def _spans(pattern: re.Pattern[str], text: str, offset: int) -> list[Span]:
    return [Span(offset + m.start(), offset + m.end()) for m in pattern.finditer(text)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _gap(span: Span, others: Sequence[Span]) -> float:
    """Characters to the nearest of some spans; endless where there is none."""
    nearest = nearness(span, others) if others else 0.0
    return (1.0 / nearest - 1.0) * 80.0 if nearest else float("inf")
