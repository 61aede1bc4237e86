"""Which candidates are places: the trained weights, and the rules that stand above them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dateline.reading.boosted import BoostedTrees
from dateline.reading.lexicon import load
from dateline.reading.places.gazetteer import ADMIN1, AREA, COUNTRY, SHORT, gazetteer, name_key
from dateline.reading.places.toponym_evidence import container, evidence, name_facts
from dateline.reading.places.toponyms import PRESS, Flat, Toponym, words
from dateline.reading.times.timex_words import MONTHS, WEEKDAYS


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
    families = _families(flat, found)
    sure: set[str] = set()
    scores: np.ndarray = 1.0 / (1.0 + np.exp(-trees.score(rows)))
    lists = words()
    for n, name in enumerate(found):
        press = flat.capital(name.last) and lists.after.get(flat.lower(name.last), 0) >= PRESS
        thing = (name.key, flat.lower(name.last)) in _THINGS
        other = press or thing or _of_noble(flat, name) or _headless(flat, name)
        other = other or _is_feature(flat, name) or _is_acronym(flat, name)
        other = other or _of_saint(flat, found, n)
        if other or _is_part(flat, found, n) or _is_end(flat, name):
            scores[n] = 0.0
        elif (
            _of_phrase(flat, name)
            or _person(flat, name)
            or (name.key in families and not _located(flat, found, n))
        ):
            scores[n] = min(scores[n], 0.1)
        elif (
            flat.lower(name.first - 1) == "of"
            and flat.lower(name.first - 2) in lists.kinds
            and name.key not in lists.stop
        ):
            scores[n] = max(scores[n], 0.9)  # "the eastern province of Van"
        elif _is_area(flat, name):
            scores[n] = max(scores[n], 0.6)
        elif _in_town(flat, name) or _of_site(flat, name):
            scores[n] = max(scores[n], 0.9)
            sure.add(name.key)
        elif scores[n] < 0.9 and n + 1 < len(found) and scores[n + 1] > 0.5:
            after = found[n + 1]
            if (
                after.first == name.last + 1
                and flat.lower(name.last) == ","
                and _within(name, after)
            ):
                scores[n] = 0.9
    for n, name in enumerate(found):
        # "Nice" at "the Nice waterfront", of a report that is from Nice.
        if name.key in sure and 0.0 < scores[n] < 0.6 and _lone(flat, name):
            scores[n] = 0.6
    return scores


def _is_acronym(flat: Flat, name: Toponym) -> bool:
    """Letters called like a town, within a sentence: "SWAT officers" are not from Swat."""
    word = flat.tokens[name.first].text
    return (
        name.last - name.first == 1
        and name.region is None
        and not flat.all_caps
        and 3 < len(word) <= _LETTERS
        and word.isupper()
        and name.first > flat.first_of[flat.sentence_of[name.first]]
        and not flat.tokens[name.first - 1].text.isupper()
        and flat.lower(name.last) != ","
        and not name_facts(name.key).levels[COUNTRY]
    )


def _is_area(flat: Flat, name: Toponym) -> bool:
    """A continent, sea or river by its name: "in Europe", "across the Thames"."""
    return (
        bool(name_facts(name.key).levels[AREA])
        and name.key not in words().stop
        and flat.lower(name.first - 1) in _BEFORE_AREAS
        and flat.capital(name.first)
        and not flat.capital(name.last)
        and not flat.all_caps
    )


def _lone(flat: Flat, name: Toponym) -> bool:
    """Whether a name stands among words without capitals, not first in its sentence."""
    return (
        flat.capital(name.first)
        and name.first > flat.first_of[flat.sentence_of[name.first]]
        and not flat.capital(name.first - 1)
        and not flat.capital(name.last)
    )


def _families(flat: Flat, found: list[Toponym]) -> frozenset[str]:
    """Names that the document gives after a first name: "Sheriff Scott Israel", "Pep Guardiola".

    What is not in the list of first names may be one before the name of a town of no great size,
    unless it is a word that names of places begin with.
    """
    if flat.all_caps:
        return frozenset()
    lists, book = words(), gazetteer()
    families = set()
    for name in found:
        if name.last - name.first > 1 or not _goes_before(flat, name.first):
            continue
        if flat.capital(name.last) or flat.lower(name.first - 2) in lists.locating:
            continue
        before = flat.lower(name.first - 1)
        if before in lists.locating or before in lists.weak:
            continue
        if before in lists.first_names:
            families.add(name.key)
            continue
        facts = name_facts(name.key)
        if (
            facts.log_population < _GREAT
            and not facts.levels[COUNTRY]
            and not facts.levels[ADMIN1]
            and not flat.title[flat.sentence_of[name.first]]
            and flat.caps_share[flat.sentence_of[name.first]] < _PROSE
            and not flat.capital(name.first - 2)
            and before not in lists.demonyms
            and before not in lists.peoples
            and before not in lists.common
            and before not in lists.titles
            and before not in lists.after
            and before not in _SIDES
            and before not in lists.kinds
            and before not in lists.stop
            and not book.begins(name_key(before))
        ):
            families.add(name.key)
    return frozenset(families)


def _located(flat: Flat, found: list[Toponym], n: int) -> bool:
    """Whether a name stands where places do: after "in", before the region it lies in."""
    name = found[n]
    if flat.lower(name.first - 1) in words().locating:
        return True
    after = found[n + 1] if n + 1 < len(found) else None
    beside = after is not None and after.first == name.last + 1 and flat.lower(name.last) == ","
    return after is not None and beside and _within(name, after)


_SETTLEMENTS = frozenset("village town city hamlet settlement township community".split())
_IN = frozenset("in near outside into around across from of to".split())
_BEFORE_AREAS = frozenset("in to from across through over of into the along".split())
_LETTERS = 5  # of an acronym
_GREAT = 5.7  # log10 of the people of a town that is hardly a family name
_KNOWN_TOWN = 5.0  # log10 of the people of a town so large that its plain name is meant
_THINGS = {("mobile", after) for after in ("home", "homes", "phone", "phones")}
_COMMON = 35  # class of size of the word list up to which a word is common
_SIDES = frozenset(
    "north south east west northern southern eastern western central upper lower inner outer "
    "downtown uptown midtown greater metropolitan metro suburban rural old new the".split()
)
_NOBLES = frozenset(
    "duke duchess earl countess prince princess marquess viscount baron baroness".split()
)
_SAINTS = frozenset(("st", "st.", "saint"))
_OWN = frozenset(("'s", "’s", "'", "’"))
_HOUSES = frozenset(
    "church cathedral basilica chapel hospital school college academy university hall".split()
)
_HALLS = frozenset("arena airport stadium marathon".split())
_PROSE = 0.7  # share of capitals above which a sentence is a headline


def _of_noble(flat: Flat, name: Toponym) -> bool:
    """What a title is of: "the Duke of York"."""
    return (
        flat.lower(name.first - 1) == "of"
        and flat.capital(name.first - 2)
        and flat.lower(name.first - 2) in _NOBLES
    )


def _of_saint(flat: Flat, found: list[Toponym], n: int) -> bool:
    """What is a saint's: "St George's Church", "at St. Mark's in Alexandria".

    A town is called so too, and then the text names the land it lies in ("St. John's, Antigua").
    """
    name = found[n]
    if flat.lower(name.first) not in _SAINTS:
        return False
    after = name.last + (flat.lower(name.last) in _OWN)
    if after == name.last and flat.lower(name.last - 1) not in _OWN:
        return False
    if flat.capital(after) and flat.lower(after) in _HOUSES:
        return True
    if flat.lower(after) != "in":
        return False
    return not any(_within(name, other) for other in found if other.key != name.key)


def _in_town(flat: Flat, name: Toponym) -> bool:
    """A large town called like a common word, after a preposition: "in Nice on Thursday"."""
    return (
        name.last - name.first == 1
        and name.key in words().common
        and name.key not in words().stop
        and flat.lower(name.first - 1) in _IN
        and (
            not flat.capital(name.first - 1)
            or name.first - 1 == flat.first_of[flat.sentence_of[name.first]]
        )
        and flat.capital(name.first)
        and not flat.capital(name.last)
        and not flat.all_caps
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
        after.first == end + 1 and container(after) for after in found[n + 1 : n + 4]
    )


def _is_end(flat: Flat, name: Toponym) -> bool:
    """The end of a longer name that the gazetteer lacks: "Meadows" of "in Ashby Meadows"."""
    if flat.all_caps or not _goes_before(flat, name.first):
        return False
    if flat.caps_share[flat.sentence_of[name.first]] >= _PROSE:
        return False
    lists = words()
    before = flat.lower(name.first - 1)
    if before in lists.titles or before in lists.demonyms or before in lists.peoples:
        return False
    return before not in _SIDES and flat.lower(name.first - 2) in lists.locating


def _is_feature(flat: Flat, name: Toponym) -> bool:
    """The word for a water, hill or street at the end of a name: "Bay" of "Mandalay Bay"."""
    word, lists = flat.lower(name.first), words()
    return (
        name.last - name.first == 1
        and not flat.all_caps
        and (word in lists.water or word in lists.street)
        and _goes_before(flat, name.first)
    )


def _goes_before(flat: Flat, i: int) -> bool:
    """Whether a capitalised word of letters stands before a token, with one space between."""
    return (
        i > flat.first_of[flat.sentence_of[i]]
        and flat.capital(i - 1)
        and flat.tokens[i - 1].text.isalpha()
        and flat.tokens[i - 1].end + 1 == flat.tokens[i].start
    )


def _of_phrase(flat: Flat, name: Toponym) -> bool:
    """A common word in a capitalised phrase: "Law" of "Florida Law Enforcement"."""
    after = flat.lower(name.last)
    lists = words()
    return (
        name.last - name.first == 1
        and not flat.all_caps
        and lists.common.get(flat.lower(name.first), 99) <= _COMMON
        and flat.capital(name.last)
        and flat.tokens[name.last - 1].end + 1 == flat.tokens[name.last].start
        and after not in lists.kinds
        and flat.lower(name.first - 1) not in lists.locating
        and name_facts(name.key).log_population_main < _KNOWN_TOWN
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
    if not container(after):
        return False
    book = gazetteer()
    rows, forms = book.rows(name.key)
    rows = rows[forms <= SHORT]
    rows = rows[book.level[rows] != COUNTRY]
    homes = [after.region] if after.region is not None else book.rows(after.key)[0][:4].tolist()
    return any(bool(book.inside(rows, home).any()) for home in homes)
