"""The first tables.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number: sa.Double[float] = sa.Double()

    def document(*, key: bool = False, index: bool = False) -> sa.Column[str]:
        known = sa.ForeignKey("documents.id")
        return sa.Column("document_id", words, known, primary_key=key, index=index, nullable=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reader", words, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("finished_at", sa.Text),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", words, primary_key=True),
        sa.Column("external_id", words, index=True),
        sa.Column("path", words),
        sa.Column("url", words),
        sa.Column("title", words),
        sa.Column("publisher", words),
        sa.Column("published_at", sa.Date, index=True),
        sa.Column("published_how", sa.Text, nullable=False),
        sa.Column("reposted_from", words),
        sa.Column("language", words),
        sa.Column("furniture", sa.Text),
        sa.Column("warnings", sa.Text),
        sa.Column("withdrawn", words),
    )
    op.create_table(
        "texts",
        document(key=True),
        sa.Column("text", words, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "readings",
        document(key=True),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id")),
        sa.Column("attributions", sa.Text, nullable=False),
        sa.Column("times", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("mentions", sa.Integer, nullable=False),
    )
    op.create_table(
        "sources",
        document(key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", words, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "mentions",
        sa.Column("id", words, primary_key=True),
        document(index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("type", words, nullable=False),
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        sa.Column("country", words),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index(None, "mentions", ["date_start", "country"])
    op.create_table(
        "claims",
        sa.Column("id", words, primary_key=True),
        document(),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("mention_id", words, sa.ForeignKey("mentions.id"), index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("chains", sa.Text, nullable=False),
        sa.Column("modality", sa.Text, nullable=False),
        sa.Column("incident", sa.Integer),
        sa.Column("rule", words, nullable=False),
        sa.Column("score", number),
    )
    op.create_index(None, "claims", ["document_id", "position"])
    op.create_table(
        "statistics",
        sa.Column("claim_id", words, sa.ForeignKey("claims.id"), primary_key=True),
        document(index=True),
        sa.Column("what", words, nullable=False),
        sa.Column("min", sa.BigInteger),
        sa.Column("max", sa.BigInteger),
        sa.Column("exact", sa.Boolean, nullable=False),
        sa.Column("qualifier", words),
        sa.Column("ratio", number),
        sa.Column("period", words),
        sa.Column("area", words),
        sa.Column("effect", sa.Text),
    )
    op.create_table(
        "incidents",
        sa.Column("id", words, primary_key=True),
        sa.Column("type", words, nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        sa.Column("place_key", words),
        sa.Column("country", words),
        sa.Column("admin1_key", words),
        sa.Column("lat", number),
        sa.Column("lon", number),
        sa.Column("killed_best", sa.BigInteger),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index(None, "incidents", ["date_start", "id"])
    op.create_index(None, "incidents", ["country", "admin1_key"])
    op.create_index(None, "incidents", ["lat", "lon"])
    op.create_index(None, "incidents", ["killed_best"])
    op.create_table(
        "incident_mentions",
        sa.Column("mention_id", words, sa.ForeignKey("mentions.id"), primary_key=True),
        sa.Column("incident_id", words, sa.ForeignKey("incidents.id"), nullable=False, index=True),
    )
    op.create_table(
        "incident_ids",
        sa.Column("id", words, primary_key=True),
        sa.Column("mention_id", words, sa.ForeignKey("mentions.id"), index=True),
    )
    op.create_table(
        "candidates",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("mention_id", words, sa.ForeignKey("mentions.id"), nullable=False, unique=True),
        document(index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "candidate_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column(
            "number", sa.Integer, sa.ForeignKey("candidates.number"), primary_key=True, index=True
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", words, nullable=False, index=True),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("author", words, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("note", words, nullable=False),
        sa.Column("body", sa.Text),
    )
    _guard("judgements", "UPDATE", "judgements are append-only")
    _guard("judgements", "DELETE", "judgements are append-only")
    _guard("claims", "UPDATE", "claims are never edited")


def _guard(table: str, deed: str, refusal: str) -> None:
    """A trigger, so that no program that opens the database can do it by accident."""
    name = f"{table}_no_{deed.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    truncate = " OR TRUNCATE" if deed == "DELETE" else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {deed}{truncate} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
