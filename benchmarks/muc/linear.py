"""What the linear models of words and neighbours say of a span, beside the span model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.muc import relevance
from benchmarks.muc.features import features, signs
from benchmarks.muc.fills import head_of
from benchmarks.muc.marked import Marked, Span
from benchmarks.muc.model import Model, probability
from benchmarks.muc.phrases import Phrase, phrases_of, sentences_of

LINEAR = ("hum", "phys", "perp", "org", "inst")
KIND = {"name": "name", "org": "body"}  # of phrase; others are nouns
UNSEEN = -9.0


def logit(chance: float) -> float:
    """Log odds, within what a tree need tell apart."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


class Linear:
    """The linear models over one message."""

    def __init__(self, marked: Marked, model: Model) -> None:
        self._marked = marked
        self._model = model
        self.sentences = sentences_of(marked.message.text)
        self._types = [signs(sentence).types for sentence in self.sentences]
        self._starts = [sentence.words[0].start for sentence in self.sentences]
        phrases = [p for sentence in self.sentences for p in phrases_of(sentence)]
        about = relevance.features(self.sentences, phrases)
        self.about = {k: probability(w, about) for k, w in sorted(model.relevance.items())}
        self._seen: dict[tuple[int, str, str], dict[str, float]] = {}

    def phrase(self, span: Span, slot: str) -> Phrase | None:
        """A span as a phrase of its tagged sentence; none in a dateline."""
        tokens = self._marked.tokens
        start, end = int(tokens.starts[span.first]), int(tokens.ends[span.end - 1])
        at = int(np.searchsorted(self._starts, start, "right")) - 1
        if at < 0:
            return None
        sentence = self.sentences[at]
        rows = [n for n, w in enumerate(sentence.words) if w.end > start and w.start < end]
        if not rows:
            return None
        texts = sentence.texts[rows[0] : rows[-1] + 1]
        head = rows[0] + texts.index(head_of(texts))
        return Phrase(sentence, rows[0], rows[-1] + 1, head, KIND.get(slot, "noun"))

    def chances(self, span: Span, slot: str, kind: str) -> Mapping[str, float]:
        """The chance of a span to fill each kind of slot of an incident of a type."""
        key = (span.row, KIND.get(slot, "noun"), kind)
        if key not in self._seen:
            phrase = self.phrase(span, slot)
            self._seen[key] = (
                self._model.slot_chances(features(phrase, kind, self._types)) if phrase else {}
            )
        return self._seen[key]

    def numbers(self, spans: Sequence[Span], slot: str, kind: str) -> list[float]:
        """Log odds by kind of slot: of each the most that a span has."""
        told = [self.chances(span, slot, kind) for span in spans]
        return [max(logit(one.get(name, 0.0)) for one in told) for name in LINEAR]

    def classes(self, name: str, seen: Sequence[str]) -> dict[str, float]:
        """The chance of each class of a set fill against the rest."""
        table = self._model.attributes.get(name, {})
        return {label: probability(weights, seen) for label, weights in table.items()}

    def seen(self, span: Span, slot: str, kind: str) -> list[str]:
        """The features of a span for an incident of a type."""
        phrase = self.phrase(span, slot)
        return features(phrase, kind, self._types) if phrase else []
