"""The tables of a store. Stable facts are columns; every answer of the form is in one document per household revision.

`person`, `search_key`, `answer_index` and `household.packed` can be rebuilt from the documents at any time; they are
written in the same transaction. Days are ISO text, moments ISO text with their offset: the same order on every engine.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

household = Table(
    "household",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("row_version", Integer, nullable=False),
    Column("changed", String(40), nullable=False),
    Column("packed", LargeBinary),
)

household_revision = Table(
    "household_revision",
    metadata,
    Column("household", ForeignKey("household.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("kept", String(40), nullable=False),
    Column("frozen", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("household", ForeignKey("household.id", ondelete="CASCADE"), nullable=False),
    Column("row", String(64), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("name", String(200), nullable=False),
    Column("id_no", String(64), nullable=False),
    Column("id_rev", String(64), nullable=False),
    Column("phone", String(64), nullable=False),
    Column("phone_rev", String(64), nullable=False),
    Column("py", String(400), nullable=False),
    Column("pi", String(200), nullable=False),
    Column("birth", String(10), nullable=False),
    Column("sex", String(8), nullable=False),
    Column("village", String(200), nullable=False),
    Index(None, "household", "row", unique=True),
    Index(None, "name"),
    Index(None, "id_no"),
    Index(None, "id_rev"),
    Index(None, "phone"),
    Index(None, "phone_rev"),
    Index(None, "py"),
    Index(None, "pi"),
    Index(None, "village"),
)

search_key = Table(
    "search_key",
    metadata,
    Column("kind", String(1), primary_key=True),
    Column("key", String(400), primary_key=True),
    Column("person", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

answer_index = Table(
    "answer_index",
    metadata,
    Column("household", ForeignKey("household.id", ondelete="CASCADE"), primary_key=True),
    Column("field", String(200), primary_key=True),
    Column("row", String(64), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("number", Numeric(asdecimal=False)),
    Column("text", Text),
    Index(None, "field", "text"),
    Index(None, "field", "number"),
    sqlite_with_rowid=False,
)

case_file = Table(
    "case_file",
    metadata,
    Column("number", String(64), primary_key=True),
    Column("household", String(36), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("accepted", String(10), nullable=False),
    Column("office", Text, nullable=False),
    ForeignKeyConstraint(["household", "revision"], ["household_revision.household", "household_revision.revision"]),
    Index(None, "household", "revision"),
    Index(None, "accepted"),
)

application = Table(
    "application",
    metadata,
    Column("number", String(64), primary_key=True),
    Column("case_file", ForeignKey("case_file.number"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("programme", String(100), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("status", String(40), nullable=False),
    Column("accepted", String(10), nullable=False),
    Column("document", Text, nullable=False),
    Column("row_version", Integer, nullable=False),
    Index(None, "programme", "status", "accepted"),
)

application_person = Table(
    "application_person",
    metadata,
    Column("application", ForeignKey("application.number", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("household", String(36), nullable=False),
    Column("row", String(64), nullable=False),
    Index(None, "household", "row"),
)

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(100), nullable=False),
    Column("subject", String(100), nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)

event_head = Table(
    "event_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("scope", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("started", String(40), nullable=False),
    Column("discarded", String(40)),
    Column("case_file", String(64)),
)

draft_edit = Table(
    "draft_edit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft", ForeignKey("draft.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("table", String(100), nullable=False),
    Column("row", String(64), nullable=False),
    Column("field", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

issued_document = Table(
    "issued_document",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("pdf", LargeBinary, nullable=False),
)

issued_paper = Table(
    "issued_paper",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("case_file", ForeignKey("case_file.number"), nullable=False, index=True),
    Column("application", String(64), nullable=False),
    Column("paper", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("edition", String(100), nullable=False),
    Column("row", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("whom", String(400), nullable=False),
    Column("packs", Text, nullable=False),
    Column("series", String(200)),
    Column("serial", Integer),
    Column("label", String(200), nullable=False),
    Column("content", String(64), nullable=False),
    Column("digest", ForeignKey("issued_document.digest"), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("printer", String(200), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("issued", String(40), nullable=False),
    Index(None, "series", "serial", unique=True),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("incoming", String(100), nullable=False),
    Column("file", String(400), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone", String(40)),
)

import_change = Table(
    "import_change",
    metadata,
    Column("batch", ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(1), primary_key=True),
    Column("subject", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("before", Text),
    sqlite_with_rowid=False,
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch", ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("register", String(100), nullable=False),
    Column("incoming", String(100), nullable=False),
    Column("day", String(10), nullable=False),
    Column("household", String(36), nullable=False),
    Column("row", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("id_no", String(64), nullable=False),
    Column("answers", Text, nullable=False),
    Index(None, "register", "day"),
    Index(None, "household"),
)

closed_book = Table(
    "closed_book",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("since", String(10), nullable=False),
    Column("until", String(10), nullable=False),
    Column("words", String(100), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("closed", String(40), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index(None, "kind", "since", unique=True),
)
