"""Armed groups and bodies that a report says did it, or lays it on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dateline.model import Attribution, Confidence, Source, Span
from dateline.reading.attribution.clauses import LONGEST
from dateline.reading.attribution.registry import registry_in_use, words_of
from dateline.reading.incidents.blame import actors_of, find_blame
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Prepared, Sentence

_LEFT = 90  # characters before a name in which the deed it is the agent of is told


class Told(NamedTuple):
    """A group or body in the words of the report, and how it is said that it did it."""

    description: str
    organisation: str | None
    confidence: Confidence
    anchor: Span
    sentence: Sentence
    rule: str


# Each first word of what _deeds has before "by".
_BY_WHOM = """killed shot murdered attacked wounded injured kidnapped abducted ambushed executed
    assassinated massacred bombed seized beheaded carried staged planted shelled freed free released
    captured taken held"""


@cache
def _deeds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A deed right behind a name, and one that a name is the agent of."""
    lists = load("actors")
    verbs = alternation([*lists["harm_verbs"], *lists["done"]])
    people = (
        r"(?:(?:['’]s?\s+)?(?:\w+\s+)?(?:fighters|militants|gunmen|rebels|insurgents"
        r"|guerrillas|members|terrorists|jihadists|forces|troops|extremists|subversives"
        r"|commandos|cell)\s+)?"
    )
    helping = r"(?:(?:has|have|had|later|also|then|reportedly|allegedly)\s+){0,2}"
    active = re.compile(rf"\s*(?:\([^()]{{1,14}}\)\s+)?{people}{helping}(?:{verbs})(?![\w-])", re.I)
    agent = re.compile(
        rf"(?<![\w-])(?:killed|shot|murdered|attacked|wounded|injured|kidnapped|abducted|ambushed"
        rf"|executed|assassinated|massacred|bombed|seized|beheaded|carried\s+out|staged|planted"
        rf"|shelled|(?:set\s+)?free|freed|released|captured|taken|held|{alternation(lists['deeds'])})(?:\s+(?!by\b|and\b|but\b|\w+ed\b)[^\s,;.]+)"
        rf"{{0,7}}\s+by\s+(?:(?:suspected|alleged|the|an?|armed)\s+){{0,2}}"
        rf"(?:(?:members|fighters|militants|gunmen)\s+(?:of|from)\s+(?:the\s+)?)?$",
        re.IGNORECASE,
    )  # fmt: skip
    return active, agent


@cache
def _needed() -> frozenset[str]:
    """Words without which a sentence has neither: looking for names in it costs far more."""
    lists = load("actors")
    told = signs([*lists["harm_verbs"], *lists["done"], *lists["deeds"]])
    return told | frozenset(_BY_WHOM.split())


# "A man who swore allegiance to X massacred 20", "the hallmarks of raids by X"
_NOT_THEY = re.compile(
    r"\b(?:allegiance|loyal|loyalty|ties|links|sympathy|devotion)\s+(?:to|with|for)\s+(?:the\s+)?\Z"
    r"|\b(?:inspired|claimed|condemned|praised|welcomed|run|published|released)\s+by\s+(?:the\s+)?\Z"
    r"|\b(?:hallmarks|reminiscent|similar\s+to|spate|string|wave|series|like\s+those)\b[^.;]*\Z",
    re.IGNORECASE,
)
# "The group ordered its fighters to halt operations"
_CALLED_OFF = re.compile(
    r"\s+(?:[\w]+\s+){0,2}?ordered\s+[^.;,]{0,60}?\bto\s+(?:halt|stop|cease|suspend|withdraw|leave|lay"
    r"|free|release|observe|refrain|stand|return|hand|avoid)\b",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"\b(?:may|might|could)\s+(?:well\s+)?have\s+been\s[^.;]*\Z", re.IGNORECASE)
