"""What the ledger gives out beside the nouns of the model."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from dateline.model import Claim, PublishedHow


class IncidentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents; every field left alone lets all pass.

    The one filter of the commands, the exports and the desk, whose query strings have
    these names. ``since`` and ``until`` are inclusive: an incident passes if any day of
    its date range lies between them, an undated one only if neither is set. ``place`` is
    looked for, without case and accents, within the names of place, site and first-level
    region; ``country`` is an ISO 3166 alpha-2 code. ``q`` are words in reports and claims
    (see fulltext.parse); with ``effect`` any claim speaks of that effect, with ``min`` the
    best figure is at least that (of the killed without ``effect``); ``source``: somebody of
    this name is cited, or of a name with these words in it; ``disputed``: something is
    disputed; ``review``: somebody should look; ``background``: "only" or "none" of the
    earlier incidents told in passing.
    """

    q: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    place: str = ""
    country: str = ""
    type: str = ""
    grade: str = ""
    effect: str = ""
    min: int | None = None
    source: str = ""
    disputed: bool = False
    review: bool = False
    background: Literal["", "only", "none"] = ""


class DocumentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A document without its text; ``withdrawn`` is the reason where it was taken down."""

    id: str
    external_id: str | None
    path: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published_at: dt.date | None
    published_how: PublishedHow
    reposted_from: str | None
    language: str | None
    claims: int
    mentions: int
    withdrawn: str | None = None


class StoredClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with the document and the mention it was read in."""

    document_id: str
    mention_id: str | None
    claim: Claim


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about some documents, claims, mentions or incidents.

    ``body`` holds what the kind needs beyond its subjects, such as a corrected value.
    """

    id: int
    kind: str
    subjects: tuple[str, ...]
    author: str
    at: dt.datetime
    note: str = ""
    body: dict[str, object] | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One pass of reading: by which reader, when, and what came of it.

    ``finished_at`` is None where the process did not live to say so.
    """

    id: int
    reader: str
    started_at: dt.datetime
    finished_at: dt.datetime | None
    added: int
    known: int
    failed: int


class OpenRun(msgspec.Struct, kw_only=True):
    """A pass under way; ``Ledger.add`` counts into it, the caller counts failures."""

    id: int
    added: int = 0
    known: int = 0
    failed: int = 0


class CandidateRow(msgspec.Struct, frozen=True, kw_only=True):
    """What linking compares of one mention, and the keys it is found under.

    ``body`` is the linking room's own JSON; the ledger does not look into it.
    """

    mention_id: str
    document_id: str
    version: int
    body: str
    keys: tuple[int, ...]
