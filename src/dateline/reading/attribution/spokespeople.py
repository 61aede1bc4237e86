"""For whom "a spokeswoman" speaks, and whether "the governor" is somebody named.

A spokeswoman who is given no body speaks for the one just named: "taken to the Mercy
Hospital, where a spokeswoman said …". An office points at a person only if the report
gives that person the office somewhere.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from dateline.reading.attribution.naming import Named, names_in, nouns
from dateline.reading.attribution.registry import Registry, words_of
from dateline.reading.prepared import Prepared, Sentence

SPOKESPEOPLE = frozenset("spokesman spokeswoman spokesperson representative".split())
# Offices and callings: who is called so is not just anybody spoken of last.
_SHORT = {
    "governor": ("gov",),
    "senator": ("sen",),
    "congressman": ("rep",),
    "congresswoman": ("rep",),
    "general": ("gen",),
    "colonel": ("col",),
    "captain": ("capt",),
    "major": ("maj",),
    "doctor": ("dr", "surgeon", "physician"),
    "lawyer": ("attorney", "counsel"),
    "priest": ("father", "rev", "reverend"),
    "president": ("pres",),
    "chief": ("chiefs",),
    "analyst": (),
    "author": ("writer",),
    "bishop": (),
    "candidate": (),
    "commander": ("cmdr",),
    "diplomat": ("ambassador", "envoy", "consul"),
    "journalist": ("reporter", "correspondent"),
    "leader": (),
    "mayor": (),
    "minister": (),
    "politician": (),
    "prosecutor": ("attorney",),
    "sheriff": (),
    "lieutenant": ("lt",),
    "sergeant": ("sgt",),
    "professor": ("prof",),
    "superintendent": ("supt",),
}
OFFICES = frozenset(_SHORT)
_SEARCHED = 100_000  # characters of a report
_NEAR = 2  # sentences
_INSTITUTION = (
    r"(?:Hospital|Clinic|Medical Cent(?:er|re)|Cent(?:er|re)|University|College|School|Schools"
    r"|Company|Airlines?|Airways|Corporation|Ministry|Department|Agency|Police|Office|Embassy"
    r"|Commission|Authority|Service|Health|Hospitals|District|Church|Foundation|Institute|Railways?"
    r"|Council|Association|Group|Inc|Corp|Fund)"
)
_NAMED = re.compile(
    rf"\b(?:[A-ZÀ-Þ][\w’'.&-]{{0,30}}\s+(?:(?:of|for|and|the)\s+){{0,2}}){{1,5}}{_INSTITUTION}\b"
)
_PLAIN = re.compile(
    r"\b[Tt]he\s+(?:[a-z-]+\s+)?(?:hospital|clinic|company|airline|ministry|department|university"
    r"|agency|embassy|police department|school|firm|district|carrier|operator)\b"
)
_WHERE = re.compile(r",?\s+(?:where|whose)\s+(?:an?|the)?\s*\Z")


def body_before(prepared: Prepared, registry: Registry, at: int) -> list[Named]:
    """The body named before "where a spokeswoman", at an offset; empty for none."""
    here = prepared.sentence_at(at)
    if here is None or prepared.all_caps:
        return []
    own = prepared.text[here.start : at]
    where = _WHERE.search(own)
    return _last_body(own[: where.start()], registry) if where else []


def body_near(prepared: Prepared, registry: Registry, at: int, noun: str = "") -> list[Named]:
    """The body named last in the sentences before an offset; empty for none.

    Where a ``noun`` is given ("a hospital spokeswoman") the name must hold it.
    """
    here = prepared.sentence_at(at)
    if here is None or prepared.all_caps:
        return []
    first = max(0, here.index - _NEAR)
    for before in reversed(prepared.sentences[first : here.index]):
        if _apart(before, here):
            break
        found = _last_body(before.text, registry)
        if found and (not noun or noun in found[0].words):
            return found
    return []


def _apart(before: Sentence, here: Sentence) -> bool:
    return before.title or here.paragraph - before.paragraph > 1


def _last_body(text: str, registry: Registry) -> list[Named]:
    found = list(_NAMED.finditer(text)) or list(_PLAIN.finditer(text))
    if not found:
        return []
    made = names_in(found[-1].group(), registry)
    return made if len(made) == 1 and not made[0].empty else []


def has_office(prepared: Prepared, named: Named, office: str) -> bool:
    """Whether a report calls somebody by an office: "Gov. Ann Bell", "Bell, the governor"."""
    titles = (office, *_SHORT.get(office, ()))
    if named.words & set(titles):
        return True
    words = words_of(named.source.name)
    surname = words[-1].text if words else ""
    if len(surname) < 2 or words[-1].key in nouns().kinds:
        return False
    return _called(surname, titles).search(prepared.text, 0, _SEARCHED) is not None


class Holder(NamedTuple):
    """Whom a report calls by an office between two offsets, and nobody else."""

    named: Named
    start: int
    end: int


def holder(prepared: Prepared, registry: Registry, office: tuple[str, ...]) -> Holder | None:
    """The first whom a report calls by an office ("President Ann Bell"); None for nobody.

    Up to where it calls somebody else so.
    """
    first: tuple[str, str, int] | None = None
    end = len(prepared.text)
    for match in _titled(office).finditer(prepared.text, 0, _SEARCHED):
        name = match["name"].removesuffix("'s").removesuffix("’s")
        surname = words_of(name)[-1].key
        if first is None:
            first = name, surname, match.start()
        elif surname != first[1]:
            end = match.start()
            break
    if first is None:
        return None
    made = names_in(first[0], registry)
    return Holder(made[0], first[2], end) if len(made) == 1 and made[0].person else None


@functools.lru_cache(maxsize=256)
def _titled(office: tuple[str, ...]) -> re.Pattern[str]:
    short = {short for word in office[-1:] for short in _SHORT.get(word, ())}
    last = "|".join(re.escape(word) for word in sorted({office[-1], *short}))
    before = "".join(rf"{re.escape(word)}\s+" for word in office[:-1])
    return re.compile(
        rf"\b(?i:{before}(?:{last}))\b\.?\s+"
        r"(?P<name>(?:[A-ZÀ-Þ][\w’'.-]{0,25}\s+){1,3}[A-ZÀ-Þ][\w’'-]{1,25})"
    )


@functools.lru_cache(maxsize=256)
def _called(surname: str, titles: tuple[str, ...]) -> re.Pattern[str]:
    name = re.escape(surname)
    office = "|".join(titles)
    return re.compile(
        rf"\b(?:{office})\b\.?(?:\s+[\w’'.-]{{1,30}}){{0,3}}\s+{name}\b"
        rf"|\b{name}\b,\s+(?:[\w’'-]{{1,30}}\s+){{0,8}}?(?:{office})\b",
        re.IGNORECASE,
    )
