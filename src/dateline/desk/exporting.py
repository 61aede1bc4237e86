"""The present filter in the formats of other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response, StreamingResponse

from dateline.desk.failures import Refusal
from dateline.desk.views import FormatLink
from dateline.desk.views_list import FilterView
from dateline.ledger.store import Ledger
from dateline.model import Incident

if TYPE_CHECKING:
    from dateline.desk.desk import Desk
    from dateline.export.formats import Writer

_AT_ONCE = 500  # incidents fetched together


class Format(NamedTuple):
    """A format: its name in links, in words, as a file, and how it is written."""

    name: str
    label: str
    media_type: str
    suffix: str
    write: Callable[[Ledger, Iterable[Incident]], Iterable[bytes]]


_LABELS = {
    "csv": "CSV",
    "jsonl": "JSON Lines",
    "geojson": "GeoJSON",
    "ucdp-ged": "UCDP GED",
    "acled": "ACLED",
    "hxl": "HXL",
    "ftm": "FollowTheMoney",
    "parquet": "GeoParquet",
}


def formats() -> dict[str, Format]:
    """Every format on offer, by name; names of private people are withheld as in all exports."""
    from dateline.export.formats import FORMATS

    return {
        name: Format(
            name=name,
            label=label,
            media_type=FORMATS[name].media_type,
            suffix=FORMATS[name].suffix.removeprefix("."),
            write=_writer(FORMATS[name].write),
        )
        for name, label in _LABELS.items()
    }


def _writer(write: Writer) -> Callable[[Ledger, Iterable[Incident]], Iterable[bytes]]:
    from dateline.exporting import records

    return lambda ledger, incidents: write(records(ledger, incidents))


def format_links(query: str) -> tuple[FormatLink, ...]:
    """The links to export what a query string asks for."""
    end = f"?{query}" if query else ""
    return tuple(
        FormatLink(name=format.name, label=format.label, url=f"/export/{format.name}{end}")
        for format in formats().values()
    )


def export(desk: Desk, name: str, wanted: FilterView, ids: list[str]) -> Response:
    """A file with the incidents of the filter, or with those of some ids."""
    from dateline.desk.incident_list import match

    format = formats().get(name)
    if format is None:
        raise Refusal(404, f"There is no format of that name; there are {', '.join(formats())}.")
    if ids:
        chosen = [desk.ledger.incident(id[:200]).id for id in ids[:500]]
    else:
        chosen = match(desk, wanted).ids(wanted.sort, 0, None)

    def some() -> Iterator[Incident]:
        for start in range(0, len(chosen), _AT_ONCE):
            yield from desk.search.incidents(chosen[start : start + _AT_ONCE])

    pieces = iter(format.write(desk.ledger, some()))
    # The first piece is made here, so that an error is answered as one.
    first = next(pieces, b"")

    def stream() -> Iterator[bytes]:
        yield first
        yield from pieces

    headers = {"content-disposition": f'attachment; filename="incidents.{format.suffix}"'}
    return StreamingResponse(stream(), media_type=format.media_type, headers=headers)
