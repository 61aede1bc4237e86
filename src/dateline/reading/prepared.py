"""The text as the readers see it: sentences and tokens without the page furniture.

Offsets always point into the untouched ``Document.text``; nothing is normalised away.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import NamedTuple, TypeVar

import sentencex

from dateline.model import Document, Span

# Numbers keep their separators, words their inner hyphens and apostrophes; the
# possessive stands apart, so that a name is one token with or without it.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|['’]s\b"
    r"|[^\W\d_]+(?:(?!['’][sS]\b)[-‐'’][^\W\d_]+)*"
    r"|[^\w\s]"
)
_T = TypeVar("_T")

_WORD = re.compile(r"\w+")
# What a pattern that ignores case takes for a plain letter (re, IGNORECASE), and lower() does not.
_LIKE = str.maketrans("İıſK", "iisk")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n|\r\r")
_LINE_BREAK = re.compile(r"[\r\n]+")
_LINE = re.compile(r"\S[^\r\n]*(?<=\S)")
_LONG_LINE = 50  # characters; telex copy is wrapped at 60 to 70
_INDENT = 40  # characters of white space before the words of a wrapped line
_SPARE = 2  # characters: a word of the next line, and this more, would have had room
_OPEN_ENDS = frozenset(",-–—/&(")  # a line that ends so goes on in the next
_SMALL_ENDS = frozenset("a an the of in on at to for with and or by from as that".split())
_LONG_PARAGRAPH = 8000  # characters; a page and more, which no edited paragraph has
_STOPS = frozenset('.!?:;"”’)')
_CAPS_SHARE = 0.85  # wire copy of the telex age has a few lower-case editor's marks


class Token(NamedTuple):
    """One word, number or mark; ``lower`` is its case-folded text with ' for ’."""

    start: int
    end: int
    text: str
    lower: str


class Sentence:
    """One sentence outside the furniture; ``index`` counts from the top of the text.

    ``paragraph`` counts paragraphs (split at blank lines, or at every line break where
    a text has no blank lines); ``title`` is True for the headline above the body.
    """

    __slots__ = ("__dict__", "end", "index", "paragraph", "start", "text", "title")

    def __init__(
        self, text: str, start: int, end: int, index: int, paragraph: int, title: bool
    ) -> None:
        self.text = text[start:end]
        self.start = start
        self.end = end
        self.index = index
        self.paragraph = paragraph
        self.title = title

    @cached_property
    def folded(self) -> str:
        """The text in small letters; a pattern that ignores case matches it where it matches."""
        text = self.text
        return text.lower() if text.isascii() else text.translate(_LIKE).lower()

    @cached_property
    def words(self) -> frozenset[str]:
        """The runs of letters and digits in ``folded``; a sentence that lacks the words
        of a pattern need not be searched for it (:func:`dateline.reading.lexicon.signs`).
        """
        return frozenset(_WORD.findall(self.folded))

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, with offsets into the document text."""
        base, found = self.start, []
        for match in _TOKEN.finditer(self.text):
            start, end = match.span()
            text = match[0]
            lower = text.lower() if text.isascii() else text.casefold().replace("’", "'")
            # What Token(...) does too, at half the cost; there is one for every word.
            found.append(tuple.__new__(Token, (base + start, base + end, text, lower)))
        return tuple(found)

    @property
    def span(self) -> Span:
        """Where the sentence stands in the document text."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"Sentence({self.index}, {self.start}-{self.end}, {self.text[:40]!r})"


