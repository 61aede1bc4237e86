"""Every source named in some chains, with what is known or guessed of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.model import Attribution, Chain, PerpetratorValue, ResponsibilityValue, Source, Value
from dateline.reading.attribution.naming import guessed_kind, names_in
from dateline.reading.attribution.publishing import UNKNOWN_PUBLISHER, joined
from dateline.reading.attribution.registry import MEDIA, Registry, registry_in_use, words_of


def sources_of(
    attributions: Sequence[Attribution], registry: Registry | None = None
) -> tuple[Source, ...]:
    """Every source named in the chains of attributions, by name: see :func:`sources_in`."""
    return sources_in((chain for one in attributions for chain in one.chains), registry)


def sources_in(chains: Iterable[Chain], registry: Registry | None = None) -> tuple[Source, ...]:
    """Every source named in some chains, by name: the registry's entry, or a guessed one."""
    registry = registry or registry_in_use()
    publishes: dict[str, bool] = {}
    for chain in chains:
        for place, name in enumerate(chain):
            publishes[name] = publishes.get(name, False) or not place
    return tuple(
        source_named(name, registry, publishes=publishes[name]) for name in sorted(publishes)
    )


def source_named(name: str, registry: Registry | None = None, *, publishes: bool = False) -> Source:
    """The source of a name as it stands in a chain.

    Of one that the registry does not know the kind is guessed by its nouns, and marked as
    guessed. Who ``publishes`` is an outlet unless the name says otherwise, and belongs to
    the state that its name holds ("Ghana Daily Post").
    """
    registry = registry or registry_in_use()
    found = registry.lookup(name)
    if found is not None:
        return found
    kind = guessed_kind(name) if name != UNKNOWN_PUBLISHER else "outlet"
    if publishes:
        if kind in ("person", "unnamed", "witness"):
            kind = "outlet"
        state = registry.nation_in(words_of(name))
        return Source(name=name, kind=kind, affiliation=state, guessed=True)
    made = names_in(name, registry)
    parent = made[0].source.parent if len(made) == 1 else None
    affiliation = made[0].source.affiliation if len(made) == 1 else None
    return Source(name=name, kind=kind, parent=parent, affiliation=affiliation, guessed=True)


def owned_up(
    value: Value,
    chains: Sequence[Chain],
    base: Chain,
    *,
    by_the_way: bool = False,
    registry: Registry | None = None,
) -> tuple[Chain, ...]:
    """The chains of a claim or denial of responsibility: its root is who claims or denies.

    "The attack was claimed by the group" is the group's word, though the report says so in
    its own voice; "police said the group claimed it" is the group's, through the police.
    ``base`` is the report's own chain, which also bears what it tells ``by_the_way``
    ("…, which claimed the attack"). Chains of other claims stay as they are.
    """
    if isinstance(value, ResponsibilityValue):
        actor = value.actor
    elif isinstance(value, PerpetratorValue) and value.confidence == "claimed":
        actor = value.organisation or value.name or value.description
    else:
        return tuple(chains)
    registry = registry or registry_in_use()
    made = names_in(actor, registry)
    if len(made) != 1 or made[0].empty:
        return tuple(chains)
    name = made[0].source.name
    owned: list[Chain] = []
    for chain in [base] if by_the_way and not any(name == one[-1] for one in chains) else chains:
        last = registry.lookup(chain[-1])
        passed_on = len(chain) <= len(base) or (last is not None and last.kind in MEDIA)
        if name in chain or passed_on:
            chain = joined([*(one for one in chain if one != name), name])
        owned.append(chain)
    return tuple(dict.fromkeys(owned))
