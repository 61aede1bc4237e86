"""One report as a JSON object: the fields of Dateline's own, and of crawlers in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from dateline.errors import MalformedInputError
from dateline.sources.decoding import clean
from dateline.sources.provenance import given_date

# Dateline's own name of a field first, then those of news-please, trafilatura, newspaper4k
# and feeds; the first that holds something counts.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "body", "content"),
    "id": ("id",),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "sitename", "source-hostname", "source_domain", "hostname"),
    "published_at": (
        "published_at",
        "date_publish",
        "publish_date",
        "published",
        "publishedAt",
        "datePublished",
        "pubDate",
        "date",
    ),
    "language": ("language", "lang"),
}
# What crawlers written in Python or JavaScript put for nothing.
_NOTHING = frozenset({"", "None", "null", "undefined", "NaN"})


class Record(NamedTuple):
    """What a JSON object says of a report; None for what it does not."""

    text: str
    external_id: str | None
    title: str | None
    url: str | None
    publisher: str | None
    published_at: dt.date | None
    language: str | None
    warnings: tuple[str, ...]


def read_record(raw: bytes, where: str) -> Record:
    """The fields of a JSON object in UTF-8.

    A date that cannot be read is left out with a warning. Raises MalformedInputError,
    naming ``where``, for bytes that are no JSON object with a text.
    """
    try:
        record = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        record = _lenient(raw)
        if record is None:
            raise MalformedInputError(
                f"is no JSON: {error}", where=where, hint="one JSON object in UTF-8 a line"
            ) from None
    if not isinstance(record, dict):
        raise MalformedInputError(
            "is JSON, but no object", where=where, hint="give an object with a field 'text'"
        )
    texts = [t for name in _FIELDS["text"] if isinstance(t := record.get(name), str)]
    if not texts:
        raise MalformedInputError(
            "has no field 'text' with a text in it", where=where, hint="the field is required"
        )
    published_at, warnings = _day(record)
    return Record(
        text=next(filter(str.strip, texts), texts[0]),
        external_id=_field(record, "id"),
        title=_field(record, "title"),
        url=_field(record, "url"),
        publisher=_field(record, "publisher"),
        published_at=published_at,
        language=_field(record, "language"),
        warnings=warnings,
    )


def _field(record: Mapping[str, Any], field: str) -> str | None:
    """The first of a field's names that holds a word; numbers are written out."""
    return next((words for name in _FIELDS[field] if (words := _words(record.get(name)))), None)


def _words(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    words, _ = clean(str(value).strip())
    return None if words in _NOTHING else words


def _day(record: Mapping[str, Any]) -> tuple[dt.date | None, tuple[str, ...]]:
    """The first day that can be read, and a warning of a field that held none."""
    warnings: list[str] = []
    for name in _FIELDS["published_at"]:
        value = record.get(name)
        if value is None or (isinstance(value, str) and value.strip() in _NOTHING):
            continue
        day = given_date(value)
        if day is not None:
            return day, ()
        warnings.append(f"{name} {str(value)[:40]!r} is no date and was left out")
    return None, tuple(warnings[:1])


def _lenient(raw: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """Parse again with the standard library, which lets lone surrogates and NaN through."""
    import json

    try:
        return json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
