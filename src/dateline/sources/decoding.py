"""Bytes to text: which encoding they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from dateline.errors import BinaryDocumentError, EmptyDocumentError

# UTF-32 first: its little-endian mark starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Encodings news archives are in; left to all of its hundred, the detector takes short
# Cyrillic texts for those of old Macintoshes.
_ENCODINGS = (
    "cp1251",
    "koi8_r",
    "cp866",
    "iso8859_5",
    "cp1252",
    "cp1250",
    "iso8859_2",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
)

# The detector reads its input once for each encoding: 16 KiB tell as much as a megabyte.
_SAMPLE = 16_384

_SIGNATURES = (
    (b"%PDF-", "a PDF", "turn it into text first, for example with pdftotext"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
    (b"\x89PNG", "an image", "give its text"),
    (b"\xff\xd8\xff", "an image", "give its text"),
    (b"GIF8", "an image", "give its text"),
    (b"SQLite format 3\x00", "a database", "a ledger is named with --ledger"),
    (b"PAR1", "a Parquet file", "export it as JSON Lines with a field 'text'"),
    (b"BZh9", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
)

# C0 controls no text has; tab, line feed, form feed, carriage return and the escape,
# bell and end-of-text marks of telex copy are let through.
_CONTROL = re.compile(r"[\x00-\x02\x04-\x06\x08\x0b\x0e-\x19\x1c-\x1f]")
_CONTROL_SHARE = 0.002
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Decoded(NamedTuple):
    """The text, the encoding it was in and what had to be put right."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(raw: bytes, where: str | None = None) -> Decoded:
    """Decode a document; a byte-order mark is not part of the text.

    Tried in turn: byte-order marks, UTF-8, UTF-16 without a mark, and then the detector
    of charset-normalizer on a sample. The line ends stay as they are.

    Raises EmptyDocumentError where there is nothing but white space, BinaryDocumentError
    where the bytes are no text.
    """
    if not raw.strip():
        raise EmptyDocumentError("there is nothing in it", where=where, hint="give a text")
    refuse_binary(raw, where)
    decoded = _by_mark(raw) or _as_utf8(raw) or _as_utf16(raw)
    if decoded is None:
        if b"\x00" in raw:
            raise _binary("holds NUL bytes and is no text", where)
        decoded = _as_broken_utf8(raw) or _by_detection(raw, where)
    text, encoding, warnings = decoded
    if not text.strip():
        raise EmptyDocumentError("there is nothing in it", where=where, hint="give a text")
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _CONTROL_SHARE * len(text) + 2:
        raise _binary("holds control characters and is no text", where)
    text, more = clean(text)
    return Decoded(text, encoding, warnings + more)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace what no database or UTF-8 stream can hold, keeping every offset.

    NULs and lone surrogates (as JSON escapes can make them) become U+FFFD.
    """
    warnings: list[str] = []
    if "\x00" in text:
        text = text.replace("\x00", _REPLACEMENT)
        warnings.append("NUL characters were replaced")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = re.sub("[\ud800-\udfff]", _REPLACEMENT, text)
        warnings.append("lone surrogates were replaced")
    return text, tuple(warnings)


def refuse_binary(head: bytes, where: str | None) -> None:
    """Raise BinaryDocumentError for formats known by their first bytes."""
    for signature, name, hint in _SIGNATURES:
        if head.startswith(signature):
            raise BinaryDocumentError(f"is {name}, not a text", where=where, hint=hint)


def utf16_by_zeros(raw: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin, Greek or Cyrillic text is 0 to 4."""
    sample = raw[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 8 or len(raw) % 2:
        return None
    low, high = sample[0::2], sample[1::2]
    for encoding, lead in (("utf-16-le", high), ("utf-16-be", low)):
        if b"\x00" in lead and sum(byte <= 4 for byte in lead) > 0.9 * len(lead):
            return encoding
    return None


def _binary(what: str, where: str | None) -> BinaryDocumentError:
    return BinaryDocumentError(
        what, where=where, hint="give plain text, HTML or JSON Lines, or leave the file out"
    )


def _by_mark(raw: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace")
            return Decoded(text, encoding, _replaced(text, encoding))
    return None


def _as_utf8(raw: bytes) -> Decoded | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # UTF-16 of plain English is valid UTF-8 full of NULs.
    return None if "\x00" in text else Decoded(text, "utf-8")


def _as_utf16(raw: bytes) -> Decoded | None:
    encoding = utf16_by_zeros(raw)
    if encoding is None:
        return None
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _as_broken_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 with a few bytes spoilt, as a cut download has; else None."""
    text = raw.decode("utf-8", "replace")
    beyond_ascii = sum(1 for _ in re.finditer(r"[^\x00-\x7f]", text))
    spoilt = text.count(_REPLACEMENT)
    if spoilt * 10 > beyond_ascii - spoilt:
        return None
    return Decoded(text, "utf-8", _replaced(text, "utf-8"))


def _by_detection(raw: bytes, where: str | None) -> Decoded:
    import charset_normalizer

    best = charset_normalizer.from_bytes(_sample(raw), cp_isolation=list(_ENCODINGS)).best()
    if best is None:
        raise _binary("is in no known text encoding", where)
    text = raw.decode(best.encoding, "replace")
    note = f"decoded as {best.encoding}, which was guessed from its bytes"
    return Decoded(text, best.encoding, (note, *_replaced(text, best.encoding)))


def _sample(raw: bytes) -> bytes:
    """Up to 16 KiB, from the first line with bytes beyond ASCII on, whole lines if possible."""
    if len(raw) <= _SAMPLE:
        return raw
    first = re.search(rb"[\x80-\xff]", raw)
    start = raw.rfind(b"\n", 0, first.start()) + 1 if first else 0
    if first and first.start() - start > _SAMPLE // 2:
        start = first.start()
    sample = raw[start : start + _SAMPLE]
    # A cut inside a character of two bytes would rule its encoding out.
    end = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample[:end] if end > _SAMPLE // 2 else sample


def _replaced(text: str, encoding: str) -> tuple[str, ...]:
    spoilt = text.count(_REPLACEMENT)
    return (f"{spoilt} bytes are no {encoding} and were replaced",) if spoilt else ()
