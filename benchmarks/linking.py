"""How well, and how fast, mentions are linked into incidents.

usage: python -m benchmarks.linking accuracy [FILE.jsonl ...] [--errors]
       python -m benchmarks.linking speed [--sizes 1000,10000,100000] [--engine auto]

``accuracy`` reads labelled reports, adds them to a new ledger and compares its incidents
with the labels: B-cubed (Bagga & Baldwin 1998) and pairwise precision, recall and F1
over reports. A report in several incidents counts where most of its fellows are; one
without an incident counts as alone. ``speed`` links mentions made up with the skew of
real archives. :mod:`benchmarks.ledger` times one more report in a large ledger.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import platform
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline import linkage, pipeline
from dateline.ledger.opening import open_ledger
from dateline.ledger.store import Ledger
from dateline.linking.candidate import CITY, DAY, Candidate
from dateline.linking.edges import Edge
from dateline.linking.judgements import Rulings
from dateline.linking.words import hashed
from dateline.settings import Settings

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "linking"


def labelled(files: Sequence[Path]) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line
    ]


def incidents_of(reports: Sequence[dict[str, Any]], book: Ledger, folder: Path) -> dict[str, str]:
    """Add the reports to a ledger; for each the incident most of its fellows are in."""
    source = folder / "reports.jsonl"
    keys = ("id", "publisher", "published_at", "text", "title")
    source.write_text(
        "".join(json.dumps({k: r[k] for k in keys if k in r}) + "\n" for r in reports),
        encoding="utf-8",
    )
    for outcome in pipeline.add_all([str(source)], book, settings=Settings(workers=1)):
        if isinstance(outcome, Exception):
            raise outcome
    names = {entry.id: entry.external_id or entry.id for entry in book.documents()}
    home: dict[str, list[str]] = defaultdict(list)
    for incident in book.incidents():
        for document in incident.documents:
            home[names[document]].append(incident.id)
    return shared({report["id"]: report["event"] for report in reports}, home)


def shared(events: Mapping[str, str], home: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each report, of the incidents it is in, the one most reports of its event are in.

    ``events`` and ``home`` are by report; a report in no incident has one of its own.
    """
    fellows: dict[str, list[str]] = defaultdict(list)
    for report, event in events.items():
        fellows[event].append(report)
    chosen = {}
    for report, event in events.items():
        others = fellows[event]
        chosen[report] = max(
            sorted(home.get(report, [])),
            key=lambda id: sum(id in home.get(other, []) for other in others),
            default=f"none {report}",
        )
    return chosen


def scores(gold: dict[str, str], found: dict[str, str]) -> dict[str, float]:
    """Shares of one: B-cubed and pairwise precision, recall, F1."""
    of_gold, of_found = defaultdict(set), defaultdict(set)
    for item, label in gold.items():
        of_gold[label].add(item)
        of_found[found[item]].add(item)
    both = {i: len(of_gold[gold[i]] & of_found[found[i]]) for i in gold}
    p = sum(both[i] / len(of_found[found[i]]) for i in gold) / len(gold)
    r = sum(both[i] / len(of_gold[gold[i]]) for i in gold) / len(gold)
    true = {pair for group in of_gold.values() for pair in combinations(sorted(group), 2)}
    made = {pair for group in of_found.values() for pair in combinations(sorted(group), 2)}
    pp = len(true & made) / len(made) if made else 1.0
    pr = len(true & made) / len(true) if true else 1.0
    return {
        "b3_precision": p,
        "b3_recall": r,
        "b3_f1": 2 * p * r / (p + r),
        "pair_precision": pp,
        "pair_recall": pr,
        "pair_f1": 2 * pp * pr / (pp + pr) if pp + pr else 0.0,
    }


def accuracy(files: Sequence[Path], *, errors: bool) -> dict[str, float]:
    reports = labelled(files)
    gold = {report["id"]: report["event"] for report in reports}
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "ledger.db", create=True) as book,
    ):
        found = incidents_of(reports, book, Path(folder))
        if errors:
            _show_errors(gold, found, book)
    result = scores(gold, found)
    lost = sum(label.startswith("none ") for label in found.values())
    print(f"{len(reports)} reports, {len(set(gold.values()))} incidents, {lost} without incident")
    for name, value in result.items():
        print(f"{name} {100 * value:.1f}")
    return result


