"""What waits for a person, worked out once for each state of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dateline.ledger.index import UNKNOWN, Columns
from dateline.ledger.pairs import ReviewPair, all_pairs
from dateline.reviewing import NEAR, WEAK

if TYPE_CHECKING:
    from dateline.desk.desk import Desk, Known

KINDS: tuple[str, ...] = ("duplicate", "join", "dispute", "claim", "statistic")


class Waiting(NamedTuple):
    """Pairs that may be one incident, pairs that may be two, and the ids of incidents with
    a disputed toll, or with figures kept out of it for their low score.
    """

    duplicates: tuple[ReviewPair, ...]
    joins: tuple[ReviewPair, ...]
    disputes: tuple[str, ...]
    doubtful: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many decisions wait, apart from those on single claims."""
        return len(self.duplicates) + len(self.joins) + len(self.disputes)

    @property
    def incidents(self) -> frozenset[str]:
        """The incidents that any of it is about."""
        found = {id for pair in self.duplicates for id in (pair.incident_a, pair.incident_b)}
        found |= {pair.incident_a for pair in self.joins}
        return frozenset(found.union(self.disputes, self.doubtful))


def waiting(desk: Desk) -> Waiting:
    """What waits now, the most doubtful first."""
    known = desk.judgements()
    columns = desk.search.index.columns()
    rulings = known.decisions.rulings
    duplicates: dict[tuple[str, str], ReviewPair] = {}
    joins: dict[str, ReviewPair] = {}
    for pair in all_pairs(desk.ledger):  # the heaviest first
        if pair.incident_a == pair.incident_b:
            judged = rulings.root(pair.a) == rulings.root(pair.b)
            if pair.weight <= WEAK and not judged and join_item(pair) not in known.left:
                joins[pair.incident_a] = pair  # the weakest link of an incident stays
        elif pair.weight >= NEAR and duplicate_item(pair) not in known.left:
            ends = (min(pair[3:]), max(pair[3:]))
            if ends not in duplicates and not rulings.apart([pair.a], [pair.b]):
                duplicates[ends] = pair
    return Waiting(
        tuple(duplicates.values()),
        tuple(sorted(joins.values(), key=lambda pair: (pair.weight, pair.a, pair.b))),
        _disputes(columns, known),
        tuple(columns.ids[row] for row in np.flatnonzero((columns.doubtful > 0) & columns.alive)),
    )


def duplicate_item(pair: ReviewPair) -> str:
    """The id of a review item: the same for as long as the same mentions are in doubt."""
    return f"duplicate:{pair.a}:{pair.b}"


def join_item(pair: ReviewPair) -> str:
    """As :func:`duplicate_item`."""
    return f"join:{pair.a}:{pair.b}"


def dispute_item(columns: Columns, incident_id: str) -> str:
    """The id of a disputed toll; it changes with the range, so that it is looked at anew."""
    row = columns.row_of[incident_id]
    ends = [
        "?" if figure == UNKNOWN else str(figure)
        for effect in (0, 1)
        for figure in (int(columns.low[effect][row]), int(columns.high[effect][row]))
    ]
    return f"dispute:{incident_id}:{'-'.join(ends)}"


def _disputes(columns: Columns, known: Known) -> tuple[str, ...]:
    """Incidents with a disputed toll, the widest range of the killed first."""
    tolls = np.fromiter(
        (
            about is not None and not {"killed", "injured"}.isdisjoint(about.split("\n"))
            for about in columns.abouts.names
        ),
        bool,
    )
    discounted = columns.grades.find("discounted")
    disputed = tolls[columns.disputed] & columns.alive & (columns.grade != discounted)
    rows = np.flatnonzero(disputed)
    found = []
    for row in rows:
        id = columns.ids[row]
        if dispute_item(columns, id) not in known.left:
            width = int(columns.high[0][row] - columns.low[0][row])
            found.append((-width, id))
    return tuple(id for _, id in sorted(found))
