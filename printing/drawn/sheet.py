"""Read a drawn sheet into plain shapes: the frame's cells, the words above and below it, columns, rows and the page.

The frame is what has borders; without any border it is everything below the title. A cell that is empty and has no line
to its left belongs to the one before it. What stands right of the frame is no part of the form: marks for its row.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from clerk.errors import UserCanFix
from printing.drawn.guard import look_at
from printing.drawn.problems import Problem, refuse, warn

SETTINGS, GUIDE = "设置", "说明"
"""The names of the worksheets that hold a paper's own keys, and a page for the reader; any other may be the drawing."""
STOCKS = {8: "A3", 9: "A4", 11: "A5"}
"""Excel's numbers of the sizes of paper that are printed on."""
UPRIGHT = 255
"""Excel's rotation of words that stand one under another."""
INCH, POINT = 25.4, 25.4 / 72
_USUAL_ROW, _USUAL_WIDTH = 15.1, 8.43
_UNREADABLE = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, SyntaxError, zipfile.BadZipFile)
"""What openpyxl and the XML parser raise for a part that is damaged or not what it should be."""
_MOST_COLUMNS, _MOST_ROWS, _LOOKED = 200, 400, 2000
_ALIGNS = {"left": "左", "center": "中", "centerContinuous": "中", "right": "右", "distributed": "中"}


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the drawing: row and column counted from 0 within the sheet, its span, words, and how they are set.

    `align` is 左, 中, 右 or "" where the sheet does not say; `size` is in points.
    """

    row: int
    column: int
    width: int
    depth: int
    text: str
    align: str
    size: float
    upright: bool

    @property
    def address(self) -> str:
        """Where it stands on the sheet, as Excel says it (B7)."""
        return f"{get_column_letter(self.column + 1)}{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet as drawn. `columns` and `heights` are mm by sheet column and row; a height of 0 was never set.

    `frame` is first row, first column, last row, last column of the ruled form; `settings` are the keys of its sheet.
    """

    boxes: tuple[Box, ...]
    head: tuple[Box, ...]
    foot: tuple[Box, ...]
    beside: tuple[Box, ...]
    columns: tuple[float, ...]
    heights: tuple[float, ...]
    frame: tuple[int, int, int, int]
    page: dict[str, str]
    stock: str
    size: float
    settings: dict[str, tuple[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_sheet(data: bytes, name: str) -> Drawing:
    """The drawing of a workbook; `name` is the file's. Raises UserCanFix with one sentence when it holds none."""
    left = look_at(data, name)
    try:
        book = load_workbook(BytesIO(data), data_only=False, keep_links=False)
    except _UNREADABLE as fault:
        raise UserCanFix(f"「{name}」的内容读不通，请在 Excel 或 WPS 里另存为 .xlsx 再导入") from fault
    sheets = [one for one in book.worksheets if one.title not in (SETTINGS, GUIDE)]
    shown = [one for one in sheets if one.sheet_state == "visible"]
    if not shown:
        raise UserCanFix(f"「{name}」里没有可见的表格页")
    problems = [warn("", f"{word}不导入，只导入表格里的文字和格线") for word in left]
    problems += [
        warn("", f"工作表「{one.title}」没有导入：一个文件只画一份文书") for one in sheets if one is not shown[0]
    ]
    settings = _settings(book[SETTINGS]) if SETTINGS in book.sheetnames else {}
    return _Reader(shown[0], problems).drawing(settings, name)


class _Reader:
    """One worksheet while it is read; `problems` grows."""

    def __init__(self, sheet: Worksheet, problems: list[Problem]) -> None:
        self._sheet, self._problems = sheet, problems
        self._rows = min(sheet.max_row, _MOST_ROWS)
        self._columns = min(sheet.max_column, _MOST_COLUMNS)
        self._spans = {
            (area.min_row, area.min_col): (area.max_col - area.min_col + 1, area.max_row - area.min_row + 1)
            for area in sheet.merged_cells.ranges
        }

    def drawing(self, settings: dict[str, tuple[str, str]], name: str) -> Drawing:
        """The whole sheet. Raises UserCanFix when it is empty."""
        boxes = [box for row in range(1, self._rows + 1) for box in self._row(row)]
        if not any(box.text for box in boxes):
            raise UserCanFix(f"「{name}」的「{self._sheet.title}」是空的，请把表格画在第一页")
        frame = self._frame(boxes)
        top, left, low, right = frame
        inside = [box for box in boxes if top <= box.row <= low and left <= box.column <= right]
        self._note_cut()
        self._note_hidden(frame)
        self._note_outside(boxes, frame)
        sizes = Counter(box.size for box in inside if box.text)
        return Drawing(
            boxes=tuple(inside),
            head=tuple(box for box in boxes if box.row < top and box.text),
            foot=tuple(box for box in boxes if box.row > low and box.text),
            beside=tuple(box for box in boxes if top <= box.row <= low and box.column > right and box.text),
            columns=tuple(map(self._wide, range(1, self._columns + 1))),
            heights=tuple(map(self._high, range(1, self._rows + 1))),
            frame=frame,
            page=self._page(),
            stock=STOCKS.get(int(self._sheet.page_setup.paperSize or 9), ""),
            size=sizes.most_common(1)[0][0] if sizes else 10.5,
            settings=settings,
            problems=tuple(self._problems),
        )

    def _row(self, row: int) -> Iterator[Box]:
        """The boxes that begin in a row; empty cells without a line before them are joined to the one on their left."""
        last: Box | None = None
        for column in range(1, self._columns + 1):
            cell = self._sheet.cell(row, column)
            if isinstance(cell, MergedCell):
                continue
            wide, deep = self._spans.get((row, column), (1, 1))
            text = self._words(cell)
            joins = last and not text and (wide, deep) == (1, 1) and last.depth == 1
            if joins and last and last.column + last.width == column - 1 and not self._ruled_left(row, column):
                last = _widened(last)
                continue
            if last:
                yield last
            last = _box(cell, row, column, (wide, deep), text)
        if last:
            yield last

    def _words(self, cell: SheetCell) -> str:
        if cell.data_type == "f":
            self._problems.append(warn(cell.coordinate, "公式不导入，这一格按空格处理", "要印的内容请写文字或 {名称}"))
            return ""
        return str(cell.value).strip(" \t\n") if cell.value is not None else ""

    def _ruled_left(self, row: int, column: int) -> bool:
        before = self._sheet.cell(row, column - 1) if column > 1 else None
        own = self._sheet.cell(row, column).border.left
        other = before.border.right if before is not None else None
        return bool((own and own.style) or (other and other.style)) or not self._has_borders(row)

    def _has_borders(self, row: int) -> bool:
        return any(_bordered(self._sheet.cell(row, column)) for column in range(1, self._columns + 1))

    def _frame(self, boxes: Sequence[Box]) -> tuple[int, int, int, int]:
        """First and last row and column with a border; without any, all below the first row that has one text only."""
        ruled = [
            (row - 1, column - 1)
            for row in range(1, self._rows + 1)
            for column in range(1, self._columns + 1)
            if _bordered(self._sheet.cell(row, column))
        ]
        if not ruled:
            self._problems.append(
                warn("", "表格没有画边框，除第一行标题外都当作表格", "请给表格加上边框，以便分清标题、表格和注")
            )
            said = [box for box in boxes if box.text]
            title = said[0].row if sum(box.row == said[0].row for box in said) == 1 and len(said) > 1 else -1
            ruled = [(box.row, box.column + at) for box in said if box.row > title for at in (0, box.width - 1)]
        rows, columns = [row for row, _ in ruled], [column for _, column in ruled]
        return min(rows), min(columns), max(rows), max(columns)

    def _wide(self, column: int) -> float:
        """The width of a column in mm."""
        letter = get_column_letter(column)
        for name, known in self._sheet.column_dimensions.items():
            if name == letter or (known.min and known.max and known.min <= column <= known.max):
                return millimetres(float(known.width))
        return millimetres(float(self._sheet.sheet_format.defaultColWidth or _USUAL_WIDTH))

    def _high(self, row: int) -> float:
        high = self._sheet.row_dimensions[row].height
        return 0.0 if high is None or high <= _USUAL_ROW else round(float(high) * POINT, 2)

    def _page(self) -> dict[str, str]:
        margins = self._sheet.page_margins
        sides = {"左": margins.left, "右": margins.right, "上": margins.top, "下": margins.bottom}
        page = {}
        for word, inches in sides.items():
            length = round(float(inches) * INCH, 1)
            if length < 15:
                self._problems.append(warn("", f"页边距「{word}」{length:g} 毫米太窄，改为 15 毫米"))
            page[word] = f"{max(15.0, length):g}"
        if self._sheet.page_setup.orientation == "landscape":
            page["横向"] = "是"
        return page

    def _note_cut(self) -> None:
        """Words beyond what is read keep the paper out; so far down that nobody looks, only the limit is said."""
        last, end = min(self._sheet.max_row, _LOOKED), min(self._sheet.max_column, _MOST_COLUMNS)
        below = self._sheet.iter_rows(min_row=_MOST_ROWS + 1, max_row=last, max_col=end) if last > _MOST_ROWS else ()
        for cell in (cell for row in below for cell in row if cell.value is not None):
            self._problems.append(refuse(cell.coordinate, f"第{_MOST_ROWS}行以下还有内容", "一份文书请画在这以内"))
            return
        if self._sheet.max_row > _LOOKED or self._sheet.max_column > _MOST_COLUMNS:
            self._problems.append(warn("", f"只看了前{_LOOKED}行、{_MOST_COLUMNS}列", "更远处的内容不导入"))

    def _note_hidden(self, frame: tuple[int, int, int, int]) -> None:
        top, left, low, right = frame
        for row in range(top + 1, low + 2):
            if self._sheet.row_dimensions[row].hidden:
                self._problems.append(warn(f"第{row}行", "隐藏的行也导入了", "不要的行请删去"))
        for column in range(left + 1, right + 2):
            letter = get_column_letter(column)
            if letter in self._sheet.column_dimensions and self._sheet.column_dimensions[letter].hidden:
                self._problems.append(warn(f"{letter}列", "隐藏的列也导入了", "不要的列请删去"))

    def _note_outside(self, boxes: Sequence[Box], frame: tuple[int, int, int, int]) -> None:
        top, left, low, _ = frame
        for box in boxes:
            if top <= box.row <= low and box.column < left and box.text:
                self._problems.append(warn(box.address, f"框外的文字「{box.text[:12]}」不印", "请写进表格里，或删去"))


def millimetres(characters: float) -> float:
    """The width of a column as Excel counts it: characters of 7 pixels and 5 pixels between columns; 12 below one."""
    return (characters * 12 if characters < 1 else characters * 7 + 5) / 96 * INCH


def characters(width: float) -> float:
    """The width of a column in mm as Excel counts it."""
    pixels = width / INCH * 96
    return pixels / 12 if pixels < 12 else (pixels - 5) / 7


def _box(cell: SheetCell, row: int, column: int, span: tuple[int, int], text: str) -> Box:
    alignment = cell.alignment
    return Box(
        row=row - 1,
        column=column - 1,
        width=span[0],
        depth=span[1],
        text=text,
        align=_ALIGNS.get(alignment.horizontal or "", ""),
        size=float(cell.font.sz or 10.5),
        upright=alignment.textRotation == UPRIGHT,
    )


def _widened(box: Box) -> Box:
    return Box(box.row, box.column, box.width + 1, box.depth, box.text, box.align, box.size, box.upright)


def _bordered(cell: SheetCell | MergedCell) -> bool:
    border = cell.border
    return any(side is not None and side.style for side in (border.left, border.right, border.top, border.bottom))


def _settings(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """The keys of a paper with their words and where they stand; a key without words says nothing."""
    found = {}
    for row in sheet.iter_rows(min_row=1, max_row=min(sheet.max_row, 100), max_col=2):
        key, value = (str(cell.value).strip() if cell.value is not None else "" for cell in row)
        if key and value:
            found[key] = (value, f"{SETTINGS}!B{coordinate_to_tuple(row[0].coordinate)[0]}")
    return found