def _show_errors(gold: dict[str, str], found: dict[str, str], book: Ledger) -> None:
    for event in sorted(set(gold.values())):
        mine = sorted(i for i in gold if gold[i] == event)
        pieces = sorted({found[i] for i in mine})
        strangers = sorted(i for i in gold if found[i] in pieces and gold[i] != event)
        if len(pieces) == 1 and not strangers:
            continue
        print(f"\n{event}: {len(pieces)} pieces", *(f"+{i}" for i in strangers))
        for id in mine:
            print(f"  {found[id]:28s} {id}")
            for mention in book.reading(id).mentions:
                print("     ", _brief(book, mention.id))
        for stranger in strangers:
            for id in mine[:1]:
                print(*linkage.why(book, id, stranger).lines(), sep="\n      | ")
        for a, b in list(combinations(mine, 2))[:3]:
            if found[a] != found[b] and not found[a].startswith("n") and found[b][0] != "n":
                print(*linkage.why(book, a, b).lines(), sep="\n      ? ")


def _brief(book: Ledger, mention: str) -> str:
    (c,) = linkage.made_candidates(book, [mention])
    days = [dt.date.fromordinal(d).isoformat() for d in (c.first, c.last) if d]
    return (
        f"{c.type} {'~'.join(days)} g{c.grain} {c.town}/{c.admin1}/{c.country} "
        f"k{c.killed_low}-{c.killed_high} i{c.injured_low}-{c.injured_high} "
        f"{'background' if c.background else ''}"
    )


# Speed


_HOT = 12  # regions that two thirds of the incidents are in
_REGION, _COUNTRY = 3, 4  # grains of a place told no closer


def made_up(count: int, seed: int = 1) -> Iterator[Candidate]:
    """Mentions with the skew of archives: a few incidents have hundreds of reports.

    Two thirds of the incidents are in twelve hot regions, a quarter of those in the
    region's one heavy town, where several incidents of one kind fall on one day. Towns are
    spelled in two ways, a tenth of the mentions tell the region only, some the country,
    a twentieth no place, a tenth no exact day. Reports come out over ten days and tolls
    rise with them; a seventh are copies of an earlier report. Time grows with the count,
    as an archive does: about 150 incidents a day.
    """
    chance = random.Random(seed)
    hot = _hot(chance)
    kinds = ["shelling", "airstrike", "shooting", "bombing", "clash", "drone_attack"]
    start = dt.date(2000, 1, 1).toordinal()
    made = incident = 0
    while made < count:
        reports = min(count - made, 1 + int(chance.paretovariate(1.5)), 300)
        incident += 1
        day = start + incident // 150
        region = chance.randrange(_HOT) if chance.random() < 0.66 else None
        if region is None:
            lat, lon = chance.uniform(-55, 70), chance.uniform(-180, 180)
            area = f"c{int(lat) // 10}{int(lon) // 10}"
        elif chance.random() < 0.25:
            (lat, lon), area = hot[region], f"h{region}"
        else:
            lat, lon = (v + chance.gauss(0, 0.7) for v in hot[region])
            area = f"h{region}"
        kind = chance.choice(kinds)
        killed = int(chance.paretovariate(0.9)) % 400
        own = [hashed(f"w {incident} {n}") for n in range(14)]
        sentences = [chance.getrandbits(63) for _ in range(8)]
        for report in range(reports):
            yield _one(
                chance, (incident, report), day, (lat, lon), area, kind, killed, own, sentences
            )
        made += reports


def _hot(chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.uniform(-30, 55), chance.uniform(-80, 120)) for _ in range(_HOT)]


def heavy_towns(seed: int = 1) -> set[str]:
    """The towns of :func:`made_up` in which many incidents fall on every day."""
    return {f"t{lat:.2f}" for lat, _ in _hot(random.Random(seed))}


