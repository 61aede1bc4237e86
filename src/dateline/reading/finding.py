"""What one reader found, before it is known who says it and which incident it is of."""

from __future__ import annotations

import msgspec

from dateline.model import ClaimKind, Span, Value


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A typed value with its evidence.

    ``span`` is the evidence a person needs to check it (a clause, at most a sentence);
    ``anchor`` the words that set it off (the number, the verb, the weapon). ``rule``
    names the rule or head, ``score`` is its confidence from 0 to 1 where it has one.
    ``denied`` and ``hypothetical`` are read from the words themselves: a denied finding
    is a claim that it is not so, a hypothetical one ("could have", "if") is no claim.
    """

    kind: ClaimKind
    value: Value
    span: Span
    anchor: Span
    rule: str
    score: float | None = None
    denied: bool = False
    hypothetical: bool = False
