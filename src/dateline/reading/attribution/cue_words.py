"""The words that attribute, and how strongly: data/cues.toml made ready to look up."""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple, get_args

from dateline.model import Span
from dateline.reading.lexicon import load
from dateline.reading.prepared import Prepared

Strength = Literal["said", "reported", "confirmed", "claimed", "alleged", "denied", "believed"]
Form = Literal["base", "third", "past", "ing", "participle"]

STRENGTHS: tuple[Strength, ...] = get_args(Strength)


class Verb(NamedTuple):
    """One form of an attributing verb; ``past`` may serve as the participle too."""

    lemma: str
    form: Form
    strength: Strength
    needs_that: bool
    takes_object: bool
    takes_addressee: bool


class CueWords(NamedTuple):
    """Verbs by form, and the other word lists by name.

    ``nouns`` are forms that are verbs only before "how" and "that" ("the report documents
    how …"), nouns elsewhere.
    """

    verbs: dict[str, Verb]
    nouns: dict[str, Verb]
    lists: dict[str, frozenset[str]]


@functools.cache
def cue_words() -> CueWords:
    """The lists of data/cues.toml."""
    table = load("cues")
    use = {name: frozenset(line.split()) for name, line in table["use"].items()}
    verbs: dict[str, Verb] = {}
    nouns: dict[str, Verb] = {}
    for strength in STRENGTHS:
        for entry in table["verbs"][strength].split():
            for form, word in _forms(entry).items():
                lemma = entry.partition("/")[0]
                plural = form == "third" and lemma in use["nouns"]
                (nouns if plural else verbs).setdefault(
                    word,
                    Verb(
                        lemma,
                        form,
                        strength,
                        lemma in use["that"],
                        lemma in use["object"],
                        lemma in use["addressee"],
                    ),
                )
    lists = {name: frozenset(line.split()) for name, line in table["words"].items()}
    return CueWords(verbs, nouns, lists)


def _forms(entry: str) -> dict[Form, str]:
    """The forms of a verb given as ``base`` or ``base/third/past/-ing[/participle]``."""
    base, *rest = entry.split("/")
    if rest:
        third, past, ing, *participle = rest
        forms: dict[Form, str] = {"base": base, "third": third, "past": past, "ing": ing}
        if participle:
            forms["participle"] = participle[0]
        return forms
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeiou":
        return {"base": base, "third": base[:-1] + "ies", "past": base[:-1] + "ied",
                "ing": base + "ing"}  # fmt: skip
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return {"base": base, "third": third, "past": stem + "ed", "ing": stem + "ing"}


_SAYS = frozenset(
    """according report reports statement statements quoted quoting cited citing claim claims says
    word words account accounts : — – ( per via put puts""".split()
)


def says(prepared: Prepared, cue: tuple[Span, ...]) -> bool:
    """Whether a cue holds a word that passes something on, or no word at all."""
    verbs = cue_words().verbs
    words = [
        word.strip(".,;\"'“”)") or word
        for start, end in cue
        for word in prepared.text[start : min(end, start + 200)].casefold().split()
    ]
    known = any(word in verbs or word in _SAYS for word in words)
    return known or not any(word[:1].isalpha() for word in words)


_FIRM: dict[Strength, int] = {
    "said": 0, "reported": 1, "confirmed": 2, "believed": 3, "claimed": 4, "alleged": 5,
    "denied": 6,
}  # fmt: skip


def strength_of(prepared: Prepared, cue: tuple[Span, ...]) -> Strength:
    """How a cue commits the reporter; the most distant verb of the cue decides.

    "said" where the cue has no known verb ("according to").
    """
    verbs = cue_words().verbs
    found: Strength = "said"
    for start, end in cue:
        for word in prepared.text[start : min(end, start + 200)].casefold().split():
            verb = verbs.get(word.strip(".,:;\"'“”()"))
            if verb is not None and _FIRM[verb.strength] > _FIRM[found]:
                found = verb.strength
    return found
