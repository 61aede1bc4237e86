"""Templates of one message: which incidents, and what fills their slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from benchmarks.muc import fills, relevance
from benchmarks.muc.features import features, signs
from benchmarks.muc.messages import Message
from benchmarks.muc.model import Model, probability
from benchmarks.muc.phrases import Phrase, phrases_of, sentences_of
from benchmarks.muc.settings import LABELS, RELEVANT, SPLIT, SPLIT_BACK, TYPE
from benchmarks.muc.when_where import incident_date, incident_location, towns
from dateline.model import Reading

Template = dict[int, list[str]]
"""Slot number -> its fills as they are written."""


class Scored(NamedTuple):
    """One phrase with its chance to fill a kind of slot for one incident."""

    phrase: Phrase
    features: list[str]
    chance: Mapping[str, float]


class Assessed:
    """A message with the chances the models give it; phrases are scored when asked for."""

    def __init__(self, message: Message, model: Model) -> None:
        self.sentences = sentences_of(message.text)
        self.phrases = [p for sentence in self.sentences for p in phrases_of(sentence)]
        about = relevance.features(self.sentences, self.phrases)
        self.chances = {
            kind: probability(weights, about) for kind, weights in model.relevance.items()
        }
        self.types = [signs(sentence).types for sentence in self.sentences]
        self._model = model
        self._scored: dict[str, list[Scored]] = {}

    def scored(self, kind: str) -> list[Scored]:
        """The phrases with their chances for an incident of a type."""
        if kind not in self._scored:
            found = []
            for phrase in self.phrases:
                seen = features(phrase, kind, self.types)
                chance = {
                    slot: probability(weights, seen) for slot, weights in self._model.slots.items()
                }
                found.append(Scored(phrase, seen, chance))
            self._scored[kind] = found
        return self._scored[kind]


def templates_of(message: Message, reading: Reading | None, model: Model) -> list[Template]:
    """The templates of one message, in the order of the incident types."""
    return build(message, reading, Assessed(message, model), model)


def build(
    message: Message, reading: Reading | None, assessed: Assessed, model: Model
) -> list[Template]:
    """The templates of an assessed message."""
    return [
        template
        for kind in _kinds(assessed.chances)
        for template in _templates(message, reading, model, kind, assessed)
    ]


def _kinds(chances: Mapping[str, float]) -> list[str]:
    """The types of incident a message tells of."""
    if chances["ANY"] < RELEVANT:
        return []
    kinds = [kind for kind, least in TYPE.items() if chances.get(kind, 0.0) >= least]
    if not kinds:
        kinds = [max(TYPE, key=lambda kind: (chances.get(kind, 0.0) - TYPE[kind], kind))]
    return kinds


def _templates(
    message: Message, reading: Reading | None, model: Model, kind: str, assessed: Assessed
) -> list[Template]:
    """The templates of one type: one for each town where there were targets."""
    sentences, types = assessed.sentences, assessed.types
    scored = assessed.scored(kind)
    named, humans = fills.humans(scored, kind, model)
    things = fills.things(scored, kind, model) if kind != "KIDNAPPING" else []
    people = fills.perpetrators(scored, kind, model)
    bodies = fills.organisations_of(scored, kind, model)
    tools = fills.instruments(scored, kind, sentences, model)
    if not (named or humans or things or people or bodies):
        return []
    found = []
    targets = [*named, *humans, *things]
    for share in _shares(targets, towns(message, reading, sentences)):
        own = (
            [fill for fill in targets if fill.phrase.sentence.index in share] if share else targets
        )
        core = fills.core(sentences, types, kind, own)
        if share:
            core = [index for index in core if index in share] or core
        template: Template = {4: [kind], 5: ["ACCOMPLISHED"]}
        template[2] = [incident_date(message, reading, sentences, core)]
        location, country = incident_location(message, reading, sentences, core)
        template[3] = [location]
        if kind not in ("ARSON", "KIDNAPPING"):
            template[6], template[7] = tools
        category = fills.category(people, bodies, scored, model)
        template[8] = [category] if category else []
        template[9] = [one.text for one in people]
        template[10] = [one.text for one in bodies]
        template[11] = [f"{one.extra}: {fills.quoted(one.text)}" for one in bodies]
        fills.write_things(template, [fill for fill in things if fill in own], country)
        fills.write_humans(
            template,
            [fill for fill in named if fill in own],
            [fill for fill in humans if fill in own],
            country,
        )
        found.append(template)
    return found


def _shares(targets: Sequence[fills.Fill], told: Mapping[int, str]) -> list[set[int]]:
    """Sentences of the targets by town; one empty share where all are in one place."""
    shares: dict[str, set[int]] = {}
    town = ""
    for index in sorted({fill.phrase.sentence.index for fill in targets}):
        back = [i for i in range(index, max(-1, index - SPLIT_BACK), -1) if i in told]
        town = told[back[0]] if back else town
        shares.setdefault(town, set()).add(index)
    if "" in shares and len(shares) > 1:
        first = min((name for name in shares if name), key=lambda name: min(shares[name]))
        shares[first] |= shares.pop("")
    if not SPLIT or len(shares) < 2:
        return [set()]
    return [shares[name] for name in sorted(shares, key=lambda name: min(shares[name]))][:SPLIT]


def written(message_id: str, number: int, template: Template) -> str:
    """One template in the official format."""
    lines = [f"0.  {LABELS[0]:<32}{message_id}", f"1.  {LABELS[1]:<32}{number}"]
    for slot in range(2, 25):
        values = template.get(slot) or ["-"]
        quoting = slot in (6, 9, 10, 12, 18) or (slot == 19)
        for row, value in enumerate(values):
            text = fills.quoted(value) if quoting and value != "-" and value[0] != '"' else value
            label = f"{slot}.".ljust(4) + LABELS[slot].ljust(32) if row == 0 else " " * 36
            lines.append(label + text)
    return "\n".join(lines) + "\n"


def irrelevant(message_id: str) -> str:
    """The template of a message that tells of no relevant incident."""
    lines = [f"0.  {LABELS[0]:<32}{message_id}"]
    lines += [f"{slot}.".ljust(4) + LABELS[slot].ljust(32) + "*" for slot in range(1, 25)]
    return "\n".join(lines) + "\n"
