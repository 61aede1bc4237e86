"""All who were aboard: "the plane, carrying 92 people, crashed, killing all on board".

The number stands in one clause and the death in another, often in another sentence, so
this looks at the text as a whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from dateline.model import CasualtyValue, Span
from dateline.reading.finding import Finding
from dateline.reading.harm.sentence import Clauses, wholes
from dateline.reading.people import Party

_ALL_DEAD = re.compile(
    r"\b(?:killing|killed|kills|claimed\s+the\s+lives\s+of)\s+(?:all|everyone|everybody)"
    r"(?:\s+(?:those|the\s+people|passengers|of\s+them))?\s+(?:aboard|on\s?board|inside)\b"
    r"|\b(?:everyone|everybody|all)\s+(?:those\s+)?(?:aboard|on\s?board)\s+"
    r"(?:(?:has|have|had|was|were|been|is|are)\s+){0,2}(?:feared\s+|presumed\s+|believed\s+)?"
    r"(?:killed|dead|lost|died|perished|drowned)\b"
    r"|\b(?:no|without)\s+(?:(?:signs?|hope|trace)\s+of\s+(?:any\s+)?)?survivors\b|\bnone\s+(?:of\s+(?:those|the\s+[\w,-]{1,20}(?:\s+\w{1,20})?)\s+)?(?:aboard\s+|on\s?board\s+)?"
    r"(?:had\s+|have\s+)?survived\b|\bno\s?one\s+(?:aboard\s+|on\s?board\s+)?survived\b",
    re.IGNORECASE,
)
_FEARED = re.compile(r"\b(?:signs?|hope|trace)\s+of\b", re.IGNORECASE)
"""What tells that nobody was found alive, not that all are known to be dead."""
_ABOARD = frozenset({"aboard", "onboard"})
_TELLINGS = 12  # times that the end of all is looked for; no report says it as often
_REACH = 3  # sentences between the number and the words that all died


def all_aboard(read: Sequence[Clauses], killed: Sequence[Finding]) -> Finding | None:
    """A figure of the dead where all aboard died and no figure says how many."""
    told = ((c, m) for c in read for m in _ALL_DEAD.finditer(c.sentence.text))
    dead = list(itertools.islice(told, _TELLINGS))
    if not dead:
        return None
    for clauses, match in dead:
        near = [c for c in read if abs(c.sentence.index - clauses.sentence.index) <= _REACH]
        most = _most_killed([c for c in near if c.sentence.index <= clauses.sentence.index], killed)
        near.sort(key=lambda c: (abs(c.sentence.index - clauses.sentence.index), c.sentence.start))
        for c in near:
            for party in (*c.parties, *_none_of(c)):
                number = party.quantity.min
                if not _is_aboard(c, party) or not number or number <= max(1, most):
                    continue
                party = _with_crew(c, party)
                tokens = c.tokens
                anchor = Span(tokens[party.start].start, tokens[party.end - 1].end)
                span = anchor
                if c is clauses:
                    start, end = (clauses.sentence.start + at for at in match.span())
                    span = Span(min(start, anchor.start), max(end, anchor.end))
                quantity = party.quantity
                feared = _FEARED.search(match.group()) is not None
                value = CasualtyValue(
                    effect="killed",
                    min=quantity.min,
                    max=quantity.max,
                    exact=quantity.exact and not feared,
                    qualifier=match.group() if feared else quantity.qualifier,
                )
                return Finding(
                    kind="casualty",
                    value=value,
                    span=span,
                    anchor=anchor,
                    rule="casualties:all aboard",
                    score=0.7,
                )
    return None


def _most_killed(near: Sequence[Clauses], killed: Sequence[Finding]) -> int:
    """The most dead that these sentences give: a crash told of further on is another one."""
    start, end = near[0].sentence.start, near[-1].sentence.end
    return max(
        (
            v.min or 0
            for f in killed
            if isinstance(v := f.value, CasualtyValue) and start <= f.anchor.start < end
        ),
        default=0,
    )


def _none_of(c: Clauses) -> list[Party]:
    """The 12 of "none of the 12 people on board survived" """
    return [whole for p in c.parties if p.quantity.max == 0 for whole in wholes(c, p)]


def _with_crew(c: Clauses, party: Party) -> Party:
    """ "Carrying 65 passengers and six crew": 71 in all"""
    crew = c.starts.get(party.end + 1) if c.word(party.end) == "and" else None
    if crew is None or not crew.numbered or _CREW.isdisjoint(c.lowers[crew.start : crew.end + 1]):
        return party
    one, other = party.quantity, crew.quantity
    if not one.exact or not other.exact or one.min is None or other.min is None:
        return party
    both = one.min + other.min
    return party._replace(end=crew.end, quantity=one._replace(end=crew.end, min=both, max=both))


_CREW = frozenset("crew crewmen crewmembers staff attendants pilots passengers".split())


def _is_aboard(c: Clauses, party: Party) -> bool:
    """Whether a party is the number of those aboard."""
    if not party.numbered or party.human is False or party.quantity.vague or party.part_of:
        return False
    k = party.end
    if c.word(k) in ("who", "were", "was", "of"):
        k += 1
    if c.word(k) in _ABOARD or c.lowers[k : k + 2] == ["on", "board"]:
        return True
    if c.lowers[k : k + 3] in (["and", "crew", "aboard"], ["passengers", "and", "crew"]):
        return True
    before = c.word(party.start - 1)
    return before in ("carrying", "carried", "transporting") and (
        party.human is True or party.end == party.quantity.end
    )
