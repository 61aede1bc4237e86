"""The commands that link reports into incidents and say why."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import EXIT_CODES, LedgerOption, current_settings, open_book, steps
from dateline.errors import SettingsError


class Engine(StrEnum):
    """What scores pairs of mentions."""

    auto = "auto"
    splink = "splink"
    python = "python"


Sameness = Annotated[str, typer.Argument(help="The id of a mention, an incident or a document.")]


def link(
    ledger: LedgerOption = None,
    engine: Annotated[
        Engine, typer.Option(help="What scores the pairs; auto takes Splink where it is installed.")
    ] = Engine.auto,
) -> None:
    """Link all mentions of a ledger into incidents anew, under all judgements."""
    from dateline import linkage

    with open_book(ledger, current_settings(), write=True) as book, steps() as told:
        made = linkage.link_all(book, told, engine=engine.value)
    typer.echo(f"{made} incidents")


def why(
    one: Sameness,
    other: Sameness,
    ledger: LedgerOption = None,
    chart: Annotated[
        Path | None,
        typer.Option(help="Also write Splink's waterfall chart, as HTML that needs no network."),
    ] = None,
) -> None:
    """Say why two mentions are one incident, or are not, with the weight of each reason."""
    from dateline import linkage
    from dateline.export.plain import clean

    with open_book(ledger, current_settings()) as book:
        explanation = linkage.why(book, one, other)
    for line in explanation.lines():
        typer.echo(clean(line))
    if chart is not None:
        from dateline.linking.splink_engine import waterfall_html

        page = waterfall_html(explanation.a, explanation.b)
        try:
            chart.write_text(page, encoding="utf-8")
        except OSError as error:
            raise SettingsError(
                f"cannot be written: {error.strerror}", where=str(chart), hint="choose another"
            ) from None
        typer.echo(f"chart written to {chart}")


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    for command in (link, why):
        app.command(epilog=EXIT_CODES)(command)
