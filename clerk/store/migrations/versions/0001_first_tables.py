"""The first tables, with the triggers that keep the journal of events and frozen revisions as they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    *("setting", "counter", "draft_edit", "draft", "event_head", "event"),
    *("issued_paper", "application_person", "application", "case_file"),
    *("answer_index", "search_key", "person", "household_revision", "household"),
)

_TRIGGERS = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END",
    "CREATE TRIGGER event_head_only_onward BEFORE UPDATE ON event_head WHEN NEW.number <> OLD.number + 1 "
    "BEGIN SELECT RAISE(ABORT, 'the head only moves on by one'); END",
    "CREATE TRIGGER event_head_no_delete BEFORE DELETE ON event_head "
    "BEGIN SELECT RAISE(ABORT, 'the head is never removed'); END",
    "CREATE TRIGGER revision_frozen_no_update BEFORE UPDATE ON household_revision WHEN OLD.frozen "
    "BEGIN SELECT RAISE(ABORT, 'an application refers to this revision'); END",
    "CREATE TRIGGER revision_frozen_no_delete BEFORE DELETE ON household_revision WHEN OLD.frozen "
    "BEGIN SELECT RAISE(ABORT, 'an application refers to this revision'); END",
)


def upgrade() -> None:
    _household()
    _household_revision()
    _person()
    _search_key()
    _answer_index()
    _case_file()
    _application()
    _application_person()
    _issued_paper()
    _event()
    _event_head()
    _draft()
    _draft_edit()
    _counter()
    _setting()
    for trigger in _TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for trigger in _TRIGGERS:
        op.execute("DROP TRIGGER " + trigger.split()[2])
    for table in _TABLES:
        op.drop_table(table)


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("changed", sa.String(length=40), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )


def _household_revision() -> None:
    op.create_table(
        "household_revision",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("kept", sa.String(length=40), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household"], ["household.id"], name=op.f("fk_household_revision_household"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household", "revision", name=op.f("pk_household_revision")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id_no", sa.String(length=64), nullable=False),
        sa.Column("id_rev", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.Column("phone_rev", sa.String(length=64), nullable=False),
        sa.Column("py", sa.String(length=400), nullable=False),
        sa.Column("pi", sa.String(length=200), nullable=False),
        sa.Column("birth", sa.String(length=10), nullable=False),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("village", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["household"], ["household.id"], name=op.f("fk_person_household"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_household_row"), "person", ["household", "row"], unique=True)
    op.create_index(op.f("ix_person_id_no"), "person", ["id_no"])
    op.create_index(op.f("ix_person_id_rev"), "person", ["id_rev"])
    op.create_index(op.f("ix_person_name"), "person", ["name"])
    op.create_index(op.f("ix_person_phone"), "person", ["phone"])
    op.create_index(op.f("ix_person_phone_rev"), "person", ["phone_rev"])
    op.create_index(op.f("ix_person_pi"), "person", ["pi"])
    op.create_index(op.f("ix_person_py"), "person", ["py"])
    op.create_index(op.f("ix_person_village"), "person", ["village"])


def _search_key() -> None:
    op.create_table(
        "search_key",
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_search_key_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "key", "person", name=op.f("pk_search_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_key_person"), "search_key", ["person"])


def _answer_index() -> None:
    op.create_table(
        "answer_index",
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Numeric(asdecimal=False), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household"], ["household.id"], name=op.f("fk_answer_index_household"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household", "field", "row", "place", name=op.f("pk_answer_index")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_answer_index_field_number"), "answer_index", ["field", "number"])
    op.create_index(op.f("ix_answer_index_field_text"), "answer_index", ["field", "text"])


def _case_file() -> None:
    op.create_table(
        "case_file",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.String(length=10), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household", "revision"],
            ["household_revision.household", "household_revision.revision"],
            name=op.f("fk_case_file_household_revision"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_file")),
    )
    op.create_index(op.f("ix_case_file_accepted"), "case_file", ["accepted"])
    op.create_index(op.f("ix_case_file_household_revision"), "case_file", ["household", "revision"])


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("case_file", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("accepted", sa.String(length=10), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_file"], ["case_file.number"], name=op.f("fk_application_case_file")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_case_file"), "application", ["case_file"])
    op.create_index(
        op.f("ix_application_programme_status_accepted"), "application", ["programme", "status", "accepted"]
    )


def _application_person() -> None:
    op.create_table(
        "application_person",
        sa.Column("application", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("household", sa.String(length=36), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["application.number"], name=op.f("fk_application_person_application"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("application", "place", name=op.f("pk_application_person")),
    )
    op.create_index(op.f("ix_application_person_household_row"), "application_person", ["household", "row"])


def _issued_paper() -> None:
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


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_subject"), "event", ["subject"])


def _event_head() -> None:
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_event_head_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("started", sa.String(length=40), nullable=False),
        sa.Column("discarded", sa.String(length=40), nullable=True),
        sa.Column("case_file", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )


def _draft_edit() -> None:
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.Column("table", sa.String(length=100), nullable=False),
        sa.Column("row", sa.String(length=64), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["draft.id"], name=op.f("fk_draft_edit_draft"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
    )
    op.create_index(op.f("ix_draft_edit_draft"), "draft_edit", ["draft"])


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_counter")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
