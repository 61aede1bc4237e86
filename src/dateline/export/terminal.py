"""Readings and incidents for people, on a terminal.

Text of reports is hostile: nothing of it is taken as markup, and control characters,
escape sequences and direction overrides are shown as a replacement mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.export.plain import clean, describe, range_words, town_words, where_words
from dateline.model import (
    CasualtyValue,
    Chain,
    Claim,
    Dispute,
    Document,
    Incident,
    Reading,
    Review,
    Span,
    Toll,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

QUESTIONS = (
    ("How many", ("casualty",)),
    ("Who did it", ("perpetrator", "responsibility")),
    ("Against whom", ("target",)),
    ("With what", ("weapon",)),
    ("Why", ("motive",)),
    ("Charged with", ("charge",)),
    ("What kind", ("event",)),
    ("When", ("time",)),
    ("Where", ("place",)),
    ("Checked", ("verification",)),
)
SAID_OFTEN = {"event", "time", "place"}
_DOUBTFUL = {"alleged": "yellow", "hedged": "yellow", "denied": "red", "unverified": "yellow"}
GRADE_STYLES = {"confirmed": "green", "fair": "green", "weak": "yellow", "contested": "red"}
# Enough to tell ten thousand incidents apart; every command takes the beginning of an id.
_ID_SHOWN = 10
_LIKELY = 0.8
_SCORES_MEAN = (
    "A score before a claim is the probability that it is right; - where the kind has none."
)
_QUOTE_LENGTH = 160  # about two terminal lines; the span in jsonl is always whole


def reading_page(reading: Reading, rules: Mapping[str, str] | None = None) -> ConsoleRenderable:
    """One document: its incidents with their evidence, statistics, what is in no incident.

    ``rules`` says in words what each rule looks for; with it every claim is shown, with
    its rule and its score.
    """
    parts: list[RenderableType] = [document_head(reading.document)]
    claims = {claim.id: claim for claim in reading.claims}
    for number, (mention, incident) in enumerate(
        zip(reading.mentions, reading.incidents, strict=True), 1
    ):
        own = [claims[claim] for claim in mention.claims]
        parts += [Text(), incident_head(incident, f"Incident {number}")]
        parts.append(_evidence(own, reading.document, rules))
        parts += dispute_lines(incident.disputes)
        parts += review_lines(incident.review, [(claim, reading.document) for claim in own])
    if not reading.incidents:
        parts += [Text(), Text("No incident was read in this text.", style="dim")]
    parts += _statistics(reading, rules)
    shown = {"casualty", "verification", "charge"}
    loose = [
        claim
        for claim in reading.claims
        if claim.incident is None
        and (claim.kind in shown or (rules is not None and claim.kind != "statistic"))
    ]
    if loose:
        parts += [Text(), Text("Claims in no incident", style="bold")]
        parts.append(_claim_lines(loose, reading.document, rules))
    if rules is not None and reading.claims:
        parts += [Text(), Text(_SCORES_MEAN, style="dim")]
    parts += [Text(f"warning: {clean(line)}", style="yellow") for line in reading.warnings]
    return Group(*parts, Text())


def incident_table(incidents: Iterable[Incident]) -> Table:
    """One line an incident."""
    table = Table(box=None, header_style="bold", pad_edge=False, collapse_padding=True)
    table.add_column("id", no_wrap=True)
    # What is narrow is kept so: the place alone gives way to the width of the terminal.
    table.add_column("date", overflow="fold", max_width=len("2018-04-30 to"))
    table.add_column("type", overflow="fold", min_width=15, max_width=15)
    table.add_column("place", overflow="fold")
    for column in ("killed", "injured", "sources"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("grade", no_wrap=True, min_width=9)
    for incident in incidents:
        table.add_row(
            incident.id[:_ID_SHOWN],
            _date(incident),
            incident.type + (" (earlier)" if incident.background else ""),
            clean(town_words(incident.place)),
            _toll_cell(incident.tolls.get("killed")),
            _toll_cell(incident.tolls.get("injured")),
            str(len(incident.independent_sources)),
            Text(incident.grade, style=GRADE_STYLES.get(incident.grade, "")),
        )
    return table


class Listed(Protocol):
    """A document of a list: its facts without its text (``ledger.DocumentEntry``)."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def external_id(self) -> str | None: ...  # noqa: D102
    @property
    def path(self) -> str | None: ...  # noqa: D102
    @property
    def title(self) -> str | None: ...  # noqa: D102
    @property
    def publisher(self) -> str | None: ...  # noqa: D102
    @property
    def published_at(self) -> dt.date | None: ...  # noqa: D102
    @property
    def reposted_from(self) -> str | None: ...  # noqa: D102
    @property
    def mentions(self) -> int: ...  # noqa: D102
    @property
    def withdrawn(self) -> str | None: ...  # noqa: D102


