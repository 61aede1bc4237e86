"""Near-duplicate texts: MinHash signatures, and their bands for locality-sensitive hashing.

Broder, "On the resemblance and containment of documents" (1997). The signatures are
made by ``rensa``, measured against ``datasketch`` in docs/linking.md.
"""

from __future__ import annotations

from collections.abc import Sequence

PERMUTATIONS = 64
BANDS = 8
"""Bands of eight values: texts with nine tenths of their shingles in common meet with
probability 0.99, with half of them 0.03."""

_SEED = 1
_FEWEST = 12  # shingles; of shorter texts a high similarity means little


def signature(shingles: Sequence[str]) -> tuple[int, ...]:
    """64 numbers of 32 bits; nothing for a text too short to compare."""
    from rensa import RMinHash

    if len(shingles) < _FEWEST:
        return ()
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update(list(shingles))
    return tuple(minhash.digest())


def similarity(one: Sequence[int], other: Sequence[int]) -> float | None:
    """The estimated share of shingles two texts have in common; None where unknown."""
    if not one or not other:
        return None
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def bands(signature: Sequence[int]) -> list[tuple[int, ...]]:
    """The pieces of a signature of which near-duplicates share at least one."""
    if not signature:
        return []
    size = PERMUTATIONS // BANDS
    return [tuple(signature[i * size : (i + 1) * size]) for i in range(BANDS)]
