"""Books as they were closed: the period, who closed it when, and what it held, with its fingerprint; never changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TRIGGERS = tuple(
    f"CREATE TRIGGER closed_book_no_{change.lower()} BEFORE {change} ON closed_book "
    f"BEGIN SELECT RAISE(ABORT, 'a closed book stays as it was'); END"
    for change in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    op.create_table(
        "closed_book",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("closed", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_closed_book")),
    )
    op.create_index(op.f("ix_closed_book_kind_since"), "closed_book", ["kind", "since"], unique=True)
    for trigger in _TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for trigger in _TRIGGERS:
        op.execute("DROP TRIGGER " + trigger.split()[2])
    op.drop_table("closed_book")
