"""How soon the desk's first page is drawn in a browser, over a hundred thousand incidents.

Serves a ledger as ``benchmarks.desk`` builds it, opens the list
in a fresh Chromium profile each round (nothing cached), and gives in milliseconds from the
click: when the table was first painted, when the page had loaded, and when the map stood
with all its bubbles and nothing more to draw. Headless Chromium draws the map without a
graphics card, so a real machine is faster at that.

    python -m benchmarks.desk_browser --incidents 100000 --ledger desk.db
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from tests.desk.browser.serving import chromium, serving

from benchmarks.desk import build
from dateline.ledger import open_ledger
from dateline.settings import Settings

DRAWN = "() => document.querySelector('#map[data-points][data-idle]') && performance.now()"
TIMES = """() => ({
  painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
})"""


def measure(origin: str, rounds: int) -> None:
    """Open the list so many times, and print a line a moment."""
    taken: dict[str, list[float]] = {"table painted": [], "page loaded": [], "map drawn": []}
    with chromium() as browser:
        for number in range(rounds + 1):
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            page.goto(f"{origin}/incidents", timeout=120_000)
            drawn = page.wait_for_function(DRAWN, timeout=120_000).json_value()
            times = page.evaluate(TIMES)
            if number:  # the first round fills the server's index
                taken["table painted"].append(times["painted"])
                taken["page loaded"].append(times["loaded"])
                taken["map drawn"].append(drawn)
            context.close()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{rounds} rounds on {os.cpu_count()} cores, load average {load}")
    print("| moment | median ms | slowest ms |")
    print("| --- | ---: | ---: |")
    for moment, values in taken.items():
        print(f"| {moment} | {statistics.median(values):.0f} | {max(values):.0f} |")


def main() -> None:
    """Build what is missing of the ledger, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.ledger or Path(folder) / "desk.db"
        with open_ledger(str(path), create=True) as ledger:
            build(ledger, given.incidents)
        state = Path(folder) / "state.json"
        with serving(str(path), Settings(desk_file=str(state))) as origin:
            measure(origin, given.rounds)


if __name__ == "__main__":
    main()
