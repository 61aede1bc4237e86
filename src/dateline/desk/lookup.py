"""Pages of one thing: looked up in the ledger by id, with all that belongs to it."""

from __future__ import annotations

from dateline.desk.claim_views import claim_view, judgement_views
from dateline.desk.desk import Desk
from dateline.desk.exporting import format_links
from dateline.desk.incident_view import incident_page
from dateline.desk.report_view import part_with, parts_of, segments
from dateline.desk.rows import chain_link, incident_row, report_row, report_url, short
from dateline.desk.views import IncidentPage, IncidentRow, ReportPage, ReportRow, ReportsPage, User
from dateline.errors import UnknownIdError
from dateline.ledger import fulltext
from dateline.ledger.reports import find_reports
from dateline.model import Reading

PER_PAGE = 50
_MOST_ID = 200


def incident_by_id(
    desk: Desk, given: str, user: User | None, policy: str = "default"
) -> IncidentPage:
    """The page of an incident by its id, a former id, or the beginning of one.

    Its tolls are added up by ``policy``. Raises SettingsError for one that nobody has.
    """
    from urllib.parse import urlencode

    from dateline import exporting
    from dateline.desk.review_queue import items_of_incident

    incident = desk.ledger.incident(given[:_MOST_ID])
    review = items_of_incident(desk, incident, user)
    policy = policy or "default"
    incident = exporting.added_up(desk.ledger, incident, policy=policy)
    claims = [stored.claim.id for stored in desk.ledger.claims(incident.id)]
    subjects = {incident.id, *incident.mentions, *incident.documents, *claims}
    known = desk.judgements()
    return incident_page(
        desk.ledger,
        incident,
        asked_for=given,
        judgements=known.about(subjects),
        user=user,
        review=review,
        exports=format_links(urlencode({"id": incident.id})),
        seen=known.last,
        policy=policy,
    )


def report_by_id(
    desk: Desk, given: str, user: User | None, *, part: int = 1, focus: str | None = None
) -> ReportPage:
    """The page of a report, at the part asked for, or the one with the focused claim."""
    entry = desk.ledger.entry(given[:_MOST_ID])
    if entry.withdrawn is not None:
        raise UnknownIdError(f"report {entry.id} was withdrawn: {short(entry.withdrawn)}")
    reading = desk.ledger.reading(entry.id)
    row = report_row(entry)
    return report_page(desk, reading, row, user, part=part, focus=focus)


def report_page(
    desk: Desk,
    reading: Reading,
    row: ReportRow,
    user: User | None,
    *,
    part: int = 1,
    focus: str | None = None,
    stored: bool = True,
) -> ReportPage:
    """The page of anything that was read; ``stored`` is False before it is kept."""
    document = reading.document
    text = document.text
    parts = parts_of(text)
    by_id = {claim.id: claim for claim in reading.claims}
    number = max(1, min(part, len(parts))) - 1
    if focus in by_id:
        number = part_with(parts, by_id[focus].span.start)
    else:
        focus = None
    here = parts[number]
    sources = {source.name: source for source in reading.sources}
    known = desk.judgements()
    judged = known.about({document.id, *by_id}) if stored else ()
    views = judgement_views(judged, user)
    of_claim = {
        id: [view for view in views if id in view.subjects]
        for id in {subject for view in views for subject in view.subjects}
    }
    claims = tuple(
        claim_view(claim, document, sources, of_claim.get(claim.id, ()))
        for claim in reading.claims
        if claim.span.start < here.end and claim.span.end > here.start
    )
    incidents: tuple[IncidentRow, ...] = ()
    if stored:
        home = desk.ledger.incidents_of([mention.id for mention in reading.mentions])
        ids = list(dict.fromkeys(home[m.id] for m in reading.mentions if m.id in home))
        incidents = tuple(incident_row(one) for one in desk.search.incidents(ids))
    note = None
    if len(parts) > 1:
        note = (
            f"This text has {len(text):,} characters; part {number + 1} of {len(parts)} is shown."
        )
    address = report_url(document.id)
    return ReportPage(
        report=row,
        external_id=short(document.external_id) if document.external_id else None,
        warnings=tuple(short(w) for w in (*document.warnings, *reading.warnings)),
        segments=segments(text, reading.claims, document.furniture, here),
        claims=tuple(claim for claim in claims if claim.kind != "statistic"),
        statistics=tuple(claim for claim in claims if claim.kind == "statistic"),
        incidents=incidents,
        sources=tuple(chain_link(name, sources) for name in sorted(sources)),
        length=len(text),
        part=number + 1,
        parts=len(parts),
        part_start=here.start,
        part_end=here.end,
        next_url=f"{address}?part={number + 2}" if number + 1 < len(parts) else None,
        previous_url=f"{address}?part={number}" if number else None,
        focus=focus,
        note=note,
        judgements=views,
        seen=known.last,
    )


def reports_found(desk: Desk, q: str, page: int) -> ReportsPage:
    """Reports, the newest first; with words, those in which they are found."""
    from urllib.parse import urlencode

    q = q.strip()[:300]
    terms = fulltext.parse(q)
    note = None
    if q and not any(not term.without for term in terms):
        note, terms = "There are no words to look for in the search.", ()
    found = find_reports(desk.ledger, terms, max(1, page), PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    rows = tuple(
        report_row(entry, snippet=fulltext.snippet(found.texts[entry.id], terms) if terms else ())
        for entry in found.entries
    )

    def link(number: int) -> str:
        return "/reports?" + urlencode([*([("q", q)] if q else []), ("page", number)])

    return ReportsPage(
        q=q,
        rows=rows,
        total=found.total,
        page=found.page,
        pages=pages,
        next_url=link(found.page + 1) if found.page < pages else None,
        previous_url=link(found.page - 1) if found.page > 1 else None,
        note=note,
    )
