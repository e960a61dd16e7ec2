"""The tables' history: up, down, no difference to the tables in code, and the traps of rebuilding a table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from clerk.errors import UserCanFix
from clerk.store import Store, migrate, open_store
from clerk.store.engine import make_engine
from clerk.store.tables import metadata
from tests.clerk.store.made import CATALOGUE, a_household, a_store, file_case

NEXT = "9000"
HEADER = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{NEXT}", "{migrate.HEAD}", None, None
"""
REBUILD = """
def upgrade() -> None:
    with op.batch_alter_table("household", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(10), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("household", recreate="always") as batch:
        batch.drop_column("note")
"""
FAILS_HALF_WAY = """
def upgrade() -> None:
    op.add_column("household", sa.Column("note", sa.String(10)))
    op.execute("DELETE FROM person")
    raise RuntimeError("half way")
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path / "s") as made:
        with made.work() as work:
            file_case(work, a_household("曾小单", "区某"))
        yield made


def a_next_migration(folder: Path, body: str) -> list[Path]:
    folder.mkdir()
    (folder / f"{NEXT}_next.py").write_text(HEADER + body, encoding="utf-8")
    return [folder]


def counts(store: Store) -> dict[str, int]:
    with store.reading() as view:
        return {t.name: view.connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for t in metadata.sorted_tables}


def columns(store: Store) -> set[str]:
    return {column["name"] for column in sa.inspect(store.engine).get_columns("household")}


def test_the_newest_file_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_the_migrations_make_exactly_the_tables_in_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_down_to_nothing_and_up_again(store: Store) -> None:
    migrate.downgrade(store.engine, "base")
    assert set(sa.inspect(store.engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(store.engine)
    assert migrate.version(store.engine) == migrate.HEAD
    with store.work() as work:
        assert file_case(work, a_household()).case_number == "990101-2026-00001"


def test_rebuilding_a_table_keeps_its_children(store: Store, tmp_path: Path) -> None:
    before = counts(store)
    assert before["household_revision"] == 1
    migrate.upgrade(store.engine, extra=(extra := a_next_migration(tmp_path / "more", REBUILD)))
    assert "note" in columns(store)
    assert counts(store) == before
    migrate.downgrade(store.engine, migrate.HEAD, extra)
    assert "note" not in columns(store)
    assert counts(store) == before
    with store.reading() as view:
        assert view.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1, "the pool was emptied"


def test_with_references_switched_on_the_same_rebuild_would_delete_them(store: Store) -> None:
    """Why the trap is worth its precautions: the children of an application go with it when it is rebuilt carelessly."""
    assert counts(store)["application_person"] == 2
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE fresh AS SELECT * FROM application")
        connection.exec_driver_sql("DROP TABLE application")
        assert connection.execute(sa.text("SELECT count(*) FROM application_person")).scalar() == 0
        connection.get_transaction().rollback()


def test_a_migration_that_fails_half_way_changes_nothing(store: Store, tmp_path: Path) -> None:
    before = counts(store), columns(store)
    with pytest.raises(RuntimeError, match="half way"):
        migrate.upgrade(store.engine, extra=a_next_migration(tmp_path / "more", FAILS_HALF_WAY))
    assert (counts(store), columns(store)) == before
    assert migrate.version(store.engine) == migrate.HEAD


def test_a_migration_that_leaves_dangling_references_is_undone(store: Store, tmp_path: Path) -> None:
    body = 'def upgrade() -> None:\n    op.execute("DELETE FROM person")\n'
    with pytest.raises(RuntimeError, match="dangling"):
        migrate.upgrade(store.engine, extra=a_next_migration(tmp_path / "more", body))
    assert counts(store)["person"] == 2


def test_before_an_upgrade_a_copy_is_laid_aside_that_opens_with_the_same_key(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "s" / "clerk.db"
    copy = migrate.copy_aside(store.engine, path, "0001")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "曾小单".encode() not in copy.read_bytes()
    engine = make_engine(copy, store.keys.database)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM person")).scalar() == 2
    engine.dispose()


def test_an_older_store_is_copied_and_upgraded_when_opened(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    older = migrate.HEAD
    monkeypatch.setattr(migrate, "HEAD", NEXT)
    monkeypatch.setattr(migrate, "upgrade", lambda _: done.append("upgraded"))
    open_store(tmp_path / "s").close()
    assert done == ["upgraded"]
    assert (tmp_path / "s" / f"clerk-before-upgrade-from-{older}.db").exists()


def test_a_store_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UserCanFix, match="升级程序"):
        open_store(tmp_path / "s")


def test_opening_twice_leaves_the_data_as_it_was(store: Store, tmp_path: Path) -> None:
    with a_store(tmp_path / "s") as again, again.reading() as view:
        assert view.case("990101-2026-00001", CATALOGUE) is not None


def test_a_store_of_the_first_release_gets_room_for_what_is_handed_out(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with a_store(folder) as store:
        with store.work() as work:
            file_case(work, a_household("曾小单"))
        migrate.downgrade(store.engine, "0001")
        assert migrate.version(store.engine) == "0001"
    with a_store(folder) as store:
        assert migrate.version(store.engine) == migrate.HEAD
        with store.reading() as view:
            assert view.case("990101-2026-00001", CATALOGUE) is not None
            assert view.issued("990101-2026-00001") == []
