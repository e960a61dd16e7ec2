"""The drop-downs of a county sheet: where they are, and which words they offer."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from printing.county_sheet.grid import Grid, cut
from printing.county_sheet.moving import corners
from printing.county_sheet.parts import WORKBOOK, Parts

_PLAIN = re.compile(r"<dataValidation\b([^>]*)>(.*?)</dataValidation>", re.DOTALL)
_ACROSS = re.compile(r"<x14:dataValidation\b([^>]*)>(.*?)</x14:dataValidation>", re.DOTALL)
_FORMULA = re.compile(r"<formula1>(.*?)</formula1>|<x14:formula1>.*?<xm:f>(.*?)</xm:f>", re.DOTALL)
_AREA = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_STRINGS = "xl/sharedStrings.xml"
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Dropdown:
    """One drop-down: its areas, and the words it offers; None where only a program that computes could say."""

    areas: tuple[str, ...]
    words: frozenset[str] | None

    def holds(self, column: int, line: int) -> bool:
        """Whether a cell (both from 1) has it."""
        boxes = [corners(area) for area in self.areas]
        return any(top <= line <= end and left <= column <= right for top, left, end, right in boxes)


def dropdowns(parts: Parts, part: str, grid: Grid) -> list[Dropdown]:
    """Every drop-down of a sheet's part, those fed by other sheets included."""
    found = []
    for attributes, inner in _PLAIN.findall(grid.after) + _ACROSS.findall(grid.after):
        if not re.search(r'\btype="list"', attributes):
            continue
        areas = re.search(r'\bsqref="([^"]*)"', attributes) or re.search(r"<xm:sqref>([^<]*)<", inner)
        formula = _FORMULA.search(inner)
        if areas and formula:
            words = _words(parts, part, html.unescape(formula[1] or formula[2]).strip())
            found.append(Dropdown(tuple(areas[1].split()), words))
    return found


def _words(parts: Parts, part: str, formula: str, named: bool = True) -> frozenset[str] | None:
    if formula.startswith('"'):
        return frozenset(word.strip() for word in formula.strip('"').split(","))
    area = _AREA.fullmatch(formula)
    if area:
        sheet = (area[1] or "").replace("''", "'") or area[2]
        source = dict(parts.sheets()).get(sheet) if sheet else part
        return _said(parts, source, formula.rpartition("!")[2].replace("$", "")) if source else None
    name = re.search(rf'<definedName\b[^>]*\bname="{re.escape(formula)}"[^>]*>([^<]*)<', parts.text(WORKBOOK))
    return _words(parts, part, html.unescape(name[1]), named=False) if name and named else None


def _said(parts: Parts, part: str, area: str) -> frozenset[str] | None:
    """What stands in an area of a sheet."""
    top, left, end, right = corners(area)
    if (end - top + 1) * (right - left + 1) > _MOST:
        return None
    shared = _strings(parts)
    words = set()
    for line, row in cut(parts.text(part)).rows.items():
        if top <= line <= end:
            words |= {_text(cell.attributes, cell.inner, shared) for cell in row.cells if left <= cell.column <= right}
    return frozenset(words - {""})


def _text(attributes: str, inner: str, shared: list[str]) -> str:
    value = re.search(r"<v>([^<]*)</v>", inner)
    if value and re.search(r'\bt="s"', attributes):
        return shared[int(value[1])]
    if value:
        return html.unescape(value[1])
    return html.unescape("".join(re.findall(r"<t\b[^>]*>([^<]*)</t>", inner)))


def _strings(parts: Parts) -> list[str]:
    if _STRINGS not in parts.names:
        return []
    items = re.findall(r"<si\s*/>|<si\b[^>]*>(.*?)</si>", parts.text(_STRINGS), re.DOTALL)
    return [html.unescape("".join(re.findall(r"<t\b[^>]*>([^<]*)</t>", item))) for item in items]
