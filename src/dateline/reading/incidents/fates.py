"""What became of those who did it: at large, arrested, killed, killed by their own bomb.

A fate is told of somebody: the words for it have a perpetrator for their subject ("the
gunman was found dead"), name one as their object ("officers shot dead the attacker"), or
say so of "him" right after one. "A gunman opened fire and 12 people were killed" tells of
the twelve.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dateline.model import Fate, Span
from dateline.reading.lexicon import alternation, load, signs, words
from dateline.reading.prepared import Prepared, Sentence

_ROLES = (
    r"gunm[ae]n|attackers?|shooters?|assailants?|killers?|bombers?|suspects?|perpetrators?"
    r"|deserters?|drivers?|knifem[ae]n|terrorists?|hijackers?|kidnappers?|snipers?|man|teenager"
    r"|soldier|serviceman|assassins?|militants?|father|husband|rifleman|hostage-takers?|fiend"
)
_REACH = 110  # characters from a subject to what became of it
_LONG_REACH = 240  # and to "before being shot dead", over all that he did before
_BACK = 2  # sentences before a pronoun in which those stand whom it means
_OTHERS = re.compile(
    r"\b(?:people|others|victims|students|pupils|officers?|policem[ae]n|civilians|soldiers"
    r"|worshippers|worshipers|children|women|girls?|boys?|passengers|persons|employees|colleagues"
    r"|bystanders|protesters|guards?|residents|wife|mother|son|daughter|(?<![.\d-])\d+(?!-|mm))\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:^|[,;:“\"\s])(?:he|she|they)\b[^.;]{0,80}$", re.IGNORECASE)
_HE = re.compile(r"\s*(?:he|she|they|the\s+fiend|the\s+maniac)\b", re.IGNORECASE)
_DIED = re.compile(
    r"\b(?:died|was\s+pronounced\s+dead)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:hospital|scene|wounds|injuries)\b",
    re.IGNORECASE,
)
_SHOT_HIM = re.compile(r"\b(?:shot|fired\s+at|shooting|wounded)\s+(?:him|her)\b", re.IGNORECASE)
_SHOT_DEAD = re.compile(
    r"\b(?:polic\w*|officers?|troops|commandos?|soldiers|guards?|forces|marksm[ae]n|deput(?:y|ies)|swat)"
    r"\b[^.;]{0,80}\b(?:shot|gunned)\s+(?:him|her|them)\s+(?:dead|down)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\bwho\b[^.;]{0,80}$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:before|until)\s+(?:being\s+|(?:he|she|they)\s+(?:was\s+|were\s+)?)?$", re.IGNORECASE
)
_SURVIVED = re.compile(
    r"[^.;]{0,60}\b(?:but\s+(?:he\s+)?survived|expected\s+to\s+(?:survive|live))", re.IGNORECASE
)
_BUSY = re.compile(r"^\s*(?:\w+\s+){0,3}(?:gunm|attack|suspect|kill|shoot|assail)")


class _Words(NamedTuple):
    fate: Fate
    told: re.Pattern[str]
    needed: frozenset[str]
    done_to: re.Pattern[str] | None


@cache
def _fate_patterns() -> tuple[_Words, ...]:
    lists = load("actors")
    fates: tuple[tuple[Fate, str, str], ...] = (
        ("killed by own bomb", "own_bomb", ""),
        ("killed", "killed", "killing"),
        ("arrested", "arrested", "arresting"),
        ("at large", "at_large", ""),
        ("arrested", "charged", "charging"),
    )
    return tuple(
        _Words(
            fate,
            words(lists[name]),
            signs([*lists[name], *lists.get(acts, ()), *(["died", "dead"] * (acts == "killing"))]),
            re.compile(
                rf"(?<![\w-])(?:{alternation(lists[acts])})\s+(?!by\b)"
                r"(?P<whom>(?:(?:the|a|an|one\s+of\s+the|all|both|two|three|four|five|six)\s+)*"
                r"(?:[a-z]+\s+){0,2}?[\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})",
                re.IGNORECASE,
            )
            if acts
            else None,
        )
        for fate, name, acts in fates
    )


def fates_of(
    prepared: Prepared,
    names: Sequence[str] = (),
    within: Callable[[Sentence], bool] | None = None,
    *,
    only_names: bool = False,
) -> dict[Fate, Span]:
    """What became of the perpetrators; the weightiest fate first, where several are told.

    ``names`` are those the report gives them. ``within`` says which sentences are about the
    incident they did. With ``only_names`` what is told of "the gunman" is left out, for which
    of several he is nobody knows, and the names count as they are given.
    """
    told = names if only_names else {name.split()[-1] for name in names}
    last = [rf"\b{re.escape(name)}\b" for name in sorted(told)]
    who = "|".join(last if only_names else [rf"\b(?:{_ROLES})\b", *last])
    subject = re.compile(
        rf"(?:{who})(?P<between>(?:[^.;]|\.(?=\d)){{0,{_LONG_REACH}}})$", re.IGNORECASE
    )
    person = re.compile(who, re.IGNORECASE)
    found: dict[Fate, Span] = {}
    for one in _fate_patterns():
        if one.fate in found:
            continue
        for sentence in _with(prepared, one):
            if within is not None and not within(sentence):
                continue
            if _long_ago(sentence, prepared):
                continue
            if only_names and person.search(sentence.text) is None:
                continue
            if _tells(sentence, one, subject, person, prepared):
                found[one.fate] = sentence.span
                break
    return found


_INCLUDING = re.compile(
    r"\b(?:died|dead|killed|deaths)\b[^.;:“”\"]{0,60}?,?\s+(?:including|among\s+them|counting)\s+"
    r"(?:the\s+|an?\s+)?(?:(?:suspected|alleged|lone|presumed|two|three)\s+)?",
    re.IGNORECASE,
)


def _long_ago(sentence: Sentence, prepared: Prepared) -> bool:
    """Whether it is told of years before: "in June 2012 Trask escaped from a hospital"."""
    published = prepared.document.published_at
    year = _YEAR.search(sentence.text) if published else None
    return published is not None and year is not None and int(year[1]) < published.year - 1


_YEAR = re.compile(
    r"\b(?:in|since|during)\s+(?:(?:early|late|mid|the|summer|spring|autumn|fall|winter|of|[A-Z][a-z]+)"
    r"[\s-]+){0,2}((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def _with(prepared: Prepared, one: _Words) -> Iterator[Sentence]:
    for sentence in prepared.sentences:
        if not one.needed.isdisjoint(sentence.words):
            yield sentence


def _tells(
    sentence: Sentence,
    one: _Words,
    subject: re.Pattern[str],
    person: re.Pattern[str],
    prepared: Prepared,
) -> bool:
    text = sentence.text
    for m in one.told.finditer(text):
        left = text[: m.start()][-2 * _LONG_REACH :]
        if one.fate == "killed" and _SURVIVED.match(text, m.end()):
            continue
        if m.group().lower().startswith("bomber"):
            return True
        if one.fate == "at large" and _BUSY.search(text[m.end() :]):
            return True
        if _has_subject(left, subject) or _has_pronoun(left, sentence, person, prepared):
            return True
    if one.fate == "killed":
        him = _SHOT_DEAD.search(text)
        if him is not None and person.search(text[: him.start()]) is not None:
            return True  # "police stormed the building and shot him dead"
        if _died_of_it(sentence, person, prepared):
            return True
        for m in _INCLUDING.finditer(text):
            one_of = person.match(text, m.end())
            if one_of and not text[one_of.end() :].startswith(("'", "’")):
                return True  # "three people died, including the suspected gunman"
    if one.done_to is None:
        return False
    return any(
        person.search(m["whom"]) is not None and not _is_asked(text[: m.start()])
        for m in one.done_to.finditer(text)
    )


def _has_subject(left: str, subject: re.Pattern[str]) -> bool:
    m = subject.search(left)
    if m is None:
        return False
    # The nearest one counts: what stands between it and its fate must not be others.
    between = m["between"]
    while (nearer := subject.search(between)) is not None:
        between = nearer["between"]
    if _OTHERS.search(between):
        return False
    return len(between) <= _REACH or _BEFORE.search(between) is not None


def _has_pronoun(
    left: str, sentence: Sentence, person: re.Pattern[str], prepared: Prepared
) -> bool:
    if _BEFORE.search(left) and _HE.match(left):
        return True  # "He smashed into railings and knifed an officer before being shot dead"
    who = _WHO.search(left)
    if who is not None:
        return person.search(left[: who.start()][-40:]) is not None
    pronoun = _PRONOUN.search(left)
    if pronoun is None or _OTHERS.search(left[pronoun.start() :]):
        return False
    near = prepared.sentences[max(0, sentence.index - _BACK) : sentence.index]
    return any(person.search(s.text) for s in near) or person.search(left) is not None


def _died_of_it(sentence: Sentence, person: re.Pattern[str], prepared: Prepared) -> bool:
    """ "… one of whom shot him in the chest. He died in hospital." """
    if not _HE.match(sentence.text) or not _DIED.search(sentence.text):
        return False
    near = prepared.sentences[max(0, sentence.index - 1) : sentence.index]
    return any(_SHOT_HIM.search(s.text) or person.search(s.text[-_REACH:]) for s in near)


def _is_asked(left: str) -> bool:
    """Whether it is not told as done: "to arrest the gunman"."""
    return re.search(r"\b(?:to|not|n[’']t|never|could|would|by)\s+$", left) is not None
