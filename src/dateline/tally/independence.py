"""Which roots are independent of each other.

Counting sources is how casualty recorders weigh a claim, so it must not be inflated:
a conduit that passes on what an official body says is that body's voice, sister
channels of one owner are one voice, and a publisher that repeats in its own words a
figure it attributes elsewhere in the same report adds nobody (Every Casualty
Worldwide, *Standards for Casualty Recording*, 2016, on corroboration).
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import CasualtyValue, Chain, Source
from dateline.tally.evidence import SourceTable, Testimony

_OFFICIAL = frozenset({"official", "military"})


def fold_roots(chains: Iterable[Chain], sources: SourceTable) -> dict[Chain, str]:
    """The folded root of each chain.

    A root that is a conduit folds into an official body of the same affiliation that is
    a root of the same incident (the smallest name, where there are several). Sources
    with the same parent fold into the parent, official bodies excepted: two ministries
    of one state are separate roots only by name, since they may well disagree.
    """
    chains = sorted(set(chains))
    roots = {chain: chain[-1] for chain in chains if chain}
    officials: dict[str, str] = {}
    for root in sorted(set(roots.values()), reverse=True):
        source = sources.get(root)
        if source and source.kind in _OFFICIAL and source.affiliation:
            officials[source.affiliation] = root
    return {chain: _fold(root, sources.get(root), officials) for chain, root in roots.items()}


def _fold(root: str, source: Source | None, officials: dict[str, str]) -> str:
    if source is None or source.kind in _OFFICIAL:
        return root
    if source.conduit and source.affiliation in officials:
        return officials[source.affiliation]
    return source.parent or root


def independent_roots(testimonies: Iterable[Testimony]) -> tuple[str, ...]:
    """The distinct folded roots that stand behind the incident, sorted.

    They are the roots of the numbered figures of victims; where there is none, those of
    any casualty claim; where there is none either, those of every claim. So a source
    that is quoted on the motive alone does not confirm a toll. A publisher's own voice
    counts only in a document that credits nobody else.
    """
    told = list(testimonies)
    weightiest = next((t for t in (_figures(told), _casualties(told)) if t), told)
    crediting = {t.document_id for t in weightiest if not t.own_voice}
    return tuple(
        sorted({t.root for t in weightiest if not (t.own_voice and t.document_id in crediting)})
    )


def _casualties(told: Iterable[Testimony]) -> list[Testimony]:
    return [
        t
        for t in told
        if isinstance(t.claim.value, CasualtyValue)
        and t.claim.value.who == "victims"
        and t.claim.modality != "denied"
    ]


def _figures(told: Iterable[Testimony]) -> list[Testimony]:
    return [
        t
        for t in _casualties(told)
        if isinstance(t.claim.value, CasualtyValue)
        and (t.claim.value.min is not None or t.claim.value.max is not None)
    ]
