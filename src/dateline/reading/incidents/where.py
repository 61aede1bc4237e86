"""Where an incident happened: the places told beside its triggers, weighed.

The country with most weight is chosen first, then the most specific place in it; so the
country of a foreign spokesman never places an incident, and a stray town seldom does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

import msgspec

from dateline.geodesy import distance_km
from dateline.model import Place
from dateline.reading.incidents.nearness import is_within
from dateline.reading.incidents.report_place import Key, Set, key_of
from dateline.reading.incidents.scenes import Scene

_LEAD_WEIGHT = 2.0
_HARM_ONLY = 0.5  # a sentence that tells harm but no event
_ELSEWHERE = 0.05  # a mention anywhere else in the text
_DATELINE = 0.4
_TITLED = 1.0  # a place that the headline names too
_OPENING = 0.5  # one that the first sentences are about, though none tells the event there
_REPORT = 0.3  # share of what the whole report says of a place
_FILED = 1.5  # of the town of the dateline, in the region where it happened
_SET = 0.5  # weight from which a town of that region is taken
_SHORTEST_NAME = 4  # letters; shorter words are mostly abbreviations
_SAME_KM = 40.0  # a suburb and its city are one place in news
_DISTRICT_KM = 15.0  # from a district to the middle of the town it is part of
_FAR_KM = 150.0  # no part of a town lies so far off
_SPECIFIC = 0.2  # share of a wider place's weight at which a narrower one is taken instead
_SPECIFIC_TITLED = 0.6  # and where the headline names the wider one
# A "site" among the places of a text is an area: a lake, the Sahel.
_FINENESS = {"city": 1, "admin2": 2, "admin1": 3, "site": 3, "country": 4}

_COUNTY = re.compile(r"\b(?:county|parish|borough)\b", re.I)
_BORDER = re.compile(r"\bborder\b", re.I)
_VAGUE = re.compile(r"\b(?:km|kms|miles?|kilomet(?:er|re)s?)\b", re.I)

_WORD = re.compile(r"\w+")


def incident_place(
    scenes: Sequence[Scene],
    everywhere: Iterable[Place],
    dateline: Place | None,
    titled: Iterable[Place] = (),
    opening: Iterable[Place] = (),
    report: Sequence[Set] = (),
) -> Place | None:
    """The most specific place that the scenes of one incident agree on, with its words.

    ``everywhere`` are all places of the text, which only break ties; ``dateline`` is the
    place the report was filed from, a hint; ``titled`` are those that the headline names
    too, ``opening`` those where the first sentences say something is, ``report`` those the
    report as a whole is set in. None where nothing names a place.
    """
    weights: dict[Key, float] = {}
    best: dict[Key, tuple[float, Place]] = {}
    for scene in scenes:
        factor = _LEAD_WEIGHT if scene.lead or scene.sentence.title else 1.0
        factor *= 1.0 if scene.triggers or (scene.lead and scene.counted) else _HARM_ONLY
        for near in scene.places:
            _add(weights, best, near.place, near.weight * factor)
    for place in {key_of(place): place for place in titled}.values():
        _add(weights, best, place, _TITLED if place.kind != "country" else _OPENING)
    for rank, place in enumerate({key_of(place): place for place in opening}.values()):
        _add(weights, best, place, _OPENING / (1.0 + 0.1 * rank))
    if dateline is not None and not any(key[2] == dateline.country for key in weights):
        if sum(weights.values()) > _DATELINE:
            dateline = None
        else:
            _add(weights, best, dateline, _DATELINE)
    if not weights:
        return None
    for place, weight in report:
        if place.kind != "site":
            _add(weights, best, place, _REPORT * weight)
    for place in everywhere:
        if key_of(place) in weights:
            weights[key_of(place)] += _ELSEWHERE
    if dateline is not None and key_of(dateline) in weights:
        weights[key_of(dateline)] += _DATELINE
    countries: dict[str | None, float] = {}
    for key, weight in weights.items():
        countries[key[2]] = countries.get(key[2], 0.0) + weight
    known = {country: weight for country, weight in countries.items() if country is not None}
    pool = known or countries
    country = max(pool, key=lambda c: (pool[c], c or ""))
    inside = {key: weight for key, weight in weights.items() if key[2] == country}
    named = {key_of(place) for place in titled}
    chosen = _in_county(_narrowest(inside, named), dateline, best)
    chosen = _in_region(chosen, dateline, report, best)
    return best[_in_headline(_in_town(chosen, inside, best), named, best)][1]


def places_of_title(title: str, text: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places of a text that its headline, standing outside it, names too."""
    names = {word.casefold() for word in _WORD.findall(title) if word[0].isupper()}
    found = []
    for place in places:
        if place.span is None:
            continue
        words = _WORD.findall(text[place.span.start : place.span.end].casefold())
        if words and names.issuperset(words):
            found.append(place)
    return tuple(found)


