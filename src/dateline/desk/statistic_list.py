"""Figures over a period or an area, apart from every incident's toll."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dateline.desk.claim_views import claim_view, judgement_views
from dateline.desk.rows import short
from dateline.desk.views import User
from dateline.desk.views_sources import StatisticRow, StatisticsPage
from dateline.export.plain import number_words
from dateline.ledger.pairs import find_statistics
from dateline.model import StatisticValue

if TYPE_CHECKING:
    from dateline.desk.desk import Desk

PER_PAGE = 50


def statistics_page(desk: Desk, user: User | None, *, q: str, page: int) -> StatisticsPage:
    """One page of the statistics, those of the newest reports first."""
    q = q.strip()[:200]
    number = max(1, page)
    stored, total = find_statistics(desk.ledger, q, (number - 1) * PER_PAGE, PER_PAGE)
    pages = max(1, -(-total // PER_PAGE))
    if number > pages:
        number = pages
        stored, total = find_statistics(desk.ledger, q, (number - 1) * PER_PAGE, PER_PAGE)
    known = desk.judgements()
    documents = {id: desk.ledger.document(id) for id in {one.document_id for one in stored}}
    sources = {s.name: s for s in desk.ledger.sources(sorted(documents))} if documents else {}
    rows = []
    for one in stored:
        value = one.claim.value
        assert isinstance(value, StatisticValue)
        judged = judgement_views(known.about({one.claim.id}), user)
        ratio = f"{value.ratio:g} times" if value.ratio is not None else None
        rows.append(
            StatisticRow(
                claim=claim_view(one.claim, documents[one.document_id], sources, judged),
                number_words=ratio or short(number_words(value.min, value.max, value.qualifier)),
                what=short(value.what),
                min=value.min,
                max=value.max,
                ratio=value.ratio,
                period=short(value.period) if value.period else None,
                area=short(value.area) if value.area else None,
                effect=value.effect,
            )
        )

    def link(other: int) -> str:
        return "/statistics?" + urlencode([*([("q", q)] if q else []), ("page", other)])

    return StatisticsPage(
        q=q,
        rows=tuple(rows),
        total=total,
        page=number,
        pages=pages,
        next_url=link(number + 1) if number < pages else None,
        previous_url=link(number - 1) if number > 1 else None,
    )
