"""Drafted incidents of one message, and what is seen of a draft as a whole.

A draft is told where it is likely enough that the task has a template for it: reports of clashes
between armies, old or vague deeds and parts of one incident are drafted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.muc.candidates import KINDS, Seen
from benchmarks.muc.chosen import Chooser, Chosen, beside
from benchmarks.muc.classes import ROLES, TYPES
from benchmarks.muc.fills import Fill
from benchmarks.muc.incidents import Pairs, shares
from benchmarks.muc.judged import Judge
from benchmarks.muc.linear import Linear
from benchmarks.muc.lists import organisation
from benchmarks.muc.marked import Marked, Span
from benchmarks.muc.options import Options, with_others
from benchmarks.muc.settings import BESIDE, CHANCE, FAR, LEAST, NAME, TOLD
from benchmarks.muc.when_where import Scene, Whereabouts

ORDER = ("name", "desc", "phys", "perp", "org", "inst")
"""The slots of ``Chosen``."""


def every_fill(told: Chosen) -> list[tuple[str, Fill]]:
    """Slot and fill, slot by slot."""
    return [(slot, fill) for slot, fills in zip(ORDER, told, strict=True) for fill in fills]


class Draft(NamedTuple):
    """An incident that may be told: its type, that type's chance, and its fills."""

    kind: str
    chance: float
    told: Chosen

    @property
    def fills(self) -> list[Fill]:
        """Its likely targets; whatever else it has, where it has none."""
        every = [one for fills in self.told for one in fills]
        likely = [one for one in self.told.targets if one.chance >= CHANCE["desc"]]
        return likely or self.told.targets or every


def drafts_of(
    marked: Marked, seen: Seen, linear: Linear, judge: Judge, where: Whereabouts
) -> list[Draft]:
    """The drafts of a message, in the order of the incident types."""
    chances = judge.types(seen.message(), KINDS)
    options = Options(marked, linear, judge, where.country)
    pairs = Pairs(marked, where)
    found = []
    for kind in KINDS:
        if chances[kind] < LEAST:
            continue
        weighed = judge.weighed(seen.candidates(kind))
        told = Chooser(marked, options, kind, weighed).chosen()
        if any(told):
            parts = shares(pairs, told, kind, lambda rows: judge.chances("together", rows))
            found += [Draft(kind, chances[kind], _together(marked, one)) for one in parts]
    return found


def _together(marked: Marked, told: Chosen) -> Chosen:
    """The fills of an incident, each seen beside the others."""
    it = iter(with_others(marked, [one for fills in told for one in fills]))
    return Chosen(*([next(it) for _ in fills] for fills in told))


def scene_of(marked: Marked, draft: Draft) -> Scene:
    """Where a draft is told."""
    fills = draft.fills
    near = sorted({marked.sentence_of(one.span) for one in fills} if draft.told.targets else ())
    centre = np.mean([marked.mean(one.group, "pair") for one in fills], axis=0)
    return Scene(TYPES.index(draft.kind), tuple(near), centre)


def fill_numbers(
    marked: Marked, drafts: Sequence[Draft], at: int, scenes: Sequence[Scene]
) -> list[list[float]]:
    """What is seen of each fill of the draft ``at``, slot by slot in the order of ``Chosen``.

    ``scenes`` are those of all drafts.
    """
    draft, scene = drafts[at], scenes[at]
    elsewheres = [one for n, one in enumerate(scenes) if n != at]
    kind = TYPES.index(draft.kind)
    others = [n for n in range(len(TYPES)) if n != kind]
    likely = [one.chance for one in draft.fills]
    shared = [
        draft.chance, float(len(drafts)), float(sum(one.kind == draft.kind for one in drafts)),
        float(len(likely)), max(likely), float(len(draft.told.targets)),
    ]  # fmt: skip
    own = marked.reading.mention(scene.near)
    named = draft.told.named
    names = names_beside(marked)
    rows = []
    for slot, fills in enumerate(draft.told):
        role = ORDER[slot]
        for rank, one in enumerate(fills):
            types = marked.mean(one.group, "types")
            side = organisation(one.span.key)
            elsewhere = [
                other.chance
                for fills in draft.told
                for other in fills
                if other is not one and set(other.span.key) & set(one.span.key)
            ]
            rows.append([
                float(slot), one.chance, float(rank), float(len(fills)),
                fills[0].chance - one.chance, float(one.group.top[ROLES.index(role)]),
                *scene.from_it(marked.sentence_of(one.span), marked.mean(one.group, "pair")),
                *scene.rather(
                    elsewheres, marked.sentence_of(one.span), marked.mean(one.group, "pair")
                ),
                float(marked.sentence_of(one.span)), float(len(one.group.spans)),
                float(one.span.end - one.span.first), float(types[kind]),
                float(types[others].max()),
                float(side == "armed"), float(side == "state"), max(elsewhere, default=0.0),
                *marked.class_of(one.group, "stage").tolist(), *shared,
                float(marked.reading.mention([marked.sentence_of(one.span)]) == own), float(own),
                *marked.reading.of_group(
                    one.span.key, [(one.span.first, one.span.end)], marked.sentence_of(one.span)
                ),
                float(one.number == "1"), float(one.number == "PLURAL"), float(bool(one.extra)),
                max((other.chance for other in named if other is not one), default=0.0),
                float(len(named)),
                *same_person(marked, names, named, one),
                *marked.deeds_in([marked.sentence_of(one.span)]),
            ])  # fmt: skip
    return rows


