"""Pairs of mentions for review, and the claims a person may want to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, or_, select

from dateline.ledger.claims import batches, stored_claim
from dateline.ledger.records import StoredClaim
from dateline.ledger.store import Ledger
from dateline.ledger.tables import (
    changes,
    claims,
    documents,
    incident_mentions,
    mentions,
    review_pairs,
    review_state,
    statistics,
)

_PAIRS_SEEN = "pairs"


class ReviewPair(NamedTuple):
    """Two mentions, the smaller id first, with the incidents they are in now."""

    a: str
    b: str
    weight: float
    incident_a: str
    incident_b: str


def pairs_seen(ledger: Ledger) -> int:
    """The number of the change up to which pairs were looked for."""
    with ledger._reading() as connection:
        found = select(review_state.c.number).where(review_state.c.name == _PAIRS_SEEN)
        return int(connection.execute(found).scalar() or 0)


def changed_since(ledger: Ledger, seen: int, most: int) -> tuple[list[str], int]:
    """Incidents that changed after change ``seen``, at most so many changes, and the last."""
    c = changes.c
    with ledger._reading() as connection:
        some = select(c.number, c.incident_id).where(c.number > seen).order_by(c.number)
        rows = connection.execute(some.limit(most)).all()
    if not rows:
        return [], seen
    return sorted({row.incident_id for row in rows}), int(rows[-1].number)


def mentions_in(ledger: Ledger, incident_ids: Sequence[str]) -> dict[str, list[str]]:
    """The mentions of some incidents, sorted; incidents that are gone are left out."""
    found: dict[str, list[str]] = {}
    c = incident_mentions.c
    with ledger._reading() as connection:
        for batch in batches(incident_ids):
            rows = select(incident_mentions).where(c.incident_id.in_(batch)).order_by(c.mention_id)
            for row in connection.execute(rows):
                found.setdefault(row.incident_id, []).append(row.mention_id)
    return found


def put_pairs(
    ledger: Ledger,
    looked_at: Iterable[str],
    pairs: Iterable[tuple[str, str, float]],
    seen: int,
) -> None:
    """Put the pairs of some mentions in the place of those they had, and note how far.

    Mentions that went meanwhile are left out.
    """
    c = review_pairs.c
    with ledger._writing() as connection:
        for batch in batches(sorted(set(looked_at))):
            old = or_(c.a.in_(batch), c.b.in_(batch))
            connection.execute(delete(review_pairs).where(old))
        wanted = sorted(set(pairs))
        ids = sorted({id for a, b, _ in wanted for id in (a, b)})
        there: set[str] = set()
        for batch in batches(ids):
            known = select(mentions.c.id).where(mentions.c.id.in_(batch))
            there.update(connection.execute(known).scalars())
        rows = [{"a": a, "b": b, "weight": weight} for a, b, weight in wanted if {a, b} <= there]
        for some in batches(rows):
            connection.execute(insert(review_pairs), some)
        connection.execute(delete(review_state).where(review_state.c.name == _PAIRS_SEEN))
        connection.execute(insert(review_state), {"name": _PAIRS_SEEN, "number": seen})


def _with_homes() -> Select[Any]:
    one, other = incident_mentions.alias("home_a"), incident_mentions.alias("home_b")
    c = review_pairs.c
    return (
        select(c.a, c.b, c.weight, one.c.incident_id, other.c.incident_id)
        .join(one, one.c.mention_id == c.a)
        .join(other, other.c.mention_id == c.b)
        .order_by(c.weight.desc(), c.a, c.b)
    )


def all_pairs(ledger: Ledger) -> list[ReviewPair]:
    """All pairs, the heaviest first, with the incidents they are in now."""
    with ledger._reading() as connection:
        return [ReviewPair._make(row) for row in connection.execute(_with_homes())]


def doubtful_figures(ledger: Ledger, below: float, most: int) -> tuple[list[StoredClaim], int]:
    """The figures with the lowest scores below a limit, the lowest first, and how many are."""
    c = claims.c
    doubtful = (c.kind == "casualty") & (c.score < below)
    low = select(claims).where(doubtful).order_by(c.score, c.id).limit(most)
    with ledger._reading() as connection:
        found = [stored_claim(row) for row in connection.execute(low)]
        counted = select(func.count()).select_from(claims).where(doubtful)
        return found, int(connection.execute(counted).scalar_one())


def find_statistics(
    ledger: Ledger, words: str, offset: int, limit: int | None
) -> tuple[list[StoredClaim], int]:
    """Statistics with some words in what, period or area; the newest report first."""
    wanted = (
        select(claims)
        .join(statistics, statistics.c.claim_id == claims.c.id)
        .join(documents, documents.c.id == claims.c.document_id)
    )
    counted = select(func.count()).select_from(statistics)
    for word in words.split()[:10]:
        s = statistics.c
        fits = or_(
            *(column.icontains(word, autoescape=True) for column in (s.what, s.period, s.area))
        )
        wanted, counted = wanted.where(fits), counted.where(fits)
    order = documents.c.published_at.desc().nulls_last()
    wanted = wanted.order_by(order, claims.c.document_id, claims.c.position)
    with ledger._reading() as connection:
        rows = connection.execute(wanted.limit(limit).offset(offset)).all()
        total = int(connection.execute(counted).scalar_one())
    return [stored_claim(row) for row in rows], total
