"""Every error Dateline raises on purpose, in one tree.

DatelineError                      anything below; the CLI prints it as one line
├── InputError                     a document cannot be taken in
│   ├── NotFoundError              the path does not exist or may not be read
│   ├── EmptyDocumentError         nothing to read in it
│   ├── BinaryDocumentError        bytes that are no text
│   ├── TooLargeError              over a limit of the settings
│   └── MalformedInputError        broken JSON Lines, missing fields, undecodable text
├── ReadingError                   a document was taken in, but reading it failed
│   └── TooSlowError               reading went over the time limit for one document
├── LedgerError                    the ledger cannot do what was asked
│   ├── NoLedgerError              no ledger at that address
│   ├── LedgerTooNewError          written by a newer version of Dateline
│   ├── LedgerBusyError            another process holds it for too long
│   └── UnknownIdError             no document, incident or mention with that id
├── JudgementConflictError         a decision would contradict one that binds
└── SettingsError                  a setting has a value that cannot be used
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors: what went wrong, where, and what to do about it.

    ``code`` is stable and documented in docs/errors.md; ``exit_code`` is what a
    command that failed for this reason alone exits with.
    """

    code = "dateline"
    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.hint:
            line = f"{line} ({self.hint})"
        # One line, whatever a file name or a parser message contains.
        return " ".join(line.split())

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.what, self.where, self.hint))


def _rebuild(
    kind: type[DatelineError], what: str, where: str | None, hint: str | None
) -> DatelineError:
    """Errors cross process borders; keyword-only arguments do not pickle by themselves."""
    return kind(what, where=where, hint=hint)


class InputError(DatelineError):
    """A document cannot be taken in."""

    code = "input"
    exit_code = 3


class NotFoundError(InputError):
    """The path does not exist or may not be read."""

    code = "not-found"


class EmptyDocumentError(InputError):
    """There is nothing to read in the document."""

    code = "empty"


class BinaryDocumentError(InputError):
    """The bytes are no text."""

    code = "binary"


class TooLargeError(InputError):
    """The document is over a limit of the settings."""

    code = "too-large"


class MalformedInputError(InputError):
    """Broken JSON Lines, a missing field, text that cannot be decoded."""

    code = "malformed"


class ReadingError(DatelineError):
    """A document was taken in, but reading it failed."""

    code = "reading"
    exit_code = 3


class TooSlowError(ReadingError):
    """Reading went over the time limit for one document."""

    code = "too-slow"


class LedgerError(DatelineError):
    """The ledger cannot do what was asked."""

    code = "ledger"
    exit_code = 4


class NoLedgerError(LedgerError):
    """There is no ledger at that address."""

    code = "no-ledger"


class LedgerTooNewError(LedgerError):
    """The ledger was written by a newer version of Dateline."""

    code = "ledger-too-new"


class LedgerBusyError(LedgerError):
    """Another process holds the ledger for too long."""

    code = "ledger-busy"


class UnknownIdError(LedgerError):
    """No document, incident or mention has that id."""

    code = "unknown-id"


class JudgementConflictError(DatelineError):
    """A decision would contradict one that binds."""

    code = "judgement-conflict"
    exit_code = 4


class SettingsError(DatelineError):
    """A setting has a value that cannot be used."""

    code = "settings"
    exit_code = 2
