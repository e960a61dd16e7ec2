"""What the clerk should know before a county sheet is filled: columns too narrow, drop-downs without our words, locked cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clerk.exchange.values import column_letters
from printing.county_sheet.around import merged_in
from printing.county_sheet.dropdowns import Dropdown, dropdowns
from printing.county_sheet.grid import Grid, cut
from printing.county_sheet.inspecting import CountySheet, Opened
from printing.county_sheet.parts import Parts
from printing.county_sheet.writing import words_in
from printing.sheet_rows import Cell, Format, Sheet, number_in

_COL = re.compile(r"<col\b([^>]*)/?>")
_USUAL = 8.43
"""Width of a column that says none, in digits of the sheet's own face."""
_SIZE = 11.0
_SHOWN = 3
_STYLES = re.compile(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", re.DOTALL)
_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_FONT = re.compile(r"<font\s*/>|<font\b[^>]*>.*?</font>", re.DOTALL)
_LOST = (
    ("_xmlsignatures/", "文件上的数字签名填入后失效"),
    ("xl/pivotTables/", "表里有数据透视表，填好后要在 Excel 或 WPS 里刷新"),
    ("xl/revisions/", "这是共享工作簿，修订记录不会跟着新行走"),
    ("xl/queryTables/", "表里有外部查询，填好后不要再刷新它"),
)


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to know; `place` is the column it is about (from 0), None for the whole sheet."""

    place: int | None
    words: str


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell shows what stands in it."""

    size: float
    wraps: bool
    shrinks: bool
    locked: bool


def cautions_of(opened: Opened, county: CountySheet, sheet: Sheet) -> list[Caution]:
    """Everything to know of this sheet filled with these rows, by column, what concerns the whole of it last."""
    with Parts(opened.data) as parts:
        part = parts.part_of(county.layout.sheet)
        grid, looks = cut(parts.text(part)), _looks(parts.text("xl/styles.xml"))
        lists = dropdowns(parts, part, grid)
        lost = [Caution(None, words) for folder, words in _LOST if any(name.startswith(folder) for name in parts.names)]
    found: list[Caution] = []
    texts = _texts(county, sheet)
    for place in sorted(texts):
        look = looks[_style(grid, county, place)] if looks else _Look(_SIZE, False, False, True)
        found += _narrow(grid, county, place, texts[place], look)
        found += _unlisted(county, place, texts[place], lists)
    return [*found, *_locked(grid, county, texts, looks), *lost]


def _texts(county: CountySheet, sheet: Sheet) -> dict[int, list[str]]:
    """What will be seen in each column that is filled."""
    sources = {column.heading: at for at, column in reversed(list(enumerate(sheet.columns)))}
    found = {place: [text] for place, text in county.fixed.items()}
    for name, place in county.columns.items():
        if place is not None and name in sources:
            form, at = sheet.columns[sources[name]].format, sources[name]
            spread = sheet.columns[at].room and county.boxes(place) > 1
            found[place] = [seen(row[at], form)[: 1 if spread else None] for row in sheet.rows]
    return found


def seen(value: Cell, form: Format) -> str:
    """A value as the cell of a county sheet shows it."""
    number = number_in(value, form) if form in (Format.MONEY, Format.COUNT, Format.NUMBER) else None
    return words_in(value, form) if number is None else number


def _narrow(grid: Grid, county: CountySheet, place: int, texts: Sequence[str], look: _Look) -> Iterator[Caution]:
    longest = max((_letters(text) for text in texts), default=0) * look.size / _SIZE
    room = sum(_width(grid, at) for at in _across(grid, county, place))
    if longest <= room or look.shrinks or (look.wraps and not _one_word(texts)):
        return
    title = county.layout.headings[place]
    yield Caution(
        place, f"{column_letters(place)}列「{title}」太窄：要{longest:.0f}个字符宽，只有{room:.0f}，填入后看不全"
    )


def _unlisted(county: CountySheet, place: int, texts: Sequence[str], lists: Sequence[Dropdown]) -> Iterator[Caution]:
    one = next((one for one in lists if one.holds(place + 1, county.layout.first)), None)
    if one is None:
        return
    title = f"{column_letters(place)}列「{county.layout.headings[place]}」"
    if one.words is None:
        yield Caution(place, f"{title}的下拉选项是算出来的，没有核对")
        return
    missing = sorted({text for text in texts if text} - set(one.words))
    if missing:
        some = "、".join(missing[:_SHOWN]) + ("等" if len(missing) > _SHOWN else "")
        rows = sum(text in missing for text in texts)
        yield Caution(place, f"{title}的下拉里没有：{some}（{rows}行）")


def _locked(grid: Grid, county: CountySheet, places: Iterable[int], looks: Sequence[_Look]) -> Iterator[Caution]:
    if not re.search(r'<sheetProtection\b[^>]*\bsheet="(?:1|true)"', grid.after):
        return
    closed = [column_letters(at) for at in sorted(places) if not looks or looks[_style(grid, county, at)].locked]
    if closed:
        yield Caution(None, f"工作表有保护，{'、'.join(closed)}列是锁定的：填得进去，但填好后要先撤销保护才能改")


def _style(grid: Grid, county: CountySheet, place: int) -> int:
    row = grid.rows.get(county.layout.first)
    return next((cell.style for cell in row.cells if cell.column == place + 1), 0) if row else 0


def _across(grid: Grid, county: CountySheet, place: int) -> range:
    """The columns (from 1) that the cell at a place spans."""
    line = county.layout.first
    for left, right in merged_in(grid.after, range(line, line + 1)).get(line, ()):
        if left == place + 1:
            return range(left, right + 1)
    return range(place + 1, place + 2)


def _width(grid: Grid, column: int) -> float:
    for found in _COL.finditer(grid.before):
        said = dict(re.findall(r'(\w+)="([^"]*)"', found[1]))
        if int(said["min"]) <= column <= int(said["max"]) and "width" in said:
            return float(said["width"])
    usual = re.search(r'\bdefaultColWidth="([\d.]+)"', grid.before)
    return float(usual[1]) if usual else _USUAL


def _letters(text: str) -> int:
    """How wide the longest line of a text is, in digits: a Han character is as wide as two."""
    return max(
        (sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n")),
        default=0,
    )


def _one_word(texts: Sequence[str]) -> bool:
    """True where the longest is a number that no line break helps."""
    longest = max(texts, key=_letters, default="")
    return longest.isascii() and " " not in longest


def _looks(xml: str) -> list[_Look]:
    """How each style of the workbook shows a cell."""
    fonts = re.search(r"<fonts\b[^>]*>(.*?)</fonts>", xml, re.DOTALL)
    sizes = [_size(one) for one in _FONT.findall(fonts[1])] if fonts else []
    styles = _STYLES.search(xml)
    return [_look(one, sizes) for one in _XF.findall(styles[1])] if styles else []


def _size(font: str) -> float:
    found = re.search(r'<sz\b[^>]*\bval="([\d.]+)"', font)
    return float(found[1]) if found else _SIZE


def _look(style: str, sizes: Sequence[float]) -> _Look:
    font = int(found[1]) if (found := re.search(r'fontId="(\d+)"', style)) else 0

    def says(name: str) -> bool:
        return bool(re.search(rf'\b{name}="(?:1|true)"', style))

    free = re.search(r'\blocked="(?:0|false)"', style)
    return _Look(sizes[font] if font < len(sizes) else _SIZE, says("wrapText"), says("shrinkToFit"), not free)
