"""How likely a claim is right: a probability from what the reader knows of its making.

For each kind in data/confidence.json a logistic model weighs a few plain features (the
rule, the modality, how far the figure stands from the words for the event, whether the
report says it again or says otherwise). The weights were fitted on labelled reports by
``training/calibration.py``; ``benchmarks/calibration.py`` measures how well they hold.

What a probability means: of the claims that score 0.8, about 80 in 100 are right, that
is, a person who labels the same text writes the same value down. Kinds without labelled
data (motive, charge, responsibility, verification, statistic) have no score, nor has an
event or a target that belongs to no incident.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from dateline.model import (
    CasualtyValue,
    Chain,
    EventValue,
    Modality,
    PerpetratorValue,
    PlaceValue,
    TargetValue,
    TimeValue,
)
from dateline.reading.finding import Finding
from dateline.reading.genre import genre_of
from dateline.reading.incidents.events import LIKELY
from dateline.reading.incidents.mentions import Account
from dateline.reading.incidents.scenes import Scene
from dateline.reading.places.gazetteer import gazetteer
from dateline.reading.prepared import Prepared

Features: TypeAlias = dict[str, float]

_DIGITS = 3  # of a score: more would promise more than the labels can tell
_FAR = 20  # sentences; further than this from an event is simply far
_SUPPORT = 7.5  # the points of a well told incident, see mentions.py
_VAGUE = frozenset({"attack", "killing", "accident"})


@cache
def models() -> Mapping[str, Mapping[str, float]]:
    """Weights of the features by kind of claim; "*" is the constant."""
    path = files("dateline.reading").joinpath("data/confidence.json")
    table: dict[str, dict[str, float]] = json.loads(path.read_text("utf-8"))["weights"]
    return table


def probability(kind: str, features: Mapping[str, float]) -> float | None:
    """The chance that a claim with these features is right; None for a kind unmeasured."""
    weights = models().get(kind)
    if weights is None:
        return None
    return chance(weights, features)


def chance(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The logistic model: features without a weight say nothing."""
    # fsum does not depend on the order of its terms.
    total = weights["*"] + math.fsum(weights.get(n, 0.0) * x for n, x in features.items())
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), _DIGITS)


