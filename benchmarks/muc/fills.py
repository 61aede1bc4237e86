"""What is told of a fill beside its words: its number, its nation, how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.muc.lists import lists
from benchmarks.muc.marked import Group, Marked, Span


class Sure(NamedTuple):
    """A set fill and its chance."""

    label: str
    chance: float


class Option(NamedTuple):
    """One thing that may be told of a fill, and what is seen of it."""

    label: str
    numbers: list[float]


class Fill(NamedTuple):
    """One fill: its text, the span that says it best, and what goes with it.

    ``chance`` is that of the fill to be credited. ``extra`` is the description of a named person,
    or the type of an instrument. ``options`` are what may be told of it by table (see
    ``muc.options``), ``told`` what is: "type", "effect", "number", "nation" and "confidence",
    each with the credit it is worth.
    """

    text: str
    span: Span
    group: Group
    chance: float
    number: str = ""
    extra: str = ""
    options: Mapping[str, Sequence[Option]] = MappingProxyType({})
    told: Mapping[str, Sure] = MappingProxyType({})


def quoted(text: str) -> str:
    """A string fill, its own quotation marks escaped."""
    return '"' + text.replace('"', '\\"') + '"'


_NUMBERS = {
    word: number
    for number, word in enumerate(
        "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN "
        "FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN TWENTY".split()
    )
} | {"THIRTY": 30, "FORTY": 40, "FIFTY": 50, "SIXTY": 60, "DOZEN": 12}
_AROUND = re.compile(r"\b(?:ABOUT|SOME|APPROXIMATELY|NEARLY|AROUND|ALMOST)$")
_MANY = frozenset("PEOPLE MEN WOMEN CHILDREN POLICE TROOPS POLICEMEN SOLDIERS".split())
_ADJUNCT = frozenset("OF WHO IN FROM AT ON WITH FOR NEAR".split())
_BACK = 3


def head_of(words: Sequence[str]) -> str:
    """The head noun of a phrase: its last word before "of", "in" and the like."""
    for n, word in enumerate(words):
        if n and (word in _ADJUNCT or word in ",(["):
            return words[n - 1]
    return words[-1]


def number_of(marked: Marked, span: Span) -> str:
    """The number slot of a span: "1", "6", "~50", "PLURAL"."""
    words = marked.words
    head = head_of(words[span.first : span.end])
    stop = span.first + words[span.first : span.end].index(head)
    for k in range(stop - 1, max(-1, span.first - _BACK - 1), -1):
        word = words[k]
        value = int(word) if word.isdigit() else _NUMBERS.get(word)
        if value is not None and words[k + 1] not in ("-", ".", ","):
            before = " ".join(words[max(0, k - 2) : k])
            if before.endswith("AT LEAST"):
                return f"{value}-"
            return f"~{value}" if _AROUND.search(before) else str(value)
        if k < span.first and (not word[0].isalpha() or word in ("THE", "OF", "BY", "AND")):
            break
    plural = head in _MANY or (head.endswith("S") and not head.endswith("SS") and len(head) > 3)
    return "PLURAL" if plural else "1"


def without_number(text: str) -> str:
    """A phrase without the number it opens with."""
    return re.sub(r"^(?:\d{1,2}|AN?|THE) (?=[A-Z])", "", text)


def instrument_type(text: str) -> str | None:
    """The set fill of an instrument's words."""
    for kind, stems in lists()["instruments"].items():
        if any(re.search(rf"\b{stem}", text) for stem in stems):
            return str(kind)
    return None


def text_features(text: str) -> list[str]:
    """What the type of a target is read from: its words, its head and how that ends."""
    words = re.findall(r"[A-Z0-9]+", text.replace(".", ""))
    if not words:
        return ["none"]
    head = head_of(words)
    own = sorted({f"w {word}" for word in words})
    return [*own, f"h {head}", f"3 {head[-3:]}", f"4 {head[-4:]}"]
