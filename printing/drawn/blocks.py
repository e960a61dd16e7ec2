"""The rows of a drawing as blocks of the grid: whose answers each shows, what is repeated, what heads a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from forms.cells import BEYOND
from printing.drawn.contents import content
from printing.drawn.lines import Line
from printing.drawn.marks import Mark
from printing.drawn.names import Names
from printing.drawn.problems import Problem, refuse
from printing.drawn.sheet import Box

_YES, _ENDLESS = "是", "不限"


@dataclass(frozen=True, slots=True)
class Home:
    """Whose answers a block shows: 取 or 逐 of a table, "" for the paper's own row; which rows, how many at least."""

    word: str = ""
    table: str = ""
    where: str = ""
    least: str = ""


@dataclass(slots=True)
class Making:
    """What blocks are made with, and what is gathered while they are: the address of each cell, and the problems.

    `places` maps the way to a row of the tree to the addresses of its cells, each with where its text begins.
    """

    names: Names
    each: str
    size: float
    usual: float
    columns: Sequence[float]
    places: dict[tuple[str | int, ...], list[tuple[int, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def blocks_of(lines: Sequence[Line], making: Making) -> list[dict[str, Any]]:
    """The blocks of a drawing, as the grid writes them."""
    found: list[dict[str, Any]] = []
    for home, part in _parts(lines, making):
        found.append(_block(home, part, making, len(found)))
    return found


def _parts(lines: Sequence[Line], making: Making) -> Iterator[tuple[Home, list[Line]]]:
    """Rows that belong together: same heading at the side, same answers; rows that a cell ties together stay so."""
    parts: list[tuple[Home, list[Line]]] = []
    told: Home | None = None
    reach = 0
    for tied in _tied(lines):
        first = tied[0]
        if first.begins or (parts and parts[-1][1][-1].side is not first.side):
            told = _told(first) if first.begins else None
            reach += 1
        home = told or _guessed(tied, making)
        if parts and parts[-1][0] == home and reach == 0:
            parts[-1][1].extend(tied)
        else:
            parts.append((home, list(tied)))
        reach = 0
    yield from parts


def _tied(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows that a high cell ties together; a heading stays with the rows it heads."""
    group: list[Line] = []
    until = -1
    for at, line in enumerate(lines):
        group.append(line)
        until = max([until, *(at + box.depth - 1 for box in line.boxes)])
        following = lines[at + 1] if at + 1 < len(lines) else None
        heads = following is not None and not following.begins and _is_repeat(following) and line.labels
        continues = following is not None and _is_repeat(line) and following.blank and following.edges == line.edges
        if at >= until and not heads and not continues and not ("表头" in line.marks or "块头" in line.marks):
            yield group
            group = []
    if group:
        yield group


def _is_repeat(line: Line) -> bool:
    return "重复" in line.marks or bool(line.table)


def _told(line: Line) -> Home:
    for word in ("取", "逐"):
        if word in line.marks:
            mark = line.marks[word]
            return Home(word, mark.said, mark.options.get("限", ""), mark.options.get("至少", ""))
    return Home()


def _guessed(lines: Sequence[Line], making: Making) -> Home:
    """The paper's own row, or the applicant where more of the placeholders mean something there."""
    texts = [box.text for line in lines if not _is_repeat(line) for box in line.boxes if "{" in box.text]
    applicant = making.names.applicant()
    if not texts or applicant is None:
        return Home()

    def lost(table: str) -> int:
        return sum(making.names.unknown_in(text, table) for text in texts)

    own = lost(making.each)
    return Home("取", *applicant) if own and lost(applicant[0]) < own else Home()


def _block(home: Home, lines: list[Line], making: Making, number: int) -> dict[str, Any]:
    first = lines[0]
    block: dict[str, Any] = {}
    if first.side is not None:
        block["侧"] = "".join(first.side.text.split())
    if home.word:
        making.problems += making.names.no_table(home.table, first.address)
        rows = {"表": home.table} | ({"限": home.where} if home.where else {})
        block[home.word] = rows | ({"少": home.least} if home.word == "逐" and home.least else {})
    block |= _flags(first.marks)
    headings = [line for line in lines if "块头" in line.marks]
    body = [line for line in lines if "块头" not in line.marks]
    edges = sorted({edge for line in lines for box in line.boxes for edge in (box.column, box.column + box.width)})
    block["列"] = [f"{sum(making.columns[start:end]):.1f}" for start, end in pairwise(edges)]
    grid = _Block(making, edges, home.table or making.each, number)
    if headings:
        block |= grid.heading(headings)
    block["行"] = grid.rows(body)
    return block


def _flags(marks: dict[str, Mark] | Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "仅当" in marks:
        found["仅当"] = marks["仅当"].said
        if "待定不印" in marks["仅当"].options:
            found["待定不印"] = _YES
    if "另页" in marks:
        found["另页"] = _YES
    if "无线" in marks:
        found["线"] = "否"
    return found


class _Block:
    """One block while its rows are written; `edges` are the sheet's columns at which cells begin and end."""

    def __init__(self, making: Making, edges: Sequence[int], table: str, number: int) -> None:
        self._making, self._edges, self._table, self._number = making, edges, table, number
        self._rows: list[Any] = []

    def rows(self, lines: Sequence[Line]) -> list[Any]:
        """The rows, with headings and blank rows taken into the repeated rows that they belong to."""
        at = 0
        while at < len(lines):
            heads = 0
            while at + heads < len(lines) and self._is_head(lines, at + heads):
                heads += 1
            repeat = lines[at + heads] if at + heads < len(lines) and _is_repeat(lines[at + heads]) else None
            if repeat is None:
                self._plain(lines[at])
                at += 1
                continue
            after = at + heads + 1
            blanks = 0
            while (
                after + blanks < len(lines)
                and lines[after + blanks].blank
                and lines[after + blanks].edges == repeat.edges
            ):
                blanks += 1
            self._repeat(lines[at : at + heads], repeat, blanks)
            at = after + blanks
        return self._rows

    def heading(self, lines: Sequence[Line]) -> dict[str, Any]:
        """A block's own heading."""
        return self._heading(lines, ())

    def _is_head(self, lines: Sequence[Line], at: int) -> bool:
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        if "表头" in line.marks:
            return True
        return after is not None and _is_repeat(after) and line.labels and line.edges == after.edges

    def _plain(self, line: Line) -> None:
        way = ("块", self._number, "行", len(self._rows))
        row = self._cells(line.boxes, self._table, way)
        extra = self._height(line) | ({"弹": line.marks["弹"].said} if "弹" in line.marks else {})
        if extra or not isinstance(row, str):
            self._moved(way, "格", row)
            self._rows.append({**extra, "格": row})
        else:
            self._rows.append(row)

    def _repeat(self, heads: Sequence[Line], line: Line, blanks: int) -> None:
        mark = line.marks.get("重复", Mark(line.table))
        table, options = mark.said or line.table, mark.options
        self._making.problems += self._making.names.no_table(table, line.address)
        way = ("块", self._number, "行", len(self._rows))
        row: dict[str, Any] = {"重复": table}
        usual = str(1 + blanks)
        known = {"限": options.get("限"), "少": options.get("至少", usual if blanks else None)}
        known["多"] = options.get("最多", usual if blanks and "至少" not in options else None)
        known |= {"每页": options.get("每页"), "量词": options.get("量词")}
        known["范围"] = next((word for word in BEYOND if word in options), None)
        known["补满"] = _YES if "补满" in options else "否" if "不补满" in options else None
        known["弹"] = line.marks["弹"].said if "弹" in line.marks else None
        row |= {word: said for word, said in known.items() if said}
        row |= self._height(line)
        if heads:
            row |= self._heading(heads, way)
        beside = int(options.get("旁", "0") or 0)
        if beside:
            row["旁"] = self._cells(line.boxes[:beside], self._table, (*way, "旁"))
        row["格"] = self._cells(line.boxes[beside:], table, (*way, "格"))
        self._rows.append(row)

    def _heading(self, lines: Sequence[Line], way: tuple[str | int, ...]) -> dict[str, Any]:
        place = way or ("块", self._number)
        found = {"表头高": self._height(lines[0]).get("高", f"{self._making.usual:g}")}
        if len(lines) == 1:
            return found | {"表头": self._cells(lines[0].boxes, self._table, (*place, "表头"))}
        rows = [self._cells(line.boxes, self._table, (*place, "表头行", at)) for at, line in enumerate(lines)]
        return found | {"表头行": rows}

    def _height(self, line: Line) -> dict[str, str]:
        said = line.marks["高"].said if "高" in line.marks else ""
        if said:
            return {"高": said}
        near = not line.height or abs(line.height - self._making.usual) < 0.06
        return {} if near else {"高": f"{line.height:.1f}"}

    def _cells(self, boxes: Sequence[Box], table: str, way: tuple[str | int, ...]) -> str | list[Any]:
        """The cells of a row, in short where they can be; their addresses are kept."""
        items = []
        for box in boxes:
            made = content(self._spanned(box), table, self._making.names, self._making.size)
            self._making.problems += made.problems
            items.append(made.item)
        if not items:
            self._making.problems.append(refuse(f"第{self._edges[0] + 1}列", "这一行没有格子"))
        addresses = [box.address for box in boxes]
        words = [item for item in items if isinstance(item, str)]
        if len(words) == len(items):
            starts = [len(" | ".join(words[:at])) for at in range(len(words))]
            self._making.places[way] = list(zip(starts, addresses, strict=True))
            return " | ".join(words)
        for at, address in enumerate(addresses):
            self._making.places[(*way, at)] = [(0, address)]
        return items

    def _moved(self, way: tuple[str | int, ...], key: str, row: Any) -> None:
        """The cells of a row that became a mapping lie one key deeper."""
        places = self._making.places
        if isinstance(row, str):
            places[(*way, key)] = places.pop(way)
            return
        for at in range(len(row)):
            places[(*way, key, at)] = places.pop((*way, at))

    def _spanned(self, box: Box) -> Box:
        """The box with its width in columns of the block."""
        wide = self._edges.index(box.column + box.width) - self._edges.index(box.column)
        return Box(box.row, box.column, wide, box.depth, box.text, box.align, box.size, box.upright)
