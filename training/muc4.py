"""Grow the trees of benchmarks/muc4.py on what the span model gives for texts it has not seen.

    python -m training.muc4 --corpus ../shared/corpora/muc/dev --scorer ../shared/tools \
        --readings FILE --outputs FILE... --linear FOLDER [--out benchmarks/muc/data/judge.json]

``--readings`` and ``--outputs`` are those of ``training.muc_data`` and ``training.muc_encoder``,
``--linear`` has the model of each fold from ``training.muc_linear``. The templates
are scored by cross-validation, over five parts of the messages in ``--outputs``; the trees that
``--out`` gets are grown on all of them.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import defaultdict
from pathlib import Path

import lightgbm as lgb
import numpy as np
from benchmarks.muc.acts import CATEGORIES
from benchmarks.muc.candidates import KINDS, SLOTS, Seen, sigmoid
from benchmarks.muc.classes import CLASSES, ROLES, SLOT, TYPES
from benchmarks.muc.fills import text_features
from benchmarks.muc.incidents import Pairs, Target
from benchmarks.muc.judged import Judge
from benchmarks.muc.linear import Linear
from benchmarks.muc.marked import Marked
from benchmarks.muc.messages import read_messages
from benchmarks.muc.model import load as load_linear
from benchmarks.muc.options import TABLES, rows_of
from benchmarks.muc.templates import irrelevant, template_of, templates_of, weighed_drafts, written
from benchmarks.muc.when_where import Whereabouts
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.reading.encoder import tokenize
from training import muc_linear
from training.muc_credit import Credit
from training.muc_data import keys_in, kind_of
from training.places import lines, stored

PARTS = 5
FOREST = 3  # boosters a tree, from other seeds
TARGETS = ("name", "desc", "phys")

WORTH = 0.12  # a type less likely than this is not looked at
GROWN = {
    "objective": "cross_entropy",
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 7,
}
FILLS = dict(GROWN, learning_rate=0.03, num_leaves=10, min_data_in_leaf=60, lambda_l2=10,
             feature_fraction=0.2, bagging_fraction=0.8, bagging_freq=1)  # fmt: skip
TYPES_OF = dict(GROWN, learning_rate=0.04, num_leaves=3, min_data_in_leaf=20, lambda_l2=3,
                feature_fraction=0.3, bagging_fraction=0.8, bagging_freq=1)  # fmt: skip
OTHERS = dict(GROWN, learning_rate=0.05, num_leaves=6, min_data_in_leaf=20, lambda_l2=3,
              feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1)  # fmt: skip
GROWTH = {"type": (TYPES_OF, 150)} | dict.fromkeys(SLOTS, (FILLS, 220))
"""Parameters and rounds of trees by name; the others have OTHERS."""


class Rows:
    """Rows and targets by tree, one a fold."""

    def __init__(self) -> None:
        self.rows = defaultdict(list)
        self.wanted = defaultdict(list)

    def add(self, name, numbers, wanted) -> None:
        self.rows[name].append(numbers)
        self.wanted[name].append(wanted)


def gather(found: Rows, marked, linear, keys, scorer) -> None:
    """The rows of one message."""
    seen = Seen(marked, linear)
    numbers = seen.message()
    pairs = None
    about = sigmoid(marked.about)
    for kind in KINDS:
        own = [key for key in keys if kind_of(key) == kind]
        if not own or any(not key.optional for key in own):
            found.add(f"type {kind}", numbers, float(bool(own)))
        if not own and about[TYPES.index(kind)] < WORTH:
            continue
        candidates = seen.candidates(kind)
        right = []
        for one in candidates:
            span = one.group.spans[one.group.best[ROLES.index(one.slot)]]
            text = marked.text(span.first, span.end)
            slot = SLOT[one.slot]
            graded = defaultdict(int)
            for n, key in enumerate(own):
                for fill in key.fillers[slot]:
                    grade = max(scorer.grade_string(slot, text, v, False) for v, _ in fill.options)
                    graded[n] = max(graded[n], grade)
            credit = max(graded.values(), default=0) / 2
            found.add(one.slot, one.numbers, credit)
            if credit == 1 and one.slot in TARGETS:
                of = frozenset(n for n, grade in graded.items() if grade == 2)
                right.append((of, Target(TARGETS.index(one.slot), one.group, span)))
        if len(right) > 1:
            pairs = pairs or Pairs(marked, Whereabouts(marked))
            for a in range(len(right)):
                for b in range(a):
                    same = bool(right[a][0] & right[b][0])
                    found.add(
                        "together", pairs.numbers(right[a][1], right[b][1], kind), float(same)
                    )


def gather_drafts(found: Rows, marked, linear, judge, keys, scorer) -> None:
    """The rows of one message's drafts, by a judge that has not seen its keys."""
    where = Whereabouts(marked)
    drafts = weighed_drafts(marked, Seen(marked, linear), linear, judge, where)
    blocks = [
        written("M", n, template_of(marked, kind, told, where, one.days[0].text, where.country))
        for n, one in enumerate(drafts)
        for kind, _, told in (one.draft,)
    ]
    told = scorer.parse_templates("\n".join(blocks), False)[0]
    key_of = {
        int(response.template_id): key
        for key, response, _ in scorer.align(keys, told, False)
        if key and response
    }
    for n, one in enumerate(drafts):
        key = key_of.get(n)
        found.add("real", one.numbers, float(key is not None))
        credit = Credit(scorer, key, one.draft.told)
        for k, ((_, fill), row) in enumerate(zip(credit.fills, one.fills, strict=True)):
            found.add("told", row, credit.of_fill(k))
            for table, options in fill.options.items():
                for option, numbers in zip(options, rows_of(fill, table, row), strict=True):
                    found.add(table, numbers, credit.of_option(k, table, option.label))
        if key is None:
            continue
        categories = {value for fill in key.fillers[8] for value, _ in fill.options}
        for tree, category in CATEGORIES.items():
            found.add(tree, one.act, float(category in categories))
        days = [value for fill in key.fillers[2] for value, _ in fill.options]
        for day in one.days:
            grade = max((scorer.grade_date(day.text, value, False) for value in days), default=0)
            found.add("date", day.numbers, grade / 2)
        parts = {
            part
            for fill in key.fillers[3]
            for value, _ in fill.options
            for part in scorer.parse_location(value)[1:]
        }
        for place in one.places:
            right = scorer.parse_location(place.text)[0] in parts
            found.add("place", place.numbers, float(right))