def document_table(documents: Iterable[Listed]) -> Table:
    """One line a document; a withdrawn one shows the reason in place of its title."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("published", no_wrap=True)
    table.add_column("publisher", overflow="fold")
    table.add_column("incidents", justify="right")
    table.add_column("title", overflow="fold")
    for document in documents:
        publisher = document.publisher or (
            f"repost of {document.reposted_from}" if document.reposted_from else "unknown"
        )
        if document.withdrawn is not None:
            title = Text(f"withdrawn: {clean(document.withdrawn)}", style="red")
        else:
            title = Text(clean(document.title or document.external_id or document.path or ""))
        published = document.published_at.isoformat() if document.published_at else "unknown"
        mentions = str(document.mentions)
        table.add_row(document.id, published, clean(publisher), mentions, title)
    return table


def stderr_console() -> Console:
    """Where progress and errors go, so that stdout stays clean for pipes."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _published(document: Document) -> str:
    if document.published_at is None:
        return "date unknown"
    return f"{document.published_at.isoformat()} ({document.published_how})"


def document_head(document: Document) -> ConsoleRenderable:
    """The title of a report and where it came from."""
    facts = [f"published {_published(document)}" if document.published_at else "date unknown"]
    if document.publisher:
        facts.insert(0, document.publisher)
    if document.reposted_from:
        facts.append(f"reposted from {document.reposted_from}")
    if document.language and document.language != "en":
        facts.append(document.language)
    name = document.title or document.path or document.external_id or document.id
    return Group(
        Rule(Text(clean(name), style="bold"), align="left", style="dim"),
        Text(clean(" · ".join(facts)), style="dim"),
    )


