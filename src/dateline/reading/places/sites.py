"""Where within a place: "a firing range in the Belgorod region", "30 km north of Kharkiv".

A site is a place of kind ``site`` with the name, point, country and region of the place
that holds it, the words for the site in ``site``, and a UCDP precision code that says
how well the spot is known (1 in a town, 2 near it, 3 in a second-level region, 4 in a
first-level region, 5 in an informal area, 6 in a country).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from dateline.geodesy import EARTH_RADIUS_KM
from dateline.model import Place, Span
from dateline.reading.lexicon import load
from dateline.reading.places.toponyms import words
from dateline.reading.prepared import Prepared, Sentence, Token

_DATA = Path(__file__).parents[1] / "data" / "sites.toml"
_NEAR_KM = 25.0  # UCDP: precision 2 is "within circa 25 km"
_KM = {"km": 1.0, "kilometer": 1.0, "kilometre": 1.0, "mile": 1.609344, "mi": 1.609344}
_BEARINGS = {
    "north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225,
    "west": 270, "northwest": 315, "north-east": 45, "south-east": 135, "south-west": 225,
    "north-west": 315,
}  # fmt: skip
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
_ARTICLES = frozenset("a an the his her their its our my this that another one".split())
_REACH = 14  # tokens between a site and a place of the same sentence it is taken to lie in
_DISTANCE = re.compile(
    r"(?:(?:about|some|around|roughly|nearly|approximately|less than|more than)\s+)?"
    r"(?P<number>\d{1,4}(?:[.,]\d{1,3})?|[a-z]{3,8})[\s-]{1,3}"
    r"(?P<unit>km|kms|kilometers?|kilometres?|miles?|mi)\b\.?"
    r"(?:\s*\([^()]{1,25}\))?\s{1,3}(?:to\s{1,3}the\s{1,3})?"
    r"(?P<bearing>(?:north|south)(?:-?(?:east|west))?|east|west)?\s{0,3}"
    r"(?:of|from|outside|away\s{1,3}from)\s{1,3}(?:the\s{1,3})?(?:(?:city|town|village|capital)"
    r"(?:\s{1,3}of)?,?\s{1,3})?$",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r"\b(?P<words>(?:near|on|along|close\s{1,3}to|at)\s{1,3}(?:the|its)\s{1,3}border\s{1,3}with)"
    r"\s{1,3}(?:the\s{1,3})?$",
    re.IGNORECASE,
)


class _Words(NamedTuple):
    nouns: re.Pattern[str]
    inside: frozenset[str]
    near: frozenset[str]
    filling: frozenset[str]
    breaks: frozenset[str]
    quarters: frozenset[str]


@cache
def _words() -> _Words:
    table = load("sites")
    nouns = sorted(table["nouns"], key=lambda noun: (-len(noun), noun))
    alternatives = "|".join(re.escape(noun).replace(r"\ ", r"\s{1,3}") for noun in nouns)
    return _Words(
        re.compile(rf"(?<![\w-])(?:{alternatives})(?:e?s)?(?![\w-])", re.IGNORECASE),
        *(frozenset(table[n].split()) for n in ("inside", "near", "filling", "breaks", "quarters")),
    )


def find_sites(prepared: Prepared, places: Sequence[Place]) -> tuple[Place, ...]:
    """The sites of a document with the place that holds each, in text order.

    ``places`` are those of :func:`dateline.reading.places.resolving.find_places`. A site whose
    sentence names no place is left out: nothing tells where it is.
    """
    known = sorted((p for p in places if p.span is not None), key=lambda p: p.span or Span(0, 0))
    starts = [p.span.start for p in known if p.span is not None]
    found: dict[Span, Place] = {}
    for sentence in prepared.sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        here = known[low:high]
        if not here:
            continue
        for site in (
            *_distances(prepared.text, sentence, here),
            *_borders(prepared.text, sentence, here),
            *_quarters(sentence, here),
            *_named(sentence, here),
        ):
            if site.span is not None and not _covered(site.span, found):
                found[site.span] = site
    return tuple(sorted(found.values(), key=lambda p: p.span or Span(0, 0)))


def _covered(span: Span, found: dict[Span, Place]) -> bool:
    return any(other.start < span.end and span.start < other.end for other in list(found)[-8:])


def _site(home: Place, span: Span, words: str, prec: int) -> Place:
    return msgspec.structs.replace(
        home, span=span, kind="site", site=" ".join(words.split()), where_prec=prec
    )


def _prec(home: Place, near: bool) -> int:
    """The precision of a site in or near a place."""
    code = home.where_prec or 6
    return 2 if near and code == 1 else code


def _distances(text: str, sentence: Sentence, here: Sequence[Place]) -> list[Place]:
    """ "About 30 km north of Kharkiv": the point is moved where the direction is told."""
    sites = []
    for home in here:
        if home.span is None or home.lat is None or home.lon is None or home.kind != "city":
            continue
        from_ = max(sentence.start, home.span.start - 90)
        match = _DISTANCE.search(text[from_ : home.span.start])
        if match is None:
            continue
        number = match["number"].lower().replace(",", "")
        km = float(_NUMBER_WORDS.get(number, 0)) if number.isalpha() else float(number)
        if not km:
            continue
        km *= _KM[match["unit"].lower().rstrip("s") or "km"]
        if km > 500:
            continue
        span = Span(from_ + match.start(), home.span.end)
        bearing = (match["bearing"] or "").lower()
        site = _site(home, span, text[span.start : span.end], 2 if km <= _NEAR_KM else 3)
        if bearing:
            lat, lon = _moved(home.lat, home.lon, _BEARINGS[bearing], km)
            site = msgspec.structs.replace(site, lat=round(lat, 4), lon=round(lon, 4))
        sites.append(site)
    return sites


def _moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point so many kilometres off in a direction, on a sphere."""
    phi, angle, theta = math.radians(lat), km / EARTH_RADIUS_KM, math.radians(bearing)
    phi2 = math.asin(
        math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(theta)
    )
    turn = math.atan2(
        math.sin(theta) * math.sin(angle) * math.cos(phi),
        math.cos(angle) - math.sin(phi) * math.sin(phi2),
    )
    return math.degrees(phi2), (math.degrees(turn) + lon + 540) % 360 - 180


