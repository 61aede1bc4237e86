"""Templates of one message: which incidents, and what fills their slots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.muc.candidates import Seen
from benchmarks.muc.chosen import Chooser, Chosen
from benchmarks.muc.classes import CLASSES
from benchmarks.muc.fills import Fill, nation_of, quoted
from benchmarks.muc.judged import Judge
from benchmarks.muc.linear import Linear
from benchmarks.muc.lists import lists, organisation
from benchmarks.muc.marked import Marked
from benchmarks.muc.settings import LABELS, SPLIT, STAGE, TOGETHER, TYPE
from benchmarks.muc.when_where import Whereabouts, incident_date

Template = dict[int, list[str]]
"""Slot number -> its fills as they are written."""


def templates_of(marked: Marked, linear: Linear, judge: Judge) -> list[Template]:
    """The templates of one message, in the order of the incident types."""
    seen = Seen(marked, linear)
    chances = judge.types(seen.message(), tuple(TYPE))
    where = Whereabouts(marked)
    found: list[Template] = []
    for kind, least in TYPE.items():
        if chances[kind] < least:
            continue
        weighed = judge.weighed(seen.candidates(kind))
        found += _templates(
            marked, kind, Chooser(marked, linear, judge, kind, weighed).chosen(), judge, where
        )
    return found


def _templates(
    marked: Marked, kind: str, told: Chosen, judge: Judge, where: Whereabouts
) -> list[Template]:
    """The templates of one type: one for each incident that its targets are told of."""
    if not any(told):
        return []
    found = []
    for own in shares(marked, told, judge, where):
        near = sorted({marked.sentence_of(fill.span) for fill in own.targets})
        template: Template = {4: [kind], 5: [_stage(marked, own)]}
        template[2] = [incident_date(marked, near)]
        template[3] = [where.location(near)]
        write_tools(template, own.tools, kind, marked)
        template[8] = [category(own.people, own.bodies)]
        template[9] = [one.text for one in own.people]
        template[10] = [one.text for one in own.bodies]
        template[11] = [f"{one.extra}: {quoted(one.text)}" for one in own.bodies]
        write_things(template, own.things, where.country)
        write_humans(template, own.named, own.plain, where.country)
        found.append(template)
    return found


def pair_numbers(marked: Marked, one: Fill, other: Fill, where: Whereabouts) -> list[float]:
    """What is seen of two targets that may be of one incident."""
    apart = np.square(marked.mean(one.group, "pair") - marked.mean(other.group, "pair")).sum()
    at, to = marked.sentence_of(one.span), marked.sentence_of(other.span)
    towns = where.town_of(at), where.town_of(to)
    return [
        float(apart), float(abs(at - to)), float(bool(towns[0] and towns[1])),
        float(towns[0] == towns[1]), float(min(at, to)), float(len(marked.starts)),
    ]  # fmt: skip


def shares(marked: Marked, told: Chosen, judge: Judge, where: Whereabouts) -> list[Chosen]:
    """The targets by incident; who did it and with what go to the incidents they are near."""
    targets = told.targets
    clusters: list[list[int]] = [[n] for n in range(len(targets))]
    if len(targets) > 1:
        rows = [
            pair_numbers(marked, targets[a], targets[b], where)
            for a in range(len(targets))
            for b in range(a)
        ]
        chances = judge.chances("together", rows)
        table = np.ones((len(targets), len(targets)))
        it = iter(chances)
        for a in range(len(targets)):
            for b in range(a):
                table[a, b] = table[b, a] = next(it)
        while len(clusters) > 1:
            best, x, y = max(
                (float(table[np.ix_(clusters[x], clusters[y])].mean()), -x, -y)
                for x in range(len(clusters))
                for y in range(x)
            )
            if best < TOGETHER and len(clusters) <= SPLIT:
                break
            clusters[-x] += clusters[-y]
            del clusters[-y]
    if len(clusters) < 2:
        return [told]
    clusters.sort(key=lambda c: min(targets[n].span.first for n in c))
    found = []
    for cluster in clusters:
        own = {id(targets[n]) for n in cluster}
        found.append(
            told._replace(
                named=[f for f in told.named if id(f) in own],
                plain=[f for f in told.plain if id(f) in own],
                things=[f for f in told.things if id(f) in own],
            )
        )
    return found


def _stage(marked: Marked, told: Chosen) -> str:
    """Accomplished, threatened or attempted, by what is said at the fills."""
    stages = CLASSES["stage"]
    fills = told.targets or [*told.people, *told.bodies, *told.tools]
    chances = np.mean([marked.class_of(fill.group, "stage") for fill in fills], axis=0)
    chances[0] += STAGE - 0.5
    return stages[int(np.argmax(chances))]


def category(people: Sequence[Fill], bodies: Sequence[Fill]) -> str:
    """TERRORIST ACT or STATE-SPONSORED VIOLENCE, from who did it."""
    state = frozenset(lists()["state"]["words"])
    for fill in (*bodies, *people):
        side = organisation(fill.span.key)
        if side == "armed":
            return "TERRORIST ACT"
        if side == "state" or set(fill.text.split()) & state:
            return "STATE-SPONSORED VIOLENCE"
    return "TERRORIST ACT"


def write_tools(template: Template, tools: Sequence[Fill], kind: str, marked: Marked) -> None:
    """Slots 6 and 7; a type alone where only a verb tells it."""
    template[6] = [fill.text for fill in tools]
    template[7] = [f"{fill.extra}: {quoted(fill.text)}" for fill in tools]
    if not tools and kind == "ATTACK":
        words = set(marked.words)
        if words & {"MACHINEGUNNED"}:
            template[7] = ["MACHINE GUN"]
        elif words & {"SHOT", "SHOTS", "GUNNED", "GUNMEN", "GUNSHOT", "SHOOTING", "GUNFIRE"}:
            template[7] = ["GUN"]


def write_things(template: Template, found: Sequence[Fill], country: str) -> None:
    """Slots 12 to 16."""
    template[12] = [fill.text for fill in found]
    template[13] = [f"{fill.kind}: {quoted(fill.text)}" for fill in found]
    template[14] = [f"{fill.number}: {quoted(fill.text)}" for fill in found]
    template[15] = [f"{n}: {quoted(f.text)}" for f in found if (n := nation_of(f, country))]
    template[16] = [f"{f.effect}: {quoted(f.text)}" for f in found if f.effect != "-"]


def write_humans(
    template: Template, named: Sequence[Fill], plain: Sequence[Fill], country: str
) -> None:
    """Slots 18 to 23."""
    everybody = [*named, *plain]
    template[18] = [fill.text for fill in named]
    template[19] = [f"{quoted(f.extra)}: {quoted(f.text)}" for f in named if f.extra]
    template[19] += [quoted(fill.text) for fill in plain]
    template[20] = [f"{fill.kind}: {quoted(fill.text)}" for fill in everybody]
    template[21] = [f"{fill.number}: {quoted(fill.text)}" for fill in everybody]
    template[22] = [f"{n}: {quoted(f.text)}" for f in everybody if (n := nation_of(f, country))]
    template[23] = [f"{f.effect}: {quoted(f.text)}" for f in everybody if f.effect != "-"]


def written(message_id: str, number: int, template: Template) -> str:
    """One template in the official format."""
    lines = [f"0.  {LABELS[0]:<32}{message_id}", f"1.  {LABELS[1]:<32}{number}"]
    for slot in range(2, 25):
        values = template.get(slot) or ["-"]
        quoting = slot in (6, 9, 10, 12, 18) or (slot == 19)
        for row, value in enumerate(values):
            text = quoted(value) if quoting and value != "-" and value[0] != '"' else value
            label = f"{slot}.".ljust(4) + LABELS[slot].ljust(32) if row == 0 else " " * 36
            lines.append(label + text)
    return "\n".join(lines) + "\n"


def irrelevant(message_id: str) -> str:
    """The template of a message that tells of no relevant incident."""
    lines = [f"0.  {LABELS[0]:<32}{message_id}"]
    lines += [f"{slot}.".ljust(4) + LABELS[slot].ljust(32) + "*" for slot in range(1, 25)]
    return "\n".join(lines) + "\n"