FIRST = (*(f"type {kind}" for kind in KINDS), *SLOTS, "together")
SECOND = ("real", "told", "date", "place", *CATEGORIES, *TABLES)


class Forest:
    """Boosters that differ in what they see of the rows and columns; their scores' mean counts."""

    def __init__(self, boosters: list[lgb.Booster]) -> None:
        self.boosters = boosters

    def chances(self, rows) -> list[float]:
        raw = [one.predict(rows, raw_score=True) for one in self.boosters]
        return sigmoid(np.mean(raw, axis=0)).tolist()

    def stored(self) -> dict:
        """One list of trees, so that their sum is the mean."""
        features = tuple(f"n{k}" for k in range(self.boosters[0].num_feature()))
        trees = [tree for one in self.boosters for tree in stored(one, features)["trees"]]
        for tree in trees:
            tree["leaf"] = [round(leaf / len(self.boosters), 6) for leaf in tree["leaf"]]
        return {"features": features, "trees": trees}


def grow(parts: list[Rows], names=FIRST) -> dict[str, Forest]:
    made = {}
    for name in names:
        rows = np.array([r for part in parts for r in part.rows[name]], dtype=np.float64)
        wanted = np.array([w for part in parts for w in part.wanted[name]])
        if not len(rows):
            continue
        table, rounds = GROWTH.get(name.split(" ")[0], (OTHERS, 90))
        grown = [
            lgb.train(dict(table, seed=seed), lgb.Dataset(rows, wanted), rounds)
            for seed in range(7, 7 + FOREST)
        ]
        made[name] = Forest(grown)
    return made


def typed(keys, scorer):
    """(features, label) of the strings of keys and the types told of them, by table."""
    found = defaultdict(list)
    for key in keys:
        for table, slots, target in (("hum_type", (18, 19), 20), ("phys_type", (12,), 13)):
            told = {
                scorer.essential(tag): label
                for fill in key.fillers[target]
                for label, tags in fill.options
                for tag in tags
            }
            for slot in slots:
                for fill in key.fillers[slot]:
                    for value, tags in fill.options:
                        names = [tag for tag in tags if slot == 19] or [value]
                        label = next(
                            (told[e] for n in names if (e := scorer.essential(n)) in told), None
                        )
                        if label is not None:
                            words = value if slot != 18 else "-"
                            found[table].append((text_features(words), label))
    return found


