"""Other spellings of Arabic names: "Ras al-Ain" for Raʼs al ʻAyn, "Deir" for Dayr.

GeoNames writes Arabic names as the United Nations romanise them; newspapers write them by
ear. The rules are those differences, word by word: the article (not assimilated, or "el"), the
diphthongs (ay as ei or ai, aw as o), the feminine ending (-ah as -a or -eh), a doubled
consonant written once, u as ou before the last consonant, and the words that names are made
of (tall, dayr, bayt, shaykh).
"""

from __future__ import annotations

import itertools
import re

COUNTRIES = frozenset("AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE".split())

_ARTICLE = re.compile(r"a[lnrstzd]|a[stdz]h")
_WORDS = {
    "tall": ("tel", "tal", "tell"),
    "ayn": ("ain", "ein"),
    "dayr": ("deir",),
    "bayt": ("beit", "bait"),
    "jabal": ("jebel",),
    "shaykh": ("sheikh",),
    "kafr": ("kfar",),
    "suq": ("souk", "souq"),
    "umm": ("um", "om"),
    "abu": ("abou",),
    "bir": ("bir", "beer"),
    "hisn": ("hosn",),
    "husn": ("hosn",),
    "qalat": ("qalaat",),
    "jadidah": ("jadida", "jdeideh", "jadideh"),
    "mahallah": ("mahalla",),
}
_MOST = 12  # spellings of one name


def respellings(key: str) -> list[str]:
    """Further spellings of a name, given and told as keys (see ``name_key``).

    >>> respellings("ras al ayn")
    ['ras al ain', 'ras al ein', 'ras el ayn', 'ras el ain', 'ras el ein']
    """
    words = key.split()
    choices = []
    for at, word in enumerate(words):
        if 0 < at < len(words) - 1 and _ARTICLE.fullmatch(word):
            choices.append(list(dict.fromkeys([word, "al", "el"])))
        else:
            choices.append([word, *_spellings(word)])
    found = (" ".join(parts) for parts in itertools.product(*choices))
    # The first is the name itself; those with the fewest changes come with it.
    return [name for name in dict.fromkeys(found) if name != key][:_MOST]


def _spellings(word: str) -> list[str]:
    if word in _WORDS:
        return list(_WORDS[word])
    if len(word) < 5:
        return []
    found = [re.sub(r"([^aeiou])\1", r"\1", word)]
    for base in (word, found[0]):
        soft = base
        if base.endswith("iyah"):
            soft = base[:-1]
            found.append(base[:-3] + "ya" if base.endswith("iyyah") else base[:-4] + "iyeh")
        elif base.endswith("ah"):
            soft = base[:-1]
            found.append(base[:-2] + "eh")
        found.append(soft)
        eared = re.sub(r"ay(?=[^aeiouy])", "ei", soft)
        found.append(re.sub(r"aw(?=[^aeiouw])", "o", eared))
        found.append(re.sub(r"u(?=[^aeiou]$)", "ou", re.sub(r"ay(?=[^aeiouy])", "ei", soft)))
        found.append(re.sub(r"ay(?=[^aeiouy])", "ai", soft))
    return [name for name in dict.fromkeys(found) if name != word]
