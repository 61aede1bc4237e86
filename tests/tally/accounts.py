"""Accounts to tally, made by hand."""

from __future__ import annotations

import datetime as dt

from dateline.model import CasualtyValue, Claim, Document, Mention, Span, Value
from dateline.tally.evidence import Account

KINDS = {
    "CasualtyValue": "casualty",
    "MotiveValue": "motive",
    "PerpetratorValue": "perpetrator",
    "ResponsibilityValue": "responsibility",
    "WeaponValue": "weapon",
}


def killed(low, high="same", **more) -> CasualtyValue:
    high = low if high == "same" else high
    return CasualtyValue(effect="killed", min=low, max=high, exact=low == high, **more)


def account(name: str, day: int | None, *told: tuple[Value, tuple[str, ...]], modality="reported"):
    """One mention; ``told`` pairs a value with the chain that says it."""
    claims = tuple(
        Claim(
            id=f"c{name}{number}",
            kind=KINDS[type(value).__name__],
            value=value,
            span=Span(number * 10, number * 10 + 5),
            chains=(chain,),
            modality=modality,
            incident=0,
        )
        for number, (value, chain) in enumerate(told)
    )
    document = Document(
        id=f"d{name}",
        text="x" * 200,
        published_at=dt.date(2023, 3, day) if day else None,
        published_how="stated" if day else "unknown",
    )
    mention = Mention(
        id=f"m{name}",
        document_id=document.id,
        index=0,
        type="bombing",
        claims=tuple(claim.id for claim in claims),
    )
    return Account(mention=mention, document=document, claims=claims)
