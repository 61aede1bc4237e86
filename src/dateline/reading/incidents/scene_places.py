"""The places told beside an event: where it was, apart from where somebody comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Place, Span
from dateline.reading.incidents.aftermath import aftermath_spans
from dateline.reading.incidents.nearness import EARLIER, SPEECH, Sorted, around, nearness
from dateline.reading.prepared import Prepared, Sentence

_OPENING = 5  # sentences that set the scene
_HAPPENING = 10  # sentences among which a report says where it happened
_FAR = 0.4  # nearness of a town that only tells in which direction it happened
TIGHT = 0.5  # weight of a place told right beside "happened"
_TOOK_PLACE = re.compile(r"\b(?:happened|occurred|took place|unfolded|was carried out)\b")
# Where captives change hands, apart from where they were taken.
_HANDED = re.compile(
    r"\b(?:handed (?:back|over)|hand-?over|swapped|exchanged?|freed|released|let go|set free|"
    r"dropped off|picked up|crossed)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\b(?:taken|abducted|kidnapped|seized|captured|snatched|disappeared)\b")
_AT = frozenset("in at near outside inside into around on within across off throughout of".split())
_FROM = frozenset(
    "from to toward towards for with by leave left fled flew born lived living resident native "
    "based".split()
)
_NEXT_NAMES = re.compile(
    r"(?: (?:[A-Z][a-z]+(?:['’]s?)?|hospital|clinic|university|sheriff|coroner)(?!\w)){1,4}"
)
STREET = re.compile(r" (?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Drive|Boulevard|Highway|Park)\b")
"""What follows a name that is only that of a street."""
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west outside miles kilometers kilometres km".split()
)
_HOUSES = frozenset(
    "high school elementary middle college university hospital medical baptist methodist "
    "lutheran catholic church chapel clinic community academy institute center centre sheriff "
    "coroner prosecutor attorney party front movement brigades".split()
)
# An infinitive with its object up to the place: no finite verb comes between.
_PURPOSE = re.compile(r"\bto ([a-z]{3,12}) (?:[\w'-]+ ){0,4}(?:in|at|for|to) (?:the )?$")
_CAUGHT_REACH = 70  # characters from "shot dead" to the place where
_PURPOSE_REACH = 70
_HOME_REACH = 130
# "A 29-year-old born in X", "who lives in the nearby town of X", "John Smith, 29, of X".
_HOMES = re.compile(
    r"\b(?:born|raised|grew up|lived|lives|living|resides|resident) (?:\w+ )?in (?:[\w-]+ ){0,4}$"
    r"|, of (?:nearby )?$"
)
# "Five were flown to a medical center in X": where the wounded were brought.
_CARRIED = re.compile(
    r"\b(?:flown|airlifted|rushed|transferred|evacuated|taken|transported)\b[^.;]{0,40}? to\b"
    r"[^.;,]{0,60}(?:, )?$"
)
_NO_PURPOSE = frozenset("the death have its his her their police hospital another people".split())


class PlaceNear(NamedTuple):
    """A place in a scene; ``weight`` as in TimeNear, ``at`` after a preposition of place."""

    place: Place
    weight: float
    at: bool


def places_near(
    sentence: Sentence, anchors: Sequence[Span], places: Sequence[object]
) -> list[PlaceNear]:
    """The places of a sentence, each with how likely it is that of the event at the anchors."""
    found = []
    aftermath = aftermath_spans(sentence.text, sentence.start) if places else []
    for place in places:
        assert isinstance(place, Place)
        assert place.span is not None
        weight = nearness(place.span, anchors)
        before, after = around(sentence, place.span)
        at = False
        last = next((w for w in reversed(before[-3:]) if w in _AT or w in _FROM), "")
        if any(word in SPEECH for word in before[-3:]) or _is_purpose(sentence, place.span):
            weight *= 0.3
        elif (
            last in _FROM
            or (after and after[0] in ("-", "based", "native", "resident"))
            or (place.site is None and _is_bearing(before))  # "outside the Bataclan" is there
            or _is_home(sentence, place.span)
            or _is_house(sentence, place.span)
            or STREET.match(sentence.text, place.span.end - sentence.start)
            or (aftermath and _is_of_suspect(place.span, aftermath, anchors))
        ):
            weight *= 0.25
        elif after[:1] == ("'s",):
            weight *= 0.5
        elif last in _AT:
            at = True
        else:
            # "U.S. troops", "France striker": a country as an adjective places nothing.
            weight *= 0.2 if place.kind == "country" else 0.6
        found.append(PlaceNear(place, weight, at))
    return found


def _is_of_suspect(span: Span, aftermath: Sequence[Span], anchors: Sequence[Span]) -> bool:
    """Whether a place is where a suspect was caught or shot: "shot dead by police in Milan"."""
    deed = next((one for one in reversed(aftermath) if one.end <= span.start), None)
    if deed is None or span.start - deed.end > _CAUGHT_REACH:
        return False
    return not any(deed.end <= anchor.start < span.start for anchor in anchors)


def _is_purpose(sentence: Sentence, span: Span) -> bool:
    """Whether a place is one somebody was bound for: "to perform for troops in Syria"."""
    before = sentence.text[: span.start - sentence.start]
    found = _PURPOSE.search(before[-_PURPOSE_REACH:])
    return found is not None and found[1] not in _NO_PURPOSE


def _is_home(sentence: Sentence, span: Span) -> bool:
    """Whether somebody only comes from a place, or was brought there hurt."""
    end = span.start - sentence.start
    before = sentence.text[max(0, end - _HOME_REACH) : end]
    return _HOMES.search(before) is not None or _CARRIED.search(before) is not None


def _is_bearing(before: Sequence[str]) -> bool:
    """Whether a place only tells where another lies: "20 km north of", "outside"."""
    return before[-1:] == ("outside",) or (
        before[-1:] in (("of",), ("from",)) and any(w in _DIRECTIONS for w in before[-3:-1])
    )


def _is_house(sentence: Sentence, span: Span) -> bool:
    """Whether a place is in the name of a house: "Prairie Ridge High School"."""
    rest = _NEXT_NAMES.match(sentence.text, span.end - sentence.start)
    return rest is not None and not _HOUSES.isdisjoint(rest[0].lower().split())


def places_of_lead(
    prepared: Prepared, places: Sequence[Place], filed: int = 0
) -> tuple[Place, ...]:
    """Where the first sentences of the body say that something is ("in the centre of X")."""
    located = [p for p in places if p.span is not None and p.span.start >= filed]
    toponyms = Sorted(located, [p.span for p in located if p.span is not None])
    body = [s for s in prepared.sentences if not s.title][:_OPENING]
    return tuple(
        near.place
        for sentence in body
        if EARLIER.search(sentence.text) is None
        for near in places_near(sentence, (), toponyms.within(sentence.span))
        if near.at and near.place.kind != "country"
    )


def places_of_happening(
    prepared: Prepared, places: Sequence[Place], filed: int = 0
) -> tuple[Place, ...]:
    """Where the first sentences say that it happened: "the exchange took place near X"."""
    located = [p for p in places if p.span is not None and p.span.start >= filed]
    toponyms = Sorted(located, [p.span for p in located if p.span is not None])
    found: list[Place] = []
    for sentence in [s for s in prepared.sentences if not s.title][:_HAPPENING]:
        happened = _TOOK_PLACE.search(sentence.text)
        if happened is None or EARLIER.search(sentence.text):
            continue
        anchor = [Span(sentence.start + happened.start(), sentence.start + happened.end())]
        off: list[Place] = []
        for near in places_near(sentence, anchor, toponyms.within(sentence.span)):
            span = near.place.span
            if span is None or near.place.kind == "country" or span.start < anchor[0].end:
                continue
            if near.at and near.weight > TIGHT:
                found.append(near.place)
            elif _is_bearing(around(sentence, span)[0]) and nearness(span, anchor) > _FAR:
                off.append(near.place)
        # "Happened on Highway 35, about 30 kilometres north of X" and far from Y.
        found.extend(off[:1])
    return tuple(found)


def places_of_release(
    prepared: Prepared, places: Sequence[Place], filed: int = 0
) -> tuple[Place, ...]:
    """Where the first sentences say that captives changed hands: "handed over outside X".

    Sentences that also say how they were taken are left out.
    """
    located = [p for p in places if p.span is not None and p.span.start >= filed]
    toponyms = Sorted(located, [p.span for p in located if p.span is not None])
    found: list[Place] = []
    for sentence in [s for s in prepared.sentences if not s.title][:_HAPPENING]:
        handed = _HANDED.search(sentence.text)
        if handed is None or _TAKEN.search(sentence.text) or EARLIER.search(sentence.text):
            continue
        anchor = [Span(sentence.start + handed.start(), sentence.start + handed.end())]
        for near in places_near(sentence, anchor, toponyms.within(sentence.span)):
            assert near.place.span is not None
            beside = around(sentence, near.place.span)[0][-1:] == ("outside",)
            told = near.at or beside
            close = near.place.span.start >= anchor[0].end
            close = close and nearness(near.place.span, anchor) > TIGHT
            if told and close and near.place.kind not in ("country", "admin1"):
                found.append(near.place)
    return tuple(found)
