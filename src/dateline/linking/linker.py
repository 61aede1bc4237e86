"""Mentions to incidents, a few at a time or a whole ledger.

The doors of the room: :func:`edges_of` and :func:`score_all` find the pairs that may
join, :func:`link` makes incidents of all mentions,
:func:`dateline.linking.clusters.replay` of those that a few new ones can touch, and
:func:`dateline.linking.explain.explain` says why two mentions are one incident or not.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from dateline.linking.blocking import Keys, keys
from dateline.linking.candidate import VERSION, Candidate
from dateline.linking.clusters import Linked, cluster
from dateline.linking.edges import JOIN, Edge, Edges
from dateline.linking.judgements import Rulings
from dateline.linking.vetoes import veto
from dateline.linking.weights import match_weight

Lookup = Callable[[Sequence[int]], Iterable[Candidate]]
"""From keys to the mentions that stand under any of them."""


@cache
def version() -> int:
    """Candidates, keys and weights as one number of 31 bits: what it was linked with.

    What was linked with others must be linked anew as a whole.
    """
    data = files("dateline.linking").joinpath("data")
    state = 0
    for name in ("weights.toml", "kinds.toml"):
        state = zlib.crc32(data.joinpath(name).read_bytes(), state)
    return VERSION << 20 | state & 0xFFFFF


def pair(a: Candidate, b: Candidate) -> Edge | None:
    """The edge between two mentions, or None where nothing may join them."""
    one, other = (a, b) if a.mention < b.mention else (b, a)
    if veto(one, other):
        return None
    weight = match_weight(one, other)
    return Edge(one.mention, other.mention, weight) if weight >= JOIN else None


def edges_of(new: Iterable[Candidate], look_up: Lookup) -> list[Edge]:
    """The edges with an end in some mentions; ``look_up`` must find these, too."""
    own = {candidate.mention: candidate for candidate in new}
    probes = {mention: frozenset(keys(own[mention]).probes) for mention in sorted(own)}
    asked = sorted({key for some in probes.values() for key in some})
    looking: dict[int, list[str]] = defaultdict(list)
    for mention, some in probes.items():
        for key in some:
            looking[key].append(mention)
    edges: set[Edge] = set()
    for other in look_up(asked) if asked else ():
        met = {mention for key in keys(other).keys for mention in looking.get(key, ())}
        for mention in met - {other.mention}:
            if other.mention in own and other.mention < mention:
                continue  # met from the other side
            if edge := pair(own[mention], other):
                edges.add(edge)
    return sorted(edges)


def link(candidates: Mapping[str, Candidate], edges: Iterable[Edge], rulings: Rulings) -> Linked:
    """The incidents that the mentions make up; ``edges`` are all the pairs that may join.

    Raises JudgementConflictError where judgements exclude each other.
    """
    rulings.check()
    return cluster(candidates, Edges.of(edges), rulings)


def score_all(candidates: Iterable[Candidate]) -> list[Edge]:
    """The edges among some mentions, in Python; :mod:`splink_engine` does it for many."""
    by_id = {candidate.mention: candidate for candidate in candidates}
    standing: dict[int, list[str]] = defaultdict(list)
    made: dict[str, Keys] = {}
    for mention in sorted(by_id):
        made[mention] = keys(by_id[mention])
        for key in made[mention].keys:
            standing[key].append(mention)
    edges = []
    for mention in sorted(by_id):
        met = {other for key in made[mention].probes for other in standing.get(key, ())}
        for other in sorted(met):
            if other > mention and (edge := pair(by_id[mention], by_id[other])):
                edges.append(edge)
    return edges
