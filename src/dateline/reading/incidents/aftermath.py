"""What befell a suspect after the event: shot by police, caught, hunted.

"Police on Monday shot dead the man who drove a van into a crowd last week": what was done
to him has a day and a place of its own, which are not those of the event.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.model import Span

_LONGEST = 4_000  # characters of a sentence that are searched
_FORCES = (
    r"(?:police(?:m[ae]n)?|officers?|polic[ií]as|troops|commandos|marksmen|snipers|agents|soldiers"
    r"|gendarmes|troopers|deput(?:y|ies)|authorities|investigators|detectives|prosecutors"
    r"|security (?:forces|services|guards?)|swat teams?|special forces|the fbi|a patrol)"
)
_DONE = (
    r"(?:shot(?: dead| and killed| down)?|shoot(?:ing)?(?: dead)?|killed|killing|gunned down"
    r"|neutrali[sz]ed|arrest(?:ed|ing)?|captured?|detained|caught|cornered|tracked down"
    r"|overpowered|subdued|hunt(?:ed|ing)?(?: for)?|search(?:ed|ing)?(?: \w+){0,3} for"
    r"|looking for|stopped"
    r"|identified|named|charged|questioned|surrounded|raided)"
)
_SUSPECT = (
    r"(?:suspect(?:s|ed)?|attackers?|assailants?|gunm[ae]n|shooters?|killers?|bombers?"
    r"|fugitives?|drivers?|perpetrators?|terrorists?|hijackers?|jihadis?ts?|ringleaders?"
    r"|masterminds?|brothers?|accomplices?"
    r"|(?:wo)?m[ae]n (?:who|believed|suspected|thought|accused|wanted|alleged|they (?:say|believe))"
    r"|(?:\w+ )?m[ae]n (?:believed|suspected|accused|wanted))"
)
# "Police shot dead the suspected driver", "officers hunting the gunman".
_BY_FORCES = re.compile(
    rf"\b{_FORCES}\b[^.;:\n]{{0,40}}?(?:(?<!were )(?<!was )|(?=\w+ing\b))\b(?P<deed>{_DONE})"
    rf" (?:(?!{_FORCES})[^.;:,\n]){{0,40}}?\b{_SUSPECT}\b",
    re.IGNORECASE,
)
# "The suspect was shot dead", "the attacker, named as X, has been arrested".
_TO_SUSPECT = re.compile(
    rf"\b{_SUSPECT}(?! (?:killed|shot|opened|drove|attacked|who (?:killed|shot)))\b"
    rf"(?:[^.;:\n]{{0,70}}? |, )(?:was|were|is|has been|had been|have been|being"
    r"|later) (?:\w+ly |also |later |then |himself )?"
    rf"(?P<deed>{_DONE}|taken into custody|on the run|at large)\b",
    re.IGNORECASE,
)
# "Fourteen drug suspects were killed": what happened to many is an event.
_COUNTED = re.compile(
    r"(?i)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|dozens of|several|scores of|more than \w+) (?:\w+ ){0,2}$"
)
_COUNT_REACH = 40
_MANHUNT = re.compile(
    r"\b(?P<deed>manhunt|(?:hunt|search) for (?:the|a|two|three) (?:\w+ )?(?:suspects?|attackers?"
    r"|gunm[ae]n|drivers?|accomplices?|man|men|bombers?)|on the run|at large|standoff ended)\b",
    re.IGNORECASE,
)


def aftermath_spans(text: str, offset: int = 0) -> list[Span]:
    """The words in a sentence for what was done to a suspect, in text order.

    Each span is that of the word for the deed ("shot dead", "arrested").
    """
    return [Span(offset + start, offset + end) for start, end in _deeds_in(text[:_LONGEST])]


@lru_cache(maxsize=256)
def _deeds_in(text: str) -> tuple[tuple[int, int], ...]:
    """Kept, since times and places of a sentence are told apart by it, and again for the day."""
    found = {
        match.span("deed")
        for pattern in (_BY_FORCES, _TO_SUSPECT, _MANHUNT)
        for match in pattern.finditer(text)
        if pattern is not _TO_SUSPECT
        or not _COUNTED.search(text[max(0, match.start() - _COUNT_REACH) : match.start()])
    }
    return tuple(sorted(found))
