"""What people decided about claims and incidents, as the tally honours it.

A claim judged *wrong* never counts, one judged *right* counts however unsure the reader
was, and a *corrected* one counts with the value a person gave. The claim itself is never
touched: these functions give what is to be added up in its place. An incident judged
*confirmed* or *discounted* has that grade, as casualty recorders use the words (Airwars,
*Methodology Note: Civilian Harm*: "confirmed", "discounted").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec
from msgspec.structs import asdict, replace

from dateline.model import (
    Claim,
    EventValue,
    Grade,
    IncidentDate,
    Mention,
    Place,
    PlaceValue,
    TimeValue,
)

ClaimWord = Literal["right", "wrong", "corrected"]
IncidentWord = Literal["confirmed", "discounted"]

SURE = 1.0
"""The score of a claim that a person called right or corrected."""

_UNTYPED = "attack"  # what an incident is called when no report says it better


class ClaimVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about one claim; ``value`` is what a corrected one says.

    ``judgement`` is the number of the judgement, ``author`` and ``note`` are its own.
    """

    word: ClaimWord
    judgement: int
    author: str
    note: str = ""
    value: msgspec.Struct | None = None


class IncidentVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """The grade a person gave an incident, known by some of its mentions."""

    word: IncidentWord
    mentions: tuple[str, ...]
    judgement: int
    author: str
    note: str = ""

    @property
    def grade(self) -> tuple[Grade, str]:
        """The grade and its reason in words."""
        said = f": {self.note}" if self.note else ""
        return self.word, f"{self.word} by {self.author}{said}"


ClaimVerdicts = Mapping[str, ClaimVerdict]
"""By the id of the claim."""


def claims_after(claims: Iterable[Claim], verdicts: ClaimVerdicts) -> tuple[Claim, ...]:
    """The claims that count, in the order given: wrong ones left out, corrections in place.

    A corrected claim keeps the id of the claim it stands for.
    """
    counted = []
    for claim in claims:
        verdict = verdicts.get(claim.id)
        if verdict is None:
            counted.append(claim)
        elif verdict.word == "right":
            counted.append(replace(claim, score=SURE))
        elif verdict.word == "corrected":
            counted.append(replace(claim, score=SURE, value=verdict.value))
    return tuple(counted)


def mention_after(mention: Mention, claims: Iterable[Claim], verdicts: ClaimVerdicts) -> Mention:
    """The mention with type, date and place as judged.

    ``claims`` are those of the mention as they were read. Where the claim a field was
    concluded from is wrong, the next claim of that kind takes its place, else the field
    is unknown.
    """
    claims = list(claims)
    if not any(claim.id in verdicts for claim in claims):
        return mention
    left = claims_after(claims, verdicts)
    for kind in ("event", "time", "place"):
        # Several corrections of one question: the one given last stands for the mention.
        corrected = [
            (verdict.judgement, claim.id, verdict.value)
            for claim in claims
            if claim.kind == kind
            and (verdict := verdicts.get(claim.id))
            and verdict.word == "corrected"
        ]
        if corrected:
            mention = _with(mention, max(corrected)[2])
            continue
        wrong = [
            claim.value
            for claim in claims
            if claim.kind == kind
            and (verdict := verdicts.get(claim.id))
            and verdict.word == "wrong"
        ]
        if any(_tells(mention, value) for value in wrong):
            instead = next((claim.value for claim in left if claim.kind == kind), None)
            mention = _with(mention, instead) if instead else _without(mention, kind)
    return mention


def _tells(mention: Mention, value: msgspec.Struct) -> bool:
    match value:
        case EventValue():
            return mention.type == value.type
        case TimeValue():
            date = mention.date
            return date is not None and (date.start, date.end) == (value.start, value.end)
        case PlaceValue():
            place = mention.place
            return place is not None and (place.name, place.country) == (value.name, value.country)
        case _:
            return False


def _with(mention: Mention, value: msgspec.Struct | None) -> Mention:
    match value:
        case EventValue():
            return replace(mention, type=value.type)
        case TimeValue():
            date = IncidentDate(start=value.start, end=value.end, precision=value.precision)
            return replace(mention, date=date)
        case PlaceValue():
            return replace(mention, place=Place(span=None, **asdict(value)))
        case _:
            return mention


def _without(mention: Mention, kind: str) -> Mention:
    match kind:
        case "event":
            return replace(mention, type=_UNTYPED)
        case "time":
            return replace(mention, date=None)
        case _:
            return replace(mention, place=None)


def standing(
    mentions: Iterable[str], verdicts: Iterable[IncidentVerdict]
) -> IncidentVerdict | None:
    """The verdict on the incident with these mentions.

    Where a merge brought a confirmed and a discounted incident together, the last
    judgement stands; people who agree are named together.
    """
    members = set(mentions)
    found = [verdict for verdict in verdicts if members.intersection(verdict.mentions)]
    if not found:
        return None
    last = max(found, key=lambda verdict: verdict.judgement)
    agreed = [verdict for verdict in found if verdict.word == last.word]
    return replace(
        last,
        author=", ".join(sorted({verdict.author for verdict in agreed})),
        note="; ".join(sorted({verdict.note for verdict in agreed if verdict.note})),
    )
