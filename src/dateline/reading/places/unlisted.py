"""Places a report names that the gazetteer lacks: "a market in Maarat al-Numan", a village.

Without them the incident would be put into some other town that the report names. Only
the first sentences are read, only where they name a region or country and no town, and
only names told as places: "the village of X", "near X in central Mali", "in X, Syria".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dateline.model import Place, Span
from dateline.reading.places.toponyms import words
from dateline.reading.prepared import Prepared, Sentence
from dateline.reading.times.timex_words import MONTHS, WEEKDAYS

_OPENING, _FURTHER = 4, 10  # sentences of the body; the second where a town is described
_REGION_PREC = 4  # UCDP GED where_prec of a place known to lie in a region
_LONGEST = 2_000  # characters of a sentence that are searched
_CAPITAL = r"[A-Z][\w'’]{1,20}"
_NAME = (
    rf"(?P<name>{_CAPITAL}(?:(?:[ -](?:al|el|as|ad|ar|de|la|del|da|do|di|sur|ibn|bin|e|i|ul)[ -]"
    rf"|[ -]){_CAPITAL}){{0,3}})"
)
_KIND = r"(?:village|town|city|hamlet|settlement|township|community|locality)"
_OF_KIND = re.compile(rf"\b{_KIND} of {_NAME}(?![\w'’-])")
_TOWARDS = (
    r"(?:(?:the )?(?:central|(?:north|south)(?:[ -]?(?:east|west))?(?:ern)?"
    r"|(?:east|west)(?:ern)?) )?"
)
_IN = re.compile(rf"\b(?:in|near|outside) {_NAME}(?P<gap>,? in {_TOWARDS}(?:the )?|, )")
_ARABIC = re.compile(rf"\b(?:in|near|outside) {_NAME}(?![\w'’-])")
# "In Bir al-Abed, west of El Arish", "in Sutherland Springs, a community of about 600 people".
_BEARING = re.compile(
    rf"\b(?:in|at|near) {_NAME},? (?:(?:about|some|around|roughly) )?"
    r"(?:[\d,.]{1,6} ?(?:km|kilomet(?:er|re)s|miles) )?"
    r"(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west) of (?:the (?:[a-z]{1,20} ){1,3}of )?"
)
_SAID = re.compile(
    rf"\b(?:in|at|near) {_NAME}, (?:an?|the) (?:[a-z][\w'’-]{{0,20}} ){{0,4}}?{_KIND}\b"
)
_LOUD = re.compile(r"(?P<name>[A-Z][A-Z'’]{2,20}(?:[ -][A-Z'’]{2,20}){0,3}), ")
_PARTICLE = re.compile(r"[ -](?:al|el)-|\b(?:Al|El)-")
_WHOLE = ("country", "admin1", "admin2")


def find_unlisted(prepared: Prepared, places: Sequence[Place], filed: int) -> tuple[Place, ...]:
    """The unlisted places of the first sentences, in text order; without a point.

    ``places`` are those of :func:`dateline.reading.places.resolving.find_places`, ``filed``
    is where the dateline ends. Country and region are those of the wider place named in
    the same sentence; ``where_prec`` is that one's. Nothing is read from upper-case text.
    """
    if prepared.all_caps:
        return ()
    known = sorted((p for p in places if p.span is not None), key=lambda p: p.span or Span(0, 0))
    starts = [p.span.start for p in known if p.span is not None]
    found = []
    for index, sentence in enumerate([s for s in prepared.sentences if not s.title][:_FURTHER]):
        here = known[bisect_left(starts, max(filed, sentence.start)) :]
        here = here[
            : bisect_left(starts, sentence.end) - bisect_left(starts, max(filed, sentence.start))
        ]
        wider = [p for p in here if p.kind in _WHOLE]
        found.extend(
            _described(sentence, here, wider or known[: bisect_left(starts, sentence.start)], filed)
        )
        if index >= _OPENING or not wider or any(p.kind in ("city", "site") for p in here):
            continue
        found.extend(_of_sentence(sentence, wider, filed))
    return tuple(found)


def unlisted_dateline(prepared: Prepared, places: Sequence[Place], filed: int) -> Place | None:
    """The town a report is filed from, where the gazetteer lacks it; without a point.

    "SUTHERLAND SPRINGS, Texas (AP) —"; None for any other dateline.
    """
    start = next((s.start for s in prepared.sentences if not s.title), 0)
    match = _LOUD.match(prepared.text, start, filed) if filed and not prepared.all_caps else None
    if match is None:
        return None
    span = Span(match.start("name"), match.end("name"))
    home = next((p for p in places if p.span is not None and p.span.start == match.end()), None)
    if home is None or home.kind not in _WHOLE:
        return None
    # "SPRINGS" alone is a town too; one that begins the name is likely the town meant.
    if any(p.span is not None and p.span.start == span.start for p in places):
        return None
    name = match["name"].title()
    if not _is_name(name):
        return None
    return Place(
        span=span,
        name=name,
        kind="city",
        country=home.country,
        admin1=home.admin1,
        where_prec=home.where_prec,
    )


def _of_sentence(sentence: Sentence, wider: Sequence[Place], filed: int) -> list[Place]:
    by_start = {p.span.start: p for p in wider if p.span is not None}
    spans: dict[Span, Place] = {}
    for pattern in (_OF_KIND, _IN, _ARABIC):
        for match in pattern.finditer(sentence.text[:_LONGEST]):
            name = match["name"]
            span = Span(sentence.start + match.start("name"), sentence.start + match.end("name"))
            home: Place | None
            if pattern is _IN:
                home = by_start.get(sentence.start + match.end())
            elif pattern is _ARABIC and _PARTICLE.search(name) is None:
                home = None
            else:
                home = min(wider, key=lambda p: (-_depth(p), _gap(p, span)))
            if home is None or span.start < filed or not _is_name(name):
                continue
            if any(p.span is not None and _meet(p.span, span) for p in wider) or span in spans:
                continue
            spans[span] = Place(
                span=span,
                name=name,
                kind="city",
                country=home.country,
                admin1=home.admin1,
                where_prec=home.where_prec,
            )
    return [spans[span] for span in sorted(spans)]


def _described(
    sentence: Sentence, here: Sequence[Place], wider: Sequence[Place], filed: int
) -> list[Place]:
    """Towns that are said to be towns, or to lie in a direction from one that is listed.

    They lie in the region of the listed one, else in that of the last region named.
    """
    by_start = {p.span.start: p for p in here if p.span is not None}
    text = sentence.text[:_LONGEST]
    spans: dict[Span, Place] = {}
    for pattern in (_BEARING, _SAID):
        for match in pattern.finditer(text):
            span = Span(sentence.start + match.start("name"), sentence.start + match.end("name"))
            home = by_start.get(sentence.start + match.end()) if pattern is _BEARING else None
            regions = [p for p in wider if p.kind in ("admin1", "admin2")] or [
                p for p in wider if p.kind in _WHOLE
            ]
            if pattern is _SAID and regions:
                home = regions[-1]
            if home is None or span.start < filed or not _is_name(match["name"]):
                continue
            if any(p.span is not None and _meet(p.span, span) for p in here) or span in spans:
                continue
            spans[span] = Place(
                span=span, name=match["name"], kind="city", country=home.country,
                admin1=home.admin1, where_prec=max(home.where_prec or 6, _REGION_PREC),
            )  # fmt: skip
    return [spans[span] for span in sorted(spans)]


def _depth(place: Place) -> int:
    return _WHOLE.index(place.kind)


def _gap(place: Place, span: Span) -> int:
    assert place.span is not None
    return max(place.span.start - span.end, span.start - place.span.end)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_name(name: str) -> bool:
    """Whether capitalised words may be a town: no people, day, common word or house."""
    lists = words()
    parts = [part for part in re.split(r"[ -]", name.lower()) if part]
    if any(part in lists.demonyms or part in lists.peoples for part in parts):
        return False
    if any(part in MONTHS or part in WEEKDAYS for part in parts):
        return False
    last = parts[-1]
    if last in lists.after or last in lists.street:
        return False
    return not (len(parts) == 1 and (last in lists.common or last in lists.stop or len(last) < 4))
