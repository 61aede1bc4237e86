"""The places a whole report is set in, weighed by what stands beside each of their names.

The sentences with a word for the event often name no town ("stormed a nightclub here"),
or one that somebody comes from. What the report calls "here", what it says things are "in"
again and again, and which town is in the region of the event, tell where it was all the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Place, Timex
from dateline.reading.incidents.nearness import EARLIER, Sorted, is_within, told_again
from dateline.reading.incidents.scene_places import STREET, places_near
from dateline.reading.incidents.scenes import Scene
from dateline.reading.prepared import Prepared, Sentence

_ASIDE = 0.15
_PLAIN = 0.5  # of a name that nothing is said to be in
_SAID = 0.5  # of a town that is said to be one: "Sutherland Springs, a community of"
_LEAD, _OPENING = 1.5, 3
_HERE = 2.0  # of the town of the dateline, where the report says "here"
_REST = 0.3  # of every further mention
_OLD_DAYS = 21
_BEFORE = 60  # characters looked at before a name

# People are born, live, are taken, meet and mourn elsewhere than where it happened.
_ELSEWHERE = re.compile(
    r"\b(?:born|raised|grew up|liv(?:ed?|es|ing)|home|house|resid\w+|stud(?:y|ied|ying)"
    r"|work(?:ed|s)|arrest\w*|detained|held|vigils?|protest\w*|march\w*|rall(?:y|ied|ies)|summit|conference"
    r"|meeting|met|trip|visit\w*|speech|speaking|spoke|said|told|flew|flown|flight|funerals?"
    r"|buried|services?|prayers?|silence|tour|taken|hospitals?|treated|court\w*|jail\w*|prison|convicted|sentenced"
    r"|rented|bought|searched|raid\w*|autopsy|travel\w*|arriv\w+|returned|embassy|ministry"
    r"|office|headquarters|university|based|leaders?|president|minister|mayor|officials in"
    r"|like|unlike|similar)\b[^.;:]{0,45}$",
    re.IGNORECASE,
)
_TOWN_AFTER = re.compile(
    r",? (?:an? |the )(?:[\w-]+ ){0,5}?(?:town|city|village|community|suburb|hamlet|municipality"
    r"|enclave|resort|port)\b"
)
_TOWN_BEFORE = re.compile(
    r"\b(?:town|city|village|community|suburb|hamlet|neighbou?rhood|port|resort) of $"
)
# "25 miles southeast of the beach resort of Z", "the 2800 block of East Waverly Street".
_BEARING = re.compile(
    r"\b(?:miles?|km|kilomet(?:er|re)s?|(?:north|south)(?:[ -]?(?:east|west))?|east|west|outside)"
    r"(?:ern)?(?: of| from)\b[^.;,:]{0,30}$",
    re.IGNORECASE,
)
# "Stormed a nightclub here", "a church in this small South Texas town".
_HERE_WORD = re.compile(
    r"\bhere\b(?! (?:is|are|'s|’s)\b)"
    r"|\bin this (?:[\w'’-]+ ){0,5}?(?:town|city|village|community|suburb|capital)\b"
)
# "Berlin market attack: suspect killed in Milan", "Parkland school shooting".
_EVENT_AFTER = re.compile(
    r"['’]?s? (?:[\w-]+ ){0,2}(?:attack(?:s|ers?)?|shoot(?:ings?|ers?)|gunm[ae]n|bombers?"
    r"|suspects?|bombings?|blasts?|explosions?|massacre"
    r"|stabbings?|crash|fire|blaze|siege|killings?|disaster|collapse|landslide|(?:earth)?quake)\b",
    re.IGNORECASE,
)
_HEADED = 6.0  # of the place whose event the headline names
_QUOTES = re.compile(r"[\"“”]")


Key = tuple[str, str, str | None, str | None]


def key_of(place: Place) -> Key:
    """What two mentions of one place have in common: name, kind, country and region."""
    return (place.name, place.kind, place.country, place.admin1)


class Set(NamedTuple):
    """A place of the report; ``weight`` says how much of the report is set there."""

    place: Place
    weight: float


def places_of_report(
    prepared: Prepared,
    places: Sequence[Place],
    times: Sequence[Timex],
    reference: dt.date | None,
    filed: int = 0,
    dateline: Place | None = None,
    apart: Sequence[Scene] = (),
) -> tuple[Set, ...]:
    """The towns and districts of a report below its dateline, weighed, in text order.

    ``apart`` are the scenes of other events, whose places are theirs; ``dateline`` is the
    place it was filed from, which weighs only where the report says "here".
    """
    others = sorted({scene.sentence.span for scene in apart})
    located = [
        p for p in places if p.span is not None and p.span.start >= filed and p.kind != "country"
    ]
    toponyms = Sorted(located, [p.span for p in located if p.span is not None])
    dated = Sorted(list(times), [t.span for t in times])
    body = next((s.index for s in prepared.sentences if not s.title), 0)
    weights: dict[Key, list[float]] = {}
    first: dict[Key, Place] = {}
    for sentence in prepared.sentences:
        lead = _LEAD if sentence.index - body < _OPENING else 1.0
        old = EARLIER.search(sentence.text) is not None or _is_old(
            dated.within(sentence.span), reference
        )
        here = _HERE_WORD.search(sentence.text) if dateline is not None else None
        if here is not None and dateline is not None and not _quoted(sentence, here.start()):
            first.setdefault(key_of(dateline), dateline)
            weights.setdefault(key_of(dateline), []).append(_HERE * lead)
        for near in places_near(sentence, (), toponyms.within(sentence.span)):
            span = near.place.span
            assert span is not None
            weight = min(near.weight, 1.0) if near.at else _PLAIN * near.weight
            start, end = span.start - sentence.start, span.end - sentence.start
            if _TOWN_AFTER.match(sentence.text, end) or _TOWN_BEFORE.search(
                sentence.text[max(0, start - _BEFORE) : start]
            ):
                weight += _SAID
            if (
                old
                or STREET.match(sentence.text, end)
                or _BEARING.search(sentence.text[max(0, start - _BEFORE) : start])
                or _ELSEWHERE.search(sentence.text[max(0, start - _BEFORE) : start])
                or is_within(span.start, others)
            ):
                weight *= _ASIDE
            key = key_of(near.place)
            first.setdefault(key, near.place)
            weights.setdefault(key, []).append(weight * lead)
    title = prepared.document.title or ""
    for key, place in first.items():
        assert place.span is not None
        name = prepared.text[place.span.start : place.span.end]
        at = title.find(name)
        if at >= 0 and _EVENT_AFTER.match(title, at + len(name)):
            weights[key].append(_HEADED)
    return tuple(Set(first[key], told_again(all_, _REST)) for key, all_ in weights.items())


def _is_old(times: Sequence[object], reference: dt.date | None) -> bool:
    """Whether a sentence tells a time well before the report, and none of its days."""
    if reference is None:
        return False
    ends = [t.end for t in times if isinstance(t, Timex) and t.end is not None]
    return bool(ends) and (reference - max(ends)).days > _OLD_DAYS


def _quoted(sentence: Sentence, at: int) -> bool:
    """Whether a word lies inside a quotation, where "here" is the speaker's."""
    return len(_QUOTES.findall(sentence.text[:at])) % 2 == 1
