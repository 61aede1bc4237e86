"""Read every corpus text without an exception, and say how fast.

usage: python benchmarks/reading.py ../shared/corpora [--limit N]

Reads the MUC messages, the PolNeAR articles and the LGL and TR-News articles one after
another on one core, through the public pipeline, and prints words per second for each
corpus, incidents found and the peak memory. An exception ends the run with its trace.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
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


def main() -> None:
    """Print one line a corpus."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--limit", type=int, default=None, help="texts of each corpus")
    given = arguments.parse_args()
    # One core: the figure asked for is words per second and core.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    import dateline

    dateline.read("A first text loads all that is loaded once.")
    for name, texts in (("muc", muc), ("polnear", polnear), ("geo", geo)):
        words = documents = incidents = with_incident = 0
        begun = time.perf_counter()
        for identity, text in texts(given.corpora):
            if given.limit is not None and documents >= given.limit:
                break
            if not text.strip():
                continue
            reading = dateline.read(text, external_id=identity)
            words += len(text.split())
            documents += 1
            incidents += len(reading.incidents)
            with_incident += bool(reading.incidents)
        seconds = time.perf_counter() - begun
        print(
            f"{name:8s} {documents:5d} texts {words:8d} words {seconds:7.1f} s "
            f"{words / seconds:8.0f} words/s  incidents {incidents} in {with_incident} texts"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
