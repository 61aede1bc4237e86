"""How long one more report takes in a large ledger.

usage: python -m benchmarks.ledger [--incidents 100000] [--ledger FILE-or-URL] [--adds 30]

Fills a ledger with readings made up as in :mod:`benchmarks.linking`, linked as they were
made, then stores and links one report at a time: half of them further reports of
incidents there are, hot regions and heavy towns among them, half of new ones. Reading is
timed apart, on a report in plain text. A ledger that is there already is used as it is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.linking import made_up
from dateline import linkage, pipeline
from dateline.decisions import Decisions
from dateline.ledger.opening import open_ledger
from dateline.ledger.store import Ledger
from dateline.linking.candidate import ADMIN1, CITY, Candidate
from dateline.model import (
    CasualtyValue,
    Claim,
    Document,
    IncidentDate,
    Mention,
    Place,
    Reading,
    Source,
    Span,
)

_KINDS = {CITY: "city", ADMIN1: "admin1", 4: "country"}
_AT_ONCE = 1000


def reading_of(candidate: Candidate, number: int) -> Reading:
    """A reading that could have given the candidate."""
    assert candidate.first is not None
    assert candidate.last is not None
    assert candidate.published is not None
    assert candidate.publisher is not None
    document_id, mention_id = candidate.document, candidate.mention
    days = [dt.date.fromordinal(day) for day in (candidate.first, candidate.last)]
    place = None
    if candidate.place_grain is not None:
        place = Place(
            span=None,
            name=candidate.town or candidate.admin1 or candidate.country or "",
            kind=_KINDS[candidate.place_grain],  # type: ignore[arg-type]
            lat=candidate.lat,
            lon=candidate.lon,
            country=candidate.country,
            admin1=candidate.admin1,
        )
    claim = Claim(
        id=f"c{mention_id}",
        kind="casualty",
        value=CasualtyValue(
            effect="killed", min=candidate.killed_low, max=candidate.killed_high, exact=True
        ),
        span=Span(0, 10),
        chains=((candidate.publisher,),),
        incident=0,
    )
    words = " ".join(f"w{name % 10**6}" for name in (*candidate.names, *candidate.words))
    return Reading(
        document=Document(
            id=document_id,
            text=f"{candidate.killed_low} people were killed ({number}). {words}",
            external_id=f"x{number}",
            publisher=candidate.publisher,
            published_at=dt.date.fromordinal(candidate.published),
            published_how="stated",
        ),
        claims=(claim,),
        mentions=(
            Mention(
                id=mention_id,
                document_id=document_id,
                index=0,
                type=candidate.type,
                date=IncidentDate(
                    start=days[0], end=days[1], precision="day" if days[0] == days[1] else "week"
                ),
                place=place,
                claims=(claim.id,),
            ),
        ),
        sources=(Source(name=candidate.publisher, kind="outlet"),),
    )


class _Made:
    """Readings not stored yet, as the tally asks for them."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {reading.document.id: reading for reading in readings}

    def mentions(self, ids: Iterable[str]) -> Iterator[Mention]:
        wanted = set(ids)
        for reading in self._readings.values():
            yield from (mention for mention in reading.mentions if mention.id in wanted)

    def reading(self, document: str) -> Reading:
        return self._readings[document]

    def sources(self, documents: Sequence[str]) -> Iterator[Source]:
        found = {s.name: s for document in documents for s in self._readings[document].sources}
        yield from (found[name] for name in sorted(found))


def fill(book: Ledger, incidents: int, keep_apart: int) -> list[tuple[Candidate, int]]:
    """Store so many incidents whole; gives some of their reports, left out, to be added."""
    kept: list[tuple[Candidate, int]] = []
    nothing = Decisions()
    every = max(1, incidents // max(1, keep_apart))
    # The reports of an incident come one after the other, with one word of it in all.
    groups = _by_incident(made_up(10 * incidents))
    number = 0
    batch = []
    for count, some in enumerate(groups):
        if count >= incidents:
            break
        reports = []
        for candidate in some:
            number += 1
            reports.append((candidate, number))
        if count % every == every // 2 and len(kept) < keep_apart:
            kept.append(reports.pop())
            if not reports:
                continue
        batch.append(reports)
        if len(batch) >= _AT_ONCE:
            _store(book, batch, nothing)
            batch = []
    _store(book, batch, nothing)
    return kept


def _by_incident(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    together: list[Candidate] = []
    for candidate in candidates:
        if together and not {*candidate.names} & {n for c in together for n in c.names}:
            yield together
            together = []
        together.append(candidate)
    yield together


def _store(book: Ledger, batch: list[list[tuple[Candidate, int]]], nothing: Decisions) -> None:
    with book.transaction():
        incidents = []
        for reports in batch:
            readings = [reading_of(candidate, number) for candidate, number in reports]
            for reading in readings:
                book.add(reading)
            own = [candidate for candidate, _ in reports]
            book.put_candidates([linkage.row_of(candidate) for candidate in own])
            incidents.append(linkage.incident_of(_Made(readings), own, nothing))
        book.replace_incidents((), incidents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--ledger")
    parser.add_argument("--adds", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = given.ledger or str(Path(folder) / "ledger.db")
        with open_ledger(address, create=True) as book:
            began, worked = time.perf_counter(), time.process_time()
            kept = fill(book, given.incidents, given.adds // 2)
            print(
                f"filled in {time.perf_counter() - began:.0f} s "
                f"(processor {time.process_time() - worked:.0f} s): "
                f"{book.count_incidents():,} incidents",
                flush=True,
            )
            fresh = [
                (msgspec.structs.replace(c, mention=f"mnew{n}", document=f"dnew{n}"), 10**8 + n)
                for n, c in enumerate(made_up(given.adds - len(kept), seed=99))
            ]
            waiting = [reading_of(candidate, number) for candidate, number in (*kept, *fresh)]
            random.Random(3).shuffle(waiting)
            _time(book, waiting)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak {peak:.2f} GB")


def _time(book: Ledger, waiting: Sequence[Reading]) -> None:
    times = []
    for reading in waiting:
        began, worked = time.perf_counter(), time.process_time()
        book.add(reading, pipeline.incidents_of(reading))
        linkage.link_new(book)
        times.append((time.perf_counter() - began, time.process_time() - worked))
    for name, column in (("wall", 0), ("processor", 1)):
        values = sorted(t[column] for t in times)
        print(
            f"one report, {name}: median {statistics.median(values):.3f} s, "
            f"worst of {len(values)} {values[-1]:.3f} s"
        )
    text = (
        "KHERSON, Ukraine, 3 May 2023 - Shelling killed four people and wounded nine in Kherson "
        "on Wednesday, the regional governor said. A shop and a bus stop were hit."
    )
    pipeline.read(text, published_at="2023-05-03")
    began = time.perf_counter()
    reading = pipeline.read(text, published_at="2023-05-04")
    print(f"reading a report of 30 words, models loaded: {time.perf_counter() - began:.3f} s")
    began = time.perf_counter()
    book.add(reading, reading.incidents)
    linkage.link_new(book)
    print(f"adding it: {time.perf_counter() - began:.3f} s")


if __name__ == "__main__":
    main()
