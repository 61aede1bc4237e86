"""What the tally works on: the claims of one incident, each with its root and its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from dateline.model import Chain, Claim, Document, Mention, Source, SourceKind


class Testimony(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as said by one source.

    ``root`` is the innermost name of the chain after folding (see
    :mod:`dateline.tally.independence`); ``own_voice`` is True where the publisher says
    it without naming anybody. ``order`` sorts testimonies from earliest to latest:
    publication date (unknown first), then document, then place in the text.
    """

    claim: Claim
    root: str
    chain: tuple[str, ...]
    own_voice: bool
    published_at: dt.date | None
    document_id: str
    root_kind: SourceKind | None = None

    @property
    def order(self) -> tuple[dt.date, str, int, int, str]:
        """Earliest first; the same for the same ledger, however it was filled."""
        return (
            self.published_at or dt.date.min,
            self.document_id,
            self.claim.span.start,
            self.claim.span.end,
            self.claim.id,
        )


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One mention with its claims and the document it is from.

    ``voice`` is set for a text taken from another publisher: the name under which its
    own words count, so that a copy adds no root.
    """

    mention: Mention
    document: Document
    claims: tuple[Claim, ...]
    voice: str | None = None


def testimonies(
    accounts: Iterable[Account],
    roots: Mapping[tuple[str, ...], str],
    sources: SourceTable,
) -> tuple[Testimony, ...]:
    """Every claim of the accounts once for each chain that says it, earliest first."""
    found = [
        Testimony(
            claim=claim,
            root=(root := _root(account, chain, roots)),
            chain=chain,
            own_voice=len(chain) < 2,
            published_at=account.document.published_at,
            document_id=account.document.id,
            root_kind=sources[root].kind if root in sources else None,
        )
        for account in accounts
        for claim in account.claims
        for chain in (claim.chains or ((UNKNOWN,),))
    ]
    return tuple(sorted(found, key=lambda testimony: (testimony.order, testimony.chain)))


def _root(account: Account, chain: Chain, roots: Mapping[Chain, str]) -> str:
    if account.voice and len(chain) < 2:
        return account.voice
    return roots.get(chain, chain[-1] if chain else UNKNOWN)


UNKNOWN = "unknown publisher"


def all_chains(accounts: Iterable[Account]) -> tuple[tuple[str, ...], ...]:
    """The distinct chains of the accounts, sorted."""
    return tuple(
        sorted(
            {chain for account in accounts for claim in account.claims for chain in claim.chains}
        )
    )


SourceTable = Mapping[str, Source]
"""Sources by canonical name, as far as they are known."""
