"""Tolls told by an ordinal: "a ninth died on the operating table", "the fifth person to die"."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.reading.harm.sentence import ADVERBS, BOUNDARY, Clauses, Draft
from dateline.reading.harm.tolls import modal_before
from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, HAVE, Party, nouns

_WORDS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINALS = {word: number for number, word in enumerate(_WORDS, 3)}
_ENDINGS = ("th", "st", "nd", "rd")
_HEADS = frozenset("person victim man woman patient child boy girl fatality death".split())
_DIED = frozenset({"died", "succumbed", "dies"})
_TO_DIE = (["to", "die"], ["to", "be", "killed"], ["killed"], ["to", "have", "died"])
_BECOME = BE | frozenset("become becomes became becoming".split())
_PERIODS = frozenset("year years month months week season decade".split())
_ASIDE = 16  # words that may say who the one is


def counted_on(c: Clauses, drafts: list[Draft], told: Mapping[str, set[int]]) -> list[Draft]:
    """The drafts with the totals that an ordinal gives.

    "Eight were dead … A ninth died in hospital" makes nine dead, where eight or nine are told
    before (``told``: the figures so far, by effect), so that the ninth American of ninety dead
    makes no toll. Who "became the fifth person to die" needs no count before.
    """
    found = list(drafts)
    for i in range(1, len(c.lowers)):
        word, end = c.lowers[i], i
        if word.isdigit() and c.word(i + 1) in _ENDINGS:
            word, end = word + c.word(i + 1), i + 1  # "130th" in two tokens
        number = _ordinal(word)
        if number is None or c.word(i - 1) not in ("a", "an", "the"):
            continue
        head = end + 1 if c.word(end + 1) in _HEADS else end
        last = (_becomes(c, i, head) if head > end else 0) or (
            _dies(c, head) if _is_next(number, told, found) else 0
        )
        if not last:
            continue
        quantity = Quantity(i - 1, i, i + 1, number, number, True, None)
        party = Party(i - 1, head + 1, quantity, True, None, False)
        found = [d for d in found if not i - 1 <= d.party.start <= head]
        unreal = modal_before(c, i)
        found.append(
            Draft("killed", party, i - 1, last, "ordinal", 0.75, cumulative=True, unreal=unreal)
        )
    return found


def _ordinal(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS[word]
    digits = word[:-2]
    if word.endswith(_ENDINGS) and digits.isascii() and digits.isdigit():
        number = int(digits) if len(digits) < len("10000") else 0
        return number if number >= _ORDINALS["third"] else None
    return None


def _is_next(number: int, told: Mapping[str, set[int]], drafts: list[Draft]) -> bool:
    before = set(told.get("killed", ()))
    before |= {d.party.quantity.min or 0 for d in drafts if d.effect == "killed" and not d.subset}
    return not before.isdisjoint((number - 1, number))


def _dies(c: Clauses, head: int) -> int:
    """The verb of "a ninth victim, a man of 40, later died", else 0."""
    for k in range(head + 1, min(head + 1 + _ASIDE, len(c.lowers))):
        word = c.lowers[k]
        if word in _DIED:
            return k
        aside = c.word(head + 1) in (",", "who")
        if not aside and word not in ADVERBS and word not in HAVE and word not in BE:
            return 0
        if (word in BOUNDARY and word not in ("who", "after")) or word in (".", "and"):
            return 0
        if not aside and word in nouns():
            return 0
    return 0


def _becomes(c: Clauses, i: int, head: int) -> int:
    """The last word of "became the fifth person to die", else 0."""
    if c.word(i - 1) != "the" or c.word(i - 2) not in _BECOME:
        return 0
    if not _PERIODS.isdisjoint(c.lowers[head:]):
        return 0  # "the fifth person to be killed by police this year"
    for phrase in _TO_DIE:
        if c.lowers[head + 1 : head + 1 + len(phrase)] == phrase:
            return head + len(phrase)
    return 0
