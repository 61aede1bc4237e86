"""The whole reader on invented news articles: figures, sources, dates, places, incidents.

    python benchmarks/articles.py [--part PART] [--errors] [--scope violence|harm]

Reads tests/corpus/articles/<part>.jsonl through the command line, as a user would
(``dateline read``, then ``dateline add`` and ``dateline incidents``), and prints

- F1 of casualty figures: each document's set of (effect, min, max); where nothing else
  matches, effect and min do. Figures labelled ``implicit`` count neither way.
- how many matched figures have the right root source;
- how many reports have an incident on the right day, and one at the right place;
- how many articles that report no incident make one;
- B-cubed F1 of the ledger's incidents over the articles that report one.

Without ``--scope`` everything is measured twice over: crashes and other accidents, and
the articles that report nothing, under ``harm``; the rest under ``violence``, once more
with the articles that report nothing. ``--errors`` lists each miss.
The last line is ``articles_figures_f1=<figure>``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dateline.reading.attribution.registry import registry_in_use

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "articles"
PARTS = ("dev", "held_out", "unseen_1", "unseen_2", "unseen_3", "unseen_4", "unseen_5", "unseen_6")
GIVEN = ("text", "title", "publisher", "published_at")
COMMON = frozenset(
    "the a an of s and in for to by from its his her official officials said".split()
)
Key = tuple[str, int | None, int | None]
Record = dict[str, Any]


class Matched(NamedTuple):
    """One document's figures, compared."""

    hits: dict[Key, tuple[Record, Record]]
    missed: list[Record]
    wrong: list[Record]


