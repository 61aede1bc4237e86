"""Figures that lean on the sentence before: "Who was hurt? Six people.", "Forty did not." """

from __future__ import annotations

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.people import Party

_ASKED = {
    "hurt": "injured",
    "injured": "injured",
    "wounded": "injured",
    "killed": "killed",
    "died": "killed",
    "dead": "killed",
}
_QUESTION = 10  # words of a question that heads its answer
_WHO = frozenset({"who", "how", "was", "were", "anyone", "anybody"})
_FRAGMENT = frozenset(". , ; : – — - and including among all most both aged from".split()) | {""}
_SURVIVED = frozenset("survived survive survivors escaped walked lived alive unharmed home".split())
_DID_NOT = (["did", "not"], ["did", "n't"], ["didn't"])
_CLOSES = frozenset(". , ; – — - after when because".split()) | {""}


def read_answer(c: Clauses, before: Clauses) -> bool:
    """Add the figure that answers the question before, or ends what it began.

    "How many were hurt? At least 12, police say.", "Some walked away. Forty people did not."
    """
    party = c.starts.get(0)
    if party is None or not party.numbered or party.quantity.vague or not party.quantity.min:
        return False
    if party.human is False or party.effect or party.part_of or party.perpetrator:
        return False
    if any(d.party.quantity.core == party.quantity.core for d in c.drafts):
        return False
    effect, last = _asked(c, party, before) or _did_not(c, party, before) or (None, 0)
    if effect is None:
        return False
    c.drafts.append(Draft(effect, party, party.start, last, "answer", 0.7))
    return True


def _asked(c: Clauses, party: Party, before: Clauses) -> tuple[str, int] | None:
    """What the question before asks of those whom a sentence without a verb names."""
    words = before.lowers
    if "?" not in words[-2:] or len(words) > _QUESTION or words[0] not in _WHO:
        return None
    if c.word(party.end) not in _FRAGMENT:
        return None
    effects = {_ASKED[w] for w in words if w in _ASKED}
    return (effects.pop(), party.end - 1) if len(effects) == 1 else None


def _did_not(c: Clauses, party: Party, before: Clauses) -> tuple[str, int] | None:
    """The death of those who did not do what survivors of the sentence before did."""
    for words in _DID_NOT:
        end = party.end + len(words)
        if c.lowers[party.end : end] == words and c.word(end) in _CLOSES:
            return None if _SURVIVED.isdisjoint(before.lowers) else ("killed", end - 1)
    return None
