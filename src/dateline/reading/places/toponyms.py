"""Spans of a text that may be place names, and what their surroundings tell.

Every name of the gazetteer that stands in the text with a capital is a candidate; the
longest one at a position is kept. Whether it is a place (Paris) or not (Paris Hilton)
is for the recogniser of places.py to score on the features gathered here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dateline.reading.lexicon import load
from dateline.reading.places.gazetteer import Gazetteer, gazetteer, kind_words, name_key
from dateline.reading.prepared import Prepared, Token

_DATA = Path(__file__).parents[1] / "data"
_LONGEST = 6  # words of a name: "Democratic Republic of the Congo" has five
_POINTED = frozenset({"st", "ste", "mt", "ft"})
_LINKS = frozenset(
    "de del la las los el of the and al on upon du des do da dos le les en sur am an e di das der "
    "dei della delle nad y na im et aan den sul es ez ash bei op ob lez van under by".split()
)
_HYPHEN = re.compile(r"[^\W\d_][-‐]")
_PIECE = re.compile(r"[-‐]|[^-‐]+")
_TIGHT = frozenset("-‐‑–'’.")
_HYPHENS = frozenset("-‐‑")
_PARTICLE = 4  # letters: "au", "ez", "ash", "sous" between the words of a name
# "The Kabul-to-Herat road" is two names, and "an ex-Syria fighter" has one of its own.
_BETWEEN = frozenset(
    "to and or by via in vs ex pre post anti non mid pro neo co sub un re all near half".split()
)

PUBLIC, ORGANISATION, PRESS, TEAM = 1, 2, 3, 4
"""What a following word makes of a name: "Boston Police", "Boston Globe"."""


class Words(NamedTuple):
    """The word lists of places.toml and name_words.json."""

    locating: frozenset[str]
    weak: frozenset[str]
    titles: frozenset[str]
    speaking: frozenset[str]
    after: dict[str, int]
    street: frozenset[str]
    water: frozenset[str]
    kinds: dict[str, int]
    stop: frozenset[str]
    common: dict[str, int]
    first_names: frozenset[str]
    family_names: dict[str, int]
    abbreviations: dict[str, tuple[tuple[str, int], ...]]
    postal: dict[str, int]
    demonyms: dict[str, str]
    peoples: dict[str, str]
    features: frozenset[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    table = load("places")
    names = json.loads((_DATA / "name_words.json").read_text(encoding="utf-8"))
    toponyms = json.loads((_DATA / "gazetteer_words.json").read_text(encoding="utf-8"))

    def some(name: str) -> frozenset[str]:
        return frozenset(table[name].split())

    heads: dict[str, list[tuple[str, int]]] = {}
    for surface, region in toponyms["abbreviations"].items():
        head = surface if re.fullmatch(r"(?:\w\.){2,}|\w+", surface) else surface.split(".")[0]
        heads.setdefault(head, []).append((surface, region))
    return Words(
        locating=some("locating"),
        weak=some("weak"),
        titles=some("titles"),
        speaking=some("speaking"),
        after={
            word: code
            for code, name in (
                (ORGANISATION, "organisation"),
                (PUBLIC, "public"),
                (PRESS, "press"),
                (TEAM, "team"),
            )
            for word in table[name].split()
        },
        street=some("street"),
        water=some("water"),
        kinds=kind_words(),
        stop=frozenset([*table["stop"]["names"].split(), *table["stop"]["phrases"]]),
        common={w: int(size) for size, ws in names["common"].items() for w in ws.split()},
        first_names=frozenset(names["first_names"].split()),
        family_names={w: i for i, w in enumerate(names["family_names"].split())},
        abbreviations={
            head: tuple(sorted(found, key=lambda f: -len(f[0]))) for head, found in heads.items()
        },
        postal=toponyms["postal"],
        demonyms=toponyms["demonyms"],
        peoples=table["peoples"],
        features=some("features"),
    )


class Toponym(NamedTuple):
    """A candidate: tokens ``first`` to ``last`` (exclusive) of the flat token list.

    ``region`` is the row of the first-level region for an abbreviation ("Calif.").
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    region: int | None = None


