"""Whose report this is, where the page that carries it took it from somebody else."""

from __future__ import annotations

import re
from functools import cache

from dateline.sources.tables import table

# A name: up to five capitalised words, little words between them allowed.
_NAME = (
    r"(?P<name>(?:[Tt]he\s)?[^\W\d_a-z](?:[\w&’'./-]{0,40}[\w&])?"
    r"(?:[ \t](?:(?:of|and|de|del|la|the|&)[ \t])?[^\W\d_a-z](?:[\w&’'.-]{0,40}[\w&])?){0,4})"
)
_LINE = r"(?:^|(?<=[\n\r]))[ \t]{0,8}"
_START = r"(?:^|(?<=[.!?”\"\n\r]))\s{0,4}"
_TAIL = r"[ \t]{0,8}[.!]?[ \t]{0,8}(?=$|[\r\n])"

# The words beside a pattern are looked for first, since most reports have none of them.

# Said outright: whose text it is. In mid-text "Source: X" stands under a chart and
# credits its figures, so these count at the ends only.
_CREDIT_LINES = (
    re.compile(
        rf"{_LINE}(?:[Ss]ource|SOURCE|[Oo]riginal source|Источник|Fuente|Quelle)"
        rf"\s?:\s?{_NAME}{_TAIL}",
    ),
    re.compile(rf"{_LINE}[\[(]?[Vv]ia:?\s{_NAME}[\])]?{_TAIL}"),
    re.compile(rf"\([Vv]ia\s{_NAME}\)[ \t]{{0,8}}(?=$|[\r\n])"),
)
_OUTRIGHT = (
    (
        re.compile(
            rf"(?:{_LINE}[\[(*]?|\b[Tt]h(?:is|e)\s(?:article|story|piece|report|post|dispatch)"
            r"\s(?:was\s|has\sbeen\s|is\s)?)"
            r"(?:[Oo]riginally|[Ff]irst)\s(?:appeared|published|posted|ran|produced)"
            rf"\s(?:in|on|by|at|with)\s{_NAME}",
        ),
        (
            "riginally ",
            "irst appeared",
            "irst published",
            "irst posted",
            "irst ran",
            "irst produced",
        ),
    ),
    (
        re.compile(
            r"\b(?:[Rr]epublished|[Rr]eposted|[Rr]eprinted|[Ss]yndicated)\s"
            rf"(?:from|with\spermission\s(?:of|from)|courtesy\sof)\s{_NAME}",
        ),
        ("epublished", "eposted", "eprinted", "yndicated"),
    ),
)

# How an outlet speaks of itself: whoever wrote "Newsweek has contacted the ministry" is
# Newsweek. Only trusted together with a sign that the page is not the outlet's own.
_OWN_VOICE = (
    (
        re.compile(
            rf"{_START}{_NAME}\s(?:(?:has|had)\s(?:approached|emailed|asked)|"
            r"(?:(?:has|had)\s)?(?:contacted|reached\sout\sto))"
            r"\s[^.\n\r]{3,160}?\bfor\s(?:a\s)?(?:further\s)?"
            r"(?:comments?|response|clarification)\b"
        ),
        ("comment", "response", "clarification"),
    ),
    (
        re.compile(
            rf"{_START}{_NAME}\s(?:has\s(?:yet\sto|not(?:\sbeen\sable\sto)?)|could\snot|cannot|"
            r"was\s(?:not\sable|unable)\sto)\s(?:independently\s|immediately\s){0,2}verif"
        ),
        ("verif",),
    ),
    (
        re.compile(rf"\bstory\s(?:that\s)?{_NAME}\sshould\sbe\s(?:covering|investigating)\b"),
        (" should be ",),
    ),
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
_HEAD_LINES, _FOOT_LINES = 4, 6
_BODY = 100_000


@cache
def _disclaimers() -> tuple[re.Pattern[str], ...]:
    disclaimers = table("furniture")["repost"]["disclaimers"]
    return tuple(re.compile(p, re.IGNORECASE) for p in disclaimers)


def reposted_from(text: str, publisher: str | None = None) -> str | None:
    """The outlet a report was taken over from, None where the text shows no such thing.

    A credit counts by itself ("Source: X" alone on a line, "originally appeared in X",
    "republished from X", "via X"). An outlet's own voice ("X has contacted the ministry
    for comment", "let us know via desk@x.com", "X has yet to verify") names the author;
    it makes a repost where somebody else published the text, where a disclaimer says it
    was reposted, or where no publisher is known and two such signs agree.
    """
    edges = text if len(text) <= 2 * _EDGE else text[:_EDGE] + "\n" + text[-_EDGE:]
    credited = [(pattern, _ends(text)) for pattern in _CREDIT_LINES]
    credited += [(p, edges) for p, words in _OUTRIGHT if any(word in edges for word in words)]
    for pattern, where in credited:
        for match in pattern.finditer(where):
            name = _name(match["name"])
            if name and not _same(name, publisher):
                return name
    body = text[:_BODY]
    voices = [
        name
        for pattern, words in _OWN_VOICE
        if any(word in body for word in words)
        for match in pattern.finditer(body)
        if (name := _name(match["name"]))
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


def _ends(text: str) -> str:
    """The first and the last lines that are not blank."""
    head = [line for line in text[:_EDGE].splitlines() if line.strip()]
    foot = [line for line in text[-_EDGE:].splitlines() if line.strip()]
    return "\n".join([*head[:_HEAD_LINES], "", *foot[-_FOOT_LINES:]])


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
    initials = "".join(word[0] for word in publisher.casefold().split())
    return one in (other, initials) or one in other or (len(other) > 3 and other in one)
