"""Who a report introduces: full names, the body or person a sentence begins with, the country."""

from __future__ import annotations

import re

from dateline.reading.attribution.naming import Named, names_in, nouns
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.prepared import Prepared, Sentence

_NAME = re.compile(
    r"\b(?:[A-ZÀ-ÖØ-ÞА-Я][\w’'.-]{0,30}\s{1,3}){1,4}[A-ZÀ-ÖØ-ÞА-Я][\w’'-]{1,30}", re.UNICODE
)
# "Hospital director [Amal Saleh] spoke …": an office before a name.
_LED = re.compile(r"\b(?P<role>[\w-]{2,30}) (?=[A-Z][\w’'-]+ [A-Z])")
# "A Nigerian man, [Ann Bell], 29, was arrested": who a sentence is about.
_INTRODUCED = re.compile(
    r"(?:An?|The|One|Another)\s+(?:[\w-]{1,25}\s+){0,4}[a-z-]{2,25},\s+(?=[A-Z])"
)
_LEADING = re.compile(r"(?:[\w’'-]{1,30} ){0,5}")  # words before the office
_LED_FAR = 120  # characters
OPENERS = frozenset(
    """yet but and so still even the as if when while after before in on at for to from with by it
    he she they his her their its this that these those a an no not many some most more all both
    here there now then also however meanwhile since because although though former only among under
    like last next earlier later another other such every each our my your""".split()
)


def person_in(sentence: Sentence, registry: Registry) -> list[Named] | None:
    """Whose full name a sentence begins with, after an office at most; None for none."""
    roles = nouns().roles
    at = 0
    if (introduced := _INTRODUCED.match(sentence.text)) is not None:
        at = introduced.end()
    for led in _LED.finditer(sentence.text, 0, _LED_FAR):
        if not _LEADING.fullmatch(sentence.text, 0, led.start()):
            break
        lead = led["role"].casefold()
        if lead in roles["people"] or lead in roles["titles"]:
            at = led.end()
    match = _NAME.match(sentence.text, at)
    if match is None:
        return None
    words = words_of(match.group())
    name = match.group().replace("’s", "").replace("'s", "")
    made = names_in(name, registry)
    known = any(registry.nation_at([word], 0) or word.key in nouns().kinds
                for word in words[-1:])  # fmt: skip
    if known or len(made) != 1 or not (made[0].person and made[0].source.kind == "person"):
        return None
    return made


def body_in(sentence: Sentence, registry: Registry) -> list[Named] | None:
    """The known body that a sentence begins with; None for none."""
    words = words_of(sentence.text[:80])
    hits = registry.find(words)
    first = 1 if words and words[0].key == "the" else 0
    if not hits or hits[0].first != first or hits[0].source.kind in ("person", "witness"):
        return None
    if hits[0].end < len(words) and words[hits[0].end].text[:1].isupper():
        return None
    return names_in(sentence.text[words[first].start : words[hits[0].end - 1].end],
                    registry) or None  # fmt: skip


def full_names(prepared: Prepared, registry: Registry) -> dict[str, str]:
    """Surnames to the first full name in the text ("Ann Bell" for "bell")."""
    found: dict[str, str] = {}
    titles, callings = nouns().roles["titles"], nouns().roles["people"]
    for sentence in prepared.sentences[:2000]:
        for match in _NAME.finditer(sentence.text):
            words = words_of(match.group())
            while len(words) > 2 and (words[0].key in titles or registry.nation_at(words, 0)):
                words = words[1:]
            offices = [n for n, w in enumerate(words[:-2]) if w.key in titles or w.key in callings]
            if offices:
                words = words[offices[-1] + 1 :]  # "Interior Minister Ann Bell"
            if len(words) not in (2, 3) or words[0].key in titles:
                continue
            if words[0].key in OPENERS and match.start() == 0:
                continue  # "Yet Republicans"
            if any(w.key in nouns().kinds or registry.nation_at([w], 0) for w in words):
                continue
            name = " ".join(match.group()[words[0].start : words[-1].end].split())
            found.setdefault(words[-1].key, name)
    return found


def country_of(prepared: Prepared, registry: Registry) -> str | None:
    """The state most of the text speaks of; None where no state has a clear majority.

    Two thirds of all mentions and three at least, or all of them and two at least.
    """
    counts: dict[str, int] = {}
    for sentence in prepared.sentences[:2000]:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if registry.may_be_nation(token.lower):
                near = [
                    Word(t.lower.replace(".", ""), t.start, t.end, t.text)
                    for t in tokens[at : at + 5]
                ]
                nation = registry.nation_at(near, 0)
                if nation:
                    counts[nation] = counts.get(nation, 0) + 1
    if not counts:
        return None
    best = max(sorted(counts), key=lambda name: counts[name])
    total = sum(counts.values())
    clear = counts[best] * 3 >= total * 2 and counts[best] >= 3
    return best if clear or counts[best] == total >= 2 else None