def _borders(text: str, sentence: Sentence, here: Sequence[Place]) -> list[Place]:
    """ "Near the border with Ukraine": held by the place named before it, if there is one."""
    sites = []
    for n, beyond in enumerate(here):
        if beyond.span is None or not n:
            continue
        from_ = max(sentence.start, beyond.span.start - 60)
        match = _BORDER.search(text[from_ : beyond.span.start])
        home = here[n - 1]
        if match is None or (home.country == beyond.country and home.country is not None):
            continue
        span = Span(from_ + match.start(), beyond.span.end)
        sites.append(_site(home, span, text[span.start : span.end], _prec(home, near=False)))
    return sites


def _quarters(sentence: Sentence, here: Sequence[Place]) -> list[Place]:
    """ "The Karrada district of Baghdad", where the gazetteer has no Karrada."""
    lists = _words()
    tokens = sentence.tokens
    at = {p.span.start: p for p in here if p.span is not None}
    taken = {p.span.start for p in here if p.span is not None}
    sites = []
    for i, token in enumerate(tokens):
        if token.lower not in lists.quarters or not i:
            continue
        home, _ = _home_after(tokens, i + 1, at)
        first = i
        while first and i - first < 4 and _capital(tokens[first - 1]):
            first -= 1
        while first < i and _is_nation(tokens[first].lower):
            first += 1  # "the Slovenian town of Piran" names Piran
        if first == i or home is None or home.span is None:
            continue
        if tokens[first].start in taken or tokens[first].lower in lists.filling:
            continue
        prec = _prec(home, near=token.lower in ("village", "hamlet", "settlement"))
        text = sentence.text[tokens[first].start - sentence.start : token.end - sentence.start]
        sites.append(_site(home, Span(tokens[first].start, home.span.end), text, prec))
    return sites


