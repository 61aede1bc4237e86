"""GeoParquet 1.1: the columns of csv with a point in WKB (geoparquet.org/releases/v1.1.0).

Needs pyarrow, which ``pip install dateline[parquet]`` brings.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from dateline.errors import SettingsError
from dateline.export.plain import clean
from dateline.export.plain_rows import COLUMNS, row
from dateline.export.record import Record

if TYPE_CHECKING:
    import pyarrow

_GROUP = 5000  # rows in one row group; what is held in memory at a time
_LARGEST = 2**63 - 1

_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


class _Sink:
    """A file that only grows, from which what was written is taken away."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._at = 0

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        piece = bytes(data)
        self._written.append(piece)
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        return

    def close(self) -> None:
        return

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        piece, self._written = b"".join(self._written), []
        return piece


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """One row group after the other. Raises SettingsError without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise SettingsError(
            "needs pyarrow", where="--format parquet", hint="pip install 'dateline[parquet]'"
        ) from None
    schema = _schema(pa)
    sink = _Sink()
    writer = parquet.ParquetWriter(sink, schema, compression="zstd")
    rest = iter(records)
    while some := list(islice(rest, _GROUP)):
        rows = [_row(record) for record in some]
        columns = [pa.array([r[field.name] for r in rows], type=field.type) for field in schema]
        writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        yield sink.taken()
    writer.close()
    yield sink.taken()


def _schema(pa: Any) -> pyarrow.Schema:  # noqa: ANN401 - the module
    kinds = {
        "string": pa.string(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "int": pa.int64(),
        "float": pa.float64(),
    }
    fields = [pa.field(name, kinds[kind]) for name, _, kind in COLUMNS]
    fields.append(pa.field("geometry", pa.binary()))
    return pa.schema(fields, metadata={b"geo": json.dumps(_GEO).encode()})


def _row(record: Record) -> dict[str, Any]:
    flat = row(record)
    for name, _, kind in COLUMNS:
        value = flat[name]
        if kind == "string" and value is not None:
            flat[name] = clean(value)
        elif kind == "int" and value is not None:
            flat[name] = min(value, _LARGEST)
    lat, lon = flat["latitude"], flat["longitude"]
    # Little-endian WKB of a point: order, type 1, x, y.
    flat["geometry"] = None if lat is None or lon is None else struct.pack("<BIdd", 1, 1, lon, lat)
    return flat
