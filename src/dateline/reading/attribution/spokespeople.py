"""For whom "a spokeswoman" speaks, and whether "the governor" is somebody named.

A spokeswoman who is given no body speaks for the one just named: "taken to the Mercy
Hospital, where a spokeswoman said …". An office points at a person only if the report
gives that person the office somewhere.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from dateline.reading.attribution.introductions import OPENERS
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
    "chancellor": (),
    "commissioner": (),
    "constable": (),
    "coroner": (),
    "premier": (),
}
OFFICES = frozenset(_SHORT)
# Of these a report that says "the" has one: whom it names below may be meant above.
SOLE = frozenset(
    """governor mayor minister president chancellor premier prosecutor sheriff chief constable
    commissioner coroner superintendent""".split()
)
_SEARCHED = 100_000  # characters of a report
_NEAR = 2  # sentences
_OWN_FAR = 400  # characters of one sentence
_INSTITUTION = (
    r"(?:Hospital|Infirmary|Clinic|Medical Cent(?:er|re)|Cent(?:er|re)|University|College|Schools?"
    r"|Company|Airlines?|Airways|Corporation|Ministry|Department|Agency|Police|Office|Embassy"
    r"|Commission|Authority|Service|Health|Hospitals|District|Church|Foundation|Institute|Railways?"
    r"|Council|Association|Group|Inc|Corp|Fund)"
)
_NAMED = re.compile(
    r"\b(?!(?:At|In|The|From|To|On|By|And|But|For|When|While|After)\s)"
    rf"(?:[A-ZÀ-Þ][\w’'.&-]{{0,30}}\s+(?:(?:of|for|and|the)\s+){{0,2}}){{1,5}}{_INSTITUTION}\b"
    r"(?:\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]\w+['’]s)[A-Z][a-z]+\b"
    r"(?!\s+[A-Z]))?"
)
_PLAIN = re.compile(
    r"\b[Tt]he\s+(?:[a-z-]+\s+)?(?:hospital|clinic|company|airline|ministry|department|university"
    r"|agency|embassy|police department|school|firm|district|carrier|operator)\b"
)
_OPENS = re.compile(r"\W{0,3}(?:at\s+)?(?:the\s+)?", re.IGNORECASE)  # before a body that opens
_WHERE = re.compile(r",?\s+(?:where|whose)\s+(?:an?|the)?\s*\Z")


# What "the hospital" may be called.
_CALLED_SO = {"hospital": frozenset("hospital medical clinic infirmary".split())}


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
        if found and (not noun or found[0].words & _CALLED_SO.get(noun, frozenset({noun}))):
            return found
    return []


def body_of_sentence(
    prepared: Prepared, registry: Registry, at: int, noun: str = "", *, head: bool = False
) -> list[Named]:
    """The body named by its name in a sentence before an offset; empty for none.

    Where a ``noun`` is given the name must say so; with ``head`` it must open the sentence.
    """
    here = prepared.sentence_at(at)
    if here is None or prepared.all_caps:
        return []
    found = list(_NAMED.finditer(prepared.text, max(here.start, at - _OWN_FAR), at))
    if head:
        found = [
            one for one in found[:1] if _OPENS.fullmatch(prepared.text, here.start, one.start())
        ]
    made = names_in(found[-1].group(), registry) if found else []
    wanted = _CALLED_SO.get(noun, frozenset({noun})) if noun else frozenset()
    if len(made) != 1 or made[0].empty or (noun and not made[0].words & wanted):
        return []
    return made


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
    """Whom a report calls by an office between two offsets, and nobody else.

    ``nation`` is the state whose office it is, where that is said ("French President …").
    """

    named: Named
    start: int
    end: int
    nation: str | None


def holder(
    prepared: Prepared, registry: Registry, office: tuple[str, ...], nation: str | None = None
) -> Holder | None:
    """The first whom a report calls by an office ("President Ann Bell"); None for nobody.

    Up to where it calls somebody else so. With a ``nation`` nobody counts who is called by
    the office of another.
    """
    found: list[tuple[int, str, str, str | None]] = []
    for match in _titled(office).finditer(prepared.text, 0, _SEARCHED):
        name = (match["name"] or match["first"]).removesuffix("'s").removesuffix("’s")
        lead = prepared.text[max(0, match.start() - _LEAD) : match.start()]
        before = words_of(_ENDS.split(lead)[-1])
        if not match["name"]:
            before = words_of(match["lead"] or "")
        if "\n\n" in match.group():
            continue  # a headline and a byline
        if any(word.key in _NOT_NOW for word in before[-1:]) or words_of(name)[0].key in OPENERS:
            continue  # "former Mayor Bell"; "In Washington, the president"
        last, two = before[-1:], before[-2:]
        stated = (registry.nation_at(last, 0) if last else None) or (
            registry.nation_at(two, 0)
            if len(two) == 2 and not registry.nation_at(two[:1], 0)
            else None
        )
        if nation is not None and stated and stated != nation:
            continue
        found.append((match.start(), name, words_of(name)[-1].key, stated))
    if not found:
        return None
    start, first, surname, _ = found[0]
    end = min((at for at, _, other, _ in found if other != surname), default=len(prepared.text))
    said = next((stated for _, _, other, stated in found if stated and other == surname), None)
    made = names_in(first, registry)
    return Holder(made[0], start, end, said) if len(made) == 1 and made[0].person else None


_LEAD = 40  # characters before an office
_ENDS = re.compile(r"[.;:!?,]\s+(?=[A-Z])")
_NOT_NOW = frozenset("deputy former ex vice assistant acting shadow then late".split())
_NAME = (
    r"(?:[A-ZÀ-Þ](?:[\w’'-]{0,25}|\w{0,2}\.)\s+){1,3}(?:(?:de|del|della|di|da|la|le|al|el|bin|van|von|der|den)"
    r"\s+){0,2}[A-ZÀ-Þ][\w’'-]{1,25}"
)


@functools.lru_cache(maxsize=256)
def _titled(office: tuple[str, ...]) -> re.Pattern[str]:
    short = {short for word in office[-1:] for short in _SHORT.get(word, ())}
    last = "|".join(re.escape(word) for word in sorted({office[-1], *short}))
    before = "".join(rf"{re.escape(word)}\s+" for word in office[:-1])
    called = rf"(?i:{before}(?:{last}))\b"
    return re.compile(
        rf"\b(?P<office>{called})(?:\.|,(?=\s+[A-ZÀ-Þ][\w’'.-]+\s+[A-ZÀ-Þ][\w’'-]+,))?\s+"
        rf"(?P<name>{_NAME})"
        # "Ann Bell, the French interior minister"
        rf"|\b(?P<first>{_NAME}),\s+(?P<lead>(?:[\w’'-]{{1,25}}\s+){{0,3}}?){called}"
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
