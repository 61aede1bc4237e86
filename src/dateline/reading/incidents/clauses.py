"""The clauses of a sentence that tell one event each.

"A bombing in Baghdad killed 12 and gunmen shot dead three in Mosul" tells two, "five were
killed in Mogadishu, two weeks after a bomber killed 12 in Baidoa" another and an earlier
one. A sentence is parted only where both sides have a word for an event, a figure of
people harmed and a place or a day of their own; whatever less is told of one event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dateline.geodesy import distance_km
from dateline.model import CasualtyValue, Place, Span, Timex
from dateline.reading.finding import Finding
from dateline.reading.incidents.events import WEAK, Trigger
from dateline.reading.incidents.scene_places import places_near
from dateline.reading.prepared import Sentence, Token

_LONGEST = 250  # words; what has more is a list or no prose, and is read whole
_MOST = 6  # parts of one sentence; a list of a hundred events is cut no finer
_LINKS = {";": 0, "while": 1, "whereas": 1, "but": 2, "and": 3, ",": 4}  # the strongest first
_UNITS = frozenset("hour hours day days week weeks month months year years decade decades".split())
_MEASURES = frozenset(
    "a an one two three four five six seven eight nine ten eleven twelve just only some about "
    "nearly almost few several exactly".split()
)
_MEASURE = 4  # words of "just about two weeks"
_DATES = frozenset(
    "in on of during the night day january february march april may june july august september "
    "october november december".split()
)
_WHEN = 8  # words from "since" to its "when": "since 7 July 2005, when 52 people"
_FIRST = 6  # words within which a sentence opens with "two days after"
_COARSE_DAYS = 31
_APART_KM = 40.0


class Part(NamedTuple):
    """One clause; ``earlier`` is True for what is told as having come before the rest."""

    sentence: Sentence
    earlier: bool


class Told(NamedTuple):
    """What a sentence tells of events, harm, places and times, each in text order."""

    triggers: Sequence[Trigger]
    harms: Sequence[Finding]
    places: Sequence[Place]
    times: Sequence[Timex]


class _Cut(NamedTuple):
    at: int
    left_earlier: bool
    right_earlier: bool


def parts_of(text: str, sentence: Sentence, told: Told) -> tuple[Part, ...]:
    """The sentence whole, or its parts from left to right, which together cover it."""
    parts = [Part(sentence, False)]
    while len(parts) < _MOST:
        whole, earlier = parts[-1]
        cut = _cut(whole, told)
        if cut is None:
            break
        left = Sentence(text, whole.start, cut.at, whole.index, whole.paragraph, whole.title)
        right = Sentence(text, cut.at, whole.end, whole.index, whole.paragraph, whole.title)
        parts[-1:] = [
            Part(left, earlier or cut.left_earlier),
            Part(right, earlier or cut.right_earlier),
        ]
    return tuple(parts)


def _cut(sentence: Sentence, told: Told) -> _Cut | None:
    """Where a sentence falls into two events; None where it tells one."""
    told = told._replace(triggers=[t for t in told.triggers if not t.general])
    here = within(told, sentence.start, sentence.end)
    tokens = sentence.tokens
    if not here.triggers or not here.harms or len(tokens) > _LONGEST:
        return None
    opening = next((i for i in range(min(_FIRST, len(tokens))) if _is_after(tokens, i)), None)
    found: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        back = _is_after(tokens, i) or _is_since(tokens, i) or _is_of_a_year(tokens, i)
        if token.lower not in _LINKS and not back:
            continue
        left = within(told, sentence.start, token.start)
        right = within(told, token.end, sentence.end)
        if token.lower in _LINKS:
            if not (_is_event(left) and _is_event(right)):
                continue
            if opening is not None and token.text == ",":
                return _Cut(token.start, True, False)
            if _differ(sentence, left, right):
                found.append((token.start, _LINKS[token.lower]))
        elif _is_event(right) and (left.triggers or _is_remembered(tokens, i)):
            return _Cut(_measure_start(tokens, i), False, True)
    if not found:
        return None
    # Of the marks between the first event and the next the strongest.
    low = found[0][0]
    end = min(
        (t.finding.anchor.start for t in here.triggers if t.finding.anchor.start > low),
        default=sentence.end,
    )
    at, _ = min((pair for pair in found if pair[0] < end), key=lambda pair: (pair[1], pair[0]))
    return _Cut(at, False, False)


def within(told: Told, start: int, end: int) -> Told:
    """What starts within a stretch of text."""

    def inside(span: Span | None) -> bool:
        return span is not None and start <= span.start < end

    return Told(
        [t for t in told.triggers if inside(t.finding.anchor)],
        [h for h in told.harms if inside(h.anchor)],
        [p for p in told.places if inside(p.span)],
        [t for t in told.times if inside(t.span)],
    )


def _is_event(told: Told) -> bool:
    """Whether it names an event by more than "the attack" and counts victims.

    That captives "were freed on Thursday" is the end of what took them.
    """
    return any(
        not t.pointing and not (t.type == "hostage_release" and t.level == WEAK)
        for t in told.triggers
    ) and any(
        isinstance(h.value, CasualtyValue) and h.value.who == "victims" and bool(h.value.min)
        for h in told.harms
    )


def _differ(sentence: Sentence, left: Told, right: Told) -> bool:
    """Whether each side is at a place of its own, or each on a day of its own."""
    places, others = _places(sentence, left), _places(sentence, right)
    if places and others:
        return all(_apart(one, other) for one in places for other in others)
    days, nights = _days(left), _days(right)
    return bool(days and nights) and days.isdisjoint(nights)


def _places(sentence: Sentence, told: Told) -> list[Place]:
    near = places_near(sentence, (), told.places)
    return [p.place for p in near if p.at and p.place.kind != "country"]


def _apart(one: Place, other: Place) -> bool:
    """Whether two places are surely two: regions of two names, or towns far apart."""
    if one.kind.startswith("admin") and other.kind.startswith("admin"):
        return one.name != other.name
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return (
        one.name != other.name and distance_km(one.lat, one.lon, other.lat, other.lon) > _APART_KM
    )


def _days(told: Told) -> set[dt.date]:
    return {
        t.start
        for t in told.times
        if t.start is not None and ((t.end or t.start) - t.start).days <= _COARSE_DAYS
    }


def _is_after(tokens: Sequence[Token], i: int) -> bool:
    """ "Two weeks after", "hours after": what follows came before."""
    return i > 0 and tokens[i].lower == "after" and tokens[i - 1].lower in _UNITS


def _measure_start(tokens: Sequence[Token], i: int) -> int:
    """Where "just two weeks after" begins, which belongs to the event that follows."""
    first = i
    while first > max(0, i - _MEASURE) and (
        tokens[first - 1].lower in _UNITS
        or tokens[first - 1].lower in _MEASURES
        or tokens[first - 1].text.isdigit()
    ):
        first -= 1
    while first and tokens[i].lower == "when" and _is_of_date(tokens[first - 1]):
        first -= 1
    return tokens[first].start


def _is_remembered(tokens: Sequence[Token], i: int) -> bool:
    """ "Won the race, four years after two bombs killed three": no news, whatever is told."""
    if _is_of_a_year(tokens, i):
        return True
    return i > 2 and tokens[i - 1].lower in ("year", "years", "decade", "decades")


def _is_of_a_year(tokens: Sequence[Token], i: int) -> bool:
    """ "To mark the day in 1998 when a bomb killed 29": what follows was in that year."""
    year = tokens[i - 1].text if i else ""
    return tokens[i].lower == "when" and len(year) == 4 and year[:2] in ("18", "19", "20")


def _is_of_date(token: Token) -> bool:
    return token.text.isdecimal() or token.lower in _DATES


def _is_since(tokens: Sequence[Token], i: int) -> bool:
    """ "The worst since August, when": what follows came before."""
    return tokens[i].lower == "since" and any(
        token.lower == "when" for token in tokens[i + 1 : i + 1 + _WHEN]
    )
