"""What is compared of two mentions, and the levels of agreement, in Python and in SQL.

Each comparison has levels in order; the first that fits is the one two mentions get.
Python's answer is used for a few mentions, SQL's by Splink for a whole ledger; a test
holds both to the same answer. Their weights stand in ``data/weights.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dateline.geodesy import EARTH_RADIUS_KM, distance_km
from dateline.linking.candidate import (
    ADMIN1,
    BEFORE,
    COUNTRY,
    DAY,
    MONTH,
    PUBLISHED,
    WEEK,
    Candidate,
)
from dateline.linking.kinds import is_broad

SAME_TOWN_KM = 12.0
CLOSE_KM = 40.0
NEAR_KM = 100.0
APART_KM = 300.0

_BORDER_KM = 150.0  # from the middle of a region to a town of the next one
_SOME_NAMES = 4  # with fewer on a side, none in common means nothing
_SOME_WORDS = 6


class Level(NamedTuple):
    """One level: its name in the file of weights, words for people, the SQL condition."""

    name: str
    words: str
    sql: str


class Comparison(NamedTuple):
    """One question about two mentions. ``level`` gives None where a value is missing."""

    name: str
    question: str
    columns: tuple[str, ...]
    missing: str
    level: Callable[[Candidate, Candidate], str | None]
    levels: tuple[Level, ...]


# When

_GAP = 'greatest(0, "first_l" - "last_r", "first_r" - "last_l")'
_COARSER = 'greatest("grain_l", "grain_r")'


def gap(a: Candidate, b: Candidate) -> int | None:
    """Days between two date ranges; 0 where they touch, None where one is unknown."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


def day_of_telling(a: Candidate, b: Candidate) -> bool:
    """Whether the later of two days is the day its report came out.

    "The toll rose on Tuesday": the day of the telling is easily read as that of the
    event, so such a day says less against the earlier one.
    """
    if a.first is None or b.first is None:
        return False
    later = a if a.first > b.first else b
    return later.published is not None and later.last == later.published


def _when(a: Candidate, b: Candidate) -> str | None:
    days = gap(a, b)
    if days is None or a.grain is None or b.grain is None:
        return None
    grain = max(a.grain, b.grain)
    if grain == BEFORE and days == 0:
        return None
    if grain == DAY:
        if days == 0:
            return "same_day"
        if days == 1:
            return "next_telling" if day_of_telling(a, b) else "next_day"
        if day_of_telling(a, b):
            return "telling" if days < 7 else "late_telling"
        return "two_days" if days == 2 else "days_apart"
    if days == 0:
        if grain <= WEEK:
            return "within_week"
        if grain == MONTH:
            return "within_month"
        return "within_news" if grain == PUBLISHED else "within_year"
    return "close_range" if days <= 3 else "out_of_range"


_TELLING = (
    'coalesce(CASE WHEN "first_l" > "first_r" THEN "last_l" = "published_l" '
    'ELSE "last_r" = "published_r" END, FALSE)'
)
WHEN = Comparison(
    "when",
    "date",
    ("first", "last", "grain", "published"),
    f'"first_l" IS NULL OR "first_r" IS NULL OR ({_COARSER} = {BEFORE} AND {_GAP} = 0)',
    _when,
    (
        Level("same_day", "the same day", f"{_COARSER} = 0 AND {_GAP} = 0"),
        Level(
            "next_telling",
            "one day apart, the later may be that of the report",
            f"{_COARSER} = 0 AND {_TELLING} AND {_GAP} = 1",
        ),
        Level("next_day", "one day apart", f"{_COARSER} = 0 AND {_GAP} = 1"),
        Level(
            "telling",
            "the later day may be that of the report",
            f"{_COARSER} = 0 AND {_TELLING} AND {_GAP} < 7",
        ),
        Level(
            "late_telling",
            "a week or more apart, the later day may be that of the report",
            f"{_COARSER} = 0 AND {_TELLING}",
        ),
        Level("two_days", "two days apart", f"{_COARSER} = 0 AND {_GAP} = 2"),
        Level("days_apart", "different days", f"{_COARSER} = 0"),
        Level("within_week", "a day within the week told", f"{_GAP} = 0 AND {_COARSER} = 1"),
        Level("within_month", "a day within the month told", f"{_GAP} = 0 AND {_COARSER} = 2"),
        Level("within_year", "a day within the year told", f"{_GAP} = 0 AND {_COARSER} = 3"),
        Level(
            "within_news",
            "no date told, but published soon after the other",
            f"{_GAP} = 0 AND {_COARSER} = 4",
        ),
        Level("close_range", "ranges up to three days apart", f"{_GAP} <= 3"),
        Level("out_of_range", "ranges that exclude each other", "ELSE"),
    ),
)


