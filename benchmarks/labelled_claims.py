"""Claims with the verdict of the labels: right or wrong, for fitting and measuring scores.

Two sources:

- the project's own labelled reports and articles (tests/corpus): figures by (effect, min,
  max, side), and for reports of one incident its day and place. In an article that reports
  none, an incident read is wrong with all that belongs to it.
- MUC-4 development messages with their answer keys: types of event, days, places,
  perpetrators, weapons and targets of the incidents read in them. A message without a
  template counts against the events read in it, although some of those did happen (fights
  between armies are none of the task's incidents), so scores of events err on the low side.

What the labels leave open (``implicit``, a slot without an answer) is left out.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.articles import words
from benchmarks.muc.messages import read_messages
from dateline.model import (
    CasualtyValue,
    Claim,
    EventValue,
    PerpetratorValue,
    PlaceValue,
    Reading,
    TargetValue,
    TimeValue,
    WeaponValue,
)
from dateline.reading.confidence import Features
from dateline.reading.reader import read_with_features
from dateline.sources.inputs import document_from_text

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
OWN = (
    *(("casualties", part) for part in ("dev", "heldout", "unseen_1", "unseen_2")),
    *(("articles", part) for part in ("dev", "held_out")),
    *(("articles", f"unseen_{n}") for n in range(1, 7)),
)
EVERY = 1  # MUC messages: one in so many
_GIVEN = ("title", "publisher", "published_at")
_HEAD = re.compile(r"\s*(\d{1,2})\.\s+[A-Z :]+?(?:\s{2,}|\t)(.*)")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DAY = re.compile(r"(\d{1,2})\s+([A-Z]{3})\s+(\d{2})")
_SMALL = frozenset("THE A AN OF AND IN AT BY SOME MEN MAN PEOPLE PERSONS".split())
_MUC_TYPES = {
    "KIDNAPPING": {"kidnapping", "hostage_taking", "hostage_release"},
    "ARSON": {"arson", "attack", "infrastructure_attack"},
    "ROBBERY": {"armed_robbery", "kidnapping", "hostage_taking"},
}
_BOMBS = {
    "bombing", "suicide_bombing", "mine", "grenade_attack", "explosion", "missile_strike",
    "shelling", "airstrike", "infrastructure_attack", "attack", "assassination", "massacre",
    "killing", "chemical_attack", "drone_attack", "vehicle_attack",
}  # fmt: skip


class Row(NamedTuple):
    """One scored claim; ``pool`` is the set of texts, ``document`` keeps folds apart."""

    kind: str
    pool: str
    document: str
    features: Features
    score: float | None
    right: bool


class Key(NamedTuple):
    """One answer template: its slots as lists of lines, by number."""

    slots: dict[int, list[str]]

    def texts(self, *numbers: int) -> list[str]:
        """The filled lines of some slots."""
        lines = [line for number in numbers for line in self.slots.get(number, ())]
        return [line for line in lines if line.strip() not in ("", "-", "*")]


def own(pools: Sequence[tuple[str, str]] = OWN) -> Iterator[Row]:
    """The claims of the project's own labelled texts."""
    for folder, part in pools:
        path = CORPUS / folder / f"{part}.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            given = {name: record.get(name) for name in _GIVEN}
            document = document_from_text(record["text"], **given)
            scope = "harm" if record.get("scope") == "harm" else "violence"
            reading, features = read_with_features(document, scope)
            for claim, right in _verdicts(record, reading):
                if claim.id in features:
                    yield Row(
                        claim.kind, f"{folder}/{part}", record["doc"], features[claim.id],
                        claim.score, right,
                    )  # fmt: skip


def muc(corpora: Path, every: int = EVERY) -> Iterator[Row]:
    """The claims of MUC-4 development messages, one message in ``every``."""
    folder = corpora / "muc" / "dev"
    keys = dict(_keys(folder))
    for path in sorted(folder.glob("dev-muc*")):
        for message in read_messages(path):
            if int(message.id[-4:]) % every != 1 % every:
                continue
            reading, features = read_with_features(document_from_text(message.text))
            for claim in reading.claims:
                right = _agrees(claim, keys.get(message.id, []))
                if claim.id in features and right is not None:
                    yield Row(
                        claim.kind, "muc/dev", message.id, features[claim.id], claim.score, right
                    )


