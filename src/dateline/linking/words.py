"""What the words of a report say of which event it tells: rare words, names, shingles.

Hashes stand for words, so that nothing of a text can be read back from what linking
keeps of it, and numbers are compared instead of strings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]{0,3}\s|\n")
_POSSESSIVE = re.compile(r"['’]s$")

_SHINGLE = 5  # words; long enough that two texts do not share one by chance
_SHORTEST_SENTENCE = 6  # words; "Police said." stands in every report
_MOSTLY_CAPITALS = 0.6
_RARE_LETTERS = 4
_MOST = 120  # rare words or names kept of one account


class Telling(NamedTuple):
    """Hashes, sorted: rare names, rare words, and whole sentences of an account.

    ``pairs`` are two rare names side by side, as in a person's full name; ``capitals``
    all words with a capital, common ones and the places left out of the rest too, and two
    of them side by side, as in a town of two words.
    """

    names: tuple[int, ...]
    pairs: tuple[int, ...]
    words: tuple[int, ...]
    capitals: tuple[int, ...]
    sentences: tuple[int, ...]


def hashed(text: str) -> int:
    """A number of 63 bits for a text, the same everywhere; it fits a signed BIGINT."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    return hashed(word)


@cache
def _common() -> frozenset[str]:
    text = files("dateline.linking").joinpath("data/common_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Rough sentences as offsets; a line break ends one too."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.end() > start:
            yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def tell(parts: Iterable[str], leave_out: Iterable[str] = ()) -> Telling:
    """What some sentences tell, without the words of ``leave_out`` (place names, say)."""
    skip = {word.casefold() for name in leave_out for word in _WORD.findall(name)}
    names: set[str] = set()
    pairs: set[str] = set()
    capitalised: set[str] = set()
    words: set[str] = set()
    whole: set[int] = set()
    for part in parts:
        found = _WORD.findall(part)
        if len(found) >= _SHORTEST_SENTENCE:
            whole.add(hashed(" ".join(word.casefold() for word in found)))
        capitals = sum(word.isupper() for word in found) > _MOSTLY_CAPITALS * len(found)
        before = named = ""
        for position, word in enumerate(found):
            plain = _POSSESSIVE.sub("", word).casefold()
            rare = _is_rare(plain) and plain not in skip
            is_name = not capitals and word[0].isupper()
            if is_name:
                capitalised.add(plain)
                if named:
                    capitalised.add(f"{named} {plain}")
            named = plain if is_name else ""
            if is_name and rare and (position or _looks_like_name(found)):
                names.add(plain)
                if before:
                    pairs.add(f"{before} {plain}")
            elif rare and len(plain) >= _RARE_LETTERS:
                words.add(plain.rstrip("s"))
            before = plain if is_name and len(plain) > 1 and plain not in skip else ""
    words -= {name.rstrip("s") for name in names}
    return Telling(
        names=_smallest(names),
        pairs=_smallest(pairs),
        words=_smallest(words),
        capitals=_smallest(capitalised),
        sentences=tuple(sorted(whole)),
    )


def _is_rare(word: str) -> bool:
    common = _common()
    if word.isdigit() or len(word) < 3:
        return False
    return word not in common and word.removesuffix("s") not in common


def _looks_like_name(found: list[str]) -> bool:
    """Whether a sentence begins with a name: its second word is capitalised as well."""
    return len(found) > 1 and found[1][0].isupper()


def _smallest(words: Iterable[str]) -> tuple[int, ...]:
    # The smallest hashes, so that two long accounts keep the same of what they share.
    return tuple(sorted(_word_hash(word) for word in words)[:_MOST])


def shingles(text: str) -> list[str]:
    """Runs of five words, without case and marks, for the near-duplicate test."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < _SHINGLE:
        return [" ".join(words)] if words else []
    return [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def lines(text: str) -> tuple[int, ...]:
    """Hashes of the whole sentences of a text, sorted, for telling who copied whom."""
    return tell(text[start:end] for start, end in sentences(text)).sentences
