"""Read a sheet file (.xlsx, .xls, .ods, .csv) in a process of its own, bound in memory and time.

Values only: macros never run, formulas count by the result the file holds. The file's bytes are read once, here.
"""

from __future__ import annotations

import hashlib
import marshal
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any

from clerk.atomic import cause
from clerk.errors import UserCanFix
from clerk.exchange import limits
from clerk.exchange.child import serve
from clerk.undisturbed import undisturbed

Cell = str | float | int | bool | date | None
"""One value as it stands in the file: words, a number, yes/no, a day; "" or None where nothing stands."""
_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first one of the sheet, `merged` areas as (row, column, row, column) counted from 0.

    A hidden sheet is named and not read. `hidden_rows` (counted from 1) are read all the same; `unsaid` are formula
    cells (`E5`) for which the file holds no result.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """What one file held; `kind` is xlsx, xls, ods or csv, `digest` the SHA-256 of its bytes."""

    name: str
    kind: str
    digest: str
    sheets: tuple[Sheet, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the clerk should know of the file beside its rows."""
        hidden = [sheet.name for sheet in self.sheets if sheet.hidden]
        said = [f"隐藏的工作表没有读入：{'、'.join(hidden)}"] if hidden else []
        for sheet in self.sheets:
            if sheet.hidden_rows:
                some = "、".join(map(str, sheet.hidden_rows[:_TOGETHER]))
                more = "等" if len(sheet.hidden_rows) > _TOGETHER else ""
                said.append(f"「{sheet.name}」第{some}{more}行是隐藏的，也读入了")
        return tuple(said)


class Guard:
    """A reading process kept for several files; one that died or was stopped is replaced by the next `read`."""

    def __init__(self, *, seconds: float = limits.SECONDS, memory: int = limits.MEMORY_BYTES) -> None:
        self._seconds, self._memory = seconds, memory
        self._start()

    def read(self, path: Path) -> Book:
        """The book of a file. Raises `UserCanFix` with one sentence: too large, broken, locked, not a table."""
        data = _bytes_of(path)
        if not self._process.is_alive():
            self.close()
            self._start()
        try:
            self._ours.send_bytes(data)
            with undisturbed():
                kind, sheets = self._receive(time.monotonic() + self._seconds)
        except UserCanFix:
            raise
        except (EOFError, OSError, ValueError, TypeError) as error:
            self._stop()
            raise UserCanFix(f"「{path.name}」：{limits.too_large('太大，内存不够').message}") from error
        except _NotRead as refused:
            raise UserCanFix(f"「{path.name}」：{refused}") from refused
        return Book(path.name, kind, hashlib.sha256(data).hexdigest(), tuple(sheets))

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.join(1)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, self._memory), daemon=True)
        self._process.start()
        theirs.close()

    def _stop(self) -> None:
        if self._process.is_alive():
            self._process.kill()
        self._process.join()

    def _receive(self, until: float) -> tuple[str, list[Sheet]]:
        sheets: list[Sheet] = []
        rows: list[Any] = []
        while True:
            if not self._ours.poll(max(0.0, until - time.monotonic())):
                self._stop()
                raise UserCanFix(
                    f"这个文件读了{self._seconds:.0f}秒还没有读完，已停下，请只留需要的行和列，另存后再导入"
                )
            message = marshal.loads(self._ours.recv_bytes())
            match message:
                case ("rows", list() as more):
                    rows.extend(more)
                case ("sheet", str() as name, bool() as hidden, int(), merged, hidden_rows, unsaid):
                    rows = []
                    sheets.append(Sheet(name, rows, hidden, tuple(merged), tuple(hidden_rows), frozenset(unsaid)))
                case ("end", str() as kind):
                    return kind, sheets
                case ("no", str() as sentence):
                    raise _NotRead(sentence)


class _NotRead(Exception):  # noqa: N818 - what is said, not an error of ours
    """What the reading process says instead of a table."""


def read_book(path: Path) -> Book:
    """The book of one file, read by a process of its own. Raises `UserCanFix` with one sentence."""
    with Guard() as guard:
        return guard.read(path)


def day_of(cell: Any) -> Cell:
    """A cell as the reading process sends it, days made days again."""
    return date(*cell) if isinstance(cell, tuple) else cell


def renamed(book: Book, name: str) -> Book:
    """The same book under the name the clerk knows it by."""
    return replace(book, name=name)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            raise UserCanFix(f"「{path.name}」：{limits.too_large(f'有{size // (1024 * 1024)}兆，过大').message}")
        data = path.read_bytes()
    except OSError as error:
        raise UserCanFix(f"打不开「{path.name}」：{cause(error)}") from error
    if not data:
        raise UserCanFix(f"「{path.name}」是空的，没有读入，原有资料没有改动")
    return data
