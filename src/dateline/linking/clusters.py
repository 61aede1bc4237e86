"""From scored pairs to incidents: the strongest pair first, no join that anything forbids.

Going from the strongest pair to the weakest, the groups at its ends become one where
:mod:`groups` lets them. Every step depends on the mentions alone, never on the order they
came in. :func:`replay` goes the same way again for what new mentions can touch, and takes
the rest from what was kept of the last time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

from dateline.linking.candidate import Candidate
from dateline.linking.edges import Edge, Edges
from dateline.linking.groups import Groups
from dateline.linking.judgements import Rulings


class Linked(NamedTuple):
    """Groups of mention ids, each sorted, by their first; and the pairs, the smaller id
    first, at which groups became one: a tree within each group, judgements apart."""

    groups: list[tuple[str, ...]]
    joins: set[tuple[str, str]]


def components(
    mentions: Iterable[str], edges: Iterable[Edge], rulings: Rulings
) -> list[tuple[str, ...]]:
    """The connected components, each sorted, by their first mention."""
    parent: dict[str, str] = {mention: mention for mention in mentions}

    def root(mention: str) -> str:
        while parent[mention] != mention:
            parent[mention] = parent[parent[mention]]
            mention = parent[mention]
        return mention

    def join(a: str, b: str) -> None:
        one, other = sorted((root(a), root(b)))
        parent[other] = one

    for edge in edges:
        join(edge.a, edge.b)
    for group in rulings.bound(parent):
        for mention in group[1:]:
            join(group[0], mention)
    members: dict[str, list[str]] = defaultdict(list)
    for mention in sorted(parent):
        members[root(mention)].append(mention)
    return [tuple(members[first]) for first in sorted(members)]


def cluster(candidates: Mapping[str, Candidate], edges: Edges, rulings: Rulings) -> Linked:
    """The incidents that some mentions make up; ``edges`` are all the pairs that may join."""
    groups = Groups(candidates, edges.weight, rulings)
    joins: set[tuple[str, str]] = set()
    groups.bind(candidates)
    for a, b in edges.strongest_first():
        one, other = groups.of(a), groups.of(b)
        if one is not other and groups.join(one, other):
            joins.add((a, b))
    made = {tuple(sorted(group.members)) for group in groups.all()}
    alone = candidates.keys() - {mention for group in made for mention in group}
    return Linked(sorted([*made, *((mention,) for mention in alone)]), joins)


class Kept(Protocol):
    """What was kept of linking so far."""

    def candidates(self, mentions: Sequence[str]) -> Iterable[Candidate]:
        """The candidates of some mentions."""
        ...

    def edges(self, mentions: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        """All edges with an end in some mentions; weights in millionths."""
        ...

    def joins(self, mentions: Sequence[str]) -> Iterable[tuple[str, str, int]]:
        """The edges with both ends in some mentions at which groups became one."""
        ...

    def fellows(self, mentions: Sequence[str]) -> Iterable[Sequence[str]]:
        """For the incidents that some linked mentions are in, all their mentions."""
        ...


def replay(changed: Iterable[str], kept: Kept, rulings: Rulings) -> Linked:
    """The groups of some mentions and of all whose groups change with them.

    ``changed`` are mentions that were not there when the incidents were made, or that
    judgements or claims speak of differently now. Each is a group of its own at first;
    wherever a group differs from what it was at that point, its further joins are tried
    anew, and all other groups grow as they did. So the outcome is that of linking
    everything, as far as anything is different.
    """
    return _Replay(kept, rulings).run(changed)


class _Replay:
    def __init__(self, kept: Kept, rulings: Rulings) -> None:
        self._kept = kept
        self._rulings = rulings
        self._candidates: dict[str, Candidate] = {}
        self._edges: dict[str, dict[str, int]] = defaultdict(dict)
        self._joined: set[tuple[str, str]] = set()  # where groups became one last time
        self._joins: set[tuple[str, str]] = set()  # where they become one now
        self._known: set[str] = set()  # mentions whose incident is at hand
        self._complete: set[str] = set()  # those whose edges are at hand, too
        self._fellows: dict[str, Sequence[str]] = {}
        self._anew: set[str] = set()  # mentions whose joins are tried anew
        self._queue: list[tuple[int, str, str]] = []
        self._groups = Groups(self._candidates, self._weight, rulings)

    def run(self, changed: Iterable[str]) -> Linked:
        anew = self._all_changed(changed)
        self._anew |= anew
        self._known |= anew
        for mention in anew:
            self._fellows[mention] = (mention,)
        self._load_candidates(anew)
        self._groups.bind(anew)
        before = (-(1 << 62), "", "")
        self._try_anew(sorted(anew), before)
        while self._queue:
            at = heappop(self._queue)
            self._meet(at)
        made = {id(g): g for g in map(self._groups.of, self._anew)}
        groups = sorted(tuple(sorted(group.members)) for group in made.values())
        return Linked(groups, {ends for ends in self._joins if ends[0] in self._anew})

    def _all_changed(self, changed: Iterable[str]) -> set[str]:
        """With the mentions they were together with, and those that judgements bind to any."""
        found: set[str] = set()
        waiting = set(changed)
        while waiting:
            found |= waiting
            more = {mention for some in self._kept.fellows(sorted(waiting)) for mention in some}
            bound = {mention for one in waiting for mention in self._rulings.joined(one)} - found
            more |= {c.mention for c in self._kept.candidates(sorted(bound))} if bound else set()
            waiting = more - found
        return found

    def _weight(self, a: str, b: str) -> int | None:
        # All edges of a mention that is tried anew are at hand, under either end.
        return self._edges[a].get(b) if a in self._edges else None

    def _meet(self, at: tuple[int, str, str]) -> None:
        """Two groups meet at an edge, given as it stands in the queue."""
        _, a, b = at
        one, other = self._groups.of(a), self._groups.of(b)
        if one is other:
            return
        joined_before = (a, b) in self._joined
        if a not in self._anew and b not in self._anew:
            # Both are what they were, and so is what becomes of them.
            if joined_before:
                self._groups.merge(one, other)
                self._joins.add((a, b))
            return
        sides = [*one.members], [*other.members]
        joins = self._groups.join(one, other)
        if joins:
            self._joins.add((a, b))
        if joins or joined_before:
            for members in sides:
                if members[0] not in self._anew:
                    self._anew.update(members)
                    self._try_anew(members, at)

    def _try_anew(self, mentions: Sequence[str], after: tuple[int, str, str]) -> None:
        """Let mentions meet again whom they met after some point."""
        lacking = [mention for mention in mentions if mention not in self._complete]
        if lacking:
            self._complete_all(lacking, after)
        for mention in mentions:
            own = self._groups.of(mention)
            for other, weight in self._edges[mention].items():
                if self._groups.of(other) is own:
                    continue  # one already, and groups are never taken apart on the way
                a, b = (mention, other) if mention < other else (other, mention)
                if (at := (-weight, a, b)) > after:
                    heappush(self._queue, at)

    def _complete_all(self, mentions: Sequence[str], now: tuple[int, str, str]) -> None:
        """Have all edges of some mentions, and of those they are together with, at hand."""
        wanted = {fellow for mention in mentions for fellow in self._fellows[mention]}
        wanted -= self._complete
        others: set[str] = set()
        for a, b, weight in self._kept.edges(sorted(wanted)):
            self._edges[a][b] = self._edges[b][a] = weight
            others.update((a, b))
        self._complete |= wanted
        self._load_incidents(others - self._known, now)

    def _load_incidents(self, mentions: set[str], now: tuple[int, str, str]) -> None:
        """Have the incidents of some mentions at hand, grown as far as they were by now."""
        if not mentions:
            return
        incidents = [tuple(some) for some in self._kept.fellows(sorted(mentions))]
        members = {mention for some in incidents for mention in some}
        self._load_candidates(members)
        self._known |= members
        for some in incidents:
            for mention in some:
                self._fellows[mention] = some
        self._groups.bind(members)
        several = sorted(mention for some in incidents if len(some) > 1 for mention in some)
        joins = sorted((-weight, a, b) for a, b, weight in self._kept.joins(several))
        for at in joins:
            weight, a, b = at
            self._joined.add((a, b))
            self._edges[a][b] = self._edges[b][a] = -weight
            if at > now:
                heappush(self._queue, at)
            else:
                self._grow(a, b)

    def _grow(self, a: str, b: str) -> None:
        one, other = self._groups.of(a), self._groups.of(b)
        self._joins.add((a, b))
        if one is not other:
            self._groups.merge(one, other)

    def _load_candidates(self, mentions: Iterable[str]) -> None:
        lacking = sorted(set(mentions) - self._candidates.keys())
        for candidate in self._kept.candidates(lacking):
            self._candidates[candidate.mention] = candidate
