"""The one way to a connection: SQLCipher behind SQLAlchemy, every setting asserted each time, writes begun at once.

Why so: `do_connect` keeps the key out of URLs and a raw key opens in 0.3 ms; `synchronous=FULL` in WAL loses no
acknowledged work in a power cut; a deferred read-then-write fails at once under contention, so writes begin IMMEDIATE;
SQLite before 3.51.3 can corrupt a WAL database that two connections share.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Connection, Engine, create_engine, event

from clerk.errors import UserCanFix

OLDEST_SQLITE = (3, 51, 3)
UNREADABLE = {
    "not a database": "数据库打不开：密钥与数据库不符，或文件已损坏，请核对密钥文件或从备份恢复",
    "malformed": "数据库文件已损坏，请从备份恢复",
}
"""What SQLite says of a file it cannot read, and what the clerk is told."""

_BUSY_SECONDS = 15
_SETTINGS: tuple[tuple[str, str, int | str], ...] = (
    ("foreign_keys", "ON", 1),
    ("synchronous", "FULL", 2),
    ("cache_size", "-65536", -65536),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
)


def make_engine(path: Path, key: bytes) -> Engine:
    """An engine on the encrypted file at `path`; `key` is the raw 32-byte database key.

    Connections made with `execution_options(read_only=True)` read one snapshot and block nobody; all others hold the
    write lock from their first statement. UserCanFix at the first connection when the key does not fit the file.
    """
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {sqlcipher.sqlite_version} has the WAL fault mended in 3.51.3")
    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(url, module=sqlcipher, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, args: list[Any], options: dict[str, Any]) -> Any:
        return _connect(args, options, key)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _connect(args: list[Any], options: dict[str, Any], key: bytes) -> Any:
    options["isolation_level"] = None
    options.setdefault("timeout", _BUSY_SECONDS)
    connection = sqlcipher.connect(*args, **options)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # a wrong key would fill stderr
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        _prove(connection)
        _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prove(connection: Any) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        for mark, message in UNREADABLE.items():
            if mark in str(error):
                raise UserCanFix(message) from error
        raise


def _settle(connection: Any) -> None:
    for name, wanted, _ in _SETTINGS:
        connection.execute(f"PRAGMA {name}={wanted}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    for name, _, read in (*_SETTINGS, ("journal_mode", "WAL", "wal")):
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != read:
            raise RuntimeError(f"PRAGMA {name} is {found}, not {read}")
