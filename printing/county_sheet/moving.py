"""Where a place in a sheet goes when rows are put in below its last prepared row: cells, areas, formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

MOST = 1_048_576
"""Lines a sheet has."""

_CORNER = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d{1,7})")
_TOKEN = re.compile(
    r"""(?P<words>"(?:[^"]|"")*")"""
    r"""|(?<![\w.$\]!'])(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"""
    r"""(?:(?P<from>\$?[A-Z]{1,3}\$?\d{1,7})(?::(?P<to>\$?[A-Z]{1,3}\$?\d{1,7}))?"""
    r"""|(?P<top>\$?\d{1,7}):(?P<end>\$?\d{1,7}))(?![\w(.!])"""
)
_RELATIVE = re.compile(r"""("(?:[^"]|"")*")|(?<![\w.$])(\$?[A-Z]{1,3})(\d{1,7})(?![\w(.!])""")


@dataclass(frozen=True, slots=True)
class Move:
    """`by` rows put in below line `last` of one sheet; everything further down moves, what ends there grows."""

    sheet: str
    last: int
    by: int

    def line(self, number: int) -> int:
        """Where a line goes. Raises ValueError beyond the end of a sheet."""
        moved = number + self.by if number > self.last else number
        return MOST if number == MOST else _within(moved)

    def spot(self, text: str) -> str:
        """A cell or a merged area moves as it is."""
        return _CORNER.sub(lambda found: f"{found[1]}{found[2]}{self.line(int(found[3]))}", text)

    def area(self, text: str) -> str:
        """An area that reaches the last prepared row takes the new rows in; `A5` there becomes `A5:A9`."""
        start, _, stop = text.partition(":")
        first, last = _CORNER.fullmatch(start), _CORNER.fullmatch(stop or start)
        if not first or not last:
            return text
        top, end = int(first[3]), int(last[3])
        if not self.by or end < self.last or end == MOST:
            return text
        end = self.line(end) if end > self.last else _within(end + self.by)
        moved = f"{first[1]}{first[2]}{self.line(top)}"
        bottom = f"{last[1]}{last[2]}{end}"
        return moved if moved == bottom else f"{moved}:{bottom}"

    def areas(self, text: str) -> str:
        """Several areas with blanks between."""
        return " ".join(map(self.area, text.split()))

    def formula(self, text: str, *, here: bool, carried: bool = False) -> str:
        """A formula or a name's content; `here`: places without a sheet's name are on this one.

        `carried`: the formula is written anew in each row, so only areas fixed by `$` take the new rows in.
        """

        def moved(found: re.Match[str]) -> str:
            whose = found["sheet"] or ""
            if found["words"] or not (_name(whose) == self.sheet if whose else here):
                return found[0]
            if found["top"]:
                return whose + self._rows(found["top"], found["end"])
            if found["to"] and (not carried or re.search(r"\$\d", found["to"])):
                return whose + self.area(f"{found['from']}:{found['to']}")
            return whose + self.spot(f"{found['from']}:{found['to']}" if found["to"] else found["from"])

        return _TOKEN.sub(moved, text) if self.by else text

    def _rows(self, top: str, end: str) -> str:
        moved = self.area(f"A{top}:A{end}")
        start, _, stop = moved.partition(":")
        return f"{start[1:]}:{(stop or start)[1:]}"


def pieces(formula: str, line: int) -> tuple[str | int, ...]:
    """A formula of one row cut so that it can be said for any row: numbers are distances from the row it stands in."""
    parts: list[str | int] = []
    done = 0
    for found in _RELATIVE.finditer(formula):
        if found[1]:
            continue
        parts += [formula[done : found.end(2)], int(found[3]) - line]
        done = found.end()
    return (*parts, formula[done:])


def said_for(parts: tuple[str | int, ...], line: int) -> str:
    """The formula for one row."""
    return "".join(part if isinstance(part, str) else str(line + part) for part in parts)


def corners(area: str) -> tuple[int, int, int, int]:
    """First line, first column, last line, last column of an area, all from 1. Raises ValueError when it is none."""
    start, _, stop = area.replace("$", "").partition(":")
    first, last = _CORNER.fullmatch(start), _CORNER.fullmatch(stop or start)
    if not first or not last:
        raise ValueError(f"no area: {area}")
    return int(first[3]), column_index_from_string(first[1]), int(last[3]), column_index_from_string(last[1])


def area_of(line: int, first: int, last: int) -> str:
    """The area of some columns in one line."""
    return f"{get_column_letter(first)}{line}:{get_column_letter(last)}{line}"


def _within(line: int) -> int:
    if line > MOST:
        raise ValueError("beyond the end of the sheet")
    return line


def _name(qualifier: str) -> str:
    plain = qualifier.removesuffix("!")
    return plain[1:-1].replace("''", "'") if plain.startswith("'") else plain
