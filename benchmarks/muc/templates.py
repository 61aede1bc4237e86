"""Templates of one message: which incidents, and what fills their slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.muc.acts import CATEGORIES, Acts
from benchmarks.muc.candidates import Seen
from benchmarks.muc.chosen import Chosen
from benchmarks.muc.classes import CLASSES
from benchmarks.muc.drafts import (
    Draft,
    draft_numbers,
    drafts_of,
    every_fill,
    fill_numbers,
    kept,
    scene_of,
)
from benchmarks.muc.fills import Fill, quoted
from benchmarks.muc.judged import Judge
from benchmarks.muc.linear import Linear
from benchmarks.muc.marked import Marked
from benchmarks.muc.options import settled
from benchmarks.muc.settings import CATEGORY, LABELS, REAL, SET, STAGE
from benchmarks.muc.when_where import Candidate, Whereabouts, date_candidates

Template = dict[int, list[str]]
"""Slot number -> its fills as they are written."""


class Weighed(NamedTuple):
    """A draft with the days and places it may have, and what is seen of it as a whole."""

    draft: Draft
    days: list[Candidate]
    places: list[Candidate]
    fills: list[list[float]]
    numbers: list[float]
    act: list[float]


def weighed_drafts(
    marked: Marked, seen: Seen, linear: Linear, judge: Judge, where: Whereabouts
) -> list[Weighed]:
    """The drafts of one message, for the last step to judge."""
    drafts = drafts_of(marked, seen, linear, judge, where)
    message = seen.message()
    acts = Acts(marked)
    scenes = [scene_of(marked, draft) for draft in drafts]
    found = []
    for n, draft in enumerate(drafts):
        scene, others = scenes[n], [*scenes[:n], *scenes[n + 1 :]]
        numbers = draft_numbers(marked, drafts, n, message)
        days = date_candidates(marked, scene, others)
        places = where.candidates(scene, others)
        fills = fill_numbers(marked, drafts, n, scenes)
        act = acts.numbers(draft.told, scene.near, numbers)
        found.append(Weighed(draft, days, places, fills, numbers, act))
    return found


def templates_of(marked: Marked, linear: Linear, judge: Judge) -> list[Template]:
    """The templates of one message, in the order of the incident types."""
    where = Whereabouts(marked)
    weighed = weighed_drafts(marked, Seen(marked, linear), linear, judge, where)
    real = judge.chances("real", [one.numbers for one in weighed])
    found = []
    for one, chance in zip(weighed, real, strict=True):
        fills = [fill for _, fill in every_fill(one.draft.told)]
        told = kept(one.draft.told, settled(judge, fills, one.fills))
        if chance >= REAL and any(told):
            days = judge.chances("date", [day.numbers for day in one.days])
            places = judge.chances("place", [place.numbers for place in one.places])
            day = one.days[int(np.argmax(days))].text
            location = where.location(list(zip(places, one.places, strict=True)))
            template = template_of(marked, one.draft.kind, told, where, day, location)
            template[8] = category(judge, one.act)
            found.append(template)
    return found


def template_of(
    marked: Marked, kind: str, told: Chosen, where: Whereabouts, day: str, location: str
) -> Template:
    """A draft as a template."""
    template: Template = {2: [day], 3: [location], 4: [kind], 5: [_stage(marked, told)]}
    write_tools(template, told.tools, kind, marked)
    template[9] = [one.text for one in told.people]
    template[10] = [one.text for one in told.bodies]
    template[11] = sets(told.bodies, "confidence")
    write_things(template, told.things)
    write_humans(template, told.named, told.plain)
    return template


def _stage(marked: Marked, told: Chosen) -> str:
    """Accomplished, threatened or attempted, by what is said at the fills."""
    stages = CLASSES["stage"]
    fills = told.targets or [*told.people, *told.bodies, *told.tools]
    chances = np.mean([marked.class_of(fill.group, "stage") for fill in fills], axis=0)
    chances[0] += STAGE - 0.5
    return stages[int(np.argmax(chances))]


def category(judge: Judge, numbers: Sequence[float]) -> list[str]:
    """TERRORIST ACT or STATE-SPONSORED VIOLENCE, where it is likely enough."""
    chances = [judge.chances(tree, [numbers])[0] for tree in CATEGORIES]
    best = int(np.argmax(chances))
    return [list(CATEGORIES.values())[best]] if chances[best] >= CATEGORY else []


def sets(fills: Sequence[Fill], name: str) -> list[str]:
    """What is told of each fill by a name, where that is worth it, with what it is of."""
    told = [(fill.told[name], fill) for fill in fills if name in fill.told]
    return [f"{one.label}: {quoted(fill.text)}" for one, fill in told if one.chance >= SET]


def write_tools(template: Template, tools: Sequence[Fill], kind: str, marked: Marked) -> None:
    """Slots 6 and 7: what its words name as an instrument; a type alone where only a verb tells."""
    tools = [fill for fill in tools if fill.extra]
    template[6] = [fill.text for fill in tools]
    template[7] = [f"{fill.extra}: {quoted(fill.text)}" for fill in tools]
    if not tools and kind == "ATTACK":
        words = set(marked.words)
        if words & {"MACHINEGUNNED"}:
            template[7] = ["MACHINE GUN"]
        elif words & {"SHOT", "SHOTS", "GUNNED", "GUNMEN", "GUNSHOT", "SHOOTING", "GUNFIRE"}:
            template[7] = ["GUN"]


def write_things(template: Template, found: Sequence[Fill]) -> None:
    """Slots 12 to 16."""
    template[12] = [fill.text for fill in found]
    for slot, name in {13: "type", 14: "number", 15: "nation", 16: "effect"}.items():
        template[slot] = sets(found, name)


def write_humans(template: Template, named: Sequence[Fill], plain: Sequence[Fill]) -> None:
    """Slots 18 to 23."""
    template[18] = [fill.text for fill in named]
    template[19] = [f"{quoted(f.extra)}: {quoted(f.text)}" for f in named if f.extra]
    template[19] += [quoted(fill.text) for fill in plain]
    for slot, name in {20: "type", 21: "number", 22: "nation", 23: "effect"}.items():
        template[slot] = sets([*named, *plain], name)


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
