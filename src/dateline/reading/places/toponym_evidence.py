"""What tells that a candidate is a place: its name and the words around it, as numbers.

The recogniser (data/place_recognition.json, trained by training/places.py) scores these, and
toponym_rules.py stands above it; the names of the numbers are in ``FEATURES``, in the order
``evidence`` gives them.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    AREA,
    CAPITAL,
    CITY,
    COUNTRY,
    MAIN,
    gazetteer,
)
from dateline.reading.places.toponyms import Flat, Toponym, words

FEATURES = (
    "words", "letters", "log_population_main", "log_population", "country", "admin1", "admin2",
    "city", "area", "capital", "senses", "main", "abbreviation", "common", "first_name",
    "family_name", "stop",
    "start_of_sentence", "caps_share", "title", "all_caps",
    "before_locating", "before_weak", "before_title", "before_first_name", "before_capital",
    "before_comma", "before_the", "before_kind", "before_candidate_comma", "before_initial",
    "before_street_number", "before_organisation",
    "after_capital", "after_organisation", "after_street", "after_water", "after_kind",
    "after_speaking", "after_comma", "after_container", "after_possessive", "after_hyphen",
    "after_family_name", "after_paren", "after_lower_noun", "after_and", "after_end",
    "before_and",
    "run_before", "run_after", "run_ends_organisation", "run_has_of_organisation",
    "count", "person_elsewhere", "located_elsewhere", "lower_elsewhere", "contained_elsewhere",
    "at_head", "before_hyphen", "before_2_locating", "quoted", "country_weight",
    "before_score", "after_score",
)  # fmt: skip


class NameFacts(NamedTuple):
    """What the gazetteer says of a name, over all its senses."""

    log_population_main: float
    log_population: float
    levels: tuple[float, ...]
    capital: float
    senses: float
    main: float


@lru_cache(maxsize=65536)
def name_facts(key: str) -> NameFacts:
    """The facts about one key of the gazetteer."""
    book = gazetteer()
    rows, forms = book.rows(key)
    if not len(rows):
        return NameFacts(0.0, 0.0, (0.0,) * 5, 0.0, 0.0, 0.0)
    population = book.population[rows]
    levels = book.level[rows]
    main = forms == MAIN
    return NameFacts(
        math.log10(1 + float(population[main].max())) if main.any() else 0.0,
        math.log10(1 + float(population.max())),
        tuple(
            float(((levels == level) & (forms < 2)).any())
            for level in (COUNTRY, ADMIN1, ADMIN2, CITY, AREA)
        ),
        float(((book.marks[rows] & CAPITAL) > 0).any()),
        math.log2(1 + len(rows)),
        float(main.any()),
    )


class Context(NamedTuple):
    """Counts over a document: how often a key stands, and in what company."""

    stands: Counter[str]
    person: Counter[str]
    located: Counter[str]
    contained: Counter[str]
    lower: frozenset[str]


def evidence(
    flat: Flat, found: list[Toponym], word_scores: tuple[dict[str, float], dict[str, float]]
) -> np.ndarray:
    """One row of FEATURES for each candidate; ``word_scores`` are learned log odds of the
    words before and after a place.
    """
    context = _context(flat, found)
    rows = [_row(flat, found, n, context, word_scores) for n in range(len(found))]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _context(flat: Flat, found: list[Toponym]) -> Context:
    lists = words()
    count: Counter[str] = Counter()
    person: Counter[str] = Counter()
    located: Counter[str] = Counter()
    contained: Counter[str] = Counter()
    for n, name in enumerate(found):
        before = flat.lower(name.first - 1)
        count[name.key] += 1
        if before in lists.titles or (before in lists.first_names and flat.capital(name.first - 1)):
            person[name.key] += 1
        if before in lists.locating:
            located[name.key] += 1
        if flat.lower(name.last) == "," and n + 1 < len(found):
            nearest = found[n + 1]
            if nearest.first == name.last + 1 and container(nearest):
                contained[name.key] += 1
    return Context(
        count,
        person,
        located,
        contained,
        frozenset()
        if flat.all_caps
        else frozenset(t.text for t in flat.tokens if t.text[0].islower()),
    )


def container(name: Toponym) -> bool:
    """Whether a name can stand for a region or country after a comma."""
    if name.region is not None:
        return True
    facts = name_facts(name.key)
    return bool(facts.levels[COUNTRY] or facts.levels[ADMIN1])


def _row(
    flat: Flat,
    found: list[Toponym],
    n: int,
    context: Context,
    word_scores: tuple[dict[str, float], dict[str, float]],
) -> list[float]:
    lists = words()
    name = found[n]
    facts = name_facts(name.key)
    i, j = name.first, name.last
    sentence = flat.sentence_of[i]
    low, high = flat.first_of[sentence], flat.last_of[sentence]
    lower = flat.lower
    b1 = lower(i - 1) if i > low else ""
    b2 = lower(i - 2) if i - 1 > low else ""
    possessive = j < high and lower(j) in ("'s", "'")
    k = j + 1 if possessive else j
    a1 = lower(k) if k < high else ""
    b1_capital = i > low and flat.capital(i - 1)
    a1_capital = k < high and flat.capital(k)
    if b1 == "." and i - 2 >= low and len(b2) <= 5:
        # "Gen. X", "Mrs. X", "J. X"
        b1, b1_capital = b2, flat.capital(i - 2)
        b2 = lower(i - 3) if i - 2 > low else ""
    run_low = i
    while run_low > low and flat.capital(run_low - 1):
        run_low -= 1
    run_high = j
    while run_high < high and flat.capital(run_high):
        run_high += 1
    last_of_run = lower(run_high - 1) if run_high > j else ""
    of_organisation = (
        b1 in ("of", "for", "at") and i - 2 >= low and flat.capital(i - 2) and b2 in lists.after
    ) or (b1 == "the" and b2 in ("of", "for") and lower(i - 3) in lists.after)
    single = j - i == 1
    token = flat.tokens[i].lower
    nearest = found[n + 1] if n + 1 < len(found) else None
    previous = found[n - 1] if n else None
    followed_by_container = (
        a1 == "," and nearest is not None and nearest.first == k + 1 and container(nearest)
    )
    count = context.stands[name.key]
    before_scores, after_scores = word_scores
    return [
        float(j - i),
        float(len(name.key)),
        facts.log_population_main,
        facts.log_population,
        *facts.levels,
        facts.capital,
        facts.senses,
        facts.main,
        float(name.region is not None),
        float(lists.common.get(token, 99)) if single else 99.0,
        float(token in lists.first_names) if single else 0.0,
        float(lists.family_names.get(token, 9999)) if single else 9999.0,
        float(token in lists.stop),
        float(i == low),
        flat.caps_share[sentence],
        float(flat.title[sentence]),
        float(flat.all_caps),
        float(b1 in lists.locating),
        float(b1 in lists.weak),
        float(b1 in lists.titles),
        float(b1 in lists.first_names and b1_capital),
        float(b1_capital),
        float(b1 == ","),
        float(b1 == "the"),
        float(lists.kinds.get(b1, 9)),
        float(b1 == "," and previous is not None and previous.last == i - 1),
        float(len(b1) == 1 and b1.isalpha() and b1 != "a"),
        float(b1.isdigit()),
        float(b1 in lists.after and b1_capital) + float(of_organisation) * 2,
        float(a1_capital),
        float(lists.after.get(a1, 0) if a1_capital else 0),
        float(a1 in lists.street and a1_capital),
        float(a1 in lists.water and a1_capital),
        float(lists.kinds.get(a1, 9)),
        float(a1 in lists.speaking),
        float(a1 == ","),
        float(followed_by_container),
        float(possessive),
        float(a1 in ("-", "‐", "–")),
        float(a1 in lists.family_names and a1_capital),
        float(a1 == "("),
        float(bool(a1) and a1.isalpha() and not a1_capital),
        float(a1 == "and"),
        float(a1 in (".", "", ";", ":", ")")),
        float(b1 == "and"),
        float(i - run_low),
        float(run_high - j),
        float(lists.after.get(last_of_run, 0)),
        float(of_organisation),
        math.log2(1 + count),
        context.person[name.key] / count,
        context.located[name.key] / count,
        float(single and token in context.lower),
        context.contained[name.key] / count,
        float(sentence <= 1 and i - low < 4),
        float(b1 in ("-", "‐", "–")),
        float(b2 in lists.locating and not b1_capital),
        float(b1 in ('"', "“", "'", "‘")),
        facts.levels[COUNTRY] * facts.log_population_main,
        before_scores.get(b1, 0.0),
        after_scores.get(a1, 0.0),
    ]