class Prepared:
    """A document made ready for the readers."""

    __slots__ = ("__dict__", "all_caps", "document", "sentences")

    def __init__(self, document: Document, sentences: tuple[Sentence, ...], all_caps: bool) -> None:
        self.document = document
        self.sentences = sentences
        self.all_caps = all_caps

    @property
    def text(self) -> str:
        """The untouched text."""
        return self.document.text

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds a character, None where it is furniture or a gap."""
        at = bisect.bisect_right(self._ends, offset)
        if at < len(self.sentences) and self.sentences[at].start <= offset:
            return self.sentences[at]
        return None

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.end for sentence in self.sentences]


def once(read: Callable[[Prepared], _T]) -> Callable[[Prepared], _T]:
    """What is read from a prepared text is read once, however many rooms ask for it.

    For values that nobody changes.
    """
    name = f"{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(prepared: Prepared) -> _T:
        made = prepared.__dict__
        if name not in made:
            made[name] = read(prepared)
        found: _T = made[name]
        return found

    return kept


def prepare(document: Document) -> Prepared:
    """Split a document into sentences, leaving the furniture out."""
    text = document.text
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    sentences: list[Sentence] = []
    title_end = _title_end(document)
    for paragraph, (start, end) in enumerate(_paragraphs(document)):
        for first, last in _items(text, start, end):
            for s, e in _sentences(text, first, last, document.language or "en"):
                sentences.append(Sentence(text, s, e, len(sentences), paragraph, e <= title_end))
    return Prepared(
        document=document,
        sentences=tuple(sentences),
        all_caps=letters > 0 and capitals / letters > _CAPS_SHARE,
    )


def _title_end(document: Document) -> int:
    """Where the headline ends, if the text itself starts with it; else 0."""
    if not document.title:
        return 0
    lead = len(document.text) - len(document.text.lstrip())
    if document.text.startswith(document.title, lead):
        return lead + len(document.title)
    return 0


def _paragraphs(document: Document) -> Iterator[Span]:
    """The spans between blank lines, furniture and the end of the headline."""
    text = document.text
    breaks = [Span(m.start(), m.end()) for m in _PARAGRAPH_BREAK.finditer(text)]
    if not breaks:
        breaks = [
            Span(m.start(), m.end())
            for m in _LINE_BREAK.finditer(text)
            if not _wrapped(text, m.start(), m.end())
        ]
    title_end = _title_end(document)
    if title_end:
        breaks.append(Span(title_end, title_end))
    at = 0
    for start, end in sorted([*breaks, *document.furniture]):
        if start > at:
            yield Span(at, start)
        at = max(at, end)
    if at < len(text):
        yield Span(at, len(text))


def _wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line break only wraps a line: no stop before it, a small letter after it.

    Copy in capitals has no small letters; there a long line without a stop is wrapped.
    """
    before = text[max(0, start - _LONG_LINE) : start]
    after = text[end : end + _INDENT].lstrip(" \t")[:1]
    if not before or before[-1] in _STOPS:
        return False
    return after.islower() or (
        after.isupper() and before.isupper() and "\n" not in before and len(before) == _LONG_LINE
    )


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph, or the items of a list set one a line without stops ("Story highlights").

    Wrapped lines are as full as they can be; where a word of the next line would have had
    room, and a line that ends without a stop is followed by a capital or a figure, the
    lines are items: each says something of its own.
    """
    found = _LINE.finditer(text, start, end) if end - start <= _LONG_PARAGRAPH else ()
    lines = [Span(line.start(), line.end()) for line in found]
    width = max((stop - first for first, stop in lines), default=0)
    breaks: list[tuple[int, bool]] = []
    for (first, stop), (after, last) in itertools.pairwise(lines):
        begins, before = text[after], text[first:stop]
        if begins.islower() or before[-1] in _STOPS | _OPEN_ENDS:
            continue
        if before.rsplit(None, 1)[-1].lower() in _SMALL_ENDS:
            continue
        word = text[after:last].split(None, 1)[0]
        breaks.append((after, stop - first + len(word) + _SPARE < width))
    at = start
    if any(room for _, room in breaks):
        for place, _ in breaks:
            yield Span(at, place)
            at = place
    yield Span(at, end)


def _bounded(paragraph: str) -> Iterator[str]:
    """A paragraph in parts of bounded length, cut after a stop or a space if there is one.

    sentencex takes time by the square of the length where quotation marks stay open.
    """
    at = 0
    while len(paragraph) - at > _LONG_PARAGRAPH:
        part = paragraph[at : at + _LONG_PARAGRAPH]
        cut = max(part.rfind(". ") + 2, part.rfind("\n") + 1)
        if cut < 2:
            cut = part.rfind(" ") + 1 or len(part)
        yield part[:cut]
        at += cut
    yield paragraph[at:]


_LONGEST_JOINED = 4_000  # characters; what "p.m." joins stays a sentence
# What stands after "11:20 a.m." when the sentence goes on.
_AFTER_HOUR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec)[a-z]{0,6}\b\.? \d|[ECMP][SD]?T\b|GMT\b|BST\b|Eastern\b|Pacific\b|Central\b"
)


# Ranks whose stop the splitter takes for the end of a sentence.
_RANK = re.compile(
    r"\b(?:Comm|Cmdr|Cdr|Supt|Insp|Const|Cpl|Pvt|Brig|Asst|Atty|Spc|Engr|Msgr|Ptl|Dep|Undersec)\.$"
)


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Sentence spans of one paragraph, trimmed of white space."""
    # A lone surrogate cannot cross into sentencex; a question mark keeps the offsets.
    plain = text[start:end].encode("utf-8", "replace").decode("utf-8")
    at = start
    held: Span | None = None
    for piece in (p for part in _bounded(plain) for p in sentencex.segment(language, part)):
        # sentencex gives the text back whole, piece by piece, so offsets are sums.
        s, e = at, at + len(piece)
        at = e
        while s < e and text[s].isspace():
            s += 1
        while e > s and text[e - 1].isspace():
            e -= 1
        if e <= s:
            continue
        if held is not None and not _goes_on(text, held, s, e):
            yield held
            held = None
        held = Span(s if held is None else held.start, e)
    if held is not None:
        yield held


def _goes_on(text: str, held: Span, start: int, end: int) -> bool:
    """Whether a stop was no end: "at 11:20 a.m. Sunday", "coast guard chief Comm. Ann Bell"."""
    if _RANK.search(text, max(held.start, held.end - 10), held.end) and text[start].isupper():
        return end - held.start <= _LONGEST_JOINED
    if not text[max(held.start, held.end - 4) : held.end].lower().endswith((".m.", " m.")):
        return False
    return _AFTER_HOUR.match(text, start, end) is not None and end - held.start <= _LONGEST_JOINED
