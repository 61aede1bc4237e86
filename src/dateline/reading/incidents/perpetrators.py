"""By whom: those a report says did it, with number, organisation, confidence and fate.

A description is taken where its noun is a perpetrator by name ("gunman", "attackers"),
where it is the subject of a harm verb in the active voice ("two soldiers opened fire"),
or the agent of a passive ("was shot dead by a policeman"). Descriptions of one kind in
one report are one finding, in their fullest words; different kinds stay apart, because
"citizens of another country" and "volunteer soldiers" may be rival accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from dateline.model import Attribution, Confidence, Fate, PerpetratorValue, Span
from dateline.reading.attribution.registry import registry_in_use, words_of
from dateline.reading.finding import Finding
from dateline.reading.incidents.fates import fates_of
from dateline.reading.incidents.groups import Told, find_groups
from dateline.reading.incidents.identities import find_identities, link_names
from dateline.reading.incidents.no_deeds import is_against_a_crowd, is_lone, is_no_deed
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
_SUSPECTED = re.compile(
    r"\b(?:suspected|alleged|suspect|presumed|believed|possible)\b", re.IGNORECASE
)
_ACCUSED = re.compile(r"\b(?:blamed\s+on|accused|blames?|blaming)\b", re.IGNORECASE)
_STOP = re.compile(
    r"^(?:the|a|an|of|by|and|who|which|that|as|when|after|to|in|on|s|his|her|their|its)$", re.I
)


class _Told(NamedTuple):
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
    # "A serviceman on the run gunned down", "two individuals from an unspecified country
    # in the CIS, a group of several republics, opened fire".
    aside = (
        rf"(?:\s+(?:on|in|at|near|with|armed\s+with)\s+(?:[\w'’-]+\s+){{0,8}}?[\w'’-]+"
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
        rf"(?:\s+of\s+the\s+(?P<group>[\w'’-]+(?:\s+[\w'’-]+){{0,5}}?)"
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


def find_perpetrators(
    prepared: Prepared, attributions: Sequence[Attribution] = ()
) -> tuple[Finding, ...]:
    """Perpetrators, one finding a kind of description or organisation, as they are first told.

    ``attributions`` tell whom "the group" means that claims a deed.
    """
    told = sorted(_told(prepared), key=lambda one: one.anchor)
    if any(is_lone(one.head) for one in told):
        # Officers who fired or stormed in where one attacker is told of came to stop him.
        told = [one for one in told if not _came_to_stop(one)]
    named = find_identities(prepared)
    fates = fates_of(prepared, [one.name for one in named])
    groups: dict[str, list[_Told]] = {}
    for one in told:
        groups.setdefault(_kind(one.head), []).append(one)
    generic = groups.pop("generic", [])
    apart = bool(groups and generic) and _are_apart(generic, groups)
    if groups and generic and not apart:
        # "The attacker" of a report that also says who he was is that same person.
        first = min(groups, key=lambda kind: groups[kind][0].anchor)
        groups[first] = sorted([*groups[first], *generic], key=lambda one: one.anchor)
    elif generic:
        groups["generic"] = generic
    found = [
        _finding(kind, group, {} if apart and kind != "generic" else fates, prepared)
        for kind, group in groups.items()
    ]
    link_names(found, named, fates)
    for group in find_groups(prepared, attributions):
        _join(found, group)
    return tuple(sorted(found, key=lambda finding: finding.anchor))


def _are_apart(generic: Sequence[_Told], groups: Mapping[str, Sequence[_Told]]) -> bool:
    """Whether "the bomber", told first, is none of those by whom others were shot later."""
    others = [one for group in groups.values() for one in group]
    return all(
        one.rule == "passive"
        and one.anchor > generic[0].anchor
        and _kind(one.head) in ("military", "police", "force")
        for one in others
    )


def _came_to_stop(one: _Told) -> bool:
    return (
        one.rule in ("active", "bare")
        and _kind(one.head) == "police"
        and not is_against_a_crowd(one.sentence.text)
    )


def _join(found: list[Finding], group: Told) -> None:
    """Add a group to the findings, or to the one that speaks of it already."""
    heads = words_of(group.description)
    for at, one in enumerate(found):
        value = one.value
        assert isinstance(value, PerpetratorValue)
        if value.organisation and group.organisation:
            same = value.organisation == group.organisation
        else:
            own = {word.key for word in words_of(value.description)}
            same = bool(heads) and {word.key for word in heads} <= own
        if same:
            if value.confidence == "fact" and one.anchor == group.anchor:
                value = msgspec.structs.replace(value, confidence=group.confidence)
                found[at] = msgspec.structs.replace(one, value=value)
            elif group.anchor < one.anchor:  # it belongs to what the group is first told of
                found[at] = msgspec.structs.replace(
                    one, span=group.sentence.span, anchor=group.anchor
                )
            return
    found.append(
        Finding(
            kind="perpetrator",
            value=PerpetratorValue(
                description=group.description,
                organisation=group.organisation,
                confidence=group.confidence,
            ),
            span=group.sentence.span,
            anchor=group.anchor,
            rule=f"perpetrators:{group.rule}",
        )
    )


def _told(prepared: Prepared) -> Iterable[_Told]:
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
        yield _Told(
            held.head, held.description, held.number, None, held.anchor, held.sentence,
            "held", held.suspected, held.fate,
        )  # fmt: skip


def _one(sentence: Sentence, m: re.Match[str], rule: str, caps: bool) -> _Told | None:
    if is_no_deed(sentence, m, rule):
        return None
    before = m.groupdict()
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
    if modifiers and modifiers[0].lower() in _NUMBERS:
        determiner = modifiers.pop(0).lower()
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
    group = m.groupdict().get("group")
    if group and not organisation:
        organisation = " ".join(group.split())
        description = f"{description} of the {organisation}"
    if organisation is None and (known := _armed_group(sentence.text, m, caps)):
        organisation, begins = known
        if begins < m.start("head") - len(" ".join([*modifiers, ""])) or not modifiers:
            start = begins
            description = " ".join(sentence.text[begins : m.end("head")].split())
    return _Told(
        head=head.lower(),
        description=description,
        number=number,
        organisation=organisation,
        anchor=Span(sentence.start + max(start, 0), sentence.start + m.end("head")),
        sentence=sentence,
        rule=rule,
    )


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


_KINDS = (
    (
        "military",
        r"soldier|serviceman|servicemen|deserter|troop|conscript|recruit|army|marine|airm"
        r"|volunteer|unit\b",
    ),
    ("police", r"polic|officer|guard"),
    (
        "militant",
        r"militant|terrorist|insurgent|rebel|guerrilla|jihadist|extremist|fighter|militia"
        r"|separatist|"
        r"commando|paramilitar|faction|subversive|extraditable",
    ),
    ("gang", r"gang|cartel|bandit|mob\b|trafficker|death squad"),
    ("citizen", r"citizen"),
    ("force", r"force|warplane|drone|helicopter|jet"),
)


def _kind(head: str) -> str:
    if head in _generic_heads():
        return "generic"
    for kind, pattern in _KINDS:
        if re.search(pattern, head):
            return kind
    return "generic"


@cache
def _generic_heads() -> frozenset[str]:
    return frozenset(load("actors")["generic"])


_NEAR = 3  # sentences
_FAR = 6
_ANYBODY = frozenset("man men woman women girl youth youths brother father son husband".split())


def _best_told(own: list[_Told]) -> list[_Told]:
    """Those told by the deed; else "a Taliban bomber"; else who is held, or the bare noun."""
    deeds = [one for one in own if one.rule not in ("named", "held")]
    if deeds and deeds[0].sentence.index - own[0].sentence.index < _FAR:
        return [one for one in own if one.rule != "named"]
    named = [one for one in own if one.rule == "named"]
    if not deeds and any(one.organisation for one in named):
        return [one for one in named if one.organisation]
    held = [one for one in own if one.rule == "held"]
    if held and held[0].head in _ANYBODY and any(is_lone(one.head) for one in named):
        return named  # "the attacker", and a man arrested over it
    return held or named or own


def _finding(kind: str, group: list[_Told], fates: dict[Fate, Span], prepared: Prepared) -> Finding:
    own = [one for one in group if _kind(one.head) == kind] or group
    # The fullest description stands; an agent of a verb before one merely named, and one near
    # the first before one far below, where another deed may be told of.
    own = _best_told(own)
    own = [one for one in own if one.sentence.index - own[0].sentence.index < _NEAR]
    best = max(own, key=lambda one: (len(one.description.split()), -one.anchor.start))
    plural = best.head.endswith(("s", "men"))
    numbers = [
        one.number
        for one in [*own, *group]
        if one.number is not None and (one.number > 1 or not plural)
    ]
    own_fates = [one.fate for one in group if one.fate]
    fate = next(iter(fates), None)
    if fate not in ("killed", "killed by own bomb"):  # a friend may be arrested, too
        fate = next(iter(own_fates), fate)
    if _is_suicide(best) or (fate in (None, "killed") and any(_is_suicide(one) for one in group)):
        fate = "killed by own bomb"
    if fate == "killed by own bomb" and any(_STOPPED.search(one.sentence.text) for one in group):
        fate = "killed" if "killed" in fates else None
    if fate == "killed" and kind == "generic" and _SUICIDE.search(prepared.text[:_LONGEST]):
        fate = "killed by own bomb"
    around = prepared.text[max(0, best.anchor.start - 40) : best.anchor.end + 10]
    confidence: Confidence = "fact"
    if _SUSPECTED.search(around) or _only_suspected(best, group):
        confidence = "suspected"
    elif _ACCUSED.search(around):
        confidence = "accused"
    return Finding(
        kind="perpetrator",
        value=PerpetratorValue(
            description=best.description,
            number=numbers[0] if numbers else None,
            organisation=best.organisation,
            confidence=confidence,
            fate=fate,
        ),
        span=best.sentence.span,
        anchor=best.anchor,
        rule=f"perpetrators:{best.rule}",
    )


# "Guards shot a suicide bomber before he could set off his vest."
_STOPPED = re.compile(
    r"\b(?:shot|killed|stopped|tackled|overpowered|foiled|caught|arrested|captured)\b[^.;]{0,80}"
    r"\bbefore\s+(?:he|she|they|being)\s+(?:could|was|were|able)\b|\bwould-be\b|\b(?:failed"
    r"|botched)\b",
    re.IGNORECASE,
)


# "He died at the scene" of a suicide bombing, where nobody is said to have shot him.
_SUICIDE = re.compile(
    r"\A(?!.*\b(?:shot dead|shot and killed|gunned down|killed by (?:police|officers"
    r"|troops|guards|security))\b).*\bsuicide (?:bomb(?:ing|er)|attack|blast)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 40_000  # characters searched


def _only_suspected(best: _Told, group: list[_Told]) -> bool:
    """Whether nobody is told as the one who did it, or it is believed of the very one told."""
    return all(one.suspected for one in group) or any(
        one.suspected and one.fate is None and one.anchor.end == best.anchor.end for one in group
    )


def _is_suicide(one: _Told) -> bool:
    return "suicide" in one.description.lower() and one.head.startswith(("bomber", "suicide"))
