"""Every format incidents are exported in, by the name ``dateline export --format`` takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dateline.export import acled, ftm, geoparquet, plain_rows, ucdp
from dateline.export.record import Record

Writer = Callable[[Iterable[Record]], Iterator[bytes]]
"""From a stream of records to the bytes of a file, in pieces; it holds few at a time."""


class Format(NamedTuple):
    """A format: how it is written, how its files are called and served, and for whom."""

    write: Writer
    suffix: str
    media_type: str
    words: str


FORMATS: dict[str, Format] = {
    "ucdp-ged": Format(ucdp.write, ".csv", "text/csv; charset=utf-8", "columns of UCDP GED 25.1"),
    "acled": Format(acled.write, ".csv", "text/csv; charset=utf-8", "columns as ACLED's"),
    "geojson": Format(plain_rows.write_geojson, ".geojson", "application/geo+json", "for maps"),
    "ftm": Format(
        ftm.write, ".ftm.jsonl", "application/x-ndjson", "FollowTheMoney entities, for Aleph"
    ),
    "hxl": Format(
        plain_rows.write_hxl, ".csv", "text/csv; charset=utf-8", "CSV with HXL hashtags, for HDX"
    ),
    "parquet": Format(
        geoparquet.write, ".parquet", "application/vnd.apache.parquet", "GeoParquet 1.1"
    ),
    "csv": Format(plain_rows.write_csv, ".csv", "text/csv; charset=utf-8", "one line an incident"),
    "jsonl": Format(
        plain_rows.write_jsonl, ".jsonl", "application/x-ndjson", "everything, for programs"
    ),
}
