"""One incident whole: facts, claims by question, disputes, sources, how the toll rose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.desk.claim_views import by_question, chain_links, claim_view, judgement_views
from dateline.desk.rows import (
    chain_link,
    incident_row,
    report_row,
    report_url,
    short,
    source_url,
    title_of,
    toll_views,
)
from dateline.desk.views import (
    ClaimView,
    DisputeSideView,
    DisputeView,
    Fact,
    FormatLink,
    Graph,
    GraphEdge,
    GraphNode,
    IncidentPage,
    IncidentRow,
    JudgementView,
    MentionView,
    NearbyView,
    ReportRow,
    ReviewItem,
    TollPoint,
    User,
)
from dateline.desk.wording import type_words
from dateline.export.plain import describe, number_words, range_words, where_words
from dateline.geodesy import distance_km
from dateline.judging import Decided, subjects
from dateline.ledger.records import StoredClaim
from dateline.ledger.store import Ledger
from dateline.model import (
    CasualtyValue,
    Claim,
    Dispute,
    Document,
    Incident,
    Mention,
    Source,
)
from dateline.tally.policy import known

NEARBY_SHOWN = 12
_MOST_CLAIMS = 2_000  # on one page; an incident told by hundreds of reports has more

_ABOUT = {
    "killed": "How many were killed",
    "injured": "How many were injured",
    "motive": "Why it was done",
    "perpetrator": "Who did it",
    "responsibility": "Who takes responsibility",
    "type": "What happened",
    "other": "Other",
}


class Evidence:
    """What the ledger holds behind some mentions, looked up once."""

    def __init__(
        self, ledger: Ledger, incident: Incident, judgements: Sequence[Decided], user: User | None
    ) -> None:
        self.incident = incident
        self.stored: tuple[StoredClaim, ...] = ledger.claims(incident.id)
        self.documents: dict[str, Document] = {id: ledger.document(id) for id in incident.documents}
        self.sources: dict[str, Source] = {}
        for some in _batches(incident.documents):
            self.sources.update({source.name: source for source in ledger.sources(some)})
        self.mentions: tuple[Mention, ...] = tuple(ledger.mentions(incident.mentions))
        views = judgement_views(judgements, user)
        self.judged: dict[str, list[JudgementView]] = {}
        for decided, view in zip(judgements, views, strict=True):
            for subject in subjects(decided.judgement):
                self.judged.setdefault(subject, []).append(view)
        self.claims: dict[str, ClaimView] = {
            stored.claim.id: claim_view(
                stored.claim,
                self.documents[stored.document_id],
                self.sources,
                self.judged.get(stored.claim.id, ()),
            )
            for stored in self.stored[:_MOST_CLAIMS]
            if stored.document_id in self.documents
        }


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(ids), 400):
        yield ids[start : start + 400]


def incident_page(
    ledger: Ledger,
    incident: Incident,
    *,
    asked_for: str,
    judgements: Sequence[Decided],
    user: User | None,
    review: tuple[ReviewItem, ...] = (),
    exports: tuple[FormatLink, ...] = (),
    seen: int = 0,
    policy: str = "default",
) -> IncidentPage:
    """The page of one incident, which was added up by ``policy``.

    ``judgements`` are all those on it, its mentions, claims and documents; ``seen`` is
    the number of the last judgement of the ledger.
    """
    behind = Evidence(ledger, incident, judgements, user)
    near = [ledger.incident(id) for id in ledger.nearby(incident, limit=NEARBY_SHOWN * 2)]
    earlier, later = _around(incident, near)
    reports = _reports(behind)
    by_report = {report.id: report for report in reports}
    views = judgement_views(judgements, user)
    status = ""
    for view in views:
        if view.standing and view.kind in ("confirmed", "discounted"):
            status = view.kind
    return IncidentPage(
        row=incident_row(incident, needs_review=bool(review)),
        former_id=asked_for if _is_former(asked_for, incident.id) else None,
        status=status,
        facts=_facts(incident),
        policy=policy,
        policies=known(),
        tolls=toll_views({str(k): v for k, v in incident.tolls.items()}),
        perpetrator_tolls=toll_views({str(k): v for k, v in incident.perpetrator_tolls.items()}),
        groups=by_question(behind.claims.values()),
        disputes=tuple(dispute_view(d, behind.claims, behind.sources) for d in incident.disputes),
        toll_points=toll_points(behind.stored, behind.documents),
        reports=reports,
        mentions=tuple(
            mention_view(m, by_report[m.document_id], incident.id, behind.stored)
            for m in behind.mentions
            if m.document_id in by_report
        ),
        independent_sources=tuple(
            chain_link(name, behind.sources) for name in incident.independent_sources
        ),
        graph=graph(incident, behind),
        earlier=earlier,
        later=later,
        judgements=views,
        review=review,
        exports=exports,
        seen=seen,
    )


def _is_former(asked_for: str, id: str) -> bool:
    return not id.startswith(asked_for)


def _facts(incident: Incident) -> tuple[Fact, ...]:
    date = incident.date
    facts = [
        Fact(label="What", words=type_words(incident.type)),
        Fact(
            label="When",
            words=range_words(date) if date else "unknown",
            why=f"told to the {date.precision}" if date else "no report says when",
        ),
        Fact(
            label="Where",
            words=short(where_words(incident.place)),
            why=_where_why(incident),
        ),
    ]
    facts += [
        Fact(label="By whom", words=short(describe(value))) for value in incident.perpetrators
    ]
    facts += [Fact(label="With what", words=short(describe(value))) for value in incident.weapons]
    facts.append(Fact(label="Grade", words=incident.grade, why=short(incident.grade_reason)))
    if incident.background:
        facts.append(
            Fact(label="Told as", words="an earlier incident", why="only in passing, as context")
        )
    return tuple(facts)


_PREC = {
    1: "the exact place",
    2: "near this place",
    3: "the second-level region",
    4: "the first-level region",
    6: "the country only",
}


def _where_why(incident: Incident) -> str:
    place = incident.place
    if place is None:
        return "no report says where"
    if place.lat is None:
        return "the name could not be looked up"
    if place.kind == "city":
        return "placed at the town"  # UCDP calls that exact; a reader would not
    return _PREC.get(place.where_prec or 0, "")


def _reports(behind: Evidence) -> tuple[ReportRow, ...]:
    copies = {copy.document_id: copy for copy in behind.incident.copies}
    claims: dict[str, int] = {}
    roots: dict[str, set[str]] = {}
    for stored in behind.stored:
        claims[stored.document_id] = claims.get(stored.document_id, 0) + 1
        for chain in stored.claim.chains:
            roots.setdefault(stored.document_id, set()).add(chain[-1])
    mentions: dict[str, int] = {}
    for mention in behind.mentions:
        mentions[mention.document_id] = mentions.get(mention.document_id, 0) + 1
    rows = []
    for id, document in behind.documents.items():
        copy = copies.get(id)
        rows.append(
            report_row(
                document,
                claims=claims.get(id, 0),
                mentions=mentions.get(id, 0),
                original_id=copy.original_id if copy else None,
                copy_how=f"{copy.how}, {copy.share:.0%} of the text" if copy else "",
                roots=tuple(short(root, 120) for root in sorted(roots.get(id, ()))),
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.published_at is None, str(r.published_at), r.id)))


def dispute_view(
    dispute: Dispute, claims: Mapping[str, ClaimView], sources: dict[str, Source]
) -> DisputeView:
    """Both (or all) sides of a dispute with their claims."""
    return DisputeView(
        about=dispute.about,
        title=_ABOUT.get(dispute.about, dispute.about),
        sides=tuple(
            DisputeSideView(
                says=short(side.says),
                chains=chain_links(side.chains, sources),
                claims=tuple(claims[id] for id in side.claims if id in claims),
            )
            for side in dispute.sides
        ),
    )


def toll_points(
    stored: Iterable[StoredClaim], documents: Mapping[str, Document]
) -> tuple[TollPoint, ...]:
    """Every figure for the victims as it was told, by day of publication, undated last."""
    points = []
    for one in stored:
        value, document = one.claim.value, documents.get(one.document_id)
        if not isinstance(value, CasualtyValue) or value.who != "victims" or document is None:
            continue
        if value.subset or one.claim.modality == "denied":
            continue
        if value.min is None and value.max is None:
            continue
        for chain in one.claim.chains or ((document.publisher or "unknown publisher",),):
            points.append(
                TollPoint(
                    day=document.published_at,
                    effect=value.effect,
                    min=value.min,
                    max=value.max,
                    root=short(chain[-1], 120),
                    words=short(number_words(value.min, value.max, value.qualifier)),
                    claim=one.claim.id,
                    url=report_url(document.id, one.claim.id),
                )
            )
    return tuple(
        sorted(points, key=lambda p: (p.day is None, str(p.day), p.effect, p.claim, p.root))
    )


def mention_view(
    mention: Mention,
    report: ReportRow,
    incident_id: str | None,
    stored: Iterable[StoredClaim],
) -> MentionView:
    """One report's account."""
    from dateline.desk.rows import incident_url

    own = set(mention.claims)
    claims = [s.claim for s in stored if s.claim.id in own]
    return MentionView(
        id=mention.id,
        incident_id=incident_id,
        incident_url=incident_url(incident_id) if incident_id else None,
        report=report,
        date_words=range_words(mention.date) if mention.date else "date unknown",
        place_words=short(where_words(mention.place)) if mention.place else "place unknown",
        type_words=type_words(mention.type),
        tolls_words=tolls_in_words(claims),
        words="",
        background=mention.background,
    )


