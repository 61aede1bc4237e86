"""An Atom feed (RFC 4287) of the incidents that came or changed last."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from dateline.desk.incident_list import match, url
from dateline.desk.rows import incident_row
from dateline.desk.views_list import FilterView
from dateline.export.plain import clean
from dateline.ledger.changes import Change, latest_changes, recent_changes

if TYPE_CHECKING:
    from dateline.desk.desk import Desk

MOST_ENTRIES = 100
_LOOKED_AT = 5_000  # latest changes looked through for those under the filter

_NAMESPACE = "http://www.w3.org/2005/Atom"
# Names of entries must be the same for ever and differ between ledgers.
_SPACE = uuid.UUID("6f1c7d5e-3a0b-4c52-9d6e-0d4a7f2b9c11")


def feed(desk: Desk, wanted: FilterView, base: str) -> bytes:
    """The feed of a filter; ``base`` is the address of the desk, without a slash at the end."""
    changes = _latest(desk, wanted)
    here = url(wanted, "/feed.atom")
    page = url(wanted)
    root = Element("feed", xmlns=_NAMESPACE)
    ledger = clean(desk.ledger.address)
    _text(root, "id", uuid.uuid5(_SPACE, f"{ledger} {here}").urn)
    _text(root, "title", "Dateline: new and changed incidents")
    latest = changes[0].at if changes else dt.datetime.fromtimestamp(0, dt.UTC)
    _text(root, "updated", _stamp(latest))
    SubElement(root, "link", rel="self", href=base + here)
    SubElement(root, "link", rel="alternate", href=base + page)
    author = SubElement(root, "author")
    _text(author, "name", "Dateline")
    incidents = {i.id: i for i in desk.search.incidents([c.incident_id for c in changes])}
    for change in changes:
        incident = incidents.get(change.incident_id)
        if incident is None:
            continue
        row = incident_row(incident)
        entry = SubElement(root, "entry")
        _text(entry, "id", uuid.uuid5(_SPACE, f"{ledger} {incident.id}").urn)
        _text(entry, "title", f"{row.date_words}: {row.type_words}, {row.place_words}")
        _text(entry, "updated", _stamp(change.at))
        SubElement(entry, "link", rel="alternate", href=base + row.url)
        SubElement(entry, "category", term=change.kind)
        tolls = "; ".join(f"{toll.effect}: {toll.words}" for toll in row.tolls)
        told = f"{tolls or 'no figures'}. Grade: {row.grade} ({row.grade_reason})."
        _text(entry, "summary", f"{told} {row.independent} independent source(s).")
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _latest(desk: Desk, wanted: FilterView) -> list[Change]:
    matching = set(match(desk, wanted).ids("newest", 0, None))
    recent: list[str] = []
    for change in recent_changes(desk.ledger, _LOOKED_AT):
        if change.incident_id in matching:
            recent.append(change.incident_id)
            matching.discard(change.incident_id)
            if len(recent) == MOST_ENTRIES:
                break
    return latest_changes(desk.ledger, recent, MOST_ENTRIES)


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: Element, name: str, words: str) -> None:
    # XML 1.0 has no control characters but these three, and clean() leaves no others.
    SubElement(parent, name).text = clean(words)
