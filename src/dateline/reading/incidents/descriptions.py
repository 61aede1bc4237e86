"""Where a report speaks of those who did it: in which words, how many, of which organisation.

A description is taken where its noun is a perpetrator by name ("gunman", "attackers"),
where it is the subject of a harm verb in the active voice ("two soldiers opened fire"),
or the agent of a passive ("was shot dead by a policeman").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dateline.model import Fate, Span
from dateline.reading.attribution.registry import registry_in_use, words_of
from dateline.reading.incidents.no_deeds import is_no_deed
from dateline.reading.incidents.suspects import find_suspects
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Prepared, Sentence

_DETERMINERS = (
    r"an?|the|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|several|some|many|"
    r"unidentified"
)
_NUMBERS = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
_STOP = re.compile(
    r"^(?:the|a|an|of|by|and|who|which|that|as|when|after|to|in|on|s|his|her|their|its)$", re.I
)


class Description(NamedTuple):
    """One place where a report speaks of a perpetrator."""

    head: str
    description: str
    number: int | None
    organisation: str | None
    anchor: Span
    sentence: Sentence
    rule: str
    suspected: bool = False
    fate: Fate | None = None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = load("actors")
    generic, agents = alternation(lists["generic"]), alternation(lists["agents"])
    verbs = alternation(lists["harm_verbs"])
    plural = alternation(n for n in lists["agents"] if n.endswith(("s", "men")) or n == "troops")
    # Up to three modifiers between the determiner and the noun; the modifiers may be a
    # nationality or an organisation ("a Russian", "Islamic State", "right-wing").
    modifiers = r"(?:[\w'’-]+\s+){0,3}?"
    tail = (
        r"(?:\s+of\s+(?:one\s+of\s+)?(?:an?\s+|the\s+)?(?:[\w'’-]+\s+){0,3}"
        r"(?:countr(?:y|ies)|nationality|origin))?"
    )
    named = re.compile(rf"(?<![\w-])(?P<head>{generic})(?![\w-])", re.IGNORECASE)
    relative = (
        r"(?:\s*\([^)]{1,40}\))?"
        r"(?:\s*,\s*(?:who|which|identified|aged|armed|\d{1,2})[^,]{0,90},|\s+who\s+)?"
    )
    auxiliary = (
        r"(?:\s+(?:had|has|have|then|later|also|allegedly|reportedly|fatally|indiscriminately|"
        r"repeatedly)){0,2}"
    )
    word = r"(?!(?:was|were|been|being|is|are|found)\b)[\w'’-]+"  # a guard there was found shot
    # "A serviceman on the run gunned down", "two individuals from an unspecified country
    # in the CIS, a group of several republics, opened fire".
    aside = (
        rf"(?:\s+(?:on|in|at|near|with|armed\s+with)\s+(?:{word}\s+){{0,8}}?{word}"
        rf"(?=\s+(?:{verbs})(?![\w-]))"
        rf"|\s+from\s+an?\s+[^,.]{{1,90}},?(?=.{{0,90}}?\b(?:{verbs})\b).{{0,90}}?)?"
    )
    active = re.compile(
        rf"\b(?:(?P<det>{_DETERMINERS}|his|her)\s+)(?P<mod>{modifiers})(?P<head>{agents}|{generic})"
        rf"(?P<tail>{tail}){aside}{relative}{auxiliary}\s+(?P<verb>{verbs})(?![\w-])",
        re.IGNORECASE | re.DOTALL,
    )
    passive = re.compile(
        rf"\b(?:killed|shot|shot\s+dead|murdered|attacked|stabbed|wounded|injured|kidnapped"
        rf"|abducted|ambushed|"
        rf"executed|gunned\s+down|assassinated|massacred|bombed|seized|beheaded|hacked\s+to\s+"
        rf"death|"
        rf"carried\s+out|committed|perpetrated|staged|planted|fired|launched|attack|raid|ambush|"
        rf"bombing|shooting)(?:\s+(?!(?:by|and|or|but|when|while|as|before)\b|\w+ed\b|"
        rf"taken\b|held\b|found\b|led\b)[\w'’-]+){{0,7}}\s+by\s+"
        rf"(?:(?P<det>{_DETERMINERS}|his|her)\s+)?(?P<mod>{modifiers})"
        rf"(?P<head>{agents}|{generic})(?P<tail>{tail})(?![\w-])",
        re.IGNORECASE,
    )
    copular = re.compile(
        rf"\b(?:{generic})\s+(?:was|were|is|are|had\s+been|turned\s+out\s+to\s+be)\s+"
        rf"(?:(?P<det>{_DETERMINERS})\s+"
        rf")?(?P<mod>{modifiers})(?P<head>{agents})(?P<tail>{tail})(?![\w-])",
        re.IGNORECASE,
    )
    bare = re.compile(
        rf"(?<![\w-])(?P<mod>(?:[\w'’-]+\s+){{0,3}}?)(?P<head>{plural})"
        rf"(?:\s+of\s+the\s+(?P<group>{word}(?:\s+{word}){{0,5}}?)"
        rf"(?:\s*\([\w.-]{{2,12}}\))?,?)?{auxiliary}\s+"
        rf"(?P<verb>{verbs})(?![\w-])",
        re.IGNORECASE,
    )
    return {
        "active": active,
        "passive": passive,
        "copular": copular,
        "bare": bare,
        "named": named,
    }


@cache
def _needed() -> dict[str, tuple[frozenset[str], ...]]:
    """For each pattern sets of words: a sentence without any of one set has no match."""
    lists = load("actors")
    generic, agents = signs(lists["generic"]), signs(lists["agents"])
    verbs = signs(lists["harm_verbs"])
    return {
        "active": (agents | generic, verbs),
        "passive": (frozenset({"by"}), agents | generic),
        "copular": (generic, agents),
        "bare": (agents, verbs),
        "named": (generic,),
    }


def find_descriptions(prepared: Prepared) -> Iterable[Description]:
    """Each place where a report speaks of a perpetrator, in no order."""
    for sentence in prepared.sentences:
        taken: set[int] = set()
        for rule, pattern in _patterns().items():
            if any(needed.isdisjoint(sentence.words) for needed in _needed()[rule]):
                continue
            for m in pattern.finditer(sentence.text):
                if m.start("head") in taken:
                    continue
                taken.add(m.start("head"))
                one = _one(sentence, m, rule, prepared.all_caps)
                if one:
                    yield one
    for held in find_suspects(prepared):
        yield Description(
            held.head, held.description, held.number, None, held.anchor, held.sentence,
            "held", held.suspected, held.fate,
        )  # fmt: skip


def _one(sentence: Sentence, m: re.Match[str], rule: str, caps: bool) -> Description | None:
    if is_no_deed(sentence, m, rule):
        return None
    before = m.groupdict()
    if rule == "copular" and _ASKED.search(sentence.text[: m.start()][-60:]):
        return None  # "whether one of the bombers was the brother of"
    if rule == "copular" and {"by", "from"} & set(before["mod"].lower().split()):
        return None  # "the bomber was stopped by guards"
    if "mod" not in before:
        before = _before(sentence.text, m.start("head"))
    determiner = (before.get("det") or "").lower()
    modifiers = before["mod"].split()
    if rule == "bare":
        modifiers = _adjectives(modifiers)
    while modifiers and _STOP.match(modifiers[0]):
        word = modifiers.pop(0).lower()
        determiner = word if word in ("a", "an") else determiner
    # A modifier that ends a clause or names the victim is none ("dead, the gunman").
    for place in range(len(modifiers) - 1, -1, -1):
        word = modifiers[place].lower()
        if word in _NO_MODIFIERS or not any(map(str.isalnum, word)):
            modifiers = modifiers[place + 1 :]
            # "June 12 by a lone gunman": the number stands with another word
            determiner = word if word in _NUMBERS or word in ("a", "an") else ""
            break
    inner = [place for place, word in enumerate(modifiers) if word.lower() in _INNER]
    if inner:  # "beside this one lone attacker"
        determiner = modifiers[inner[-1]].lower()
        modifiers = modifiers[inner[-1] + 1 :]
    if modifiers and modifiers[0].lower() in _NUMBERS:
        determiner = modifiers.pop(0).lower()
    if rule == "named" and not determiner:
        modifiers = _adjectives(modifiers)
    if rule == "named" and m["head"][:1].isupper() and modifiers and modifiers[-1].islower():
        modifiers, determiner = [], ""  # another line: "when the attack took place Gunman wired …"
    if _OWN.search(sentence.text[: m.start("head")][-12:]):
        return None  # "the group said its fighters did it": the group is told as such
    head = " ".join(m["head"].split())
    tail = " ".join((m.groupdict().get("tail") or "").split())
    description = " ".join([*modifiers, head, tail]).strip()
    start = m.start("head") - len(" ".join([*modifiers, ""])) if modifiers else m.start("head")
    number = _NUMBERS.get(determiner) or (int(determiner) if determiner.isdigit() else None)
    if number is None and determiner in {"a", "an"}:
        number = 1
    capitals = [word for word in modifiers if word[:1].isupper()]
    owned = any(word.endswith(("'s", "’s", "s'", "s’")) for word in modifiers)
    organisation = (
        " ".join(capitals)
        if len(capitals) > 1 and not owned and sentence.text != sentence.text.upper()
        else None
    )
    if organisation is not None:
        named = registry_in_use().lookup(f"{organisation} {head}")
        if named is not None and named.kind == "armed_group":
            organisation = named.name  # "Irish Republican" + "Army"
    group = m.groupdict().get("group")
    if group and not organisation:
        organisation = " ".join(group.split())
        description = f"{description} of the {organisation}"
    if organisation is None and (known := _armed_group(sentence.text, m, caps)):
        organisation, begins = known
        if begins < m.start("head") - len(" ".join([*modifiers, ""])) or not modifiers:
            start = begins
            description = " ".join(sentence.text[begins : m.end("head")].split())
    return Description(
        head=head.lower(),
        description=description,
        number=number,
        organisation=organisation,
        anchor=Span(sentence.start + max(start, 0), sentence.start + m.end("head")),
        sentence=sentence,
        rule=rule,
    )


_ASKED = re.compile(r"\b(?:whether|if)\b[^.;,]*\Z", re.IGNORECASE)
_OWN = re.compile(r"\b(?:its|their)\s+\Z", re.IGNORECASE)


def _armed_group(text: str, m: re.Match[str], caps: bool) -> tuple[str, int] | None:
    """The armed group whose people a noun is ("Shining Path guerrillas"), where it begins.

    Also behind it, "gunmen from the Abu Sayyaf": then it begins with the noun.
    """
    low = max(0, m.start("head") - 60)
    words = words_of(text[low : m.start("head")])
    for hit in registry_in_use().find(words, caps=caps):
        near = len(words) - hit.end <= (words[-1].key in ("suspected", "armed"))
        if hit.source.kind == "armed_group" and near:
            return hit.source.name, low + words[hit.first].start
    behind = _BELONGS.match(text, m.end("head"))
    if behind:
        words = words_of(text[behind.end() : behind.end() + 80])
        hits = registry_in_use().find(words, caps=caps)
        if hits and hits[0].first == 0 and hits[0].source.kind == "armed_group":
            return hits[0].source.name, m.start("head")
    return None


_INNER = frozenset(
    "this that these those his her their its beside besides how why seen his least most have has"
    " had been being".split()
)
_BELONGS = re.compile(
    r"\s+(?:of|from|belonging\s+to|linked\s+to|loyal\s+to|with|affiliated\s+with)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(
    "suspected alleged armed masked unidentified unknown hooded islamist leftist rightist maoist"
    " separatist rebel government army police paramilitary drug heavily militant jihadist rival"
    " state-backed pro-government young disguised uniformed motorcycle-riding leftwing rightwing"
    " left-wing right-wing".split()
)


def _adjectives(modifiers: list[str]) -> list[str]:
    """What of the words before a plural without an article describes it."""
    kept: list[str] = []
    for word in reversed(modifiers):
        proper = word[:1].isupper() and not word.isupper()
        if not (proper or word.lower() in _ADJECTIVES):
            break
        kept.insert(0, word)
    return kept


_NO_MODIFIERS = frozenset(
    "dead between among against amid the a an by of and or but who whom whose which that when where"
    " while as than said says over after before for from to with on in at against into about is"
    " are was were".split()
)
_BEFORE = re.compile(
    rf"(?:\b(?P<det>{_DETERMINERS})\s+)?(?P<mod>(?:[\w'’-]+\s+){{0,3}})$", re.IGNORECASE
)


def _before(text: str, start: int) -> dict[str, str]:
    """The determiner and up to three modifiers that lead up to a noun."""
    m = _BEFORE.search(text[max(0, start - 80) : start])
    return {"det": "", "mod": ""} if m is None else m.groupdict(default="")
