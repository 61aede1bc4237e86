"""Reads PolNeAR (Newell et al., LREC 2018): brat standoff with Source, Cue, Content.

A token has one role, and every attribution one contiguous cue: that is what makes the
cue's first word a good anchor for the others. A source may be shared by several
attributions (about one in twenty has its source from another).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROLES = ("source", "cue", "content")
_ROLE = re.compile(r"^(Source|Cue|Content)\d*$")
_FILE = re.compile(r"^(.*)_([0-9a-f]{4})\.ann$")


@dataclass
class Attribution:
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Document:
    """One text with each annotator's reading of it, in order of the annotators' names."""

    name: str
    text: str
    readings: list[tuple[str, list[Attribution]]]


def parse(ann: str) -> list[Attribution]:
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[list[str]] = []
    for line in ann.split("\n"):
        columns = line.split("\t")
        if len(columns) < 2:
            continue
        if re.fullmatch(r"T\d+", columns[0]):
            offsets = columns[1].split(" ", 1)[1]
            pieces = (piece.split() for piece in offsets.split(";"))
            spans[columns[0]] = [(int(start), int(end)) for start, end in pieces]
        elif re.fullmatch(r"E\d+", columns[0]):
            events.append(columns[1].split())
    found = []
    for arguments in events:
        attribution = Attribution()
        for argument in arguments:
            role, _, reference = argument.partition(":")
            match = _ROLE.match(role)
            if match and reference in spans:
                getattr(attribution, match.group(1).lower()).extend(spans[reference])
        for role in ROLES:
            getattr(attribution, role).sort()
        if attribution.cue or attribution.content:
            found.append(attribution)
    return found


def load(folder: Path) -> list[Document]:
    annotations: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for path in sorted((folder / "attributions").iterdir()):
        match = _FILE.match(path.name)
        if match:
            annotations[match.group(1)].append((match.group(2), path))
    documents = []
    for path in sorted((folder / "text").glob("*.txt")):
        readings = [
            (annotator, parse(ann.read_bytes().decode("utf-8")))
            for annotator, ann in annotations[path.stem]
        ]
        # Bytes, not read_text: line ends must stay as they are, offsets count them.
        documents.append(Document(path.stem, path.read_bytes().decode("utf-8"), readings))
    return documents