# "The Brigades of the Red Valley said it was behind the attack": known by no list.
_CALLED_A_GROUP = re.compile(
    r"[A-Z][\w'’-]*.*\b(?:Brigades?|Battalions?|Front|Movement|Army|Group|Cell|Militia|Jihad|Hawks"
    r"|Falcons|Resistance|Liberation|Forces|Vanguards?|Cartel)\b"
    r"|^(?:Brigades?|Battalions?|Front|Movement|Army|Cell|Soldiers|Sons|Lions|Vanguards?) of \w"
)
_OFFSHOOT = re.compile(
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:offshoot|splinter\s+\w+|rivals?|ally|breakaway\s+\w+)\s+of\b",
    re.IGNORECASE,
)
_SUSPECTED = re.compile(
    r"\b(?:suspected|alleged|presumed|believed\s+to\s+be)\s+"
    r"(?:(?:members|fighters|militants|supporters)\s+(?:of|from)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)


def find_groups(
    prepared: Prepared,
    attributions: Sequence[Attribution],
    home_of: Callable[[int], int | None],
) -> tuple[Told, ...]:
    """Known armed groups with a deed of theirs, then those on whom deeds are laid.

    One for each organisation (else each description) and incident, which ``home_of`` gives
    for an offset; the firmest confidence that is told: a fact, their own claim, an
    accusation, a suspicion.
    """
    found: dict[tuple[str, int | None], Told] = {}
    for one in [*_agents(prepared), *_blamed(prepared, attributions)]:
        key = ((one.organisation or one.description).casefold(), home_of(one.anchor.start))
        known = found.get(key)
        if known is None or _FIRMEST.index(one.confidence) < _FIRMEST.index(known.confidence):
            found[key] = one
    told = sorted(found.values(), key=lambda one: (one.anchor, one.description))
    named = {home_of(one.anchor.start) for one in told if one.organisation}
    # "An offshoot of the Front says it did it" is the group that is named below.
    return tuple(
        one
        for one in told
        if not (_OFFSHOOT.match(one.description) and home_of(one.anchor.start) in named)
    )


_FIRMEST = ("fact", "claimed", "accused", "suspected", "possible")


def _agents(prepared: Prepared) -> Iterator[Told]:
    """ "Boko Haram attacked a village", "an ambush by the ELN"."""
    registry = registry_in_use()
    active, agent = _deeds()
    for sentence in prepared.sentences:
        text = sentence.text
        if sentence.end - sentence.start > LONGEST or _needed().isdisjoint(sentence.words):
            continue
        words = words_of(text)
        for hit in registry.find(words, caps=prepared.all_caps):
            if hit.source.kind != "armed_group":
                continue
            start, end = words[hit.first].start, words[hit.end - 1].end
            before = text[max(0, start - _LEFT) : start]
            if not (active.match(text, end) or agent.search(before)):
                continue
            if _NOT_THEY.search(before) or _CALLED_OFF.match(text, end):
                continue
            sure: Confidence = "possible" if _MAY_BE.search(before) else "fact"
            yield Told(
                text[start:end],
                hit.source.name,
                "suspected" if _SUSPECTED.search(before) else sure,
                Span(sentence.start + start, sentence.start + end),
                sentence,
                "group",
            )


def _blamed(prepared: Prepared, attributions: Sequence[Attribution]) -> Iterator[Told]:
    """Those who claim a deed as a group, are accused of it or suspected."""
    for one in find_blame(prepared):
        if one.stance == "denied":
            continue
        for name in actors_of(one, prepared, attributions):
            group = _group_in(name, prepared.all_caps)
            if one.stance == "claimed" and not (
                group.kind == "armed_group" if group else _CALLED_A_GROUP.search(name)
            ):
                continue
            organisation = group.name if group and group.kind == "armed_group" else None
            if _OFFSHOOT.match(name):
                organisation = None  # it is another group
            yield Told(name, organisation, one.stance, one.actor, one.sentence, "blamed")


def _group_in(name: str, caps: bool) -> Source | None:
    hits = registry_in_use().find(words_of(name), caps=caps)
    return hits[0].source if hits else registry_in_use().lookup(name)
