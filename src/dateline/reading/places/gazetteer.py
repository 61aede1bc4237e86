"""The gazetteer: names of countries, regions, districts and towns, and where they are.

One compressed file, ``data/gazetteer.npz``, built by ``gazetteer/build.py`` from
GeoNames (CC BY 4.0) and Natural Earth (public domain); docs/gazetteer.md names every
source. Names are kept in a succinct trie and everything else in flat arrays, so that
loading makes no Python object per place.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.model import PlaceKind
from dateline.reading.lexicon import load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "data" / "gazetteer.npz"

COUNTRY, ADMIN1, ADMIN2, CITY, AREA = range(5)
"""Levels of an entry; AREA is a physical feature or an area over several countries."""

MAIN, SHORT, ALIAS = range(3)
"""How a name belongs to an entry: its name, its name without the kind word ("Rapides"
for Rapides Parish), or another name."""

CAPITAL, FUZZY, FORMER = 1, 2, 4
"""Marks of an entry: capital of its country; informal area; state that is no more."""

KINDS: tuple[PlaceKind, ...] = ("country", "admin1", "admin2", "city", "site")

_REMEMBERED = 65536  # words of which it is kept whether a name begins with them

_FOLD = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe",
        "ß": "ss", "ħ": "h", "ə": "a", "ŋ": "n",
        "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", "_": " ",
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "ʹ": None, "`": None,
        "´": None, "′": None, "“": None, "”": None, '"': None, ".": None, ",": None,
        "&": " and ",
    }
)  # fmt: skip
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The form under which a name is looked up: no case, accents or punctuation.

    >>> name_key("St. Paul"), name_key("Al-Ḥasakah"), name_key("Côte d'Ivoire")
    ('saint paul', 'al hasakah', 'cote divoire')
    """
    # Once more, since a folded letter ("þ" to "th") may show that a name is Latin.
    return _folded(_folded(name))


def _folded(name: str) -> str:
    name = name.casefold()
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name)
        # Й and ї are letters of their own: only marks on other scripts are dropped.
        name = "".join(c for c in name if not unicodedata.combining(c) or c in "̆̈")
        name = unicodedata.normalize("NFC", name)
        if any("a" <= c <= "z" for c in name.translate(_FOLD)):
            name = "".join(
                c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)
            )
    words = name.translate(_FOLD).split()
    return " ".join([_WORDS.get(word, word) for word in words])


# Countries whose names GeoNames writes in a scholar's transliteration ("Jalālābād"), whose
# marks English does not write. Elsewhere the marks belong to the language: "Lübeck", "Łódź".
_TRANSLITERATED = frozenset(
    "AE AF AM BD BG BH BY DZ EG ER ET GE GR IL IN IQ IR JO JP KH KP KR KW KZ LA LB LK LY MA "
    "MK MM NP OM PK PS QA RU SA SD SY TH TN UA YE".split()
)


