"""Sheets of others taken in: each batch, what it changed (for taking it back), and registers beside people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("incoming", sa.String(length=100), nullable=False),
        sa.Column("file", sa.String(length=400), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("undone", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "import_change",
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch"], ["import_batch.id"], name=op.f("fk_import_change_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch", "kind", "subject", name=op.f("pk_import_change")),
        sqlite_with_rowid=False,
    )
    _registers()


def _registers() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("register", sa.String(length=100), nullable=False),
        sa.Column("incoming", sa.String(length=100), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id_no", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["import_batch.id"], name=op.f("fk_register_entry_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    op.create_index(op.f("ix_register_entry_batch"), "register_entry", ["batch"])
    op.create_index(op.f("ix_register_entry_register_day"), "register_entry", ["register", "day"])
    op.create_index(op.f("ix_register_entry_household"), "register_entry", ["household"])


def downgrade() -> None:
    op.drop_table("register_entry")
    op.drop_table("import_change")
    op.drop_table("import_batch")
