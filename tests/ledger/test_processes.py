"""Several processes at one ledger, and processes that die at work."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import LedgerBusyError
from dateline.ledger import Ledger, open_ledger
from dateline.settings import Settings
from tests.ledger.making import make_reading, single

ROOT = Path(__file__).resolve().parents[2]


def start(address: str, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.worker", address, name, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole(ledger: Ledger) -> int:
    """How many documents there are; each must have all that belongs to it."""
    assert ledger.faults() == []
    documents = list(ledger.documents())
    for entry in documents:
        assert (entry.mentions, entry.claims) == (20, 41)
        reading = ledger.reading(entry.id)
        expected = make_reading(
            reading.document.url.rpartition("/")[2], text=reading.document.text, mentions=20
        )
        assert reading == expected
        made = {incident.id for incident in single(reading)}
        assert {ledger.incident(identifier).id for identifier in made} == made
    assert ledger.count_incidents() == 20 * len(documents)
    return len(documents)


@pytest.mark.slow
def test_a_killed_process_leaves_whole_documents_or_none(address: str):
    chance = random.Random(7)
    killed_at: list[int] = []
    for _ in range(6):
        worker = start(address, "kept", 100_000)
        assert worker.stdout is not None
        for _ in range(2 + chance.randrange(6)):
            worker.stdout.readline()
        time.sleep(chance.random() * 0.03)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        assert worker.returncode == -signal.SIGKILL
        with open_ledger(address, write=True) as ledger:
            killed_at.append(whole(ledger))
    assert killed_at == sorted(killed_at)
    assert killed_at[-1] > 0
    with open_ledger(address, write=True) as ledger:
        *_, last = ledger.runs()
        assert last.finished_at is None
        late = make_reading("late", mentions=20)
        assert ledger.add(late, single(late))


@pytest.mark.slow
def test_a_process_killed_while_it_makes_the_ledger(new_address):
    chance = random.Random(11)
    for _ in range(4):
        address = new_address()
        worker = start(address, "kept", 3)
        # Somewhere between the first import and the first document.
        time.sleep(0.2 + chance.random() * 0.8)
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        with open_ledger(address, create=True) as ledger:
            whole(ledger)


def test_two_processes_add_at_once_and_lose_nothing(address: str):
    """They also find no ledger at first, and make it only once."""
    workers = [start(address, name, 25) for name in ("one", "two")]
    for worker in workers:
        _, complaints = worker.communicate(timeout=120)
        assert worker.returncode == 0, complaints
    with open_ledger(address) as ledger:
        assert whole(ledger) == 50
        assert [run.added for run in ledger.runs()] == [25, 25]


def test_a_ledger_held_for_too_long_is_busy(address: str, ledger: Ledger):
    reading = make_reading("one")
    with ledger.transaction():
        ledger.add(reading, single(reading))
        with open_ledger(address, write=True, settings=Settings(busy_seconds=0.2)) as other:
            began = time.monotonic()
            with pytest.raises(LedgerBusyError, match="another process") as error:
                other.add(make_reading("two"))
            assert 0.1 < time.monotonic() - began < 5
            assert "DATELINE_BUSY_SECONDS" in str(error.value)
            assert list(other.documents()) == []  # readers do not wait
    with open_ledger(address, write=True) as other:
        assert other.add(make_reading("two"))


def test_threads_share_a_ledger(ledger: Ledger):
    from concurrent.futures import ThreadPoolExecutor

    readings = [make_reading(str(n)) for n in range(24)]
    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(lambda reading: ledger.add(reading, single(reading)), readings * 2))
    assert sum(added) == 24
    assert ledger.count_incidents() == 24
    assert ledger.faults() == []


@pytest.mark.slow
def test_a_thousand_small_readings_are_added(tmp_path: Path):
    readings = [make_reading(str(n)) for n in range(1_000)]
    with open_ledger(str(tmp_path / "a.db"), create=True) as ledger, ledger.run("x") as run:
        for reading in readings:
            ledger.add(reading, single(reading), run)
        assert run.added == 1_000
