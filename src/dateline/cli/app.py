"""The command line; thin: it parses, calls the pipeline and the ledger, and prints.

Heavy libraries are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dateline import __version__
from dateline.cli import cluster, desk, incidents, judging, linking
from dateline.cli.console import (
    EXIT_CODES,
    LedgerOption,
    current_settings,
    open_book,
    out,
    progress,
    say_error,
)
from dateline.errors import DatelineError, InputError

if TYPE_CHECKING:
    from dateline.model import Scope

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


PublisherOption = Annotated[
    str | None,
    typer.Option(
        help="Who published the reports, where a line of JSON Lines does not say.",
        show_default=False,
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published-at",
        help="The day they were published, as YYYY-MM-DD, where a line does not say.",
        metavar="DATE",
        show_default=False,
    ),
]
TitleOption = Annotated[
    str | None, typer.Option(help="The headline, of one report.", show_default=False)
]
UrlOption = Annotated[
    str | None, typer.Option(help="The address of one report.", show_default=False)
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
    publisher: PublisherOption = None,
    published_at: PublishedOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
) -> None:
    """Read reports and print what was read, without a ledger."""
    from dateline import pipeline
    from dateline.reading.rules import rules
    from dateline.sources.inputs import provenance

    settings = current_settings()
    told = provenance(publisher=publisher, published_at=published_at, title=title, url=url)
    console = out()
    failed = 0
    why = {name: rule.looks_for for name, rule in rules().items()} if explain else None
    with progress("read", shown=format is ReadFormat.jsonl) as advance:
        for outcome in pipeline.read_all(
            paths, scope=_scope(scope), settings=settings, provenance=told
        ):
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
    paths: Paths,
    ledger: LedgerOption = None,
    scope: ScopeOption = ScopeChoice.violence,
    publisher: PublisherOption = None,
    published_at: PublishedOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
) -> None:
    """Read reports and store them; adding the same report twice changes nothing."""
    from dateline import pipeline
    from dateline.sources.inputs import provenance

    settings = current_settings()
    told = provenance(publisher=publisher, published_at=published_at, title=title, url=url)
    new = known = failed = mentions = 0
    with (
        open_book(ledger, settings, create=True) as book,
        progress("add") as advance,
    ):
        for outcome in pipeline.add_all(
            paths, book, scope=_scope(scope), settings=settings, provenance=told
        ):
            advance()
            if isinstance(outcome, DatelineError):
                failed += 1
                say_error(outcome)
            elif outcome.new:
                new += 1
                mentions += len(outcome.reading.incidents)
            else:
                known += 1
    counts = [f"{new} added", f"{mentions} incident mentions", f"{known} known already"]
    if failed:
        counts.append(f"{failed} not read, see above")
    typer.echo(", ".join(counts))
    if failed:
        raise typer.Exit(InputError.exit_code)


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


linking.register(app)
desk.register(app)
cluster.register(app)
judging.register(app)
incidents.register(app)


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
