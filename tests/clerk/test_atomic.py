"""A file is written whole or not at all, and who waits for it is told why not."""

import errno
import hashlib
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk import atomic
from clerk.atomic import atomic_write
from clerk.errors import UserCanFix
from tests.clerk.store.made import in_children

OLD, NEW = b"old" * 1000, b"new" * 100_000


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_its_hash_told(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    assert atomic_write(path, NEW) == hashlib.sha256(NEW).hexdigest()
    assert atomic_write(path, OLD, mode=0o640) == hashlib.sha256(OLD).hexdigest()
    assert (path.read_bytes(), left(tmp_path), path.stat().st_mode & 0o777) == (OLD, ["名册.xlsx"], 0o640)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    atomic_write(path, OLD)

    def write(_: int) -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(UserCanFix) as refused:
            atomic_write(path, NEW)
        return refused.value.message

    (message,) = in_children(1, write)
    assert message == "未能保存「名册.xlsx」：文件太大，磁盘放不下，原有文件没有改动"
    assert (path.read_bytes(), left(tmp_path)) == (OLD, ["名册.xlsx"])


def refuse(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(("target", "name"), [(os, "fsync"), (Path, "replace"), (Path, "chmod"), (atomic, "_check")])
@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有写入权限"), (errno.EIO, "磁盘读写出错")])
def test_a_refusal_at_any_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: object, name: str, number: int, words: str
) -> None:
    path = tmp_path / "a.pdf"
    atomic_write(path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(target, name, refuse(number))
        with pytest.raises(UserCanFix, match=words):
            atomic_write(path, NEW)
    assert (path.read_bytes(), left(tmp_path)) == (OLD, ["a.pdf"])


def test_bytes_that_read_back_differently_do_not_take_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    atomic_write(path, OLD)
    real = os.fsync

    def lie(handle: int) -> None:
        real(handle)
        os.truncate(handle, 4096)

    monkeypatch.setattr(os, "fsync", lie)
    with pytest.raises(UserCanFix, match="磁盘读写出错"):
        atomic_write(path, NEW)
    monkeypatch.undo()
    assert (path.read_bytes(), left(tmp_path)) == (OLD, ["a.pdf"])


@pytest.mark.skipif(os.name != "posix", reason="Windows does not sync folders")
@pytest.mark.parametrize(("number", "allowed"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_only_a_folder_that_cannot_be_synced_at_all_is_excused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, allowed: bool
) -> None:
    monkeypatch.setattr(os, "fsync", refuse(number))
    if allowed:
        atomic.sync_folder(tmp_path)
    else:
        with pytest.raises(OSError, match="Input/output"):
            atomic.sync_folder(tmp_path)


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserCanFix, match="文件夹不存在"):
        atomic_write(tmp_path / "没有" / "a.pdf", NEW)


def test_an_interruption_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "a.pdf", NEW)
    assert left(tmp_path) == []


def test_the_folder_is_made_durable_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    atomic_write(tmp_path / "a.pdf", NEW)
    assert synced == [tmp_path]
