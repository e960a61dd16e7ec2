"""What refers to the rows of a sheet, moved with them: merges, rules, filters, pictures, notes, names, other sheets."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from xml.sax.saxutils import escape

from printing.county_sheet.grid import FORMULA, Cell, Row, placed, said_again, without
from printing.county_sheet.moving import Move, corners
from printing.county_sheet.parts import TYPES, WORKBOOK, Parts
from printing.county_sheet.writing import formula_of

_MERGES = re.compile(r"(<mergeCells\b[^>]*>)(.*?)(</mergeCells>)", re.DOTALL)
_MERGE = re.compile(r'(<mergeCell\b[^>]*?\bref=")([^"]+)("[^>]*>)')
_COUNT = re.compile(r'\bcount="\d+"')
_MERGED = re.compile(r'ref="([^"]+)"')
_AREA = re.compile(r'(<(?!hyperlink\b|mergeCell\b)[\w:]+\b[^>]*?\s(?:ref|sqref)=")([^"]*)(?=")')
_LINK = re.compile(r'(<hyperlink\b[^>]*?\sref=")([^"]*)(?=")')
_SAID_AREA = re.compile(r"(<xm:sqref>)([^<]*)(?=</)")
_RULE = re.compile(r"(<(?:xm:f|formula[12]?)\b[^>]*>)([^<]*)(?=</)")
_BREAKS = re.compile(r"<rowBreaks\b.*?</rowBreaks>", re.DOTALL)
_BREAK = re.compile(r'(<brk\b[^>]*?\bid=")(\d+)(?=")')
_DIMENSION = re.compile(r'(<dimension\b[^>]*?ref=")([^"]*)(?=")')
_CELL_PLACE = re.compile(r'(<c\b[^>]*?\sr=")([A-Z]{1,3})\d+(?=")')
_WHOLE_CELL = re.compile(r"<c\b([^>]*?)>((?:(?!</c>).)*?<f\b.*?)</c>", re.DOTALL)
_FORMULA_TEXT = re.compile(r"(<(?:f|c:f|xm:f|formula[12]?)(?:\s[^>]*)?>)([^<]*)(?=</)")
_NAME = re.compile(r"(<definedName\b[^>]*>)([^<]*)(?=</)")
_ANCHOR = re.compile(r"<((?:\w+:)?(?:twoCell|oneCell)Anchor)\b([^>]*)>.*?</\1>", re.DOTALL)
_DRAWN_ROW = re.compile(r"(<(?:\w+:)?row>)(\d+)(?=<)")
_NOTE = re.compile(r'(<(?:comment|threadedComment)\b[^>]*?\bref=")([^"]*)(?=")')
_NOTE_SHAPE = re.compile(r"<(\w+:)?ClientData\b.*?</\1ClientData>", re.DOTALL)
_AREA_OF_FORMULA = re.compile(r'\sref="([^"]*)"')
_NOTE_ROW = re.compile(r"(<(?:\w+:)?Row>)(\d+)(?=<)")
_NOTE_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)\s*(\d+(?:\s*,\s*\d+){7})(?=\s*<)")
_CALC = re.compile(r"<calcPr\b([^>]*?)/?>(?:</calcPr>)?")


def moved_row(row: Row, move: Move, masters: Mapping[str, tuple[str, str]], result: Callable[[str], str]) -> str:
    """A row that is not ours where it goes, its formulas pointing to where their cells went.

    `result` gives what a formula comes to, or nothing where that is left to the program that opens the file.
    """
    line = move.line(row.line)
    inner = row.inner
    if "<f" in inner:
        inner = "".join(
            _computed(cell, move.formula(formula_of(cell, row.line, masters), here=True), move, result)
            for cell in row.cells
        )
    if line != row.line:
        inner = _CELL_PLACE.sub(rf"\g<1>\g<2>{line}", inner)
    attributes = placed(row.attributes, str(line))
    return f"<row{attributes}>{inner}</row>" if inner else f"<row{attributes.rstrip('/')}/>"


def _computed(cell: Cell, formula: str, move: Move, result: Callable[[str], str]) -> str:
    if not formula:
        return said_again(cell)
    found = FORMULA.search(cell.inner)
    kept = found[1] if found and 't="array"' in found[1] else ""
    kept = _AREA_OF_FORMULA.sub(lambda area: f' ref="{move.spot(area[1])}"', kept)
    value = result(formula)
    known = f"<v>{value}</v>" if value else ""
    return f"<c{without(cell.attributes, 't')}><f{kept}>{escape(formula)}</f>{known}</c>"


def after_rows(xml: str, move: Move, ours: Iterable[str], prepared: range) -> str:
    """What stands behind the rows of the sheet's part; `ours` are the merged areas of the rows written."""

    def merge(found: re.Match[str]) -> str:
        return "" if corners(found[2])[0] in prepared else found[1] + move.spot(found[2]) + found[3]

    def merges(found: re.Match[str]) -> str:
        body = _MERGE.sub(merge, found[2]) + "".join(f'<mergeCell ref="{area}"/>' for area in ours)
        count = body.count("<mergeCell")
        return _COUNT.sub(f'count="{count}"', found[1]) + body + found[3] if count else ""

    xml = _MERGES.sub(merges, xml)
    xml = _AREA.sub(lambda found: found[1] + move.areas(found[2]), xml)
    xml = _LINK.sub(lambda found: found[1] + move.spot(found[2]), xml)
    xml = _SAID_AREA.sub(lambda found: found[1] + move.areas(found[2]), xml)
    xml = _RULE.sub(_rewritten(move, here=True), xml)
    return _BREAKS.sub(lambda found: _BREAK.sub(lambda one: one[1] + str(_break(int(one[2]), move)), found[0]), xml)


