"""Wires the stages: sources → reading → linking → tally → ledger.

A document that fails is handed on as the error it failed with, beside those that were
read, so that nothing good is lost to its neighbour.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from dateline import settings as configuration
from dateline.errors import (
    DatelineError,
    InputError,
    ReadingError,
    SettingsError,
    TooSlowError,
)
from dateline.model import Document, Incident, Reading, Scope
from dateline.settings import Settings

if TYPE_CHECKING:
    from types import FrameType

    from dateline.ledger.store import Ledger
    from dateline.sources.inputs import Provenance, RawInput

    _ReadOne: TypeAlias = Callable[["RawInput | DatelineError"], "Reading | DatelineError"]

# Fewer documents than this are read sooner by one process than others are started.
_WORTH_A_POOL = 8
# Work handed to the pool ahead of what was taken from it, in batches a worker.
_AHEAD = 4
_BATCH = 8
# New mentions after which a long run links what it has stored so far.
_LINK_EVERY = 1000


def read(
    text: str,
    *,
    published_at: dt.date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    external_id: str | None = None,
    scope: Scope = "violence",
) -> Reading:
    """Read one text.

    ``published_at`` is a date or an ISO 8601 string; without it the date is taken from
    the text itself where it can be concluded, never from today.

    Raises InputError where there is nothing to read, ReadingError where reading fails.
    """
    from dateline.sources.inputs import document_from_text

    settings = configuration.current()
    document = document_from_text(
        text,
        title=title,
        url=url,
        publisher=publisher,
        published_at=published_at,
        language=language,
        external_id=external_id,
    )
    return read_document(document, scope=scope, settings=settings)


def read_document(
    document: Document, *, scope: Scope = "violence", settings: Settings | None = None
) -> Reading:
    """Read a document that was taken in, and add its incidents up.

    Raises TooSlowError over ``settings.document_seconds``, ReadingError for a fault of
    the readers, naming the document.
    """
    from dateline.reading.reader import read_document as read_claims

    settings = settings or configuration.current()
    where = document.path or document.external_id or document.id
    try:
        with _time_limit(settings.document_seconds, where):
            reading = read_claims(document, scope)
            return msgspec.structs.replace(reading, incidents=incidents_of(reading))
    except DatelineError:
        raise
    except Exception as error:
        raise ReadingError(
            f"could not be read: {type(error).__name__}: {error}",
            where=where,
            hint="please report this with the text, if it may be shared",
        ) from error


def incidents_of(reading: Reading) -> tuple[Incident, ...]:
    """The incidents of one document by itself, one a mention, in the mentions' order."""
    from dateline.tally.evidence import Account
    from dateline.tally.incident import assemble

    sources = {source.name: source for source in reading.sources}
    claims = {claim.id: claim for claim in reading.claims}
    return tuple(
        assemble(
            [
                Account(
                    mention=mention,
                    document=reading.document,
                    claims=tuple(claims[claim] for claim in mention.claims),
                )
            ],
            sources,
        )
        for mention in reading.mentions
    )


def read_all(
    paths: Sequence[str],
    *,
    scope: Scope = "violence",
    settings: Settings | None = None,
    provenance: Provenance | None = None,
) -> Iterator[Reading | DatelineError]:
    """Read files, folders or standard input ("-"), in the order given.

    ``provenance`` is what is known of the reports beside their text. Yields a Reading or the
    error a document failed with; the same on any number of workers.

    Raises SettingsError for several reports under one title or address.
    """
    from dateline.sources.inputs import raw_inputs

    settings = settings or configuration.current()
    inputs = raw_inputs(paths, settings)
    workers = settings.workers or _cores()
    first = list(islice(inputs, _WORTH_A_POOL))
    if len(first) > 1 and provenance is not None and provenance.of_one_report:
        raise SettingsError(
            "is true of one report alone, and there are several here",
            where=f"--{provenance.of_one_report}",
            hint="give one file, or JSON Lines with these facts in each line",
        )
    read_one = partial(_read_raw, scope=scope, settings=settings, provenance=provenance)
    if workers == 1 or len(first) < _WORTH_A_POOL:
        yield from map(read_one, _chain(first, inputs))
        return
    yield from _read_side_by_side(_chain(first, inputs), read_one, workers)


