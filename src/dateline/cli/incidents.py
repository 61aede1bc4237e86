"""The commands that list, show and export the incidents of a ledger."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import (
    EXIT_CODES,
    LedgerOption,
    current_settings,
    open_book,
    out,
    progress,
)
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from dateline.ledger.records import IncidentFilter
    from dateline.ledger.store import Ledger
    from dateline.model import Incident, Source

_NEARBY_SHOWN = 10
_NEARBY_LISTED = 50  # of a hundred thousand incidents, thousands may be in one region
_TABLE_ROWS = 500
_AT_ONCE = 200  # incidents whose reports are named together


class Background(StrEnum):
    """What becomes of earlier incidents that are told in passing."""

    only = "only"
    none = "none"


Since = Annotated[
    dt.datetime | None,
    typer.Option(
        help="Only incidents that may have happened on or after this day.", formats=["%Y-%m-%d"]
    ),
]
Until = Annotated[
    dt.datetime | None,
    typer.Option(
        help="Only incidents that may have happened on or before this day.", formats=["%Y-%m-%d"]
    ),
]
InPlace = Annotated[
    str | None, typer.Option(help="Only where the place, site or region has this name.")
]
Country = Annotated[
    str | None, typer.Option(help="Only in this country: ISO 3166 code or English name.")
]
Type = Annotated[str | None, typer.Option(help="Only of this type, as in docs/incident-types.")]
OfGrade = Annotated[
    str | None,
    typer.Option(help="Only of this grade: confirmed, fair, weak, contested, discounted."),
]
OfEffect = Annotated[
    str | None,
    typer.Option(help="Only where somebody speaks of this effect: killed, injured, abducted …"),
]
AtLeast = Annotated[
    int | None,
    typer.Option(
        "--min", help="Only with at least this best estimate of the effect, or the killed.", min=0
    ),
]
MinKilled = Annotated[
    int | None, typer.Option(help="Short for --effect killed --min NUMBER.", min=0)
]
Citing = Annotated[
    str | None, typer.Option(help="Only where somebody of this name, or with it, is cited.")
]
Words = Annotated[
    str | None,
    typer.Option(help='Only where reports hold these words; "in a row", begin*, -without.'),
]
Disputed = Annotated[bool, typer.Option("--disputed", help="Only with a dispute.")]
InPassing = Annotated[
    Background | None, typer.Option(help="Only, or none, of the earlier incidents told in passing.")
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        help="How tolls are estimated: default, conservative, latest, official, maximum, or one "
        "of an installed package. Default: DATELINE_POLICY.",
        show_default=False,
    ),
]


class ListFormat(StrEnum):
    """How ``incidents`` prints."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"


class ExportFormat(StrEnum):
    """The formats of ``export.formats.FORMATS``."""

    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    ftm = "ftm"
    hxl = "hxl"
    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


def incidents(
    ledger: LedgerOption = None,
    since: Since = None,
    until: Until = None,
    place: InPlace = None,
    country: Country = None,
    type: Type = None,
    grade: OfGrade = None,
    effect: OfEffect = None,
    min: AtLeast = None,
    min_killed: MinKilled = None,
    source: Citing = None,
    words: Words = None,
    disputed: Disputed = False,
    background: InPassing = None,
    policy: PolicyOption = None,
    limit: Annotated[
        int | None,
        typer.Option(
            help=f"At most so many, the earliest. Without it a table stops at {_TABLE_ROWS}.",
            min=1,
            show_default=False,
        ),
    ] = None,
    format: Annotated[ListFormat, typer.Option(help="How to print.")] = ListFormat.table,
) -> None:
    """List the incidents of a ledger, by date.

    As csv and geojson names of private people are withheld, as in ``export``; jsonl has what
    the ledger has of perpetrators, sources and disputes, but no words of a report's text.
    """
    from dateline import exporting

    chosen = _filter(
        since, until, place, country, type, grade, effect, min, min_killed, source, words,
        disputed, background,
    )  # fmt: skip
    with open_book(ledger, current_settings()) as book:
        if format is ListFormat.table:
            _table(book, chosen, policy, limit)
            return
        found = exporting.selected(book, chosen, policy=policy, limit=limit)
        pieces: Iterator[bytes]
        match format:
            case ListFormat.jsonl:
                pieces = _json_lines(book, found)
            case ListFormat.csv:
                from dateline.export.tables import write_csv

                pieces = write_csv(exporting.records(book, found))
            case _:
                from dateline.export.tables import write_geojson

                pieces = write_geojson(exporting.records(book, _with_nearby(book, found)))
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()


def _table(book: Ledger, chosen: IncidentFilter, policy: str | None, limit: int | None) -> None:
    from dateline import exporting
    from dateline.export.terminal import incident_table

    most = limit or _TABLE_ROWS
    found = exporting.selected(book, chosen, policy=policy, limit=most + 1)
    listed = list(islice(found, most))
    if not listed:
        typer.echo("no incident matches")
        return
    out().print(incident_table(listed))
    if limit is None and next(found, None) is not None:
        typer.echo(f"… the first {most} only; --limit shows more, --since and others fewer")


def _json_lines(book: Ledger, found: Iterator[Incident]) -> Iterator[bytes]:
    from dateline.export.contract import encode, incident_line

    near = _with_nearby(book, found)
    while some := list(islice(near, _AT_ONCE)):
        reports = {document for incident in some for document in incident.documents}
        names = {entry.id: entry.external_id or entry.id for entry in book.entries(reports)}
        for incident in some:
            yield encode(incident_line(incident, names)) + b"\n"