class Confidence:
    """Scores the claims of one document."""

    def __init__(
        self, prepared: Prepared, accounts: Sequence[Account], casualties: Sequence[Finding]
    ) -> None:
        self._prepared = prepared
        self._accounts = accounts
        self._last = max(1, len(prepared.sentences) - 1)
        told = genre_of(prepared)
        self._document = {
            "other genre": float(told.kind != "news"),
            "words of harm": math.log1p(told.violence),
            "opens in earnest": float(told.earnest),
            "no incident told": float(not accounts),
            "capitals": float(prepared.all_caps),
            "no publication date": float(prepared.document.published_at is None),
        }
        self._figures: Counter[tuple[str, str, int | None, int | None]] = Counter()
        self._rivals: dict[tuple[str, str], set[tuple[int | None, int | None]]] = {}
        for finding in casualties:
            value = finding.value
            if isinstance(value, CasualtyValue) and not finding.hypothetical:
                self._figures[(value.effect, value.who, value.min, value.max)] += 1
                rivals = self._rivals.setdefault((value.effect, value.who), set())
                rivals.add((value.min, value.max))
        self._telling = [
            sorted(s.sentence.index for s in account.scenes if s.level) for account in accounts
        ]

    def features(
        self,
        finding: Finding,
        owner: int | None,
        modality: Modality,
        chains: Sequence[Chain],
    ) -> Features | None:
        """What is known of a finding, by name; None for one that is not scored.

        ``owner`` is the index of the account it belongs to.
        """
        account = None if owner is None else self._accounts[owner]
        value = finding.value
        found: Features = {f"rule {finding.rule}": 1.0, f"modality {modality}": 1.0}
        match value:
            case CasualtyValue():
                found |= self._figure(finding, value)
            case EventValue() if account is not None:
                found |= self._event(finding, value, account)
            case TimeValue() if account is not None:
                found |= self._time(finding, value, account)
            case PlaceValue() if account is not None:
                found |= self._place(finding, value, account)
            case PerpetratorValue():
                found |= self._perpetrator(value)
            case TargetValue() if account is not None:
                found["effect told"] = float(value.effect is not None)
            case _ if finding.kind == "weapon":
                pass
            case _:
                return None
        found |= self._document
        found |= self._where_told(finding, owner, account)
        found["attributed"] = float(any(len(chain) > 1 for chain in chains))
        return {name: number for name, number in found.items() if number}

    def _where_told(self, finding: Finding, owner: int | None, account: Account | None) -> Features:
        sentence = self._prepared.sentence_at(finding.anchor.start)
        index = sentence.index if sentence else 0
        found = {
            "headline": float(sentence is not None and sentence.title),
            "lead": float(index < 3),
            "depth": index / self._last,
            "sentence length": math.log1p(len(sentence.text) / 100 if sentence else 0),
            "in no incident": float(account is None),
        }
        if account is None or owner is None:
            return found
        away = min((abs(index - other) for other in self._telling[owner]), default=_FAR)
        return found | {
            "far from the event": math.log1p(min(away, _FAR)),
            "support": account.support / _SUPPORT,
            "background": float(account.background),
            "not the main incident": float(owner > 0),
            "incidents": math.log(len(self._accounts)),
        }

    def _figure(self, finding: Finding, value: CasualtyValue) -> Features:
        same = self._figures[(value.effect, value.who, value.min, value.max)]
        rivals = len(self._rivals.get((value.effect, value.who), ())) - 1
        point = value.min if value.min is not None else value.max
        return {
            "rule's own": finding.score or 0.0,
            f"effect {value.effect}": 1.0,
            "perpetrators": float(value.who == "perpetrators"),
            "said again": math.log1p(max(0, same - 1)),
            "said otherwise": math.log1p(max(0, rivals)),
            "one": float(value.min == value.max == 1),
            "no number": float(point is None),
            "zero": float(value.max == 0),
            "size": math.log1p(min(point or 0, 10**6)),
            "inexact": float(not value.exact),
            "part": float(value.subset),
            "total": float(value.cumulative),
            "addition": float(value.additional),
            "group": float(value.group is not None),
        }

    def _event(self, finding: Finding, value: EventValue, account: Account) -> Features:
        types = {t.type for t in account.triggers if t.level >= LIKELY and not t.general}
        same = sum(trigger.type == value.type for trigger in account.triggers)
        return {
            "rule's own": finding.score or 0.0,
            "vague": float(value.type in _VAGUE),
            "type of the incident": float(value.type == account.type),
            "said again": math.log1p(max(0, same - 1)),
            "said otherwise": math.log1p(len(types - {value.type})),
            "figure told": float(any(s.counted for s in account.scenes)),
            "day told": float(account.date is not None and account.date.precision == "day"),
            "town told": float(account.place is not None and account.place.kind != "country"),
        }

    def _time(self, finding: Finding, value: TimeValue, account: Account) -> Features:
        key = (value.start, value.end)
        weights: dict[tuple[object, object], float] = {}
        near = 0.0
        for scene in account.scenes:
            for time in scene.times:
                at = (time.start, time.end)
                weights[at] = weights.get(at, 0.0) + time.weight * _weight(scene)
                if at == key:
                    near = max(near, time.weight)
        words = self._prepared.text[finding.span.start : finding.span.end].lower()
        written = self._prepared.document.published_at
        gap = abs((written - value.end).days) if written is not None else 0
        return {
            "tied to the event": near,
            "share": _share(weights, key),
            "said otherwise": math.log1p(max(0, len(weights) - 1)),
            f"precision {value.precision}": 1.0,
            "weekday": float("day" in words and not any(c.isdigit() for c in words)),
            "in figures": float(any(c.isdigit() for c in words)),
            "days before the report": math.log1p(min(gap, 10**4)),
        }

    def _place(self, finding: Finding, value: PlaceValue, account: Account) -> Features:
        weights: dict[tuple[object, object], float] = {}
        countries: dict[tuple[object, object], float] = {}
        key = (finding.span, None)
        own: tuple[object, object] | None = None
        near = 0.0
        for scene in account.scenes:
            for place in scene.places:
                at = (place.place.name, place.place.kind)
                weight = place.weight * _weight(scene)
                weights[at] = weights.get(at, 0.0) + weight
                home = (place.place.country, None)
                countries[home] = countries.get(home, 0.0) + weight
                if (place.place.span, None) == key:
                    own, near = at, place.weight
        words = self._prepared.text[finding.span.start : finding.span.end]
        return {
            "tied to the event": near,
            "share": _share(weights, own) if own else 0.0,
            "share of the country": _share(countries, (value.country, None)),
            "said otherwise": math.log1p(max(0, len(weights) - 1)),
            f"kind {value.kind}": 1.0,
            "site": float(value.site is not None),
            "namesakes": math.log1p(max(0, len(gazetteer().lookup(words)) - 1)),
        }

    def _perpetrator(self, value: PerpetratorValue) -> Features:
        return {
            f"confidence {value.confidence}": 1.0,
            "number": float(value.number is not None),
            "organisation": float(value.organisation is not None),
            "name": float(value.name is not None),
            "fate": float(value.fate is not None),
            "words": math.log(len(value.description.split()) or 1),
        }


def _weight(scene: Scene) -> float:
    lead = 2.0 if scene.lead or scene.sentence.title else 1.0
    return lead * (1.0 if scene.triggers else 0.5)


def _share(weights: Mapping[tuple[object, object], float], key: tuple[object, object]) -> float:
    total = sum(weights.values())
    return weights.get(key, 0.0) / total if total else 0.0
