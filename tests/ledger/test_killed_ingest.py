"""Real ingests by the command line, killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.ledger import open_ledger

TOWNS = ("Kharkiv", "Belgorod", "Baghdad", "Mogadishu", "Kabul", "Medellín")
DOCUMENTS = 14


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(DOCUMENTS):
        town = TOWNS[n % len(TOWNS)]
        (folder / f"{n:02}.txt").write_text(
            f"{town}, July {n % 28 + 1}, 2024\n\n"
            f"At least {n + 2} people were killed and {n + 3} others wounded in {town} on "
            f"Thursday when a bomb went off at a market, the regional governor said.\n\n"
            f"Police said a gunman had also shot dead a guard at the gate. The claim could "
            f"not be independently verified.\n",
            encoding="utf-8",
        )
    return folder


def add(reports: Path, ledger: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dateline", "add", str(reports), "--ledger", str(ledger)],
        env={**os.environ, "DATELINE_WORKERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def count(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    with open_ledger(ledger, create=True) as opened:
        assert opened.faults() == []
        linked = {m for i in opened.incidents() for m in i.mentions}
        for entry in opened.documents():
            reading = opened.reading(entry.id)
            assert len(reading.claims) == entry.claims
            assert {mention.id for mention in reading.mentions} <= linked
        return len(list(opened.documents()))


@pytest.mark.slow
def test_a_killed_ingest_leaves_whole_documents_and_can_be_taken_up(reports: Path, tmp_path: Path):
    chance = random.Random(3)
    ledger = tmp_path / "killed.db"
    counts = []
    for _ in range(4):
        before = count(ledger)
        worker = add(reports, ledger)
        give_up = time.monotonic() + 60
        # Kill it soon after it has added something; at the start, at any time.
        while counts and time.monotonic() < give_up and worker.poll() is None:
            with open_ledger(ledger) as opened:
                if sum(1 for _ in opened.documents()) > before:
                    break
            time.sleep(0.02)
        time.sleep(chance.random() * (0.05 if counts else 2))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        counts.append(count(ledger))
        if counts[-1] == 0:
            with open_ledger(ledger, create=True):
                pass
    assert counts == sorted(counts)
    assert counts[-1] > 0

    undisturbed = tmp_path / "undisturbed.db"
    for target in (ledger, undisturbed):
        finish = add(reports, target)
        _, complaints = finish.communicate(timeout=120)
        assert finish.returncode == 0, complaints
    assert count(ledger) == count(undisturbed) == DOCUMENTS
    with open_ledger(ledger) as one, open_ledger(undisturbed) as other:
        assert one.digest() == other.digest()
