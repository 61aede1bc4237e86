"""Scored pairs of mentions, and which mentions wait to be linked.

A ledger without the pairs is linked anew, so all of its mentions wait.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "edges",
        sa.Column(
            "a",
            sa.Integer,
            sa.ForeignKey("candidates.number"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column(
            "b",
            sa.Integer,
            sa.ForeignKey("candidates.number"),
            primary_key=True,
            autoincrement=False,
            index=True,
        ),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("joined", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unlinked",
        sa.Column("mention_id", words, sa.ForeignKey("mentions.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM candidate_keys")
    op.execute("DELETE FROM candidates")
    op.execute("INSERT INTO unlinked (mention_id) SELECT id FROM mentions")