def _one(
    chance: random.Random,
    name: tuple[int, int],
    day: int,
    point: tuple[float, float],
    area: str,
    kind: str,
    killed: int,
    own: Sequence[int],
    sentences: Sequence[int],
) -> Candidate:
    from dateline.linking import kinds

    dice = chance.random()
    place_grain = (
        CITY if dice < 0.84 else _REGION if dice < 0.94 else _COUNTRY if dice < 0.95 else None
    )
    exact = chance.random() < 0.9
    late = min(10, int(chance.expovariate(0.5)))
    # Half of the reports have the full toll; the rest fewer, the earlier the fewer.
    told = killed if chance.random() < 0.5 else killed * (late + 4) // 14
    common = [hashed(f"common {chance.randrange(400)}") for _ in range(10)]
    # Ids of real mentions are hashes; these must not come in the order of incidents.
    mention = f"m{hashed(f'{name[0]:07d}-{name[1]:04d}'):016x}"
    town = f"t{point[0]:.2f}" + chance.choice("yi")
    copied = sentences if chance.random() < 1 / 7 else ()
    return Candidate(
        mention=mention,
        document=f"d{mention}",
        type=kind,
        kin=kinds.kin(kind),
        first=day if exact else day - 3,
        last=day if exact else day + 3,
        grain=DAY if exact else 1,
        lat=point[0] if place_grain == CITY else None,
        lon=point[1] if place_grain == CITY else None,
        place_grain=place_grain,
        country=area[:2] if place_grain else None,
        admin1=area if place_grain in (CITY, _REGION) else None,
        town=town if place_grain == CITY else None,
        town_word=hashed(town) if place_grain == CITY else None,
        killed_low=told,
        killed_high=told,
        names=tuple(sorted(chance.sample(own, 4))),
        pairs=tuple(sorted(chance.sample(own, 2))),
        words=tuple(sorted({*chance.sample(own, 5), *common})),
        sentences=tuple(sorted([*copied, *(chance.getrandbits(63) for _ in range(4))])),
        published=day + late,
        publisher=f"p{chance.randrange(200)}",
    )


def speed(sizes: Sequence[int], engine: str) -> None:
    from dateline.linking import splink_engine
    from dateline.linking.linker import link, score_all

    if splink_engine.wanted(engine):
        # Loading Splink takes seconds, which would make a small size look dear and so the
        # growth look small.
        splink_engine.score_all(list(made_up(100)))
    points = []
    for size in sizes:
        candidates = {c.mention: c for c in made_up(size)}
        began, worked = time.perf_counter(), time.process_time()
        edges: Iterable[Edge]
        if splink_engine.wanted(engine):
            edges = splink_engine.score_all(candidates.values())
        else:
            edges = score_all(candidates.values())
        scored = time.perf_counter() - began
        groups = link(candidates, edges, Rulings()).groups
        took, cpu = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        # Processor time, which a machine shared with others does not blow up.
        points.append((size, cpu))
        print(
            f"{size:>9,} mentions: {took:8.2f} s (scoring {scored:.2f}; processor {cpu:.2f}), "
            f"{len(edges):,} pairs "
            f"joined, {len(groups):,} incidents, peak {peak:.2f} GB",
            flush=True,
        )
    if len(points) > 1:
        logs = [(math.log(n), math.log(t)) for n, t in points]
        mx, my = (sum(v) / len(logs) for v in zip(*logs, strict=True))
        slope = sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs)
        print(f"growth exponent {slope:.2f}")
    print(f"{platform.machine()}, Python {platform.python_version()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    sub = parser.add_subparsers(dest="what", required=True)
    a = sub.add_parser("accuracy")
    a.add_argument("files", nargs="*", type=Path, default=sorted(CORPUS.glob("*.jsonl")))
    a.add_argument("--errors", action="store_true")
    s = sub.add_parser("speed")
    s.add_argument("--sizes", default="1000,10000,100000")
    s.add_argument("--engine", default="auto")
    given = parser.parse_args()
    if given.what == "accuracy":
        accuracy(given.files, errors=given.errors)
    else:
        speed([int(size) for size in given.sizes.split(",")], given.engine)


if __name__ == "__main__":
    main()
