"""Who may use the desk: accounts, their roles, and the key that signs sessions.

All of it stands in one file of mode 0600 beside the ledger, not in the ledger, so that a
ledger can be handed on without its users' password hashes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from dateline.errors import SettingsError, UnknownIdError
from dateline.settings import Settings

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
LEAST_PASSWORD = 10
"""Least length of a password, in characters; NIST SP 800-63B asks for 8 at least."""

_LONGEST_PASSWORD = 1024  # hashing takes time by length; nobody types more
_LONGEST_NAME = 64


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One user. ``epoch`` grows with each change, which ends the sessions before it."""

    name: str
    role: Role
    hash: str
    epoch: int = 1


class _Kept(msgspec.Struct, kw_only=True):
    secret: str
    accounts: dict[str, Account] = {}
    ended: dict[str, float] = {}


def file_of(ledger: str, settings: Settings) -> Path:
    """Where the accounts of a ledger are kept.

    A ledger on a server has no folder of its own: its accounts stand in the user's
    configuration folder, under a hash of its address without the password.
    """
    if settings.desk_file:
        return Path(settings.desk_file)
    from dateline.ledger.opening import parse_address

    address = parse_address(ledger)
    if address.path is not None:
        return address.path.with_name(address.path.name + ".desk.json")
    name = hashlib.sha256(address.label.encode()).hexdigest()[:16]
    return Path.home() / ".config" / "dateline" / f"desk-{name}.json"


class Accounts:
    """The accounts file, read again whenever it changed; safe for threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = threading.Lock()
        self._known: tuple[tuple[int, int, int], _Kept] | None = None
        # Two passwords at once are enough: each takes 64 MiB while it is checked.
        self._hashing = threading.BoundedSemaphore(2)

    # Reading

    def secret(self) -> str:
        """The key that signs sessions; made when it is first asked for."""
        kept = self._read()
        if kept is None:
            with self._changing() as kept:
                return kept.secret
        return kept.secret

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        kept = self._read()
        return tuple(kept.accounts[name] for name in sorted(kept.accounts)) if kept else ()

    def get(self, name: str) -> Account | None:
        """The account of this name."""
        kept = self._read()
        return kept.accounts.get(name) if kept else None

    def check(self, name: str, password: str) -> Account | None:
        """The account, where the password is right; as slow for a name nobody has."""
        from argon2.exceptions import InvalidHashError, VerificationError

        account = self.get(name)
        with self._hashing:
            try:
                _hasher().verify(
                    account.hash if account else _nobody(), password[:_LONGEST_PASSWORD]
                )
            except (VerificationError, InvalidHashError):
                return None
        return account

    def ended(self, session: str) -> bool:
        """Whether somebody logged out of this session."""
        kept = self._read()
        return kept is not None and session in kept.ended

    # Changing

    def add(self, name: str, password: str, role: Role) -> Account:
        """Make an account. Raises SettingsError for a name that is taken or unfit."""
        name = _fit_name(name)
        hashed = self._hash(password)
        with self._changing() as kept:
            if name in kept.accounts:
                raise SettingsError(
                    "there is a user of this name", where=name, hint="dateline user password"
                )
            kept.accounts[name] = Account(name=name, role=role, hash=hashed)
            return kept.accounts[name]

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password, which ends its sessions."""
        hashed = self._hash(password)
        with self._changing() as kept:
            account = _of(kept, name)
            kept.accounts[name] = msgspec.structs.replace(
                account, hash=hashed, epoch=account.epoch + 1
            )

    def remove(self, name: str) -> None:
        """Take an account away; what its owner decided stays under the name."""
        with self._changing() as kept:
            _of(kept, name)
            del kept.accounts[name]

    def end(self, session: str, until: float) -> None:
        """Let a session be over, whatever its cookie says until it runs out."""
        now = time.time()
        with self._changing() as kept:
            kept.ended = {id: end for id, end in kept.ended.items() if end > now}
            kept.ended[session] = until

    def _hash(self, password: str) -> str:
        if len(password) < LEAST_PASSWORD:
            raise SettingsError(
                f"a password needs {LEAST_PASSWORD} characters", hint="choose a longer one"
            )
        if len(password) > _LONGEST_PASSWORD:
            raise SettingsError(f"a password has at most {_LONGEST_PASSWORD} characters")
        with self._hashing:
            return _hasher().hash(password)

    # The file

    def _read(self) -> _Kept | None:
        with self._guard:
            try:
                found = self.path.stat()
            except OSError:
                return None
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if self._known is None or self._known[0] != stamp:
                if found.st_mode & 0o077 and os.name == "posix":
                    raise SettingsError(
                        "others on this machine may read the accounts and the session key",
                        where=str(self.path),
                        hint="chmod 600",
                    )
                self._known = (stamp, self._decode())
            return self._known[1]

    def _decode(self) -> _Kept:
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=_Kept)
        except (msgspec.DecodeError, OSError) as error:
            raise SettingsError(
                f"is no file of accounts: {error}",
                where=str(self.path),
                hint="move it away and add the users anew",
            ) from None

    @contextlib.contextmanager
    def _changing(self) -> Iterator[_Kept]:
        """The content to be changed, and written whole; one process at a time."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path.with_name(self.path.name + ".lock")):
                kept = self._read()
                # A copy, so that a change that fails half-way leaves nothing behind.
                kept = (
                    _Kept(secret=secrets.token_urlsafe(48))
                    if kept is None
                    else _Kept(
                        secret=kept.secret, accounts=dict(kept.accounts), ended=dict(kept.ended)
                    )
                )
                yield kept
                self._write(kept)
        except OSError as error:
            raise SettingsError(
                f"cannot be written: {error.strerror}",
                where=str(self.path),
                hint="set DATELINE_DESK_FILE to a place that can",
            ) from None

    def _write(self, kept: _Kept) -> None:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        try:
            with os.fdopen(handle, "wb") as file:  # mkstemp gives it mode 0600
                file.write(msgspec.json.format(msgspec.json.encode(kept)) + b"\n")
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _of(kept: _Kept, name: str) -> Account:
    if name not in kept.accounts:
        raise UnknownIdError(f"no user {name!r}", hint="see: dateline user list")
    return kept.accounts[name]


def _fit_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise SettingsError(
            f"{name!r} is no user name", hint=f"1 to {_LONGEST_NAME} printable characters"
        )
    return name


def _hasher() -> PasswordHasher:
    # The library's defaults are those of RFC 9106 for memory-constrained machines.
    from argon2 import PasswordHasher

    return PasswordHasher()


_NOBODY: list[str] = []


def _nobody() -> str:
    """A hash of a password nobody has, so that an unknown name takes as long."""
    if not _NOBODY:
        _NOBODY.append(_hasher().hash(secrets.token_urlsafe(16)))
    return _NOBODY[0]
