"""The tables as the newest migration leaves them.

``migrations/`` makes them; a test compares both, so neither can drift. What is
searched has a column of its own; the whole value stands as JSON in ``body`` or beside
it. Only ``runs``, ``judgements`` and ``changes`` hold wall-clock times.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from dateline.ledger.codec import PackedText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reader", PackedText, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("added", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

# A withdrawn document keeps its id, its external id and the reason; the rest is erased.
documents = Table(
    "documents",
    metadata,
    Column("id", PackedText, primary_key=True),
    Column("external_id", PackedText, index=True),
    Column("path", PackedText),
    Column("url", PackedText),
    Column("title", PackedText),
    Column("publisher", PackedText),
    Column("published_at", Date, index=True),
    Column("published_how", Text, nullable=False),
    Column("reposted_from", PackedText),
    Column("language", PackedText),
    Column("furniture", Text),
    Column("warnings", Text),
    Column("withdrawn", PackedText),
)

# Text and bytes stand apart, so that listing documents does not read through them.
texts = Table(
    "texts",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("text", PackedText, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("run_id", ForeignKey("runs.id")),
    Column("attributions", Text, nullable=False),
    Column("times", Text, nullable=False),
    Column("places", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", PackedText, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", PackedText, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("type", PackedText, nullable=False),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("country", PackedText),
    Column("body", Text, nullable=False),
    Index(None, "date_start", "country"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", PackedText, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("mention_id", ForeignKey("mentions.id"), index=True),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("chains", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("incident", Integer),
    Column("rule", PackedText, nullable=False),
    Column("score", Double),
    Index(None, "document_id", "position"),
    Index(None, "kind", "score"),
)

statistics = Table(
    "statistics",
    metadata,
    Column("claim_id", ForeignKey("claims.id"), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("what", PackedText, nullable=False),
    Column("min", BigInteger),
    Column("max", BigInteger),
    Column("exact", Boolean, nullable=False),
    Column("qualifier", PackedText),
    Column("ratio", Double),
    Column("period", PackedText),
    Column("area", PackedText),
    Column("effect", Text),
)

# A projection of claims, links and judgements: it may be thrown away and made anew.
# ``lat``/``lon`` are set only for places that are points (a town, a site), since the
# middle of a region says nothing of what is near.
incidents = Table(
    "incidents",
    metadata,
    Column("id", PackedText, primary_key=True),
    Column("type", PackedText, nullable=False),
    Column("grade", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("place_key", PackedText),
    Column("country", PackedText),
    Column("admin1_key", PackedText),
    Column("lat", Double),
    Column("lon", Double),
    Column("killed_best", BigInteger),
    Column("body", Text, nullable=False),
    Index(None, "date_start", "id"),
    Index(None, "country", "admin1_key"),
    Index(None, "lat", "lon"),
    Index(None, "killed_best"),
)

incident_mentions = Table(
    "incident_mentions",
    metadata,
    Column("mention_id", ForeignKey("mentions.id"), primary_key=True),
    Column("incident_id", ForeignKey("incidents.id"), nullable=False, index=True),
)

# Every incident id ever given out, with a mention it can be found again by: after a
# merge or a split the id leads to the incident that mention is in now. NULL where the
# last mention was withdrawn.
incident_ids = Table(
    "incident_ids",
    metadata,
    Column("id", PackedText, primary_key=True),
    Column("mention_id", ForeignKey("mentions.id"), index=True),
)

# What linking compares of each mention, made when it is first linked; a mention without
# one is not linked yet. Hashes of words, so no text can be read back from it.
candidates = Table(
    "candidates",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("mention_id", ForeignKey("mentions.id"), nullable=False, unique=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# Under which keys a candidate is found; two mentions are compared where they share one.
candidate_keys = Table(
    "candidate_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", ForeignKey("candidates.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# The pairs that linking found may be one incident, ``a`` with the smaller mention id,
# their match weight in millionths, and whether groups of mentions became one at them.
edges = Table(
    "edges",
    metadata,
    Column("a", ForeignKey("candidates.number"), primary_key=True, autoincrement=False),
    Column("b", ForeignKey("candidates.number"), primary_key=True, autoincrement=False, index=True),
    Column("weight", Integer, nullable=False),
    Column("joined", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

# The mentions that have no candidate yet, so that a ledger need not be gone through for
# them.
unlinked = Table(
    "unlinked",
    metadata,
    Column("mention_id", ForeignKey("mentions.id"), primary_key=True),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", PackedText, nullable=False, index=True),
    Column("subjects", Text, nullable=False),
    Column("author", PackedText, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", PackedText, nullable=False),
    Column("body", Text),
)

# What lists, maps and charts ask of each incident, narrow enough to be read whole; kept
# in step by whatever writes incidents. ``tolls`` is {effect: [low, best, high]},
# ``sources`` [[name, flags, claims, reports]] (see listing.py), ``reports`` the numbers
# of its documents in ``searchable``.
listing = Table(
    "listing",
    metadata,
    Column("incident_id", ForeignKey("incidents.id"), primary_key=True),
    Column("hash", PackedText, nullable=False),
    Column("type", PackedText, nullable=False),
    Column("grade", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("place", PackedText),
    Column("place_key", PackedText),
    Column("where_prec", Integer),
    Column("country", PackedText),
    Column("lat", Double),
    Column("lon", Double),
    Column("independent", Integer, nullable=False),
    Column("disputed", Text, nullable=False),
    Column("doubtful", Integer, nullable=False),
    Column("tolls", Text, nullable=False),
    Column("sources", Text, nullable=False),
    Column("reports", Text, nullable=False),
)

# Which incidents came, changed and went, in the order that happened: for feeds, and for
# whoever keeps something beside the ledger in step with it.
changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("incident_id", PackedText, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# The documents as full-text search knows them. ``words`` are the very words that were
# put into the index, compressed: SQLite must be given them again to take them out.
searchable = Table(
    "searchable",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, unique=True),
    Column("words", LargeBinary),
    sqlite_autoincrement=True,
)

# Pairs of mentions a person may want to look at, with their match weight: near misses,
# and weak links within an incident. Made by reviewing.py, which notes in ``review_state``
# up to which change it has looked; linking notes there with which weights it compared.
review_pairs = Table(
    "review_pairs",
    metadata,
    Column("a", ForeignKey("mentions.id"), primary_key=True),
    Column("b", ForeignKey("mentions.id"), primary_key=True, index=True),
    Column("weight", Double, nullable=False),
)

review_state = Table(
    "review_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Integer, nullable=False),
)

FULL_TEXT = "searchable_words"
"""The full-text index: an FTS5 table on SQLite, a table of tsvectors on PostgreSQL."""
