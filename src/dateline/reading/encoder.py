"""One pass of a small language model over a text, shared by every learned head.

The model is a six-layer BERT (all-MiniLM-L6-v2, fine-tuned by ``training/``) in one
ONNX graph with int8 weights. The graph takes one window of subword ids and gives, for
each subword, the outputs of all heads; a head's own module (``attribution.py``) turns
its outputs into nouns and knows nothing about windows.

Windows are run one at a time, on purpose: dynamic int8 quantisation scales activations
over the whole tensor, so in a batch the figures of one text would depend on its batch
mates. One window a call also means no padding.
"""

from __future__ import annotations

import functools
import itertools
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from dateline.errors import ReadingError

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights")
MODEL_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"

WINDOW = 254
"""Subwords in a window, without [CLS] and [SEP]; the heads are trained on this size."""
STRIDE = 222
"""Subwords between window starts, at most. So little overlap is enough because windows
take over from each other between paragraphs or sentences (``windows``): on PolNeAR dev
that gives attribution F1 69.8 with 422 windows, where a stride of 190 and borders in the
middle gave 68.6 with 469."""

_MARGIN = 4
"""Subwords that a window sees at least beyond what it owns, except at the ends."""

_BREAK = re.compile(r"(?P<stop>[.!?…\"”»][\"'”’»)\]]*)?(?P<space>\s+)")

_CLS, _SEP = 101, 102  # in the vocabulary of bert-base-uncased
_NARROW = 16  # wider outputs are kept in half precision: a million words fit in memory
_CHUNK = 50_000  # characters tokenised at once; the tokenizer's objects are large


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as subwords and as words (a word is a run of letters or one sign).

    ``ids`` has one entry a subword; ``first``, ``starts`` and ``ends`` one a word: the
    index of its first subword and its character offsets.
    """

    ids: Ints
    first: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text, its words, and each head's output, one row a word."""

    text: str
    tokens: Tokens
    outputs: Mapping[str, npt.NDArray[np.floating[Any]]]


