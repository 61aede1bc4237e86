"""Page furniture: what stands on a page beside the report.

The text stays as received; furniture is told as spans, and nothing in them becomes a
claim. Precision comes first: a pattern must fit a whole line or a whole short paragraph,
and what could be body text is left to be read. The words are in data/furniture.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dateline.model import Span
from dateline.sources.stated_date import is_date_line
from dateline.sources.tables import table

_LONGEST = 700  # no line of furniture is longer; disclaimers come near it
_LONGEST_CAPTION = 900  # two copies of a caption with its credit
_CREDIT = 120
# Every pattern of a credit holds one of these; most lines hold none.
_CREDIT_WORDS = (
    "/",
    " via ",
    " through ",
    "hoto",
    "mage",
    "icture",
    "redit",
    "tock",
    "File",
    "Handout",
    "Courtesy",
)
_SHORTEST_DOUBLED = 30
_LINKS = 8  # headlines below the label of a list of links
_LONGEST_LINK = 110
_HEAD_LINES = 8
_FOOT_LINES = 6
# Lines of one paragraph in copy that was wrapped at a fixed width (telex, e-mail).
_WRAPPED_AT = (40, 100)

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_EDGE = " \t\xa0\u200b\ufeff•·|*>»-–—_"
_END = r"\s*[.:…!»>]*"
_NAME = (
    r"(?-i:(?:[A-ZÀ-ÖØ-ÞА-Я][\w.’'-]*)"
    r"(?: (?:(?:de|van|von|al|el|bin|of|the) )?[A-ZÀ-ÖØ-ÞА-Я][\w.’'-]*){1,3})"
)
_ENDS = re.compile(r"[.!;,][\"”’')]*$")
_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”’')]*(?=\s|$)|$)", re.DOTALL)


class _Rules(NamedTuple):
    words: frozenset[str]
    sections: frozenset[str]
    lists: frozenset[str]
    lines: re.Pattern[str]
    bylines: re.Pattern[str]
    credit: re.Pattern[str]
    caption: re.Pattern[str]


class _Line(NamedTuple):
    """A line that is not blank, trimmed; ``number`` counts such lines from 0."""

    start: int
    end: int
    text: str
    number: int


@cache
def _rules() -> _Rules:
    data = table("furniture")

    def join(patterns: list[str]) -> str:
        return "|".join(pattern.replace("{name}", _NAME) for pattern in patterns)

    patterns = data["patterns"]
    return _Rules(
        frozenset(data["lines"]["words"]),
        frozenset(data["lines"]["sections"]),
        frozenset(data["lines"]["lists"]),
        re.compile(rf"(?:{join(patterns['lines'])}){_END}", re.IGNORECASE),
        re.compile(rf"(?:{join(patterns['bylines'])}){_END}", re.IGNORECASE),
        re.compile(rf"(?:^|[\s.,;(\"”])(?:{join(patterns['credits'])})\s*[.)]?$"),
        re.compile("|".join(data["captions"]["words"]), re.IGNORECASE),
    )


def find_furniture(text: str, title: str | None = None) -> tuple[Span, ...]:
    """The spans of page furniture in a text: sorted, apart from each other, trimmed.

    Share buttons, section labels and bylines above the report, dates of publication,
    comments, tip lines, newsletters, links to other reports and lists of them, advertising,
    rights and reposting notes, cookies, credits, and captions: a line that ends in a picture
    credit, or one whose words stand twice in a row. A headline given as ``title`` is no furniture.
    """
    rules = _rules()
    lines = _lines(text)
    last = lines[-1].number if lines else 0
    spans = []
    before: _Line | None = None
    links = 0  # headlines that may still follow the label of a list
    for line in lines:
        if title and line.number == 0 and line.text == title.strip():
            before = line
            continue
        at_head, at_foot = line.number < _HEAD_LINES, line.number > last - _FOOT_LINES
        if _is_label(line.text, rules):
            links = _LINKS
            spans.append(Span(line.start, line.end))
            before = line
            continue
        links = links - 1 if _is_link(line.text) else 0
        if (
            links > 0
            or _is_furniture(line.text, rules, at_head, at_foot)
            or _is_caption(line.text, rules)
        ):
            spans.append(Span(line.start, line.end))
        elif before and len(line.text) >= _SHORTEST_DOUBLED and before.text == line.text:
            if rules.caption.search(line.text):
                spans.append(Span(before.start, before.end))
            # The lead of a report may stand twice as well: one copy of it stays.
            spans.append(Span(line.start, line.end))
        before = line
    return _merged(spans)


def is_furniture(line: str) -> bool:
    """Whether a line by itself, at the head of a text, is page furniture."""
    text = line.strip()
    return _is_furniture(text, _rules(), True, False) or _is_caption(text, _rules())


def _is_label(text: str, rules: _Rules) -> bool:
    """Whether a line is the label of a list of links, alone on its line."""
    bare = text.strip(_EDGE)
    return len(bare) <= 60 and _plain(bare) in rules.lists


def _is_link(text: str) -> bool:
    """Whether a line may be a headline: short, and no sentence that ends."""
    return len(text) <= _LONGEST_LINK and not _ENDS.search(text)


def _plain(bare: str) -> str:
    return " ".join(bare.casefold().replace("’", "'").rstrip(" .:…!»>").split())


def _is_furniture(text: str, rules: _Rules, at_head: bool, at_foot: bool) -> bool:
    if len(text) > _LONGEST:
        return False
    bare = text.strip(_EDGE)
    if len(bare) <= 60:
        word = _plain(bare)
        if word in rules.words or (at_head and word in rules.sections):
            return True
    if rules.lines.fullmatch(bare):
        return True
    if (at_head or at_foot) and len(text) <= 160:
        return is_date_line(text) or rules.bylines.fullmatch(bare) is not None
    return False


def _is_caption(text: str, rules: _Rules) -> bool:
    """A paragraph that ends in a picture credit, or that says everything twice."""
    if len(text) > _LONGEST_CAPTION:
        return False
    tail = text[-_CREDIT:]
    if (
        any(word in tail for word in _CREDIT_WORDS)
        and rules.credit.search(tail)
        and not text.endswith(('"', "”"))
    ):
        return True
    return len(text) >= 2 * _SHORTEST_DOUBLED and _doubled(text)


def _doubled(text: str) -> bool:
    """Whether the line opens with some sentences and then has the very same again.

    What may follow is a credit: a few words that are no sentence.
    """
    sentences = [match.group() for match in _SENTENCE.finditer(text)]
    for count in range(len(sentences) // 2, 0, -1):
        first, again = sentences[:count], sentences[count : 2 * count]
        rest = " ".join(sentences[2 * count :])
        if first == again and len(" ".join(first)) >= _SHORTEST_DOUBLED and len(rest) <= 80:
            return True
    return False


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank; the lines of a wrapped paragraph as one."""
    found: list[_Line] = []
    blocks = list(_blocks(text))
    # Two lines prove nothing: a headline may stand right above another line.
    hard_wrapped = any(len(block) > 2 and _is_wrapped(block) for block in blocks)
    for block in blocks:
        if hard_wrapped and _is_wrapped(block):
            start, end = block[0].start, block[-1].end
            # Longer than any furniture: only its length matters.
            whole = text[start : min(end, start + _LONGEST_CAPTION + 1)]
            found.append(_Line(start, end, " ".join(whole.split()), len(found)))
        else:
            found.extend(line._replace(number=len(found) + i) for i, line in enumerate(block))
    return found


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line between them."""
    block: list[_Line] = []
    end = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if line.isspace():
            continue
        if block and _line_breaks(text, end, match.start()) > 1:
            yield block
            block = []
        trimmed = line.strip()
        start = match.start() + len(line) - len(line.lstrip())
        block.append(_Line(start, start + len(trimmed), trimmed, 0))
        end = match.end()
    if block:
        yield block


def _line_breaks(text: str, start: int, end: int) -> int:
    gap = text[start:end].replace("\r\n", "\n")
    return sum(gap.count(mark) for mark in "\n\r\u2028\u2029")


def _is_wrapped(block: list[_Line]) -> bool:
    """Whether the lines of a block are one paragraph: all but the last about as long."""
    if len(block) < 2:
        return False
    low, high = _WRAPPED_AT
    lengths = [len(line.text) for line in block[:-1]]
    return min(lengths) >= low and max(*lengths, len(block[-1].text)) <= high


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(set(spans)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)
