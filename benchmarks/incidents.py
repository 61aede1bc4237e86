"""What happened and by whom, in articles labelled with their incidents.

    python -m benchmarks.incidents [--errors]

Reads tests/corpus/articles/told_1.jsonl, reports of violence and articles of other kinds
in one run (``--scope violence``; accidents under ``harm``), and prints

- how many articles that report no incident make one;
- how many reports make none, and how many make exactly the labelled ones: the type of the
  main incident right, and as many incidents that are not background as labelled;
- how many of the named perpetrators have their name, and of the told fates how many are right.

The last line is ``incidents_exact=<share>``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dateline
from dateline.model import PerpetratorValue, Reading

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "articles"
FILE = "told_1.jsonl"


def load(every: int = 1) -> list[dict[str, Any]]:
    """Every n-th labelled article."""
    lines = (CORPUS / FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[::every]]


def read(article: dict[str, Any]) -> Reading:
    """The article, read in the scope its label asks for."""
    return dateline.read(
        article["text"],
        title=article["title"],
        publisher=article["publisher"],
        published_at=dt.date.fromisoformat(article["published_at"]),
        scope=article["scope"] or "violence",
    )


def measure(articles: Iterable[dict[str, Any]], *, errors: bool = False) -> Counter[str]:
    """Counts over the articles; ``errors`` prints a line for each miss."""
    n: Counter[str] = Counter()
    for article in articles:
        reading = read(article)
        wrong = _count(article, reading, n)
        if errors and wrong:
            print(article["doc"], "; ".join(wrong))
    return n


def _count(article: dict[str, Any], reading: Reading, n: Counter[str]) -> list[str]:
    got = [mention.type for mention in reading.mentions]
    if not article["is_report"]:
        n["others"] += 1
        n["false"] += bool(got)
        return [f"false incident {got}"] if got else []
    wrong = []
    news = [mention for mention in reading.mentions if not mention.background]
    right = bool(got) and got[0] in article["types"] and len(news) == article["incidents"]
    n["reports"] += 1
    n["missed"] += not got
    n["exact"] += right
    if not right:
        wrong.append(f"incidents {got} not {article['incidents']} of {article['types']}")
    found = [c.value for c in reading.claims if isinstance(c.value, PerpetratorValue)]
    for wanted in article["perpetrators"]:
        last = wanted["name"].split()[-1]
        own = [one for one in found if one.name and last in one.name]
        n["names"] += 1
        n["named"] += bool(own)
        if not own:
            wrong.append(f"name {wanted['name']} not in {[one.name for one in found]}")
        if wanted["fate"]:
            n["fates"] += 1
            fates = {one.fate for one in own}
            told = wanted["fate"] in fates or (
                wanted["fate"] == "killed" and "killed by own bomb" in fates
            )
            n["fated"] += told
            if not told:
                wrong.append(f"fate {wanted['fate']} not in {sorted(map(str, fates))}")
    return wrong


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--errors", action="store_true")
    n = measure(load(), errors=arguments.parse_args().errors)
    print(
        f"{n['false']} of {n['others']} other articles make an incident; of {n['reports']} reports"
        f" {n['missed']} make none and {n['exact']} exactly the labelled ones;"
        f" {n['named']} of {n['names']} names, {n['fated']} of {n['fates']} fates"
    )
    print(f"incidents_exact={100 * n['exact'] / n['reports']:.1f}")


if __name__ == "__main__":
    main()
