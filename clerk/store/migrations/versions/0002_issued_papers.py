"""Papers as they were handed out: the bytes in a table of their own, number, person, printer and fingerprint beside.

The first `issued_paper` was never written by any release (it had no bytes to point at), so it is made anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'what was handed out stays as it was'); END"
    for table in ("issued_document", "issued_paper")
    for change in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    op.drop_table("issued_paper")
    op.create_table(
        "issued_document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_issued_document")),
    )
    op.create_table("issued_paper", *_columns(), *_constraints())
    op.create_index(op.f("ix_issued_paper_case_file"), "issued_paper", ["case_file"])
    op.create_index(op.f("ix_issued_paper_series_serial"), "issued_paper", ["series", "serial"], unique=True)
    for trigger in _TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for trigger in _TRIGGERS:
        op.execute("DROP TRIGGER " + trigger.split()[2])
    op.drop_table("issued_paper")
    op.drop_table("issued_document")
    _first_table()


def _columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_file", sa.String(length=64), nullable=False),
        sa.Column("application", sa.String(length=64), nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("whom", sa.String(length=400), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("issued", sa.String(length=40), nullable=False),
    )


def _constraints() -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["case_file"], ["case_file.number"], name=op.f("fk_issued_paper_case_file")),
        sa.ForeignKeyConstraint(["digest"], ["issued_document.digest"], name=op.f("fk_issued_paper_digest")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_paper")),
    )


def _first_table() -> None:
    op.create_table(
        "issued_paper",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_file", sa.String(length=64), nullable=False),
        sa.Column("application", sa.String(length=64), nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("issued", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_file"], ["case_file.number"], name=op.f("fk_issued_paper_case_file")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_paper")),
    )
    op.create_index(op.f("ix_issued_paper_case_file"), "issued_paper", ["case_file"])
