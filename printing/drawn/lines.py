"""The rows of a drawing as they follow one another: their cells, their marks, the vertical heading beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from printing.drawn.marks import BEGINS, ROW, Mark, marked
from printing.drawn.names import Names
from printing.drawn.sheet import Box, Drawing

_LOW = 5.3
"""The height of a row that nobody set, in mm."""
_NARROW = 14.0
"""So narrow, in mm, is a vertical heading that is not turned upright."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row within the frame: the cells that begin in it, its marks, its height (0: usual), the heading at its side.

    `table` is what its placeholders speak of by themselves (`{成员.姓名}`), "" when they do not say.
    """

    row: int
    boxes: tuple[Box, ...]
    marks: Mapping[str, Mark]
    height: float
    side: Box | None
    table: str = ""

    @property
    def address(self) -> str:
        """Its first cell."""
        return self.boxes[0].address if self.boxes else f"第{self.row + 1}行"

    @property
    def begins(self) -> bool:
        """Whether a mark says that a block begins here."""
        return any(word in self.marks for word in BEGINS)

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(box.text.strip() for box in self.boxes) and not self.marks

    @property
    def edges(self) -> tuple[int, ...]:
        """Where its cells begin."""
        return tuple(box.column for box in self.boxes)

    @property
    def labels(self) -> bool:
        """Whether it says words only."""
        return bool(self.boxes) and all(box.text and "{" not in box.text for box in self.boxes)


def lines_of(drawing: Drawing, names: Names) -> list[Line]:
    """The rows of the frame, marks taken out of the cells."""
    sides = [box for box in drawing.boxes if _is_side(box, drawing)]
    beside = {id(box) for box in sides}
    lines: list[Line] = []
    begun = {box.row for box in drawing.boxes if id(box) not in beside}
    for row in range(drawing.frame[0], drawing.frame[2] + 1):
        if row not in begun:  # merged through and through: the row above is as high as both
            continue
        side = next((box for box in sides if box.row <= row < box.row + box.depth), None)
        boxes = [box for box in drawing.boxes if box.row == row and id(box) not in beside]
        helpers = [box for box in drawing.beside if box.row == row]
        marks: dict[str, Mark] = {}
        kept = []
        for box in (*boxes, *helpers):
            said = marked(box.text)
            rows = {word: mark for word, mark in said.marks.items() if word in ROW}
            marks |= rows
            kept.append(_without(box, rows))
        table, inside = _of_table(kept[: len(boxes)], names)
        inside = [replace(box, depth=_rows_left(box, begun)) for box in inside]
        lines.append(Line(row, tuple(inside), marks, _height(drawing, row, begun), side, table))
    return lines


def _rows_left(box: Box, begun: Collection[int]) -> int:
    """How many rows deep a cell is, without those in which no cell begins."""
    return sum(row in begun for row in range(box.row, box.row + box.depth))


def _height(drawing: Drawing, row: int, begun: Collection[int]) -> float:
    """The height of a row with those under it in which no cell begins; 0 when nobody set any."""
    end = row + 1
    while end <= drawing.frame[2] and end not in begun:
        end += 1
    heights = [drawing.heights[at] for at in range(row, end)]
    return heights[0] if len(heights) == 1 else sum(high or _LOW for high in heights)


def strangers(drawing: Drawing) -> list[Box]:
    """What stands right of the frame and is no mark."""
    return [box for box in drawing.beside if marked(box.text).text]


def _without(box: Box, rows: Mapping[str, Mark]) -> Box:
    """The box without its marks of a row."""
    if not rows:
        return box
    text = box.text
    for word in rows:
        start = text.find("{" + word)
        end = text.find("}", start)
        text = text[:start] + text[end + 1 :]
    return replace(box, text=text.strip(" \n"))


def _is_side(box: Box, drawing: Drawing) -> bool:
    """A vertical heading: the first column, of words only: turned upright, or narrow like all of that column and of several rows."""
    _, left, _, right = drawing.frame
    if box.column != left or not box.text or "{" in box.text or box.column + box.width > right:
        return False
    wide = sum(drawing.columns[box.column : box.column + box.width])
    if box.upright:
        return wide <= 2 * _NARROW
    same = [one for one in drawing.boxes if (one.column, one.width) == (box.column, box.width)]
    return wide <= _NARROW and all(one.depth > 1 and one.text and "{" not in one.text for one in same)


def _of_table(boxes: Sequence[Box], names: Names) -> tuple[str, list[Box]]:
    """The table that `{表.字段}` of a row names, and its cells with the field alone."""
    table, kept = "", []
    for box in boxes:
        text = box.text
        for word in _prefixes(text):
            if names.is_table(word):
                table = word
                text = text.replace("{" + word + ".", "{")
        kept.append(box if text == box.text else replace(box, text=text))
    return table, kept


def _prefixes(text: str) -> list[str]:
    return [part.split(".")[0] for part in text.split("{")[1:] if "." in part.split("}")[0]]
