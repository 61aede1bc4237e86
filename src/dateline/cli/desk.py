"""The commands of the desk: serving it, and who may use it."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import EXIT_CODES, LedgerOption, current_settings
from dateline.errors import DatelineError, SettingsError

if TYPE_CHECKING:
    from dateline.desk.accounts import Accounts

users = typer.Typer(
    help="Who may use the desk of a ledger: accounts with a role and a password.",
    no_args_is_help=True,
)


class RoleChoice(StrEnum):
    """What a user may do."""

    reader = "reader"
    reviewer = "reviewer"
    admin = "admin"


UserName = Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")]
PasswordFromStdin = Annotated[
    bool, typer.Option("--stdin", help="Take the password from the first line of standard input.")
]


def serve(
    ledger: LedgerOption = None,
    host: Annotated[
        str, typer.Option(help="The address to bind to; others than this machine need accounts.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)
    ] = 8377,
    open: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve the desk: see, check and decide in the browser."""
    _need_extra()
    from dateline.desk.serving import run

    settings = current_settings()
    run(
        ledger or settings.ledger,
        settings,
        host=host,
        port=port,
        open_browser=open,
        say=lambda line: typer.echo(line),
    )


@users.command("add", epilog=EXIT_CODES)
def add_user(
    name: UserName,
    role: Annotated[
        RoleChoice,
        typer.Option(help="A reader looks, a reviewer decides and adds; an admin is both."),
    ] = RoleChoice.reviewer,
    stdin: PasswordFromStdin = False,
    ledger: LedgerOption = None,
) -> None:
    """Make an account; asks for its password."""
    accounts = _accounts(ledger)
    account = accounts.add(name, _password(stdin), role.value)
    typer.echo(f"{account.name} added as {account.role}, in {accounts.path}")


@users.command("list", epilog=EXIT_CODES)
def list_users(ledger: LedgerOption = None) -> None:
    """List the accounts with their roles."""
    from dateline.export.plain import clean

    found = _accounts(ledger).all()
    for account in found:
        typer.echo(f"{clean(account.name)}\t{account.role}")
    if not found:
        typer.echo("there are no users; the desk serves this machine only", err=True)


@users.command("remove", epilog=EXIT_CODES)
def remove_user(name: UserName, ledger: LedgerOption = None) -> None:
    """Take an account away; its sessions end, its judgements stay."""
    _accounts(ledger).remove(name)
    typer.echo(f"{name} removed")


@users.command("password", epilog=EXIT_CODES)
def change_password(
    name: UserName, stdin: PasswordFromStdin = False, ledger: LedgerOption = None
) -> None:
    """Give an account another password; its sessions end."""
    _accounts(ledger).set_password(name, _password(stdin))
    typer.echo(f"{name} has a new password")


def _accounts(ledger: str | None) -> Accounts:
    _need_extra()
    from dateline.desk.accounts import Accounts, file_of

    settings = current_settings()
    return Accounts(file_of(ledger or settings.ledger, settings))


def _password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise SettingsError("there is nobody to ask for the password", hint="give --stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _need_extra() -> None:
    from importlib.util import find_spec

    for name in ("fastapi", "uvicorn", "jinja2", "argon2", "itsdangerous", "httpcore"):
        if find_spec(name) is None:
            raise DatelineError(
                f"the desk needs the package {name}", hint="pip install 'dateline[desk]'"
            )


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    app.command(epilog=EXIT_CODES)(serve)
    app.add_typer(users, name="user")
