"""Words, their parts of speech and the noun phrases of wire copy in capitals.

The tagger is a greedy averaged perceptron (Collins 2002); its tags are those of the Penn
treebank folded to two letters, with PER, ORG and GPE for the names of people,
organisations and states.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|(?:[A-Z]\.){2,}|'S\b|[^\W\d_]+(?:(?!['’]S\b)[-'’][^\W\d_]+)*|--|[^\w\s]"
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_END = re.compile(r"[.!?][\"')\]]*(?=\s\s|\n|\s+[\"(\[]|$)|[.!?][\"']?\s(?=(?:THE|HE|IT|IN|A)\s)")
_ABBREVIATED = re.compile(r"\b(?:GEN|COL|LT|CAPT|MAJ|SGT|DR|MR|MRS|MSGR|REV|JR|ST|NO|[A-Z])\.$")
NOUNS = frozenset(("NN", "NS", "NP", "PER", "ORG", "GPE"))
_INNER = NOUNS | {"JJ", "CD", "VN", "VG"}
VERBS = frozenset(("VB", "VD", "VN", "VG", "VP", "VZ"))


class Word(NamedTuple):
    """One token with its offsets into the message."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    """One sentence: its words and their tags; ``index`` counts from the top."""

    index: int  # type: ignore[assignment]
    words: tuple[Word, ...]
    tags: tuple[str, ...]
    paragraph: int

    @property
    def texts(self) -> list[str]:
        """The words alone."""
        return [word.text for word in self.words]


class Phrase(NamedTuple):
    """Words ``first`` to ``end`` of a sentence; ``head`` is the index of the head noun.

    ``kind`` is "name" for a person, "body" for an organisation, else "noun"; ``title`` are
    the words before a name.
    """

    sentence: Sentence
    first: int
    end: int
    head: int
    kind: str
    title: tuple[str, ...] = ()

    @property
    def texts(self) -> list[str]:
        """The words of the phrase."""
        return [word.text for word in self.sentence.words[self.first : self.end]]

    @property
    def span(self) -> tuple[int, int]:
        """Character offsets into the message."""
        words = self.sentence.words
        return words[self.first].start, words[self.end - 1].end


@cache
def _tagger() -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    model = json.loads((DATA / "tagger.json").read_text(encoding="utf-8"))
    return model["fixed"], model["weights"]


def sentences_of(text: str) -> list[Sentence]:
    """The tagged sentences of a message, its dateline left out."""
    body = text.find("[TEXT]")
    at = body + 6 if 0 <= body < 600 else _after_dash(text)
    found: list[Sentence] = []
    paragraph = 0
    for piece in _split(text, at):
        if piece is None:
            paragraph += 1
            continue
        words = tuple(
            Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, piece[0], piece[1])
        )
        if words:
            tags = tuple(tag([word.text for word in words]))
            found.append(Sentence(len(found), words, tags, paragraph))
    return found


def _after_dash(text: str) -> int:
    dash = text.find("--", 0, 200)
    return dash + 2 if dash >= 0 else 0


def _split(text: str, at: int) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    breaks = [m.span() for m in _PARAGRAPH.finditer(text, at)]
    for start, end in [*breaks, (len(text), len(text))]:
        begin = at
        for m in _END.finditer(text, at, start):
            if _ABBREVIATED.search(text[max(begin, m.start() - 6) : m.start() + 1]):
                continue
            found.append((begin, m.end()))
            begin = m.end()
        if begin < start:
            found.append((begin, start))
        found.append(None)
        at = end
    return found


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "9"
    if not word[0].isalpha():
        return "."
    return "H" if "-" in word else "D" if "." in word else "a"


def tag(words: Sequence[str]) -> list[str]:
    """One tag a word."""
    fixed, weights = _tagger()
    found: list[str] = []
    p1 = p2 = "<"
    size = len(words)
    for i, w in enumerate(words):
        best = fixed.get(w)
        if best is None:
            a = words[i - 1] if i else "<"
            a2 = words[i - 2] if i > 1 else "<"
            b = words[i + 1] if i + 1 < size else ">"
            b2 = words[i + 2] if i + 2 < size else ">"
            votes: dict[str, int] = {}
            for feature in (
                "w " + w, "3 " + w[-3:], "2 " + w[-2:], "4 " + w[-4:], "p " + p1,
                "q " + p1 + " " + p2, "a " + a, "b " + b, "c " + b2, "d " + a2, "e " + b[-3:],
                "f " + a[-3:], "s " + _shape(w), "g " + p1 + " " + w, "h " + p1 + " " + w[-3:],
            ):  # fmt: skip
                for label, weight in weights.get(feature, {}).items():
                    votes[label] = votes.get(label, 0) + weight
            best = max(votes, key=lambda label: (votes[label], label)) if votes else "NP"
        found.append(best)
        p2, p1 = p1, best
    return found


@cache
def organisations() -> dict[tuple[str, ...], tuple[str, str]]:
    """The words of an organisation's name -> its first name and "armed" or "state"."""
    table = tomllib.loads((DATA / "organisations.toml").read_text(encoding="utf-8"))
    return {
        tuple(_TOKEN.findall(name)): (names[0], kind)
        for kind in ("state", "armed")
        for names in table[kind]["names"]
        for name in names
    }


