"""The words around a name that tell whether it is that of one who did it.

Names keep their capitals; the words around them are matched in either case. The lists of
words are in data/actors.toml under ``identity``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dateline.reading.lexicon import alternation, load
from dateline.reading.prepared import Prepared, Sentence

PART = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?<!['’]s)\.?"
PARTICLE = r"(?:al|bin|ben|ibn|de|la|le|van|von|der|den|el|ul|da|dos|del|abu)"
NICK = r"[\"“'‘][A-Z]\w{1,14}[\"”'’]"
NAME = rf"(?P<name>{PART}(?:[ -](?:(?:{PARTICLE}[ -]){{0,2}}{PART}|{NICK})){{0,4}})"
FULL = re.compile(rf"(?<![\w-]){NAME}")
# "19-year-old", "Kent-born", "former student", "the suspected attacker as"
DESC = (
    r"(?:(?:an?|the|his|her|mr\.?|local|one)\s+)?"
    r"(?:(?:\d{1,2}-year-old|[A-Za-z]+-(?:born|American|Canadian)"
    r"|(?!(?:by|in|at|on|from|near|of|to|with|and|that|who|when|after|as|identified|named"
    r"|shot|killed|wounded|charged|found|said|against)\b)[a-z][a-z-]*)\s+){0,4}"
)
AGE = r"(?:\s*,\s*(?:aged?\s+)?\d{1,2}(?=\s*[,.;)])|\s*\(\d{1,2}\))"
ASIDES = rf"(?:{AGE})?(?:\s*,[^,;.“”\"]{{1,70}}(?=\s*,)){{0,2}}\s*,?\s+"
HELPING = r"(?:(?:has|have|had|also|then|later|first|allegedly|reportedly|himself)\s+){0,2}"
VICTIMS = re.compile(
    r"\b(?:victims?|dead|deceased|slain|fallen|survivors?|wounded|injured|heroe?s?|officers?"
    r"|witness(?:es)?|hostages?)\b",
    re.IGNORECASE,
)
PERSON_OF_DEED = re.compile(r"\b(?:him|her|he|she)\b", re.IGNORECASE)
POLICE = re.compile(
    r"\b(?:polic\w*|officers?|deput(?:y|ies)|troopers?|guards?|forces|troops|commandos?|cops?"
    r"|agents?|swat|marksm[ae]n|secret service|fbi)\b",
    re.IGNORECASE,
)
SAID = (
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


def is_told_of(prepared: Prepared, sentence: Sentence) -> bool:
    """Whether "he" may be one who did it: this sentence or one of three before speaks of one."""
    near = prepared.sentences[max(0, sentence.index - _BACK) : sentence.index + 1]
    return any(patterns_of_identity().role.search(s.text) for s in near)


_BACK = 3  # sentences


class Patterns(NamedTuple):
    """Each way of telling it; ``name`` is the name, ``role`` and ``deed`` what stands with it."""

    identified: re.Pattern[str]
    apposed: re.Pattern[str]
    behind: re.Pattern[str]
    charged: re.Pattern[str]
    deed: re.Pattern[str]
    later_deed: re.Pattern[str]
    object: re.Pattern[str]
    stopped: re.Pattern[str]
    told_as: re.Pattern[str]
    named_as: re.Pattern[str]
    believed: re.Pattern[str]
    accused: re.Pattern[str]
    agent: re.Pattern[str]
    by_pronoun: re.Pattern[str]
    against: tuple[re.Pattern[str], ...]
    role: re.Pattern[str]
    signs: frozenset[str]
    offices: frozenset[str]
    openers: frozenset[str]


@cache
def patterns_of_identity() -> Patterns:
    """The patterns, made once."""
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
    return Patterns(
        identified=made(
            lower(r"\b(?:identif(?:y|ied|ies|ying)|named?|naming|names|believed\s+to\s+be)")
            + r"(?P<whom>[^.;:“”\"]{0,90}?)(?:\s+as|(?<=believed to be))\s+"
            rf"(?P<desc>{DESC}){NAME}"
        ),
        apposed=made(
            lower(rf"\b(?P<role>{role}|(?P<doubtful>{doubtful}))\b")
            + lower(r"(?P<tail>\s+(?:in|behind|at|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?[\w-]+)?")
            + r"(?P<link>\s*,|\s+(?:was|is)\s+(?:\w+\s+)?(?:reported|believed|thought|said"
            r"|understood|known|confirmed)\s+to\s+(?:be|have\s+been)|\s+was|\s+is|\s+named|\s*\()?"
            rf"\s+(?P<desc>{DESC}){NAME}"
        ),
        behind=made(
            rf"(?<![\w-]){NAME}(?:{AGE})?\s*(?:,|\(|–|—)\s*"
            + lower(
                r"(?:the|an?|one\s+of\s+the)\s+(?:(?!who|whose|whom|said|of\b)[\w-]+\s+){0,3}?"
                rf"(?P<role>{role}"
                r"|(?:man|woman|teenager|teen|student|driver)\s+(?:accused|charged|suspected"
                r"|responsible|who\s+(?:police|opened|shot|drove|killed)|police|behind))\b(?!['’]s)"
            )
        ),
        charged=made(rf"(?<![\w-]){NAME}{ASIDES}{lower(status)}(?![\w-])"),
        deed=made(rf"(?<![\w-]){NAME}(?:{ASIDES}|\s+){HELPING}(?P<deed>{lower(deeds)})(?![\w-])"),
        later_deed=made(
            rf"(?<![\w-]){NAME}(?:{AGE}|\s*,|(?=\s+walked\b)){_FAR}(?P<deed>{lower(deeds)})(?![\w-])"
        ),
        object=made(lower(rf"\b(?:{seeking})") + rf"\s+(?P<desc>{DESC}){NAME}"),
        stopped=made(
            lower(
                r"\b(?:killed|shot\s+dead|shot\s+and\s+killed|fatally\s+shot|arrested|detained"
                r"|captured|shot|killing)"
            )
            + rf"\s+(?P<desc>{DESC}){NAME}"
        ),
        told_as=made(
            rf"(?<![\w-]){NAME}{ASIDES}(?:(?:was|were|is|has\s+been|had\s+been)\s+)?"
            + lower(
                r"(?:(?:named|identified)\s+(?:(?:by|in|on|from|through)\s+(?:[\w-]+\s+){1,4}?)?as\s+|(?<=was\s)(?=the\s|one\s))"
                r"(?:one\s+of\s+)?(?:the\s+|an?\s+|two\s+|three\s+)?(?:[\w-]+\s+){0,3}?"
                rf"(?P<role>{role}|m[ae]n\s+who|woman\s+who|driver)\b(?!['’]s)"
            )
        ),
        # "an official named A, a Belgian, as the suspected mastermind"
        named_as=made(
            lower(r"\b(?:named|identified|named\s+by\s+police|charged)")
            + rf"\s+(?P<desc>{DESC}){NAME}{ASIDES}as\s+"
            + lower(
                r"(?:one\s+of\s+)?(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,3}?"
                rf"(?P<role>{role})\b(?!['’]s)"
            )
        ),
        # "A, whom prosecutors believe to have driven the bombers", "A, who police say opened fire"
        believed=made(
            rf"(?<![\w-]){NAME}{AGE}?\s*,\s+"
            + lower(
                r"(?:whom?\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:police|prosecutors|authorities"
                r"|investigators|officials|detectives|fbi)\s+(?:have\s+)?(?:believe|believed|say|said"
                r"|suspect|suspected|allege|accuse|accused)\b"
                r"|who\s+(?:is|was)\s+(?:thought|believed|suspected|alleged|said)\s+to\s+have\s+(?:\w+ly\s+)?"
                r"(?:driven|fired|shot|killed|stabbed|planted|detonated|set|carried|opened|led|made"
                r"|planned|built|rammed|attacked|blown)\b)"
                r"(?!\s+(?:was|were)\s+(?:killed|shot|wounded|a\s+(?:victim|hostage)))"
            )
        ),
        accused=made(
            rf"(?<![\w-]){NAME}(?:{AGE}|\s*,|\s+(?=(?i:is|was|who|suspected|accused)\b))"
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
            + rf"\s+(?P<desc>{DESC}){NAME}"
        ),
        by_pronoun=re.compile(rf"\b(?:he|she)\s+{HELPING}(?:{deeds})(?![\w-])", re.IGNORECASE),
        against=(
            made(rf"(?<![\w-]){NAME}(?:{ASIDES}|\s+){SAID}\b(?!{_TO_POLICE})"),
            # "said Trask had been on no list" tells of him, not who speaks
            made(rf"\b{SAID}\s+{NAME}(?!{AGE}?,?\s+{_TELLS_OF})"),
            made(
                rf"(?<![\w-]){NAME}(?:{ASIDES}|\s+)(?:was|were|is|remains?)\s+(?:also\s+)?"
                r"(?:among\s+(?:the\s+)?(?:dead|victims|wounded|injured|those)|killed\s+(?:in|by\s+the"
                r"\s+(?:gunman|attacker|shooter|bomb))|wounded|injured|a\s+(?:victim|witness)"
                r"|freed|released|cleared|stabbed|rescued|not\s+involved|in\s+(?:an?\s+)?(?:coma"
                r"|intensive|critical|serious|stable))"
            ),
            made(
                rf"\b(?:victims?|survivors?|witness(?:es)?|neighbou?rs?)\b(?:(?!\bby\b)[^.;]){{0,20}}?,?\s+{NAME}"
            ),
        ),
        role=re.compile(rf"\b(?:{role}|{doubtful})\b", re.IGNORECASE),
        signs=frozenset(lists["signs"]),
        offices=frozenset(lists["offices"]),
        openers=frozenset(lists["openers"]),
    )
