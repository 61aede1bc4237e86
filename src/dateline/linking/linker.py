"""Mentions to incidents, a few at a time or a whole ledger.

The doors of the room: :func:`reach` finds what a few new mentions may change,
:func:`link` makes incidents of mentions, :func:`dateline.linking.explain.explain` says
why two mentions are one incident or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.linking.blocking import Keys, keys
from dateline.linking.candidate import Candidate
from dateline.linking.clusters import JOIN, Edge, cluster, components
from dateline.linking.judgements import Rulings
from dateline.linking.vetoes import veto
from dateline.linking.weights import match_weight

Lookup = Callable[[Sequence[int]], Iterable[Candidate]]
"""From keys to the mentions that stand under any of them."""


def pair(a: Candidate, b: Candidate) -> Edge | None:
    """The edge between two mentions, or None where nothing may join them."""
    one, other = (a, b) if a.mention < b.mention else (b, a)
    if veto(one, other):
        return None
    weight = match_weight(one, other)
    return Edge(one.mention, other.mention, weight) if weight >= JOIN else None


def reach(
    new: Iterable[Candidate],
    look_up: Lookup,
    rulings: Rulings,
    fetch: Callable[[Sequence[str]], Iterable[Candidate]],
) -> tuple[dict[str, Candidate], list[Edge]]:
    """The whole components that the new mentions are in, and the edges within them.

    ``look_up`` gives the mentions (new ones too) under some keys, ``fetch`` those with
    some ids. Nothing outside what is given back can change.
    """
    found: dict[str, Candidate] = {}
    edges: dict[tuple[str, str], Edge] = {}
    seen: dict[str, Candidate] = {}
    under: dict[int, set[str]] = {}
    done: set[str] = set()  # compared with all they meet
    waiting = sorted(new, key=lambda c: c.mention)
    while waiting:
        for candidate in waiting:
            found[candidate.mention] = candidate
            seen.setdefault(candidate.mention, candidate)
        made = {candidate.mention: keys(candidate) for candidate in waiting}
        unknown = sorted({key for k in made.values() for key in k.probes} - under.keys())
        under.update((key, set()) for key in unknown)
        asked = set(unknown)
        for candidate in look_up(unknown) if unknown else ():
            seen.setdefault(candidate.mention, candidate)
            for key in asked.intersection(keys(candidate).keys):
                under[key].add(candidate.mention)
        next_up: dict[str, Candidate] = {}
        for candidate in waiting:
            met = {m for key in made[candidate.mention].probes for m in under[key]}
            done.add(candidate.mention)
            for other in sorted(met - done):
                edge = pair(candidate, seen[other])
                if edge is None:
                    continue
                edges[edge.a, edge.b] = edge
                if other not in found:
                    next_up[other] = seen[other]
            missing = sorted(rulings.joined(candidate.mention) - found.keys())
            for judged in fetch(missing) if missing else ():
                next_up[judged.mention] = judged
        waiting = [next_up[mention] for mention in sorted(next_up) if mention not in found]
    return found, [edges[ends] for ends in sorted(edges)]


def link(
    candidates: Mapping[str, Candidate], edges: Iterable[Edge], rulings: Rulings
) -> list[tuple[str, ...]]:
    """The incidents that the mentions make up: groups of mention ids, each sorted.

    ``edges`` are all the pairs that may join; the groups come by their first mention.

    Raises JudgementConflictError where judgements exclude each other.
    """
    rulings.check()
    within: dict[str, list[Edge]] = defaultdict(list)
    edges = list(edges)
    parts = components(candidates, edges, rulings)
    home = {mention: part[0] for part in parts for mention in part}
    for edge in edges:
        within[home[edge.a]].append(edge)
    groups: list[tuple[str, ...]] = []
    for part in parts:
        groups += cluster(part, within[part[0]], candidates, rulings)
    return sorted(groups)


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
