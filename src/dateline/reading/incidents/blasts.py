"""Whether an explosion was somebody's doing, where no word of its own says so.

"Twin explosions killed 46 in the market" is an attack, "an explosion in a fireworks plant"
an accident. Reports often say "explosion" alone and tell beside it who is suspected, or
that gunmen opened fire (data/event_contexts.toml, the table ``blast``).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from dateline.reading.attribution.registry import registry_in_use, words_of
from dateline.reading.lexicon import load
from dateline.reading.prepared import Prepared

_READ = 12  # sentences that are looked at
_LONGEST = 1500  # characters of one
_ACCIDENTAL = 3  # signs of a deed that outweigh one of an accident


class _Signs(NamedTuple):
    deed: re.Pattern[str]
    paired: re.Pattern[str]
    accident: re.Pattern[str]
    ruled_out: re.Pattern[str]


def is_deed(prepared: Prepared) -> bool:
    """Whether the text has signs that an explosion it tells was set off on purpose."""
    signs = _signs()
    found: set[str] = set()
    accident = False
    for sentence in prepared.sentences[:_READ]:
        text = sentence.text[:_LONGEST].lower()
        accident = accident or signs.accident.search(text) is not None
        if signs.ruled_out.search(text):
            continue
        found |= {match[0] for match in signs.deed.finditer(text)}
        if signs.paired.search(text):
            found.add("several at once")
        found |= _groups(sentence.text[:_LONGEST], caps=prepared.all_caps)
    return len(found) >= (_ACCIDENTAL if accident else 1)


def _groups(text: str, *, caps: bool) -> AbstractSet[str]:
    """The armed groups a sentence names."""
    hits = registry_in_use().find(words_of(text), caps=caps)
    return {hit.source.name for hit in hits if hit.source.kind == "armed_group"}


@cache
def _signs() -> _Signs:
    table = load("event_contexts")["blast"]

    def any_of(name: str) -> str:
        return "|".join(re.escape(phrase) for phrase in sorted(table[name], key=len, reverse=True))

    return _Signs(
        re.compile(rf"\b(?:{any_of('deed')})\b(?! (?:{any_of('void')}))"),
        re.compile(rf"\b(?:{any_of('paired')}) (?:[a-z-]+ )?(?:blasts?|explosions?)\b"),
        re.compile(rf"\b(?:{any_of('accident')})\b"),
        re.compile(rf"\b(?:{any_of('ruled_out')})\b"),
    )
