"""Adds made-up readings to a ledger until it is done, or killed.

Arguments: the address, a name for its documents, how many of them. A line is written
before the first and after each.
"""

from __future__ import annotations

import sys

from dateline.ledger import open_ledger
from dateline.settings import Settings
from tests.ledger.making import make_reading, single

address, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with (
    open_ledger(address, create=True, settings=Settings(busy_seconds=60)) as ledger,
    ledger.run("worker") as run,
):
    print("ready", flush=True)
    for n in range(count):
        # Large enough for a transaction to be under way most of the time.
        reading = make_reading(f"{name}-{n}", text=f"{name} {n} " * 5_000, mentions=20)
        ledger.add(reading, single(reading), run)
        print(n, flush=True)
