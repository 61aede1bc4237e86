"""A reading as one column of text, from which linking makes it anew.

The original bytes are left out: whoever keeps the input table has them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.ledger.codec import decode, encode
from dateline.model import VALUE_TYPES, Chain, Claim, Document, Mention, Reading, Source, Span


class _PlainClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim whose value is not yet of the type its kind says."""

    id: str
    kind: str
    value: dict[str, Any]
    span: Span
    chains: tuple[Chain, ...] = ()
    modality: str = "asserted"
    incident: int | None = None
    rule: str = ""
    score: float | None = None


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    document: Document
    claims: tuple[_PlainClaim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sources: tuple[Source, ...] = ()


class _Given(msgspec.Struct, frozen=True, kw_only=True):
    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    sources: tuple[Source, ...]


def keep(reading: Reading) -> str:
    """The parts of a reading that linking and the tally need, as text."""
    return encode(
        _Given(
            document=msgspec.structs.replace(reading.document, raw=b""),
            claims=reading.claims,
            mentions=reading.mentions,
            sources=reading.sources,
        )
    )


def remake(kept: str) -> Reading:
    """The reading that was kept."""
    plain = decode(kept, _Kept)
    return Reading(
        document=plain.document,
        claims=tuple(_claim(claim) for claim in plain.claims),
        mentions=plain.mentions,
        sources=plain.sources,
    )


def _claim(plain: _PlainClaim) -> Claim:
    fields: dict[str, Any] = {name: getattr(plain, name) for name in plain.__struct_fields__}
    fields["value"] = msgspec.convert(plain.value, VALUE_TYPES[fields["kind"]])
    return Claim(**fields)
