"""How long lists, pages and exports of a large ledger take, and how much memory.

usage: python -m benchmarks.exports LEDGER [--only NAME ...]

Runs the commands a user would, each in a process of its own, and gives wall clock,
processor time, the memory it held at most, and the bytes it wrote.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

DATELINE = Path(sys.executable).with_name("dateline")
FORMATS = "csv jsonl geojson ucdp-ged acled hxl ftm parquet".split()


def commands(ledger: str, incident: str) -> dict[str, list[str]]:
    """Every command by the name it is printed under."""
    end = ["--ledger", ledger]
    return {
        "incidents, a page": ["incidents", "--limit", "50", *end],
        "incidents, one country": ["incidents", "--country", "CO", "--limit", "50", *end],
        "show": ["show", incident, *end],
        **{f"export {name}": ["export", "--format", name, *end] for name in FORMATS},
        "incidents jsonl": ["incidents", "--format", "jsonl", *end],
        "incidents geojson": ["incidents", "--format", "geojson", *end],
        "incidents csv": ["incidents", "--format", "csv", *end],
    }


def measured(arguments: Sequence[str]) -> tuple[float, float, int, int]:
    """Wall seconds, processor seconds, peak kibibytes and bytes written."""
    began = time.perf_counter()
    process = subprocess.Popen([str(DATELINE), *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    written = 0
    while piece := process.stdout.read(1 << 20):
        written += len(piece)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"dateline {' '.join(arguments)} failed")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss, written


def largest(ledger: str) -> str:
    """The id of the incident with most reports."""
    from sqlalchemy import func, select

    from dateline.ledger import open_ledger
    from dateline.ledger.tables import incident_mentions

    c = incident_mentions.c
    most = select(c.incident_id).group_by(c.incident_id).order_by(func.count().desc()).limit(1)
    with open_ledger(ledger) as book, book._reading() as connection:
        print(f"{book.count_incidents():,} incidents", flush=True)
        return str(connection.execute(most).scalar_one())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger")
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    for name, arguments in commands(given.ledger, largest(given.ledger)).items():
        if given.only and name not in given.only:
            continue
        wall, worked, peak, written = measured(arguments)
        print(
            f"{name}: {worked:.1f} s of processor time, {wall:.1f} s, "
            f"{peak / 1024:.0f} MB at most, {written / 1e6:.1f} MB written",
            flush=True,
        )


if __name__ == "__main__":
    main()