def merged_in(xml: str, lines: range) -> dict[int, list[tuple[int, int]]]:
    """By line, the columns that are merged within it (first, last; from 1)."""
    found: dict[int, list[tuple[int, int]]] = {}
    section = _MERGES.search(xml)
    for area in _MERGED.findall(section[2]) if section else ():
        top, left, end, right = corners(area)
        if top == end and top in lines:
            found.setdefault(top, []).append((left, right))
    return found


def before_rows(xml: str, move: Move) -> str:
    """What stands before the rows: only the size of the sheet changes."""
    return _DIMENSION.sub(lambda found: found[1] + move.area(found[2]), xml)


def move_others(parts: Parts, part: str, move: Move) -> None:
    """Move what other parts say of the sheet: its tables, pictures and notes; names, charts and formulas elsewhere."""
    for name, kind in parts.related(part).items():
        if kind == "table":
            parts.put(name, _AREA.sub(lambda found: found[1] + move.areas(found[2]), parts.text(name)))
        elif kind == "drawing":
            parts.put(name, _ANCHOR.sub(lambda found: _anchored(found, move), parts.text(name)))
        elif kind in ("comments", "threadedComment"):
            parts.put(name, _NOTE.sub(lambda found: found[1] + move.spot(found[2]), parts.text(name)))
        elif kind == "vmlDrawing":
            parts.put(name, _NOTE_SHAPE.sub(lambda found: _note_shape(found[0], move), parts.text(name)))
    parts.put(WORKBOOK, _NAME.sub(_rewritten(move, here=False), parts.text(WORKBOOK)))
    for name in parts.names:
        if name != part and name.startswith(("xl/worksheets/sheet", "xl/charts/")) and name.endswith(".xml"):
            parts.put(name, _FORMULA_TEXT.sub(_rewritten(move, here=False), parts.text(name)))


def recalculate(parts: Parts) -> None:
    """Have the program that opens the file compute everything anew; the order it computed in before is left out."""
    chain = "xl/calcChain.xml"
    if chain in parts.names:
        parts.drop(chain)
        parts.put(TYPES, re.sub(r'<Override\b[^>]*?PartName="/xl/calcChain\.xml"[^>]*?/>', "", parts.text(TYPES)))
        links = "xl/_rels/workbook.xml.rels"
        parts.put(
            links, re.sub(r'<Relationship\b[^>]*?Target="(?:/xl/)?calcChain\.xml"[^>]*?/>', "", parts.text(links))
        )
    xml = parts.text(WORKBOOK)
    known = _CALC.search(xml)
    if known and 'fullCalcOnLoad="1"' in known[1]:
        return
    if known:
        said = f'<calcPr{without(known[1], "fullCalcOnLoad").rstrip()} fullCalcOnLoad="1"/>'
        parts.put(WORKBOOK, xml[: known.start()] + said + xml[known.end() :])
        return
    ends = [xml.rfind(f"</{name}>") + len(f"</{name}>") for name in _BEFORE_CALC if f"</{name}>" in xml]
    at = max(ends)
    parts.put(WORKBOOK, f'{xml[:at]}<calcPr fullCalcOnLoad="1"/>{xml[at:]}')


_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What a workbook's part says before how it computes, by the file format's order."""


def _rewritten(move: Move, *, here: bool) -> Callable[[re.Match[str]], str]:
    def rewrite(found: re.Match[str]) -> str:
        old = html.unescape(found[2])
        new = move.formula(old, here=here)
        return found[0] if new == old else found[1] + escape(new)

    return rewrite


def _break(after: int, move: Move) -> int:
    return move.line(after + 1) - 1


def _anchored(found: re.Match[str], move: Move) -> str:
    """A picture below the prepared rows moves; one that stands beside them or above stays as it is."""
    rows = _DRAWN_ROW.findall(found[0])
    if not rows or 'editAs="absolute"' in found[2] or int(rows[0][1]) + 1 <= move.last:
        return found[0]
    return _DRAWN_ROW.sub(lambda row: row[1] + str(move.line(int(row[2]) + 1) - 1), found[0])


def _note_shape(xml: str, move: Move) -> str:
    row = _NOTE_ROW.search(xml)
    if row is None or int(row[2]) + 1 <= move.last:
        return xml

    def anchor(found: re.Match[str]) -> str:
        numbers = [int(number) for number in found[2].split(",")]
        for at in (2, 6):
            numbers[at] += move.by
        return found[1] + ", ".join(map(str, numbers))

    return _NOTE_ANCHOR.sub(anchor, _NOTE_ROW.sub(lambda found: found[1] + str(int(found[2]) + move.by), xml))
