"""One incident of a ledger for people: figures, sources, claims, disputes, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from rich.console import ConsoleRenderable, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.export.decided import Judged, judgement_table
from dateline.export.plain import clean, describe, number_words
from dateline.export.terminal import (
    QUESTIONS,
    SAID_OFTEN,
    chain_words,
    dispute_lines,
    document_head,
    incident_head,
    incident_table,
    quote,
    review_lines,
    what_words,
)
from dateline.model import Chain, Claim, Document, Incident, Source, Span, TollStep

if TYPE_CHECKING:
    from rich.console import RenderableType

_CLAIM_ID_SHOWN = 10
_STEPS_SHOWN = 30
_HOW = {
    "repost": "reposted from",
    "wire copy": "took wire copy from",
    "near-duplicate": "has nearly the text of",
    "update": "is an update of",
}


class Verdict(Protocol):
    """What a person decided about a claim (``tally.verdicts.ClaimVerdict``)."""

    @property
    def word(self) -> str: ...  # noqa: D102
    @property
    def author(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> object: ...  # noqa: D102


def incident_page(
    incident: Incident,
    claims: Sequence[tuple[Claim, Document]],
    documents: Mapping[str, Document],
    *,
    nearby: Sequence[Incident] = (),
    sources: Mapping[str, Source | None] | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    judgements: Sequence[tuple[Judged, Judged | None]] = (),
) -> ConsoleRenderable:
    """All there is to know of an incident.

    ``sources`` says who the independent sources are, ``verdicts`` what was decided about
    a claim, by its id; ``judgements`` are the history, each with the one that retracted it.
    """
    parts: list[RenderableType] = [incident_head(incident, incident.id)]
    parts += _rises(incident, documents)
    parts += _sources(incident, sources or {})
    parts += _copies(incident, documents)
    parts += dispute_lines(incident.disputes)
    parts += review_lines(incident.review, claims)
    if judgements:
        parts += [Text("\n  Decided", style="bold")]
        parts.append(Padding(judgement_table(judgements), (0, 0, 0, 4)))
    for id, document in documents.items():
        own = [claim for claim, of in claims if of.id == id]
        parts += [Text(), document_head(document), _evidence(own, document, verdicts or {})]
    parts += _nearby(incident, nearby)
    return Group(*parts)


def _rises(incident: Incident, documents: Mapping[str, Document]) -> list[RenderableType]:
    """How the tolls rose, where more than one figure was given."""
    parts: list[RenderableType] = []
    copies = {copy.document_id for copy in incident.copies}
    for effect, told_steps in incident.rise.items():
        steps = _without_echoes(told_steps, copies)
        if len(steps) < 2:
            continue
        table = Table(box=None, header_style="dim", pad_edge=False)
        table.add_column("reported", no_wrap=True)
        table.add_column("says", no_wrap=True)
        table.add_column("who", overflow="fold", ratio=2)
        table.add_column("in", overflow="fold", ratio=2)
        table.add_column("best by then", justify="right", no_wrap=True)
        left = len(steps) - _STEPS_SHOWN
        for step in steps[-_STEPS_SHOWN:]:
            document = documents.get(step.document_id)
            best = "?" if step.best is None else str(step.best)
            if (step.low, step.high) != (step.best, step.best):
                best += f" ({step.low}-{step.high})"
            table.add_row(
                step.reported_on.isoformat() if step.reported_on else "date unknown",
                number_words(step.min, step.max),
                clean(step.root),
                clean(_name(document)) if document else step.document_id,
                best,
            )
        told = f"\n  How the {effect} rose" + (f", the last {_STEPS_SHOWN} steps" * (left > 0))
        parts += [Text(told, style="bold"), Padding(table, (0, 0, 0, 4))]
    return parts


def _without_echoes(steps: Sequence[TollStep], copies: Container[str]) -> list[TollStep]:
    """The steps but those in which a copied text repeats what its original says."""
    said = {(s.root, s.min, s.max) for s in steps if s.document_id not in copies}
    return [
        step
        for step in steps
        if step.document_id not in copies or (step.root, step.min, step.max) not in said
    ]


def _sources(incident: Incident, sources: Mapping[str, Source | None]) -> list[RenderableType]:
    """Who counts as independent, and what is known of them."""
    table = Table.grid(padding=(0, 2))
    for name in incident.independent_sources:
        source = sources.get(name)
        facts: list[str | None] = []
        if source is not None:
            facts.append(source.kind.replace("_", " "))
            facts += [source.affiliation, source.parent and f"of {source.parent}"]
            facts += ["passes on what others say"] if source.conduit else []
            facts += ["as the words suggest"] if source.guessed else []
        known = clean(", ".join(fact for fact in facts if fact))
        table.add_row(clean(name), Text(known, style="dim"))
    head = f"\n  Independent sources: {len(incident.independent_sources)}"
    return [Text(head, style="bold"), Padding(table, (0, 0, 0, 4))]


def _copies(incident: Incident, documents: Mapping[str, Document]) -> list[RenderableType]:
    """The reports as a tree: below each one those that took their text from it."""
    if not incident.copies:
        return []
    takers: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for copy in incident.copies:
        takers[copy.original_id].append((copy.document_id, copy.how, copy.share))
    taken = {copy.document_id for copy in incident.copies}
    lines: list[RenderableType] = []

    def draw(id: str, told: str, lead: str, deeper: str) -> None:
        lines.append(Text(lead).append(clean(_shown(id, documents))).append(told, style="dim"))
        below = sorted(takers.get(id, ()))
        for number, (taker, how, share) in enumerate(below, 1):
            last = number == len(below)
            words = f"  {_HOW[how]} it, {share:.0%} of the text"
            draw(
                taker,
                words,
                deeper + ("└── " if last else "├── "),
                deeper + ("    " if last else "│   "),
            )

    for original in sorted(takers.keys() - taken):
        draw(original, "", "", "")
    alone = len(incident.documents) - len(taken | takers.keys())
    if alone:
        lines.append(Text(f"and {alone} more that took from none of these", style="dim"))
    return [
        Text("\n  Who took from whom", style="bold"),
        Padding(Group(*lines), (0, 0, 0, 4)),
    ]


def _evidence(
    claims: Sequence[Claim], document: Document, verdicts: Mapping[str, Verdict]
) -> ConsoleRenderable:
    parts: list[RenderableType] = []
    for question, kinds in QUESTIONS:
        asked = [claim for claim in claims if claim.kind in kinds]
        if asked:
            parts.append(Text(f"\n  {question}", style="bold"))
            parts += _claims(asked, document, verdicts)
    return Group(*parts)


def _claims(
    claims: Iterable[Claim], document: Document, verdicts: Mapping[str, Verdict]
) -> list[RenderableType]:
    """Each distinct value with its chains and an id to judge it by; then its words."""
    told: dict[tuple[str, str, tuple[Chain, ...], bool], Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.span, claim.id)):
        # What, when and where are told over and over; once each is enough to read.
        chains = () if claim.kind in SAID_OFTEN else claim.chains
        judged = claim.id in verdicts
        told.setdefault((describe(claim.value), claim.modality, chains, judged), claim)
    parts: list[RenderableType] = []
    quoted: Span | None = None
    for claim in told.values():
        line = Table.grid(padding=(0, 2), expand=True)
        line.add_column(width=_CLAIM_ID_SHOWN, no_wrap=True, style="dim")
        line.add_column(ratio=2, overflow="fold")
        line.add_column(ratio=3, overflow="fold")
        what = what_words(claim)
        verdict = verdicts.get(claim.id)
        if verdict is not None:
            what = _judged(what, verdict)
        line.add_row(claim.id[:_CLAIM_ID_SHOWN], what, chain_words(claim.chains))
        parts.append(Padding(line, (0, 0, 0, 4)))
        if claim.span != quoted:
            words = Text(f"“{quote(document, claim)}”", style="dim italic")
            parts.append(Padding(words, (0, 0, 0, 6 + _CLAIM_ID_SHOWN)))
        quoted = claim.span
    return parts


def _judged(what: Text, verdict: Verdict) -> Text:
    """The claim as it was read, and what a person made of it."""
    import msgspec

    by = clean(verdict.author)
    if verdict.word == "right":
        return what.append(f"  right, by {by}", style="green")
    if isinstance(verdict.value, msgspec.Struct):
        what.stylize("strike")
        words = f"  {clean(describe(verdict.value))}, corrected by {by}"
        return what.append(words, style="green not strike")
    what.stylize("strike")
    return what.append(f"  wrong, by {by}", style="red not strike")


def _nearby(incident: Incident, nearby: Sequence[Incident]) -> list[RenderableType]:
    """What happened near there before, and what after."""
    if not nearby:
        return []
    if incident.date is None:
        return [Text("\n  Nearby", style="bold"), Padding(incident_table(nearby), (0, 0, 0, 4))]
    day = incident.date.start
    sides: dict[str, list[Incident]] = {"Nearby, earlier": [], "Nearby, later": []}
    sides["Nearby, without a date"] = []
    for other in nearby:
        if other.date is None:
            sides["Nearby, without a date"].append(other)
        else:
            sides["Nearby, earlier" if other.date.start < day else "Nearby, later"].append(other)
    parts: list[RenderableType] = []
    for head, others in sides.items():
        if others:
            table = Padding(incident_table(others), (0, 0, 0, 4))
            parts += [Text(f"\n  {head}", style="bold"), table]
    return parts


def _shown(id: str, documents: Mapping[str, Document]) -> str:
    document = documents.get(id)
    return _name(document) if document else id


def _name(document: Document) -> str:
    file = PurePath(document.path).name if document.path else ""
    title = document.title or document.external_id or file or document.id
    day = document.published_at.isoformat() if document.published_at else None
    return ", ".join(filter(None, (document.publisher, title, day)))
