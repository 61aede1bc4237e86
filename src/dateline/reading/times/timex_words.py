"""The English words that time expressions are made of, and the numbers in them."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed weds wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS: Final = {
    "dawn": "MO",
    "daybreak": "MO",
    "morning": "MO",
    "midday": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "night": "NI",
    "nighttime": "NI",
    "overnight": "NI",
}
ORDINALS: Final = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th"),
        start=1,
    )
    for word in words.split()
}
UNIT_CODES: Final = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
    "generation": "Y",
}
_HALVES: Final = {"Y": "6M", "TH": "30M", "TM": "30S"}
_UNIT_SIZE: Final = {"fortnight": 2, "decade": 10, "century": 100}

_SMALL: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
NUMBER_WORDS: Final = {**_SMALL, **_TENS}
_NUMBER_WORD: Final = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER: Final = (
    r"(?:\d{1,3}[ -]1/2|\d{1,4}(?:,\d{3}){0,2}(?:\.\d{1,3})?"
    rf"|(?:{_NUMBER_WORD})(?:[- ](?:{_NUMBER_WORD}))?(?:[- ](?:hundred|thousand))?"
    r"|(?:a )?hundred|(?:a )?thousand)"
)


def number(text: str) -> float | None:
    """The value of a figure or of number words up to the hundreds; None where it is neither.

    >>> number("twenty-four"), number("1,000"), number("two hundred")
    (24, 1000, 200)
    """
    text = text.lower()
    if text[:1].isdigit():
        plain = re.sub(r"[ -]1/2$", ".5", text).replace(",", "")
        return float(plain) if "." in plain else int(plain)
    total = 0
    for word in re.split(r"[-\s]+", text):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word == "thousand":
            total = max(total, 1) * 1000
        elif word in _TENS:
            total += _TENS[word]
        elif word in _SMALL:
            total += _SMALL[word]
        elif word not in {"a", "and"}:
            return None
    return total or None


def spoken_year(text: str) -> int | None:
    """The year in words, as broadcasts have it: "nineteen ninety-eight", "two thousand"."""
    words = re.split(r"[-\s]+", text.lower())
    if words[:2] == ["two", "thousand"]:
        rest = [w for w in words[2:] if w != "and"]
        low = number(" ".join(rest)) if rest else 0
        return 2000 + int(low) if low is not None else None
    head = _SMALL.get(words[0], _TENS.get(words[0], 0))
    low = number(" ".join(words[1:]))
    if head < 15 or low is None:
        return None
    return head * 100 + int(low)


def duration(count: float | None, unit: str, *, half: bool = False) -> str:
    """The TIMEX3 value of a duration: ``P3D``, ``PT2H``, ``P2Y6M``; X for an unknown count.

    >>> duration(2, "decade"), duration(None, "week"), duration(2, "hour", half=True)
    ('P20Y', 'PXW', 'PT2H30M')
    """
    code = UNIT_CODES[unit]
    if count is None:
        vague = {"decade": "E", "century": "C"}
        return f"PX{vague.get(unit, code)}" if code[0] != "T" else f"PTX{code[1]}"
    size = (count + (0.5 if half else 0)) * _UNIT_SIZE.get(unit, 1)
    if unit == "quarter":
        size, code = 3 * size, "M"
    whole = int(size)
    if size - whole == 0.5 and code in _HALVES:
        head = "PT" if code[0] == "T" else "P"
        return head + (f"{whole}{code[-1]}" if whole else "") + _HALVES[code]
    written = f"{size:g}" if size < 100_000 else str(whole)
    return f"PT{written}{code[1]}" if code[0] == "T" else f"P{written}{code}"


def singular(unit: str) -> str:
    """As in "weeks" to "week", "centuries" to "century"."""
    unit = unit.lower().rstrip(".")
    if unit.endswith("ies"):
        unit = unit[:-3] + "y"
    elif unit.endswith("s"):
        unit = unit[:-1]
    return {"min": "minute", "sec": "second", "hr": "hour", "yr": "year"}.get(unit, unit)
