"""Compile a drawing to the canonical grid, and find what is wrong with it at the cell where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms.canonical import Document, Spots, write
from forms.language.plan import Plan
from forms.load_papers import read_papers
from forms.paper import Paper
from forms.paper_checks import check_paper
from forms.places import DataError, DataErrors, Place
from forms.reading import entries_of
from forms.schema import ROOT
from printing.drawn.blocks import Making, blocks_of
from printing.drawn.keys import keys_from, keys_of
from printing.drawn.lines import Line, lines_of, strangers
from printing.drawn.marks import marked
from printing.drawn.names import Names
from printing.drawn.problems import Problem, once, refuse, warn
from printing.drawn.sheet import STOCKS, Box, Drawing

NAME = "drawn"
_HERE = re.compile(rf"{NAME}:(\d+):(\d+)[ ，]?")
_USUAL_ROW = 8.0
_WIDTHS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0), "A5": (148.0, 210.0)}
_SCALED = 0.05


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an import beside the drawing: the paper's id, the edition, its first day ("" and None: not said)."""

    id: str = ""
    edition: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A drawing compiled: the canonical text, the paper it makes (None while something keeps it out), the problems.

    `addresses` says where on the sheet a place of the text stands.
    """

    text: str
    paper: Paper | None
    problems: tuple[Problem, ...]
    addresses: Addresses


class Addresses:
    """Finds the cell of the sheet that made a place of the canonical text."""

    def __init__(self, text: str, places: dict[tuple[str | int, ...], list[tuple[int, str]]]) -> None:
        self._spots, self._places = Spots(text, NAME), places

    def at(self, place: Place) -> str:
        """The cell's address; "" where no single cell is meant."""
        spot = self._spots.at(place)
        if spot is None:
            return ""
        for length in range(len(spot.key), 0, -1):
            cells = self._places.get(spot.key[:length])
            if cells:
                column = spot.column - 1 if length == len(spot.key) else 0
                return next(address for start, address in reversed(cells) if start <= column or start == 0)
        return ""

    def told(self, words: str) -> Problem:
        """A sentence that names a place of the text, said of the cell."""
        found = _HERE.search(words)
        address = self.at(Place(NAME, int(found[1]), int(found[2]))) if found else ""
        return refuse(address, _HERE.sub("", words).strip())


@dataclass(slots=True)
class _Head:
    """What stands above the frame."""

    tree: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def compile_drawing(drawing: Drawing, wish: Wish, older: Paper | None, plan: Plan) -> Compiled:
    """The paper a drawing makes; `older` is the edition it follows, whose keys hold where the drawing says nothing."""
    names = Names(plan)
    keys = _keys(drawing, wish, older)
    each = str(keys.get("每", ROOT))
    problems = list(drawing.problems)
    problems += [warn(box.address, f"框外的文字「{marked(box.text).text[:12]}」不印") for box in strangers(drawing)]
    lines = lines_of(drawing, names)
    page, stock = _page(drawing, keys, lines)
    making = Making(
        names=names,
        each=each if names.is_table(each) else ROOT,
        size=float(page["字号"]),
        usual=float(page["行高"]),
        columns=drawing.columns,
        problems=problems,
    )
    head = _head(drawing, making)
    blocks = blocks_of(lines, making)
    problems += _scaled(drawing, page, stock)
    if any("侧" in block for block in blocks):
        page.setdefault("侧宽", _side(drawing, lines, (page, stock)))
    tree = {
        **keys,
        **({"纸": stock} if stock != "A4" else {}),
        **head,
        "页": page,
        **_columns(blocks, making),
        "块": blocks,
    }
    if drawing.foot:
        tree["注"] = [_meant(box, making) for box in drawing.foot]
    return _loaded(tree, making, plan)


def _keys(drawing: Drawing, wish: Wish, older: Paper | None) -> dict[str, Any]:
    """The paper's own keys: asked for, else of the settings sheet, else of the older edition."""
    own = keys_from({key: value for key, (value, _) in drawing.settings.items()})
    asked = {"文书": wish.id, "版": wish.edition, "自": wish.since.isoformat() if wish.since else ""}
    inherited = keys_of(older) if older else {}
    inherited.pop("自", None)
    keys = {**inherited, **own, **{key: value for key, value in asked.items() if value}}
    keys.pop("页", None)
    first = next((marked(box.text).text for box in drawing.head if marked(box.text).text), "")
    keys.setdefault("名称", "".join(first.split()) or keys.get("文书", ""))
    order = ("文书", "名称", "版", "自")
    return {key: keys[key] for key in (*order, *keys) if key in keys}


