"""What is still read wrongly, by kind, on our own articles: the tables of docs/reading.md.

    python -m benchmarks.reading_errors [--part dev|held_out ...]

Counts only, as Markdown. Figures are compared as benchmarks/articles.py does; a missed one
is near where the same effect was read with another number, a wrong one is put down to the
rule that made it. Sources, days and places are those of matched figures and main incidents.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from typing import Any

import msgspec

import dateline
from benchmarks.articles import GIVEN, load, match, right_place, right_source, words
from dateline.export.contract import encode, read_line

Counts = dict[str, Counter[str]]


def count(part: str) -> Counts:
    """The errors of one part, by table and kind."""
    n: Counts = {name: Counter() for name in ("figures", "rules", "sources", "days", "places")}
    n["incidents"] = Counter()
    for article in load(part):
        given = {name: article[name] for name in GIVEN if name != "text"}
        scope = article["scope"] or "violence"
        line = read_line(dateline.read(article["text"], scope=scope, **given))
        reading = msgspec.json.decode(encode(line))
        _figures(n, article, reading)
        kind = "report" if article["is_casualty_report"] else "other article"
        made = min(len(reading["incidents"]), 2)
        n["incidents"][
            f"{kind} with {('no incident', 'one incident', 'several incidents')[made]}"
        ] += 1
        if article["is_casualty_report"]:
            main = reading["incidents"][0] if made else None
            n["days"][_day(article, main)] += 1
            n["places"][_place(article, main)] += 1
    return n


def _figures(n: Counts, article: dict[str, Any], reading: dict[str, Any]) -> None:
    found = match(article, reading)
    effects = {c["value"]["effect"] for c in found.wrong}
    for gold, claim in found.hits.values():
        n["figures"][f"{gold['effect']}: right"] += 1
        if not right_source(gold, claim):
            chain = claim["chain"]
            if gold["root_source"] is None:
                n["sources"]["somebody is named, where the report says it itself"] += 1
            elif len(chain) < 2:
                n["sources"]["nobody is named, where somebody says it"] += 1
            else:
                n["sources"]["somebody else is named"] += 1
        else:
            n["sources"]["right"] += 1
    for gold in found.missed:
        near = gold["effect"] in effects
        n["figures"][f"{gold['effect']}: missed" + (", another number read" if near else "")] += 1
    for claim in found.wrong:
        n["figures"][f"{claim['value']['effect']}: made up"] += 1
        where = "an incident" if claim["incident"] is not None else "no incident"
        n["rules"][f"`{claim['rule']}`, in {where}"] += 1


def _day(article: dict[str, Any], incident: dict[str, Any] | None) -> str:
    if incident is None:
        return "no incident was read"
    if incident["date"] is None:
        return "no day was read"
    told = dt.date.fromisoformat(article["incident_date"])
    start = dt.date.fromisoformat(incident["date"]["start"])
    end = dt.date.fromisoformat(incident["date"]["end"])
    if start == told:
        return "right" if end == start else "right, as the first day of several"
    if start <= told <= end:
        return "coarser"
    return f"{'later' if start > told else 'earlier'} by {_span(abs((start - told).days))}"


def _span(days: int) -> str:
    return "a day" if days == 1 else "up to ten days" if days <= 10 else "more than ten days"


def _place(article: dict[str, Any], incident: dict[str, Any] | None) -> str:
    if incident is None:
        return "no incident was read"
    place = incident["place"]
    if place is None:
        return "no place was read"
    if right_place(article, [incident]):
        return "right"
    if place["kind"] == "country":
        return "only the country"
    region = words(article["place"]["admin1"])
    return "elsewhere in the region" if region & words(place["admin1"]) else "elsewhere"


TITLES = {
    "figures": "Figures, by effect",
    "rules": "Made-up figures, by the rule that made them",
    "sources": "Root source of the figures that are right",
    "days": "Day of the main incident",
    "places": "Place of the main incident",
    "incidents": "Incidents",
}


def tables(parts: list[str]) -> str:
    """All tables as Markdown, one column a part."""
    counts = {part: count(part) for part in parts}
    lines = []
    for name, title in TITLES.items():
        kinds = sorted({kind for found in counts.values() for kind in found[name]})
        lines += ["", f"| {title} | " + " | ".join(parts) + " |", "| --- " * (len(parts) + 1) + "|"]
        for kind in kinds:
            cells = [str(counts[part][name][kind]) for part in parts]
            lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", action="append", choices=("dev", "held_out"))
    print(tables(parser.parse_args().part or ["dev", "held_out"]))


if __name__ == "__main__":
    main()
