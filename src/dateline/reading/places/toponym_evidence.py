"""What tells that a candidate is a place: its name and the words around it, as numbers.

The recogniser (data/place_recognition.json, trained by training/places.py) scores these;
the names of the numbers are in ``FEATURES``, in the order ``evidence`` gives them.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dateline.reading.boosted import BoostedTrees
from dateline.reading.lexicon import load
from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    AREA,
    CAPITAL,
    CITY,
    COUNTRY,
    MAIN,
    SHORT,
    gazetteer,
)
from dateline.reading.places.toponyms import PRESS, Flat, Toponym, words
from dateline.reading.times.timex_words import MONTHS, WEEKDAYS

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


def certainties(
    flat: Flat,
    found: list[Toponym],
    trees: BoostedTrees,
    word_scores: tuple[dict[str, float], dict[str, float]],
) -> np.ndarray:
    """How sure it is of each candidate that it is a place, 0 to 1.

    Rules stand above the trained weights: a paper or a team named after a place is no
    place, nor is a part of a longer name; a name followed by the region it lies in is one,
    and so is one after "the province of".
    """
    rows = evidence(flat, found, word_scores)
    scores: np.ndarray = 1.0 / (1.0 + np.exp(-trees.score(rows)))
    lists = words()
    for n, name in enumerate(found):
        press = flat.capital(name.last) and lists.after.get(flat.lower(name.last), 0) >= PRESS
        thing = (name.key, flat.lower(name.last)) in _THINGS
        if press or thing or _headless(flat, name) or _is_part(flat, found, n):
            scores[n] = 0.0
        elif _person(flat, name):
            scores[n] = min(scores[n], 0.1)
        elif (
            flat.lower(name.first - 1) == "of"
            and flat.lower(name.first - 2) in lists.kinds
            and name.key not in lists.stop
        ):
            scores[n] = max(scores[n], 0.9)  # "the eastern province of Van"
        elif _in_town(flat, name) or _of_site(flat, name):
            scores[n] = max(scores[n], 0.9)
        elif scores[n] < 0.9 and n + 1 < len(found) and scores[n + 1] > 0.5:
            after = found[n + 1]
            if (
                after.first == name.last + 1
                and flat.lower(name.last) == ","
                and _within(name, after)
            ):
                scores[n] = 0.9
    return scores


_SETTLEMENTS = frozenset("village town city hamlet settlement township community".split())
_IN = frozenset("in near outside into around across".split())
_KNOWN_TOWN = 5.0  # log10 of the people of a town so large that its plain name is meant
_THINGS = {("mobile", after) for after in ("home", "homes", "phone", "phones")}
_HALLS = frozenset("arena airport stadium marathon".split())
_PROSE = 0.7  # share of capitals above which a sentence is a headline


def _in_town(flat: Flat, name: Toponym) -> bool:
    """A large town called like a common word, after a preposition: "in Nice on Thursday"."""
    return (
        name.last - name.first == 1
        and name.key in words().common
        and name.key not in words().stop
        and flat.lower(name.first - 1) in _IN
        and flat.capital(name.first)
        and not flat.capital(name.last)
        and not flat.all_caps
        and flat.caps_share[flat.sentence_of[name.first]] < _PROSE
        and name_facts(name.key).log_population_main >= _KNOWN_TOWN
    )


@lru_cache(maxsize=1)
def _sites() -> frozenset[str]:
    """The words that a site's noun begins with: "nightclub", "concert" of "concert hall"."""
    return frozenset(str(noun).split()[0] for noun in load("sites")["nouns"])


def _of_site(flat: Flat, name: Toponym) -> bool:
    """A large town before what stands in it: "an Orlando nightclub", "Manchester Arena"."""
    if flat.all_caps or not flat.capital(name.first) or name.key in words().stop:
        return False
    after = flat.lower(name.last)
    named = after in _HALLS if flat.capital(name.last) else after in _sites()
    return (
        named
        and flat.tokens[name.last].start == flat.tokens[name.last - 1].end + 1
        and name_facts(name.key).log_population_main >= _KNOWN_TOWN
    )


def _headless(flat: Flat, name: Toponym) -> bool:
    """Part of a name that the gazetteer lacks: "Lake" or "Vermont" of "Lake Vermont".

    Both are places elsewhere; neither is meant.
    """
    if flat.lower(name.last) in ("-", "‐") and flat.lower(name.last + 1) in ("e", "i", "ul"):
        return True  # "Gulshan-e-Iqbal", a park
    before, first = flat.lower(name.first - 1), flat.lower(name.first)
    features = words().features
    if name.last - name.first == 1 and first in features and flat.capital(name.last):
        return flat.tokens[name.first].end + 1 == flat.tokens[name.last].start
    return before in features and flat.capital(name.first - 1) and not flat.all_caps


def _is_part(flat: Flat, found: list[Toponym], n: int) -> bool:
    """The beginning of a longer name that the gazetteer lacks, told as a place's.

    "Sutherland" of "in Sutherland Springs, Texas", "Bir" of "the village of Bir Qasra".
    """
    name, lists = found[n], words()
    end = name.last
    if flat.all_caps or not flat.capital(end):
        return False
    if flat.caps_share[flat.sentence_of[name.first]] >= _PROSE:
        return False
    last = flat.last_of[flat.sentence_of[name.first]]
    while (
        end < min(last, name.last + 3)
        and flat.capital(end)
        and flat.tokens[end].start == flat.tokens[end - 1].end + 1
    ):
        word = flat.lower(end)
        if word in lists.after or word in lists.street:
            return False
        if word in lists.titles or word in WEEKDAYS or word.rstrip(".") in MONTHS:
            return False
        end += 1
    if end == name.last or flat.capital(end):
        return False
    if flat.lower(name.first - 1) == "of" and flat.lower(name.first - 2) in _SETTLEMENTS:
        return True
    return flat.lower(end) == "," and any(
        after.first == end + 1 and _container(after) for after in found[n + 1 : n + 4]
    )


def _person(flat: Flat, name: Toponym) -> bool:
    """A first name before a family name, as in "Paris Hilton"; not in "in Paris Hilton said"."""
    lists = words()
    after = flat.lower(name.last)
    return (
        name.last - name.first == 1
        and flat.lower(name.first) in lists.first_names
        and flat.capital(name.last)
        and after in lists.family_names
        and after not in lists.after
        and after not in lists.street
        and after not in lists.water
        and flat.lower(name.first - 1) not in lists.locating
    )


def _within(name: Toponym, after: Toponym) -> bool:
    """Whether some place of the first name lies in the region or country after it."""
    if not _container(after):
        return False
    book = gazetteer()
    rows, forms = book.rows(name.key)
    rows = rows[forms <= SHORT]
    rows = rows[book.level[rows] != COUNTRY]
    homes = [after.region] if after.region is not None else book.rows(after.key)[0][:4].tolist()
    return any(bool(book.inside(rows, home).any()) for home in homes)


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
            if nearest.first == name.last + 1 and _container(nearest):
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


def _container(name: Toponym) -> bool:
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
        a1 == "," and nearest is not None and nearest.first == k + 1 and _container(nearest)
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