def _page(drawing: Drawing, keys: dict[str, Any], lines: Iterable[Line]) -> tuple[dict[str, str], str]:
    """The page's shape and the size of paper; the usual row is the height that most rows have."""
    own = keys_from({key: value for key, (value, _) in drawing.settings.items()}).get("页", {})
    heights = Counter(line.height for line in lines if line.height)
    most = heights.most_common(1)[0] if heights else (0.0, 0)
    usual = most[0] if most[1] > 1 else _USUAL_ROW
    page = {**drawing.page, "字号": f"{drawing.size:g}", "行高": f"{usual:g}", **(own if isinstance(own, dict) else {})}
    return page, drawing.stock or str(keys.get("纸", "A4"))


def _head(drawing: Drawing, making: Making) -> dict[str, Any]:
    """Title, subtitle, the line above the frame, the QR code."""
    found: dict[str, Any] = {}
    rows: dict[int, list[Box]] = {}
    for box in drawing.head:
        said = marked(box.text)
        if "码" in said.marks:
            found["码"] = _meant_words(f"{{{said.marks['码'].said}}}", box, making)
        if said.text:
            rows.setdefault(box.row, []).append(box)
    middle = (drawing.frame[1] + drawing.frame[3] + 1) / 2
    for boxes in rows.values():
        for box in boxes:
            key = _place_of(box, boxes, found, middle)
            if key:
                found[key] = _meant(box, making)
            else:
                making.problems.append(
                    refuse(box.address, f"表格上方的「{box.text[:12]}」没有位置", "上方只有标题、副标题和左右各一处")
                )
    order = ("题", "副题", "左", "右", "码")
    return {key: found[key] for key in order if key in found}


def _place_of(box: Box, row: list[Box], found: dict[str, Any], middle: float) -> str:
    """Which of 题, 副题, 左, 右 words above the frame are; "" when that one is taken."""
    if "题" not in found:
        return "题"
    centred = box.align == "中" or (not box.align and box.column < middle - 1 < box.column + box.width - 1)
    if len(row) == 1 and centred:
        return "" if "副题" in found else "副题"
    right = box.align == "右" or box.column >= middle - 1
    key = "右" if right else "左"
    return "" if key in found else key


def _meant(box: Box, making: Making) -> str:
    return _meant_words(marked(box.text).text, box, making)


def _meant_words(text: str, box: Box, making: Making) -> str:
    said = making.names.meant(text, making.each, box.address)
    making.problems += said.problems
    return said.text


def _columns(blocks: list[dict[str, Any]], making: Making) -> dict[str, Any]:
    """The columns said once where all blocks have the same."""
    same = all(block["列"] == blocks[0]["列"] and ("侧" in block) == ("侧" in blocks[0]) for block in blocks)
    if not same:
        return {}
    columns = blocks[0]["列"]
    for block in blocks:
        del block["列"]
    return {"列": columns}


def _room(page: dict[str, str], stock: str) -> float:
    """The width between the margins in mm."""
    wide, high = _WIDTHS[stock]
    return (high if page.get("横向") == "是" else wide) - float(page["左"]) - float(page["右"])


def _scaled(drawing: Drawing, page: dict[str, str], stock: str) -> Iterator[Problem]:
    if not drawing.stock and stock in STOCKS.values():
        yield warn("", f"纸张不是 A4、A3 或 A5，按 {stock} 导入")
    _, left, _, right = drawing.frame
    share = _room(page, stock) / sum(drawing.columns[left : right + 1])
    if abs(share - 1) > _SCALED:
        yield warn("", f"表格宽度按页面{'放大' if share > 1 else '缩小'}到 {share:.0%}", "请看校样")


def _side(drawing: Drawing, lines: Iterable[Line], where: tuple[dict[str, str], str]) -> str:
    _, left, _, right = drawing.frame
    side = next(line.side for line in lines if line.side)
    wide = sum(drawing.columns[left : left + side.width])
    return f"{wide * _room(*where) / sum(drawing.columns[left : right + 1]):.1f}"


def _loaded(tree: dict[str, Any], making: Making, plan: Plan) -> Compiled:
    """The tree as text, read again by the loader; whatever it refuses is said of the cell."""
    text = write([Document(tree)])
    addresses = Addresses(text, making.places)
    problems, paper = list(making.problems), None
    try:
        (entry,) = entries_of(text, NAME)
        paper = read_papers(entry, NAME, NAME)
        faults = tuple(check_paper(paper, plan))
    except DataError as fault:
        faults = (fault,)
    except DataErrors as several:
        faults = several.errors
    if not any(problem.hard for problem in problems):  # names were told already, by cell
        problems += [refuse(addresses.at(fault.place), fault.message, fault.advice) for fault in faults]
    sound = not any(problem.hard for problem in problems)
    return Compiled(text, paper if sound else None, once(problems), addresses)
