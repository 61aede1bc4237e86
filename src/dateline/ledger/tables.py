"""The tables as the newest migration leaves them.

``migrations/`` makes them; a test compares both, so neither can drift. What is
searched has a column of its own; the whole value stands as JSON in ``body`` or beside
it. Only ``runs`` and ``judgements`` hold wall-clock times.
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
