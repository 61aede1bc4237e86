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
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.model import Attribution, Span
from dateline.reading.attribution import pairing
from dateline.reading.attribution.pairing import CUE, FEATURES, SOURCE
from dateline.reading.encoder import WEIGHTS, Encoded, encoder

Floats = npt.NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What decoding needs besides the graph; ``attribution.json`` beside the weights.

    ``distances`` is the learned liking of a link for each step of ``bucket``. The other
    numbers were tuned on held-out training texts by ``training.tune``.
    """

    distances: tuple[float, ...]
    reach: int = 160
    outside: float = 0.0
    keep: float = 0.0
    source_pairing: tuple[float, ...] = (1.0,) + (0.0,) * FEATURES
    content_pairing: tuple[float, ...] = (1.0,) + (0.0,) * FEATURES


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
    """An attribution being put together around its cue."""

    cue: tuple[int, int]
    sure: float
    contents: list[tuple[int, int, float]] = field(default_factory=list)
    offered: list[tuple[int, int, pairing.Floats]] = field(default_factory=list)


def decode(encoded: Encoded, rules: Rules) -> tuple[Attribution, ...]:
    """The attributions in what the encoder gave for a text, by position of content."""
    if not len(encoded.tokens):
        return ()
    tags = tag_shares(encoded, rules)
    spans = _spans(tags)
    cues = [(start, end) for role, start, end in spans if role == CUE]
    groups = [_Group(cue, float(tags[slice(*cue), 3:5].sum(1).mean())) for cue in cues]
    for role, start, end, near, rows in candidates(encoded, rules, spans):
        if role == SOURCE:
            for cue, row in zip(near, rows, strict=True):
                groups[cue].offered.append((start, end, row))
            continue
        likely = pairing.shares(rows, rules.content_pairing)
        best = int(likely.argmax())
        if best < len(near):
            groups[near[best]].contents.append((start, end, float(likely[best])))
    made = (_attribution(encoded, tags, rules, group) for group in groups if group.contents)
    kept = [one for one in made if (one.score or 0.0) >= rules.keep]
    return tuple(sorted(kept, key=lambda one: (one.content, one.source, one.cue)))


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Who says what in ``text``: source, cue and content spans, by position of content.

    Spans are character offsets into the text as given. A role that was not found is
    empty; the content never is. ``score`` is between 0 and 1, higher is surer.
    """
    return decode(encoder().read(text), rules())


def tag_shares(encoded: Encoded, rules: Rules) -> Floats:
    """The probability of each of TAGS for each word."""
    bias = np.array([rules.outside, 0, 0, 0, 0, 0, 0], dtype=np.float32)
    return _softmax(encoded.outputs["roles"].astype(np.float32) + bias)


