"""Which of the people a report names is the one who did it.

A name is tied to a deed by what stands right around it: "the gunman, identified as …",
"the suspect, 19-year-old …,", "…, the man accused of", "… was charged with murder",
"…, 15, walked in with a pistol and began to shoot". Each such place speaks for the name
with a weight; what speaks against it (an officer's rank, a victim, somebody who comments)
is taken off. A surname alone counts for the full name the report gives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dateline.model import Place, Span
from dateline.reading.attribution.clauses import LONGEST
from dateline.reading.attribution.registry import registry_in_use
from dateline.reading.incidents.co_named import listed, told_with
from dateline.reading.incidents.full_names import FullNames
from dateline.reading.incidents.identity_words import (
    AGE,
    DESC,
    FULL,
    NAME,
    PERSON_OF_DEED,
    POLICE,
    SAID,
    VICTIMS,
    is_told_of,
    patterns_of_identity,
)
from dateline.reading.incidents.lives import asked_who, of_a_life
from dateline.reading.prepared import Prepared, Sentence

NAMED = 2.0
"""Weight from which a name is that of a perpetrator."""

TOLD_OUTRIGHT = 3.0
"""Weight of words that say so: "the gunman, identified as"."""

_HALF = 1.0
_MOST = 40  # names; no report names more who did it


class Told(NamedTuple):
    """A name as told in one place: its weight, the role beside it, where it stands."""

    name: str
    weight: float
    role: str
    start: int
    acts: bool = False


class Identity(NamedTuple):
    """A perpetrator's name: how surely it is his, and the words for him beside it.

    ``weight`` is that of one place of the text, or of all; below 0 it speaks against him.
    ``acts`` where it is told as a deed of his own or by a role: a brother of the gunman may
    be arrested, but does not open fire.
    """

    name: str
    weight: float
    role: str
    anchor: Span
    sentence: Sentence
    acts: bool = False


def find_identities(
    prepared: Prepared,
    home_of: Callable[[int], int | None],
    *,
    places: Sequence[Place] = (),
    headline: Prepared | None = None,
) -> tuple[Identity, ...]:
    """The names of those who did it, the surest first; none for a text in capitals.

    Only names whose weight reaches ``NAMED``. One a surname, or a full name where two
    bear the same ("two brothers"). ``home_of`` gives the incident that the words at an
    offset are about: the name is told where most speaks for it. ``places`` are no names of
    people. A ``headline`` outside the text speaks for the names that the text gives too.
    """
    if prepared.all_caps:
        return ()
    sites = {span.start: span.end for place in places if (span := place.span) is not None}
    evidence = [
        one
        for s in prepared.sentences
        for one in _in_sentence(s, prepared)
        if sites.get(one.anchor.start, -1) < one.anchor.end
    ]
    full = FullNames(prepared, FULL, _bare)
    if headline is not None:
        evidence += _of_headline(headline, full)
    if not any(one.weight > 0 for one in evidence):
        return ()
    weights: defaultdict[str, float] = defaultdict(float)
    at_home: defaultdict[str, dict[int | None, float]] = defaultdict(dict)
    best: dict[tuple[str, int | None], Identity] = {}
    for one in evidence:
        home = home_of(one.anchor.start)
        for name in full.meant(one.name):
            if one.weight > 0 and full.is_relative(name) and not one.acts:
                continue
            weights[name] += one.weight
            if one.weight > 0:
                at_home[name][home] = at_home[name].get(home, 0.0) + one.weight
                known = best.get((name, home))
                if known is None or one.weight > known.weight:
                    best[name, home] = one
    found = []
    for name, weight in weights.items():
        told = at_home.get(name)
        if weight < NAMED or not told:
            continue
        where = min(told, key=lambda home: (-told[home], home is None, home or 0))
        found.append(best[name, where]._replace(name=name, weight=weight))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.anchor, one.name))[:_MOST])


def _of_headline(headline: Prepared, full: FullNames) -> Iterator[Identity]:
    """What a headline says of names that the text gives in full, told where it does first."""
    for sentence in headline.sentences:
        asked = [
            Identity(bare, told.weight, "", Span(0, 0), sentence)
            for told in _asked(headline.text)
            if sentence.index == 0 and (bare := _bare(told.name)) is not None
        ]
        for one in (*_in_sentence(sentence, headline), *asked):
            for name in full.meant(one.name):
                home, start = full.first[name]
                anchor = Span(home.start + start, home.start + start + len(name))
                yield one._replace(name=name, anchor=anchor, sentence=home)


def _in_sentence(sentence: Sentence, prepared: Prepared) -> Iterator[Identity]:
    text = sentence.text
    if sentence.end - sentence.start > LONGEST:
        return
    signs = patterns_of_identity().signs
    seen: set[tuple[str, float]] = set()
    told: list[Told] = [
        *(Told(name, TOLD_OUTRIGHT, "", at, acts=True) for name, at in listed(sentence, prepared)),
        *(Told(name, _HALF, "", at) for name, at in of_a_life(sentence)),
    ]
    if not signs.isdisjoint(sentence.words):
        told += [*_for(sentence, prepared), *_against(text)]
    for name, weight, role, start, acts in told:
        bare = _bare(name)
        key = (bare or "", weight)
        if bare is None or key in seen or name.endswith(("'", "’")):
            continue  # "Trask's brother" is not he
        seen.add(key)
        at = sentence.start + start
        yield Identity(bare, weight, role, Span(at, at + len(name)), sentence, acts)


def _asked(headline: str) -> Iterator[Told]:
    """Whom a headline asks about: "Who was A? From sergeant to gunman"."""
    for name, start, outright in asked_who(headline):
        yield Told(name, NAMED if outright else _HALF, "", start)


def _for(sentence: Sentence, prepared: Prepared) -> Iterator[Told]:
    text, patterns = sentence.text, patterns_of_identity()
    for m in patterns.identified.finditer(text):
        said = f"{text[: m.start()][-160:]} {m['whom']}"
        role = _last_role(f"{said} {m['desc']}")
        if VICTIMS.search(said) and not (
            _last_role(m["whom"]) or _is_role_named(text[: m.start()])
        ):
            continue
        if role or (PERSON_OF_DEED.search(said) and is_told_of(prepared, sentence)):
            yield Told(m["name"], TOLD_OUTRIGHT, role, m.start("name"), acts=True)
            second = _AND_SECOND.match(text, m.end())
            if second:
                yield Told(second["name"], TOLD_OUTRIGHT, role, second.start("name"))
    for m in patterns.apposed.finditer(text):
        after = text[m.end() : m.end() + 40]
        if m["link"] is None and (m["desc"].strip() or m["tail"]):
            continue  # "the gunman shot John Smith", "a gunman in Las Vegas"
        if m["desc"].strip().lower() in _ARTICLES:
            continue  # "the suspect, a Ford Focus"
        if m["link"] and m["link"].strip() == "," and re.match(rf",?\s+{SAID}\b", after):
            continue  # "killed the suspect, John Smith said"
        if re.search(r"\bby\s+(?:an?\s+|the\s+)?$", text[: m.start()]) and not m["link"]:
            continue
        if m["link"] is None and text[: m.start()].endswith(("“", '"', "‘")):
            continue  # "Murderer Trask!" is shouted at a minister
        doubtful = m["doubtful"] is not None
        if doubtful and not (m["link"] and re.match(AGE + r"|,", after)):
            continue
        if doubtful and _HARMED_HIMSELF.search(text):
            continue  # "the driver of the lorry, Jan Nowak, 37, fought his attacker"
        if doubtful and _WAS_HARMED.match(text, m.end()) and not POLICE.search(text):
            continue  # "a woman, Jana Novak, who had come from Brno, was killed"
        weight = NAMED if doubtful else TOLD_OUTRIGHT
        yield Told(m["name"], weight, m["role"].lower(), m.start("name"), acts=not doubtful)
    for m in patterns.behind.finditer(text):
        yield Told(m["name"], TOLD_OUTRIGHT, m["role"].split()[0], m.start("name"), acts=True)
    if not _TOLD_AS.isdisjoint(sentence.words):
        for m in patterns.told_as.finditer(text):
            yield Told(m["name"], TOLD_OUTRIGHT, "", m.start("name"), acts=True)
        for m in patterns.named_as.finditer(text):
            yield Told(m["name"], TOLD_OUTRIGHT, m["role"].lower(), m.start("name"), acts=True)
    for needed, pattern in (
        (_ACCUSED, patterns.accused),
        (_BY, patterns.agent),
        (_WHOM, patterns.believed),
    ):
        if not needed.isdisjoint(sentence.words):
            for m in pattern.finditer(text):
                yield Told(m["name"], NAMED, "", m.start("name"))
    for m in patterns.charged.finditer(text):
        if not _is_where(text, m.start()):
            # Whom police killed, or who died there, may be one who did nothing.
            status = text[m.end("name") : m.end()]
            unsure = _BY_POLICE.search(status) is not None
            fled = _FLED.search(status) is not None
            weight = _HALF if unsure else NAMED
            yield Told(m["name"], weight, "", m.start("name"), acts=fled)
    yield from _deeds_in(text)
    for m in patterns.object.finditer(text):
        yield Told(m["name"], NAMED, _last_role(m["desc"]), m.start("name"))
    for m in patterns.stopped.finditer(text):
        before = text[: m.start()]
        police = list(POLICE.finditer(before))
        # "Police said a gunman killed John Smith": who kills him is not the police.
        between = before[police[-1].end() :] if police else ""
        if police and not re.search(rf"\b{SAID}\b", between) and not _last_role(between):
            killed = not re.match(r"arrest|detain|captur", m.group(), re.IGNORECASE)
            yield Told(m["name"], _HALF if killed else NAMED, "", m.start("name"))
    first = FULL.match(text)
    if first and _does_it(sentence, prepared, first.end()):
        yield Told(first["name"], NAMED, "", 0, acts=True)


def _deeds_in(text: str) -> Iterator[Told]:
    patterns = patterns_of_identity()
    for pattern in (patterns.deed, patterns.later_deed):
        for m in pattern.finditer(text):
            after = text[m.end() : m.end() + 30]
            if _is_where(text, m.start()) or _of_stopping(text[: m.start()], after):
                continue
            if _is_done_to_him(text, m):
                continue
            sure = (
                pattern is patterns.deed
                or re.match(AGE, text[m.end("name") :])
                or _ALLEGED.search(text[: m.start()][-40:])
            )
            weight = NAMED if sure else _HALF
            for name, start in told_with(text, m.start("name")) if sure else ():
                weight = TOLD_OUTRIGHT  # "A and his wife, B, fired 65 rounds"
                yield Told(name, weight, "", start, acts=True)
            yield Told(m["name"], weight, "", m.start("name"), acts=True)


def _is_done_to_him(text: str, m: re.Match[str]) -> bool:
    """Whether a verb is a participle: "A, 29, had been killed", "A, 32, killed a day later"."""
    if not _PARTICIPLE.fullmatch(m["deed"]):
        return False
    if _PASSIVE.search(text[: m.start("deed")][-40:]):
        return True
    behind_a_comma = text[: m.start("deed")].rstrip().endswith(",")
    return behind_a_comma and _SOME_TIME.match(text, m.end("deed")) is not None


_FLED = re.compile(r"\b(?:at\s+large|on\s+the\s+run)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"(?:killed|shot|stabbed|murdered|gunned\s+down|attacked|hijacked|mowed\s+down|rammed"
    r"|shot\s+and\s+killed)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be|got|gets)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)?\Z",
    re.IGNORECASE,
)
_SOME_TIME = re.compile(
    r"\s*(?:[,.;)]|\Z|(?:an?|one|two|three|four|five|six|\d+|some|several)\s+(?:few\s+)?(?:days?|hours?"
    r"|weeks?|months?|years?)\b|(?:on|in|by|when|while|during|last|earlier|yesterday|outside|near"
    r"|after|before|at|along|alongside|as)\b)",
    re.IGNORECASE,
)


def _does_it(sentence: Sentence, prepared: Prepared, end: int) -> bool:
    """Whether a sentence opens with a name, and "he" then does the deed, there or in the next."""
    if not re.match(r",?\s+\d{1,2},|\s+[a-z]", sentence.text[end : end + 6]):
        return False
    after = prepared.sentences[sentence.index + 1 : sentence.index + 2]
    if any(FULL.match(s.text) and " " in (_bare(_opening(s)) or "") for s in after):
        after = ()  # it is about somebody else
    told = (sentence.text[end:], *(s.text for s in after))
    return any(
        (m := patterns_of_identity().by_pronoun.search(text)) is not None
        and not _of_stopping("", text[m.end() : m.end() + 30])
        for text in told
    )


def _opening(sentence: Sentence) -> str:
    m = FULL.match(sentence.text)
    return m["name"] if m else ""


def _against(text: str) -> Iterator[Told]:
    for pattern in patterns_of_identity().against:
        for m in pattern.finditer(text):
            yield Told(m["name"], -1.5, "", m.start("name"))


_ALLEGED = re.compile(r"\ballege[sd]?,?\s+(?:that\s+)?$", re.IGNORECASE)
_ACCUSED = frozenset("suspected accused convicted".split())
_BY = frozenset(("by",))
_TOLD_AS = frozenset("named identified was charged".split())
_WHOM = frozenset(("who", "whom"))
_ARTICLES = frozenset("a an the".split())
_BY_POLICE = re.compile(r"\b(?:shot|killed|died)\b", re.IGNORECASE)
_WAS_HARMED = re.compile(
    r"[^.;]{0,120}?\b(?:(?:was|were|been)\s+(?:[\w-]+\s+){0,2}?(?:killed|shot|wounded|injured|hurt"
    r"|stabbed|buried)|died)\b",
    re.IGNORECASE,
)
_HARMED_HIMSELF = re.compile(
    r"\b(?:coma|intensive\s+care|attackers?|gunm[ae]n|fought|tackl\w+|saw|witness\w*|rescued|survived"
    r"|hospital|freed|released)\b",
    re.IGNORECASE,
)


def _is_role_named(before: str) -> bool:
    """Whether it is the gunman who is named, not "the officer who shot the gunman"."""
    found = [*patterns_of_identity().role.finditer(before[-80:])]
    if not found:
        return False
    start, end = found[-1].span()
    near = before[-80:]
    behind = re.fullmatch(r"\s*(?:was|were|is|has been|have been)?\s*", near[end:], re.IGNORECASE)
    return behind is not None and _OF_HIM.search(near[:start]) is None


_OF_HIM = re.compile(
    r"\b(?:of|by|with|who|shot|killed|shooting|tackled|stopped)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+)?\Z",
    re.IGNORECASE,
)
_AND_SECOND = re.compile(rf"{AGE}?\s*,?\s+and\s+(?:{DESC}){NAME}")


def _of_stopping(before: str, after: str) -> bool:
    """Whether who acts is one who stopped the attacker, or the verb is of what was done to him."""
    if re.match(r"\s+by\b", after) or re.search(r"\bby\s*$", before):
        return True
    return (
        re.match(
            r"\s+(?:at\s+|back\s+at\s+|and\s+\w+\s+)?(?:him|her|them|(?:the|a)\s+(?:suspect|gunman"
            r"|attacker|shooter|bomber|assailant|driver))\b",
            after,
        )
        is not None
    )


def _is_where(text: str, start: int) -> bool:
    """Whether a name is that of a place, by the word before it."""
    return _WHERE.search(text[:start][-12:]) is not None


_WHERE = re.compile(
    r"\b(?:in|at|near|outside|around|across|from|of|to)\s+(?:the\s+)?$", re.IGNORECASE
)


def _last_role(text: str) -> str:
    found = [m[0] for m in patterns_of_identity().role.finditer(text)]
    return found[-1].lower() if found else ""


def _bare(name: str) -> str | None:
    """A person's name without what only opens the sentence; None where it is of an office."""
    words = name.rstrip(".,'’").split()
    openers = patterns_of_identity().openers
    while words and (words[0].lower().rstrip(".") in openers or words[0].endswith("-born")):
        words = words[1:]
    if not words or any(w.lower().rstrip(".") in patterns_of_identity().offices for w in words):
        return None
    if any(w.isupper() and len(w) > 3 for w in words):
        return None
    known = registry_in_use().lookup(" ".join(words))
    return None if known is not None and known.kind != "person" else " ".join(words)
