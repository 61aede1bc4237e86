"""How long one more report takes in a large ledger.

usage: python -m benchmarks.ledger [--incidents 100000] [--ledger FILE-or-URL] [--adds 32]

Fills a ledger with readings made up as in :mod:`benchmarks.linking` and links them all at
once. Then it stores and links one report at a time: a quarter each are further reports of
the largest incidents, of others in a hot region's heavy town, of others elsewhere, and
reports of new incidents. Reading is timed apart, on a report in plain text. With ``--ledger`` the
ledger is kept; one that is filled already is used as it is. :mod:`benchmarks.ledger_copies`
makes a large ledger of one so filled, to which this adds when ``--incidents`` is what the small
one was filled with.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import islice, pairwise
from pathlib import Path

import msgspec

from benchmarks.linking import heavy_towns, made_up
from dateline import linkage, pipeline
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


def _word(number: int) -> str:
    """A number as a name."""
    letters = []
    for _ in range(4):
        number, consonant = divmod(number, 20)
        number, vowel = divmod(number, 5)
        letters.append("bcdfghjklmnpqrstvwxz"[consonant] + "aeiou"[vowel])
    return "".join(letters).capitalize()


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
    # Rare names and words as a report would have them; full names are two names in a row.
    names = " said ".join(f"{_word(a)} {_word(b)}" for a, b in pairwise(candidate.names))
    words = " ".join(_word(word).lower() for word in candidate.words)
    return Reading(
        document=Document(
            id=document_id,
            text=f"{candidate.killed_low} people were killed ({number}). "
            f"Near {names} stood {words}.",
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


def fill(book: Ledger, incidents: int, most: int | None = None) -> bool:
    """Store the reports of so many incidents, and link them all at once; whether it is done.

    What is there stays, so that a fill that stopped goes on. ``most`` are the reports to be
    stored before it stops for another time.
    """
    number = stored = 0
    waiting: list[Reading] = []
    first = sum(1 for _ in book.documents())
    for count, some in enumerate(_by_incident(made_up(10 * incidents))):
        if count >= incidents:
            break
        for candidate in some:
            number += 1
            if number > first:
                waiting.append(reading_of(candidate, number))
        if len(waiting) >= _AT_ONCE:
            stored += book.add_unlinked(waiting)
            waiting = []
            if most is not None and stored >= most:
                return False
    book.add_unlinked(waiting)
    if most is not None and stored:
        return False
    linkage.link_all(book)
    return True


def _by_incident(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    # The reports of an incident come one after the other, with some words of it in all.
    together: list[Candidate] = []
    for candidate in candidates:
        if together and not {*candidate.names} & {n for c in together for n in c.names}:
            yield together
            together = []
        together.append(candidate)
    yield together


def to_add(incidents: int, adds: int, salt: int) -> list[tuple[str, Reading]]:
    """Reports to be added, with the kind of each, in a fixed mixed order.

    Their ids begin with ``salt``, so that a ledger can be added to again.
    """
    chance = random.Random(3)
    busy = heavy_towns()
    heavy: list[Candidate] = []
    light: list[Candidate] = []
    large: list[tuple[int, int, Candidate]] = []
    each = adds // 4
    for count, some in enumerate(_by_incident(made_up(10 * incidents))):
        if count >= incidents:
            break
        towns = {c.town[:-1] for c in some if c.town}
        one = chance.choice(some)
        (heavy if towns & busy else light).append(one)
        heappush(large, (len(some), count, one))
        if len(large) > each:
            heappop(large)
    chosen = [
        *(("largest incidents", c) for _, _, c in sorted(large)),
        *(("heavy town", c) for c in chance.sample(heavy, min(each, len(heavy)))),
        *(("elsewhere", c) for c in chance.sample(light, min(each, len(light)))),
    ]
    fresh = islice(made_up(adds, seed=99), adds - len(chosen))
    days = [c.first for _, c in chosen if c.first is not None]
    for candidate in fresh:
        shift = chance.choice(days) - (candidate.first or 0)
        moved = {
            name: value + shift
            for name in ("first", "last", "published")
            if (value := getattr(candidate, name)) is not None
        }
        chosen.append(("new incident", msgspec.structs.replace(candidate, **moved)))
    made = []
    for n, (kind, candidate) in enumerate(chosen):
        # The same account by another paper, a day later.
        own = msgspec.structs.replace(
            candidate,
            mention=f"m{salt}new{n:04d}",
            document=f"d{salt}new{n:04d}",
            publisher=f"q{n}",
            published=(candidate.published or 0) + 1,
        )
        made.append((kind, reading_of(own, 10**8 + n)))
    chance.shuffle(made)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--ledger")
    parser.add_argument("--adds", type=int, default=32)
    parser.add_argument("--fill-only", type=int, metavar="REPORTS", help="store so many, and stop")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = given.ledger or str(Path(folder) / "ledger.db")
        with open_ledger(address, create=True) as book:
            began, worked = time.perf_counter(), time.process_time()
            if not book.count_incidents():
                fill(book, given.incidents, given.fill_only)
            print(
                f"filled in {time.perf_counter() - began:.0f} s "
                f"(processor {time.process_time() - worked:.0f} s): "
                f"{book.count_incidents():,} incidents",
                flush=True,
            )
            if given.fill_only is None:
                _time(book, to_add(given.incidents, given.adds, book.count_incidents()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak {peak:.2f} GB")


def _time(book: Ledger, waiting: Sequence[tuple[str, Reading]]) -> None:
    times: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for kind, reading in waiting:
        began, worked = time.perf_counter(), time.process_time()
        assert book.add(reading, pipeline.incidents_of(reading))
        linkage.link_new(book)
        took = time.perf_counter() - began, time.process_time() - worked
        (home,) = book.incidents_of([mention.id for mention in reading.mentions]).values()
        times[kind].append((*took, len(book.incident(home).mentions)))
    times["all"] = [one for some in times.values() for one in some]
    for kind, some in times.items():
        for name, column in (("wall", 0), ("processor", 1)):
            values = sorted(t[column] for t in some)
            p95 = values[math.ceil(0.95 * len(values)) - 1]
            print(
                f"one report, {kind}, {name}: median {statistics.median(values):.3f} s, "
                f"p95 {p95:.3f} s, worst of {len(values)} {values[-1]:.3f} s",
                flush=True,
            )
        print(f"  incidents of up to {max(t[2] for t in some)} reports")
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
