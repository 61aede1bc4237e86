"""What all commands share: options, opening a ledger, progress, and how errors are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from dateline.ledger.store import Ledger
    from dateline.settings import Settings

EXIT_CODES = """
Exit codes: 0 all went well; 1 an unexpected failure; 2 wrong usage or settings;
3 some input could not be read (the rest was); 4 the ledger cannot do what was asked.
"""

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="The ledger: a file, or a PostgreSQL URL. Default: DATELINE_LEDGER, else dateline.db.",
        metavar="FILE",
        show_default=False,
    ),
]


def current_settings() -> Settings:
    """The settings of this process."""
    from dateline import settings

    return settings.current()


def open_book(
    address: str | None, settings: Settings, *, create: bool = False, write: bool = False
) -> Ledger:
    """The ledger at an address, or at that of the settings."""
    from dateline.ledger.opening import open_ledger

    return open_ledger(address or settings.ledger, create=create, write=write, settings=settings)


def out() -> Console:
    """Where pages for people are printed."""
    from rich.console import Console

    # A pipe has no width; 100 columns keep tables readable in a file or a screenshot.
    width = None if sys.stdout.isatty() else 100
    return Console(highlight=False, width=width)


def say_error(error: DatelineError) -> None:
    """One line on stderr."""
    from dateline.export.plain import clean

    typer.echo(f"error: {clean(str(error))}", err=True)


@contextmanager
def steps() -> Iterator[Callable[[str, int], None]]:
    """Progress of work in several steps, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda step, done: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dateline.export.terminal import stderr_console

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:.0f} mentions"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stderr_console(), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def told(step: str, done: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=None)
            bar.advance(tasks[step], done)

        yield told


class _Advance:
    """Counts what is done; replaced by a progress bar where somebody watches."""

    def __call__(self) -> None:
        return


@contextmanager
def progress(verb: str, *, of: str = "documents", shown: bool = True) -> Iterator[_Advance]:
    """A running count on stderr, on a terminal only."""
    if not shown or not sys.stderr.isatty():
        yield _Advance()
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dateline.export.terminal import stderr_console

    columns = (
        SpinnerColumn(),
        TextColumn(f"{{task.description}} {{task.completed:.0f}} {of}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stderr_console(), transient=True) as bar:
        task = bar.add_task(verb, total=None)

        class _Bar(_Advance):
            def __call__(self) -> None:
                bar.advance(task)

        yield _Bar()
