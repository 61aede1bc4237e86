"""Claims with their words, their chains and what people said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.desk.rows import chain_link, incident_url, report_url, short, title_of
from dateline.desk.views import ChainLink, ClaimGroup, ClaimView, JudgementView, User
from dateline.desk.wording import JUDGEMENTS, QUESTIONS
from dateline.export.plain import clean, describe
from dateline.judging import Decided
from dateline.ledger.records import Judgement
from dateline.model import Chain, Claim, Document, Source

_AROUND = 60  # characters of text shown before and after a quote
_LONGEST_QUOTE = 600


def chain_links(
    chains: Iterable[Chain], sources: dict[str, Source]
) -> tuple[tuple[ChainLink, ...], ...]:
    """Chains of names, each with its kind and its page."""
    return tuple(tuple(chain_link(name, sources) for name in chain) for chain in chains)


def claim_view(
    claim: Claim,
    document: Document,
    sources: dict[str, Source],
    judgements: Sequence[JudgementView] = (),
) -> ClaimView:
    """One claim of one document."""
    start, end = claim.span
    text = document.text
    question = QUESTIONS.get(claim.kind, (claim.kind, claim.kind))[0]
    quote = text[start:end]
    verdict, corrected = "", ""
    for judgement in judgements:
        if judgement.standing and judgement.kind in ("right", "wrong", "corrected"):
            verdict = judgement.kind
            corrected = judgement.body_words if judgement.kind == "corrected" else ""
    return ClaimView(
        id=claim.id,
        kind=claim.kind,
        question=question,
        words=short(describe(claim.value)),
        quote=short(quote, _LONGEST_QUOTE),
        before=clean(text[max(0, start - _AROUND) : start]).replace("\n", " "),
        after=clean(text[end : end + _AROUND]).replace("\n", " "),
        start=start,
        end=end,
        chains=chain_links(claim.chains, sources),
        modality=claim.modality,
        document_id=document.id,
        document_title=title_of(document),
        publisher=short(document.publisher) if document.publisher else None,
        published_at=document.published_at,
        url=report_url(document.id, claim.id),
        rule=claim.rule,
        score=claim.score,
        verdict=verdict,
        corrected_words=corrected,
        judgements=tuple(judgements),
    )


def by_question(claims: Iterable[ClaimView]) -> tuple[ClaimGroup, ...]:
    """The claims under the questions they answer, in the order of QUESTIONS."""
    groups: dict[str, list[ClaimView]] = defaultdict(list)
    for claim in claims:
        groups[claim.kind].append(claim)
    return tuple(
        ClaimGroup(question=question, title=title, claims=tuple(groups[kind]))
        for kind, (question, title) in QUESTIONS.items()
        if groups[kind]
    )


def judgement_views(decided: Iterable[Decided], user: User | None) -> tuple[JudgementView, ...]:
    """Judgements in the order they were made, those taken back marked."""
    return tuple(judgement_view(one.judgement, one.binds, user) for one in decided)


def judgement_view(judgement: Judgement, standing: bool, user: User | None) -> JudgementView:
    """One judgement."""
    may = user is not None and user.may_review
    undone = judgement.kind == "retracted"
    return JudgementView(
        id=judgement.id,
        kind=judgement.kind,
        kind_words=JUDGEMENTS.get(judgement.kind, judgement.kind),
        author=short(judgement.author, 80),
        at=judgement.at,
        note=clean(judgement.note[:5000]),
        subjects=judgement.subjects,
        links=tuple(_link(subject) for subject in judgement.subjects),
        body_words=_body_words(judgement.body or {}),
        standing=standing,
        undo_of=int(judgement.subjects[0]) if undone else None,
        may_undo=may and standing and judgement.kind != "withdrawn",
    )


def _link(subject: str) -> str:
    if subject.startswith("i"):
        return incident_url(subject)
    return report_url(subject) if subject.startswith("d") else ""


def _body_words(body: Mapping[str, object]) -> str:
    value = body.get("value", body.get("corrected"))
    if isinstance(value, Mapping):
        told = [f"{key} {given}" for key, given in value.items() if given not in (None, "", False)]
        return short(", ".join(told))
    return short(str(value)) if value is not None else ""
