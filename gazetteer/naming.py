"""What the names of the sources are worth, and their parts."""

from __future__ import annotations

import re
import unicodedata

import spelling

KIND_WORDS = re.compile(
    r"(?:^(?:province|department|departement|département|district|governorate|state|region|county|"
    r"city|municipality|provincia|departamento|estado|municipio|republic|respublika) (?:of|de|du|"
    r"d'|d’|del|di) (?:la |las |los |el )?)|(?: (?:county|parish|borough|census area|municipality|"
    r"district|raion|rayon|oblast|oblast'|oblast’|province|region|governorate|muhafazah|state|"
    r"department|prefecture|republic|krai|kray|territory|division|regency|canton|voivodeship|"
    r"district municipality|metropolitan borough|city and borough|область|район|край|область)$)",
    re.IGNORECASE,
)
ARABIC = {*spelling.COUNTRIES, "MR"}
ARTICLE = re.compile(r"^(?:Al|El|Ar|As|Ash|Ad|An|At|Az)[ -]")
ROMAN_JUNK = re.compile(r"[0-9(),;:/\[\]]")


def usable(name: str) -> bool:
    """Whether another name is in Latin or Cyrillic letters and worth reading."""
    if len(name) < 3 or ROMAN_JUNK.search(name):
        return False
    # Airport codes; and the ASCII romanisations of other scripts, which begin in lower case.
    if name.isascii() and name.isupper() and len(name) <= 4:
        return False
    if not (name[0].isupper() or name[0] in "'’‘`ʻ"):
        return False
    return all(
        unicodedata.name(c, "").startswith(("LATIN", "CYRILLIC", "MODIFIER"))
        for c in name
        if c.isalpha()
    )


def english(name: str | None) -> bool:
    """Whether a name is in Latin letters."""
    return bool(name) and all(
        unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha()
    )


def split(names: str) -> list[str]:
    """Names between bars."""
    return [name for name in names.split("|") if name]


def without_article(name: str, country: str) -> str:
    """An Arabic name as the news may write it: "Fallujah" for Al Fallujah."""
    bare = ARTICLE.sub("", name) if country in ARABIC else name
    return bare if len(bare) > 3 and bare[0].isupper() else name
