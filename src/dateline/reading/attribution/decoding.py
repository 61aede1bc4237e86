"""Who says what: attributions as in PolNeAR (Newell et al., LREC 2018).

The encoder gives for each word (a) the probabilities of seven tags, B and I for source,
cue and content and O for the rest, and (b) two short vectors, one of the word as a part
of an attribution and one of the word as the anchor of one. An attribution is anchored
at the first word of its cue ("said"); every other word of it points to that anchor. So
sources and contents find their cue, and pieces of an interrupted content find each
other, by what was learned and not by which is nearest.
"""

from __future__ import annotations

import bisect
import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.model import Attribution, Span
from dateline.reading.attribution import pairing, surety
from dateline.reading.attribution.pairing import CONTENT, CUE, FEATURES, SOURCE
from dateline.reading.encoder import WEIGHTS, Encoded, encoder

Floats = npt.NDArray[np.float32]
Words = int | npt.NDArray[np.int64]

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
    surety: tuple[float, ...] = (1.0,) + (0.0,) * surety.FEATURES


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
    contents: list[tuple[int, int, float]] = field(default_factory=list)
    offered: list[tuple[int, int, pairing.Floats]] = field(default_factory=list)


def decode(encoded: Encoded, rules: Rules) -> tuple[Attribution, ...]:
    """The attributions in what the encoder gave for a text, by position of content."""
    made = (one for one, _ in decoded(encoded, rules) if (one.score or 0.0) >= rules.keep)
    return tuple(sorted(made, key=lambda one: (one.content, one.source, one.cue)))


def decoded(encoded: Encoded, rules: Rules) -> Iterator[tuple[Attribution, tuple[float, ...]]]:
    """All attributions, however unlikely, each with what its likelihood is judged by."""
    if not len(encoded.tokens):
        return
    tags = tag_shares(encoded, rules)
    spans = _spans(tags)
    groups = [_Group((start, end)) for role, start, end in spans if role == CUE]
    for role, start, end, near, rows in candidates(encoded, rules, tags, spans):
        if role == SOURCE:
            for cue, row in zip(near, rows, strict=True):
                groups[cue].offered.append((start, end, row))
            continue
        likely = pairing.shares(rows, rules.content_pairing)
        best = int(likely.argmax())
        if best < len(near):
            groups[near[best]].contents.append((start, end, float(likely[best])))
    for group in groups:
        if group.contents:
            yield _attribution(encoded, tags, rules, group)


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Who says what in ``text``: source, cue and content spans, by position of content.

    Spans are character offsets into the text as given. A role that was not found is
    empty; the content never is. ``score`` is the probability that the attribution is right.
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
_PIECE, _MARGIN = 32, 32  # words decoded together, and how far they look around


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
    best = np.empty((len(rows), pieces, len(TAGS)), dtype=np.float32)
    best[0] = padded[rows[0]]
    scores = padded[rows]
    ways = np.empty((pieces, len(TAGS), len(TAGS)), dtype=np.float32)
    for n in range(1, len(rows)):
        np.add(best[n - 1][:, :, None], steps, out=ways)
        np.maximum.reduce(ways, axis=1, out=best[n])
        best[n] += scores[n]
    path = np.empty((len(rows), pieces), dtype=np.int64)
    path[-1] = best[-1].argmax(axis=1)
    into = np.ascontiguousarray(steps.T)
    for n in range(len(rows) - 1, 0, -1):
        path[n - 1] = (best[n - 1] + into[path[n]]).argmax(axis=1)
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
    encoded: Encoded, rules: Rules, tags: Floats, spans: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, range, pairing.Floats]]:
    """For each source and content: role, first word, end, the cues near it (their places
    among the cues of ``spans``) and the features of each of those.
    """
    cues = np.array([(i, j) for role, i, j in spans if role == CUE], dtype=np.int64).reshape(-1, 2)
    around = pairing.Surroundings(encoded, spans)
    links = _Links(encoded, rules)
    sums_of = {role: _running(tags, role) for role in (SOURCE, CUE, CONTENT)}
    cue_sure = _mean(sums_of[CUE], cues[:, 0], cues[:, 1])
    # Words inside a source or a content are no cue, whatever links to them.
    free = np.ones(len(encoded.tokens), dtype=np.float32)
    for role, start, end in spans:
        free[start:end] = role == CUE
    cue_starts = cues[:, 0].tolist()
    held: list[_Offer] = []
    rows = 0
    for role, start, end in spans:
        if role == CUE:
            continue
        low, high = links.around(start, end)
        first, last = bisect.bisect_left(cue_starts, low), bisect.bisect_left(cue_starts, high)
        linked = np.zeros(0)
        if first < last:
            mass = links.of(start, end)
            mass *= free[low:high]
            sums = np.zeros(high - low + 1)
            np.cumsum(mass, dtype=np.float64, out=sums[1:])
            near = cues[first:last]
            ends = np.minimum(near[:, 1] - low, high - low)
            linked = np.maximum(sums[ends] - sums[near[:, 0] - low], 0.0)
        own = float(_mean(sums_of[role], start, end))
        held.append(_Offer(role, start, end, first, last, linked, own))
        rows += last - first
        if rows >= _TOGETHER:
            yield from _features(around, cues, cue_sure, held)
            held, rows = [], 0
    yield from _features(around, cues, cue_sure, held)


class _Offer(NamedTuple):
    """A source or content, the cues near it, how much each is linked, how sure its tags are."""

    role: int
    start: int
    end: int
    first: int
    last: int
    linked: npt.NDArray[np.float64]
    own: float