def _named(sentence: Sentence, here: Sequence[Place]) -> list[Place]:
    """ "A barracks near X", "the Bataclan concert hall in Paris", "Kabul airport"."""
    lists = _words()
    tokens = sentence.tokens
    starts = [t.start for t in tokens]
    at = {p.span.start: p for p in here if p.span is not None}
    sites = []
    for match in lists.nouns.finditer(sentence.text):
        noun_start, noun_end = sentence.start + match.start(), sentence.start + match.end()
        i = bisect_left(starts, noun_start)
        if i >= len(tokens) or starts[i] != noun_start:
            continue
        after = bisect_left(starts, noun_end)
        first, inner = _phrase(tokens, i, here, lists)
        home, near = _home_after(tokens, after, at)
        start, end = tokens[first].start, noun_end
        site = sentence.text[start - sentence.start : noun_end - sentence.start]
        if home is not None and home.span is not None:
            end = home.span.end
        elif inner is not None and inner.span is not None:
            # "Kabul airport", "Kharkiv's central market": what follows the place.
            home = inner
            site = sentence.text[inner.span.end - sentence.start : noun_end - sentence.start]
            site = re.sub(r"^\s*['’]s\s+", "", site)
            if site.lstrip().startswith(("-", "–", "—")):
                continue  # "LAHORE - Funerals were held"
        elif first and tokens[first - 1].lower in lists.inside | lists.near:
            home = _nearest(starts, i, here)
            near = tokens[first - 1].lower in ("near", "outside")
        if home is None or not site.strip():
            continue
        site = re.sub(r"^(?:an?|the)\s+", "", " ".join(site.split()), flags=re.IGNORECASE)
        sites.append(_site(home, Span(start, end), site, _prec(home, near)))
    return sites


def _phrase(
    tokens: Sequence[Token], i: int, here: Sequence[Place], lists: _Words
) -> tuple[int, Place | None]:
    """Where the noun phrase of a site begins, and a place inside it."""
    first = i
    inner = None
    for j in range(i - 1, max(-1, i - 6), -1):
        token = tokens[j]
        holder = next(
            (p for p in here if p.span and p.span.start <= token.start < p.span.end), None
        )
        if token.lower in _ARTICLES:
            return j, inner
        if holder is not None and holder.span is not None:
            inner = inner or holder
            first = j
        elif token.lower in lists.breaks or not (
            token.text[0].isalpha() or token.text in ("-", "'s", "’s")
        ):
            break
        elif _capital(token) or token.text in ("'s", "’s") or inner is not None:
            first = j
    if inner is not None:
        return first, inner
    # No article: only the capitalised words right before the noun are its name.
    first = i
    while (
        first
        and i - first < 5
        and _capital(tokens[first - 1])
        and (tokens[first - 1].lower not in lists.breaks)
    ):
        first -= 1
    return first, None


def _home_after(tokens: Sequence[Token], i: int, at: dict[int, Place]) -> tuple[Place | None, bool]:
    """The place that follows: "… near the eastern city of X"; True for near it."""
    lists = _words()
    if i >= len(tokens) or tokens[i].lower not in lists.inside | lists.near:
        return None, False
    near = tokens[i].lower in lists.near
    for token in tokens[i : i + 9]:
        if token.start in at:
            return at[token.start], near
        if token.lower in lists.near or token.lower == "outskirts":
            near = near or token.lower in ("near", "outside", "outskirts")
        elif token.lower not in lists.filling and token.lower not in lists.inside:
            return None, False
    return None, False


def _nearest(starts: Sequence[int], i: int, here: Sequence[Place]) -> Place | None:
    """The place of the sentence next to a token: before it rather than after."""
    before = [p for p in here if p.span is not None and p.span.start < starts[i]]
    for home in reversed(before):
        if home.span is not None and i - bisect_left(starts, home.span.start) <= _REACH:
            return home
    for home in here:
        if home.span is not None and home.span.start > starts[i]:
            within = bisect_left(starts, home.span.start) - i <= _REACH
            return home if within else None
    return None


def _is_nation(word: str) -> bool:
    lists = words()
    return word in lists.demonyms or word in lists.peoples


def _capital(token: Token) -> bool:
    return token.text[0].isupper()
