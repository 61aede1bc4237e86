"""Values in words, safe to print: the one place where a value becomes a phrase."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from functools import cache

import msgspec

from dateline.model import (
    CasualtyValue,
    ChargeValue,
    EventValue,
    IncidentDate,
    MotiveValue,
    PerpetratorValue,
    Place,
    PlaceValue,
    ResponsibilityValue,
    StatisticValue,
    TargetValue,
    TimeValue,
    VerificationValue,
    WeaponValue,
)

# Control characters, lone surrogates and the format characters that turn text around.
_UNSAFE = {"Cc", "Cs", "Cn"}
_TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text with everything that could steer a terminal or turn its order replaced."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "�" if c in _TURNING or (unicodedata.category(c) in _UNSAFE and c not in "\n\t") else c
        for c in text
    )


def number_words(low: int | None, high: int | None, qualifier: str | None = None) -> str:
    """A number with its bounds as a person would say it."""
    if low is None and high is None:
        return qualifier or "number not given"
    if low == high:
        return f"{qualifier} {low:,}" if qualifier else f"{low:,}"
    if high is None:
        word = qualifier if qualifier in {"at least", "more than", "over"} else "at least"
        return f"{word} {low:,}"
    if low is None:
        return f"{qualifier or 'up to'} {high:,}"
    return f"{low:,} to {high:,}"


def range_words(date: IncidentDate | TimeValue | None) -> str:
    """A date at its precision: "2017-05-22", "2017-05", "2017", or from when to when."""
    if date is None:
        return "unknown"
    start, end = date.start, date.end
    if start == end:
        return start.isoformat()
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if whole and (start.year, start.month) == (end.year, end.month):
        return start.isoformat()[: len("2017-05")]
    if whole and (start.year, start.month, end.year, end.month) == (end.year, 1, start.year, 12):
        return start.isoformat()[: len("2017")]
    return f"{date.start.isoformat()} to {date.end.isoformat()} ({date.precision})"


def where_words(place: Place | PlaceValue | None) -> str:
    """Site, name, region and country, from near to far."""
    if place is None:
        return "unknown"
    region = place.admin1 if place.admin1 and place.admin1 != place.name else None
    country = country_name(place.country) if place.kind != "country" else None
    # "Belgorod" alone would be taken for the town.
    name = f"{place.name} (region)" if place.kind == "admin1" else place.name
    parts = [place.site, name, region, country]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def town_words(place: Place | None) -> str:
    """Site, name and country, for a list; the region only where it is all that is known."""
    if place is None or place.kind in {"country", "admin1"}:
        return where_words(place)
    parts = [place.site, place.name, country_name(place.country)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


@cache
def country_name(code: str | None) -> str | None:
    """The English name of a country by its ISO 3166 code (Unicode CLDR, through Babel)."""
    if code is None:
        return None
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def describe(value: msgspec.Struct) -> str:
    """Any claim value as a phrase."""
    match value:
        case CasualtyValue():
            words = f"{value.effect} {number_words(value.min, value.max, value.qualifier)}"
            if value.effect == "casualties":
                words = f"casualties, {number_words(value.min, value.max, value.qualifier)}"
            extras = [
                value.group,
                "part of the total" if value.subset else None,
                "new total" if value.cumulative else None,
                "further" if value.additional else None,
            ]
            return ", ".join([words, *filter(None, extras)])
        case EventValue():
            return value.type
        case TimeValue():
            return range_words(value)
        case PlaceValue():
            return where_words(value)
        case PerpetratorValue():
            facts = [
                value.name,
                value.organisation if value.organisation != value.description else None,
                f"number {value.number}" if value.number not in {None, 1} else None,
                value.confidence if value.confidence != "fact" else None,
                value.fate,
            ]
            return ", ".join([value.description, *filter(None, facts)])
        case TargetValue():
            return ", ".join(filter(None, (value.description, value.effect)))
        case WeaponValue():
            return value.description
        case MotiveValue():
            return value.description
        case ChargeValue():
            return ": ".join(filter(None, (value.offence, value.sentence)))
        case ResponsibilityValue():
            return f"responsibility {value.stance} by {value.actor}"
        case VerificationValue():
            return " by ".join(filter(None, (value.status.replace("_", " "), value.by)))
        case StatisticValue():
            number = (
                f"{value.ratio:g} times"
                if value.ratio is not None
                else number_words(value.min, value.max, value.qualifier)
            )
            extras = [value.what, value.period, value.area]
            return ", ".join([number, *filter(None, extras)])
        case _:
            raise TypeError(f"no words for {type(value).__name__}")
