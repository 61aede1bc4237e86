"""A pasted text or page: read at once, held against what is known, kept only if wanted."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dateline.desk.claim_views import by_question, claim_view
from dateline.desk.fetching import fetch
from dateline.desk.incident_view import mention_view
from dateline.desk.lookup import report_page
from dateline.desk.reading_worker import Pasted
from dateline.desk.review_queue import reasons, stored_mention_view
from dateline.desk.rows import incident_row, report_row
from dateline.desk.views import IncidentRow, MentionView, Pair, User
from dateline.desk.views_sources import PastedIncident, PasteForm, PastePage, PasteResult
from dateline.errors import DatelineError, EmptyDocumentError, SettingsError, UnknownIdError
from dateline.ledger.records import StoredClaim
from dateline.model import Reading

if TYPE_CHECKING:
    from dateline.desk.desk import Desk
    from dateline.linking.candidate import Candidate

_HELD = 16
_HELD_SECONDS = 3600.0
_KNOWN_SHOWN = 3
_HTML_HEAD = 4096


class _Held(NamedTuple):
    reading: Reading
    user: str
    until: float


class Holding:
    """Readings that wait to be kept: in memory, the latest few, for an hour."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def put(self, reading: Reading, user: str) -> str:
        """Hold a reading; the token to take it with."""
        token = secrets.token_urlsafe(24)
        with self._guard:
            self._held[token] = _Held(reading, user, time.monotonic() + _HELD_SECONDS)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return token

    def take(self, token: str, user: str) -> Reading:
        """The reading somebody put here. Raises UnknownIdError once it is gone."""
        with self._guard:
            held = self._held.get(token)
            if held is None or held.user != user or held.until < time.monotonic():
                raise UnknownIdError(
                    "what was pasted is not held any more", hint="paste it once more"
                )
            del self._held[token]
            return held.reading


def paste_page(desk: Desk, form: PasteForm) -> PastePage:
    """The page without a result."""
    return PastePage(
        form=form,
        may_fetch=desk.settings.desk_fetch,
        max_bytes=desk.settings.max_bytes,
    )


def read_pasted(desk: Desk, user: User, form: PasteForm) -> PastePage:
    """The page with what was read, or with the one line that says why it was not."""
    page = paste_page(desk, form)
    began = time.monotonic()
    try:
        reading = desk.worker.read(_to_read(desk, form))
    except DatelineError as error:
        return replace(page, error=str(error))
    result = paste_result(desk, user, reading, time.monotonic() - began)
    # The text is shown below as it was read; sending it back in the form would double it.
    return replace(page, result=result)


def _to_read(desk: Desk, form: PasteForm) -> Pasted:
    from dateline.sources.raw import is_html

    settings = desk.settings
    text, address = form.text, None
    page: bytes | None = None
    if not text.strip():
        if not form.address:
            raise EmptyDocumentError("there is nothing to read", hint="paste a text")
        if not settings.desk_fetch:
            raise SettingsError(
                "this desk may not fetch pages",
                hint="paste the text, or have DATELINE_DESK_FETCH set",
            )
        fetched = fetch(
            form.address, most_bytes=settings.fetch_bytes, seconds=settings.fetch_seconds
        )
        address = fetched.address
        if fetched.html:
            page = fetched.body
        else:
            text = fetched.body.decode("utf-8", "replace")
    else:
        address = form.address or None
        head = text[:_HTML_HEAD].encode("utf-8", "replace")
        if is_html(head):
            page = text.encode("utf-8", "replace")
    return Pasted(
        text=text,
        page=page,
        address=address,
        title=form.title or None,
        publisher=form.publisher or None,
        published_at=form.published_at or None,
    )


def paste_result(desk: Desk, user: User, reading: Reading, seconds: float) -> PasteResult:
    """What was read, and how it would be linked; nothing is stored."""
    document = reading.document
    already = None
    if desk.ledger.status(document.id) == "kept":
        already = report_row(desk.ledger.entry(document.id))
    row = report_row(document, claims=len(reading.claims), mentions=len(reading.mentions))
    report = report_page(desk, reading, row, user, stored=False)
    return PasteResult(
        token=desk.holding.put(reading, user.name),
        report=report,
        incidents=_incidents(desk, reading),
        already=already,
        seconds=round(seconds, 2),
    )


