"""Draw a paper as a workbook that a county may change in Excel or WPS and import again: cells, marks, settings, a guide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from clerk.errors import UserCanFix
from forms.paper import ENDLESS, Block, Cell, CellKind, Grid, GridRow, Paper, Repeat, Rows, Signing
from printing.drawn.boxes import said
from printing.drawn.guide import GUIDE_LINES
from printing.drawn.keys import settings_of
from printing.drawn.sheet import GUIDE, INCH, POINT, SETTINGS, STOCKS, UPRIGHT, characters
from printing.marks import POINTS_PER_MM, SIZES

_THIN, _FAINT = Side(style="thin"), Side(style="hair", color="FF999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OPEN = Border(left=_FAINT, right=_FAINT, top=_FAINT, bottom=_FAINT)
_PRINTED, _FILLED, _SIDE, _TITLE = "宋体", "楷体", "黑体", "方正小标宋简体"
_HORIZONTAL = {"左": "left", "中": "center", "右": "right"}
_MARK = Font(name=_PRINTED, size=9, color="FF1F6FB2")
_NEAR = 0.5
_FIRST_ROW = 4
_LOW = 5.4
_MOST_BLANK = 10
"""So many rows of a repeated row are drawn, the first with its marks: the look of the form."""
_KINDS = {CellKind.COMB: "格", CellKind.TICKS: "选", CellKind.PARAGRAPH: "段"}


def export_paper(paper: Paper) -> bytes:
    """The workbook of a ruled paper. Raises UserCanFix for a letter or an official page: those are not drawn in cells."""
    if not isinstance(paper.body, Grid):
        raise UserCanFix(f"「{paper.name}」不是表格，不能画成 Excel，请直接改它的 YAML 文件")
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # pragma: no cover - a new workbook has one
        raise TypeError
    sheet.title = "表"
    _Drawing(sheet, paper, paper.body).draw()
    _settings(book.create_sheet(SETTINGS), settings_of(paper, paper.body.sheet))
    _guide(book.create_sheet(GUIDE))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass(slots=True)
class _Edges:
    """Where columns of any block begin and end, in mm from the left edge of the frame; near ones are one."""

    places: list[float]

    def at(self, place: float) -> int:
        """The number of the edge at a place."""
        return min(range(len(self.places)), key=lambda number: abs(self.places[number] - place))


class _Drawing:
    """The sheet while it is drawn; `row` is the next one."""

    def __init__(self, sheet: Worksheet, paper: Paper, grid: Grid) -> None:
        self._sheet, self._paper, self._grid = sheet, paper, grid
        wide, high = SIZES[paper.stock]
        page = high if grid.sheet.landscape else wide
        self._room = page / POINTS_PER_MM - grid.sheet.left - grid.sheet.right
        self._edges = _Edges(_near(edge for block in grid.blocks for edge in self._block_edges(block)))
        self._last = len(self._edges.places) - 1
        self._row = 1

    def draw(self) -> None:
        """The whole sheet."""
        self._page()
        self._head()
        for block in self._grid.blocks:
            self._block(block)
        for note in self._grid.notes:
            self._across(said(note), 1, self._last, "left", Font(name=_PRINTED, size=9))
            self._row += 1
        end = get_column_letter(self._last)
        self._sheet.print_area = f"A1:{end}{self._row}"

    def _block_edges(self, block: Block) -> list[float]:
        side = self._grid.sheet.side if block.side else 0.0
        unit = (self._room - side) / sum(block.columns)
        edges = [0.0, side] if side else [0.0]
        for column in block.columns:
            edges.append(edges[-1] + column * unit)
        return edges

    def _page(self) -> None:
        sheet, shape = self._sheet, self._grid.sheet
        sheet.page_setup.paperSize = next(number for number, name in STOCKS.items() if name == self._paper.stock)
        sheet.page_setup.orientation = "landscape" if shape.landscape else "portrait"
        sheet.page_margins = PageMargins(*(side / INCH for side in (shape.left, shape.right, shape.top, shape.bottom)))
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
        sheet.sheet_view.showGridLines = False
        for number, (start, end) in enumerate(zip(self._edges.places, self._edges.places[1:], strict=False), 1):
            sheet.column_dimensions[get_column_letter(number)].width = characters(end - start)
        sheet.column_dimensions[get_column_letter(self._last + 1)].width = 60

    def _head(self) -> None:
        grid, half = self._grid, max(1, self._last // 2)
        self._across(said(grid.title), 1, self._last, "center", Font(name=_TITLE, size=grid.sheet.title))
        if grid.code:
            self._note(f"{{码 {said(grid.code)[1:-1]}}}")
        self._row = 2
        small = Font(name=_PRINTED, size=10.5)
        if grid.subtitle:
            self._across(said(grid.subtitle), 1, self._last, "center", small)
        self._row = 3
        if grid.left:
            self._across(said(grid.left), 1, half, "left", small)
        if grid.right:
            self._across(said(grid.right), half + 1, self._last, "right", small)
        self._row = _FIRST_ROW

    def _block(self, block: Block) -> None:
        first = self._row
        self._note(_block_marks(block))
        for line in block.heading:
            self._note("{块头}")
            self._line(block, line)
        for row in block.rows:
            if isinstance(row, Repeat):
                for line in row.heading:
                    self._note("{表头}")
                    self._line(block, line)
                self._note(_repeat_marks(row, nested=block.copies is not None))
                self._line(block, row.row)
                for _ in range(0 if row.beside else min(row.least, _MOST_BLANK) - 1):
                    self._line(block, replace(row.row, cells=tuple(map(_emptied, row.row.cells)), stretch=0.0))
            else:
                self._line(block, row)
        if block.side:
            self._side(block.side, first)

    def _line(self, block: Block, line: GridRow) -> None:
        """One row of cells, and go on to the next."""
        edges = self._block_edges(block)[1 if block.side else 0 :]
        for cell in line.cells:
            left, right = (self._edges.at(edges[at]) for at in (cell.column, cell.column + cell.width))
            self._cell(cell, (left + 1, right), block.ruled)
        self._sheet.row_dimensions[self._row].height = line.height / POINT
        marks = f"{{弹 {line.stretch:g}}}" if line.stretch else ""
        self._note(marks + (f"{{高 {line.height:g}}}" if line.height < _LOW else ""))
        self._row += 1

    def _cell(self, cell: Cell, columns: tuple[int, int], ruled: bool) -> None:
        fixed = all(isinstance(part, str) for part in cell.text)
        font = Font(name=_PRINTED if fixed else _FILLED, size=cell.size or self._grid.sheet.size)
        where = (self._row, columns[0], self._row + cell.depth - 1, columns[1])
        self._put(_words(cell), where, font, _HORIZONTAL[cell.align])
        corner = self._sheet.cell(self._row, columns[0])
        if cell.upright:
            corner.alignment = Alignment(textRotation=UPRIGHT, horizontal="center", vertical="center")
        self._rule(where, _BOX if ruled else _OPEN)

    def _side(self, words: str, first: int) -> None:
        where = (first, 1, self._row - 1, self._edges.at(self._grid.sheet.side))
        self._put(words, where, Font(name=_SIDE, size=11), "center")
        self._sheet.cell(first, 1).alignment = Alignment(textRotation=UPRIGHT, horizontal="center", vertical="center")
        self._rule(where, _BOX)

    def _across(self, words: str, left: int, right: int, align: str, font: Font) -> None:
        self._put(words, (self._row, left, self._row, right), font, align)

    def _put(self, words: str, where: tuple[int, int, int, int], font: Font, align: str) -> None:
        top, left, low, right = where
        cell = self._sheet.cell(top, left)
        if words:
            cell.value, cell.data_type = words, "s"
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        if (top, left) != (low, right):
            self._sheet.merge_cells(start_row=top, start_column=left, end_row=low, end_column=right)

    def _rule(self, where: tuple[int, int, int, int], border: Border) -> None:
        top, left, low, right = where
        for row in range(top, low + 1):
            for column in range(left, right + 1):
                self._sheet.cell(row, column).border = border

    def _note(self, marks: str) -> None:
        """Add marks right of the frame in the row at hand."""
        if marks:
            cell = self._sheet.cell(self._row, self._last + 1)
            cell.value, cell.font = f"{cell.value or ''}{marks}", _MARK


def _words(cell: Cell) -> str:
    """A cell as its author writes it: content, then what it is signed with."""
    text = _content(cell)
    signing = cell.signing
    finger = [f"指印{signing.fingerprint:g}"] if signing.fingerprint else []
    parts = [*signing.parties, *(["日期"] if signing.dated else []), *finger]
    text += "{签 " + " ".join(parts) + "}" if parts else ""
    text += f"{{章 {signing.seal}}}" if signing.seal else ""
    return text + ("{底线}" if cell.underlined else "")


def _content(cell: Cell) -> str:
    text = said(cell.text)
    if cell.kind is CellKind.LABEL and len(text) >= 40:
        return "{标签}" + text
    if cell.kind not in _KINDS or not text:
        return text
    if cell.kind is CellKind.PARAGRAPH and (len(cell.text) > 1 or isinstance(cell.text[0], str)):
        return "{段}" + text
    words = [text[:-1], _KINDS[cell.kind]]
    if cell.kind is CellKind.COMB and cell.boxes != Cell.__dataclass_fields__["boxes"].default:
        words.append(str(cell.boxes))
    words += ["于", cell.over] if cell.over else []
    return " ".join([*words, *cell.options]) + "}"


def _emptied(cell: Cell) -> Cell:
    return replace(cell, kind=CellKind.LABEL, text=(), signing=Signing(), upright=False, underlined=False)


def _block_marks(block: Block) -> str:
    marks = ""
    if block.at:
        word = "取" if block.copies is None else "逐"
        least = f" 至少{block.copies}" if block.copies is not None else ""
        marks += f"{{{word} {_rows(block.at)}{least}}}"
    if block.relevant:
        marks += f"{{仅当 {block.relevant.text}{' 待定不印' if block.sure else ''}}}"
    marks += "{另页}" if block.fresh else ""
    marks += "" if block.ruled else "{无线}"
    return marks or "{块}"


def _repeat_marks(repeat: Repeat, *, nested: bool) -> str:
    words = [f"{{重复 {_rows(repeat.rows)}", f"至少{repeat.least}"]
    if repeat.most != ENDLESS:
        words.append(f"最多{repeat.most}")
    elif not nested and not repeat.per_page:
        words.append("最多不限")
    if repeat.per_page:
        words.append(f"每页{repeat.per_page}")
    if repeat.fills != bool(repeat.per_page):
        words.append("补满" if repeat.fills else "不补满")
    if repeat.beside:
        words.append(f"旁{repeat.beside}")
    return " ".join([*words, f"量词 {repeat.measure}"]) + "}"


def _rows(rows: Rows) -> str:
    beyond = f" {rows.beyond}" if rows.beyond else ""
    return rows.table + beyond + (f" 限 {rows.where.text}" if rows.where else "")


def _near(edges: object) -> list[float]:
    """Edges in order, those that are nearly the same once."""
    found: list[float] = []
    for edge in sorted(edges):  # type: ignore[call-overload]
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _settings(sheet: Worksheet, lines: dict[str, str]) -> None:
    for row, (key, words) in enumerate(lines.items(), 1):
        for column, text in enumerate((key, words), 1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 60


def _guide(sheet: Worksheet) -> None:
    for row, line in enumerate(GUIDE_LINES, 1):
        sheet.cell(row, 1).value = line
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
