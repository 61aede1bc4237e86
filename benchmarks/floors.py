"""Every benchmark's figures, on samples quick enough for each change, beside their floors.

    python -m benchmarks.floors [--corpora ../shared/corpora] [NAME ...]

Names and floors are in benchmarks/floors.toml; benchmarks that need the corpora are left
out where they are not there. The exit code is 1 where a figure is out of its bounds.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

FLOORS = Path(__file__).with_name("floors.toml")
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"

Figures = dict[str, float]


class Bound(NamedTuple):
    """What a figure must not fall below, or rise above."""

    least: float | None
    most: float | None

    def holds(self, figure: float) -> bool:
        """Whether the figure is within."""
        return (self.least is None or figure >= self.least) and (
            self.most is None or figure <= self.most
        )


class Benchmark(NamedTuple):
    """How to measure; ``shared`` where it needs the corpora beside the checkout."""

    measure: Callable[[Path], Figures]
    shared: bool


def casualties(corpora: Path) -> Figures:
    """F1 of figures in the labelled reports of our own."""
    from benchmarks.casualties import CORPUS, PARTS, load, score

    return {f"{part}_f1": 100 * score(load(CORPUS / f"{part}.jsonl")).f1 for part in PARTS}


def chains(corpora: Path) -> Figures:
    """Roots, whole chains and modality in every second labelled report of our own."""
    from benchmarks.chains import PARTS, measure

    n: Counter[str] = Counter()
    for part in PARTS:
        n.update(measure(part, every=2))
    return {
        "root": 100 * n["root"] / n["labels"],
        "whole": 100 * n["chain"] / n["labels"],
        "modality": 100 * n["modality"] / n["claims"],
    }


def articles(corpora: Path) -> Figures:
    """Every third invented article: figures, day, place, and articles that wrongly tell one."""
    import msgspec

    import dateline
    from benchmarks.articles import GIVEN, load, match, right_day, right_place, right_source
    from dateline.export.contract import encode, read_line

    n: Counter[str] = Counter()
    for article in load("dev")[::3]:
        given = {name: article[name] for name in GIVEN if name != "text"}
        scope = article["scope"] or "violence"
        line = read_line(dateline.read(article["text"], scope=scope, **given))
        reading = msgspec.json.decode(encode(line))
        found = match(article, reading)
        n["hits"] += len(found.hits)
        n["told"] += len(found.hits) + len(found.missed)
        n["read"] += len(found.hits) + len(found.wrong)
        n["sources"] += sum(right_source(*pair) for pair in found.hits.values())
        if article["is_casualty_report"]:
            n["reports"] += 1
            n["days"] += right_day(article, reading["incidents"])
            n["places"] += right_place(article, reading["incidents"])
        else:
            n["false"] += bool(reading["incidents"])
    return {
        "figures_f1": 200 * n["hits"] / (n["told"] + n["read"]),
        "root_source": 100 * n["sources"] / n["hits"],
        "day": 100 * n["days"] / n["reports"],
        "place": 100 * n["places"] / n["reports"],
        "false_incidents": float(n["false"]),
    }


def incidents(corpora: Path) -> Figures:
    """Every third article labelled with its incidents and those who did it."""
    from benchmarks.incidents import load, measure

    n = measure(load(every=3))
    return {
        "false_incidents": float(n["false"]),
        "missed": float(n["missed"]),
        "exact": 100 * n["exact"] / n["reports"],
        "named": 100 * n["named"] / n["names"],
        "fated": 100 * n["fated"] / n["fates"],
    }


def linking(corpora: Path) -> Figures:
    """Scores of the held-out labelled reports, linked, and of clusters of ten outlets' reports."""
    from benchmarks.linking import CORPUS, accuracy

    with contextlib.redirect_stdout(io.StringIO()):
        found = accuracy([CORPUS / "held.jsonl"], errors=False)
        clusters = accuracy([CORPUS / "fresh_4.jsonl"], errors=False)
    figures = {name: 100 * value for name, value in found.items()}
    return figures | {f"clusters_{name}": 100 * value for name, value in clusters.items()}


def calibration(corpora: Path) -> Figures:
    """How far scores are from the share right, on the invented articles."""
    from benchmarks.calibration import reliability
    from benchmarks.labelled_claims import own

    rows = [row for row in own([("articles", "held_out")]) if row.kind == "casualty"]
    found = reliability(rows)
    return {"casualty_ece": 100 * found.error, "casualty_auc": 100 * found.auc}


def times(corpora: Path) -> Figures:
    """Span and value F1 on TimeBank, all texts."""
    from benchmarks.times import compare, read_expressions, read_timeml

    span = value = read = told = 0
    for path in sorted((corpora / "time" / "timebank").glob("*.tml")):
        text = read_timeml(path)
        found = read_expressions(text)
        read, told = read + len(found), told + len(text.gold)
        for want, got in compare(text.gold, found):
            span += bool(want and got)
            value += bool(want and got and want[3] == got[3])
    return {"span_f1": 200 * span / (read + told), "value_f1": 200 * value / (read + told)}


def places(corpora: Path) -> Figures:
    """End-to-end F1 within 161 km, every fifth article."""
    from benchmarks.places import FILES, measure

    with contextlib.redirect_stdout(io.StringIO()):
        return {name: 100 * measure(corpora / "geo" / name, False, every=5) for name in FILES}


def attribution(corpora: Path) -> Figures:
    """Source and content F1 on the first texts of PolNeAR dev."""
    from benchmarks.attribution import READERS, scores

    folder, read = corpora / "polnear" / "dev", READERS["with chains"]()
    texts = sorted((folder / "text").glob("*.txt"))[:16]
    found = {path.stem: read(path.read_bytes().decode()) for path in texts}
    return {f"{name}_f1": values["f1"] for name, values in scores(folder, found).items()}


BENCHMARKS: Mapping[str, Benchmark] = {
    "casualties": Benchmark(casualties, False),
    "chains": Benchmark(chains, False),
    "articles": Benchmark(articles, False),
    "incidents": Benchmark(incidents, False),
    "linking": Benchmark(linking, False),
    "calibration": Benchmark(calibration, False),
    "times": Benchmark(times, True),
    "places": Benchmark(places, True),
    "attribution": Benchmark(attribution, True),
}


def bounds() -> dict[str, dict[str, Bound]]:
    """The floors by benchmark and figure."""
    table = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return {
        name: {figure: Bound(one.get("least"), one.get("most")) for figure, one in own.items()}
        for name, own in table.items()
    }


def broken(name: str, figures: Figures, pinned: Mapping[str, Bound] | None = None) -> list[str]:
    """The figures of a benchmark that are out of bounds, or not there, in words."""
    told = []
    for figure, bound in (bounds().get(name, {}) if pinned is None else pinned).items():
        if figure not in figures:
            told.append(f"{name}.{figure} was not measured")
        elif not bound.holds(figures[figure]):
            told.append(f"{name}.{figure} is {figures[figure]:.2f}: {bound}")
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    options = parser.parse_args()
    failed = []
    for name, benchmark in BENCHMARKS.items():
        if options.names and name not in options.names:
            continue
        if benchmark.shared and not options.corpora.is_dir():
            print(f"{name}: left out, {options.corpora} is not there")
            continue
        figures = benchmark.measure(options.corpora)
        print(name, {figure: round(value, 2) for figure, value in figures.items()}, flush=True)
        failed += broken(name, figures)
    print("\n".join(failed))
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main())
