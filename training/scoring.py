"""PolNeAR scores of decoded attributions.

The same figures as the project's scorer: whitespace tokens; an attribution is right if
its content's hull has token IoU of at least 0.5 with a gold content's and the sources
share a character or are both missing; matching is greedy and one to one.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence

from training.polnear import Attribution as Gold

Piece = tuple[int, int]
METRICS = ("content tokens", "source tokens", "attribution", "content only")


class Words:
    def __init__(self, text: str) -> None:
        found = [match.span() for match in re.finditer(r"\S+", text)]
        self.starts, self.ends = [s for s, _ in found], [e for _, e in found]

    def of(self, pieces: Iterable[Piece]) -> set[int]:
        out: set[int] = set()
        for start, end in pieces:
            out.update(
                range(bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end))
            )
        return out


def hull(pieces: Sequence[Piece]) -> Piece:
    return (min(start for start, _ in pieces), max(end for _, end in pieces))


def touch(a: Sequence[Piece], b: Sequence[Piece]) -> bool:
    return any(s < e2 and s2 < e for s, e in a for s2, e2 in b)


def _greedy(pairs: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    golds: set[int] = set()
    ours: set[int] = set()
    matched = []
    for _, g, p in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if g not in golds and p not in ours:
            golds.add(g)
            ours.add(p)
            matched.append((g, p))
    return matched


def count(text: str, gold: Sequence[Gold], found: Sequence) -> dict[str, list[int]]:
    """{metric: [right, found, gold]} for one text."""
    words = Words(text)
    counts = {}
    for role in ("content", "source"):
        g = words.of(piece for one in gold for piece in getattr(one, role))
        p = words.of(piece for one in found for piece in getattr(one, role))
        counts[f"{role} tokens"] = [len(g & p), len(p), len(g)]
    gold = [one for one in gold if one.content]
    both, content = pairs(words, gold, found)
    for metric, candidates in (("attribution", both), ("content only", content)):
        counts[metric] = [len(_greedy(candidates)), len(found), len(gold)]
    return counts


def pairs(words: Words, gold: Sequence[Gold], found: Sequence) -> tuple[list, list]:
    """Candidate matches (IoU, gold, found) with and without the source condition."""
    gold_sets = [words.of([hull(one.content)]) for one in gold]
    found_sets = [words.of([hull(one.content)]) for one in found]
    both, content = [], []
    for g, gold_set in enumerate(gold_sets):
        for p, found_set in enumerate(found_sets):
            shared = len(gold_set & found_set)
            iou = shared / (len(gold_set) + len(found_set) - shared) if shared else 0.0
            if iou >= 0.5:
                content.append((iou, g, p))
                a, b = gold[g].source, found[p].source
                if touch(a, b) or (not a and not b):
                    both.append((iou, g, p))
    return both, content


def match(words: Words, gold: Sequence[Gold], found: Sequence) -> list[tuple[int, int]]:
    """The (gold, found) pairs that count as right."""
    return _greedy(pairs(words, gold, found)[0])


def f1(right: int, found: int, gold: int) -> float:
    return 200.0 * right / (found + gold) if found + gold else 0.0


def total(counts: Iterable[dict[str, list[int]]]) -> dict[str, dict[str, float]]:
    """Micro-averages over texts: {metric: {"p", "r", "f1"}} in per cent."""
    sums = {metric: [0, 0, 0] for metric in METRICS}
    for one in counts:
        for metric in METRICS:
            sums[metric] = [a + b for a, b in zip(sums[metric], one[metric], strict=True)]
    return {
        metric: {
            "p": round(100.0 * right / max(found, 1), 2),
            "r": round(100.0 * right / max(gold, 1), 2),
            "f1": round(f1(right, found, gold), 2),
        }
        for metric, (right, found, gold) in sums.items()
    }
