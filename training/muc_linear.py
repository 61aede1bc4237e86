"""Train the linear models of benchmarks/muc4.py on the MUC-4 development set.

    python -m training.muc_linear --corpus ../shared/corpora/muc/dev --scorer ../shared/tools \
        [--folds OUT_DIR] [--out benchmarks/muc/data/model.json]

Needs scikit-learn; the benchmark itself does not. With --folds also one model for each of three
folds (of whole key files), which has not seen its fold. The part-of-speech weights
(data/tagger.json) are kept as they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.muc import features, relevance
from benchmarks.muc.messages import read_messages
from benchmarks.muc.phrases import Phrase, phrases_of, sentences_of
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

FOLDS = 3
SLOTS = {"hum": (18, 19), "phys": (12,), "perp": (9,), "org": (10,), "inst": (6,)}
KINDS = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "ANY")
CORRECT = 2  # grade of the scorer


class Row(NamedTuple):
    """One phrase for one type of incident its message has, with its grade by slot."""

    message: str
    kind: str
    phrase: Phrase
    features: list[str]
    grades: dict[str, int]


def fold(message: str) -> int:
    """Messages of one key file (a hundred in a row, often of the same days) stay together."""
    return (int(message[-4:]) - 1) // 100 % FOLDS


def vocabulary(lists, least):
    counts = Counter(one for found in lists for one in set(found))
    return {one: n for n, one in enumerate(sorted(k for k, v in counts.items() if v >= least))}


def matrix(lists, index):
    columns, ends = [], [0]
    for found in lists:
        columns += sorted({index[one] for one in found if one in index})
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(lists), len(index)))


def fit(table, wanted, strength):
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=100, tol=1e-3)
    return model.fit(table, wanted)


def weights(model, index, least):
    found = {
        one: round(float(model.coef_[0][n]), 2)
        for one, n in index.items()
        if abs(model.coef_[0][n]) >= least
    }
    found["*"] = round(float(model.intercept_[0]), 2)
    return found


class Corpus:
    """The development set: keys by message, rows of phrases, features of messages."""

    def __init__(self, folder: Path, scorer) -> None:
        self.scorer = scorer
        self.keys = defaultdict(list)
        for path in sorted(folder.glob("key*")):
            for key in scorer.parse_templates(path.read_text(encoding="latin-1"), True)[0]:
                self.keys[key.message_id].append(key)
        self.ids, self.about, self.rows = [], [], []
        for path in sorted(folder.glob("dev-muc*")):
            for message in read_messages(path):
                self._add(message)

    def of(self, message: str, kind: str):
        return [k for k in self.keys[message] if kind in ("ANY", k.fillers[4][0].options[0][0])]

    def _add(self, message) -> None:
        sentences = sentences_of(message.text)
        phrases = [p for sentence in sentences for p in phrases_of(sentence)]
        self.ids.append(message.id)
        self.about.append(relevance.features(sentences, phrases))
        types = [features.signs(sentence).types for sentence in sentences]
        for kind in sorted({k.fillers[4][0].options[0][0] for k in self.of(message.id, "ANY")}):
            for phrase in phrases:
                grades = {slot: self._grade(message.id, kind, phrase, slot) for slot in SLOTS}
                seen = features.features(phrase, kind, types)
                self.rows.append(Row(message.id, kind, phrase, seen, grades))

    def _grade(self, message: str, kind: str, phrase: Phrase, slot: str) -> int:
        if phrase.kind == "name" and slot in ("org", "phys", "inst"):
            return 0
        return max(
            (
                self.scorer.grade_string(n, " ".join(phrase.texts), value, False)
                for key in self.of(message, kind)
                for n in SLOTS[slot]
                if slot != "hum" or (n == 18) == (phrase.kind == "name")
                for fill in key.fillers[n]
                for value, _ in fill.options
            ),
            default=0,
        )

    def filled(self, row: Row, slot: int):
        """The key and the fill a phrase is right for."""
        for key in self.of(row.message, row.kind):
            for fill in key.fillers[slot]:
                for value, tags in fill.options:
                    grade = self.scorer.grade_string(slot, " ".join(row.phrase.texts), value, False)
                    if grade == CORRECT:
                        return key, tags[0] if slot == 19 and tags else value
        return None

    def tagged(self, found, value: str) -> str:
        """The set fill that quotes a string; "-" without one."""
        wanted = self.scorer.essential(value)
        for fill in found:
            for label, tags in fill.options:
                if any(self.scorer.essential(tag) == wanted for tag in tags):
                    return label
        return "-"

    def attributes(self):
        """(message, features, label) by attribute."""
        found = defaultdict(list)

        for row in self.rows:
            for slot, number, parts in (
                ("hum", 18 if row.phrase.kind == "name" else 19, ("hum_effect",)),
                ("phys", 12, ("phys_effect",)),
                ("org", 10, ("confidence",)),
            ):
                told = self.filled(row, number) if row.grades[slot] == CORRECT else None
                if told is None:
                    continue
                key, value = told
                for part in parts:
                    target = {"hum_effect": 23, "phys_effect": 16, "confidence": 11}[part]
                    label = self.tagged(key.fillers[target], value)
                    found[part].append((row.message, row.features, label))
        return found


def train(corpus: Corpus, folds, table, index, attributes, without: int):
    """The models learnt from all folds but one (none where ``without`` is no fold)."""
    made = {"slots": {}, "relevance": {}, "attributes": {}}
    for slot in SLOTS:
        grades = np.array([row.grades[slot] for row in corpus.rows])
        use = (folds != without) & (grades != 1)
        made["slots"][slot] = weights(fit(table[use], grades[use] == CORRECT, 0.1), index, 0.05)
    about = vocabulary(corpus.about, 4)
    wide = matrix(corpus.about, about)
    for kind in KINDS:
        wanted = np.array([any(not k.optional for k in corpus.of(i, kind)) for i in corpus.ids])
        use = np.array(
            [bool(w) or not corpus.of(i, kind) for w, i in zip(wanted, corpus.ids, strict=True)]
        )
        use &= np.array([fold(i) != without for i in corpus.ids])
        made["relevance"][kind] = weights(fit(wide[use], wanted[use], 0.03), about, 0.02)
    for name, examples in attributes.items():
        told = [one for one in examples if fold(one[0]) != without]
        own = vocabulary([one[1] for one in told], 2)
        narrow = matrix([one[1] for one in told], own)
        made["attributes"][name] = {
            label: weights(fit(narrow, np.array([o[2] == label for o in told]), 0.2), own, 0.05)
            for label, count in Counter(one[2] for one in told).items()
            if count >= 5 and (label != "-" or name.endswith("effect"))
        }
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_muc.py")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(options.scorer))
    import score_muc

    corpus = Corpus(options.corpus, score_muc)
    folds = np.array([fold(row.message) for row in corpus.rows])
    index = vocabulary([row.features for row in corpus.rows], 3)
    table = matrix([row.features for row in corpus.rows], index)
    attributes = corpus.attributes()
    wanted = [(FOLDS, options.out)] if options.out else []
    if options.folds:
        wanted += [(k, options.folds / f"model-{k}.json") for k in range(FOLDS)]
    for without, path in wanted:
        made = train(corpus, folds, table, index, attributes, without)
        text = json.dumps(made, separators=(",", ":"), sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        print(path, len(text))


if __name__ == "__main__":
    main()
