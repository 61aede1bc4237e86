"""Trains the reading of place names on LGL and TR-News.

    python -m training.places --corpora ../shared/corpora/geo            # cross-validate
    python -m training.places --corpora ../shared/corpora/geo --write    # and store weights

LGL: Lieberman, Samet, Sankaranarayanan 2010; TR-News: Kamalloo and Rafiei 2018. Folds
never split a publisher, since a local paper has one home. Needs lightgbm and
scikit-learn, which nothing else does.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import lightgbm as lgb
import numpy as np
from sklearn.model_selection import GroupKFold

from dateline.geodesy import distance_km
from dateline.model import Document, Span
from dateline.reading.boosted import BoostedTrees
from dateline.reading.places.gazetteer import gazetteer
from dateline.reading.places.resolving import publisher_country, toponym_at
from dateline.reading.places.toponym_choice import weigh
from dateline.reading.places.toponym_evidence import FEATURES, evidence
from dateline.reading.places.toponym_groups import group
from dateline.reading.places.toponym_rules import certainties
from dateline.reading.places.toponym_senses import FIRST, SECOND, Sheet
from dateline.reading.places.toponyms import Flat, Toponym, candidates
from dateline.reading.prepared import prepare

OUT = Path(__file__).parent.parent / "src" / "dateline" / "reading" / "data"
NEAR_KM = 161.0  # 100 miles, the field's convention since Leidner 2007
THRESHOLD = 0.43
THRESHOLD_CAPS = 0.35  # an incident's place missed costs more than a name read too many
RECOGNITION = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 15, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5,
    "verbose": -1, "seed": 7, "num_threads": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
SENSES = {
    **RECOGNITION, "objective": "lambdarank", "lambdarank_truncation_level": 10,
    "label_gain": [0, 2, 3, 4], "learning_rate": 0.07, "min_data_in_leaf": 15,
    "feature_fraction": 0.6,
}  # fmt: skip
# LGL is local news, mostly of the United States; TR-News is of all the world.
WEIGHT = {"lgl.xml": 1.0, "TR-News.xml": 2.5}
_SHIFT = 40  # characters by which an offset of TR-News may be off
ROUNDS, ROUNDS_FIRST, ROUNDS_SECOND = 220, 100, 200


class Gold(NamedTuple):
    """A toponym of a corpus; no point where its annotators found none."""

    span: Span
    phrase: str
    lat: float | None
    lon: float | None
    id: int | None


class Article:
    """One article with its gold toponyms and everything computed once."""

    def __init__(self, corpus: str, document: Document, gold: list[Gold]) -> None:
        self.corpus = corpus
        self.document = document
        self.gold = gold
        self.flat = Flat(prepare(document))
        self.found = candidates(self.flat)
        self.labels = np.array([self._label(t) for t in self.found])

    def _label(self, toponym: Toponym) -> int:
        label = 0
        for gold in self.gold:
            if toponym.start < gold.span.end and gold.span.start < toponym.end:
                # A toponym without a point is neither right nor wrong.
                label = max(label, 1) if gold.lat is not None else label or -1
        return label

    def sheet(self, hint: bool) -> None:
        """The gold mentions and the evidence on their senses."""
        pairs = []
        for gold in self.gold:
            toponym = toponym_at(self.flat, gold.phrase, gold.span, self.found)
            if toponym is not None:
                pairs.append((toponym, gold))
        pairs.sort(key=lambda pair: pair[0].start)
        self.asked = [toponym for toponym, _ in pairs]
        self.asked_gold = [gold for _, gold in pairs]
        book = gazetteer()
        self.groups = group(self.flat, self.asked, book)
        country = publisher_country(self.document.publisher) if hint else None
        self.senses = Sheet(self.flat, self.asked, self.groups, book, country, None)
        self.grades = np.zeros(self.senses.size, dtype=int)
        self.usable = []
        for n, given in enumerate(self.groups):
            gold = [self.asked_gold[m] for m in given.mentions]
            gold = [g for g in gold if g.lat is not None]
            if not gold:
                continue
            part = range(self.senses.starts[n], self.senses.starts[n + 1])
            for at in part:
                self.grades[at] = grade(int(self.senses.rows[at]), gold[0])
            if len(part) > 1 and any(self.grades[at] for at in part):
                self.usable.append(n)


def grade(row: int, gold: Gold) -> int:
    """3 the very place, 2 within 25 km, 1 within 161 km, 0 elsewhere."""
    book = gazetteer()
    if gold.id and int(book.geonames_id[row]) == gold.id:
        return 3
    km = kilometres(row, gold)
    return 2 if km <= 25 else 1 if km <= NEAR_KM else 0


def kilometres(row: int, gold: Gold) -> float:
    book = gazetteer()
    return distance_km(float(book.lat[row]), float(book.lon[row]), gold.lat or 0, gold.lon or 0)


def load(path: Path, upper: bool = False) -> list[Article]:
    """The articles of a corpus; ``upper`` turns them into upper-case wire text."""
    articles = []
    for element in ElementTree.parse(path).iter("article"):
        text = element.findtext("text") or ""
        if upper:
            if len(text.upper()) != len(text):
                continue
            text = text.upper()
        gold = []
        for toponym in element.iter("toponym"):
            tag = toponym.find("gaztag")
            home = toponym if tag is None else tag
            lat, lon = home.findtext("lat"), home.findtext("lon")
            span = Span(int(toponym.findtext("start") or 0), int(toponym.findtext("end") or 0))
            phrase = toponym.findtext("phrase") or text[span.start : span.end]
            span = aligned(text, span, phrase.upper() if upper else phrase)
            gold.append(Gold(
                span, text[span.start : span.end], float(lat) if lat else None,
                float(lon) if lon else None,
                int(tag.get("geonameid") or 0) if tag is not None else None,
            ))  # fmt: skip
        document = Document(
            id=f"{path.name}:{element.get('docid')}", text=text,
            publisher=element.findtext("domain"),
        )  # fmt: skip
        articles.append(Article(path.name, document, gold))
    return articles


def aligned(text: str, span: Span, phrase: str) -> Span:
    """Where the phrase of a toponym stands, nearest to the offsets given.

    A twelfth of those of TR-News are some characters off, from the loss of quotation
    marks and spaces before them; LGL's are right.
    """
    if text[span.start : span.end] == phrase:
        return span
    first = max(0, span.start - _SHIFT)
    starts = []
    at = text.find(phrase, first, span.end + _SHIFT)
    while at >= 0:
        starts.append(at)
        at = text.find(phrase, at + 1, span.end + _SHIFT)
    if not starts:
        return span
    start = min(starts, key=lambda s: (abs(s - span.start), s))
    return Span(start, start + len(phrase))


def word_scores(articles: list[Article]) -> tuple[dict[str, float], dict[str, float]]:
    """Smoothed log odds of a place, for the word before and the word after."""
    tallies: list[Counter[tuple[str, int]]] = [Counter(), Counter()]
    totals = Counter()
    for article in articles:
        flat = article.flat
        for toponym, label in zip(article.found, article.labels.tolist(), strict=True):
            if label < 0:
                continue
            sentence = flat.sentence_of[toponym.first]
            inside = toponym.first > flat.first_of[sentence]
            before = flat.lower(toponym.first - 1) if inside else ""
            after = flat.lower(toponym.last) if toponym.last < flat.last_of[sentence] else ""
            tallies[0][before, label] += 1
            tallies[1][after, label] += 1
            totals[label] += 1
    share = totals[1] / (totals[0] + totals[1])
    scores = []
    for tally in tallies:
        table = {}
        for word in sorted({word for word, _ in tally}):
            yes, no = tally[word, 1], tally[word, 0]
            if yes + no >= 8:
                odds = (yes + 4 * share) / (no + 4 * (1 - share))
                table[word] = round(math.log(odds * (1 - share) / share), 2)
        scores.append(table)
    return scores[0], scores[1]


def train_recognition(
    articles: list[Article],
) -> tuple[dict[str, float], dict[str, float], lgb.Booster]:
    """Word scores come from the other half, so that no word vouches for itself."""
    halves = [articles[::2], articles[1::2]]
    rows, labels, weights = [], [], []
    for n in (0, 1):
        scores = word_scores(halves[1 - n])
        for article in halves[n]:
            if article.found:
                rows.append(evidence(article.flat, article.found, scores))
                labels.append(article.labels)
                weights.append(np.full(len(article.labels), WEIGHT[article.corpus]))
    table, truth = np.concatenate(rows), np.concatenate(labels)
    known = truth >= 0
    data = lgb.Dataset(table[known], truth[known], weight=np.concatenate(weights)[known])
    model = lgb.train(RECOGNITION, data, ROUNDS)
    return *word_scores(articles), model


def train_senses(articles: list[Article]) -> tuple[lgb.Booster, lgb.Booster]:
    """The second round is trained on what the first says of articles it has not seen."""
    articles = [a for a in articles if a.senses.size]
    scores: dict[int, np.ndarray] = {}
    homes = [a.document.publisher or "" for a in articles]
    for ours, theirs in GroupKFold(3).split(articles, groups=homes):
        model = rank([(articles[i], articles[i].senses.first()) for i in ours], ROUNDS_FIRST)
        for i in theirs:
            scores[i] = model.predict(articles[i].senses.first())
    first = rank([(a, a.senses.first()) for a in articles], ROUNDS_FIRST)
    second = rank([(a, a.senses.second(scores[i])) for i, a in enumerate(articles)], ROUNDS_SECOND)
    return first, second


def rank(sheets: list[tuple[Article, np.ndarray]], rounds: int) -> lgb.Booster:
    rows, grades, sizes, weights = [], [], [], []
    for article, table in sheets:
        for n in article.usable:
            part = slice(article.senses.starts[n], article.senses.starts[n + 1])
            rows.append(table[part])
            grades.append(article.grades[part])
            sizes.append(part.stop - part.start)
            weights.append(np.full(sizes[-1], WEIGHT[article.corpus]))
    data = lgb.Dataset(
        np.concatenate(rows), np.concatenate(grades), group=sizes, weight=np.concatenate(weights)
    )
    return lgb.train(SENSES, data, rounds)


def stored(model: lgb.Booster, features: tuple[str, ...]) -> dict[str, Any]:
    """A booster as the flat lists that dateline.reading.boosted walks."""
    trees = []
    for info in model.dump_model()["tree_info"]:
        tree: dict[str, list[Any]] = {
            "feature": [], "threshold": [], "left": [], "right": [], "leaf": []
        }  # fmt: skip

        def add(node: dict[str, Any], tree: dict[str, list[Any]] = tree) -> int:
            if "split_feature" not in node:
                tree["leaf"].append(round(node["leaf_value"], 5))
                return -len(tree["leaf"])
            at = len(tree["feature"])
            tree["feature"].append(node["split_feature"])
            tree["threshold"].append(float(f"{node['threshold']:.7g}"))
            tree["left"].append(0)
            tree["right"].append(0)
            tree["left"][at] = add(node["left_child"])
            tree["right"][at] = add(node["right_child"])
            return at

        if add(info["tree_structure"]) == 0:
            trees.append(tree)
    return {"features": list(features), "trees": trees}


def cross_validate(articles: list[Article], shouted: dict[str, Article], folds: int = 5) -> None:
    """Prints what articles of unseen publishers are read like."""
    names = sorted({a.corpus for a in articles})
    sums = {n: Counter() for n in names}
    homes = [a.document.publisher or "" for a in articles]
    thresholds = [0.35, 0.47]
    for ours, theirs in GroupKFold(folds).split(articles, groups=homes):
        training = [articles[i] for i in ours]
        loud = [shouted[a.document.id] for a in training if a.document.id in shouted]
        before, after, recognition = train_recognition(training + loud)
        trees = BoostedTrees.of(stored(recognition, FEATURES), FEATURES)
        first, second = train_senses(training)
        senses = (
            BoostedTrees.of(stored(first, FIRST), FIRST),
            BoostedTrees.of(stored(second, SECOND), SECOND),
        )
        for i in theirs:
            article = articles[i]
            count_given(article, senses, sums[article.corpus])
            for kind, other in (("", article), ("caps ", shouted.get(article.document.id))):
                if other is None or not other.found:
                    continue
                sure = certainties(other.flat, other.found, trees, (before, after))
                for threshold in thresholds:
                    count_read(other, sure, threshold, senses, sums[article.corpus], kind)
    for name in names:
        c = sums[name]
        print(
            f"{name}: given toponyms {c['given']}, within {NEAR_KM:.0f} km "
            f"{c['near'] / c['given']:.3f}, of those with any sense "
            f"{c['near'] / c['sensed']:.3f}, same GeoNames id {c['same'] / c['given']:.3f}"
        )
        for kind in ("", "caps "):
            for threshold in thresholds:
                got = {k: c[f"{kind}{k} {threshold}"] for k in ("read", "gold", "hit", "near")}
                both = got["read"] + got["gold"]
                print(
                    f"  {kind}{threshold}: P {got['hit'] / got['read']:.3f} "
                    f"R {got['hit'] / got['gold']:.3f} F1 {2 * got['hit'] / both:.3f}  "
                    f"near {got['near'] / got['hit']:.3f}  end to end {2 * got['near'] / both:.3f}"
                )


def count_given(article: Article, senses: tuple[BoostedTrees, BoostedTrees], c: Counter) -> None:
    weighed = weigh(article.flat, article.asked, article.groups, gazetteer(), senses)
    c["given"] += sum(g.lat is not None for g in article.gold)
    for given, found in zip(article.groups, weighed, strict=True):
        for mention in given.mentions:
            gold = article.asked_gold[mention]
            if gold.lat is None or not len(found.rows):
                continue
            c["sensed"] += 1
            c["near"] += kilometres(int(found.rows[0]), gold) <= NEAR_KM
            c["same"] += int(gazetteer().geonames_id[found.rows[0]]) == gold.id


def count_read(
    article: Article, sure: np.ndarray, threshold: float,
    senses: tuple[BoostedTrees, BoostedTrees], c: Counter, kind: str,
) -> None:  # fmt: skip
    kept = [n for n in range(len(sure)) if sure[n] >= threshold]
    found = [article.found[n] for n in kept]
    groups = group(article.flat, found, gazetteer())
    weighed = weigh(article.flat, found, groups, gazetteer(), senses, None, sure[kept].tolist())
    row = {m: int(w.rows[0]) for g, w in zip(groups, weighed, strict=True) for m in g.mentions
           if len(w.rows)}  # fmt: skip
    used: set[int] = set()
    c[f"{kind}read {threshold}"] += len(found)
    for gold in article.gold:
        if gold.lat is None:
            continue
        c[f"{kind}gold {threshold}"] += 1
        best = None
        for m, toponym in enumerate(found):
            if m in used or not (toponym.start < gold.span.end and gold.span.start < toponym.end):
                continue
            km = kilometres(row[m], gold) if m in row else 20038.0
            if best is None or km < best[1]:
                best = (m, km)
        if best:
            used.add(best[0])
            c[f"{kind}hit {threshold}"] += 1
            c[f"{kind}near {threshold}"] += best[1] <= NEAR_KM


def lines(model: dict[str, Any]) -> str:
    """A model with one tree a line, so that a change can be read."""
    trees = ",\n".join(json.dumps(t, separators=(",", ":")) for t in model["trees"])
    return f'{{"features": {json.dumps(model["features"])},\n"trees": [\n{trees}\n]}}'


def write(articles: list[Article], shouted: dict[str, Article]) -> None:
    loud = [shouted[a.document.id] for a in articles if a.document.id in shouted]
    before, after, recognition = train_recognition(articles + loud)
    first, second = train_senses(articles)
    head = {"threshold": THRESHOLD, "threshold_caps": THRESHOLD_CAPS,
            "before": before, "after": after}  # fmt: skip
    text = json.dumps(head, ensure_ascii=False)[:-1]
    (OUT / "place_recognition.json").write_text(
        f'{text},\n"model": {lines(stored(recognition, FEATURES))}}}\n', encoding="utf-8"
    )
    (OUT / "place_senses.json").write_text(
        f'{{"first": {lines(stored(first, FIRST))},\n"second": {lines(stored(second, SECOND))}}}\n',
        encoding="utf-8",
    )


def gathered(corpora: Path) -> tuple[list[Article], dict[str, Article]]:
    """The articles of both corpora, and the same in upper case by their ids."""
    files = [corpora / "lgl.xml", corpora / "TR-News.xml"]
    articles = [a for file in files for a in load(file)]
    shouted = {a.document.id: a for file in files for a in load(file, upper=True)}
    for n, article in enumerate(articles):
        # Half of the articles hide their publisher's country: many readers will not know it.
        article.sheet(hint=n % 2 == 0)
    return articles, shouted


def check(corpora: Path) -> None:
    """Cross-validate, for benchmarks/places.py."""
    cross_validate(*gathered(corpora))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="store the weights")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--no-check", action="store_true", help="no cross-validation")
    options = parser.parse_args()
    articles, shouted = gathered(options.corpora)
    if not options.no_check:
        cross_validate(articles, shouted, options.folds)
    if options.write:
        write(articles, shouted)


if __name__ == "__main__":
    main()
