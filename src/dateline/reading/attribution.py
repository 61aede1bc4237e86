"""Who says what: attributions as in PolNeAR (Newell et al., LREC 2018).

The encoder gives for each word (a) the probabilities of seven tags, B and I for source,
cue and content and O for the rest, and (b) two short vectors, one of the word as a part
of an attribution and one of the word as the anchor of one. An attribution is anchored
at the first word of its cue ("said"); every other word of it points to that anchor. So
sources and contents find their cue, and pieces of an interrupted content find each
other, by what was learned and not by which is nearest.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.model import Attribution, Span
from dateline.reading.encoder import WEIGHTS, Encoded, encoder

Floats = npt.NDArray[np.float32]

SOURCE, CUE, CONTENT = 1, 2, 3
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What decoding needs besides the graph; ``attribution.json`` beside the weights.

    ``distances`` is the learned liking of a link for each step of ``bucket``. The other
    numbers were tuned on held-out training texts by ``training.tune``.
    """

    distances: tuple[float, ...]
    reach: int = 160
    outside: float = 0.0
    split: float = 0.5
    revive: float = 0.5
    keep: float = 0.0
    attach: float = 0.2


@functools.cache
def rules(path: Path = WEIGHTS / "attribution.json") -> Rules:
    """The decoding rules that belong to the shipped weights."""
    return msgspec.json.decode(path.read_bytes(), type=Rules)


def bucket(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Signed word distances in 41 steps: one by one up to 8, then by powers of sqrt 2."""
    size = np.abs(distance)
    far = 8 + np.floor(2 * np.log2(np.maximum(size, 8) / 8))
    step = np.where(size <= 8, size, np.minimum(far, 20)).astype(np.int64)
    return np.where(distance < 0, 20 - step, 20 + step)


BUCKETS = 41


@dataclass(slots=True)
class _Group:
    """An attribution being put together around its anchor."""

    anchor: int
    sources: list[tuple[int, int, float]] = field(default_factory=list)
    contents: list[tuple[int, int, float]] = field(default_factory=list)
    cue: tuple[int, int] | None = None
    cue_score: float = 0.0


def decode(encoded: Encoded, rules: Rules) -> tuple[Attribution, ...]:
    """The attributions in what the encoder gave for a text, by position of content."""
    if not len(encoded.tokens):
        return ()
    tags = _softmax(encoded.outputs["roles"].astype(np.float32) + _outside(rules.outside))
    spans = _spans(tags, rules.split)
    groups = {
        start: _Group(start, cue=(start, end), cue_score=float(tags[start:end, 3:5].sum(1).mean()))
        for role, start, end in spans
        if role == CUE
    }
    anchors = np.fromiter(groups, dtype=np.int64, count=len(groups))
    free = np.ones(len(tags), dtype=bool)  # words that a cue may still be found at
    for role, start, end in spans:
        free[start:end] = role == CUE
    for role, start, end in spans:
        if role == CUE:
            continue
        low, mass = _link(encoded, rules, start, end)
        mass = mass * free[low : low + len(mass)]
        near = anchors[np.searchsorted(anchors, low) : np.searchsorted(anchors, low + len(mass))]
        best = int(near[np.argmax(mass[near - low])]) if len(near) else -1
        found = float(mass[best - low]) if best >= 0 else 0.0
        other = int(mass.argmax()) + low
        if found < rules.revive and mass[other - low] > max(found, rules.revive):
            best, found = other, float(mass[other - low])
        if best < 0 or found < rules.attach:
            continue
        group = groups.setdefault(best, _Group(best))
        (group.sources if role == SOURCE else group.contents).append((start, end, found))
    made = (_attribution(encoded, tags, group) for group in groups.values() if group.contents)
    kept = [one for one in made if (one.score or 0.0) >= rules.keep]
    return tuple(sorted(kept, key=lambda one: (one.content, one.source, one.cue)))


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Who says what in ``text``: source, cue and content spans, by position of content.

    Spans are character offsets into the text as given. A role that was not found is
    empty; the content never is. ``score`` is between 0 and 1, higher is surer.
    """
    return decode(encoder().read(text), rules())


def _outside(bias: float) -> Floats:
    return np.array([bias, 0, 0, 0, 0, 0, 0], dtype=np.float32)


def _softmax(logits: Floats) -> Floats:
    shares: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def _spans(tags: Floats, split: float) -> list[tuple[int, int, int]]:
    """(role, first word, end) of each span. A role's B and I count together; within a
    run of one role a new span opens where B has at least ``split`` of the role's share.
    """
    shares = np.stack(
        [tags[:, 0], tags[:, 1:3].sum(1), tags[:, 3:5].sum(1), tags[:, 5:7].sum(1)], axis=1
    )
    roles = shares.argmax(axis=1)
    opening = tags[:, [0, 1, 3, 5]][np.arange(len(roles)), roles]
    opens = opening > split * shares[np.arange(len(roles)), roles]
    opens |= np.diff(roles, prepend=0) != 0
    edges = np.append(np.flatnonzero(opens | (roles == 0)), len(roles))
    wanted = np.flatnonzero(roles[edges[:-1]] != 0)
    return [(int(roles[edges[k]]), int(edges[k]), int(edges[k + 1])) for k in wanted]


def _link(encoded: Encoded, rules: Rules, start: int, end: int) -> tuple[int, Floats]:
    """How much each word near the span is its anchor: first word looked at, and shares."""
    low, high = max(0, start - rules.reach), min(len(encoded.tokens), end + rules.reach)
    parts = encoded.outputs["parts"][start:end].astype(np.float32)
    anchors = encoded.outputs["anchors"][low:high].astype(np.float32)
    steps = np.arange(low, high)[None, :] - np.arange(start, end)[:, None]
    liking = np.asarray(rules.distances, dtype=np.float32)[bucket(steps)]
    return low, _softmax(parts @ anchors.T + liking).mean(axis=0)


def _attribution(encoded: Encoded, tags: Floats, group: _Group) -> Attribution:
    contents = sorted(group.contents)
    length = sum(end - start for start, end, _ in contents)
    sure = sum(float(tags[start:end, 5:7].sum()) for start, end, _ in contents) / length
    tied = sum((end - start) * link for start, end, link in contents) / length
    score = sure * tied * (group.cue_score or tied)
    cue = group.cue or (group.anchor, group.anchor + 1)
    return Attribution(
        source=tuple(_span(encoded, start, end) for start, end, _ in sorted(group.sources)),
        cue=(_span(encoded, *cue),),
        content=tuple(_span(encoded, start, end) for start, end, _ in contents),
        score=round(score, 4),
    )


def _span(encoded: Encoded, first: int, end: int) -> Span:
    """Words to characters; a combining mark stays with its letter."""
    text, stop = encoded.text, int(encoded.tokens.ends[end - 1])
    while stop < len(text) and unicodedata.combining(text[stop]):
        stop += 1
    return Span(int(encoded.tokens.starts[first]), stop)
