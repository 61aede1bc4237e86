"""Incidents and reports as lines of a list."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote, urlencode

from dateline.desk.rendering import http_only
from dateline.desk.views import ChainLink, IncidentRow, ReportRow, TollView
from dateline.desk.wording import country_words, toll_words, type_words
from dateline.export.plain import clean, range_words, where_words
from dateline.ledger.records import DocumentEntry
from dateline.model import EFFECTS, Document, Incident, Source, Toll

_LONGEST = 300  # characters of a title or a name in a list
# The rule behind a figure names everybody who stands for it.
_RULE = 2000


def short(text: str, most: int = _LONGEST) -> str:
    """Text for one line: cleaned, with single spaces, cut with an ellipsis."""
    one = " ".join(clean(text[: most * 4]).split())
    return one if len(one) <= most else one[: most - 1] + "…"


def incident_url(incident_id: str) -> str:
    """The page of an incident."""
    return f"/incidents/{quote(incident_id, safe='')}"


def report_url(document_id: str, claim: str | None = None) -> str:
    """The page of a report, at the words of a claim."""
    page = f"/reports/{quote(document_id, safe='')}"
    if claim is None:
        return page
    return f"{page}?{urlencode({'claim': claim})}#claim-{quote(claim, safe='')}"


def source_url(name: str) -> str:
    """The page of a source; names may hold anything, so it goes into the query string."""
    return "/source?" + urlencode({"name": name}, errors="replace")


def toll_view(effect: str, toll: Toll) -> TollView:
    """One effect."""
    return TollView(
        effect=effect,
        low=toll.low,
        best=toll.best,
        high=toll.high,
        words=toll_words(toll),
        rule=short(toll.rule, _RULE),
        claims=toll.claims,
    )


def toll_views(tolls: dict[str, Toll]) -> tuple[TollView, ...]:
    """The effects in the order of the model."""
    known = [effect for effect in EFFECTS if effect in tolls]
    return tuple(toll_view(effect, tolls[effect]) for effect in known)


def incident_row(incident: Incident, *, needs_review: bool = False) -> IncidentRow:
    """One incident in a list."""
    tolls = toll_views({str(effect): toll for effect, toll in incident.tolls.items()})
    by_effect = {toll.effect: toll for toll in tolls}
    date, place = incident.date, incident.place
    return IncidentRow(
        id=incident.id,
        url=incident_url(incident.id),
        type=incident.type,
        type_words=type_words(incident.type),
        date_start=date.start if date else None,
        date_end=date.end if date else None,
        date_precision=date.precision if date else None,
        date_words=range_words(date) if date else "date unknown",
        place_words=short(where_words(place)) if place else "place unknown",
        place_kind=place.kind if place else None,
        country=place.country if place else None,
        country_name=country_words(place.country) if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        tolls=tolls,
        killed=by_effect.get("killed"),
        injured=by_effect.get("injured"),
        grade=incident.grade,
        grade_reason=short(incident.grade_reason),
        independent=len(incident.independent_sources),
        documents=len(incident.documents),
        disputes=tuple(dispute.about for dispute in incident.disputes),
        needs_review=needs_review,
        background=incident.background,
    )


def title_of(entry: Document | DocumentEntry) -> str:
    """What a report is called: its title, else the id it came with, else its file's name."""
    file = PurePath(entry.path).name if entry.path else ""
    return short(entry.title or entry.external_id or file or entry.id)


def report_row(
    entry: DocumentEntry | Document,
    *,
    claims: int = 0,
    mentions: int = 0,
    original_id: str | None = None,
    copy_how: str = "",
    roots: tuple[str, ...] = (),
    snippet: tuple[tuple[str, bool], ...] = (),
) -> ReportRow:
    """One report in a list."""
    if isinstance(entry, DocumentEntry):
        claims, mentions = entry.claims, entry.mentions
    withdrawn = entry.withdrawn if isinstance(entry, DocumentEntry) else None
    return ReportRow(
        id=entry.id,
        url=report_url(entry.id),
        title=title_of(entry),
        publisher=short(entry.publisher) if entry.publisher else None,
        published_at=entry.published_at,
        published_how=entry.published_how,
        address=http_only(entry.url) or None,
        language=entry.language,
        claims=claims,
        mentions=mentions,
        withdrawn=short(withdrawn) if withdrawn else None,
        original_id=original_id,
        copy_how=copy_how,
        roots=roots,
        snippet=snippet,
    )


def chain_link(name: str, sources: dict[str, Source]) -> ChainLink:
    """One name of a chain."""
    source = sources.get(name)
    return ChainLink(
        name=short(name, 120),
        kind=source.kind if source else "unknown",
        guessed=source.guessed if source else True,
        url=source_url(name),
    )
