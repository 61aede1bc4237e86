"""Write the messages of the development set as benchmarks/muc/neighbours.py reads them.

python -m training.muc_neighbours --corpus DEV --scorer TOOLS --out DATA/neighbours.npz
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from benchmarks.muc.candidates import KINDS, SLOTS
from benchmarks.muc.classes import SLOT
from benchmarks.muc.known import mark_of
from benchmarks.muc.messages import read_messages
from benchmarks.muc.neighbours import terms_of
from benchmarks.muc.spans import key_of, spans_of, words_of

from dateline.reading.encoder import tokenize
from training.muc_data import keys_in, kind_of

LEAST, MOST = 2, 0.5  # messages a word is in, at least and as a share of all
KEPT = 80  # words of a message


def table_of(messages, keys) -> dict[str, np.ndarray]:
    """The arrays of ``Neighbours``."""
    said = [terms_of(words_of(one.text, tokenize(one.text))) for one in messages]
    counts = Counter(term for terms in said for term in terms)
    rare = {
        term: 1 + math.log(len(said) / n)
        for term, n in counts.items()
        if LEAST <= n <= MOST * len(said)
    }
    words = np.array(sorted(rare), dtype=np.uint32)
    index = {int(term): n for n, term in enumerate(words)}
    columns, weights, ends, told = [], [], [], []
    for message, terms in zip(messages, said, strict=True):
        row = {t: (1 + math.log(n)) * rare[t] for t, n in terms.items() if t in rare}
        size = math.sqrt(sum(one * one for one in row.values())) or 1.0
        kept = sorted(row, key=lambda t: (-row[t], t))[:KEPT]
        kept = kept or [int(words[0])]
        columns += [index[t] for t in kept]
        weights += [row.get(t, 0.0) / size for t in kept]
        ends.append(len(columns))
        own = {kind_of(key) for key in keys[message.id] if not key.optional}
        told.append([*(kind in own for kind in KINDS[:4]), bool(own)])
    return {
        "words": words,
        "rare": np.array([rare[int(t)] for t in words], dtype=np.float16),
        "columns": np.array(columns, dtype=np.uint16),
        "weights": np.array(weights, dtype=np.float16),
        "ends": np.array(ends, dtype=np.int32),
        "numbers": np.array([int(one.id[-4:]) for one in messages], dtype=np.int16),
        "told": np.array(told, dtype=bool),
    }


def strings_of(messages, keys) -> dict[str, np.ndarray]:
    """The arrays of ``Known``."""
    filled = defaultdict(dict)
    for message in messages:
        for bit, role in enumerate(SLOTS):
            for key in keys[message.id]:
                for fill in key.fillers[SLOT[role]]:
                    for value, _ in fill.options:
                        words = words_of(value, tokenize(value))
                        if words:
                            own = filled[mark_of(key_of(words))]
                            own[message.id] = own.get(message.id, 0) | 1 << bit
    for message in messages:
        words = words_of(message.text, tokenize(message.text))
        for mark in {mark_of(key_of(words[a:b])) for a, b in spans_of(words)}:
            if mark in filled:
                filled[mark].setdefault(message.id, 0)
    strings = sorted(filled)
    rows = [
        sorted((int(name[-4:]), slots) for name, slots in filled[one].items()) for one in strings
    ]
    every = [pair for own in rows for pair in own]
    return {
        "strings": np.array(strings, dtype=np.uint32),
        "ends": np.cumsum([len(own) for own in rows]).astype(np.int32),
        "numbers": np.array([number for number, _ in every], dtype=np.int16),
        "slots": np.array([slots for _, slots in every], dtype=np.uint8),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_muc.py")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sys.path.insert(0, str(options.scorer))
    import score_muc

    keys = keys_in(options.corpus, score_muc)
    messages = [m for path in sorted(options.corpus.glob("dev-muc*")) for m in read_messages(path)]
    np.savez_compressed(options.out / "neighbours.npz", **table_of(messages, keys))
    np.savez_compressed(options.out / "known.npz", **strings_of(messages, keys))


if __name__ == "__main__":
    main()
