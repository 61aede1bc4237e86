"""Who did it, each once: reports name one person in full or not, and in different spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import structs

from dateline.model import PerpetratorValue
from dateline.tally.word_lists import word_lists

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SPELT_ALIKE = 0.8  # "Jalilov" and "Djalilov" are at 0.93, "Akbarjon" and "Akbarzhon" at 0.82
_LONGEST = 200  # characters of a name or description that are compared


def perpetrators(told: Sequence[PerpetratorValue]) -> tuple[PerpetratorValue, ...]:
    """Those held responsible, in the order they are first told; ``told`` is in that order, too.

    A person is listed once: "Rao", "Anil Rao" and "Anil Kumar Rao" are one, under the
    fullest name, with the last that is told of the fate and how surely, and what any report
    tells of the organisation. Brothers of one surname stay two, and the bare surname adds
    nobody to them. Of people without a name, "gunmen" of one report add nothing to the
    "attackers" of another, and "the suspect" adds nothing to the one who is named, unless
    their numbers or fates differ.
    """
    people = _people(told)
    listed = {min(person): _joined([told[at] for at in sorted(person)]) for person in people}
    surnames = {name for who in listed.values() for name in _names(who.name)[-1:]}
    named = [
        structs.replace(listed[min(person)], description=told[at].description)
        for person in people
        for at in person
    ]
    others = [
        at
        for at, value in enumerate(told)
        if not value.name and surnames.isdisjoint(_names(value.description))
    ]
    for at in others:
        fuller = [there for there in others if _says_no_more(told[at], told[there])]
        # Of two that say the same, the first is listed.
        taken_in = any(there < at or not _says_no_more(told[there], told[at]) for there in fuller)
        if not taken_in and not any(_says_no_more(told[at], who) for who in named):
            listed[at] = told[at]
    return _told_apart(dict.fromkeys(listed[place] for place in sorted(listed)))


def _told_apart(listed: Collection[PerpetratorValue]) -> tuple[PerpetratorValue, ...]:
    """Without those whose words tell them apart from nobody who is listed."""
    named = [value for value in listed if value.name]
    kept: list[PerpetratorValue] = []
    for value in listed:
        role = _bare_role(value)
        if role is None:
            kept.append(value)
            continue
        if _is_of(named, value, role):
            continue
        same = (n for n, one in enumerate(kept) if role == _bare_role(one))
        at = next((n for n in same if _may_be_one(value, kept[n], role)), None)
        if at is None:
            kept.append(value)
        else:
            kept[at] = _as_one(kept[at], value)
    return tuple(kept)


def _is_of(
    named: Sequence[PerpetratorValue], value: PerpetratorValue, role: Literal["alone", "many"]
) -> bool:
    """Whether those who are named are the ones meant: the only one, or all of several."""
    if role == "alone":
        return len(named) == 1 and value.fate in (None, named[0].fate)
    if len(named) < 2 or value.number not in (None, len(named)):
        return False
    return all(value.fate in (None, one.fate) for one in named)


def _bare_role(value: PerpetratorValue) -> Literal["alone", "many"] | None:
    """Whether the words speak of one or of several, and tell nothing else of them."""
    if value.name or value.organisation:
        return None
    lists = word_lists("attackers")
    *before, last = _names(value.description) or [""]
    if not lists["before"].issuperset(before):
        return None
    if last in lists["alone"] and value.number in (None, 1):
        return "alone"
    return "many" if last in lists["many"] and value.number != 1 else None


def _may_be_one(value: PerpetratorValue, other: PerpetratorValue, role: str) -> bool:
    # Of "ten gunmen" and "gunmen, killed" nobody says that all ten were.
    if role == "many" and value.fate != other.fate:
        return False
    pairs = ((value.number, other.number), (value.fate, other.fate))
    return all(one is None or two is None or one == two for one, two in pairs)


def _as_one(first: PerpetratorValue, later: PerpetratorValue) -> PerpetratorValue:
    return structs.replace(
        first,
        number=first.number if later.number is None else later.number,
        fate=later.fate or first.fate,
        confidence=later.confidence,
    )


def _people(told: Sequence[PerpetratorValue]) -> list[list[int]]:
    """Those told by name, as places in ``told``, one list a person."""
    people: list[tuple[Sequence[str], list[int]]] = []
    named = [(_names(value.name), at) for at, value in enumerate(told) if value.name]
    for names, at in sorted(named, key=lambda one: (-_fullness(one[0]), one[1])):
        same = [places for others, places in people if _one_person(names, others)]
        if not same:
            people.append((names, [at]))
        elif len(same) == 1 or len(names) > 1:
            same[0].append(at)
    return [places for _, places in people]


def _one_person(names: Sequence[str], fuller: Sequence[str]) -> bool:
    """Whether two names, as their words, may be one person's; the second has no fewer words."""
    if len(names) < 2:
        return bool(names) and names[0] in fuller
    if set(names) <= set(fuller) or (names[0], names[-1]) == (fuller[0], fuller[-1]):
        return True
    if names[0] == fuller[0] and len(names[-1]) == 1:  # "Karim N.", as courts are told of
        return fuller[-1].startswith(names[-1])
    return len(names) == len(fuller) and all(map(_alike, names, fuller))


def _alike(one: str, other: str) -> bool:
    """Whether two words may be two spellings of one foreign name."""
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second).ratio() >= _SPELT_ALIKE


def _names(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", (text or "")[:_LONGEST])
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(plain.casefold())


def _fullness(names: Sequence[str]) -> int:
    """How many words of a name are more than an initial."""
    return sum(len(name) > 1 for name in names)


def _joined(told: Sequence[PerpetratorValue]) -> PerpetratorValue:
    """One person of several tellings, the earliest first."""
    fullest = max(told, key=lambda value: _fullness(_names(value.name)))
    return structs.replace(
        fullest,
        number=next((v.number for v in told if v.number is not None), None),
        organisation=next((v.organisation for v in told if v.organisation), None),
        confidence=told[-1].confidence,
        fate=next((v.fate for v in reversed(told) if v.fate), None),
    )


def _says_no_more(value: PerpetratorValue, than: PerpetratorValue) -> bool:
    """Whether a description is that of another account, and all that it tells is told there.

    Of a group it is the name that counts: "the Red Dawn", "Red Dawn militants".
    """
    group = value.organisation is not None and value.organisation == than.organisation
    if not group and value.description.casefold() != than.description.casefold():
        return False
    known = structs.asdict(than)
    return all(
        told is None or told == known[field]
        for field, told in structs.asdict(value).items()
        if field != "description" and not (group and field == "confidence")
    )
