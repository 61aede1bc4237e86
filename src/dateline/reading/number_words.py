"""One number in digits or words: "1,200", "twenty-five", "two dozen", "5 lakh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.reading.prepared import Token

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
TENS["fourty"] = 40
POWERS = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
}
GROUPS = {"dozen": 12, "score": 20, "pair": 2, "couple": 2}
PLURALS = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2_000,
    "lakhs": 200_000,
    "millions": 2_000_000,
}
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+$|\d+$")
_SCALED = re.compile(r"\d+\.\d+$")
_WORD_PAIR = re.compile(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-"
    r"(one|two|three|four|five|six|seven|eight|nine)$"
)
_LARGEST = 10**10  # more people than there are is a misreading


class Number(NamedTuple):
    """A number that ends before token ``end``; ``group`` takes "of" ("dozens of people")."""

    value: int
    end: int
    plural: bool = False
    group: bool = False


def number_at(tokens: Sequence[Token], lowers: list[str], i: int) -> Number | None:
    """A number in digits, words or both from token ``i``."""
    word = lowers[i]
    n = len(lowers)
    if word in PLURALS:
        value, end = PLURALS[word], i + 1
        if lowers[end : end + 1] == ["of"] and end + 1 < n:
            size = {"thousands": 1_000, "millions": 1_000_000, "lakhs": 100_000}.get(
                lowers[end + 1]
            )
            if size:
                base = {"tens": 20, "hundreds": 200, "thousands": 2_000, "dozens": 24}.get(word)
                if base:
                    return Number(base * size, end + 2, plural=True, group=True)
        return None if word == "tens" else Number(value, end, plural=True, group=True)
    if word == "half":
        if lowers[i + 1 : i + 3] in (["a", "dozen"], ["a", "million"]):
            return Number(6 if lowers[i + 2] == "dozen" else 500_000, i + 3, group=True)
        return None
    if word in GROUPS or word in POWERS:
        # Bare "hundred", "dozen" count only after "a".
        if i and lowers[i - 1] in ("a", "one") and word != "score":
            value = GROUPS.get(word) or POWERS[word]
            return _compound(lowers, value, i + 1, group=word in GROUPS)
        return None
    if word[0].isdigit():
        if _NUMERAL.match(word):
            value = int(word.replace(",", "")) if len(word) <= 14 else _LARGEST
            power = POWERS.get(lowers[i + 1]) if i + 1 < n else None
            if power:
                return _capped(value * power, i + 2)
            if i + 1 < n and lowers[i + 1] in ("m", "k") and tokens[i].end == tokens[i + 1].start:
                return _capped(value * (1_000_000 if lowers[i + 1] == "m" else 1_000), i + 2)
            if i + 1 < n and lowers[i + 1] == "dozen":
                return _capped(value * 12, i + 2)
            return _capped(value, i + 1)
        if _SCALED.match(word) and i + 1 < n and lowers[i + 1] in POWERS:
            whole, _, part = word.partition(".")
            if len(part) <= 6 and len(whole) <= 6:
                scaled = int(whole + part) * POWERS[lowers[i + 1]] // 10 ** len(part)
                return _capped(scaled, i + 2)
        return None
    return _words(lowers, i)


def _capped(value: int, end: int) -> Number | None:
    return Number(value, end) if value < _LARGEST else None


def _words(lowers: list[str], i: int) -> Number | None:
    """A number in words: "twenty-five", "one hundred and fifty", "two dozen"."""
    small = _small(lowers, i)
    if small is None:
        return None
    value, end = small
    if end < len(lowers) and lowers[end] in GROUPS and lowers[end] not in ("pair", "couple"):
        return Number(value * GROUPS[lowers[end]], end + 1, group=True)
    return _compound(lowers, value, end)


def _small(lowers: list[str], i: int) -> tuple[int, int] | None:
    """A number below one hundred."""
    if i >= len(lowers):
        return None
    word = lowers[i]
    if word in UNITS:
        return UNITS[word], i + 1
    if word in TENS:
        following = lowers[i + 1] if i + 1 < len(lowers) else ""
        if 0 < UNITS.get(following, 0) < 10:
            return TENS[word] + UNITS[following], i + 2
        return TENS[word], i + 1
    pair = _WORD_PAIR.match(word)
    if pair:
        return TENS[pair[1]] + UNITS[pair[2]], i + 1
    return None


def _compound(lowers: list[str], value: int, end: int, *, group: bool = False) -> Number | None:
    """Go on after the first part: powers, "and", smaller parts."""
    total, current = 0, value
    n = len(lowers)
    while end < n:
        power = POWERS.get(lowers[end])
        if power is not None:
            if power == 100 or current < power:
                current *= power
            else:
                break
            if power > 100:
                total, current = total + current, 0
            end += 1
            continue
        joined = end + 1 if lowers[end] == "and" else end
        if (total or current >= 100) and (current % 100 == 0):
            small = _small(lowers, joined)
            if small is not None and small[0]:
                following = lowers[small[1]] if small[1] < n else ""
                # "a hundred and two soldiers" is 102, "a hundred, two ..." is not.
                if joined != end or following in POWERS or current or total:
                    current += small[0]
                    end = small[1]
                    continue
        break
    number = _capped(total + current, end)
    return number._replace(group=group) if number else None
