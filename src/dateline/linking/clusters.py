"""From scored pairs to incidents: the strongest pair first, no join that anything forbids.

The pairs that speak for one incident make a graph. Its connected components are looked
at one by one, so that a new report changes only those it touches. Within one, groups
are joined from the strongest pair to the weakest; two groups join only where no mention
of one is ruled out by a mention of the other and all pairs between them agree on
average, lest a chain of near misses draw two events together. Every step depends on the
mentions alone, never on the order they came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from dateline.linking.candidate import Candidate
from dateline.linking.judgements import Rulings
from dateline.linking.vetoes import veto
from dateline.linking.weights import match_weight

JOIN = 0.0
"""Least match weight of a pair that may join two groups, and of the average over all
pairs between the groups: from 0 on it is more likely than not that they are one."""

_CLIP = 8.0  # one very strong or very weak pair must not outweigh all others


class Edge(NamedTuple):
    """Two mentions, the smaller id first, and their match weight."""

    a: str
    b: str
    weight: float


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


def cluster(
    mentions: Sequence[str],
    edges: Iterable[Edge],
    candidates: Mapping[str, Candidate],
    rulings: Rulings,
) -> list[tuple[str, ...]]:
    """The incidents of one component: groups of mention ids, each sorted, by the first.

    ``edges`` are those within the component, of weight :data:`JOIN` or more.
    """
    if len(mentions) == 1:
        return [tuple(mentions)]
    groups: dict[str, list[str]] = {mention: [mention] for mention in mentions}
    home = {mention: mention for mention in mentions}
    refused: set[tuple[str, str, int, int]] = set()

    edges = list(edges)
    known: dict[tuple[str, str], float | None] = {(e.a, e.b): e.weight for e in edges}

    def fit(a: str, b: str) -> float | None:
        """The match weight of two mentions; None where one rules the other out."""
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            one, other = candidates[pair[0]], candidates[pair[1]]
            known[pair] = None if veto(one, other) else match_weight(one, other)
        return known[pair]

    def merge(one: str, other: str) -> None:
        for mention in groups.pop(other):
            home[mention] = one
            groups[one].append(mention)

    judged = rulings.bound(mentions)
    for bound in judged:
        for mention in bound[1:]:
            if home[mention] != home[bound[0]]:
                merge(home[bound[0]], home[mention])
    for edge in sorted(edges, key=lambda edge: (-edge.weight, edge.a, edge.b)):
        one, other = sorted((home[edge.a], home[edge.b]))
        if one == other:
            continue
        left, right = groups[one], groups[other]
        # Groups only grow, so their sizes tell whether these two were tried as they are.
        attempt = (one, other, len(left), len(right))
        if attempt in refused:
            continue
        if _may_join(left, right, candidates, fit, rulings, judged=bool(judged)):
            merge(one, other)
        else:
            refused.add(attempt)
    return sorted(tuple(sorted(group)) for group in groups.values())


def _may_join(
    left: Sequence[str],
    right: Sequence[str],
    candidates: Mapping[str, Candidate],
    fit: Callable[[str, str], float | None],
    rulings: Rulings,
    *,
    judged: bool,
) -> bool:
    """Whether two groups may be one; ``judged`` where a person joined any of these."""
    if rulings.apart(left, right):
        return False
    documents = {candidates[mention].document for mention in left}
    if any(candidates[mention].document in documents for mention in right):
        return False
    total = 0.0
    counted = 0
    if judged:
        pairs = product(_units(left, rulings), _units(right, rulings))
    else:
        pairs = product(([mention] for mention in left), [[mention] for mention in right])
    for these, those in pairs:
        # Of mentions that a person joined, the one that fits best speaks for all: what
        # would rule the others out was overruled with them.
        weight: float | None = None
        for a in these:
            for b in those:
                fits = fit(a, b)
                if fits is not None:
                    weight = fits if weight is None else max(weight, fits)
        if weight is None:
            return False
        total += min(_CLIP, max(-_CLIP, weight))
        counted += 1
    return total / counted >= JOIN


def _units(group: Sequence[str], rulings: Rulings) -> list[list[str]]:
    """The group's mentions, those a person joined together, by their first."""
    units: dict[str, list[str]] = {}
    for mention in sorted(group):
        units.setdefault(rulings.root(mention), []).append(mention)
    return list(units.values())
