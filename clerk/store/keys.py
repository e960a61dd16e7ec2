"""The data key of a store: 32 random bytes in a file only its owner can read, beside the store in a folder of the same kind.

Until clerks' passwords wrap it, whoever can read this file can read the store; so looser modes are refused, not mended.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from clerk.atomic import sync_folder
from clerk.errors import UserCanFix

KEY_FILE = "clerk.key"
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys made from the data key: one encrypts the file, one seals the journal of events."""

    database: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def open_keys(folder: Path, *, create: bool) -> Keys:
    """The keys of the store in `folder`; with `create` a missing key is made, together with the folder.

    UserCanFix when the key is missing, damaged, or readable by others.
    """
    if create:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / KEY_FILE
    if create and not path.exists():
        _make(path)
    _refuse_loose(folder, 0o700)
    if not path.is_file():
        raise UserCanFix(f"找不到数据密钥文件「{path}」，没有它无法打开数据库，请从备份中取回")
    _refuse_loose(path, 0o600)
    key = path.read_bytes()
    if len(key) != _LENGTH:
        raise UserCanFix(f"数据密钥文件「{path}」已损坏（应为 {_LENGTH} 字节），请从备份中取回")
    return Keys(_derive(key, b"database"), _derive(key, b"audit"))


def _derive(key: bytes, label: bytes) -> bytes:
    """HKDF-Expand (RFC 5869) for one block; the data key is uniformly random, so there is nothing to extract."""
    return hmac.digest(key, b"clerk/" + label + b"\x01", "sha256")


def _make(path: Path) -> None:
    """Write a fresh key under its name in one step; when two windows start at once, the first one's key stays."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(_LENGTH))
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            _take_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _take_name(temporary: Path, path: Path) -> None:
    """Give the file its name unless the name is taken: a POSIX rename would replace, a Windows one refuses."""
    if os.name == "posix":
        path.hardlink_to(temporary)
    else:
        temporary.rename(path)


def _refuse_loose(path: Path, widest: int) -> None:
    if os.name != "posix":
        return
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0
    if mode & ~widest:
        kind = "文件夹" if path.is_dir() else "文件"
        raise UserCanFix(f"{kind}「{path}」的权限是 {mode:o}，其他人可能读到，请改为 {widest:o} 后再打开")