def names_beside(marked: Marked) -> list[Span]:
    """The spans that look like names of people."""
    scores = marked.roles[:, ROLES.index("name")]
    return [span for span in marked.spans if scores[span.row] > NAME]


def same_person(
    marked: Marked, names: Sequence[Span], named: Sequence[Fill], fill: Fill
) -> list[float]:
    """Whether a fill stands beside a name, told here or not, and how sure that is one."""
    scores = marked.roles[:, ROLES.index("name")]
    near = [
        (float(scores[name.row]), name)
        for span in fill.group.spans
        for name in names
        if abs(name.first - span.end) < BESIDE or abs(span.first - name.end) < BESIDE
        if beside(marked.words, span, name)
    ]
    told = [
        other
        for other in named
        if other is not fill and any(set(name.key) & set(other.span.key) for _, name in near)
    ]
    return [
        max((score for score, _ in near), default=-9.0), float(len(near)),
        max((other.chance for other in told), default=0.0),
        float(any(other.extra for other in told)),
    ]  # fmt: skip


def kept(told: Chosen, weighed: Sequence[Fill]) -> Chosen:
    """Of the fills, weighed in their order, those that are likely enough; the likeliest always."""
    it = iter(weighed)
    best = max((one.chance for one in weighed), default=0.0)
    return Chosen(
        *(
            [one for one in (next(it) for _ in fills) if one.chance >= min(TOLD[slot], best)]
            for slot, fills in zip(ORDER, told, strict=True)
        )
    )


def _chances(fills: Sequence[Fill]) -> list[float]:
    chances = [one.chance for one in fills]
    return [float(len(chances)), max(chances, default=0.0), sum(chances)]


def _when(marked: Marked, near: Sequence[int]) -> list[float]:
    """The score of the day that fits best, how long ago it was, and how far from the deed."""
    best = [-9.0, -1.0, 0.0]
    for timex, score, word in zip(marked.times, marked.dates, marked.date_words, strict=True):
        gap = min(abs(int(marked.sentence[word]) - one) for one in near)
        if timex.end is not None and float(score) - FAR * gap > best[0]:
            ago = (marked.message.date - timex.end).days if marked.message.date else -1
            best = [float(score) - FAR * gap, float(max(-50, min(ago, 1000))), float(gap)]
    return best


def draft_numbers(
    marked: Marked, drafts: Sequence[Draft], at: int, seen: Sequence[float]
) -> list[float]:
    """What is seen of the draft ``at`` among those of its message.

    ``seen`` are the numbers of the message (``Seen.message``).
    """
    draft = drafts[at]
    told, fills = draft.told, draft.fills
    types = np.array([marked.mean(one.group, "types") for one in fills])
    kind = TYPES.index(draft.kind)
    like = [n for n, other in enumerate(drafts) if other.kind == draft.kind]
    own = {one.group.number for one in told.targets}
    others = [other for other in drafts if other.kind != draft.kind]
    shared = [
        len(own & {one.group.number for one in other.told.targets}) / max(1, len(own))
        for other in others
    ]
    sides = {organisation(one.span.key) for one in told.bodies}
    effects = [marked.class_of(one.group, "hum_effect") for one in (*told.named, *told.plain)]
    near = [marked.sentence_of(one.span) for one in fills]
    kinds = {one.told["type"].label for one in told.targets if "type" in one.told}
    reading = marked.reading
    return [
        draft.chance, float(kind), float(len(drafts)), float(len(like)), float(like.index(at)),
        *_chances(told.named), *_chances(told.plain), *_chances(told.things),
        *_chances(told.people), *_chances(told.bodies), *_chances(told.tools),
        *_chances(told.targets),
        float(types[:, kind].max()), float(types[:, kind].mean()),
        float(np.delete(types, kind, axis=1).max()),
        max(shared, default=0.0), max((one.chance for one in others), default=0.0),
        float(min(near)), float(max(near) - min(near)), float(len(marked.starts)),
        float("armed" in sides), float("state" in sides),
        float(np.mean([one[1] for one in effects])) if effects else 0.0,
        float(np.mean([one[0] for one in effects])) if effects else 0.0,
        float("ACTIVE MILITARY" in kinds), float("CIVILIAN" in kinds),
        max((f.chance for n in like for f in drafts[n].told.targets), default=0.0),
        *_when(marked, near), *reading.of_mention(reading.mention(near)),
        *marked.deeds_in(near), *seen,
    ]  # fmt: skip
