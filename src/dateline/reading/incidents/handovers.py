"""One release of captives, told in several sentences with several places in them.

"82 girls have been exchanged", says the lead; "the government of Switzerland took part", the
next sentence: where they were taken, handed over and negotiated for are places of one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.reading.incidents.scene_times import TimeNear
from dateline.reading.incidents.scenes import Scene
from dateline.reading.incidents.what import TAKING

if TYPE_CHECKING:
    from dateline.reading.incidents.mentions import Account


def one_release(accounts: Sequence[Account]) -> list[Account]:
    """The accounts with releases of the same days joined to the first of them.

    Not one that says it is another ("in a separate swap", "also on Sunday").
    """
    kept: list[Account] = []
    for account in accounts:
        at = next((i for i, one in enumerate(kept) if _is_same(one, account)), None)
        if at is None:
            kept.append(account)
            continue
        first = kept[at]
        kept[at] = first._replace(
            when=first.when or account.when,
            scenes=tuple(sorted((*first.scenes, *account.scenes), key=lambda s: s.sentence.start)),
            casualties=(*first.casualties, *account.casualties),
            support=max(first.support, account.support),
        )
    return kept


def _is_same(one: Account, other: Account) -> bool:
    if one.type != "hostage_release" or other.type != "hostage_release":
        return False
    if any(scene.separate or scene.another or scene.part for scene in other.scenes):
        return False
    if one.date is None or other.date is None:
        return True
    return one.date.start <= other.date.end and other.date.start <= one.date.end


def of_release(scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes without those that only tell how the captives were once taken, and without
    the times told beside that: "82 girls abducted from Chibok on April 14, 2014, are free".
    """
    return [
        scene._replace(times=tuple(near for near in scene.times if not _is_of_taking(scene, near)))
        for scene in scenes
        if not scene.triggers or any(t.type not in TAKING for t in scene.triggers)
    ]


def _is_of_taking(scene: Scene, near: TimeNear) -> bool:
    """Whether a time stands nearer to a word for the taking than to others, or ends its clause."""
    start, end = near.timex.span
    clause = scene.sentence.text[end - scene.sentence.start :].startswith(",")
    if clause and any(t.type in TAKING and t.finding.anchor.end <= start for t in scene.triggers):
        return True
    gaps = [
        (max(near.timex.span.start - a.end, a.start - near.timex.span.end, 0), t.type in TAKING)
        for t in scene.triggers
        for a in [t.finding.anchor]
    ]
    return bool(gaps) and min(gaps)[1]
