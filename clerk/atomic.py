"""Write a file whole or not at all: a full disk, a crash or a power cut leaves the old file as it was."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from clerk.errors import UserCanFix

_CHUNK = 1 << 20
_CAUSES = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限，或文件正被其他程序打开",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件夹不存在",
    errno.EIO: "磁盘读写出错",
}
if hasattr(errno, "EDQUOT"):
    _CAUSES[errno.EDQUOT] = "磁盘配额已用完"


def atomic_write(path: Path, data: bytes, *, mode: int = 0o600) -> str:
    """Put `data` at `path`, durable when this returns; gives its SHA-256 in hex.

    The bytes go to a temporary file in the same folder, are synced, read back and compared before they take the name.
    UserCanFix when the disk will not have it; the old file is then untouched and no temporary file is left.
    """
    try:
        return _write(path, data, mode)
    except OSError as error:
        raise UserCanFix(f"未能保存「{path.name}」：{cause(error)}，原有文件没有改动") from error


def cause(error: OSError) -> str:
    """Why the disk refused, in the clerk's words."""
    return _CAUSES.get(error.errno or 0) or error.strerror or "磁盘出错"


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in `folder` durable; Windows keeps names durable by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network folders cannot sync a folder
            raise
    finally:
        os.close(handle)


def _write(path: Path, data: bytes, mode: int) -> str:
    digest = hashlib.sha256(data).hexdigest()
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _check(temporary, digest)
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)
    return digest


def _check(path: Path, digest: str) -> None:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != digest:
        raise OSError(errno.EIO, "the bytes read back differ")
