"""The commands by which people decide, and see what was decided."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Concatenate, ParamSpec

import typer

from dateline.cli.console import EXIT_CODES, LedgerOption, current_settings, open_book, out
from dateline.errors import SettingsError

if TYPE_CHECKING:
    from dateline.ledger.records import Judgement
    from dateline.ledger.store import Ledger

P = ParamSpec("P")

AnyIncident = Annotated[
    str, typer.Argument(help="The id of an incident, a mention or a document.", metavar="INCIDENT")
]
AnyClaim = Annotated[
    str,
    typer.Argument(help="The id of a claim, or its beginning; show prints them.", metavar="CLAIM"),
]
Note = Annotated[str, typer.Option(help="Why; kept with the judgement.")]
By = Annotated[str, typer.Option(help="Who decides.", envvar="USER")]
InsteadOf = Annotated[
    int | None,
    typer.Option(
        "--instead-of", help="Retract the judgement with this number at once.", metavar="N"
    ),
]

judge = typer.Typer(
    name="judge",
    help="Decide: what is one incident, which claims are right, what is confirmed. Every "
    "decision is kept for good with its author, time and note, and binds until it is retracted "
    "(dateline judgements --retract).",
    epilog=EXIT_CODES,
    no_args_is_help=True,
)


class JudgementFormat(StrEnum):
    """How ``judgements`` prints."""

    table = "table"
    jsonl = "jsonl"


@judge.command(epilog=EXIT_CODES)
def same(
    one: AnyIncident,
    other: AnyIncident,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """Two mentions or incidents are one incident."""
    from dateline import judging

    _decide(ledger, judging.judge_same, "same", one, other, note=note, by=by, instead_of=instead_of)


@judge.command(epilog=EXIT_CODES)
def different(
    one: AnyIncident,
    other: AnyIncident,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """Two mentions or incidents are not one incident."""
    from dateline import judging

    _decide(
        ledger, judging.judge_same, "different", one, other, note=note, by=by, instead_of=instead_of
    )


@judge.command(epilog=EXIT_CODES)
def split(
    mention: Annotated[
        str, typer.Argument(help="The id of a mention, or of its document.", metavar="MENTION")
    ],
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """A mention stands apart from the rest of its incident as it is now."""
    from dateline import judging

    _decide(ledger, judging.split, mention, note=note, by=by, instead_of=instead_of)


@judge.command(epilog=EXIT_CODES)
def right(
    claim: AnyClaim,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """A claim was read right; it counts even if the reader was unsure of it."""
    from dateline import judging

    _decide(ledger, judging.judge_claim, claim, "right", note=note, by=by, instead_of=instead_of)


@judge.command(epilog=EXIT_CODES)
def wrong(
    claim: AnyClaim,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """A claim is wrong; it counts no more, and stays visible."""
    from dateline import judging

    _decide(ledger, judging.judge_claim, claim, "wrong", note=note, by=by, instead_of=instead_of)


@judge.command(epilog=EXIT_CODES)
def correct(
    claim: AnyClaim,
    fields: Annotated[
        list[str],
        typer.Argument(
            help="What changes: number=12, min=10, group=civilians, name=Kharkiv country=UA.",
            metavar="FIELD=VALUE...",
        ),
    ],
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """Give the value a claim should have had; it counts in the claim's place."""
    from dateline import judging

    changes = dict(map(_field, fields))
    _decide(ledger, judging.correct_claim, claim, changes, note=note, by=by, instead_of=instead_of)


@judge.command(epilog=EXIT_CODES)
def confirm(
    incident: AnyIncident,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """An incident happened as told: its grade is confirmed."""
    from dateline import judging

    _decide(
        ledger,
        judging.judge_incident,
        incident,
        "confirmed",
        note=note,
        by=by,
        instead_of=instead_of,
    )


@judge.command(epilog=EXIT_CODES)
def discount(
    incident: AnyIncident,
    note: Note = "",
    by: By = "unknown",
    instead_of: InsteadOf = None,
    ledger: LedgerOption = None,
) -> None:
    """An incident is to be believed no more: its grade is discounted."""
    from dateline import judging

    _decide(
        ledger,
        judging.judge_incident,
        incident,
        "discounted",
        note=note,
        by=by,
        instead_of=instead_of,
    )


@judge.command(epilog=EXIT_CODES)
def note(
    incident: AnyIncident,
    note: Annotated[str, typer.Option(help="What to write down.", prompt=True)],
    by: By = "unknown",
    ledger: LedgerOption = None,
) -> None:
    """Write a note on an incident; it changes nothing else."""
    from dateline import judging

    _decide(ledger, judging.note_on, incident, note=note, by=by)


def judgements(
    retract: Annotated[
        int | None,
        typer.Option(help="Take this judgement back, by another one.", metavar="N"),
    ] = None,
    note: Note = "",
    by: By = "unknown",
    format: Annotated[JudgementFormat, typer.Option(help="How to print.")] = JudgementFormat.table,
    ledger: LedgerOption = None,
) -> None:
    """List what people decided, with what was retracted; or retract one decision."""
    from dateline import judging

    if retract is not None:
        with open_book(ledger, current_settings(), write=True) as book:
            _told(judging.retract(book, retract, note=note, by=by))
        return
    with open_book(ledger, current_settings()) as book:
        told = judging.every(book)
    if format is JudgementFormat.jsonl:
        from dateline.export.decided import judgement_line
        from dateline.export.lines import json_line

        for decided in told:
            line = judgement_line(decided.judgement, decided.retracted_by)
            sys.stdout.buffer.write(json_line(line) + b"\n")
        sys.stdout.flush()
    elif told:
        from dateline.export.decided import judgement_table

        out().print(judgement_table((d.judgement, d.retracted_by) for d in told))
    else:
        typer.echo("nothing was decided yet")


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    app.add_typer(judge)
    app.command(epilog=EXIT_CODES)(judgements)


def _decide(
    ledger: str | None,
    decision: Callable[Concatenate[Ledger, P], Judgement],
    *given: P.args,
    **more: P.kwargs,
) -> None:
    """Write one decision into the ledger and say which judgement it became."""
    with open_book(ledger, current_settings(), write=True) as book:
        _told(decision(book, *given, **more))


def _field(given: str) -> tuple[str, object]:
    import json

    name, equals, told = given.partition("=")
    if not equals or not name:
        raise SettingsError(f"{given!r} is no FIELD=VALUE", where="correct", hint="as in number=12")
    try:
        return name, json.loads(told)
    except ValueError:
        return name, told


def _told(judgement: Judgement) -> None:
    about = " and ".join(judgement.subjects)
    typer.echo(f"judgement {judgement.id}: {judgement.kind}, {about}")