def _verdicts(record: dict[str, Any], reading: Reading) -> Iterator[tuple[Claim, bool]]:
    labels = record["claims"]
    gold = {_key(one) for one in labels if not one.get("implicit")}
    near = {(key[0], key[1], key[3]) for key in gold}
    loose = {_key(one)[:3] for one in labels if one.get("implicit")}
    for claim in reading.claims:
        value = claim.value
        if isinstance(value, CasualtyValue):
            key = (value.effect, value.min, value.max, value.who)
            if key in gold or key[:3] not in loose:
                yield claim, key in gold or (value.effect, value.min, value.who) in near
        elif claim.incident is None:
            continue
        elif not record["is_casualty_report"]:
            yield claim, False
        elif isinstance(value, EventValue):
            yield claim, True
        elif claim.incident == 0 and isinstance(value, TimeValue):
            if (told := record.get("incident_date")) is not None:
                yield claim, value.start <= dt.date.fromisoformat(told) <= value.end
        elif claim.incident == 0 and isinstance(value, PlaceValue):
            place = record.get("place") or {}
            wanted = words(place.get("name")) | words(place.get("admin1"))
            if wanted:
                yield claim, bool(wanted & words(value.name))


def _key(label: dict[str, Any]) -> tuple[str, int | None, int | None, str]:
    return label["effect"], label["min"], label["max"], label.get("who", "victims")


def _keys(folder: Path) -> Iterator[tuple[str, list[Key]]]:
    """The answer templates of each message, optional ones too."""
    found: dict[str, list[Key]] = {}
    slots: dict[int, list[str]] = {}
    last = 0
    for path in sorted(folder.glob("key*")):
        for line in path.read_text(encoding="latin-1").replace("\r", "").splitlines():
            if line.startswith(";"):
                continue
            if m := _HEAD.match(line):
                last = int(m[1])
                if last == 0:
                    slots = {}
                    found.setdefault(m[2].split()[0], []).append(Key(slots))
                slots.setdefault(last, []).append(m[2].strip())
            elif line.strip() and slots:
                slots[last].append(line.strip())
    for message, keys in found.items():
        yield message, [key for key in keys if key.texts(4)]


def _agrees(claim: Claim, keys: Sequence[Key]) -> bool | None:
    """Whether a template bears a claim out; None where that cannot be told."""
    value = claim.value
    if claim.incident is None:
        return None
    if isinstance(value, EventValue):
        return any(_is_type(value.type, key.texts(4)[0]) for key in keys)
    if not keys:
        return None  # whether anything happened is asked of the event
    if isinstance(value, TimeValue):
        spans = [_days(line) for key in keys for line in key.texts(2)]
        told = [span for span in spans if span is not None]
        return any(value.start <= b and a <= value.end for a, b in told) if told else None
    if isinstance(value, PlaceValue):
        told_at = [words(line) for key in keys for line in key.texts(3)]
        return any(words(value.name) <= at for at in told_at) if told_at else None
    if isinstance(value, PerpetratorValue):
        return _shares_head(value.description, [t for k in keys for t in k.texts(9, 10)])
    if isinstance(value, WeaponValue):
        return _shares_head(value.description, [t for k in keys for t in k.texts(6, 7)])
    if isinstance(value, TargetValue):
        return _shares_head(value.description, [t for k in keys for t in k.texts(12, 19)])
    return None


def _is_type(code: str, told: str) -> bool:
    kinds = re.findall(r"[A-Z]+", told)
    if "BOMBING" in kinds and code in _BOMBS:
        return True
    if any(code in _MUC_TYPES.get(kind, ()) for kind in kinds):
        return True
    return "ATTACK" in kinds and code not in ("kidnapping", "hostage_taking", "armed_robbery")


def _days(line: str) -> tuple[dt.date, dt.date] | None:
    """A date slot as first and last day; None for a date only bounded by the dateline."""
    if line.startswith("-") and not _DAY.search(line.lstrip("- ")):
        return None
    found = []
    for day, month, year in _DAY.findall(line):
        if month in _MONTHS:
            found.append(dt.date(1900 + int(year), _MONTHS.index(month) + 1, int(day)))
    if not found:
        return None
    if line.startswith("-") and len(found) == 1:
        return None  # "some time before the dateline": no day was told
    return min(found), max(found)


def _shares_head(words_read: str, told: Sequence[str]) -> bool:
    """Whether the last word of a description, or its plural, stands in an answer."""
    heads = [w for w in re.findall(r"\w+", words_read.upper()) if w not in _SMALL]
    stems = {w.rstrip("S") for line in told for w in re.findall(r"\w+", line.upper())}
    return bool(heads) and heads[-1].rstrip("S") in stems