def export(
    format: Annotated[ExportFormat, typer.Option(help="What to write, as in docs/exports.")],
    out: Annotated[
        Path | None, typer.Option(help="The file to write; standard output without it.")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: InPlace = None,
    country: Country = None,
    type: Type = None,
    grade: OfGrade = None,
    effect: OfEffect = None,
    min: AtLeast = None,
    min_killed: MinKilled = None,
    source: Citing = None,
    words: Words = None,
    disputed: Disputed = False,
    background: InPassing = None,
    policy: PolicyOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write incidents for other programs; names of private people are withheld by default."""
    from dateline import exporting

    chosen = _filter(
        since, until, place, country, type, grade, effect, min, min_killed, source, words,
        disputed, background,
    )  # fmt: skip
    with open_book(ledger, current_settings()) as book:
        if out is None:
            for piece in exporting.export(book, format.value, chosen, policy=policy):
                sys.stdout.buffer.write(piece)
            sys.stdout.flush()
            return
        with progress("export", of="incidents") as advance:
            _written(
                out,
                exporting.export(book, format.value, chosen, policy=policy, told=advance),
            )


def _written(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file as a whole: what was there stays until the new one is complete."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with beside.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"cannot be written: {error.strerror}", where=str(path), hint="choose another --out"
        ) from None


def show(
    incident: Annotated[str, typer.Argument(help="The id of an incident, or its beginning.")],
    ledger: LedgerOption = None,
    policy: PolicyOption = None,
) -> None:
    """Show one incident: every claim with its words and sources, disputes, decisions."""
    from dateline import exporting, judging
    from dateline.decisions import Decisions
    from dateline.export.incident_page import incident_page

    with open_book(ledger, current_settings()) as book:
        found = exporting.added_up(book, book.incident(incident), policy=policy)
        stored = book.claims(found.id)
        told = [book.document(id) for id in found.documents]
        told.sort(key=lambda document: (str(document.published_at), document.id))
        documents = {document.id: document for document in told}
        nearby = [book.incident(other) for other in book.nearby(found, limit=_NEARBY_SHOWN)]
        known: dict[str, Source | None] = dict.fromkeys(found.independent_sources)
        known.update({s.name: s for s in book.sources(found.documents[:400]) if s.name in known})
        page = incident_page(
            found,
            [(claim.claim, documents[claim.document_id]) for claim in stored],
            documents,
            nearby=nearby,
            sources=known,
            verdicts=Decisions.of(book).claims,
            judgements=[(d.judgement, d.retracted_by) for d in judging.history(book, found)],
        )
        out().print(page)


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    for command in (incidents, show, export):
        app.command(epilog=EXIT_CODES)(command)


def _filter(
    since: dt.datetime | None,
    until: dt.datetime | None,
    place: str | None,
    country: str | None,
    type: str | None,
    grade: str | None,
    effect: str | None,
    min: int | None,
    min_killed: int | None,
    source: str | None,
    words: str | None,
    disputed: bool,
    background: Background | None,
) -> IncidentFilter:
    from dateline.ledger.records import IncidentFilter
    from dateline.model import EFFECTS, GRADES

    if min_killed is not None:
        if min is not None or effect not in {None, "killed"}:
            raise SettingsError(
                "says the same as --effect and --min", where="--min-killed", hint="leave it out"
            )
        effect, min = "killed", min_killed
    return IncidentFilter(
        q=_searchable(words),
        since=since.date() if since else None,
        until=until.date() if until else None,
        place=place or "",
        country=_country(country) or "",
        type=_type(type) or "",
        grade=_one_of(grade, GRADES, "grade"),
        effect=_one_of(effect, EFFECTS, "effect"),
        min=min,
        source=source or "",
        disputed=disputed,
        background=background.value if background else "",
    )


def _searchable(words: str | None) -> str:
    """The words to look for; refused where there are none, which would let all pass."""
    from dateline.ledger.fulltext import parse

    if words is not None and not any(not term.without for term in parse(words)):
        raise SettingsError(
            f"{words!r} holds no words to look for", where="--words", hint="give a word or two"
        )
    return words or ""


def _with_nearby(book: Ledger, found: Iterable[Incident]) -> Iterator[Incident]:
    from msgspec.structs import replace

    for incident in found:
        yield replace(incident, nearby=book.nearby(incident, limit=_NEARBY_LISTED))


def _country(name: str | None) -> str | None:
    """The ISO 3166 code of a country given by code or name."""
    if name is None or (len(name) == 2 and name.isascii() and name.isalpha()):
        return name.upper() if name else None
    from dateline.reading.places.gazetteer import gazetteer

    for entry in gazetteer().lookup(name):
        if entry.kind == "country":
            return entry.country
    raise SettingsError(
        f"no country is called {name!r}", where="--country", hint="give its ISO 3166 code"
    )


def _type(name: str | None) -> str | None:
    from dateline.reading.lexicon import load

    types = load("incident_types")
    if name is not None and name not in types:
        raise SettingsError(
            f"{name!r} is no type", where="--type", hint=f"one of {', '.join(sorted(types))}"
        )
    return name


def _one_of(name: str | None, known: Sequence[str], what: str) -> str:
    if name and name not in known:
        raise SettingsError(
            f"{name!r} is no {what}", where=f"--{what}", hint=f"one of {', '.join(known)}"
        )
    return name or ""