def tolls_in_words(claims: Iterable[Claim]) -> str:
    """The figures of a mention on one line."""
    told = [
        describe(claim.value)
        for claim in claims
        if isinstance(claim.value, CasualtyValue)
        and claim.value.who == "victims"
        and not claim.value.subset
        and claim.modality != "denied"
    ]
    return short("; ".join(dict.fromkeys(told)), 200) or "no figures"


def graph(incident: Incident, behind: Evidence) -> Graph:
    """Who took from whom: reports from reports (copies), reports and names from names."""
    nodes: dict[str, GraphNode] = {}
    edges: dict[tuple[str, str, str], GraphEdge] = {}
    independent = set(incident.independent_sources)
    for id, document in behind.documents.items():
        name = document.publisher or title_of(document)
        label = f"{name}, {document.published_at}" if document.published_at else name
        nodes[f"report:{id}"] = GraphNode(
            id=f"report:{id}", label=short(label, 80), kind="report", url=report_url(id)
        )
    for copy in incident.copies:
        ends = (f"report:{copy.document_id}", f"report:{copy.original_id}")
        if ends[0] in nodes and ends[1] in nodes:
            edges[(*ends, "copy")] = GraphEdge(
                source=ends[0], target=ends[1], kind="copy", how=copy.how, share=copy.share
            )
    publishers = {id: document.publisher for id, document in behind.documents.items()}
    for stored in behind.stored:
        before = f"report:{stored.document_id}"
        for chain in stored.claim.chains:
            at = before
            publisher = publishers.get(stored.document_id)
            for depth, name in enumerate(chain):
                # The report itself stands for its publisher at the head of the chain.
                if depth == 0 and name == publisher:
                    continue
                node = f"source:{name}"
                if node not in nodes:
                    nodes[node] = GraphNode(
                        id=node,
                        label=short(name, 80),
                        kind=chain_link(name, behind.sources).kind,
                        url=source_url(name),
                        independent=name in independent,
                    )
                if at in nodes and at != node:
                    edges.setdefault(
                        (at, node, "cites"), GraphEdge(source=at, target=node, kind="cites")
                    )
                at = node
    return Graph(
        nodes=tuple(nodes[key] for key in sorted(nodes)),
        edges=tuple(edges[key] for key in sorted(edges)),
    )


def _around(
    incident: Incident, near: Sequence[Incident]
) -> tuple[tuple[NearbyView, ...], tuple[NearbyView, ...]]:
    earlier: list[NearbyView] = []
    later: list[NearbyView] = []
    for other in near:
        days = None
        if incident.date and other.date:
            days = (other.date.start - incident.date.start).days
        view = NearbyView(row=_row(other), days=days, km=_km(incident, other))
        (earlier if days is not None and days < 0 else later).append(view)
    return (
        tuple(sorted(earlier, key=lambda v: (-(v.days or 0), v.row.id))[:NEARBY_SHOWN]),
        tuple(sorted(later, key=lambda v: (v.days is None, v.days or 0, v.row.id))[:NEARBY_SHOWN]),
    )


def _row(incident: Incident) -> IncidentRow:
    return incident_row(incident)


def _km(one: Incident, other: Incident) -> float | None:
    a, b = one.place, other.place
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return round(distance_km(a.lat, a.lon, b.lat, b.lon), 1)