@functools.cache
def _tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Cut at white space, which always ends a word, so that a cut changes nothing.

    Text with no white space for _CHUNK characters is cut where it stands.
    """
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            cut = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end


def tokenize(text: str, path: Path | None = None) -> Tokens:
    """The words and subwords of ``text``, with offsets into it as it stands.

    Lone surrogates, which cannot be encoded as UTF-8, are read as unknown signs.
    """
    tokenizer = _tokenizer(path or WEIGHTS / TOKENIZER_FILE)
    ids, first, starts, ends = [], [], [], []
    seen = 0
    for base, chunk in _chunks(text):
        clean = chunk.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if len(clean) != len(chunk):  # a pair of surrogates that stood apart was joined
            clean = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in chunk)
        encoding = tokenizer.encode(clean, add_special_tokens=False)
        if not encoding.ids:
            continue
        words = np.asarray(encoding.word_ids, dtype=np.int32)
        flat = itertools.chain.from_iterable(encoding.offsets)
        offsets = np.fromiter(flat, dtype=np.int32, count=2 * len(words)).reshape(-1, 2)
        opens = np.flatnonzero(np.diff(words, prepend=-1)).astype(np.int32)
        closes = np.append(opens[1:], len(words)) - 1
        ids.append(np.asarray(encoding.ids, dtype=np.int32))
        first.append(opens + np.int32(seen))
        starts.append(offsets[opens, 0] + np.int32(base))
        ends.append(offsets[closes, 1] + np.int32(base))
        seen += len(words)
    return Tokens(*(_join(parts) for parts in (ids, first, starts, ends)))


def _join(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def plan(length: int, size: int = WINDOW, stride: int = STRIDE) -> list[tuple[int, int, int, int]]:
    """Windows over ``length`` subwords: (start, end, first owned, end of owned).

    All windows are full (but for a text shorter than one) and evenly spread; a subword
    is owned by the window in whose middle it stands most.
    """
    if length <= size:
        return [(0, length, 0, length)] if length else []
    count = -(-(length - size) // stride) + 1
    starts = [round(k * (length - size) / (count - 1)) for k in range(count)]
    borders = [0, *((a + size + b) // 2 for a, b in itertools.pairwise(starts)), length]
    return [(s, s + size, borders[k], borders[k + 1]) for k, s in enumerate(starts)]


def windows(text: str, tokens: Tokens) -> list[tuple[int, int, int, int]]:
    """The windows of :func:`plan`, each owning whole paragraphs or sentences if it can.

    Where two windows overlap, the later one takes over at the end of a line, nearest to the
    middle, else at the nearest end of a sentence, else in the middle: an attribution
    is then read in one piece by one window, and not half by each.
    """
    planned = plan(len(tokens.ids))
    inner = [_border(text, tokens, b[0], a[1]) for a, b in itertools.pairwise(planned)]
    borders = [0, *inner, len(tokens.ids)]
    return [(s, e, borders[k], borders[k + 1]) for k, (s, e, _, _) in enumerate(planned)]


def _border(text: str, tokens: Tokens, low: int, high: int) -> int:
    """Where the later of two windows that share subwords ``low`` to ``high`` takes over."""
    middle = (low + high) // 2
    first, last = np.searchsorted(tokens.first, (low + _MARGIN, high - _MARGIN))
    if first >= last:
        return middle
    found = []
    begin, end = int(tokens.ends[max(first - 1, 0)]) - 1, int(tokens.starts[last - 1])
    for match in _BREAK.finditer(text, begin, end):
        word = int(np.searchsorted(tokens.starts, match.end()))
        place = int(tokens.first[word])
        line, stop = "\n" in match["space"], match["stop"] is not None
        if (line or stop) and first <= word < last:
            found.append((not line, not stop, abs(place - middle), place))
    return min(found)[-1] if found else middle


class Encoder:
    """The model in one process. Thread-safe; results do not depend on earlier calls."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        model = folder / MODEL_FILE
        if not model.is_file():
            raise ReadingError(
                "the weights of the reader are missing",
                where=str(model),
                hint="install the wheel, or train them: python -m training.train",
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model),
            options,
            providers=["CPUExecutionProvider"],
            # The fused operator sums in a loop that no compiler vectorises; a graph that
            # spells it out as two additions and a norm runs a seventh faster as it is.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
        self._names = [output.name for output in self._session.get_outputs()]
        self._tokenizer = folder / TOKENIZER_FILE

    def read(self, text: str) -> Encoded:
        """Every head's output for every word of ``text``."""
        tokens = tokenize(text, self._tokenizer)
        outputs: dict[str, npt.NDArray[np.floating[Any]]] = {}
        for start, end, own, own_end in windows(text, tokens):
            window = np.empty((1, end - start + 2), dtype=np.int32)
            window[0, 0], window[0, -1] = _CLS, _SEP
            window[0, 1:-1] = tokens.ids[start:end]
            low, high = np.searchsorted(tokens.first, (own, own_end))
            rows = tokens.first[low:high] - (start - 1)
            results = self._session.run(self._names, {"ids": window})
            for name, result in zip(self._names, results, strict=True):
                if name not in outputs:
                    size = result.shape[-1]
                    kind = np.float16 if size > _NARROW else np.float32
                    outputs[name] = np.empty((len(tokens), size), dtype=kind)
                outputs[name][low:high] = result[0, rows]
        return Encoded(text, tokens, outputs)


_lock = threading.Lock()


@functools.cache
def _load(process: int, threads: int) -> Encoder:
    return Encoder(threads=threads)


def encoder(threads: int = 1) -> Encoder:
    """The encoder of this process, loaded at the first call.

    ``threads`` is the number of threads one text may use; leave it at 1 where several
    processes read side by side.
    """
    with _lock:
        return _load(os.getpid(), threads)
