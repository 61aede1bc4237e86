"""Which pairs of mentions a person should look at: near misses and weak links.

Linking decides by weight alone; close to its threshold it is wrong most often. This
follows the ledger change by change, a few incidents at a time, so that a report that
comes in is looked at within moments, and an old ledger bit by bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.ledger.pairs import changed_since, mentions_in, pairs_seen, put_pairs

if TYPE_CHECKING:
    from dateline.ledger.store import Ledger
    from dateline.linking.candidate import Candidate

NEAR = -3.0
"""Least match weight of two mentions of different incidents to be looked at: odds of one
to eight that they are one."""

WEAK = 3.0
"""Match weight up to which the best link of a mention to its incident counts as weak."""

_AT_ONCE = 50  # changes looked at in one transaction
_MOST_NEAR = 5  # pairs kept a mention; its likeliest others


def catch_up(ledger: Ledger, most: int | None = None) -> int:
    """Look at what changed since the last time; how many incidents were looked at.

    ``most`` is about how many at most; None for all there is.
    """
    looked = 0
    while most is None or looked < most:
        seen = pairs_seen(ledger)
        ids, last = changed_since(ledger, seen, _AT_ONCE)
        if last == seen:
            return looked
        found: dict[tuple[str, str], float] = {}
        members = mentions_in(ledger, ids)
        for mention_ids in members.values():
            found.update(_of_incident(ledger, mention_ids))
        put_pairs(
            ledger,
            (mention for mentions in members.values() for mention in mentions),
            ((a, b, weight) for (a, b), weight in found.items()),
            last,
        )
        looked += len(ids)
    return looked


def _of_incident(ledger: Ledger, mention_ids: list[str]) -> dict[tuple[str, str], float]:
    """The pairs of the mentions of one incident."""
    import msgspec

    from dateline.linking.blocking import keys
    from dateline.linking.candidate import Candidate
    from dateline.linking.vetoes import veto
    from dateline.linking.weights import match_weight

    decode = msgspec.json.Decoder(Candidate).decode
    own = {c.mention: c for c in map(decode, ledger.candidates_of(mention_ids))}
    probes = sorted({key for candidate in own.values() for key in keys(candidate).probes})
    met = {
        c.mention: c for c in map(decode, ledger.candidates_under(probes)) if c.mention not in own
    }

    def weight(a: Candidate, b: Candidate) -> float | None:
        return None if veto(a, b) else match_weight(a, b)

    found: dict[tuple[str, str], float] = {}
    for mention, candidate in sorted(own.items()):
        scored = [(w, other) for other, c in met.items() if (w := weight(candidate, c)) is not None]
        near = sorted(((-w, other) for w, other in scored if w >= NEAR))[:_MOST_NEAR]
        for negative, other in near:
            found[min(mention, other), max(mention, other)] = -negative
        inside = [
            (w if (w := weight(candidate, c)) is not None else NEAR, other)
            for other, c in own.items()
            if other != mention
        ]
        if inside:
            best, other = max(inside)
            if best <= WEAK:
                found[min(mention, other), max(mention, other)] = best
    return found
