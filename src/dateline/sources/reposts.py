"""Whose report this is, where the page that carries it took it from somebody else."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# A name: up to five capitalised words, little words between them allowed.
_NAME = (
    r"(?P<name>(?:[Tt]he\s+)?[^\W\d_a-z][\w&’'./-]*"
    r"(?:\s+(?:(?:of|and|de|del|la|the|&)\s+)?[^\W\d_a-z][\w&’'.-]*){0,4})"
)
_LINE = r"(?:^|(?<=[\n\r]))[ \t]*"
_TAIL = r"[ \t]*[.!]?[ \t]*(?=$|[\r\n])"

# Said outright: whose text it is.
_OUTRIGHT = (
    re.compile(
        rf"{_LINE}(?:[Ss]ource|SOURCE|[Oo]riginal source|Источник|Fuente|Quelle)\s*:\s*{_NAME}{_TAIL}",
    ),
    re.compile(
        r"\b(?:originally|first)\s+(?:appeared|published|posted|ran)\s+(?:in|on|by|at|with)\s+"
        rf"{_NAME}",
    ),
    re.compile(
        rf"\b(?:[Rr]epublished|[Rr]eposted|[Rr]eprinted|[Ss]yndicated)\s+(?:from|with permission "
        rf"(?:of|from)|courtesy of)\s+{_NAME}",
    ),
    re.compile(rf"{_LINE}[\[(]?[Vv]ia:?\s+{_NAME}[\])]?{_TAIL}"),
    re.compile(rf"\([Vv]ia\s+{_NAME}\)[ \t]*(?=$|[\r\n])"),
)

# How an outlet speaks of itself: whoever wrote "Newsweek has contacted the ministry" is
# Newsweek. Only trusted together with a sign that the page is not the outlet's own.
_OWN_VOICE = (
    re.compile(
        rf"(?:^|(?<=[.!?”\"\n\r]))\s*{_NAME}\s+(?:has|had)\s+(?:contacted|reached\s+out\s+to|approached|"
        r"emailed|asked)\s+[^.\n\r]{3,160}?\bfor\s+(?:a\s+)?(?:further\s+)?(?:comments?|response|clarification)\b"
    ),
    re.compile(
        rf"(?:^|(?<=[.!?”\"\n\r]))\s*{_NAME}\s+(?:has\s+(?:yet\s+to|not(?:\s+been\s+able\s+to)?)|"
        r"could\s+not|was\s+(?:not\s+able|unable)\s+to|cannot)\s+(?:independently\s+|immediately\s+)*verif"
    ),
    re.compile(rf"\bstory\s+(?:that\s+)?{_NAME}\s+should\s+be\s+(?:covering|investigating)\b"),
)
_NOT_NAMES = frozenset(
    "He She It They We I The This That These Those His Her Police Authorities Officials "
    "Investigators Journalists Reporters Media Sources Military Army Ministry Government".split()
)
_ADDRESS = re.compile(
    r"\b(?:let\s+us\s+know|contact\s+us|tips?|story\s+ideas?|e-?mail(?:\s+us)?)\b[^.\n\r]{0,80}?"
    r"[\w.+-]{1,64}@(?P<domain>[\w-]{2,40})\.[a-z]{2,6}",
    re.IGNORECASE,
)

# The window at either end of a text in which such lines are looked for.
_EDGE = 6000


@cache
def _disclaimers() -> tuple[re.Pattern[str], ...]:
    text = (files("dateline.sources") / "data" / "furniture.toml").read_text(encoding="utf-8")
    return tuple(re.compile(p, re.IGNORECASE) for p in tomllib.loads(text)["repost"]["disclaimers"])


def reposted_from(text: str, publisher: str | None = None) -> str | None:
    """The outlet a report was taken over from, None where the text shows no such thing.

    A credit counts by itself ("Source: X" alone on a line, "originally appeared in X",
    "republished from X", "via X"). An outlet's own voice ("X has contacted the ministry
    for comment", "let us know via desk@x.com", "X has yet to verify") names the author;
    it makes a repost where somebody else published the text, where a disclaimer says it
    was reposted, or where no publisher is known and two such signs agree.
    """
    edges = text if len(text) <= 2 * _EDGE else text[:_EDGE] + "\n" + text[-_EDGE:]
    for pattern in _OUTRIGHT:
        for match in pattern.finditer(edges):
            name = _name(match["name"])
            if name and not _same(name, publisher):
                return name
    voices = [
        name for p in _OWN_VOICE for m in p.finditer(text[:100_000]) if (name := _name(m["name"]))
    ]
    if not voices:
        return None
    author = max(sorted(set(voices)), key=voices.count)
    if _same(author, publisher):
        return None
    domains = {m["domain"].casefold() for m in _ADDRESS.finditer(edges)}
    own_address = any(_letters(author) in _letters(domain) for domain in domains)
    disclaimed = any(pattern.search(edges) for pattern in _disclaimers())
    if publisher or disclaimed:
        return author
    # Without either, the page may well be the outlet's own; agreeing signs still say who
    # wrote it, and that is what independence is counted by.
    return author if own_address and len(voices) > 1 else None


def _name(words: str) -> str | None:
    name = " ".join(words.split()).strip(" .,;:'’")
    first, *rest = name.split(" ")
    if first.casefold() == "the" and rest:
        first = rest[0]
        if len(rest) == 1 and first in _NOT_NAMES:
            return None
    if first in _NOT_NAMES and (not rest or first != "The"):
        return None
    return name if len(name) > 1 else None


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold())).removeprefix("the")


def _same(name: str, publisher: str | None) -> bool:
    """Whether two names mean one outlet, as "Newsweek" and "newsweek.com" do."""
    if publisher is None:
        return False
    one, other = _letters(name), _letters(publisher.casefold().removeprefix("www."))
    return one == other or one in other or (len(other) > 3 and other in one)
