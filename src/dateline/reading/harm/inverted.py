"""Harm words before those they are of: "killed were two men", "among the dead was a child"."""

from __future__ import annotations

from dateline.reading.harm.harmed import acceptable, joined_right
from dateline.reading.harm.sentence import Clauses, Draft, members_after
from dateline.reading.harm.verbs import HarmWord, Predicate
from dateline.reading.people import Party

_BE_OR_COLON = frozenset({"was", "were", "are", "is", ":"})  # "Among the dead: two Danes"


def read_inverted(c: Clauses, predicate: Predicate, word: HarmWord) -> None:
    """ "Killed in the attack were two policemen", "Among the injured was a child" """
    k = predicate.end
    limit = min(len(c.lowers), k + 7)
    among = (
        c.word(predicate.start - 1) in ("those", "the", "among")
        or "among" in c.lowers[max(0, predicate.start - 3) : predicate.start]
    )
    verbs = _BE_OR_COLON if among else _BE_OR_COLON - {":"}
    while k < limit and c.lowers[k] not in verbs:
        if c.lowers[k] in (",", ".", "and", "who"):
            return
        k += 1
    party = c.starts.get(k + 1) or _titled(c, k + 2)
    if k >= limit or party is None or not acceptable(c, party, word, party.end):
        return
    if (
        predicate.start
        and not among
        and c.lowers[predicate.start - 1] not in ("also", ".", ",", "and", '"', "“")
    ):
        return
    members = joined_right(c, party, word)
    if party.name and not among:
        # "Killed were NAME, 44, and her son": who, told after how many; but "and 14 students"
        members = [p for p in members_after(c, party) if p.numbered]
    for member in members:
        if acceptable(c, member, word, member.end) and member.part_of != "bare":
            c.drafts.append(
                Draft(
                    word.effect,
                    member,
                    predicate.start,
                    member.end - 1,
                    "inverted",
                    0.8,
                    subset=among,
                )
            )


def _titled(c: Clauses, k: int) -> Party | None:
    """A name behind a title of two words: "athletic director NAME" """
    party = c.starts.get(k)
    return party if party is not None and party.name else None
