"""Bring a store's tables to the newest form: all or nothing, with a copy of the file made before.

With `foreign_keys=ON` SQLite deletes the children of every table that a batch migration rebuilds, and the setting cannot
change inside a transaction: so it is switched off on the bare connection first, and every reference is checked before
the commit. Alembic is imported only when there is something to do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from clerk.atomic import sync_folder
from clerk.errors import UserCanFix

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest migration; a test holds it equal to the newest file."""

_SCRIPTS = Path(__file__).parent / "migrations"


def ensure_current(engine: Engine, path: Path) -> None:
    """Make or upgrade the tables of the store at `path`; UserCanFix when a newer program wrote it."""
    found = version(engine)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise UserCanFix("这个数据库由更新版本的程序建立，请先升级程序再打开")
    if found is not None:
        copy_aside(engine, path, found)
    upgrade(engine)


def version(engine: Engine) -> str | None:
    """The migration the store stands at; None when it has no tables yet."""
    with engine.connect().execution_options(read_only=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def copy_aside(engine: Engine, path: Path, found: str) -> Path:
    """Keep an encrypted copy (same key) of the store as it stands, named after the version it has."""
    target = path.with_name(f"{path.stem}-before-upgrade-from-{found}{path.suffix}")
    temporary = target.with_name(f".{target.name}.part")
    temporary.unlink(missing_ok=True)
    with engine.connect() as connection:
        bare = connection.connection.driver_connection
        assert bare is not None
        bare.execute("VACUUM INTO ?", (str(temporary),))
    temporary.chmod(0o600)
    with temporary.open("r+b") as copy:
        os.fsync(copy.fileno())
    temporary.replace(target)
    sync_folder(target.parent)
    return target


def upgrade(engine: Engine, target: str = "head", extra: Sequence[Path] = ()) -> None:
    """Run the migrations up to `target`; `extra` adds folders of migrations (for tests of the machinery)."""
    from alembic import command

    with _rebuilding(engine) as connection:
        command.upgrade(_config(connection, extra), target)


def downgrade(engine: Engine, target: str, extra: Sequence[Path] = ()) -> None:
    """Run the migrations back to `target`; `base` removes every table."""
    from alembic import command

    with _rebuilding(engine) as connection:
        command.downgrade(_config(connection, extra), target)


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """One write transaction with reference checks put off to its end; the pool is emptied, for its connection lacks them."""
    try:
        with engine.connect() as connection:
            bare = connection.connection.driver_connection
            assert bare is not None
            bare.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"{len(broken)} dangling references after the migration, first in {broken[0][0]}")
    finally:
        engine.dispose()


def _config(connection: Connection, extra: Sequence[Path]) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    folders = [_SCRIPTS / "versions", *extra]
    config.set_main_option("version_locations", "\n".join(map(str, folders)).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
