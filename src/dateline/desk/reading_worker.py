"""Reading pasted texts in a process of its own, with the limits of the pipeline.

A text that takes for ever, or fells the process, costs its own answer and nothing else.
"""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotInTimeError
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from dateline.errors import DatelineError, ReadingError, TooSlowError
from dateline.model import Reading
from dateline.settings import Settings

_GRACE = 20.0  # seconds beyond the limit, in which the process may say so itself
_NO_LIMIT = 24 * 3600.0


class Pasted(NamedTuple):
    """What is to be read: a text, or the bytes of a page."""

    text: str
    page: bytes | None
    address: str | None
    title: str | None
    publisher: str | None
    published_at: str | None


class Worker:
    """One process that reads, one text at a time; started when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._guard = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def warm(self) -> None:
        """Start it, so that the first text need not wait for the models."""
        with self._guard:
            self._submit(Pasted("A bomb killed two people.", None, None, None, None, None))

    def read(self, pasted: Pasted) -> Reading:
        """Read it.

        Raises the error it failed with; TooSlowError and ReadingError where the process
        had to be ended, or ended by itself.
        """
        seconds = self._settings.document_seconds
        with self._guard:
            future = self._submit(pasted)
            try:
                outcome = future.result(seconds + _GRACE if seconds else _NO_LIMIT)
            except NotInTimeError:
                self._end()
                raise TooSlowError(
                    f"not read within {seconds:g} seconds",
                    hint="split it, or raise DATELINE_DOCUMENT_SECONDS",
                ) from None
            except BrokenProcessPool:
                self._end()
                raise ReadingError(
                    "could not be read: the process that read it ended",
                    hint="it may be too large for this machine's memory",
                ) from None
        if isinstance(outcome, DatelineError):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the process."""
        with self._guard:
            self._end()

    def _submit(self, pasted: Pasted) -> Future[Reading | DatelineError]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context)
        return self._pool.submit(read_pasted, pasted, self._settings)

    def _end(self) -> None:
        if self._pool is None:
            return
        # A process that does not come back by itself is ended; shutting down waits for it.
        for process in list((self._pool._processes or {}).values()):
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def read_pasted(pasted: Pasted, settings: Settings) -> Reading | DatelineError:
    """Runs in the process."""
    from msgspec.structs import replace

    from dateline import pipeline
    from dateline.sources.inputs import (
        RawInput,
        document_from_text,
        provenance,
        to_document,
    )

    try:
        if pasted.page is None:
            document = document_from_text(
                pasted.text,
                url=pasted.address,
                title=pasted.title,
                publisher=pasted.publisher,
                published_at=pasted.published_at,
            )
        else:
            where = pasted.address or "pasted page"
            # A page says these of itself; what somebody typed beside it goes before that.
            told = provenance(
                title=pasted.title, publisher=pasted.publisher, published_at=pasted.published_at
            )
            raw = RawInput(path=where, raw=pasted.page, media="html")
            document = to_document(raw, settings, told)
            document = replace(document, url=document.url or pasted.address)
        return pipeline.read_document(document, settings=settings)
    except DatelineError as error:
        return error
    except Exception as error:
        return ReadingError(f"could not be read: {type(error).__name__}")