class Flat:
    """The tokens of a whole document in one list, with where each sentence begins."""

    def __init__(self, prepared: Prepared) -> None:
        self.text = prepared.text
        self.all_caps = prepared.all_caps
        self.tokens: list[Token] = []
        self.sentence_of: list[int] = []
        self.first_of: list[int] = []
        self.last_of: list[int] = []
        self.title: list[bool] = []
        self.caps_share: list[float] = []
        for sentence in prepared.sentences:
            tokens: Sequence[Token] = sentence.tokens
            if "-" in sentence.text or "‐" in sentence.text:
                tokens = _unhyphened(tokens)
            number = len(self.first_of)
            self.first_of.append(len(self.tokens))
            self.tokens.extend(tokens)
            self.last_of.append(len(self.tokens))
            self.sentence_of.extend([number] * len(tokens))
            self.title.append(sentence.title)
            long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
            upper = sum(t.text[0].isupper() for t in long)
            self.caps_share.append(upper / len(long) if long else 0.0)

    def lower(self, i: int) -> str:
        """The folded text of a token; "" outside the document."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def capital(self, i: int) -> bool:
        """Whether a token begins with a capital."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text[0].isupper()


def _unhyphened(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with "Kabul-based" taken apart, since a name may end at the hyphen."""
    parts: list[Token] = []
    for token in tokens:
        if len(token.text) < 3 or not _HYPHEN.search(token.text):
            parts.append(token)
            continue
        for piece in _PIECE.finditer(token.text):
            text = piece.group()
            start = token.start + piece.start()
            parts.append(Token(start, start + len(text), text, text.casefold()))
    return parts


def candidates(flat: Flat, book: Gazetteer | None = None) -> list[Toponym]:
    """Every span that may be a place name, longest first come, in text order."""
    book = book or gazetteer()
    lists = words()
    found: list[Toponym] = []
    i = 0
    total = len(flat.tokens)
    while i < total:
        token = flat.tokens[i]
        if not token.text[0].isupper():
            i += 1
            continue
        match = _abbreviation(flat, i, lists, book)
        # Most words, of copy in capitals above all, begin no name at all.
        if match is None and book.begins(name_key(token.text)):
            match = _named(flat, i, book)
        if match is None or _after_particle(flat, i):
            i += 1
            continue
        found.append(match)
        i = match.last
    return found


def _abbreviation(flat: Flat, i: int, lists: Words, book: Gazetteer) -> Toponym | None:
    token = flat.tokens[i]
    forms = lists.abbreviations.get(token.text)
    if not forms and flat.all_caps:
        forms = tuple((s.upper(), c) for s, c in lists.abbreviations.get(token.text.title(), ()))
    for surface, region in forms or ():
        if not flat.text.startswith(surface, token.start):
            continue
        end = token.start + len(surface)
        last = i
        while last < len(flat.tokens) and flat.tokens[last].start < end:
            last += 1
        if flat.tokens[last - 1].end != end:
            continue
        before = flat.lower(i - 1)
        # "La." and "Miss." are words too; most stand after a town and a comma.
        if before != "," and "." in surface and surface.count(".") == 1 and len(surface) < 5:
            continue
        return Toponym(token.start, end, i, last, name_key(surface), book.region_row(region))
    # A bare postal code, after "Town, ".
    if (
        len(token.text) == 2
        and token.text.isupper()
        and flat.lower(i - 1) == ","
        and flat.capital(i - 2)
        and not flat.all_caps
    ):
        state = lists.postal.get(token.text)
        if state is not None:
            row = book.region_row(state)
            return Toponym(token.start, token.end, i, i + 1, token.lower, row)
    return None


def _named(flat: Flat, i: int, book: Gazetteer) -> Toponym | None:
    """The longest name of the gazetteer that begins at a token."""
    limit = flat.last_of[flat.sentence_of[i]]
    parts: list[str] = []
    ends: list[int] = []  # token after each part
    j = i
    while j < limit and len(parts) < _LONGEST:
        token = flat.tokens[j]
        head = token.text[0]
        if head.isalpha():
            if not head.isupper() and (
                not parts or not (token.lower in _LINKS or _particle(flat, j))
            ):
                break
            key = name_key(token.text)
            if not key:
                break
            j += 1
            # "St." and "Mt." are two tokens.
            if j < limit and flat.tokens[j].text == "." and token.lower in _POINTED:
                j += 1
            parts.append(key)
            ends.append(j)
        elif token.lower in ("'s", "’s") and parts and _goes_on(parts, flat, j + 1, book):
            parts[-1] += "s"  # "Cox's Bazar"
            j += 1
            ends[-1] = j
        elif (
            token.text in _TIGHT
            and parts
            and j + 1 < limit
            and token.start == flat.tokens[j - 1].end
            and token.end == flat.tokens[j + 1].start
            and token.text != "."
        ):
            j += 1
        else:
            break
    if not parts:
        return None
    joined = " ".join(parts)
    key = ""
    for prefix in book.prefixes(joined):
        if len(prefix) == len(joined) or joined[len(prefix)] == " ":
            key = prefix
    head, _, tail = key.rpartition(" ")
    if head in book and tail in words().after and _is_body(flat, parts, ends, key):
        key = head  # "Florida Department of Law Enforcement" is no department of Uruguay
    if not key:
        return None
    length = 0
    count = 0
    for part in parts:
        length += len(part) + (1 if count else 0)
        count += 1
        if length >= len(key):
            break
    if length != len(key):
        return None
    last = ends[count - 1]
    start, end = flat.tokens[i].start, flat.tokens[last - 1].end
    surface = flat.text[start:end]
    if not _fits(surface, key, flat, count) or _before_particle(flat, last):
        return None
    return Toponym(start, end, i, last, key)


def _is_body(flat: Flat, parts: Sequence[str], ends: Sequence[int], key: str) -> bool:
    """Whether the name found goes on as a public body's: "Department of ..."."""
    count = len(key.split())
    if sum(len(part.split()) for part in parts[:count]) != count:
        return False
    return flat.lower(ends[count - 1]) == "of" and flat.capital(ends[count - 1] + 1)


def _goes_on(parts: Sequence[str], flat: Flat, i: int, book: Gazetteer) -> bool:
    """Whether token ``i`` follows a genitive inside one name."""
    if not flat.capital(i):
        return False
    name = " ".join(parts) + "s"
    longer = book.prefixes(f"{name} {name_key(flat.tokens[i].text)}")
    return any(len(prefix) > len(name) for prefix in longer)


def _touches(flat: Flat, i: int) -> bool:
    """Whether token ``i`` begins where the one before it ends."""
    return 0 < i < len(flat.tokens) and flat.tokens[i].start == flat.tokens[i - 1].end


def _particle(flat: Flat, i: int) -> bool:
    """Whether a token is a little word hyphened into a name: Port-au-Prince, Deir ez-Zor."""
    token = flat.tokens[i]
    return (
        len(token.text) <= _PARTICLE
        and token.text.islower()
        and token.lower not in _BETWEEN
        and (
            (_touches(flat, i) and flat.tokens[i - 1].text in _HYPHENS)
            or (_touches(flat, i + 1) and flat.tokens[i + 1].text in _HYPHENS)
        )
    )


def _after_particle(flat: Flat, i: int) -> bool:
    """Whether a name would begin within another: "Barchi" of "Dasht-e-Barchi"."""
    at = i - 1
    if _touches(flat, i) and flat.tokens[at].text in _HYPHENS:
        at -= 1
    if at < 1 or flat.sentence_of[at] != flat.sentence_of[i] or not _particle(flat, at):
        return False
    before = at - 1
    if flat.tokens[before].text in _HYPHENS:
        before -= 1
    return flat.capital(before) and flat.sentence_of[before] == flat.sentence_of[i]


def _before_particle(flat: Flat, last: int) -> bool:
    """Whether a name would end within another: "Mazar" of "Mazar-i-Sharif"."""
    if last >= len(flat.tokens):
        return False
    at = last
    if _touches(flat, at) and flat.tokens[at].text in _HYPHENS:
        at += 1
    if at >= len(flat.tokens) or not _particle(flat, at):
        return False
    after = at + 1
    if after < len(flat.tokens) and flat.tokens[after].text in _HYPHENS:
        after += 1
    return flat.capital(after) and flat.sentence_of[after] == flat.sentence_of[last - 1]


def _fits(surface: str, key: str, flat: Flat, count: int) -> bool:
    """Whether a short or common name is spelt as a name."""
    if len(key) <= 3:
        if flat.all_caps:
            return "." in surface or key in {"usa", "uae", "ussr"} or len(key) == 3
        if key in {"us", "uk", "eu", "uae", "usa", "drc", "dpr", "lpr"}:
            return surface.replace(".", "").isupper()
        return len(key) == 3
    # "Canadian" and "Spanish" are towns too, but not in the news.
    lists = words()
    if count > 1:
        return key not in lists.stop
    return not (key in lists.stop or key in lists.demonyms)