def _incidents(desk: Desk, reading: Reading) -> tuple[PastedIncident, ...]:
    from dateline.linking.candidate import candidate

    by_id = {claim.id: claim for claim in reading.claims}
    sources = {source.name: source for source in reading.sources}
    own = {
        mention.id: candidate(mention, [by_id[id] for id in mention.claims], reading.document)
        for mention in reading.mentions
    }
    joined = _would_join(desk, own)
    found = []
    for mention, incident in zip(reading.mentions, reading.incidents, strict=True):
        told = [
            replace(claim_view(by_id[id], reading.document, sources), url=f"#claim-{id}")
            for id in mention.claims
        ]
        stored = [
            StoredClaim(document_id=reading.document.id, mention_id=mention.id, claim=by_id[id])
            for id in mention.claims
        ]
        view = mention_view(mention, report_row(reading.document), None, stored)
        joins = joined.get(mention.id)
        found.append(
            PastedIncident(
                row=replace(incident_row(incident), url=f"#mention-{mention.id}"),
                claims=by_question(told),
                joins=_row(desk, joins) if joins else None,
                known=_known(desk, own[mention.id], view),
            )
        )
    return tuple(found)


def _row(desk: Desk, incident_id: str) -> IncidentRow | None:
    try:
        return incident_row(desk.ledger.incident(incident_id))
    except UnknownIdError:
        return None


def _stored(desk: Desk, bodies: Iterable[str]) -> list[Candidate]:
    import msgspec

    from dateline.linking.candidate import Candidate

    decode = msgspec.json.Decoder(Candidate).decode
    return [decode(body) for body in bodies]


def _would_join(desk: Desk, own: dict[str, Candidate]) -> dict[str, str]:
    """The incident each new mention would become part of, if it were kept now."""
    from dateline import linkage

    return linkage.would_join(desk.ledger, own, desk.judgements().decisions)


def _known(desk: Desk, candidate: Candidate, view: MentionView) -> tuple[Pair, ...]:
    """The likeliest incidents of the ledger, each with the pair that speaks most for it."""
    from dateline.linking.blocking import keys
    from dateline.linking.explain import explain
    from dateline.linking.vetoes import veto
    from dateline.linking.weights import match_weight
    from dateline.reviewing import NEAR

    met = _stored(desk, desk.ledger.candidates_under(keys(candidate).probes))
    scored = [
        (match_weight(candidate, other), other)
        for other in met
        if other.mention != candidate.mention and not veto(candidate, other)
    ]
    scored = [(weight, other) for weight, other in scored if weight >= NEAR]
    scored.sort(key=lambda item: (-item[0], item[1].mention))
    home = desk.ledger.incidents_of([other.mention for _, other in scored])
    rulings = desk.judgements().decisions.rulings
    pairs: dict[str, Pair] = {}
    for _, other in scored:
        incident = home.get(other.mention)
        if incident is None or incident in pairs:
            continue
        if len(pairs) == _KNOWN_SHOWN:
            break
        told = explain(candidate, other, rulings, together=False)
        try:
            other_view = stored_mention_view(desk, other.mention)
        except UnknownIdError:
            continue
        pairs[incident] = Pair(
            a=view,
            b=other_view,
            weight=round(told.weight, 2),
            probability=round(told.probability, 4),
            verdict=told.verdict,
            reasons=reasons(told),
        )
    return tuple(pairs.values())


def keep(desk: Desk, user: User, token: str) -> str:
    """Store what was read and link it; the id of its document.

    Raises UnknownIdError where it is not held any more.
    """
    from dateline import linkage, pipeline

    reading = desk.holding.take(token, user.name)
    with desk.ledger.run(pipeline.reader_version("violence")) as run:
        desk.ledger.add(reading, reading.incidents, run)
        linkage.link_new(desk.ledger)
    return reading.document.id