_TOGETHER = 4096  # candidates whose features are made at once


def _features(
    around: pairing.Surroundings,
    cues: npt.NDArray[np.int64],
    cue_sure: npt.NDArray[np.float64],
    offers: list[_Offer],
) -> Iterator[tuple[int, int, int, range, pairing.Floats]]:
    """The features of many spans, made in one go and given span by span."""
    sizes = np.array([one.last - one.first for one in offers], dtype=np.int64)
    bounds = np.append(0, np.cumsum(sizes))
    if bounds[-1]:
        near = np.concatenate([np.arange(one.first, one.last) for one in offers])
        linked = np.concatenate([one.linked for one in offers])
        filled = np.flatnonzero(sizes)
        rows = pairing.features(
            around,
            (
                np.repeat([one.start for one in offers], sizes),
                np.repeat([one.end for one in offers], sizes),
            ),
            cues[near, 0],
            cues[near, 1],
            linked,
            np.repeat(np.maximum.reduceat(linked, bounds[filled]), sizes[filled]),
            (np.repeat([one.own for one in offers], sizes), cue_sure[near]),
        )
    else:
        rows = np.zeros((0, FEATURES))
    for one, low, high in zip(offers, bounds.tolist(), bounds[1:].tolist(), strict=False):
        yield one.role, one.start, one.end, range(one.first, one.last), rows[low:high]


def _running(tags: Floats, role: int) -> npt.NDArray[np.float64]:
    """The probabilities of a role, summed up to each word."""
    return np.append(0.0, np.cumsum(tags[:, 2 * role - 1] + tags[:, 2 * role], dtype=np.float64))


def _mean(sums: npt.NDArray[np.float64], start: Words, end: Words) -> npt.NDArray[np.float64]:
    return np.asarray((sums[end] - sums[start]) / (end - start))


_AT_ONCE = 16_384  # words whose link vectors are held in single precision, 8 MB


class _Links:
    """How much each word of a text is the anchor of a span."""

    def __init__(self, encoded: Encoded, rules: Rules) -> None:
        self._reach, self._count = rules.reach, len(encoded.tokens)
        self._liking = _liking(rules.distances, rules.reach)
        self._parts, self._anchors = encoded.outputs["parts"], encoded.outputs["anchors"]
        if self._count <= _AT_ONCE:  # spans look at the same words again and again
            self._parts = self._parts.astype(np.float32)
            self._anchors = self._anchors.astype(np.float32)

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The words that may be the anchor of a span: the first, and the end."""
        return max(0, start - self._reach), min(self._count, end + self._reach)

    def of(self, start: int, end: int) -> Floats:
        """The share of each word around a span in the links of the span's words."""
        low, high = self.around(start, end)
        parts = self._parts[start:end].astype(np.float32, copy=False)
        anchors = self._anchors[low:high].astype(np.float32, copy=False)
        # One word further on in the span is one step less to each anchor: rows of one array.
        step = self._liking.itemsize
        steps = np.ndarray(
            (end - start, high - low),
            np.float32,
            self._liking,
            (len(self._liking) // 2 + low - start) * step,
            (-step, step),
        )
        logits = _products(parts, anchors)
        logits += steps
        shares: Floats = np.add.reduce(_softmax(logits), axis=0)
        shares /= end - start
        return shares


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


def _attribution(
    encoded: Encoded, tags: Floats, rules: Rules, group: _Group
) -> tuple[Attribution, tuple[float, ...]]:
    contents = sorted(group.contents)
    first, end = contents[0][0], contents[-1][1]
    source, choice = _source(rules, group)
    inside = np.concatenate([tags[start:stop, 5:7] for start, stop, _ in contents])
    row = surety.features(
        content=_mean_share(inside),
        end=1.0 - float(tags[end, 6]) if end < len(tags) else 1.0,
        tie=min(tie for *_, tie in contents),
        cue=_mean_share(tags[slice(*group.cue), 3:5]),
        source=_mean_share(tags[slice(*source), 1:3]) if source else None,
        choice=choice,
        pieces=len(contents),
        after=first >= group.cue[0],
        apart=first - group.cue[1] if first >= group.cue[1] else group.cue[0] - end,
    )
    return Attribution(
        source=(_span(encoded, *source),) if source else (),
        cue=(_span(encoded, *group.cue),),
        content=tuple(_span(encoded, start, stop) for start, stop, _ in contents),
        score=round(surety.likely(row, rules.surety), 4),
    ), row


def _mean_share(tags: Floats) -> float:
    """The mean over words of the summed columns; plain sums, since ``mean`` costs more."""
    return float(np.add.reduce(np.add.reduce(tags, axis=1)) / len(tags))


def _source(rules: Rules, group: _Group) -> tuple[tuple[int, int] | None, float]:
    """The source its cue fits best, if any, and how likely that choice is. A source may
    serve several cues ("she said ... and added ..."), an attribution has one at most.
    """
    if not group.offered:
        return None, 1.0
    likely = pairing.shares(np.stack([row for *_, row in group.offered]), rules.source_pairing)
    best = int(likely.argmax())
    chosen = group.offered[best][:2] if best < len(group.offered) else None
    return chosen, float(likely[best])


def _span(encoded: Encoded, first: int, end: int) -> Span:
    """Words to characters; a combining mark stays with its letter."""
    text, stop = encoded.text, int(encoded.tokens.ends[end - 1])
    while stop < len(text) and unicodedata.combining(text[stop]):
        stop += 1
    return Span(int(encoded.tokens.starts[first]), stop)
