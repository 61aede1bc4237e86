"""Files, folders and standard input as a stream of raw inputs."""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, Literal, TypeAlias

import msgspec

from dateline.errors import (
    DatelineError,
    EmptyDocumentError,
    InputError,
    MalformedInputError,
    NotFoundError,
    TooLargeError,
)
from dateline.settings import Settings
from dateline.sources.decoding import refuse_binary

Media: TypeAlias = Literal["text", "html", "jsonl"]
STDIN = "<stdin>"

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
_CHUNK = 1 << 16

# White space, comments and an XML declaration may stand before the first element.
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|p|meta|title|h[1-3])"
    rb"[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\})')
_ARRAY_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\[\s*\{\s*(?:"|\})')
_BETWEEN = re.compile(r"[\s,]*")
_ANY_TAG = re.compile(rb"<[a-zA-Z!/][^>]{0,300}>")


class RawInput(msgspec.Struct, frozen=True, kw_only=True):
    """One document's bytes before anybody looked into them.

    ``path`` is a label for people ("<stdin>" for standard input); ``line`` counts from 1
    in JSON Lines and is None elsewhere.
    """

    path: str
    raw: bytes
    media: Media
    line: int | None = None

    @property
    def where(self) -> str:
        """The label errors carry: ``path``, or ``path:line``."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


def raw_inputs(paths: Sequence[str], settings: Settings) -> Iterator[RawInput | DatelineError]:
    """Read files, folders and "-" (standard input) in the order given.

    Folders are walked to the bottom in the order of their names; hidden files and links
    to folders are left out. JSON Lines are streamed, a line at a time. What cannot be
    taken in is yielded as an error, never raised, so that the rest goes on.
    """
    for path in paths:
        if path == "-":
            yield from _stream(STDIN, sys.stdin.buffer, settings)
        else:
            yield from _path(Path(path), settings)


def _label(path: Path) -> str:
    """The path as text; bytes that are no UTF-8 in a name are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _path(path: Path, settings: Settings) -> Iterator[RawInput | DatelineError]:
    label = _label(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _unreadable(label, error)
        return
    if stat.S_ISDIR(mode):
        found = False
        for item in _folder(path, settings):
            found = True
            yield item
        if not found:
            yield EmptyDocumentError(
                "there are no files in this folder", where=label, hint="hidden files are left out"
            )
    else:
        yield from _file(path, settings)


def _folder(folder: Path, settings: Settings) -> Iterator[RawInput | DatelineError]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield _unreadable(_label(folder), error)
        return
    for name in names:
        path = folder / name
        if path.is_dir():
            # A link to a folder may lead in a circle.
            if not path.is_symlink():
                yield from _folder(path, settings)
        elif path.is_file() or path.is_symlink():
            yield from _file(path, settings)


def _file(path: Path, settings: Settings) -> Iterator[RawInput | DatelineError]:
    try:
        with path.open("rb") as stream:
            yield from _stream(_label(path), stream, settings, path.suffix.lower())
    except OSError as error:
        yield _unreadable(_label(path), error)


def _stream(
    label: str, stream: IO[bytes], settings: Settings, suffix: str = ""
) -> Iterator[RawInput | DatelineError]:
    # Whatever stands in for standard input may not be able to peek.
    reader = stream if isinstance(stream, BufferedReader) else _buffered(stream)
    head = reader.peek(_HEAD)[:_HEAD]
    try:
        refuse_binary(head, label)
    except InputError as error:
        yield error
        return
    if suffix in _LINES_SUFFIXES or (suffix not in _HTML_SUFFIXES and _is_json_lines(head)):
        yield from _json_lines(label, reader, settings)
        return
    limit = settings.max_bytes
    raw = reader.read(limit + 1)
    if len(raw) > limit:
        yield _too_large(label, limit, "the file")
    elif not raw:
        yield EmptyDocumentError("the file is empty", where=label, hint="give a text")
    elif suffix == ".json" or (suffix not in _HTML_SUFFIXES and _is_whole_json(raw)):
        yield from _whole_json(label, raw)
    else:
        yield RawInput(path=label, raw=raw, media=_media(raw[:_HEAD], suffix))


def _buffered(stream: IO[bytes]) -> BufferedReader:
    return BufferedReader(BytesIO(stream.read()))


def _media(head: bytes, suffix: str) -> Media:
    return "html" if is_html(head, suffix) else "text"


def is_html(head: bytes, suffix: str = "") -> bool:
    """Whether the first bytes are HTML; the suffix only helps where they do not say."""
    # UTF-16 of markup is its ASCII with zeros between.
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    if _HTML_START.match(head):
        return True
    return suffix in _HTML_SUFFIXES and _ANY_TAG.search(head) is not None


def _is_json_lines(head: bytes) -> bool:
    """Whether the first line is a JSON object, or the start of a long one."""
    if not _JSON_START.match(head):
        return False
    line, newline, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    # Without a line end the head is only the start of a line.
    return not newline or _is_object(line)


def _is_whole_json(raw: bytes) -> bool:
    """Whether all of it is one JSON object or array of objects, over as many lines as it likes."""
    if not (_JSON_START.match(raw) or _ARRAY_START.match(raw)):
        return False
    return raw.rstrip().endswith((b"}", b"]"))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line.strip()), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _json_lines(
    label: str, reader: BufferedReader, settings: Settings
) -> Iterator[RawInput | DatelineError]:
    limit = settings.max_bytes
    if reader.peek(2)[:2] in _UTF16:
        yield _in_utf16(label)
        return
    found = False
    number = 0
    while line := reader.readline(limit + 1):
        number += 1
        where = f"{label}:{number}"
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > limit and not line.endswith(b"\n"):
            found = True
            yield _too_large(where, limit, "the line")
            while (rest := reader.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            continue
        if not line.strip():
            continue
        found = True
        yield RawInput(path=label, raw=line.strip(b"\r\n"), media="jsonl", line=number)
    if not found:
        yield EmptyDocumentError("the file is empty", where=label, hint="give a text")


def _whole_json(label: str, raw: bytes) -> Iterator[RawInput | DatelineError]:
    """One object, or the objects of an array, each under its number ("file.json[3]")."""
    if raw.startswith(_UTF16):
        yield _in_utf16(label)
        return
    raw = raw.removeprefix(codecs.BOM_UTF8).strip()
    if not raw:
        yield EmptyDocumentError("the file is empty", where=label, hint="give a text")
    elif not raw.startswith(b"["):
        yield RawInput(path=label, raw=raw, media="jsonl")
    else:
        yield from _items(label, raw)


def _items(label: str, raw: bytes) -> Iterator[RawInput | DatelineError]:
    # The standard library tells where an item ends, and lets lone surrogates through; the
    # bytes of a broken encoding come back as they were.
    decoder = json.JSONDecoder()
    text = raw.decode("utf-8", "surrogateescape")
    number = 0
    at = _after(text, 1)
    while at < len(text) and text[at] != "]":
        number += 1
        where = f"{label}[{number}]"
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield MalformedInputError(
                f"the array cannot be read from here on: {error}",
                where=where,
                hint="what stands before it is taken; write one object a line",
            )
            return
        item = text[at:end].encode("utf-8", "surrogateescape")
        yield RawInput(path=where, raw=item, media="jsonl")
        at = _after(text, end)
    if not number:
        yield EmptyDocumentError("the array is empty", where=label, hint="give a text")


def _after(text: str, at: int) -> int:
    """Behind the blanks and commas that part items."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _in_utf16(label: str) -> MalformedInputError:
    return MalformedInputError(
        "JSON in UTF-16", where=label, hint="turn it into UTF-8, for example with iconv"
    )


def _too_large(where: str, limit: int, what: str) -> TooLargeError:
    return TooLargeError(
        f"{what} is over {limit:,} bytes",
        where=where,
        hint="split it into one document a file, or raise DATELINE_MAX_BYTES",
    )


def _unreadable(label: str, error: OSError | ValueError) -> NotFoundError:
    if isinstance(error, PermissionError):
        return NotFoundError("may not be read", where=label, hint="check its permissions")
    if isinstance(error, FileNotFoundError):
        return NotFoundError("there is no such file", where=label, hint="check the path")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return NotFoundError(f"cannot be read: {reason}", where=label, hint="check the path")
