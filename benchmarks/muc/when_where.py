"""The date and location slots, from the reader's times and places near the incident.

The names and types of places are those of the task's own list
(containing-areas-part1.v5); a town the list lacks but the reader resolves is a CITY.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from benchmarks.muc.fills import lists
from benchmarks.muc.messages import Message, written
from benchmarks.muc.phrases import DATA, Sentence
from dateline.model import Reading, Timex

LOOKED = 3  # sentences of an incident that are searched for its place
_COUNTRIES = {
    "SV": "EL SALVADOR", "CO": "COLOMBIA", "PE": "PERU", "GT": "GUATEMALA", "HN": "HONDURAS",
    "CL": "CHILE", "BO": "BOLIVIA", "EC": "ECUADOR", "AR": "ARGENTINA", "PA": "PANAMA",
    "NI": "NICARAGUA", "MX": "MEXICO", "BR": "BRAZIL", "VE": "VENEZUELA", "CR": "COSTA RICA",
    "US": "UNITED STATES", "ES": "SPAIN", "PY": "PARAGUAY", "UY": "URUGUAY", "CU": "CUBA",
}  # fmt: skip
_OF_INTEREST = tuple(_COUNTRIES.values())[:9]
_WIDE = ("DEPARTMENT", "PROVINCE", "REGION", "OFFICIAL REGION", "INTENDANCY", "STATE")
_TOWN = ("CITY", "TOWN", "MUNICIPALITY", "VILLAGE", "PORT")
_PART = ("NEIGHBORHOOD", "DISTRICT", "SUBURB", "UNIVERSITY", "SECTOR", "CANTON")
_DEICTIC = re.compile(
    r"\b(?:TODAY|YESTERDAY|TONIGHT|LAST NIGHT|THIS (?:MORNING|AFTERNOON|EVENING)|EARLY THIS|"
    r"DAYS? AGO|HOURS? AGO|DAWN)\b"
)
_SAID = re.compile(
    r"\b(?:SAID|REPORT|STATED|ANNOUNC|CONFIRM|DENIED|CONDEMN|CLAIM|TOLD|ADDED|INFORM|DISCLOS|ISSUED|"
    r"MET\b|ADMITT|REVEAL|BLAMED|ACCUSED|MEDIA|SPOKES|CALLED)"
)
_DAYS = {
    f"{day}DAY": n
    for n, day in enumerate(("MON", "TUES", "WEDNES", "THURS", "FRI", "SATUR", "SUN"))
}
_ABSOLUTE = re.compile(
    r"\b(\d{1,2})\s+(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\b(?:\s+(?:19)?(\d{2})\b)?"
)


def incident_date(
    message: Message, reading: Reading | None, sentences: Sequence[Sentence], core: Sequence[int]
) -> str:
    """The date slot: a day where the text tells one, else "- " and the dateline's day."""
    if message.date is None:
        return "-"
    default = f"- {written(message.date)}"
    for index in core[:3]:
        sentence = sentences[index]
        start, end = sentence.words[0].start, sentence.words[-1].end
        for timex in _times(reading):
            if start <= timex.span.start < end:
                day = _day(timex, message)
                if day is not None:
                    return day
    return default


def _times(reading: Reading | None) -> tuple[Timex, ...]:
    return reading.times if reading is not None else ()


def _day(timex: Timex, message: Message) -> str | None:
    """The date a time expression gives: a day, or None where it is no use."""
    words = " ".join(message.text[timex.span.start : timex.span.end].split())
    around = message.text[max(0, timex.span.start - 40) : timex.span.end + 25]
    if "TODAY" in words and _SAID.search(around):
        return None  # the day of the telling
    if any(day in words for day in _DAYS):
        return f"- {written(message.date)}" if message.date else None
    if timex.start is None or timex.end is None or timex.start != timex.end:
        return None
    if message.date is not None and timex.start > message.date:
        return None
    if _DEICTIC.search(words) or _ABSOLUTE.search(words):
        return written(timex.start)
    return None


@cache
def place_names() -> dict[tuple[str, ...], list[list[str]]]:
    """The words of a place's name -> [country, type] pairs."""
    table = json.loads((DATA / "places.json").read_text(encoding="utf-8"))
    return {tuple(re.findall(r"[\w'.]+|-", name)): kinds for name, kinds in table.items()}


class Found:
    """A place told in a sentence."""

    __slots__ = ("at", "index", "kinds", "name", "sentence")

    def __init__(
        self, name: str, kinds: list[list[str]], sentence: int, index: int, at: bool
    ) -> None:
        self.name = name
        self.kinds = kinds
        self.sentence = sentence
        self.index = index
        self.at = at


