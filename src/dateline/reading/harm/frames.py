"""Harm told by words on both sides of the people: "let 12 hostages go", "the fate of 12 men"."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.lexicon import load
from dateline.reading.people import BE, PREPOSITIONS, Party

_LONGEST = 4  # words of a phrase
_CAPTIVE = frozenset({"released", "abducted"})
_CLOSES = PREPOSITIONS | frozenset(". , ; : ) and but or more go free back".split()) | {""}
_NEITHER = frozenset({"killed", "casualties"})


class Frame(NamedTuple):
    """One table of ``data/harm_frames.toml``, its phrases as tuples of words."""

    effect: str
    after: frozenset[tuple[str, ...]]
    by: frozenset[str]
    least: int


@functools.cache
def _frames() -> dict[tuple[str, ...], list[Frame]]:
    """The frames by the phrase before the people."""
    table: dict[tuple[str, ...], list[Frame]] = {}
    for entry in load("harm_frames")["frame"]:
        frame = Frame(
            entry["effect"],
            _split(entry.get("after", ())),
            frozenset(entry.get("with", ())),
            entry.get("least", 1),
        )
        for phrase in sorted(_split(entry["before"])):
            table.setdefault(phrase, []).append(frame)
    return table


def _split(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


@functools.cache
def frame_words() -> frozenset[str]:
    """Words without one of which a sentence has no frame: the last of what stands before."""
    return frozenset(phrase[-1] for phrase in _frames())


def read_frames(c: Clauses) -> None:
    """Add those told by a frame to the drafts of a sentence."""
    if frame_words().isdisjoint(c.lowers):
        return
    for party in c.parties:
        if not party.numbered or party.quantity.vague or party.perpetrator:
            continue
        bare = party.end == party.quantity.end and c.word(party.end) in _CLOSES
        if not (party.human or bare) or party.quantity.max == 0:
            continue
        told = _told(c, party)
        if told is None:
            continue
        effect, first, last = told
        # What the frame says of them is more than that they are captives or patients.
        c.drafts[:] = [
            d
            for d in c.drafts
            if d.party.quantity.core != party.quantity.core
            or d.effect not in _CAPTIVE
            or effect not in _CAPTIVE
        ]
        if any(d.party.quantity.core == party.quantity.core for d in c.drafts):
            continue
        unreal = modal_before(c, first)
        c.drafts.append(Draft(effect, party, first, last, "frame", 0.75, unreal=unreal))


def _told(c: Clauses, party: Party) -> tuple[str, int, int] | None:
    """Effect, first and last token of the frame around a party."""
    k = party.start
    while c.word(k - 1) in ("the", "all", "its", "their"):
        k -= 1
    for length in range(min(_LONGEST, k), 0, -1):
        for frame in _frames().get(tuple(c.lowers[k - length : k]), ()):
            first = k - length
            if (party.quantity.min or party.quantity.max or 0) < frame.least:
                continue
            if frame.effect in _CAPTIVE and not c.captivity:
                continue
            if frame.by and frame.by.isdisjoint(c.lowers[:first]):
                continue
            if party.effect in _NEITHER or (frame.by and c.word(first - 1) in _BEING):
                continue
            if not frame.after:
                return frame.effect, first, party.end - 1
            for more in range(1, _LONGEST + 1):
                if tuple(c.lowers[party.end : party.end + more]) in frame.after:
                    return frame.effect, first, party.end + more - 1
    return None


_BEING = BE - {"was", "were", "is", "are", "been", "'s"}
