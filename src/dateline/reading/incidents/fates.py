"""What became of those who did it: at large, arrested, killed, killed by their own bomb."""

from __future__ import annotations

import re
from functools import cache

from dateline.model import Fate, Span
from dateline.reading.lexicon import load, signs, words
from dateline.reading.prepared import Prepared


@cache
def _fate_patterns() -> tuple[tuple[Fate, re.Pattern[str], frozenset[str]], ...]:
    lists = load("actors")
    fates: tuple[tuple[Fate, str], ...] = (
        ("killed by own bomb", "own_bomb"),
        ("killed", "killed"),
        ("arrested", "arrested"),
        ("at large", "at_large"),
    )
    return tuple((fate, words(lists[name]), signs(lists[name])) for fate, name in fates)


_SUBJECT = re.compile(
    r"\b(?:gunm[ae]n|attackers?|shooters?|assailants?|killers?|bombers?|suspects?|perpetrators?|"
    r"deserters?|driver|knifem[ae]n|terrorists?|hijackers?|kidnappers?|man|soldier|"
    r"serviceman|assassins?|militants?|father|husband)\b[^.;]{0,110}$"
    r"|\b(?:he|she|they|who)\b[^.;]{0,80}$",
    re.IGNORECASE,
)


def fates_of(prepared: Prepared) -> dict[Fate, Span]:
    """What became of the perpetrators; the weightiest fate first, where several are told."""
    found: dict[Fate, Span] = {}
    for fate, pattern, needed in _fate_patterns():
        for sentence in prepared.sentences:
            if needed.isdisjoint(sentence.words):
                continue
            for m in pattern.finditer(sentence.text):
                named = m.group().lower().startswith("bomber")
                if (
                    named
                    or _SUBJECT.search(sentence.text[: m.start()])
                    or (
                        fate == "at large"
                        and re.search(
                            r"^\s*(?:\w+\s+){0,3}(?:gunm|attack|suspect|kill|shoot|assail)",
                            sentence.text[m.end() :],
                        )
                    )
                ):
                    found.setdefault(fate, sentence.span)
                    break
            if fate in found:
                break
    return found