def _bodies(sentence: Sentence) -> list[Phrase]:
    """The organisations of a sentence: those of the list, and what the tagger calls one."""
    texts, tags, known = sentence.texts, sentence.tags, organisations()
    longest = max(map(len, known))
    found = []
    i = 0
    while i < len(texts):
        end = next(
            (j for j in range(min(len(texts), i + longest), i, -1) if tuple(texts[i:j]) in known), 0
        )
        if not end and tags[i] == "ORG":
            end = i + 1
            while end < len(texts) and (
                tags[end] == "ORG"
                or (
                    end + 1 < len(texts)
                    and texts[end] in ("OF", "'S", "-")
                    and tags[end + 1] == "ORG"
                )
            ):
                end += 1
        if end:
            found.append(Phrase(sentence, i, end, end - 1, "body"))
        i = max(end, i + 1)
    return found


def phrases_of(sentence: Sentence) -> list[Phrase]:
    """The phrases of a sentence: base noun phrases, names of people, organisations.

    They may overlap: a name is parted from the title before it, an organisation from the
    noun it qualifies.
    """
    return sorted({*_nouns(sentence), *_bodies(sentence)}, key=lambda p: (p.first, p.end, p.kind))


def _nouns(sentence: Sentence) -> list[Phrase]:
    tags, texts = sentence.tags, sentence.texts
    found: list[Phrase] = []
    i, size = 0, len(tags)
    while i < size:
        if tags[i] not in _INNER and texts[i] not in ("DEAD", "WOUNDED", "INJURED"):
            i += 1
            continue
        j = i
        while j < size and (
            tags[j] in _INNER
            or (tags[j] == "PO" and j + 1 < size and tags[j + 1] in _INNER)
            or (texts[j] == "-" and j > i and j + 1 < size and tags[j + 1] in _INNER)
            or (texts[j] == '"' and j > i and _quoted(texts, j) is not None)
        ):
            j += 1
        last = j
        while last > i and tags[last - 1] not in NOUNS and texts[last - 1] not in (
            "DEAD", "WOUNDED", "INJURED", "UNIDENTIFIED",
        ):  # fmt: skip
            last -= 1
        if last > i:
            found.extend(_parts(sentence, i, last))
        i = max(j, i + 1)
    return found


def _quoted(texts: Sequence[str], at: int) -> int | None:
    """The closing mark of a short quotation that opens or closes here."""
    for j in range(at + 1, min(len(texts), at + 5)):
        if texts[j] == '"':
            return j
    return None


def _parts(sentence: Sentence, first: int, end: int) -> list[Phrase]:
    tags, texts = sentence.tags, sentence.texts
    while first < end and tags[first] in ("VG", "VN") and first + 1 < end and first > 0:
        # "KILLING PEASANTS" is a verb with its object, "WOUNDED SOLDIERS" a phrase.
        if tags[first] == "VN" and tags[first - 1] not in ("VB", "VD", "VZ", "VP"):
            break
        first += 1
    people = [k for k in range(first, end) if tags[k] == "PER"]
    if people:
        begin, stop = people[-1], people[-1] + 1
        while begin > first and (tags[begin - 1] == "PER" or texts[begin - 1] in ("-", '"')):
            begin -= 1
        if stop == end:
            title = tuple(texts[first:begin])
            found = [Phrase(sentence, begin, stop, stop - 1, "name", title)]
            if begin > first and tags[begin - 1] in NOUNS:
                found.insert(0, Phrase(sentence, first, begin, begin - 1, "noun"))
            return found
    proper = [k for k in range(first, end) if tags[k] in ("NP", "PER", "ORG")]
    if len(proper) == end - first and tuple(texts[first:end]) not in organisations():
        return [
            Phrase(sentence, first, end, end - 1, "noun"),
            Phrase(sentence, first, end, end - 1, "name"),
        ]
    if proper and proper[-1] == end - 1 and end - first > 1:
        # "JOURNALIST HECTOR GIRALDO": the name is the proper nouns at the end.
        begin = end - 1
        while begin > first and tags[begin - 1] in ("NP", "PER", "ORG"):
            begin -= 1
        if begin > first and end - begin > 1:
            return [
                Phrase(sentence, first, end, end - 1, "noun"),
                Phrase(sentence, first, begin, begin - 1, "noun"),
                Phrase(sentence, begin, end, end - 1, "name", tuple(texts[first:begin])),
            ]
    return [Phrase(sentence, first, end, end - 1, "noun")]
