"""The command line; thin: it parses, calls the pipeline and the ledger, and prints.

Heavy libraries are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dateline import __version__, cli_desk, cli_judging, cli_linking
from dateline.console import (
    EXIT_CODES,
    LedgerOption,
    current_settings,
    open_book,
    out,
    progress,
    say_error,
)
from dateline.errors import DatelineError, InputError, SettingsError

if TYPE_CHECKING:
    from dateline.ledger.store import Ledger
    from dateline.model import Grade, Incident, Scope

_NEARBY_SHOWN = 10

app = typer.Typer(
    name="dateline",
    help="Reads news reports and keeps a ledger of incidents of armed violence: who was "
    "harmed, where, when, by whom, and who says so.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReadFormat(StrEnum):
    """How ``read`` prints."""

    text = "text"
    jsonl = "jsonl"


class ListFormat(StrEnum):
    """How ``incidents`` prints."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"


class ScopeChoice(StrEnum):
    """What becomes an incident."""

    violence = "violence"
    harm = "harm"


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files or folders of plain text, HTML or JSON Lines; - reads standard input.",
        metavar="PATH...",
    ),
]
ScopeOption = Annotated[
    ScopeChoice,
    typer.Option(
        help="What becomes an incident: armed and intentional violence, or also accidents "
        "and disasters. Claims are read in either."
    ),
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.command(epilog=EXIT_CODES)
def read(
    paths: Paths,
    format: Annotated[ReadFormat, typer.Option(help="For people, or for programs.")] = (
        ReadFormat.text
    ),
    scope: ScopeOption = ScopeChoice.violence,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show every claim with the rule that made it and how likely it is right.",
        ),
    ] = False,
) -> None:
    """Read reports and print what was read, without a ledger."""
    from dateline import pipeline
    from dateline.reading.rules import rules

    settings = current_settings()
    console = out()
    failed = 0
    why = {name: rule.looks_for for name, rule in rules().items()} if explain else None
    with progress("read", shown=format is ReadFormat.jsonl) as advance:
        for outcome in pipeline.read_all(paths, scope=_scope(scope), settings=settings):
            advance()
            if isinstance(outcome, DatelineError):
                failed += 1
                say_error(outcome)
            elif format is ReadFormat.jsonl:
                from dateline.export.contract import encode, read_line

                sys.stdout.buffer.write(encode(read_line(outcome, why)) + b"\n")
                sys.stdout.buffer.flush()
            else:
                from dateline.export.terminal import reading_page

                console.print(reading_page(outcome, why))
    if failed:
        raise typer.Exit(InputError.exit_code)


@app.command(epilog=EXIT_CODES)
def add(
    paths: Paths, ledger: LedgerOption = None, scope: ScopeOption = ScopeChoice.violence
) -> None:
    """Read reports and store them; adding the same report twice changes nothing."""
    from dateline import pipeline

    settings = current_settings()
    new = known = failed = incidents = 0
    with (
        open_book(ledger, settings, create=True) as book,
        progress("add") as advance,
    ):
        for outcome in pipeline.add_all(paths, book, scope=_scope(scope), settings=settings):
            advance()
            if isinstance(outcome, DatelineError):
                failed += 1
                say_error(outcome)
            elif outcome.new:
                new += 1
                incidents += len(outcome.reading.incidents)
            else:
                known += 1
    counts = [f"{new} added", f"{incidents} incident mentions", f"{known} known already"]
    if failed:
        counts.append(f"{failed} not read, see above")
    typer.echo(", ".join(counts))
    if failed:
        raise typer.Exit(InputError.exit_code)


@app.command(epilog=EXIT_CODES)
def incidents(
    ledger: LedgerOption = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            help="Only incidents that may have happened on or after this day.", formats=["%Y-%m-%d"]
        ),
    ] = None,
    until: Annotated[
        dt.datetime | None,
        typer.Option(
            help="Only incidents that may have happened on or before this day.",
            formats=["%Y-%m-%d"],
        ),
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="Only where the place, site or region has this name.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only in this country: ISO 3166 code or English name.")
    ] = None,
    min_killed: Annotated[
        int | None, typer.Option(help="Only with at least this best estimate of the killed.", min=0)
    ] = None,
    type: Annotated[
        str | None, typer.Option(help="Only of this type, as in docs/incident-types.")
    ] = None,
    grade: Annotated[
        str | None,
        typer.Option(help="Only of this grade: confirmed, fair, weak, contested, discounted."),
    ] = None,
    format: Annotated[ListFormat, typer.Option(help="How to print.")] = ListFormat.table,
) -> None:
    """List the incidents of a ledger, by date."""
    from dateline.ledger.records import IncidentFilter

    chosen = IncidentFilter(
        since=since.date() if since else None,
        until=until.date() if until else None,
        place=place,
        country=_country(country),
        min_killed=min_killed,
        type=_type(type),
        grade=_grade(grade),
    )
    with open_book(ledger, current_settings()) as book:
        found = book.incidents(chosen)
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

                sys.stdout.buffer.write(csv_text(found, _document_names(book)).encode())
            case ListFormat.geojson:
                from dateline.export.tables import geojson_bytes

                near = _with_nearby(book, found)
                sys.stdout.buffer.write(geojson_bytes(near, _document_names(book)) + b"\n")
        sys.stdout.flush()


@app.command(epilog=EXIT_CODES)
def show(
    incident: Annotated[str, typer.Argument(help="The id of an incident, or its beginning.")],
    ledger: LedgerOption = None,
) -> None:
    """Show one incident with every claim, its words and its chain of sources."""
    from dateline.export.terminal import incident_page

    with open_book(ledger, current_settings()) as book:
        found = book.incident(incident)
        stored = book.claims(found.id)
        documents = {id: book.document(id) for id in {claim.document_id for claim in stored}}
        nearby = [book.incident(other) for other in book.nearby(found, limit=_NEARBY_SHOWN)]
        out().print(
            incident_page(
                found, [(claim.claim, documents[claim.document_id]) for claim in stored], nearby
            )
        )


@app.command(epilog=EXIT_CODES)
def documents(ledger: LedgerOption = None) -> None:
    """List the documents of a ledger, withdrawn ones with the reason."""
    from dateline.export.terminal import document_table

    with open_book(ledger, current_settings()) as book:
        out().print(document_table(book.documents()))


@app.command(epilog=EXIT_CODES)
def withdraw(
    document: Annotated[str, typer.Argument(help="The id of a document, or its external id.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the tombstone.", prompt=True)],
    by: Annotated[str, typer.Option(help="Who decides.", envvar="USER")] = "unknown",
    ledger: LedgerOption = None,
) -> None:
    """Take a document down: its text and bytes are erased, a tombstone keeps the reason."""
    from dateline import linkage

    with open_book(ledger, current_settings(), write=True) as book:
        if linkage.withdraw(book, document, reason, by):
            typer.echo(f"{document} withdrawn")
        else:
            typer.echo(f"{document} was withdrawn already")


cli_linking.register(app)
cli_desk.register(app)
cli_judging.register(app)


def main() -> NoReturn:
    """Run the command line; every Dateline error becomes one line and an exit code."""
    try:
        app()
    except DatelineError as error:
        say_error(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (head, less) has had enough; that is no failure.
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)


def _scope(choice: ScopeChoice) -> Scope:
    return "harm" if choice is ScopeChoice.harm else "violence"


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
    from dateline.reading.gazetteer import gazetteer

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
