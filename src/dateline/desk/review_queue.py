"""The review queue as pages: what waits, with all one needs to decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dateline.desk import deciding, queue
from dateline.desk.claim_views import claim_view, judgement_view, judgement_views
from dateline.desk.incident_view import Evidence, dispute_view, mention_view
from dateline.desk.queue import KINDS
from dateline.desk.rows import incident_row, report_row, short
from dateline.desk.views import (
    Action,
    ClaimView,
    FacetValue,
    MentionView,
    Pair,
    ReviewItem,
    ReviewPage,
    User,
)
from dateline.errors import UnknownIdError
from dateline.ledger.pairs import ReviewPair, doubtful_figures, find_statistics
from dateline.ledger.records import StoredClaim
from dateline.model import Incident

if TYPE_CHECKING:
    from dateline.desk.desk import Desk
    from dateline.linking.explain import Explanation

PER_PAGE = 20
RECENT = 10
_MOST_CLAIMS = 2_000  # doubtful claims or statistics looked through for the queue
_WORDS_SHOWN = 400

_LABELS = {
    "duplicate": "Likely duplicates",
    "join": "Likely wrong joins",
    "dispute": "Disputed tolls",
    "claim": "Doubtful claims",
    "statistic": "New statistics",
}


def review_page(
    desk: Desk, user: User, *, kind: str, page: int = 1, done: int | None = None
) -> ReviewPage:
    """One page of one kind; without a known kind, of the first that has something to decide."""
    if kind not in KINDS:
        kind = next((some for some in KINDS if _Kind(desk, some).total), KINDS[0])
    found = _Kind(desk, kind)
    pages = max(1, -(-found.total // PER_PAGE))
    number = max(1, min(page, pages))
    known = desk.judgements()
    made = known.decisions.by_number.get(done) if done is not None else None
    retracted = known.decisions.retracted_by

    def link(other: int) -> str:
        return "/review?" + urlencode({"kind": kind, "page": other})

    recent = tuple(
        judgement_view(judgement, judgement.id not in retracted, user)
        for judgement in known.decisions.all[: -RECENT - 1 : -1]
    )
    return ReviewPage(
        kind=kind,
        kinds=_kinds(desk, kind),
        items=tuple(found.items(user, (number - 1) * PER_PAGE, PER_PAGE)),
        total=found.total,
        page=number,
        pages=pages,
        next_url=link(number + 1) if number < pages else None,
        previous_url=link(number - 1) if number > 1 else None,
        recent=recent,
        done=judgement_view(made, made.id not in retracted, user) if made else None,
        pending=desk.pending(),
    )


def conflict_page(
    desk: Desk, user: User, decision: deciding.Decision, conflict: deciding.Conflict
) -> ReviewPage:
    """What others decided meanwhile, and the same thing to be decided again."""
    kind = decision.item.partition(":")[0]
    known = desk.judgements()
    retracted = known.decisions.retracted_by
    theirs = tuple(
        judgement_view(judgement, judgement.id not in retracted, user)
        for judgement in conflict.judgements
    )
    action = next(a for a in deciding.ACTIONS if a.name == decision.action)
    item = _again(desk, user, decision, action, conflict.last)
    return ReviewPage(
        kind=kind if kind in KINDS else KINDS[0],
        kinds=_kinds(desk, kind),
        items=(item,),
        total=1,
        page=1,
        pages=1,
        next_url=None,
        previous_url=None,
        recent=(),
        conflict=theirs,
        attempt=action.label,
        pending=desk.pending(),
    )


def _again(
    desk: Desk, user: User, decision: deciding.Decision, action: Action, last: int
) -> ReviewItem:
    incidents: dict[str, Incident] = {}
    claim: ClaimView | None = None
    for subject in decision.subjects:
        try:
            if subject.startswith("i"):
                incident = desk.ledger.incident(subject)
                incidents[incident.id] = incident
            elif subject.startswith("m"):
                home = desk.ledger.incidents_of([subject])
                incidents.update({i: desk.ledger.incident(i) for i in home.values()})
            else:
                claim = _claim(desk, desk.ledger.claim(subject), user)
        except UnknownIdError:
            continue
    return ReviewItem(
        id=decision.item,
        kind=decision.item.partition(":")[0] or "conflict",
        title=action.label,
        why="Somebody else decided on this after you opened the page.",
        score=0.0,
        subjects=decision.subjects,
        actions=_actions_like(action),
        seen=last,
        incidents=tuple(incident_row(incidents[id]) for id in sorted(incidents)),
        claim=claim,
        judgements=judgement_views(
            desk.judgements().about(deciding.around(desk, decision.subjects)), user
        ),
    )


def _actions_like(action: Action) -> tuple[Action, ...]:
    for group in _ACTIONS.values():
        if action in group:
            return group
    return (action,)


_ACTIONS: dict[str, tuple[Action, ...]] = {
    "duplicate": (deciding.SAME, deciding.DIFFERENT, deciding.LEAVE),
    "join": (deciding.SPLIT, deciding.SAME, deciding.LEAVE),
    "dispute": (deciding.CONFIRM, deciding.DISCOUNT, deciding.NOTE, deciding.LEAVE),
    "claim": (deciding.RIGHT, deciding.WRONG, deciding.CORRECT),
    "statistic": (deciding.RIGHT, deciding.WRONG, deciding.CORRECT),
}


def _kinds(desk: Desk, chosen: str) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(
            value=kind,
            label=_LABELS[kind],
            count=_Kind(desk, kind).total,
            url="/review?" + urlencode({"kind": kind}),
            chosen=kind == chosen,
        )
        for kind in KINDS
    )


def items_of_incident(desk: Desk, incident: Incident, user: User | None) -> tuple[ReviewItem, ...]:
    """What waits about one incident."""
    if incident.id not in desk.review_ids():
        return ()
    now = desk.waiting()
    items: list[ReviewItem | None] = []
    for pair in now.duplicates:
        if incident.id in (pair.incident_a, pair.incident_b) and len(items) < PER_PAGE:
            items.append(_pair_item(desk, "duplicate", pair, user))
    items += [_pair_item(desk, "join", p, user) for p in now.joins if p.incident_a == incident.id]
    items += [_dispute_item(desk, id, user) for id in now.disputes if id == incident.id]
    return tuple(item for item in items if item is not None)


class _Kind:
    """One kind of item: how many, and some of them."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk = desk
        self._kind = kind
        now, known = desk.waiting(), desk.judgements()
        match kind:
            case "duplicate":
                self.total = len(now.duplicates)
            case "join":
                self.total = len(now.joins)
            case "dispute":
                self.total = len(now.disputes)
            case "claim":
                below = desk.settings.review_below
                stored, total = doubtful_figures(desk.ledger, below, _MOST_CLAIMS)
                self._open = self._unjudged(stored)
                self.total = len(self._open) if total <= _MOST_CLAIMS else total
            case _:
                stored, total = find_statistics(desk.ledger, "", 0, _MOST_CLAIMS)
                self._open = self._unjudged(stored)
                self.total = len(self._open) if total <= _MOST_CLAIMS else total
        self._known = known

    def _unjudged(self, stored: Sequence[StoredClaim]) -> list[StoredClaim]:
        known = self._desk.judgements()
        return [
            one
            for one in stored
            if one.claim.id not in known.decisions.claims
            and f"{self._kind}:{one.claim.id}" not in known.left
        ]

    def items(self, user: User, offset: int, limit: int) -> list[ReviewItem]:
        """Some of them, the most doubtful first."""
        desk, now = self._desk, self._desk.waiting()
        part = slice(offset, offset + limit)
        made: list[ReviewItem | None]
        match self._kind:
            case "duplicate":
                made = [_pair_item(desk, "duplicate", p, user) for p in now.duplicates[part]]
            case "join":
                made = [_pair_item(desk, "join", p, user) for p in now.joins[part]]
            case "dispute":
                made = [_dispute_item(desk, id, user) for id in now.disputes[part]]
            case kind:
                made = [_claim_item(desk, kind, one, user) for one in self._open[part]]
        return [item for item in made if item is not None]


