"""How the places of two mentions agree."""

from __future__ import annotations

from dateline.geodesy import EARTH_RADIUS_KM, distance_km
from dateline.linking.candidate import ADMIN1, COUNTRY, Candidate
from dateline.linking.levels import Comparison, Level

SAME_TOWN_KM = 12.0
CLOSE_KM = 40.0
NEAR_KM = 100.0
APART_KM = 300.0

_BORDER_KM = 150.0  # from the middle of a region to a town of the next one


def distance(a: Candidate, b: Candidate) -> float | None:
    """Kilometres between two places; None where one has no point, not even a middle."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance_km(a.lat, a.lon, b.lat, b.lon)


_POINTS = '("place_grain_l" <= 2 AND "place_grain_r" <= 2)'
KM = (
    f"(2 * {EARTH_RADIUS_KM!r} * asin(least(1.0, sqrt("
    'power(sin((radians("lat_r") - radians("lat_l")) / 2), 2) + '
    'cos(radians("lat_l")) * cos(radians("lat_r")) * '
    'power(sin(radians("lon_r" - "lon_l") / 2), 2)))))'
)
_HAVE_POINTS = '"lat_l" IS NOT NULL AND "lat_r" IS NOT NULL'
BOTH = f"{_HAVE_POINTS} AND {_POINTS}"


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


def _is_named(a: Candidate, b: Candidate) -> bool:
    """Whether one that tells no place, or a country alone, names the town of the other.

    "The Njoro clashes", "the bombing of the Kabul airport": a name that was not read as
    the place is one all the same.
    """
    return _names_town_of(a, b) or _names_town_of(b, a)


def _names_town_of(rough: Candidate, exact: Candidate) -> bool:
    if exact.town_word is None or exact.town_word not in rough.capitals:
        return False
    if rough.place_grain is None:
        return True
    known = rough.country is not None and rough.country == exact.country
    return known and rough.place_grain == COUNTRY


def _where(a: Candidate, b: Candidate) -> str | None:
    if _is_named(a, b):
        return "named"
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
        ):
            if km <= limit:
                return name
        if maybe_misplaced(a, b):
            return "apart_named" if km <= APART_KM else "misplaced"
        return "apart" if km <= APART_KM else "far"
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


MISPLACED = (
    '(coalesce("town_l" = "town_r", FALSE) '
    'OR coalesce(array_contains("capitals_l", "town_word_r"), FALSE) '
    'OR coalesce(array_contains("capitals_r", "town_word_l"), FALSE))'
)
_COUNTRIES = '"country_l" = "country_r"'


def _named_sql(rough: str, exact: str) -> str:
    return (
        f'(coalesce(array_contains("capitals_{rough}", "town_word_{exact}"), FALSE) AND '
        f'("place_grain_{rough}" IS NULL OR ("place_grain_{rough}" = {COUNTRY} '
        f"AND coalesce({_COUNTRIES}, FALSE))))"
    )


_NAMED = f"({_named_sql('l', 'r')} OR {_named_sql('r', 'l')})"
_REGION = f'{_COUNTRIES} AND "admin1_l" = "admin1_r"'
WHERE = Comparison(
    "where",
    "place",
    ("lat", "lon", "place_grain", "country", "admin1", "town", "site", "town_word", "capitals"),
    f'NOT {_NAMED} AND ("place_grain_l" IS NULL OR "place_grain_r" IS NULL OR '
    f"(NOT ({BOTH}) AND NOT coalesce({_SAME_NAME}, FALSE) "
    'AND ("country_l" IS NULL OR "country_r" IS NULL)))',
    _where,
    (
        Level("named", "one tells no place, but names the town of the other", _NAMED),
        Level(
            "same_site",
            "the same site",
            f'{BOTH} AND "site_l" = "site_r" AND "site_l" <> \'\' AND {KM} <= {CLOSE_KM}',
        ),
        Level("same_town", "the same town", f"{BOTH} AND {KM} <= {SAME_TOWN_KM}"),
        Level("close", "within 40 km", f"{BOTH} AND {KM} <= {CLOSE_KM}"),
        Level("near", "within 100 km", f"{BOTH} AND {KM} <= {NEAR_KM}"),
        Level(
            "apart_named",
            "100 to 300 km apart, but one report names the town of the other",
            f"{BOTH} AND {KM} <= {APART_KM} AND {MISPLACED}",
        ),
        Level("apart", "100 to 300 km apart", f"{BOTH} AND {KM} <= {APART_KM}"),
        Level(
            "misplaced",
            "far apart, but one report names the town of the other",
            f"{BOTH} AND {MISPLACED}",
        ),
        Level("far", "more than 300 km apart", f"{BOTH}"),
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
        Level("next_region", "neighbouring regions", f"{_HAVE_POINTS} AND {KM} <= {_BORDER_KM}"),
        Level("other_region", "different regions of one country", "ELSE"),
    ),
)
