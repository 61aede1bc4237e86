"""Whether a message tells of a relevant incident of a type: features of the whole message."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from benchmarks.muc.features import relations, signs, stem, trigger
from benchmarks.muc.phrases import Phrase, Sentence


def features(sentences: Sequence[Sentence], phrases: Sequence[Phrase]) -> list[str]:
    """The features of one message, each once; counts are binned."""
    found: set[str] = {"bias"}
    counts: Counter[str] = Counter()
    for sentence in sentences:
        words = sentence.texts
        here = signs(sentence)
        for i, word in enumerate(words):
            if not word[0].isalpha():
                continue
            found.add("w " + stem(word))
            if sentence.index < 2:
                found.add("l " + stem(word))
            if trigger(word):
                around = words[max(0, i - 1) : i + 2]
                found.add("t " + " ".join(around))
                found.update(f"p {a} {b}" for a, b in itertools.pairwise(around))
                if i and sentence.tags[i - 1] in ("VD", "VZ", "VP", "MD"):
                    found.add(f"v {words[i - 1]} {stem(word)}")
        for kind in here.types:
            counts[kind] += 1
            if sentence.index < 2:
                found.add("lt " + kind)
    for phrase in phrases:
        for relation in relations(phrase):
            if relation.split(" ")[0] in ("o", "sp", "ot", "spt", "sptTrue", "by"):
                found.add("r " + relation)
                found.add(f"r {relation} {phrase.sentence.tags[phrase.head]}")
                found.add(f"r {relation} {phrase.sentence.words[phrase.head].text}")
    for kind, count in counts.items():
        found.add(f"c {kind} {min(count, 6)}")
        found.add(f"s {kind} {min(10 * count // max(1, len(sentences)), 6)}")
    found.add(f"n {min(len(sentences) // 5, 8)}")
    return sorted(found)
