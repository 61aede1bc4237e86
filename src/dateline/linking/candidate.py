"""A mention as linking sees it: plain values to compare, nothing of the text.

What is compared is fixed here once, when the mention is first linked, and kept in the
ledger; linking again reads candidates, not reports.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

from dateline.leading import Total, lead_of
from dateline.linking import kinds
from dateline.linking.minhash import signature
from dateline.linking.words import hashed, lines, sentences, shingles, tell
from dateline.model import (
    CasualtyValue,
    Claim,
    Document,
    Mention,
    PerpetratorValue,
    ResponsibilityValue,
    Span,
    WeaponValue,
)

VERSION = 8
"""Raised when candidates, keys or what may join change; a ledger with older ones is linked anew."""

DAY, WEEK, MONTH, YEAR, PUBLISHED, BEFORE = range(6)
"""Grains of a date: as told, or concluded from the publication date only."""

SITE, CITY, ADMIN2, ADMIN1, COUNTRY = range(5)
"""Grains of a place."""

_DATE_GRAIN = {"day": DAY, "week": WEEK, "month": MONTH, "year": YEAR}
_PLACE_GRAIN = {"site": SITE, "city": CITY, "admin2": ADMIN2, "admin1": ADMIN1, "country": COUNTRY}

_NEWS_DAYS = 10  # a report without a date tells of the last days before it
_OLD_DAYS = 3650  # how far back a report's undated background may lie
_LEAD = 1200  # characters at the head of a report that tell its main incident
_MOST_SENTENCES = 40
_LONGEST_SENTENCE = 1000
_LONGEST_TEXT = 200_000  # characters of a text looked at for copies
_MOST_LINES = 80


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is compared of one mention.

    Days are proleptic ordinals; ``first`` to ``last`` is the range the event may have
    happened in, at the ``grain`` it was told. Figures are victims only. ``names``,
    ``pairs``, ``words`` and ``sentences`` are sorted hashes of the account, ``lines`` of
    all sentences of the document, ``capitals`` of the capitalised words of the account,
    single and in twos, and ``town_word`` of the town's name among such, ``credits`` of the
    sources it names, ``persons`` of the surnames of those who did it, of a main account;
    ``signature`` is the document's MinHash.
    """

    mention: str
    document: str
    type: str
    kin: int = 0
    background: bool = False
    first: int | None = None
    last: int | None = None
    grain: int | None = None
    lat: float | None = None
    lon: float | None = None
    place_grain: int | None = None
    country: str | None = None
    admin1: str | None = None
    town: str | None = None
    site: str | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    injured_low: int | None = None
    injured_high: int | None = None
    held_low: int | None = None
    held_high: int | None = None
    weapons: int = 0
    targets: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()
    persons: tuple[int, ...] = ()
    town_word: int | None = None
    capitals: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    pairs: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    signature: tuple[int, ...] = ()
    published: int | None = None
    publisher: str | None = None
    reposted_from: str | None = None
    language: str | None = None
    credits: tuple[int, ...] = ()

    @property
    def is_point(self) -> bool:
        """Whether the place is a point on the map and not the middle of an area."""
        return self.place_grain is not None and self.place_grain <= ADMIN2 and self.lat is not None


def fold(name: str) -> str:
    """A name as it is compared: no case, no accents, single spaces; storable as UTF-8."""
    storable = name.encode("utf-8", "replace").decode()
    decomposed = unicodedata.normalize("NFKD", storable)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def candidate(mention: Mention, claims: Sequence[Claim], document: Document) -> Candidate:
    """What is compared of a mention, from its claims and its document."""
    published = document.published_at.toordinal() if document.published_at else None
    first, last, grain = _when(mention, published)
    place = mention.place
    names = [place.name, place.admin1, place.site] if place else []
    account = list(_sentences(mention, claims, document))
    told = tell(account, (name for name in names if name))
    killed = _figure(claims, {"killed"})
    injured = _figure(claims, {"injured"})
    held = _figure(claims, {"abducted", "released", "captured"})
    text = _without_furniture(document)
    weapons = 0
    for claim in claims:
        if isinstance(claim.value, WeaponValue):
            weapons |= kinds.weapon_groups(claim.value.type)
    return Candidate(
        mention=mention.id,
        document=mention.document_id,
        type=mention.type,
        kin=kinds.kin(mention.type),
        background=mention.background,
        first=first,
        last=last,
        grain=grain,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        place_grain=_PLACE_GRAIN[place.kind] if place else None,
        country=place.country if place else None,
        admin1=fold(place.admin1) if place and place.admin1 else None,
        town=fold(place.name) if place and place.kind not in ("admin1", "country") else None,
        site=fold(place.site) if place and place.site else None,
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        held_low=held[0],
        held_high=held[1],
        weapons=weapons,
        targets=tuple(sorted(hashed(target) for target in kinds.targets(account))),
        actors=_actors(claims),
        persons=_persons(claims) if not mention.background else (),
        town_word=_town_word(place.name) if place and place.kind in ("city", "site") else None,
        capitals=told.capitals,
        names=told.names,
        pairs=told.pairs,
        words=told.words,
        sentences=told.sentences,
        lines=lines(text)[:_MOST_LINES],
        signature=signature(shingles(text)),
        published=published,
        publisher=fold(document.publisher) if document.publisher else None,
        reposted_from=fold(document.reposted_from) if document.reposted_from else None,
        language=fold(document.language) if document.language else None,
        credits=_credits(claims),
    )