def _softmax(logits: Floats) -> Floats:
    shares: Floats = logits - logits.max(axis=-1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


# Words of one span. Links cost its square, and no speech in the news runs on so long
# without a break; text of one word over and over does.
_LONGEST = 1024
_PIECE, _MARGIN = 128, 32  # words decoded together, and how far they look around


def _best_tags(tags: Floats) -> npt.NDArray[np.int64]:
    """The likeliest tags in which every I follows a B or I of its role (Viterbi).

    The text is cut into pieces that look _MARGIN words around themselves, all decoded
    at once: paths merge well within that, and no loop goes over the words of a text.
    """
    count = len(tags)
    pieces = -(-count // _PIECE)
    padded = np.zeros((pieces * _PIECE + 2 * _MARGIN, len(TAGS)), dtype=np.float32)
    padded[:, 1:] = -50.0  # outside the text there is only O
    padded[_MARGIN : _MARGIN + count] = np.log(tags + 1e-9)
    rows = np.arange(_PIECE + 2 * _MARGIN)[:, None] + np.arange(pieces)[None, :] * _PIECE
    steps = np.full((len(TAGS), len(TAGS)), 0.0, dtype=np.float32)
    for inside in (2, 4, 6):
        steps[:, inside] = -100.0
        steps[[inside - 1, inside], inside] = 0.0
    # Scores first, word by word; which step gave each is then found for all words at once.
    best = np.empty((len(rows), pieces, len(TAGS)), dtype=np.float32)
    best[0] = padded[rows[0]]
    scores = padded[rows]
    for n in range(1, len(rows)):
        np.add((best[n - 1][:, :, None] + steps).max(axis=1), scores[n], out=best[n])
    came = (best[:-1, :, :, None] + steps).argmax(axis=2)
    path = np.empty((len(rows), pieces), dtype=np.int64)
    path[-1] = best[-1].argmax(axis=1)
    every = np.arange(pieces)
    for n in range(len(rows) - 1, 0, -1):
        path[n - 1] = came[n - 1, every, path[n]]
    return path[_MARGIN : _MARGIN + _PIECE].T.reshape(-1)[:count]


def _spans(tags: Floats) -> list[tuple[int, int, int]]:
    """(role, first word, end) of each span, in text order."""
    best = _best_tags(tags)
    roles = (best + 1) // 2
    opens = (best % 2 == 1) | (np.diff(roles, prepend=0) != 0) | (roles == 0)
    edges = np.append(np.flatnonzero(opens), len(roles))
    wanted = np.flatnonzero(roles[edges[:-1]] != 0)
    return [
        (int(roles[edges[k]]), start, min(start + _LONGEST, int(edges[k + 1])))
        for k in wanted
        for start in range(int(edges[k]), int(edges[k + 1]), _LONGEST)
    ]


def candidates(
    encoded: Encoded, rules: Rules, spans: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, range, pairing.Floats]]:
    """For each source and content: role, first word, end, the cues near it (their places
    among the cues of ``spans``) and the features of each of those.
    """
    cues = np.array([(i, j) for role, i, j in spans if role == CUE], dtype=np.int64).reshape(-1, 2)
    around = pairing.Surroundings(encoded, spans)
    # Words inside a source or a content are no cue, whatever links to them.
    free = np.ones(len(encoded.tokens), dtype=bool)
    for role, start, end in spans:
        free[start:end] = role == CUE
    for role, start, end in spans:
        if role == CUE:
            continue
        low, mass = _link(encoded, rules, start, end)
        mass = mass * free[low : low + len(mass)]
        first, last = np.searchsorted(cues[:, 0], (low, low + len(mass)))
        near = cues[first:last]
        sums = np.append(0.0, np.cumsum(mass, dtype=np.float64))
        ends = np.minimum(near[:, 1] - low, len(mass))
        linked = np.maximum(sums[ends] - sums[near[:, 0] - low], 0.0)
        rows = pairing.features(around, start, end, near[:, 0], near[:, 1], linked)
        yield role, start, end, range(int(first), int(last)), rows


def _link(encoded: Encoded, rules: Rules, start: int, end: int) -> tuple[int, Floats]:
    """How much each word near the span is its anchor: first word looked at, and shares."""
    low, high = max(0, start - rules.reach), min(len(encoded.tokens), end + rules.reach)
    parts = encoded.outputs["parts"][start:end].astype(np.float32)
    anchors = encoded.outputs["anchors"][low:high].astype(np.float32)
    liking = _liking(rules.distances, rules.reach)
    # One word further on in the span is one step less to each anchor: rows of one array.
    steps = np.lib.stride_tricks.as_strided(
        liking[len(liking) // 2 + low - start :],
        (end - start, high - low),
        (-liking.itemsize, liking.itemsize),
        writeable=False,
    )
    logits = _products(parts, anchors)
    logits += steps
    return low, _softmax(logits).mean(axis=0)


@functools.lru_cache(maxsize=4)
def _liking(distances: tuple[float, ...], reach: int) -> Floats:
    """The liking of a link for every distance that can occur, the middle being none."""
    furthest = reach + _LONGEST
    return np.asarray(distances, dtype=np.float32)[bucket(np.arange(-furthest, furthest + 1))]


# Multiplications done at once. Above some hundred thousand a BLAS wakes threads of its
# own: they cost more than they give, and the last bits would depend on their number.
_PRODUCTS = 200_000


def _products(parts: Floats, anchors: Floats) -> Floats:
    """The scalar product of every part with every anchor."""
    rows = max(1, _PRODUCTS // max(1, anchors.size))
    if len(parts) <= rows:
        return parts @ anchors.T
    return np.concatenate([parts[k : k + rows] @ anchors.T for k in range(0, len(parts), rows)])


def _attribution(encoded: Encoded, tags: Floats, rules: Rules, group: _Group) -> Attribution:
    contents = sorted(group.contents)
    length = sum(end - start for start, end, _ in contents)
    sure = sum(float(tags[start:end, 5:7].sum()) for start, end, _ in contents) / length
    tied = sum((end - start) * link for start, end, link in contents) / length
    return Attribution(
        source=tuple(_span(encoded, start, end) for start, end in _source(rules, group)),
        cue=(_span(encoded, *group.cue),),
        content=tuple(_span(encoded, start, end) for start, end, _ in contents),
        score=round(sure * tied * group.sure, 4),
    )


def _source(rules: Rules, group: _Group) -> list[tuple[int, int]]:
    """The source its cue fits best, if any. A source may serve several cues ("she said
    ... and added ..."), an attribution has one source at most.
    """
    if not group.offered:
        return []
    likely = pairing.shares(np.stack([row for *_, row in group.offered]), rules.source_pairing)
    best = int(likely.argmax())
    return [group.offered[best][:2]] if best < len(group.offered) else []


def _span(encoded: Encoded, first: int, end: int) -> Span:
    """Words to characters; a combining mark stays with its letter."""
    text, stop = encoded.text, int(encoded.tokens.ends[end - 1])
    while stop < len(text) and unicodedata.combining(text[stop]):
        stop += 1
    return Span(int(encoded.tokens.starts[first]), stop)
