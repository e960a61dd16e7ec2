"""The process that reads other people's files: it knows nothing of ours, holds no store, and may be killed at any time.

Wire: bytes of a file in; messages out, each marshalled plain values: `("sheet", name, hidden, first_row, merged, remarks)`,
`("rows", [row…])`, `("end", kind)`, or `("no", sentence)`. A day is `(year, month, day)`, an empty cell `""`.
"""

from __future__ import annotations

import datetime
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

from clerk.exchange import limits
from clerk.exchange.limits import BROKEN, LOCKED, Refused, too_large
from clerk.exchange.parcel import Remarks, check_parcel, sheet_remarks
from clerk.exchange.plain_sheet import read_text_table
from clerk.undisturbed import undisturbed

Send = Callable[[tuple[Any, ...]], None]
_ROWS_AT_ONCE = 2_000
_NO_REFERENCES = 2
"""The version of marshal that does not look for the same object twice: faster, and nothing here is shared."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "这是 PDF，不是表格，请向对方要 Excel 表格"),
    (b"\x89PNG", "这是图片，不是表格，请向对方要 Excel 表格"),
    (b"\xff\xd8\xff", "这是图片，不是表格，请向对方要 Excel 表格"),
    (b"Rar!", "这是压缩包，请先解压再导入里面的表格"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压再导入里面的表格"),
)


def serve(connection: Connection, memory: int) -> None:
    """Read files as they come until the other end closes; the memory limit holds from the first one."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - what dies of hunger must not write on the clerk's terminal
        os.dup2(nowhere.fileno(), 2)
    limits.bind_memory(memory)

    def send(message: tuple[Any, ...]) -> None:
        connection.send_bytes(marshal.dumps(message, _NO_REFERENCES))

    while True:
        try:
            data = connection.recv_bytes()
        except (EOFError, OSError):
            return
        _answer(data, send)


def _answer(data: bytes, send: Send) -> None:
    try:
        with undisturbed():
            kind = read(data, send)
        send(("end", kind))
    except Refused as refused:
        send(("no", refused.message))
    except MemoryError:
        send(("no", too_large("太大，内存不够").message))
    except BaseException:  # noqa: BLE001 - readers of broken files raise anything, a Rust panic too: one sentence is said
        send(("no", BROKEN))


def read(data: bytes, send: Send) -> str:
    """Read one file, sending sheets and rows; the kind it is of. Raises `Refused`, or whatever a broken file provokes."""
    for mark, sentence in _FOREIGN:
        if data.startswith(mark):
            raise Refused(sentence)
    if data.startswith(b"PK"):
        kind = check_parcel(data)
        _read_workbook(data, sheet_remarks(data) if kind == "xlsx" else {}, send)
        return kind
    if data.startswith(_OLE):
        _check_ole(data)
        _read_workbook(data, {}, send)
        return "xls"
    send(("sheet", "", False, 1, [], [], []))
    _send_rows(read_text_table(data), send)
    return "csv"


def _check_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(LOCKED)
    if "WordDocument".encode("utf-16-le") in data:
        raise Refused("这是 Word 文档，不是表格，请把表格另存为 .xlsx 再导入")


def _read_workbook(data: bytes, remarks: dict[str, Remarks], send: Send) -> None:
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as error:
        raise Refused(LOCKED) from error
    for known in book.sheets_metadata:
        said = remarks.get(known.name, Remarks())
        if known.visible is not SheetVisibleEnum.Visible:
            send(("sheet", known.name, True, 1, [], [], []))
            continue
        sheet = book.get_sheet_by_name(known.name)
        if sheet.total_height * sheet.total_width > limits.CELLS or sheet.total_height > limits.ROWS:
            raise too_large(f"的「{known.name}」有{sheet.total_height}行{sheet.total_width}列，过大")
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        send(("sheet", known.name, False, 1, merged[:10_000], said.hidden, said.empty_formulas))
        _send_rows(_from_first_column(sheet), send)


def _from_first_column(sheet: Any) -> Iterator[list[Any]]:
    """Rows from the sheet's first column: the reader gives the first row, but leaves empty columns before the data out."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()


def _send_rows(rows: Iterator[list[Any]] | Sequence[list[Any]], send: Send) -> None:
    together: list[list[Any]] = []
    for row in rows:
        together.append(row)
        if len(together) == _ROWS_AT_ONCE:
            _send_plain(together, send)
            together = []
    if together:
        _send_plain(together, send)


def _send_plain(rows: list[list[Any]], send: Send) -> None:
    """Rows of plain values go as they are, which is most of them; days and times are said plainly first."""
    try:
        send(("rows", rows))
    except ValueError:
        send(("rows", [[_plain(cell) for cell in row] for row in rows]))


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time():
            return (cell.year, cell.month, cell.day)
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date):
        return (cell.year, cell.month, cell.day)
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return cell
