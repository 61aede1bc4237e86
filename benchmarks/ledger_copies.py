"""Makes a large ledger of a small one, without linking it: for timing, not for reading.

usage: python -m benchmarks.ledger_copies LEDGER.db [--copies 40] [--days 30]

Everything in a SQLite ledger that :mod:`benchmarks.ledger` filled is copied within the
database, as many times as asked, each time under other ids and a month later: documents,
texts, mentions, claims, incidents, lists, candidates, their keys and their pairs. So every
table and every index has the size and the skew of a ledger filled report by report, at a
fiftieth of the time. Two things differ: the copies stand under keys of their own, so new
reports are compared with the original alone, as they would be with reports of their own
days alone; and the words of the copies are not in the full-text index. A copy that is
there already is passed over.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sqlite3
import time
from pathlib import Path

_ID_OR_DAY = re.compile(r'"(?:([a-z]{1,2}(?:[0-9a-f]{16}|\d+new\d{4}))|(\d{4}-\d\d-\d\d))"')
_IDS = frozenset(
    "id document_id mention_id incident_id".split()  # of every table
)
_DAYS = frozenset("published_at date_start date_end".split())
_NUMBERS = frozenset("number a b".split())
_TABLES = (
    "documents texts readings sources mentions claims incidents incident_mentions incident_ids "
    "candidates candidate_keys edges listing searchable"
).split()
_STEP = 1 << 24  # between the numbers of one copy and of the next
_ODD = 0x9E3779B97F4A7C15


def copy(connection: sqlite3.Connection, number: int, days: int) -> bool:
    """One more copy, as one transaction; False where it is there."""
    suffix = f"x{number:02d}"
    moved: dict[str, str] = {}

    def later(day: str) -> str:
        if day not in moved:
            moved[day] = (dt.date.fromisoformat(day) + dt.timedelta(number * days)).isoformat()
        return moved[day]

    def renamed(found: re.Match[str]) -> str:
        return f'"{found[1]}{suffix}"' if found[1] else f'"{later(found[2])}"'

    def body(text: str) -> str:
        return _ID_OR_DAY.sub(renamed, text)

    def key(given: int) -> int:
        return (given ^ (_ODD * number)) & (2**62 - 1)

    there = "SELECT 1 FROM incidents WHERE length(id) = 20 AND substr(id, 18) = ? LIMIT 1"
    if connection.execute(there, (suffix,)).fetchone():
        return False
    connection.create_function("body", 1, body, deterministic=True)
    connection.create_function("later", 1, lambda day: day and later(day), deterministic=True)
    connection.create_function("other_key", 1, key, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        names, taken = [], []
        for _, name, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
            names.append(f'"{name}"')
            taken.append(_taken(table, name, suffix, number))
        original = {
            "edges": f"a < {_STEP}",
            "candidate_keys": f"number < {_STEP}",
            "incident_ids": "id IN (SELECT id FROM incidents WHERE length(id) = 17)",
        }.get(table)
        if original is None:
            id = next(n.strip('"') for n in names if n.strip('"') in _IDS)
            original = f"substr({id}, -3, 1) != 'x'"
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) "
            f"SELECT {', '.join(taken)} FROM {table} WHERE {original}"
        )
    connection.execute("COMMIT")
    return True


def _taken(table: str, name: str, suffix: str, number: int) -> str:
    if name in _IDS:
        return f"{name} || '{suffix}'"
    if name in _DAYS:
        return f"later({name})"
    if name in _NUMBERS:
        return f"{name} + {number * _STEP}"
    if name == "key":
        return "other_key(key)"
    if name == "body" and table != "sources":
        return "body(body)"
    if name == "external_id":
        return f"{name} || '{suffix}'"
    return f'"{name}"'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--copies", type=int, default=40)
    parser.add_argument("--days", type=int, default=30)
    given = parser.parse_args()
    connection = sqlite3.connect(given.ledger, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    for number in range(1, given.copies + 1):
        worked = time.process_time()
        if copy(connection, number, given.days):
            (count,) = connection.execute("SELECT count(*) FROM incidents").fetchone()
            print(f"{count:,} incidents, {time.process_time() - worked:.1f} s", flush=True)
    connection.close()


if __name__ == "__main__":
    main()
