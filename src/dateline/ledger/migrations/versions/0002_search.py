"""Listing, changes, full-text search and pairs for review.

The new tables hold what can be made from the others; opening.py fills them.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    number: sa.Double[float] = sa.Double()
    op.create_table(
        "listing",
        sa.Column("incident_id", words, sa.ForeignKey("incidents.id"), primary_key=True),
        sa.Column("hash", words, nullable=False),
        sa.Column("type", words, nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("background", sa.Boolean, nullable=False),
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        sa.Column("place", words),
        sa.Column("place_key", words),
        sa.Column("where_prec", sa.Integer),
        sa.Column("country", words),
        sa.Column("lat", number),
        sa.Column("lon", number),
        sa.Column("independent", sa.Integer, nullable=False),
        sa.Column("disputed", sa.Text, nullable=False),
        sa.Column("doubtful", sa.Integer, nullable=False),
        sa.Column("tolls", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("reports", sa.Text, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("incident_id", words, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "searchable",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("document_id", words, sa.ForeignKey("documents.id"), nullable=False, unique=True),
        sa.Column("words", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "review_pairs",
        sa.Column("a", words, sa.ForeignKey("mentions.id"), primary_key=True),
        sa.Column("b", words, sa.ForeignKey("mentions.id"), primary_key=True, index=True),
        sa.Column("weight", number, nullable=False),
    )
    op.create_table(
        "review_state",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_index("ix_claims_kind_score", "claims", ["kind", "score"])
    if op.get_bind().dialect.name == "sqlite":
        # Contentless: the words are in ``searchable``, the index only points there. The
        # words come cut and folded by us, so the tokenizer has nothing left to decide.
        op.execute(
            "CREATE VIRTUAL TABLE searchable_words USING "
            "fts5(words, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE searchable_words "
        "(number INTEGER PRIMARY KEY REFERENCES searchable (number), words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX searchable_words_found ON searchable_words USING gin (words)")
