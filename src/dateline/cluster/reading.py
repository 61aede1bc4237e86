"""A table of documents to a table of readings, with Spark's ``mapInArrow``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dateline import pipeline
from dateline import settings as configuration
from dateline.cluster.kept import keep
from dateline.errors import DatelineError, EmptyDocumentError, ReadingError
from dateline.export.contract import encode, read_line
from dateline.ledger.codec import pack
from dateline.model import Claim, Document, Incident, Reading, Scope
from dateline.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

COLUMNS = ("text", "html", "url", "title", "publisher", "published_at", "language", "external_id")
"""What :func:`read` looks at of its input; all others are ignored."""

_CLAIM = (
    "struct<id string, kind string, start int, end int, value string, modality string, "
    "chains array<array<string>>, incident int, rule string, score double>"
)
FLAT = (
    "type string, background boolean, date_start date, date_end date, date_precision string, "
    "place string, place_kind string, lat double, lon double, country string, admin1 string, "
    "killed_low bigint, killed_best bigint, killed_high bigint, "
    "injured_low bigint, injured_best bigint, injured_high bigint"
)
"""The columns of :func:`flat`, as Spark's DDL."""

SCHEMA = (
    "document_id string, external_id string, url string, title string, publisher string, "
    "published_at date, published_how string, reposted_from string, language string, "
    f"text string, claims array<{_CLAIM}>, incidents array<struct<mention string, {FLAT}>>, "
    "warnings array<string>, error string, error_code string, contract string, reading string"
)
"""The columns of :func:`read`, as Spark's DDL."""


def read(df: DataFrame, *, scope: Scope = "violence") -> DataFrame:
    """Read every document of a table.

    ``df`` has a column ``text`` or ``html`` (a row with both is read as HTML) and any of
    ``url``, ``title``, ``publisher``, ``published_at`` (a date, a timestamp or text),
    ``language`` and ``external_id``. Other columns are ignored.

    One row comes out for each that goes in, in the columns of :data:`SCHEMA`:
    ``contract`` is the line ``dateline read --format jsonl`` prints, ``claims`` and
    ``incidents`` the most used parts of it as types that Parquet has. What
    :func:`dateline.cluster.link` needs is in ``reading``. A document that cannot be read
    has its reason in ``error`` and ``error_code`` and nulls elsewhere; its neighbours
    are not touched by it.
    """
    chosen = df.select(*(column for column in COLUMNS if column in df.columns))
    settings = configuration.current()
    schema = arrow_schema(SCHEMA)

    def batches(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _read_batches(given, schema, scope, settings)

    return chosen.mapInArrow(batches, SCHEMA)


def _read_batches(
    given: Iterable[pa.RecordBatch], schema: pa.Schema, scope: Scope, settings: Settings
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in given:
        rows = [row_of(row, scope, settings) for row in batch.to_pylist()]
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def arrow_schema(ddl: str) -> pa.Schema:
    """Columns in Spark's DDL as Arrow types; only where the session is, not on workers."""
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    return to_arrow_schema(StructType.fromDDL(ddl))


def row_of(row: Mapping[str, Any], scope: Scope, settings: Settings) -> dict[str, Any]:
    """One row of the output for one of the input; never raises for what is in the row."""
    external_id = _words(row.get("external_id"))
    try:
        reading = pipeline.read_document(document_of(row, settings), scope=scope, settings=settings)
        return _told(reading, external_id)
    except DatelineError as error:
        return {"external_id": external_id, "error": pack(str(error)), "error_code": error.code}
    except Exception as error:
        # Whatever it was, the other rows of the batch are worth more than the trace.
        words = f"{type(error).__name__}: {error}"
        return {
            "external_id": external_id,
            "error": pack(" ".join(words.split())),
            "error_code": ReadingError.code,
        }


def document_of(row: Mapping[str, Any], settings: Settings) -> Document:
    """The document of a row, as ``dateline add`` takes it in from JSON Lines or a page."""
    from dateline.sources.document import to_document
    from dateline.sources.raw import RawInput

    where = _words(row.get("external_id")) or _words(row.get("url")) or "a row without an id"
    page = row.get("html")
    if isinstance(page, (str, bytes)) and page.strip():
        raw = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
        return _with_given(to_document(RawInput(path=where, raw=raw, media="html"), settings), row)
    text = row.get("text")
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str) or not text.strip():
        raise EmptyDocumentError("has neither text nor html", where=where)
    record: dict[str, Any] = {"id": row.get("external_id"), "text": text}
    for name in ("url", "title", "publisher", "language"):
        record[name] = row.get(name)
    record["published_at"] = _day(row.get("published_at"))
    line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    return to_document(RawInput(path=where, raw=line, media="jsonl"), settings)


def _with_given(document: Document, row: Mapping[str, Any]) -> Document:
    """A page's document with what the table knows better than the page."""
    given: dict[str, Any] = {
        name: words
        for name in ("url", "title", "publisher", "language", "external_id")
        if (words := _words(row.get(name)))
    }
    day = _day(row.get("published_at"))
    if day:
        from dateline.sources.calendar_dates import parse_date

        published = parse_date(day)
        if published:
            given |= {"published_at": published, "published_how": "stated"}
    return msgspec.structs.replace(document, **given) if given else document


def _day(value: object) -> str | None:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return _words(value)


def _words(value: object) -> str | None:
    if value is None or isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return pack(str(value).strip()) or None


def _told(reading: Reading, external_id: str | None) -> dict[str, Any]:
    document = reading.document
    row: dict[str, Any] = {
        "document_id": document.id,
        "external_id": external_id,
        "published_at": document.published_at,
        "published_how": document.published_how,
        "claims": [_claim(claim) for claim in reading.claims],
        "incidents": [
            _incident(incident, mention.id)
            for incident, mention in zip(reading.incidents, reading.mentions, strict=True)
        ],
        "warnings": [pack(warning) for warning in reading.warnings],
        "contract": pack(encode(read_line(reading)).decode()),
        "reading": keep(reading),
    }
    for name in ("url", "title", "publisher", "reposted_from", "language", "text"):
        value = getattr(document, name)
        row[name] = None if value is None else pack(value)
    return row


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "kind": claim.kind,
        "start": claim.span.start,
        "end": claim.span.end,
        "value": pack(json.dumps(msgspec.to_builtins(claim.value), ensure_ascii=False)),
        "modality": claim.modality,
        "chains": [[pack(name) for name in chain] for chain in claim.chains],
        "incident": claim.incident,
        "rule": claim.rule,
        "score": claim.score,
    }


def _incident(incident: Incident, mention: str) -> dict[str, Any]:
    return {"mention": mention, **flat(incident)}


def flat(incident: Incident) -> dict[str, Any]:
    """The columns that incidents of one report and of many have in common."""
    date, place = incident.date, incident.place
    row: dict[str, Any] = {
        "type": incident.type,
        "background": incident.background,
        "date_start": date.start if date else None,
        "date_end": date.end if date else None,
        "date_precision": date.precision if date else None,
        "place": pack(place.name) if place else None,
        "place_kind": place.kind if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "country": place.country if place else None,
        "admin1": pack(place.admin1) if place and place.admin1 else None,
    }
    for effect in ("killed", "injured"):
        toll = incident.tolls.get(effect)
        for bound in ("low", "best", "high"):
            row[f"{effect}_{bound}"] = getattr(toll, bound) if toll else None
    return row
