"""A worksheet's part cut into rows and cells without changing a byte of what is not touched."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string

from clerk.errors import UserCanFix

FORMULA = re.compile(r"<f\b([^>]*?)(?:/>|>([^<]*)</f>)")
"""What a cell computes: its attributes, and what it says where it says it itself."""

_DATA = re.compile(r"<sheetData\s*/>|<sheetData\s*>(.*)</sheetData>", re.DOTALL)
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_LINE = re.compile(r"""\sr=["'](\d+)["']""")
_PLACE = re.compile(r"""\sr=["']([A-Z]{1,3})(\d+)["']""")
_STYLE = re.compile(r"""\ss=["'](\d+)["']""")
_RESAVE = "这张表的写法少见，不能原样填入，请用 WPS 或 Excel 打开后另存为 .xlsx 再试"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: column from 1, style number, its attributes as written, and what stands in it."""

    column: int
    style: int
    attributes: str
    inner: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: line from 1, its attributes as written, the XML of its cells."""

    line: int
    attributes: str
    inner: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells in order."""
        return tuple(map(_cell, _CELL.finditer(self.inner)))


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's part: what stands before its rows, the rows by line, what stands after."""

    before: str
    rows: dict[int, Row]
    after: str


def cut(xml: str) -> Grid:
    """The part cut up. Raises UserCanFix for one that is written in a way we do not patch."""
    found = _DATA.search(xml)
    if found is None or "<!--" in xml or "<![CDATA[" in xml:
        raise UserCanFix(_RESAVE)
    rows = {}
    for each in _ROW.finditer(found[1] or ""):
        line = _LINE.search(each[1])
        if line is None:
            raise UserCanFix(_RESAVE)
        rows[int(line[1])] = Row(int(line[1]), each[1], each[2] or "")
    return Grid(xml[: found.start()], rows, xml[found.end() :])


def placed(attributes: str, place: str) -> str:
    """The attributes of a row or a cell with another place."""
    return re.sub(r"""(\sr=)["'][^"']*["']""", rf'\g<1>"{place}"', attributes, count=1)


def without(attributes: str, name: str) -> str:
    """The attributes with one left out."""
    return re.sub(rf"""\s{name}=(?:"[^"]*"|'[^']*')""", "", attributes)


def said_again(cell: Cell) -> str:
    """A cell as it is written."""
    return f"<c{cell.attributes}>{cell.inner}</c>" if cell.inner else f"<c{cell.attributes}/>"


def _cell(found: re.Match[str]) -> Cell:
    place, style = _PLACE.search(found[1]), _STYLE.search(found[1])
    if place is None:
        raise UserCanFix(_RESAVE)
    return Cell(column_index_from_string(place[1]), int(style[1]) if style else 0, found[1], found[2] or "")