# Where


def distance(a: Candidate, b: Candidate) -> float | None:
    """Kilometres between two places; None where one has no point, not even a middle."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance_km(a.lat, a.lon, b.lat, b.lon)


_POINTS = '("place_grain_l" <= 2 AND "place_grain_r" <= 2)'
_KM = (
    f"(2 * {EARTH_RADIUS_KM!r} * asin(least(1.0, sqrt("
    'power(sin((radians("lat_r") - radians("lat_l")) / 2), 2) + '
    'cos(radians("lat_l")) * cos(radians("lat_r")) * '
    'power(sin(radians("lon_r" - "lon_l") / 2), 2)))))'
)
_HAVE_POINTS = '"lat_l" IS NOT NULL AND "lat_r" IS NOT NULL'
_BOTH = f"{_HAVE_POINTS} AND {_POINTS}"


_SAME_NAME = f'({_POINTS} AND "town_l" = "town_r" AND coalesce("country_l" = "country_r", TRUE))'


def _same_name(a: Candidate, b: Candidate) -> bool:
    """Whether both name one town that the gazetteer could not place."""
    if a.place_grain is None or b.place_grain is None or a.town is None:
        return False
    if a.place_grain >= ADMIN1 or b.place_grain >= ADMIN1 or a.town != b.town:
        return False
    return a.country is None or b.country is None or a.country == b.country


def maybe_misplaced(a: Candidate, b: Candidate) -> bool:
    """Whether two towns far apart may be one that was looked up wrongly.

    So where both have one name, or one report also names the town of the other.
    """
    return (a.town is not None and a.town == b.town) or (
        (a.town_word is not None and a.town_word in b.capitals)
        or (b.town_word is not None and b.town_word in a.capitals)
    )


def _where(a: Candidate, b: Candidate) -> str | None:
    if a.place_grain is None or b.place_grain is None:
        return None
    km = distance(a, b)
    if a.place_grain < ADMIN1 and b.place_grain < ADMIN1 and km is not None:
        if a.site and a.site == b.site and km <= CLOSE_KM:
            return "same_site"
        for limit, name in (
            (SAME_TOWN_KM, "same_town"),
            (CLOSE_KM, "close"),
            (NEAR_KM, "near"),
            (APART_KM, "apart"),
        ):
            if km <= limit:
                return name
        return "misplaced" if maybe_misplaced(a, b) else "far"
    if _same_name(a, b):
        return "same_name"
    if a.country is None or b.country is None:
        return None
    if a.country != b.country:
        return "other_country"
    coarser = max(a.place_grain, b.place_grain)
    if coarser == COUNTRY or a.admin1 is None or b.admin1 is None:
        return "same_country"
    if a.admin1 == b.admin1:
        return "same_region" if min(a.place_grain, b.place_grain) == ADMIN1 else "town_in_region"
    if km is not None and km <= _BORDER_KM:
        return "next_region"
    return "other_region"


_MISPLACED = (
    '(coalesce("town_l" = "town_r", FALSE) '
    'OR coalesce(array_contains("capitals_l", "town_word_r"), FALSE) '
    'OR coalesce(array_contains("capitals_r", "town_word_l"), FALSE))'
)
_COUNTRIES = '"country_l" = "country_r"'
_REGION = f'{_COUNTRIES} AND "admin1_l" = "admin1_r"'
WHERE = Comparison(
    "where",
    "place",
    ("lat", "lon", "place_grain", "country", "admin1", "town", "site", "town_word", "capitals"),
    '"place_grain_l" IS NULL OR "place_grain_r" IS NULL OR '
    f"(NOT ({_BOTH}) AND NOT coalesce({_SAME_NAME}, FALSE) "
    'AND ("country_l" IS NULL OR "country_r" IS NULL))',
    _where,
    (
        Level(
            "same_site",
            "the same site",
            f'{_BOTH} AND "site_l" = "site_r" AND "site_l" <> \'\' AND {_KM} <= {CLOSE_KM}',
        ),
        Level("same_town", "the same town", f"{_BOTH} AND {_KM} <= {SAME_TOWN_KM}"),
        Level("close", "within 40 km", f"{_BOTH} AND {_KM} <= {CLOSE_KM}"),
        Level("near", "within 100 km", f"{_BOTH} AND {_KM} <= {NEAR_KM}"),
        Level("apart", "100 to 300 km apart", f"{_BOTH} AND {_KM} <= {APART_KM}"),
        Level(
            "misplaced",
            "far apart, but one report names the town of the other",
            f"{_BOTH} AND {_MISPLACED}",
        ),
        Level("far", "more than 300 km apart", f"{_BOTH}"),
        Level("same_name", "a town of the same name", _SAME_NAME),
        Level("other_country", "different countries", '"country_l" <> "country_r"'),
        Level(
            "same_country",
            "the same country, one told no closer",
            f'greatest("place_grain_l", "place_grain_r") = {COUNTRY} '
            'OR "admin1_l" IS NULL OR "admin1_r" IS NULL',
        ),
        Level(
            "same_region",
            "the same region, both told no closer",
            f'{_REGION} AND least("place_grain_l", "place_grain_r") = {ADMIN1}',
        ),
        Level("town_in_region", "a town in the region the other tells", _REGION),
        Level("next_region", "neighbouring regions", f"{_HAVE_POINTS} AND {_KM} <= {_BORDER_KM}"),
        Level("other_region", "different regions of one country", "ELSE"),
    ),
)


# What


def _what(a: Candidate, b: Candidate) -> str | None:
    if a.type == b.type:
        return "same_broad" if is_broad(a.type) else "same"
    if a.kin & b.kin:
        return "akin"
    return "broad" if is_broad(a.type) or is_broad(b.type) else "different"


WHAT = Comparison(
    "what",
    "kind of incident",
    ("type", "kin", "broad"),
    '"type_l" IS NULL OR "type_r" IS NULL',
    _what,
    (
        Level("same", "the same kind", '"type_l" = "type_r" AND NOT "broad_l"'),
        Level("same_broad", "the same broad kind", '"type_l" = "type_r"'),
        Level("akin", "kinds that are used for each other", '("kin_l" & "kin_r") <> 0'),
        Level("broad", "one tells no means", '"broad_l" OR "broad_r"'),
        Level("different", "different kinds", "ELSE"),
    ),
)


# How many


def _figures(name: str, question: str, unit: str) -> Comparison:
    low, high = f"{name}_low", f"{name}_high"

    def level(a: Candidate, b: Candidate) -> str | None:
        one, other = getattr(a, low), getattr(b, low)
        if one is None or other is None:
            return None
        top_one, top_other = getattr(a, high), getattr(b, high)
        small, large = sorted((top_one or one, top_other or other))
        if (top_one or one) == (top_other or other) or one == other:
            return "same_large" if max(one, other) >= 5 else "same_small"
        if max(one, other) <= small and small > 0:
            return "overlapping"
        if large - small <= max(1, large // 5):
            return "alike_large" if small >= 10 else "alike"
        later_has_more = (
            a.published is None
            or b.published is None
            or a.published == b.published
            or (a.published < b.published) == ((top_one or one) < (top_other or other))
        )
        if large <= 3 * small and later_has_more:
            return "rising_large" if small >= 10 else "rising"
        if large <= 3 * small:
            return "unlike"
        return "far_apart"

    def top(side: str) -> str:
        # A zero is treated as "no figure of its own", as ``or`` does in Python.
        return f'coalesce(nullif("{high}_{side}", 0), "{low}_{side}")'

    left, right = top("l"), top("r")
    small, large = f"least({left}, {right})", f"greatest({left}, {right})"
    order = (
        '("published_l" IS NULL OR "published_r" IS NULL OR "published_l" = "published_r" OR '
        f'("published_l" < "published_r") = ({left} < {right}))'
    )
    same = f'({left} = {right} OR "{low}_l" = "{low}_r")'
    near = f"{large} - {small} <= greatest(1, {large} // 5)"
    lows = f'greatest("{low}_l", "{low}_r")'
    return Comparison(
        name,
        question,
        (low, high, "published"),
        f'"{low}_l" IS NULL OR "{low}_r" IS NULL',
        level,
        (
            Level("same_large", f"the same number {unit}", f"{same} AND {lows} >= 5"),
            Level("same_small", f"the same small number {unit}", same),
            Level("overlapping", "ranges that overlap", f"{lows} <= {small} AND {small} > 0"),
            Level("alike_large", "large numbers a fifth apart", f"{near} AND {small} >= 10"),
            Level("alike", "numbers a fifth apart", near),
            Level(
                "rising_large",
                "a large number that may have risen to the other",
                f"{large} <= 3 * {small} AND {small} >= 10 AND {order}",
            ),
            Level(
                "rising",
                "a number that may have risen to the other",
                f"{large} <= 3 * {small} AND {order}",
            ),
            Level("unlike", "different numbers", f"{large} <= 3 * {small}"),
            Level("far_apart", "numbers far apart", "ELSE"),
        ),
    )


KILLED = _figures("killed", "killed", "killed")
INJURED = _figures("injured", "injured", "injured")
HELD = _figures("held", "abducted or released", "held")


# By whom, with what


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return len(set(one) & set(other)) if one and other else 0


def _actors(a: Candidate, b: Candidate) -> str | None:
    if not a.actors or not b.actors:
        return None
    return "shared" if _shared(a.actors, b.actors) else "none_shared"


WHO = Comparison(
    "who",
    "those held responsible",
    ("actors",),
    'len("actors_l") = 0 OR len("actors_r") = 0',
    _actors,
    (
        Level("shared", "a name in common", 'len(list_intersect("actors_l", "actors_r")) > 0'),
        Level("none_shared", "no name in common", "ELSE"),
    ),
)


def _weapon(a: Candidate, b: Candidate) -> str | None:
    if not a.weapons or not b.weapons:
        return None
    return "shared" if a.weapons & b.weapons else "none_shared"


WEAPON = Comparison(
    "weapon",
    "weapon",
    ("weapons",),
    '"weapons_l" = 0 OR "weapons_r" = 0',
    _weapon,
    (
        Level("shared", "the same sort of weapon", '("weapons_l" & "weapons_r") <> 0'),
        Level("none_shared", "different weapons", "ELSE"),
    ),
)


def _targets(a: Candidate, b: Candidate) -> str | None:
    if not a.targets or not b.targets:
        return None
    return "shared" if _shared(a.targets, b.targets) else "none_shared"


TARGET = Comparison(
    "target",
    "target",
    ("targets",),
    'len("targets_l") = 0 OR len("targets_r") = 0',
    _targets,
    (
        Level("shared", "one in common", 'len(list_intersect("targets_l", "targets_r")) > 0'),
        Level("none_shared", "none in common", "ELSE"),
    ),
)


# In what words


def _names(a: Candidate, b: Candidate) -> str | None:
    shared = _shared(a.names, b.names)
    fewer = min(len(a.names), len(b.names))
    if shared >= 4 and shared * 4 >= fewer:
        return "many"
    if shared >= 2 and shared * 8 >= fewer:
        return "some"
    if shared:
        return "one"
    return "none" if fewer >= _SOME_NAMES else None


_N_SHARED = 'len(list_intersect("names_l", "names_r"))'
_N_FEWER = 'least(len("names_l"), len("names_r"))'
NAMES = Comparison(
    "names",
    "rare names",
    ("names",),
    f"{_N_SHARED} = 0 AND {_N_FEWER} < {_SOME_NAMES}",
    _names,
    (
        Level("many", "many in common", f"{_N_SHARED} >= 4 AND {_N_SHARED} * 4 >= {_N_FEWER}"),
        Level("some", "some in common", f"{_N_SHARED} >= 2 AND {_N_SHARED} * 8 >= {_N_FEWER}"),
        Level("one", "one in common", f"{_N_SHARED} > 0"),
        Level("none", "none in common", "ELSE"),
    ),
)


def _words(a: Candidate, b: Candidate) -> str | None:
    fewer = min(len(a.words), len(b.words))
    if fewer < _SOME_WORDS:
        return None
    shared = _shared(a.words, b.words)
    if shared * 2 >= fewer:
        return "most"
    if shared * 4 >= fewer:
        return "quarter"
    if shared * 10 >= fewer:
        return "tenth"
    return "few"


_W_SHARED = 'len(list_intersect("words_l", "words_r"))'
_W_FEWER = 'least(len("words_l"), len("words_r"))'
WORDS = Comparison(
    "words",
    "rare words",
    ("words",),
    f"{_W_FEWER} < {_SOME_WORDS}",
    _words,
    (
        Level("most", "half or more in common", f"{_W_SHARED} * 2 >= {_W_FEWER}"),
        Level("quarter", "a quarter or more in common", f"{_W_SHARED} * 4 >= {_W_FEWER}"),
        Level("tenth", "a tenth or more in common", f"{_W_SHARED} * 10 >= {_W_FEWER}"),
        Level("few", "hardly any in common", "ELSE"),
    ),
)


def _text(a: Candidate, b: Candidate) -> str | None:
    shared = _shared(a.sentences, b.sentences)
    if not shared:
        return None
    return "copied" if shared * 2 >= min(len(a.sentences), len(b.sentences)) else "sentence"


_S_SHARED = 'len(list_intersect("sentences_l", "sentences_r"))'
TEXT = Comparison(
    "text",
    "sentences word for word",
    ("sentences",),
    f"{_S_SHARED} = 0",
    _text,
    (
        Level(
            "copied",
            "half or more of the sentences",
            f'{_S_SHARED} * 2 >= least(len("sentences_l"), len("sentences_r"))',
        ),
        Level("sentence", "a sentence", "ELSE"),
    ),
)

COMPARISONS: tuple[Comparison, ...] = (
    WHEN,
    WHERE,
    WHAT,
    KILLED,
    INJURED,
    HELD,
    WHO,
    WEAPON,
    TARGET,
    NAMES,
    WORDS,
    TEXT,
)
