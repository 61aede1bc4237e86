"""Codes in words, for people."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from dateline.desk.views_list import Option
from dateline.model import Toll

QUESTIONS: dict[str, tuple[str, str]] = {
    "casualty": ("how-many", "How many"),
    "event": ("what", "What happened"),
    "time": ("when", "When"),
    "place": ("where", "Where"),
    "perpetrator": ("by-whom", "By whom"),
    "target": ("against-whom", "Against whom or what"),
    "weapon": ("with-what", "With what"),
    "motive": ("why", "Why"),
    "responsibility": ("responsibility", "Responsibility claimed or denied"),
    "charge": ("charges", "Charges and sentences"),
    "verification": ("checked", "What was checked"),
    "statistic": ("statistics", "Figures over a period"),
}
"""Kind of claim: the question it answers, as a word for links and as a heading."""

JUDGEMENTS: dict[str, str] = {
    "same": "the same incident",
    "different": "not the same incident",
    "split": "split",
    "right": "claim is right",
    "wrong": "claim is wrong",
    "corrected": "claim corrected",
    "confirmed": "incident confirmed",
    "discounted": "incident discounted",
    "note": "note",
    "left": "left as it is",
    "retracted": "taken back",
    "withdrawn": "report withdrawn",
}


@cache
def _types() -> dict[str, str]:
    text = files("dateline.reading").joinpath("data/incident_types.toml")
    parsed = tomllib.loads(text.read_text(encoding="utf-8"))
    return {code: str(entry.get("label", code)) for code, entry in parsed.items()}


def type_words(code: str) -> str:
    """The name of a type of incident."""
    return _types().get(code) or code.replace("_", " ").capitalize()


def type_options() -> tuple[Option, ...]:
    """All types of incident, by name."""
    listed = sorted(_types().items(), key=lambda item: item[1])
    return tuple(Option(value=code, label=label) for code, label in listed)


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").territories
    return {code: str(name) for code, name in names.items() if len(code) == 2 and code.isalpha()}


def country_words(code: str | None) -> str | None:
    """The English name of a country by its ISO 3166 code (Unicode CLDR)."""
    return _countries().get(code, code) if code else None


def country_code(name: str) -> str | None:
    """The code of a country given by code or English name; None where there is none."""
    given = name.strip()
    if given.upper() in _countries():
        return given.upper()
    folded = given.casefold()
    for code, label in _countries().items():
        if label.casefold() == folded:
            return code
    return None


def toll_words(toll: Toll) -> str:
    """Best, and the range where there is one."""
    if toll.best is None:
        if toll.low is not None:
            return f"at least {toll.low:,}"
        if toll.high is not None:
            return f"up to {toll.high:,}"
        return "number not given"
    if toll.low == toll.best == toll.high:
        return f"{toll.best:,}"
    low = "?" if toll.low is None else f"{toll.low:,}"
    high = "?" if toll.high is None else f"{toll.high:,}"
    return f"{toll.best:,} ({low}–{high})"


def effect_words(effect: str) -> str:
    """The name of an effect."""
    return {"casualties": "casualties of unknown kind"}.get(effect, effect)