def _without_marks(name: str, country: str | None) -> str:
    """A name as English writes it.

    >>> _without_marks("Jalālābād", "AF"), _without_marks("Lübeck", "DE")
    ('Jalalabad', 'Lübeck')
    """
    if country not in _TRANSLITERATED:
        return name
    letters = unicodedata.normalize("NFD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c) and c not in "‘’ʼʻʹ")
    return unicodedata.normalize("NFC", plain) or name


class Entry(NamedTuple):
    """One place of the gazetteer; ``row`` is where it stands."""

    row: int
    name: str
    level: int
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    geonames_id: int | None
    population: int
    marks: int

    @property
    def kind(self) -> PlaceKind:
        """The kind of place in the words of the model."""
        return KINDS[self.level]

    @property
    def where_prec(self) -> int:
        """The UCDP GED precision of an event known to be at this place.

        1 a town, 3 a second-level region, 4 a first-level region, 5 an informal or
        large area, 6 a country (UCDP GED codebook 23.1, ``where_prec``).
        """
        if self.level == AREA or self.marks & FUZZY:
            return 5
        return {COUNTRY: 6, ADMIN1: 4, ADMIN2: 3, CITY: 1}[self.level]


class Gazetteer:
    """Names to places. Rows are int32 indices into the flat arrays.

    ``lat`` and ``lon`` are degrees, ``population`` people (0 where not known),
    ``country`` an index into ``countries``, ``admin1`` and ``admin2`` rows (-1 none).
    """

    def __init__(self, arrays: dict[str, Any]) -> None:
        import marisa_trie
        import numpy as np

        self.level: NDArray[np.uint8] = arrays["level"]
        self.lat: NDArray[np.float64] = np.cumsum(arrays["lat"], dtype=np.int64) / 1e4
        self.lon: NDArray[np.float64] = np.cumsum(arrays["lon"], dtype=np.int64) / 1e4
        self.country: NDArray[np.uint8] = arrays["country"]
        self.admin1: NDArray[np.int32] = arrays["admin1"]
        self.admin2: NDArray[np.int32] = arrays["admin2"]
        self.population: NDArray[np.int32] = arrays["population"]
        self.geonames_id: NDArray[np.int32] = arrays["geonames_id"]
        self.marks: NDArray[np.uint8] = arrays["marks"]
        self.countries: list[str] = arrays["countries"].tobytes().decode("ascii").split()
        self.country_number = {code: i for i, code in enumerate(self.countries)}
        self._names: bytes = arrays["names"].tobytes()
        ends = np.flatnonzero(arrays["names"] == 10)
        self._name_ends: NDArray[np.int64] = np.concatenate([[-1], ends])
        self._trie = marisa_trie.Trie().frombytes(arrays["trie"].tobytes())
        counts = arrays["posting_counts"].astype(np.int64)
        self._posting_ends: NDArray[np.int64] = np.concatenate([[0], np.cumsum(counts)])
        self._postings: NDArray[np.int32] = arrays["postings"]
        self._posting_forms: NDArray[np.uint8] = arrays["posting_forms"]
        self._region_rows: dict[int, int] = {}
        self._begun: dict[str, bool] = {}
        # The first rows are the countries, in the order of ``countries``.
        self.country_row = {code: i for i, code in enumerate(self.countries) if code != "--"}

    @classmethod
    def read(cls, path: Path = DATA) -> Gazetteer:
        """Load a gazetteer file."""
        import numpy as np

        with np.load(path, allow_pickle=False) as stored:
            return cls({name: stored[name] for name in stored.files})

    def __len__(self) -> int:
        return len(self.level)

    def __contains__(self, key: str) -> bool:
        return key in self._trie

    def region_row(self, geonames_id: int) -> int:
        """The row of a first-level region by its GeoNames id.

        Raises KeyError where there is none.
        """
        if not self._region_rows:
            import numpy as np

            for row in np.flatnonzero(self.level == ADMIN1).tolist():
                self._region_rows[int(self.geonames_id[row])] = row
        return self._region_rows[geonames_id]

    def begins(self, key: str) -> bool:
        """Whether a name is, or begins with, these whole words.

        >>> gazetteer().begins("new york"), gazetteer().begins("yor")
        (True, False)
        """
        known = self._begun.get(key)
        if known is None:
            longer = self._trie.iterkeys(f"{key} ")
            known = self._begun[key] = key in self._trie or next(longer, None) is not None
            if len(self._begun) > _REMEMBERED:
                self._begun.clear()
        return known

    def prefixes(self, text: str) -> list[str]:
        """The names that begin a string of keys, shortest first."""
        found: list[str] = self._trie.prefixes(text)
        return found

    def rows(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Rows with that name and how it belongs to each; largest population first."""
        try:
            number = self._trie.key_id(key)
        except KeyError:
            return self._postings[:0], self._posting_forms[:0]
        start, end = self._posting_ends[number], self._posting_ends[number + 1]
        return self._postings[start:end], self._posting_forms[start:end]

    def inside(self, rows: NDArray[np.int32] | NDArray[np.int64], home: int) -> NDArray[np.bool_]:
        """Which rows lie in a country or region; a town holds nothing."""
        level = int(self.level[home])
        if level == COUNTRY:
            held: NDArray[np.bool_] = (self.country[rows] == self.country[home]) & (rows != home)
        elif level == ADMIN1:
            held = self.admin1[rows] == home
        elif level == ADMIN2:
            held = self.admin2[rows] == home
        else:
            held = rows < 0
        return held

    def name(self, row: int) -> str:
        """The English name of a row, without the marks of a transliteration."""
        start, end = self._name_ends[row] + 1, self._name_ends[row + 1]
        name = self._names[start:end].decode("utf-8")
        return name if name.isascii() else _without_marks(name, self.country_of(row))

    def country_of(self, row: int) -> str | None:
        """ISO 3166-1 alpha-2 code of the country a row lies in, None for none."""
        code = self.countries[self.country[row]]
        return None if code == "--" else code

    def entry(self, row: int) -> Entry:
        """All about one row."""
        admin1 = int(self.admin1[row])
        number = int(self.geonames_id[row])
        return Entry(
            row=row,
            name=self.name(row),
            level=int(self.level[row]),
            lat=float(self.lat[row]),
            lon=float(self.lon[row]),
            country=self.country_of(row),
            admin1=self.name(admin1) if admin1 >= 0 else None,
            geonames_id=number if number > 0 else None,
            population=int(self.population[row]),
            marks=int(self.marks[row]),
        )

    def lookup(self, name: str) -> list[Entry]:
        """Every place of that name, in any spelling of its letters, largest first."""
        words = name_key(name).split()
        found = self.rows(" ".join(words))[0]
        if not len(found) and len(words) > 1:
            # "Belgorod region": the region among the places called Belgorod.
            for kind, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
                level = kind_words().get(kind)
                if level is not None and not len(found):
                    rows = self.rows(" ".join(rest))[0]
                    found = rows[self.level[rows] == level]
        return [self.entry(int(row)) for row in found]


@cache
def kind_words() -> dict[str, int]:
    """Words that tell the level of the name beside them ("region", "county")."""
    table = load("places")["kinds"]
    levels = {"country": COUNTRY, "admin1": ADMIN1, "admin2": ADMIN2, "city": CITY}
    return {word: level for name, level in levels.items() for word in table[name].split()}


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the package, loaded once in a process."""
    return Gazetteer.read()
