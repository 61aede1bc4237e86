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
from functools import cache
from typing import NamedTuple

from dateline.model import Place, Span
from dateline.reading.attribution.clauses import LONGEST
from dateline.reading.attribution.registry import registry_in_use
from dateline.reading.incidents.full_names import FullNames
from dateline.reading.lexicon import alternation, load
from dateline.reading.prepared import Prepared, Sentence

NAMED = 2.0
"""Weight from which a name is that of a perpetrator."""

TOLD_OUTRIGHT = 3.0
"""Weight of words that say so: "the gunman, identified as"."""

_HALF = 1.0
_MOST = 40  # names; no report names more who did it

_PART = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?<!['’]s)\.?"
_PARTICLE = r"(?:al|bin|ben|ibn|de|la|le|van|von|der|den|el|ul|da|dos|del|abu)"
_NICK = r"[\"“'‘][A-Z]\w{1,14}[\"”'’]"
_NAME = rf"(?P<name>{_PART}(?:[ -](?:(?:{_PARTICLE}[ -]){{0,2}}{_PART}|{_NICK})){{0,4}})"
_FULL = re.compile(rf"(?<![\w-]){_NAME}")
# "19-year-old", "Kent-born", "former student", "the suspected attacker as"
_DESC = (
    r"(?:(?:an?|the|his|her|mr\.?|local|one)\s+)?"
    r"(?:(?:\d{1,2}-year-old|[A-Za-z]+-(?:born|American|Canadian)"
    r"|(?!(?:by|in|at|on|from|near|of|to|with|and|that|who|when|after|as|identified|named"
    r"|shot|killed|wounded|charged|found|said|against)\b)[a-z][a-z-]*)\s+){0,4}"
)
_AGE = r"(?:\s*,\s*(?:aged?\s+)?\d{1,2}(?=\s*[,.;)])|\s*\(\d{1,2}\))"
_ASIDES = rf"(?:{_AGE})?(?:\s*,[^,;.“”\"]{{1,70}}(?=\s*,)){{0,2}}\s*,?\s+"
_HELPING = r"(?:(?:has|have|had|also|then|later|first|allegedly|reportedly|himself)\s+){0,2}"
_VICTIMS = re.compile(
    r"\b(?:victims?|dead|deceased|slain|fallen|survivors?|wounded|injured|heroe?s?|officers?"
    r"|witness(?:es)?|hostages?)\b",
    re.IGNORECASE,
)
_PERSON_OF_DEED = re.compile(r"\b(?:him|her|he|she)\b", re.IGNORECASE)
_POLICE = re.compile(
    r"\b(?:polic\w*|officers?|deput(?:y|ies)|troopers?|guards?|forces|troops|commandos?|cops?"
    r"|agents?|swat|marksm[ae]n|secret service|fbi)\b",
    re.IGNORECASE,
)
_SAID = (
    r"(?:said|says|told|added|recalled|wrote(?=\s*[,:“\"]|\s+(?:in|on|that)\b)|tweeted|testified"
    r"|explained)"
)
_TELLS_OF = (
    r"(?:had|has|have|was|were|is|would|will|did|does|could|may|might|wanted|acted|appeared|drove|"
    r"[a-z]+ed)\b"
)
_TO_POLICE = (
    r"\s+(?:the\s+|an?\s+|one\s+)?(?:\w+\s+)?(?:police|officers?|investigators|detectives|agents"
    r"|judge|dispatchers?|negotiators?|hostages|fbi|FBI|court)\b"
)
_FAR = (  # between "…, 15, walked into the hall" and "and began to shoot"
    r"(?:(?!\b(?:said|says|told|saw|heard|was|were|who|whom|when|after|as|police|officers?|gunman"
    r"|attacker|shooter|suspect|man|died|he|she|they)\b)[^.;“”\"]){0,110}?"
)


class Identity(NamedTuple):
    """A perpetrator's name: how surely it is his, and the words for him beside it.

    ``weight`` is that of one place of the text, or of all; below 0 it speaks against him.
    """

    name: str
    weight: float
    role: str
    anchor: Span
    sentence: Sentence


class _Patterns(NamedTuple):
    identified: re.Pattern[str]
    apposed: re.Pattern[str]
    behind: re.Pattern[str]
    charged: re.Pattern[str]
    deed: re.Pattern[str]
    later_deed: re.Pattern[str]
    object: re.Pattern[str]
    stopped: re.Pattern[str]
    told_as: re.Pattern[str]
    accused: re.Pattern[str]
    agent: re.Pattern[str]
    by_pronoun: re.Pattern[str]
    against: tuple[re.Pattern[str], ...]
    role: re.Pattern[str]
    signs: frozenset[str]
    offices: frozenset[str]
    openers: frozenset[str]


@cache
def _patterns() -> _Patterns:
    lists = load("actors")["identity"]
    role = alternation(lists["roles"])
    doubtful = alternation(lists["doubtful_roles"])
    # "drove a rented car at speed along the pavement"
    driving = (
        r"drove\s+(?:(?:an?|his|her|the)\s+)(?:[\w-]+\s+){1,5}?(?:into|onto|through|along|over"
        r"|across|down|at)"
    )
    deeds = f"{alternation(lists['deeds'])}|{driving}"
    status = alternation(lists["status"])
    seeking = alternation(lists["seeking"])

    def made(pattern: str) -> re.Pattern[str]:
        # names keep their capitals; the words around them are matched in either case
        return re.compile(pattern)

    lower = r"(?i:{})".format
    return _Patterns(
        identified=made(
            lower(r"\b(?:identif(?:y|ied|ies|ying)|named?|naming|names|believed\s+to\s+be)")
            + r"(?P<whom>[^.;:“”\"]{0,90}?)(?:\s+as|(?<=believed to be))\s+"
            rf"(?P<desc>{_DESC}){_NAME}"
        ),
        apposed=made(
            lower(rf"\b(?P<role>{role}|(?P<doubtful>{doubtful}))\b")
            + lower(r"(?P<tail>\s+(?:in|behind|at|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?[\w-]+)?")
            + r"(?P<link>\s*,|\s+(?:was|is)\s+(?:\w+\s+)?(?:reported|believed|thought|said"
            r"|understood|known|confirmed)\s+to\s+(?:be|have\s+been)|\s+was|\s+is|\s+named|\s*\()?"
            rf"\s+(?P<desc>{_DESC}){_NAME}"
        ),
        behind=made(
            rf"(?<![\w-]){_NAME}(?:{_AGE})?\s*(?:,|\(|–|—)\s*"
            + lower(
                r"(?:the|an?|one\s+of\s+the)\s+(?:(?!who|whose|whom|said|of\b)[\w-]+\s+){0,3}?"
                rf"(?P<role>{role}"
                r"|(?:man|woman|teenager|teen|student|driver)\s+(?:accused|charged|suspected"
                r"|responsible|who\s+(?:police|opened|shot|drove|killed)|police|behind))\b(?!['’]s)"
            )
        ),
        charged=made(rf"(?<![\w-]){_NAME}{_ASIDES}{lower(status)}(?![\w-])"),
        deed=made(rf"(?<![\w-]){_NAME}(?:{_ASIDES}|\s+){_HELPING}{lower(deeds)}(?![\w-])"),
        later_deed=made(
            rf"(?<![\w-]){_NAME}(?:{_AGE}|\s*,|(?=\s+walked\b)){_FAR}{lower(deeds)}(?![\w-])"
        ),
        object=made(lower(rf"\b(?:{seeking})") + rf"\s+(?P<desc>{_DESC}){_NAME}"),
        stopped=made(
            lower(
                r"\b(?:killed|shot\s+dead|shot\s+and\s+killed|fatally\s+shot|arrested|detained"
                r"|captured|shot)"
            )
            + rf"\s+(?P<desc>{_DESC}){_NAME}"
        ),
        told_as=made(
            rf"(?<![\w-]){_NAME}{_ASIDES}(?:(?:was|were|is|has\s+been|had\s+been)\s+)?"
            + lower(
                r"(?:(?:named|identified)\s+(?:(?:by|in|on|from|through)\s+(?:[\w-]+\s+){1,4}?)?as\s+|(?<=was\s)(?=the\s|one\s))"
                r"(?:one\s+of\s+)?(?:the\s+|an?\s+|two\s+|three\s+)?(?:[\w-]+\s+){0,3}?"
                rf"(?P<role>{role}|m[ae]n\s+who|woman\s+who|driver)\b(?!['’]s)"
            )
        ),
        accused=made(
            rf"(?<![\w-]){_NAME}(?:{_AGE}|\s*,|\s+(?=(?i:is|was|who|suspected|accused)\b))"
            r"(?:(?!\b(?:said|says|told|whose|and|by|of)\s)[^.;“”\"]){0,90}?\s*"
            + lower(
                r"\b(?:suspected|accused|convicted)\s+of\s+(?:[\w-]+\s+){0,3}?(?:kill|shoot|attack"
                r"|murder|massacr|driv|carry|plant|bomb|stab|open|ramm|plou?gh|plow|terror|detonat"
                r"|gunning|mowing|slaughter)"
            )
        ),
        agent=made(
            lower(
                r"\b(?:killed|murdered|shot(?:\s+dead)?|stabbed|slain|slaughtered|massacred"
                r"|gunned\s+down|mown\s+down|mowed\s+down|driven|perpetrated|attack|shooting"
                r"|bombing|massacre|rampage)(?:\s+(?!by\b|and\b|but\b)[\w-]+){0,3}\s+by"
            )
            + rf"\s+(?P<desc>{_DESC}){_NAME}"
        ),
        by_pronoun=re.compile(rf"\b(?:he|she)\s+{_HELPING}(?:{deeds})(?![\w-])", re.IGNORECASE),
        against=(
            made(rf"(?<![\w-]){_NAME}(?:{_ASIDES}|\s+){_SAID}\b(?!{_TO_POLICE})"),
            # "said Trask had been on no list" tells of him, not who speaks
            made(rf"\b{_SAID}\s+{_NAME}(?!{_AGE}?,?\s+{_TELLS_OF})"),
            made(
                rf"(?<![\w-]){_NAME}(?:{_ASIDES}|\s+)(?:was|were|is|remains?)\s+(?:also\s+)?"
                r"(?:among\s+(?:the\s+)?(?:dead|victims|wounded|injured|those)|killed\s+(?:in|by\s+the"
                r"\s+(?:gunman|attacker|shooter|bomb))|wounded|injured|a\s+(?:victim|witness)"
                r"|freed|released|cleared|stabbed|rescued|not\s+involved|in\s+(?:an?\s+)?(?:coma"
                r"|intensive|critical|serious|stable))"
            ),
            made(
                rf"\b(?:victims?|survivors?|witness(?:es)?|neighbou?rs?)\b(?:(?!\bby\b)[^.;]){{0,20}}?,?\s+{_NAME}"
            ),
        ),
        role=re.compile(rf"\b(?:{role}|{doubtful})\b", re.IGNORECASE),
        signs=frozenset(lists["signs"]),
        offices=frozenset(lists["offices"]),
        openers=frozenset(lists["openers"]),
    )


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
    full = FullNames(prepared, _FULL, _bare)
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
            if one.weight > 0 and full.is_relative(name):
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
        for one in _in_sentence(sentence, headline):
            for name in full.meant(one.name):
                home, start = full.first[name]
                anchor = Span(home.start + start, home.start + start + len(name))
                yield one._replace(name=name, anchor=anchor, sentence=home)


def _in_sentence(sentence: Sentence, prepared: Prepared) -> Iterator[Identity]:
    text, patterns = sentence.text, _patterns()
    if sentence.end - sentence.start > LONGEST or patterns.signs.isdisjoint(sentence.words):
        return
    seen: set[tuple[str, float]] = set()
    for name, weight, role, start in (*_for(sentence, prepared), *_against(text)):
        bare = _bare(name)
        key = (bare or "", weight)
        if bare is None or key in seen:
            continue
        seen.add(key)
        at = sentence.start + start
        yield Identity(bare, weight, role, Span(at, at + len(name)), sentence)


def _for(sentence: Sentence, prepared: Prepared) -> Iterator[tuple[str, float, str, int]]:
    text, patterns = sentence.text, _patterns()
    for m in patterns.identified.finditer(text):
        said = f"{text[: m.start()][-160:]} {m['whom']}"
        role = _last_role(f"{said} {m['desc']}")
        if _VICTIMS.search(said) and not (
            _last_role(m["whom"]) or _is_role_named(text[: m.start()])
        ):
            continue
        if role or (_PERSON_OF_DEED.search(said) and _told_of(prepared, sentence)):
            yield m["name"], TOLD_OUTRIGHT, role, m.start("name")
            second = _AND_SECOND.match(text, m.end())
            if second:
                yield second["name"], TOLD_OUTRIGHT, role, second.start("name")
    for m in patterns.apposed.finditer(text):
        after = text[m.end() : m.end() + 40]
        if m["link"] is None and (m["desc"].strip() or m["tail"]):
            continue  # "the gunman shot John Smith", "a gunman in Las Vegas"
        if m["desc"].strip().lower() in _ARTICLES:
            continue  # "the suspect, a Ford Focus"
        if m["link"] and m["link"].strip() == "," and re.match(rf",?\s+{_SAID}\b", after):
            continue  # "killed the suspect, John Smith said"
        if re.search(r"\bby\s+(?:an?\s+|the\s+)?$", text[: m.start()]) and not m["link"]:
            continue
        doubtful = m["doubtful"] is not None
        if doubtful and not (m["link"] and re.match(_AGE + r"|,", after)):
            continue
        if doubtful and _HARMED_HIMSELF.search(text):
            continue  # "the driver of the lorry, Jan Nowak, 37, fought his attacker"
        if doubtful and _WAS_HARMED.match(text, m.end()) and not _POLICE.search(text):
            continue  # "a woman, Jana Novak, who had come from Brno, was killed"
        yield m["name"], NAMED if doubtful else TOLD_OUTRIGHT, m["role"].lower(), m.start("name")
    for m in patterns.behind.finditer(text):
        yield m["name"], TOLD_OUTRIGHT, m["role"].split()[0], m.start("name")
    if not _TOLD_AS.isdisjoint(sentence.words):
        for m in patterns.told_as.finditer(text):
            yield m["name"], TOLD_OUTRIGHT, "", m.start("name")
    for needed, pattern in ((_ACCUSED, patterns.accused), (_BY, patterns.agent)):
        if not needed.isdisjoint(sentence.words):
            for m in pattern.finditer(text):
                yield m["name"], NAMED, "", m.start("name")
    for m in patterns.charged.finditer(text):
        if not _is_where(text, m.start()):
            # Whom police killed may be one who did nothing.
            unsure = _BY_POLICE.search(text[m.end("name") : m.end()]) is not None
            yield m["name"], _HALF if unsure else NAMED, "", m.start("name")
    for pattern in (patterns.deed, patterns.later_deed):
        for m in pattern.finditer(text):
            after = text[m.end() : m.end() + 30]
            if _is_where(text, m.start()) or _of_stopping(text[: m.start()], after):
                continue
            sure = (
                pattern is patterns.deed
                or re.match(_AGE, text[m.end("name") :])
                or _ALLEGED.search(text[: m.start()][-40:])
            )
            yield m["name"], NAMED if sure else _HALF, "", m.start("name")
    for m in patterns.object.finditer(text):
        yield m["name"], NAMED, _last_role(m["desc"]), m.start("name")
    for m in patterns.stopped.finditer(text):
        before = text[: m.start()]
        police = list(_POLICE.finditer(before))
        # "Police said a gunman killed John Smith": who kills him is not the police.
        between = before[police[-1].end() :] if police else ""
        if police and not re.search(rf"\b{_SAID}\b", between) and not _last_role(between):
            killed = not re.match(r"arrest|detain|captur", m.group(), re.IGNORECASE)
            yield m["name"], _HALF if killed else NAMED, "", m.start("name")
    first = _FULL.match(text)
    if first and _does_it(sentence, prepared, first.end()):
        yield first["name"], NAMED, "", 0


def _does_it(sentence: Sentence, prepared: Prepared, end: int) -> bool:
    """Whether a sentence opens with a name, and "he" then does the deed, there or in the next."""
    if not re.match(r",?\s+\d{1,2},|\s+[a-z]", sentence.text[end : end + 6]):
        return False
    after = prepared.sentences[sentence.index + 1 : sentence.index + 2]
    if any(_FULL.match(s.text) and " " in (_bare(_opening(s)) or "") for s in after):
        after = ()  # it is about somebody else
    told = (sentence.text[end:], *(s.text for s in after))
    return any(
        (m := _patterns().by_pronoun.search(text)) is not None
        and not _of_stopping("", text[m.end() : m.end() + 30])
        for text in told
    )


def _opening(sentence: Sentence) -> str:
    m = _FULL.match(sentence.text)
    return m["name"] if m else ""


def _against(text: str) -> Iterator[tuple[str, float, str, int]]:
    for pattern in _patterns().against:
        for m in pattern.finditer(text):
            yield m["name"], -1.5, "", m.start("name")


_ALLEGED = re.compile(r"\ballege[sd]?,?\s+(?:that\s+)?$", re.IGNORECASE)
_ACCUSED = frozenset("suspected accused convicted".split())
_BY = frozenset(("by",))
_TOLD_AS = frozenset("named identified was".split())
_ARTICLES = frozenset("a an the".split())
_BY_POLICE = re.compile(r"\b(?:shot|killed)\b", re.IGNORECASE)
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
    found = [*_patterns().role.finditer(before[-80:])]
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
_AND_SECOND = re.compile(rf"{_AGE}?\s*,?\s+and\s+(?:{_DESC}){_NAME}")


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
    found = [m[0] for m in _patterns().role.finditer(text)]
    return found[-1].lower() if found else ""


def _told_of(prepared: Prepared, sentence: Sentence) -> bool:
    """Whether "he" may be a perpetrator: the sentence before speaks of one."""
    near = prepared.sentences[max(0, sentence.index - 3) : sentence.index + 1]
    return any(_patterns().role.search(s.text) for s in near)


def _bare(name: str) -> str | None:
    """A person's name without what only opens the sentence; None where it is of an office."""
    words = name.rstrip(".,").split()
    openers = _patterns().openers
    while words and (words[0].lower().rstrip(".") in openers or words[0].endswith("-born")):
        words = words[1:]
    if not words or any(w.lower().rstrip(".") in _patterns().offices for w in words):
        return None
    if any(w.isupper() and len(w) > 3 for w in words):
        return None
    known = registry_in_use().lookup(" ".join(words))
    return None if known is not None and known.kind != "person" else " ".join(words)