def _places(sentence: Sentence, reading: Reading | None) -> list[Found]:
    known = place_names()
    texts = sentence.texts
    found: list[Found] = []
    i = 0
    while i < len(texts):
        end = 0
        for j in range(min(len(texts), i + 6), i, -1):
            if tuple(texts[i:j]) in known:
                end = j
                break
        if end and (sentence.tags[i] in ("GPE", "NP", "PER", "ORG", "NN", "JJ") or end - i > 1):
            before = texts[max(0, i - 3) : i]
            at = any(
                word in ("IN", "AT", "NEAR", "OF", "OUTSIDE", "NORTHERN", "SOUTHERN")
                for word in before
            )
            found.append(
                Found(" ".join(texts[i:end]), known[tuple(texts[i:end])], sentence.index, i, at)
            )
            i = end
        else:
            i += 1
    have = {(f.index) for f in found}
    for place in reading.places if reading is not None else ():
        if place.span is None or place.kind != "city" or place.country not in _COUNTRIES:
            continue
        for k, word in enumerate(sentence.words):
            if word.start == place.span.start and k not in have:
                name = " ".join(w.text for w in sentence.words[k:] if w.end <= place.span.end)
                if name and tuple(name.split()) not in known:
                    at = any(w in ("IN", "AT", "NEAR", "OF") for w in texts[max(0, k - 3) : k])
                    found.append(
                        Found(name, [[_COUNTRIES[place.country], "CITY"]], sentence.index, k, at)
                    )
    return found


def country_of(message: Message, sentences: Sequence[Sentence], found: Sequence[Found]) -> str:
    """The country most named, by itself, by its people or by its towns."""
    votes: Counter[str] = Counter()
    nations = lists()["nations"]
    text = " ".join(" ".join(sentence.texts) for sentence in sentences)
    for country in _COUNTRIES.values():
        votes[country] += len(re.findall(rf"\b{country}\b", text))
    for sentence in sentences:
        for word in sentence.texts:
            if word in nations:
                votes[nations[word]] += 1
    for one in found:
        countries = {country for country, _ in one.kinds}
        if len(countries) == 1:
            votes[countries.pop()] += 2
    home = message.country or next(
        (c for c, _ in place_names().get(tuple(message.place.split()), [])), ""
    )
    if message.place in _COUNTRIES.values():
        home = message.place
    if home in _OF_INTEREST:
        votes[home] += 4
    return max(_OF_INTEREST, key=lambda country: (votes[country], country))


def incident_location(
    message: Message, reading: Reading | None, sentences: Sequence[Sentence], core: Sequence[int]
) -> tuple[str, str]:
    """The location slot and the country in it."""
    found = [place for sentence in sentences for place in _places(sentence, reading)]
    country = country_of(message, sentences, found)
    for index in core[:LOOKED]:
        parts = _parts(found, sentences[index], country)
        if parts:
            if "(NEIGHBORHOOD)" in parts[-1] and not any("(CITY)" in part for part in parts):
                city = next(
                    (
                        f"{place.name} (CITY)"
                        for place in found
                        if [country, "CITY"] in place.kinds and f"{place.name} (" not in parts[-1]
                    ),
                    None,
                )
                parts = [city, *parts] if city else parts
            return ": ".join([country, *parts]), country
    return country, country


def _parts(found: Sequence[Found], sentence: Sentence, country: str) -> list[str]:
    """The region, town and part of a town a sentence says it is at, as the slot writes them."""
    chosen: dict[str, str] = {}
    for place in found:
        if place.sentence != sentence.index or not place.at or place.name == country:
            continue
        kinds = [kind for home, kind in place.kinds if home == country]
        for level, family in (("town", _TOWN), ("wide", _WIDE), ("part", _PART)):
            kind = next((k for k in kinds if k in family), None)
            if kind is None:
                continue
            words = sentence.texts
            after = words[place.index + len(place.name.split()) :][:1]
            wide = bool(after) and after[0] in (*_WIDE, kind)
            if level == "town" and wide and after[0] in _WIDE:
                continue
            if level == "wide" and not wide and any(k in _TOWN for k in kinds):
                continue
            chosen.setdefault(level, f"{place.name} ({kind})")
            break
    return [chosen[level] for level in ("wide", "town", "part") if level in chosen]


def towns(
    message: Message, reading: Reading | None, sentences: Sequence[Sentence]
) -> dict[int, str]:
    """Sentence index -> the town it says it is at, where it says one."""
    found = [place for sentence in sentences for place in _places(sentence, reading)]
    country = country_of(message, sentences, found)
    told = {}
    for sentence in sentences:
        parts = _parts(found, sentence, country)
        town = next((p for p in parts if p.rsplit("(", 1)[1][:-1] in _TOWN), None)
        if town is not None:
            told[sentence.index] = town
    return told