def _pair_item(desk: Desk, kind: str, pair: ReviewPair, user: User | None) -> ReviewItem | None:
    try:
        shown = pair_view(desk, pair.a, pair.b, together=kind == "join")
        incidents = [desk.ledger.incident(pair.incident_a)]
        if kind == "duplicate":
            incidents.append(desk.ledger.incident(pair.incident_b))
    except UnknownIdError:
        return None  # gone since the queue was made
    if kind == "duplicate":
        subjects = (pair.incident_a, pair.incident_b)
        title, item = "Are these one incident?", queue.duplicate_item(pair)
        why = f"alike by {pair.weight:+.1f}; from 0 on they would be joined"
        if pair.weight >= 0:
            why = f"alike by {pair.weight:+.1f}, but the other reports joined with them are not"
    else:
        subjects = _weaker_first(desk, pair, incidents[0])
        title, item = "Is this report about the same incident?", queue.join_item(pair)
        why = f"its best link to the incident is weak ({pair.weight:+.1f})"
    known = desk.judgements()
    about = {*subjects, *(m for incident in incidents for m in incident.mentions)}
    return ReviewItem(
        id=item,
        kind=kind,
        title=title,
        why=why,
        score=pair.weight,
        subjects=subjects,
        actions=_ACTIONS[kind],
        seen=known.last,
        pair=shown,
        incidents=tuple(incident_row(incident, needs_review=True) for incident in incidents),
        judgements=judgement_views(known.about(about), user),
    )