def incident_head(incident: Incident, name: str) -> Table:
    """What an incident adds up to, under a name."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    kind = incident.type + (", background" if incident.background else "")
    table.add_row(Text(name, style="bold cyan"), Text(kind, style="bold"))
    table.add_row("when", _date(incident))
    table.add_row("where", clean(where_words(incident.place)))
    for effect, toll in incident.tolls.items():
        table.add_row(effect, _toll_line(toll))
    for effect, toll in incident.perpetrator_tolls.items():
        table.add_row(f"{effect}, perpetrators", _toll_line(toll))
    for value in incident.perpetrators:
        table.add_row("by", clean(describe(value)))
    for weapon in incident.weapons:
        table.add_row("with", clean(describe(weapon)))
    table.add_row(
        "grade",
        Text(incident.grade, style=GRADE_STYLES.get(incident.grade, "")).append(
            f": {clean(incident.grade_reason)}", style="default"
        ),
    )
    return table


def _toll_line(toll: Toll) -> Text:
    if toll.best is None:
        return Text("number not given")
    line = Text(str(toll.best), style="bold")
    if (toll.low, toll.high) != (toll.best, toll.best):
        line.append(f"  (low {toll.low}, high {toll.high})", style="default")
    return line.append(f"  {clean(toll.rule)}", style="dim not bold")


def _toll_cell(toll: Toll | None) -> str:
    if toll is None:
        return "-"
    if toll.best is None:
        return "?"
    if (toll.low, toll.high) == (toll.best, toll.best):
        return str(toll.best)
    return f"{toll.best} ({toll.low}-{toll.high})"


def _date(incident: Incident) -> str:
    return range_words(incident.date)


def _evidence(
    claims: Sequence[Claim], document: Document, rules: Mapping[str, str] | None = None
) -> ConsoleRenderable:
    parts: list[RenderableType] = []
    for question, kinds in QUESTIONS:
        asked = [claim for claim in claims if claim.kind in kinds]
        if asked:
            parts += [Text(f"\n  {question}", style="bold"), _claim_lines(asked, document, rules)]
    return Group(*parts)


def _claim_lines(
    claims: Sequence[Claim], document: Document, rules: Mapping[str, str] | None = None
) -> ConsoleRenderable:
    """Each distinct value with its chains, and below it the words it was first read from.

    With ``rules`` each claim by itself, with the rule that made it and its score.
    """
    if rules is not None:
        ordered = sorted(claims, key=lambda claim: (claim.span, claim.id))
        return Group(*(_explained(claim, document, rules) for claim in ordered))
    told: dict[tuple[str, str, tuple[Chain, ...]], Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.span, claim.id)):
        # What, when and where are told over and over; once each is enough to read.
        chains = () if claim.kind in SAID_OFTEN else claim.chains
        told.setdefault((describe(claim.value), claim.modality, chains), claim)
    parts: list[RenderableType] = []
    quoted: Span | None = None
    for claim in told.values():
        line = Table.grid(padding=(0, 2), expand=True)
        line.add_column(ratio=2, overflow="fold")
        line.add_column(ratio=3, overflow="fold")
        line.add_row(what_words(claim), chain_words(claim.chains))
        parts.append(Padding(line, (0, 0, 0, 4)))
        if claim.span != quoted:
            words = Text(f"“{quote(document, claim)}”", style="dim italic")
            parts.append(Padding(words, (0, 0, 0, 6)))
        quoted = claim.span
    return Group(*parts)


def what_words(claim: Claim) -> Text:
    """The value in words, with its side and its modality where they matter."""
    what = Text(clean(describe(claim.value)))
    if isinstance(claim.value, CasualtyValue) and claim.value.who == "perpetrators":
        what.append(" (perpetrators)", style="dim")
    if claim.modality in _DOUBTFUL:
        what.append(f"  {claim.modality}", style=_DOUBTFUL[claim.modality])
    return what


def _explained(claim: Claim, document: Document, rules: Mapping[str, str]) -> ConsoleRenderable:
    """A claim with its score before it, and below it its words and its rule."""
    line = Table.grid(padding=(0, 2), expand=True)
    line.add_column(width=4, no_wrap=True)
    line.add_column(ratio=2, overflow="fold")
    line.add_column(ratio=3, overflow="fold")
    score = claim.score
    doubt = "dim" if score is None else "green" if score >= _LIKELY else "yellow"
    line.add_row(
        Text("-" if score is None else f"{score:.2f}", style=doubt),
        what_words(claim),
        chain_words(claim.chains),
    )
    why = Text(claim.rule, style="cyan")
    if looks_for := rules.get(claim.rule):
        why.append(f": {looks_for}", style="dim not bold")
    line.add_row("", Text(f"“{quote(document, claim)}”", style="dim italic"), why)
    return Padding(line, (0, 0, 0, 4))


def chain_words(chains: Sequence[Chain]) -> Text:
    """The chains of a claim, each from the publisher in to the root.

    Those through whom several speak are named once: "Paper ← mayor; police".
    """
    line = Text()
    before: Chain = ()
    for number, chain in enumerate(chains):
        line.append("; " if number else "")
        shared = len(chain) > 1 and chain[:-1] == before[:-1]
        before = chain
        for place, name in enumerate(chain):
            if shared and place < len(chain) - 1:
                continue
            last = place == len(chain) - 1
            line.append(" ← " if place and not shared else "", style="dim")
            line.append(clean(name), style="bold" if last else "")
    return line


def quote(document: Document, claim: Claim) -> str:
    """The words of a claim, cut where they are many."""
    words = clean(" ".join(document.text[claim.span.start : claim.span.end].split()))
    if len(words) <= _QUOTE_LENGTH:
        return words
    return words[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def dispute_lines(disputes: Sequence[Dispute]) -> list[RenderableType]:
    """The sides of each dispute, one below the other, with who is on them."""
    if not disputes:
        return []
    parts: list[RenderableType] = [Text("\n  Disputed", style="bold red")]
    for dispute in disputes:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold", ratio=2)
        table.add_column(overflow="fold", ratio=3)
        for number, side in enumerate(dispute.sides):
            about = dispute.about if not number else ""
            table.add_row(about, clean(side.says), chain_words(side.chains))
        parts.append(Padding(table, (0, 0, 0, 4)))
    return parts


def review_lines(
    review: Sequence[Review], claims: Sequence[tuple[Claim, Document]]
) -> list[RenderableType]:
    """The figures kept out of the tolls, with the id by which a person can judge each."""
    if not review:
        return []
    known = {claim.id: (claim, document) for claim, document in claims}
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=2)
    table.add_column(overflow="fold", ratio=3)
    for one in review:
        claim, document = known.get(one.claim, (None, None))
        what = what_words(claim) if claim is not None else Text()
        why = Text(clean(one.reason), style="yellow")
        if claim is not None and document is not None:
            why.append(f"  “{quote(document, claim)}”", style="dim italic")
        table.add_row(one.claim, what, why)
    head = Text("\n  Needs review, not counted", style="bold yellow")
    return [head, Padding(table, (0, 0, 0, 4))]


def _statistics(reading: Reading, rules: Mapping[str, str] | None) -> list[RenderableType]:
    if not reading.statistics:
        return []
    return [
        Text("\nStatistics, in no toll", style="bold"),
        _claim_lines(reading.statistics, reading.document, rules),
    ]
