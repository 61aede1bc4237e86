"""Readings made up for the tests of the ledger: no reader is needed to have them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from dateline.model import (
    Attribution,
    CasualtyValue,
    Claim,
    Dispute,
    DisputeSide,
    Document,
    Incident,
    IncidentDate,
    Mention,
    PerpetratorValue,
    Place,
    Reading,
    Source,
    Span,
    StatisticValue,
    Timex,
    Toll,
)

BELGOROD = Place(
    span=None,
    name="Belgorod",
    kind="city",
    lat=50.61,
    lon=36.58,
    country="RU",
    admin1="Belgorod Oblast",
)


def key(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def incident_id(mentions: Sequence[str]) -> str:
    """The rule of docs/ledger.md."""
    return "i" + hashlib.blake2b(min(mentions).encode(), digest_size=8).hexdigest()


def make_mention(
    document_id: str,
    index: int = 0,
    *,
    day: dt.date | None = dt.date(2024, 7, 11),
    place: Place | None = BELGOROD,
    type: str = "shooting",
    background: bool = False,
    claims: tuple[str, ...] = (),
) -> Mention:
    return Mention(
        id="m" + key(document_id, index),
        document_id=document_id,
        index=index,
        type=type,
        date=IncidentDate(start=day, end=day, precision="day") if day else None,
        place=place,
        background=background,
        claims=claims,
    )


def make_reading(
    name: str,
    *,
    text: str | None = None,
    killed: int | None = 2,
    day: dt.date | None = dt.date(2024, 7, 11),
    place: Place | None = BELGOROD,
    type: str = "shooting",
    mentions: int = 1,
    background: bool = False,
    external_id: str | None = None,
) -> Reading:
    """A reading with a toll and an actor for each mention, and one statistic."""
    document_id = "d" + key(name)
    text = text if text is not None else f"Report {name}: soldiers were shot, Baza said."
    told: list[Claim] = []
    made: list[Mention] = []
    for index in range(mentions):
        toll = Claim(
            id="c" + key(document_id, index, "toll"),
            kind="casualty",
            value=CasualtyValue(effect="killed", min=killed, max=killed, exact=True),
            span=Span(0, min(len(text), 8)),
            chains=(("Newsweek", "Baza"), ("Newsweek", "Shot")),
            modality="reported",
            incident=index,
            rule="test",
            score=0.75,
        )
        actor = Claim(
            id="c" + key(document_id, index, "actor"),
            kind="perpetrator",
            value=PerpetratorValue(description=f"gunman of {name}", fate="at large"),
            span=Span(0, 0),
            incident=index,
        )
        told += [toll, actor]
        made.append(
            make_mention(
                document_id,
                index,
                day=day,
                place=place,
                type=type,
                background=background,
                claims=(toll.id, actor.id),
            )
        )
    told.append(
        Claim(
            id="c" + key(document_id, "statistic"),
            kind="statistic",
            value=StatisticValue(what="people fled", min=18_000, exact=False, area="the region"),
            span=Span(0, 0),
        )
    )
    return Reading(
        document=Document(
            id=document_id,
            text=text,
            raw=text.encode("utf-8", "surrogatepass"),
            external_id=external_id or f"x-{name}",
            path=f"reports/{name}.txt",
            url=f"https://news.example/{name}",
            title=f"Title {name}",
            publisher="Newsweek",
            published_at=dt.date(2024, 7, 12),
            published_how="stated",
            reposted_from="Newsweek",
            language="en",
            furniture=(Span(0, 1),),
            warnings=("odd",),
        ),
        attributions=(
            Attribution(source=(Span(0, 1),), cue=(Span(1, 2),), chains=(("Newsweek", "Baza"),)),
        ),
        times=(Timex(span=Span(0, 1), type="DATE", value="2024-07-11", start=day, end=day),),
        places=(BELGOROD,),
        claims=tuple(told),
        mentions=tuple(made),
        sources=(
            Source(name="Baza", kind="channel", aliases=("База",)),
            Source(name=f"witness of {name}", kind="witness", guessed=True),
        ),
        warnings=("slow",),
    )


def make_incident(mentions: Sequence[Mention], killed: int | None = 2) -> Incident:
    """The incident these mentions make up; the same in any order of them."""
    mentions = sorted(mentions, key=lambda mention: mention.id)
    first = mentions[0]
    claims = tuple(claim for mention in mentions for claim in mention.claims)
    return Incident(
        id=incident_id([mention.id for mention in mentions]),
        type=first.type,
        date=first.date,
        place=first.place,
        tolls={"killed": Toll(low=killed, best=killed, high=killed, rule="said", claims=claims)},
        perpetrators=(PerpetratorValue(description="gunman", fate="at large"),),
        disputes=(
            Dispute(
                about="motive",
                sides=(
                    DisputeSide(says="insults", chains=(("Newsweek", "RT"),), claims=claims),
                    DisputeSide(says="a quarrel", chains=(("Newsweek", "Baza"),), claims=()),
                ),
            ),
        ),
        independent_sources=("Baza",),
        background=all(mention.background for mention in mentions),
        mentions=tuple(mention.id for mention in mentions),
        documents=tuple(sorted({mention.document_id for mention in mentions})),
    )


def single(reading: Reading, killed: int | None = 2) -> list[Incident]:
    """One incident a mention."""
    return [make_incident([mention], killed) for mention in reading.mentions]
