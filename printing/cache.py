"""What is made once and used in every packet: kept in memory, and on disk between runs.

A damaged or half-written file is made again without a word: the cache holds nothing that cannot be rebuilt.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

_MEMORY_BYTES = 32 * 1024 * 1024
_DISK_BYTES = 128 * 1024 * 1024
_SUFFIX = ".ink"
_DIGEST = 32


class Cache:
    """Bytes by key, least recently used dropped first; `folder` None keeps nothing on disk."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of a key (a file name made of letters and digits), made when they are nowhere."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        found = self._read(key)
        if found is None:
            found = make()
            self._write(key, found)
        self._remember(key, found)
        return found

    def _remember(self, key: str, data: bytes) -> None:
        self._kept[key] = data
        self._size += len(data)
        while self._size > _MEMORY_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped)

    def _read(self, key: str) -> bytes | None:
        if self._folder is None:
            return None
        try:
            raw = (self._folder / (key + _SUFFIX)).read_bytes()
        except OSError:
            return None
        data = raw[_DIGEST:]
        return data if hashlib.sha256(data).digest() == raw[:_DIGEST] else None

    def _write(self, key: str, data: bytes) -> None:
        """Keep on disk when that is possible; a full or read-only disk only costs time."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._make_room(len(data))
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                Path(name).replace(self._folder / (key + _SUFFIX))
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _make_room(self, needed: int) -> None:
        assert self._folder is not None
        files = sorted((file.stat().st_mtime, file.stat().st_size, file) for file in self._folder.glob("*" + _SUFFIX))
        total = sum(size for _, size, _ in files)
        for _, size, file in files:
            if total + needed <= _DISK_BYTES:
                return
            file.unlink(missing_ok=True)
            total -= size