def _town_word(name: str) -> int | None:
    """The name of a town as one or two words of a text; None where it has more."""
    words = name.casefold().split()
    return hashed(" ".join(words)) if len(words) <= 2 else None


def _when(mention: Mention, published: int | None) -> tuple[int | None, int | None, int | None]:
    if mention.date:
        date = mention.date
        return date.start.toordinal(), date.end.toordinal(), _DATE_GRAIN[date.precision]
    if published is None:
        return None, None, None
    if mention.background:
        return max(1, published - _OLD_DAYS), max(1, published - 1), BEFORE
    return max(1, published - _NEWS_DAYS), published, PUBLISHED


def _figure(claims: Sequence[Claim], effects: set[str]) -> tuple[int | None, int | None]:
    """What a report gives as the total of the victims; parts and additions left out.

    That is what it leads with, and what that has risen to; further down it may tell of other
    attacks. Where it leads with none, it is the least and the greatest total.
    """
    totals: list[Total] = []
    parts: list[int] = []
    for claim in claims:
        value = claim.value
        if (
            not isinstance(value, CasualtyValue)
            or value.effect not in effects
            or value.who != "victims"
            or claim.modality == "denied"
        ):
            continue
        point = value.min if value.min is not None else value.max
        if point is None:
            continue
        # Numbers that no event ever reached would not fit the database's integers.
        capped = min(point, 10_000_000)
        if value.subset or value.additional:
            parts.append(capped)
        else:
            totals.append(Total(claim.span.start, capped, value.cumulative))
    if totals:
        if lead := lead_of(totals):
            return lead
        points = [total.number for total in totals]
        return min(points), max(points)
    # A part alone still bounds the total from below.
    return (max(parts), None) if parts else (None, None)


_EMPTY_NAMES = frozenset({"the", "group", "movement", "of", "and", "in", "a", "al", "no", "army"})


def _actors(claims: Sequence[Claim]) -> tuple[int, ...]:
    names: set[str] = set()
    for claim in claims:
        value = claim.value
        if isinstance(value, PerpetratorValue):
            names |= {name for name in (value.organisation, value.name) if name}
        elif isinstance(value, ResponsibilityValue):
            names.add(value.actor)
    found: set[int] = set()
    for name in names:
        found |= {hashed(word) for word in fold(name).split() if word not in _EMPTY_NAMES}
    return tuple(sorted(found))


def _persons(claims: Sequence[Claim]) -> tuple[int, ...]:
    """The surnames of those who did it, of people told by their full names."""
    values = (claim.value for claim in claims)
    names = {v.name for v in values if isinstance(v, PerpetratorValue) and v.name}
    words = [fold(name).split() for name in names]
    return tuple(sorted({hashed(some[-1]) for some in words if len(some) > 1}))


def _credits(claims: Sequence[Claim]) -> tuple[int, ...]:
    named = {name for claim in claims for chain in claim.chains for name in chain[1:]}
    return tuple(sorted({hashed(fold(name)) for name in named}))


def _sentences(mention: Mention, claims: Sequence[Claim], document: Document) -> Iterable[str]:
    """The sentences that tell of the mention: those of its claims; the lead for the main one."""
    text = document.text
    spans = [claim.span for claim in claims]
    if mention.span:
        spans.append(mention.span)
    if mention.index == 0 and not mention.background:
        spans.append(Span(0, min(_LEAD, len(text))))
        if document.title:
            yield document.title
    seen: set[tuple[int, int]] = set()
    for span in sorted(spans):
        # The neighbourhood is enough to find where the sentence begins and ends.
        low = max(0, span.start - _LONGEST_SENTENCE)
        near = text[low : span.end + _LONGEST_SENTENCE]
        for start, end in sentences(near):
            piece = (low + start, low + end)
            if piece[1] > span.start and piece[0] < span.end and piece not in seen:
                if len(seen) >= _MOST_SENTENCES or _in_furniture(piece, document.furniture):
                    continue
                seen.add(piece)
                yield text[piece[0] : piece[1]][: 2 * _LONGEST_SENTENCE]


def _in_furniture(piece: tuple[int, int], furniture: Sequence[Span]) -> bool:
    return any(span.start <= piece[0] and piece[1] <= span.end + 1 for span in furniture)


def _without_furniture(document: Document) -> str:
    kept: list[str] = []
    at = 0
    text = document.text[:_LONGEST_TEXT]
    for span in sorted(document.furniture):
        kept.append(text[at : span.start])
        at = max(at, span.end)
    kept.append(text[at:])
    return "".join(kept)


def day(ordinal: int) -> dt.date:
    """The calendar day of an ordinal."""
    return dt.date.fromordinal(ordinal)
