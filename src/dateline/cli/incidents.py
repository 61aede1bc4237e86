"""The commands that list, show and export the incidents of a ledger."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import EXIT_CODES, LedgerOption, current_settings, open_book, out
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from dateline.ledger.records import IncidentFilter
    from dateline.ledger.store import Ledger
    from dateline.model import Grade, Incident, Source

_NEARBY_SHOWN = 10

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
MinKilled = Annotated[
    int | None, typer.Option(help="Only with at least this best estimate of the killed.", min=0)
]
Type = Annotated[str | None, typer.Option(help="Only of this type, as in docs/incident-types.")]
OfGrade = Annotated[
    str | None,
    typer.Option(help="Only of this grade: confirmed, fair, weak, contested, discounted."),
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
    min_killed: MinKilled = None,
    type: Type = None,
    grade: OfGrade = None,
    policy: PolicyOption = None,
    format: Annotated[ListFormat, typer.Option(help="How to print.")] = ListFormat.table,
) -> None:
    """List the incidents of a ledger, by date.

    As csv and geojson names of private people are withheld, as in ``export``; jsonl has what
    the ledger has of perpetrators, sources and disputes, but no words of a report's text.
    """
    from dateline import exporting

    chosen = _filter(since, until, place, country, min_killed, type, grade)
    with open_book(ledger, current_settings()) as book:
        found = exporting.selected(book, chosen, policy=policy)
        match format:
            case ListFormat.table:
                from dateline.export.terminal import incident_table

                listed = list(found)
                if listed:
                    out().print(incident_table(listed))
                else:
                    typer.echo("no incident matches")
            case ListFormat.jsonl:
                from dateline.export.contract import encode, incident_line

                names = _document_names(book)
                for incident in _with_nearby(book, found):
                    sys.stdout.buffer.write(encode(incident_line(incident, names)) + b"\n")
            case ListFormat.csv:
                from dateline.export.tables import csv_text

                sys.stdout.buffer.write(csv_text(exporting.records(book, found)).encode())
            case ListFormat.geojson:
                from dateline.export.tables import geojson_bytes

                near = exporting.records(book, _with_nearby(book, found))
                sys.stdout.buffer.write(geojson_bytes(near) + b"\n")
        sys.stdout.flush()


def export(
    format: Annotated[ExportFormat, typer.Option(help="What to write, as in docs/exports.")],
    out: Annotated[
        Path | None, typer.Option(help="The file to write; standard output without it.")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: InPlace = None,
    country: Country = None,
    min_killed: MinKilled = None,
    type: Type = None,
    grade: OfGrade = None,
    policy: PolicyOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Write incidents for other programs; names of private people are withheld by default."""
    from dateline import exporting

    chosen = _filter(since, until, place, country, min_killed, type, grade)
    with open_book(ledger, current_settings()) as book:
        pieces = exporting.export(book, format.value, chosen, policy=policy)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.flush()
            return
        _written(out, pieces)


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
    min_killed: int | None,
    type: str | None,
    grade: str | None,
) -> IncidentFilter:
    from dateline.ledger.records import IncidentFilter

    return IncidentFilter(
        since=since.date() if since else None,
        until=until.date() if until else None,
        place=place,
        country=_country(country),
        min_killed=min_killed,
        type=_type(type),
        grade=_grade(grade),
    )


def _document_names(book: Ledger) -> dict[str, str]:
    """What to show for each document: the id its publisher or its user gave it."""
    return {entry.id: entry.external_id or entry.id for entry in book.documents()}


def _with_nearby(book: Ledger, found: Iterable[Incident]) -> Iterator[Incident]:
    from msgspec.structs import replace

    for incident in list(found):
        yield replace(incident, nearby=book.nearby(incident))


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


def _grade(name: str | None) -> Grade | None:
    from typing import get_args

    from dateline.model import Grade

    if name is None:
        return None
    grades: dict[str, Grade] = {grade: grade for grade in get_args(Grade)}
    if name not in grades:
        raise SettingsError(
            f"{name!r} is no grade", where="--grade", hint=f"one of {', '.join(grades)}"
        )
    return grades[name]
