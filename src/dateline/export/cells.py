"""Rows as CSV, a few at a time: safe to open in a spreadsheet, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dateline.export.plain import clean

# What a spreadsheet would run as a formula (OWASP, *CSV Injection*), full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_AT_ONCE = 200


def csv_bytes(heads: Sequence[Sequence[str]], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """RFC 4180, in UTF-8; an empty cell means unknown, never zero."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(heads)
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(value) for value in row])
        if number % _AT_ONCE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def cell(value: object) -> object:
    """A value as a cell: text on one line and led by an apostrophe where it is a formula."""
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, str):
        return value
    text = clean(" ".join(value.split()))
    return f"'{text}" if text.startswith(_FORMULA) or value.startswith(_FORMULA) else text