def _weaker_first(desk: Desk, pair: ReviewPair, incident: Incident) -> tuple[str, str]:
    """Of the two mentions, first the one that hangs on the rest by less: it is split off."""
    import msgspec

    from dateline.linking.candidate import Candidate
    from dateline.linking.weights import match_weight

    decode = msgspec.json.Decoder(Candidate).decode
    known = {c.mention: c for c in map(decode, desk.ledger.candidates_of(incident.mentions))}

    def best(mention: str) -> float:
        others = [c for id, c in known.items() if id not in (pair.a, pair.b)]
        if mention not in known or not others:
            return pair.weight
        return max(match_weight(known[mention], other) for other in others)

    one, other = sorted((pair.a, pair.b), key=lambda mention: (best(mention), mention))
    return one, other


def pair_view(desk: Desk, one: str, other: str, *, together: bool) -> Pair:
    """Two mentions side by side with all that speaks for and against one incident.

    Raises UnknownIdError where one is gone or not linked yet.
    """
    import msgspec

    from dateline.linking.candidate import Candidate
    from dateline.linking.explain import explain

    decode = msgspec.json.Decoder(Candidate).decode
    known = {c.mention: c for c in map(decode, desk.ledger.candidates_of([one, other]))}
    if len(known) < 2:
        raise UnknownIdError(f"{one} and {other} are not both linked")
    told = explain(known[one], known[other], desk.judgements().decisions.rulings, together=together)
    return as_pair(desk, told)


def as_pair(desk: Desk, told: Explanation) -> Pair:
    """An explanation for people."""
    one, other = (stored_mention_view(desk, c.mention) for c in (told.a, told.b))
    return Pair(
        a=one,
        b=other,
        weight=round(told.weight, 2),
        probability=round(told.probability, 4),
        verdict=short(told.verdict),
        reasons=reasons(told),
    )


def stored_mention_view(desk: Desk, mention_id: str) -> MentionView:
    """A mention of the ledger with its words. Raises UnknownIdError for one that is gone."""
    mention = next(iter(desk.ledger.mentions([mention_id])), None)
    if mention is None:
        raise UnknownIdError(f"mention {mention_id} is gone")
    home = desk.ledger.incidents_of([mention_id]).get(mention_id)
    document = desk.ledger.document(mention.document_id)
    span = mention.span
    words = document.text[span.start : span.end] if span else document.text[:_WORDS_SHOWN]
    claims = desk.ledger.claims_of([mention_id])
    view = mention_view(mention, report_row(document), home, claims)
    return replace(view, words=short(words, _WORDS_SHOWN))


def reasons(told: Explanation) -> tuple[tuple[str, str, str, float], ...]:
    """Question, finding, both values, weight; the weightiest first."""
    return tuple(
        (r.question, r.finding, short(" / ".join(r.values)), round(r.weight, 2))
        for r in told.reasons
    )


def _dispute_item(desk: Desk, incident_id: str, user: User | None) -> ReviewItem | None:
    try:
        incident = desk.ledger.incident(incident_id)
    except UnknownIdError:
        return None
    known = desk.judgements()
    behind = Evidence(desk.ledger, incident, (), user)
    disputes = [d for d in incident.disputes if d.about in ("killed", "injured")]
    columns = desk.search.index.columns()
    if not disputes or incident.id not in columns.row_of:
        return None
    return ReviewItem(
        id=queue.dispute_item(columns, incident.id),
        kind="dispute",
        title="Which toll is right?",
        why="; ".join(short(" against ".join(side.says for side in d.sides)) for d in disputes),
        score=float(len(disputes)),
        subjects=(incident.id,),
        actions=_ACTIONS["dispute"],
        seen=known.last,
        incidents=(incident_row(incident, needs_review=True),),
        dispute=dispute_view(disputes[0], behind.claims, behind.sources),
        judgements=judgement_views(known.about({incident.id, *incident.mentions}), user),
    )


def _claim_item(desk: Desk, kind: str, stored: StoredClaim, user: User | None) -> ReviewItem | None:
    try:
        view = _claim(desk, stored, user)
    except UnknownIdError:
        return None
    known = desk.judgements()
    home = desk.ledger.incidents_of([stored.mention_id]) if stored.mention_id else {}
    score = stored.claim.score
    return ReviewItem(
        id=f"{kind}:{stored.claim.id}",
        kind=kind,
        title=view.words,
        why=(
            "a figure over a period or area that nobody has looked at"
            if kind == "statistic"
            else f"read with a score of {score or 0:.2f}"
        ),
        score=score or 0.0,
        subjects=(stored.claim.id,),
        actions=_ACTIONS[kind],
        seen=known.last,
        incidents=tuple(incident_row(desk.ledger.incident(id)) for id in home.values()),
        claim=view,
        judgements=judgement_views(known.about({stored.claim.id}), user),
    )


def _claim(desk: Desk, stored: StoredClaim, user: User | None) -> ClaimView:
    document = desk.ledger.document(stored.document_id)
    sources = {source.name: source for source in desk.ledger.sources([document.id])}
    judged = judgement_views(desk.judgements().about({stored.claim.id}), user)
    return claim_view(stored.claim, document, sources, judged)