def same_place(one: Place, other: Place) -> bool:
    """Whether two places may be one: equal, one inside the other, or near each other."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.kind == "country" or other.kind == "country":
        return True
    if "admin1" in (one.kind, other.kind) or "admin2" in (one.kind, other.kind):
        return not (one.admin1 and other.admin1 and one.admin1 != other.admin1)
    if one.name == other.name:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return True
    return distance_km(one.lat, one.lon, other.lat, other.lon) <= _SAME_KM


def at_region(place: Place, places: Iterable[Place]) -> Place:
    """A town the gazetteer lacks at the point of the region or country it was told in.

    UCDP GED codes such an event so, with the ``where_prec`` of the wider place.
    """
    if place.lat is not None or place.kind != "city":
        return place
    for home in places:
        if (home.country, home.admin1) == (place.country, place.admin1) and home.kind in (
            "admin2", "admin1", "country",
        ):  # fmt: skip
            return msgspec.structs.replace(place, lat=home.lat, lon=home.lon)
    return place


def as_written(place: Place, text: str) -> Place:
    """The place by the name the report uses: "Cologne", where the gazetteer has "Köln".

    Abbreviations and capitals keep the gazetteer's name, and so do countries and sites.
    """
    if place.span is None or place.kind in ("country", "site"):
        return place
    words = text[place.span.start : place.span.end].strip()
    plain = len(words) < _SHORTEST_NAME or words.isupper() or not words[:1].isupper()
    if plain or "." in words or not set("\n\r\t").isdisjoint(words):
        return place
    if place.site == " ".join(words.split()):
        return place  # a landmark, which is called otherwise than its town
    return msgspec.structs.replace(place, name=words)


def with_site(place: Place, sites: Iterable[Place], scenes: Sequence[Scene]) -> Place:
    """The place with the site (a market, a barracks) told in its scenes, if there is one."""
    if place.site is not None:
        return place
    spans = sorted({scene.sentence.span for scene in scenes})
    told = [
        site
        for site in sites
        if site.span is not None
        and site.site is not None
        and _home(site) == _home(place)
        and is_within(site.span.start, spans)
    ]
    # "A region on the border with" tells where the region is, not where in it.
    told = [site for site in told if _BORDER.search(site.site or "") is None]
    if not told:
        return place
    # A barracks says more than "30 km north of".
    best = min(told, key=lambda site: (_VAGUE.search(site.site or "") is not None, site.span))
    return msgspec.structs.replace(
        place, site=best.site, where_prec=best.where_prec, lat=best.lat, lon=best.lon
    )


def _home(place: Place) -> tuple[str, str | None, str | None]:
    """A site has the name of the place that holds it."""
    return (place.name, place.country, place.admin1)


def _in_county(key: Key, dateline: Place | None, best: dict[Key, tuple[float, Place]]) -> Key:
    """The town a report is filed from, where all it names is the county around it.

    Nobody files from a town too small for the gazetteer but for what happened there.
    """
    if dateline is not None and dateline.kind == "city" and dateline.lat is None:
        around = key[1] == "country" or (key[1] != "city" and key[3] == dateline.admin1)
        if key[2] != dateline.country or not around:
            return key
        best.setdefault(key_of(dateline), (0.0, dateline))
        return key_of(dateline)
    if key[1] != "admin2" or dateline is None or dateline.kind != "city":
        return key
    county = best[key][1]
    if (dateline.country, dateline.admin1) != key[2:]:
        return key
    if not _is_near(county, dateline):
        return key
    town = key_of(dateline)
    best.setdefault(town, (0.0, dateline))
    return town


def _in_region(
    key: Key, dateline: Place | None, report: Sequence[Set], best: dict[Key, tuple[float, Place]]
) -> Key:
    """The town of a region that the report is filed from or set in, where none is told beside."""
    if key[1] != "admin1":
        return key
    towns = {
        key_of(one.place): one.weight
        for one in report
        if one.place.kind == "city" and (one.place.country, one.place.admin1) == key[2:]
    }
    if (
        dateline is not None
        and dateline.kind == "city"
        and (dateline.country, dateline.admin1) == key[2:]
    ):
        best.setdefault(key_of(dateline), (0.0, dateline))
        towns[key_of(dateline)] = towns.get(key_of(dateline), 0.0) + _FILED
    town = max(towns, key=lambda town: (towns[town], town), default=key)
    return town if towns.get(town, 0.0) >= _SET else key


def _in_town(key: Key, inside: dict[Key, float], best: dict[Key, tuple[float, Place]]) -> Key:
    """The town that a district is part of, where the scenes name the town too.

    A county has towns in it and around it, of which any may be the other one named.
    """
    district = best[key][1]
    if key[1] != "admin2" or _COUNTY.search(key[0]):
        return key
    towns = [
        other
        for other in inside
        if other[1] == "city"
        and other[3] == key[3]
        and _apart(district, best[other][1], math.inf) <= _DISTRICT_KM
    ]
    return max(towns, key=lambda other: (inside[other], other[0]), default=key)


def _in_headline(key: Key, named: set[Key], best: dict[Key, tuple[float, Place]]) -> Key:
    """The one town of the headline, where a far one of the same country was chosen.

    "A Cedar Grove lounge" in a report headed "Shooting at Shreveport lounge" is in a
    neighbourhood the gazetteer lacks, not in Cedar Grove, Florida.
    """
    towns = [other for other in named if other[1] == "city" and other[2] == key[2]]
    if key[1] != "city" or key in named or len(towns) != 1 or len(named) != 1:
        return key
    if towns[0] not in best or towns[0][3] == key[3]:
        return key
    return towns[0] if _apart(best[key][1], best[towns[0]][1], 0.0) > _FAR_KM else key


def _is_near(one: Place, other: Place) -> bool:
    return _apart(one, other, math.inf) <= _SAME_KM


def _apart(one: Place, other: Place, unknown: float) -> float:
    """Kilometres between two places; ``unknown`` where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return unknown
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _narrowest(weights: dict[Key, float], titled: set[Key]) -> Key:
    """The narrowest place with weight enough beside the one that has most.

    Beside one the headline names it needs more: "Van attack in Valencia" was not in the
    smaller town where the driver was shot.
    """
    top = max(weights, key=lambda key: (weights[key], -_FINENESS[key[1]], key[0]))
    specific = _SPECIFIC_TITLED if top in titled and top[1] != "country" else _SPECIFIC
    finer = [
        key
        for key in weights
        if _FINENESS[key[1]] < _FINENESS[top[1]] and weights[key] >= specific * weights[top]
    ]
    if not finer:
        return top
    # A town inside the region that was chosen goes before a town elsewhere.
    inside = [key for key in finer if top[1] == "country" or key[3] == top[3]] or [top]
    return max(inside, key=lambda key: (weights[key], key[0]))


def _add(
    weights: dict[Key, float], best: dict[Key, tuple[float, Place]], place: Place, weight: float
) -> None:
    key = key_of(place)
    weights[key] = weights.get(key, 0.0) + weight
    if key not in best or weight > best[key][0]:
        best[key] = (weight, place)