def load(part: str) -> list[Record]:
    """The labelled articles of one part."""
    lines = (CORPUS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def dateline(*arguments: str) -> list[Record]:
    """What one dateline command prints, line by line."""
    command = [sys.executable, "-m", "dateline", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def write_input(articles: Iterable[Record], path: Path) -> None:
    """The articles as JSON Lines input, without their labels."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            given = {"id": article["doc"]} | {name: article[name] for name in GIVEN}
            file.write(json.dumps(given, ensure_ascii=False) + "\n")


def words(text: str | None) -> set[str]:
    """The words by which two names of one source or place are held against each other."""
    plain = unicodedata.normalize("NFKD", (text or "").lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return set(re.findall(r"[^\W_]+", plain)) - COMMON


def match(article: Record, reading: Record) -> Matched:
    """Compare the figures of one document as sets."""
    gold: dict[Key, Record] = {}
    optional: set[Key] = set()
    for claim in article["claims"]:
        key = (claim["effect"], claim["min"], claim["max"])
        if claim.get("implicit"):
            optional.add(key)
        else:
            gold.setdefault(key, claim)
    found: dict[Key, Record] = {}
    for claim in reading["claims"]:
        if claim["kind"] == "casualty":
            value = claim["value"]
            found.setdefault((value["effect"], value["min"], value["max"]), claim)
    hits = {key: (gold[key], found.pop(key)) for key in list(gold) if key in found}
    for key in gold:
        near = next((k for k in found if key not in hits and k[:2] == key[:2]), None)
        if near:
            hits[key] = (gold[key], found.pop(near))
    missed = [claim for key, claim in gold.items() if key not in hits]
    return Matched(hits, missed, [c for key, c in found.items() if key not in optional])


def right_source(gold: Record, claim: Record) -> bool:
    """Whether the last of the chain is the labelled root; both may be none."""
    chain: Sequence[str] = claim["chain"] or ()
    last = chain[-1] if len(chain) > 1 else None
    root = gold.get("root_source")
    if root is None or last is None:
        return root == last
    known = [registry_in_use().lookup(name) for name in (root, last)]
    if known[0] is not None and known[0] == known[1]:
        return True  # "MSF" and its full name
    if not words(root):  # "officials" alone
        return root.lower() in last.lower().split()
    return bool(words(root) & words(last))


def right_day(article: Record, incidents: Iterable[Record]) -> bool:
    """Whether any incident begins on the labelled day."""
    return any((i["date"] or {}).get("start") == article["incident_date"] for i in incidents)


def right_place(article: Record, incidents: Iterable[Record]) -> bool:
    """Whether any incident is at the labelled town, or named after its region."""
    place = article["place"]
    wanted = words(place["name"]) | words(place["admin1"])
    return any(wanted & words((i["place"] or {}).get("name")) for i in incidents)


def b_cubed(articles: Sequence[Record], incidents: Sequence[Record]) -> float:
    """B-cubed F1 over reports; one in several incidents is put with most of its fellows."""
    holding: dict[str, list[int]] = defaultdict(list)
    for number, incident in enumerate(incidents):
        for document in incident["documents"]:
            holding[document].append(number)
    fellows: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        fellows[article["event"]].append(article["doc"])
    home: dict[str, object] = {}
    for article in articles:
        others = fellows[article["event"]]
        home[article["doc"]] = max(
            holding[article["doc"]],
            key=lambda n: sum(n in holding[other] for other in others),
            default=article["doc"],
        )
    together: dict[object, set[str]] = defaultdict(set)
    for document, where in home.items():
        together[where].add(document)
    precision = recall = 0.0
    for article in articles:
        got, gold = together[home[article["doc"]]], set(fellows[article["event"]])
        precision += len(got & gold) / len(got)
        recall += len(got & gold) / len(gold)
    return 2 * precision * recall / (precision + recall) / len(articles) if articles else 0.0


def measure(name: str, articles: Sequence[Record], scope: str, errors: bool) -> Counter[str]:
    """Read and link the articles in one scope; print a line; give the counts of figures."""
    with tempfile.TemporaryDirectory() as folder:
        path, ledger = Path(folder) / "articles.jsonl", str(Path(folder) / "ledger.db")
        write_input(articles, path)
        lines = dateline("read", str(path), "--format", "jsonl", "--scope", scope)
        readings = {line["document"]["external_id"]: line for line in lines}
        dateline("add", str(path), "--ledger", ledger, "--scope", scope)
        incidents = dateline("incidents", "--ledger", ledger, "--format", "jsonl")
    n: Counter[str] = Counter()
    for article in articles:
        reading = readings[article["doc"]]
        found = match(article, reading)
        n["hits"] += len(found.hits)
        n["gold"] += len(found.hits) + len(found.missed)
        n["found"] += len(found.hits) + len(found.wrong)
        sourced = [claim for pair in found.hits.values() if not right_source(*(claim := pair))]
        n["sources"] += len(found.hits) - len(sourced)
        wrong_day = wrong_place = False
        if article["is_casualty_report"]:
            n["reports"] += 1
            n["days"] += right_day(article, reading["incidents"])
            n["places"] += right_place(article, reading["incidents"])
            wrong_day = not right_day(article, reading["incidents"])
            wrong_place = not right_place(article, reading["incidents"])
        else:
            n["others"] += 1
            n["false"] += bool(reading["incidents"])
        if errors:
            show(article, reading, found, sourced, wrong_day, wrong_place)
    reports = [article for article in articles if article["is_casualty_report"]]
    print(
        f"{name}: figures P {share(n['hits'], n['found'])} R {share(n['hits'], n['gold'])}"
        f" F1 {share(2 * n['hits'], n['found'] + n['gold'])} of {n['gold']};"
        f" root source {share(n['sources'], n['hits'])};"
        f" day {share(n['days'], n['reports'])}; place {share(n['places'], n['reports'])}"
        f" of {n['reports']}; false incidents {n['false']} of {n['others']};"
        f" B-cubed F1 {100 * b_cubed(reports, incidents):.1f}"
    )
    return n


def share(part: int, whole: int) -> str:
    """A percentage."""
    percent = 100 * part / whole if whole else 0.0
    return f"{percent:.1f}"


def show(
    article: Record,
    reading: Record,
    found: Matched,
    sourced: Sequence[tuple[Record, Record]],
    wrong_day: bool,
    wrong_place: bool,
) -> None:
    """One line for each error of a document."""
    text, doc = reading["document"]["text"], article["doc"]

    def quoted(claim: Record) -> str:
        start, end = claim["span"]
        return str(text[max(0, start - 60) : end + 40]).replace("\n", " ")

    for gold in found.missed:
        print(f"{doc} missed {gold['effect']} {gold['min']}-{gold['max']} {gold['root_source']}")
    for claim in found.wrong:
        value = claim["value"]
        print(f"{doc} wrong {value['effect']} {value['min']}-{value['max']}: {quoted(claim)!r}")
    for gold, claim in sourced:
        print(f"{doc} source {gold['root_source']!r} not {claim['chain']}: {quoted(claim)!r}")
    got = [
        (i["type"], (i["date"] or {}).get("start"), (i["place"] or {}).get("name"))
        for i in reading["incidents"]
    ]
    if wrong_day:
        print(f"{doc} day {article['incident_date']} not in {got}")
    if wrong_place:
        print(f"{doc} place {article['place']} not in {got}")
    if not article["is_casualty_report"] and got:
        print(f"{doc} false incident {got}")


def main() -> None:
    """Print one line a scope and the figures over all."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--part", choices=PARTS, default="dev")
    arguments.add_argument("--scope", choices=("violence", "harm"))
    arguments.add_argument("--errors", action="store_true")
    given = arguments.parse_args()
    articles = load(given.part)
    if given.scope:
        n = measure(f"{given.part}, {given.scope}", articles, given.scope, given.errors)
    else:
        violence = [a for a in articles if a["scope"] != "harm"]
        harm = [a for a in articles if a["scope"] != "violence"]
        n = measure(f"{given.part}, violence", violence, "violence", given.errors)
        n += measure(f"{given.part}, harm", harm, "harm", given.errors)
    print(f"articles_figures_f1={share(2 * n['hits'], n['found'] + n['gold'])}")


if __name__ == "__main__":
    main()
