"""The full names of people a report gives, and whom a shorter form of one means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from dateline.reading.attribution.clauses import LONGEST
from dateline.reading.prepared import Prepared, Sentence

_RELATIVE = re.compile(
    r"\b(?:father|mother|brother|sister|wife|widow|husband|son|daughter|cousin|uncle|aunt"
    r"|girlfriend|boyfriend|fiancee?|stepfather|stepmother|grandfather|grandmother|lawyer"
    r"|neighbou?r|friend|partner|parents|sibling|landlord|colleague|classmate|in-law)"
    r"(?:\s*,\s*|\s+)\Z",
    re.IGNORECASE,
)
# "Eric Trask, the gunman's brother", "Ann Trask, his mother"
_RELATIVE_BEHIND = re.compile(
    r"(?:,\s+\d{1,3})?\s*,\s+(?:an?\s+|the\s+|one\s+of\s+the\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:[\w-]+['’]s?|his|her|their)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:father|mother|brother|sister|wife|widow|husband|son|daughter|cousin|uncle|aunt"
    r"|girlfriend|boyfriend|fiancee?|lawyer|attorney|neighbou?r|friend|partner|victims?)\b",
    re.IGNORECASE,
)


_MOST = 200  # people of one surname; a text with more is no report


class FullNames:
    """The names of two words and more in a text, found by their last word.

    ``names`` are (name, sentence, offset in it) in text order; a name that is only told as
    that of a relative or a lawyer of somebody is known by ``is_relative``.
    """

    def __init__(
        self,
        prepared: Prepared,
        pattern: re.Pattern[str],
        bare: Callable[[str], str | None],
    ) -> None:
        """``pattern`` finds names in a sentence, ``bare`` takes off what is no part of one."""
        self.first: dict[str, tuple[Sentence, int]] = {}
        relatives: set[str] = set()
        others: set[str] = set()
        for name, sentence, start, end in _found(prepared, pattern, bare):
            self.first.setdefault(name, (sentence, start))
            text = sentence.text
            related = _RELATIVE.search(text[:start][-24:]) or _RELATIVE_BEHIND.match(text, end)
            (relatives if related else others).add(name)
        self._relatives = frozenset(relatives - others)
        by_last: dict[str, list[str]] = {}
        for name in self.first:
            for key in _keys(name):
                by_last.setdefault(key, []).append(name)
        self._by_last = {key: self._longest(names) for key, names in by_last.items()}

    def meant(self, told: str) -> tuple[str, ...]:
        """The full names that a name as told may stand for, all its words being in them."""
        words = _words(told)
        names = self._by_last.get(told.split()[-1].casefold().rstrip("."), ())
        if told in names:
            return (told,)
        meant = tuple(name for name in names if words <= _words(name))
        if len(meant) > 1:  # "Trask fired" is not of his brother, of whom it is told once
            meant = tuple(name for name in meant if name not in self._relatives) or meant
        return meant

    def is_relative(self, name: str) -> bool:
        """Whether a name is only told as that of somebody's brother, wife or lawyer."""
        return name in self._relatives

    def _longest(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of names with one last word those that are no shorter form of another."""
        ordered: Sequence[str] = sorted(names, key=lambda name: (-len(name.split()), name))
        kept: list[str] = []
        for name in ordered[:_MOST]:
            longer = (other for other in kept if not self.is_relative(other))
            if not any(_words(name) <= _words(other) for other in longer):
                kept.append(name)
        return tuple(kept)


def _found(
    prepared: Prepared, pattern: re.Pattern[str], bare: Callable[[str], str | None]
) -> Iterator[tuple[str, Sentence, int, int]]:
    for sentence in prepared.sentences:
        if sentence.end - sentence.start > LONGEST:
            continue
        for m in pattern.finditer(sentence.text):
            name = bare(m["name"])
            if name is not None and " " in name:
                yield name, sentence, m.start("name"), m.end("name")


def _words(name: str) -> set[str]:
    return {part for word in name.casefold().split() for part in (word, *word.split("-"))}


def _keys(name: str) -> tuple[str, ...]:
    """The last word, and the last half of one with a hyphen: "Bouhlel" of "Lahouaiej-Bouhlel"."""
    last = name.split()[-1].casefold().rstrip(".")
    return tuple(dict.fromkeys((last, last.rsplit("-", 1)[-1])))