def _cores() -> int:
    """The cores this process may use, which a container may have limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Added(NamedTuple):
    """What became of one document on its way into the ledger."""

    reading: Reading
    new: bool


def add_all(
    paths: Sequence[str],
    ledger: Ledger,
    *,
    scope: Scope = "violence",
    settings: Settings | None = None,
    provenance: Provenance | None = None,
) -> Iterator[Added | DatelineError]:
    """Read and store, one transaction a document; what is there already stays as it is.

    New mentions are linked with those of the ledger at the end, and now and then on the
    way; what a run that was killed had not linked yet, the next one does. ``provenance`` is
    as for :func:`read_all`.
    """
    from dateline import linkage

    unlinked = 0
    with ledger.run(reader_version(scope)) as run:
        outcomes = read_all(paths, scope=scope, settings=settings, provenance=provenance)
        for outcome in outcomes:
            if isinstance(outcome, DatelineError):
                yield outcome
                continue
            try:
                new = ledger.add(outcome, outcome.incidents, run)
            except DatelineError as error:
                yield error
                continue
            unlinked += len(outcome.mentions) if new else 0
            if unlinked >= _LINK_EVERY:
                linkage.link_new(ledger)
                unlinked = 0
            yield Added(outcome, new)
        linkage.link_new(ledger)


def reader_version(scope: Scope) -> str:
    """What a pass of reading is written down under."""
    from dateline import __version__

    return f"{__version__}/{scope}"


def _chain(
    first: Iterable[RawInput | DatelineError], rest: Iterable[RawInput | DatelineError]
) -> Iterator[RawInput | DatelineError]:
    yield from first
    yield from rest


def _read_raw(
    raw: RawInput | DatelineError,
    scope: Scope,
    settings: Settings,
    provenance: Provenance | None,
) -> Reading | DatelineError:
    from dateline.sources.inputs import to_document

    if isinstance(raw, DatelineError):
        return raw
    try:
        with _time_limit(settings.document_seconds, raw.where):
            document = to_document(raw, settings, provenance)
        return read_document(document, scope=scope, settings=settings)
    except DatelineError as error:
        return error
    except Exception as error:
        return InputError(
            f"could not be taken in: {type(error).__name__}: {error}",
            where=raw.where,
            hint="please report this with the file, if it may be shared",
        )


def _read_batch(
    batch: Sequence[RawInput | DatelineError], read_one: _ReadOne
) -> list[Reading | DatelineError]:
    return list(map(read_one, batch))


def _read_side_by_side(
    inputs: Iterator[RawInput | DatelineError], read_one: _ReadOne, workers: int
) -> Iterator[Reading | DatelineError]:
    # Spawned, not forked: the encoder's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    waiting: deque[tuple[list[RawInput | DatelineError], Future[list[Reading | DatelineError]]]]
    waiting = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            while True:
                while len(waiting) < workers * _AHEAD:
                    batch = list(islice(inputs, _BATCH))
                    if not batch:
                        break
                    waiting.append((batch, pool.submit(_read_batch, batch, read_one)))
                if not waiting:
                    return
                batch, future = waiting.popleft()
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    # A worker was killed (out of memory, say). Which document did it is
                    # unknown, so the rest is read here, one by one, to lose none.
                    yield from map(read_one, batch)
                    for batch, _ in waiting:
                        yield from map(read_one, batch)
                    yield from map(read_one, inputs)
                    return
        finally:
            for _, future in waiting:
                future.cancel()


@contextlib.contextmanager
def _time_limit(seconds: float, where: str) -> Iterator[None]:
    """Interrupt the block after so many seconds.

    Signals reach only the main thread and exist only on POSIX; elsewhere there is no
    limit, as docs/settings.md says.
    """
    usable = hasattr(signal, "setitimer") and (
        threading.current_thread() is threading.main_thread()
    )
    if not seconds or not usable:
        yield
        return

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise TooSlowError(
            f"not read within {seconds:g} seconds",
            where=where,
            hint="split it, or raise DATELINE_DOCUMENT_SECONDS",
        )

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