def lean(examples):
    """Multinomial logistic regressions as weights: table -> feature -> one a class."""
    made = {}
    for table, rows in examples.items():
        labels = CLASSES[table]
        rows = [(f, kind) for f, kind in rows if kind in labels]
        names = sorted({one for f, _ in rows for one in f})
        index = {name: n for n, name in enumerate(names)}
        columns, ends = [], [0]
        for features, _ in rows:
            columns += [index[one] for one in features]
            ends.append(len(columns))
        x = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
        model = LogisticRegression(C=2.0, max_iter=300).fit(x, [kind for _, kind in rows])
        order = {label: n for n, label in enumerate(model.classes_)}
        floor = float(model.coef_.min()) - 3.0
        table_weights = {
            name: [
                round(float(model.coef_[order[kind]][n]), 2) if kind in order else 0.0
                for kind in labels
            ]
            for name, n in index.items()
        }
        table_weights["*"] = [
            round(float(model.intercept_[order[kind]]), 2) if kind in order else floor
            for kind in labels
        ]
        made[table] = table_weights
    return made


class Grown(Judge):
    """A judge over trees in memory, for cross-validation."""

    def __init__(self, boosters, words) -> None:
        self.boosters = boosters
        self.words = words

    def chances(self, name, rows):
        if not len(rows):
            return []
        return self.boosters[name].chances(np.array(rows, dtype=np.float64))


def write(path: Path, boosters, words) -> None:
    """The trees and the weights of words as the benchmark reads them."""
    trees = []
    for name, forest in boosters.items():
        trees.append(f"{json.dumps(name)}: {lines(forest.stored())}")
    text = ",\n".join(trees)
    path.write_text(f'{{"words": {json.dumps(words, sort_keys=True)},\n"trees": {{{text}}}}}\n')


def respond(found, judge, linear) -> str:
    blocks = []
    for name, marked in found.items():
        told = templates_of(marked, linear[name], judge)
        blocks += [written(name, n, one) for n, one in enumerate(told, 1)] or [irrelevant(name)]
    return "\n".join(blocks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="folder of score_muc.py")
    parser.add_argument("--readings", type=Path, required=True)
    parser.add_argument("--outputs", type=Path, nargs="+", required=True)
    parser.add_argument("--linear", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(options.scorer))
    import score_muc

    keys = keys_in(options.corpus, score_muc)
    readings = pickle.loads(options.readings.read_bytes())
    outputs = {k: v for path in options.outputs for k, v in pickle.loads(path.read_bytes()).items()}
    models = [load_linear(options.linear / f"model-{k}.json") for k in range(muc_linear.FOLDS)]
    found, linear = {}, {}
    for path in sorted(options.corpus.glob("dev-muc*")):
        for message in read_messages(path):
            if message.id in outputs:
                times, places, said = readings[message.id]
                tokens = tokenize(message.text)
                marked = Marked(message, tokens, times, places, outputs[message.id], said)
                found[message.id] = marked
                linear[message.id] = Linear(marked, models[muc_linear.fold(message.id)])
    parts = [dict(sorted(found.items())[k::PARTS]) for k in range(PARTS)]
    rows = [Rows() for _ in parts]
    for part, own in zip(parts, rows, strict=True):
        for name, marked in part.items():
            gather(own, marked, linear[name], keys[name], score_muc)
    judges = []
    for k, part in enumerate(parts):
        told = [key for name, own in keys.items() if name not in part for key in own]
        first = grow([own for n, own in enumerate(rows) if n != k])
        judges.append(Grown(first, lean(typed(told, score_muc))))
        for name, marked in part.items():
            gather_drafts(rows[k], marked, linear[name], judges[k], keys[name], score_muc)
    if options.out:
        told = [key for found in keys.values() for key in found]
        write(options.out, grow(rows, (*FIRST, *SECOND)), lean(typed(told, score_muc)))
    text = ""
    for k, part in enumerate(parts):
        judges[k].boosters |= grow([own for n, own in enumerate(rows) if n != k], SECOND)
        text += respond(part, judges[k], linear) + "\n"
    responses, _ = score_muc.parse_templates(text, False)
    wanted = [key for name in found for key in keys[name]]
    for strict in (False, True):
        print(score_muc.report(score_muc.score(wanted, list(found), responses, strict), True))


if __name__ == "__main__":
    main()
