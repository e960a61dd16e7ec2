"""How a county sheet is laid out: its head, the rows prepared for data, the line of totals, what stands below."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from clerk.errors import UserCanFix
from clerk.exchange import reading
from clerk.exchange.headings import Head, folded
from clerk.exchange.values import cell_text
from printing.county_sheet.grid import Grid

_RUNNING = frozenset({"序号", "顺序号", "排序", "no"})
_TOTAL = re.compile(r"(?:本页|本表|本月)?(?:合计|总计|共计|小计)")
_BELOW = re.compile(
    r"(?:注|备注|说明|填表说明)[:：]|.*(?:审核人|填表人|制表人|填报人|负责人|经办人|签字|签章|盖章|审批人|填报日期|填表日期|联系电话)[:：]"
)
_ENOUGH = 3
"""A prepared row has cells, drawn or filled, under at least one heading in so many."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines count from 1, columns from 0; `prepared` rows from `first` on are for data, none where the foot comes at once.

    `number` is the column of running numbers, `total` the line of totals; a file without them has None. `words` are the
    ways to say each heading: all rows of it joined, and the lowest alone. `merged` are places whose cells for data span
    several columns.
    """

    sheet: str
    top: int
    depth: int
    first: int
    prepared: int
    headings: tuple[str, ...]
    number: int | None
    total: int | None
    fingerprint: str
    words: tuple[tuple[str, ...], ...] = ()
    merged: frozenset[int] = frozenset()

    @property
    def last(self) -> int:
        """The last prepared line; the line of the head's end where none is."""
        return self.first + self.prepared - 1


def layout_of(sheet: reading.Sheet, head: Head, grid: Grid) -> Layout:
    """The layout below a head. Raises UserCanFix where prepared rows are merged one into another."""
    first = head.first + 1
    prepared = 0
    while _is_prepared(sheet, head, grid, first + prepared):
        prepared += 1
    if not prepared and not _is_foot(sheet, head, first):
        prepared = 1
    for top, _, end, _ in sheet.merged:
        if end > top and top + 1 < first + prepared and end + 1 >= first:
            raise UserCanFix(f"「{sheet.name}」第{top + 1}行起的待填行有上下合并的格，请先拆开再用")
    number = next((place for place, title in enumerate(head.titles) if folded(title) in _RUNNING), None)
    below = first + prepared
    total = below if _is_total(_texts(sheet, below)) else None
    depth = head.first - head.top
    said = (sheet.name, head.top, depth, [*map(folded, head.titles)], _head_merges(sheet, head), first, prepared, total)
    spans = frozenset(left for top, left, end, right in sheet.merged if top <= first - 1 <= end and right > left)
    mark = hashlib.sha256(repr(said).encode()).hexdigest()
    return Layout(sheet.name, head.top + 1, depth, first, prepared, head.titles, number, total, mark, head.words, spans)


def _head_merges(sheet: reading.Sheet, head: Head) -> list[tuple[int, int, int, int]]:
    return sorted(area for area in sheet.merged if head.top <= area[0] < head.first)


def _is_prepared(sheet: reading.Sheet, head: Head, grid: Grid, line: int) -> bool:
    row = grid.rows.get(line)
    if row is None or _is_foot(sheet, head, line):
        return False
    headed = {place + 1 for place, title in enumerate(head.titles) if title}
    present = sum(cell.column in headed and (cell.style > 0 or bool(cell.inner)) for cell in row.cells)
    return present * _ENOUGH >= len(headed)


def _is_foot(sheet: reading.Sheet, head: Head, line: int) -> bool:
    """A line of totals, remarks or signatures, or one merged across most of the sheet."""
    texts = _texts(sheet, line)
    if _is_total(texts) or any(_BELOW.match(text) for text in texts):
        return True
    return any(
        top <= line - 1 <= end and (right - left + 1) * 2 > len(head.titles) for top, left, end, right in sheet.merged
    )


def _is_total(texts: Sequence[str]) -> bool:
    return any(_TOTAL.fullmatch(text.rstrip(":：")) for text in texts[:3])


def _texts(sheet: reading.Sheet, line: int) -> list[str]:
    """What is said in a line, without blanks."""
    if line > len(sheet.rows):
        return []
    said = (re.sub(r"\s+", "", cell_text(cell)) for cell in sheet.rows[line - 1])
    return [text for text in said if text]
