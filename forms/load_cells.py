"""Read what stands in the cells of a paper: labels, values, combs, ticks, paragraphs, signatures.

A row is written `姓名:3 | {姓名}:5 | {证件号 格}` or as a list whose items may be mappings; see `forms.load_papers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import yaml

from forms.paper import Cell, CellKind, Ordinal, Signing, Slot, Template
from forms.reading import DataError, Entry, Located, Place, as_entry, did_you_mean, located, read_integer
from forms.schema import Expression

FORMS = ("大写", "遮", "年月")
"""How a value may be said (`{金额 大写}`)."""
_KINDS = {kind.value: kind for kind in (CellKind.COMB, CellKind.TICKS, CellKind.PARAGRAPH)}
ALIGNS = ("左", "中", "右")
"""Where words stand in a cell."""
_SLOT = re.compile(r"\{([^{}]*)\}")
_SIZE = re.compile(r"^(.*?)(?::(\d+))?(?:\^(\d+))?$", re.DOTALL)
_UPRIGHT = " 竖"
_CONTENT = ("标签", "值", "格", "选", "段")


@dataclass(frozen=True, slots=True)
class _Said:
    """One `{…}` read: the value, and what its words ask of the cell."""

    slot: Slot
    kind: CellKind = CellKind.VALUE
    align: str = ""
    options: tuple[str, ...] = ()
    over: str = ""


class Columns:
    """The columns of one block while its rows are read: which ones a cell from above reaches into, and the usual row height."""

    def __init__(self, count: int, row: float) -> None:
        self._deep = [0] * count
        self.row = row

    def read(self, node: yaml.Node, name: str, before: tuple[Cell, ...] = ()) -> tuple[Cell, ...]:
        """The cells of the next row, placed after those `before`; a last cell without width takes the columns left.

        Raises DataError when the cells do not fill the free columns exactly.
        """
        return self._place([*before, *self.parse(node, name)], located_at(node, name))

    def parse(self, node: yaml.Node | None, name: str) -> tuple[Cell, ...]:
        """Cells as they are written, without a place; none when nothing is written."""
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return tuple(_short(piece) for piece in _pieces(scalar(node, name)))
        if isinstance(node, yaml.SequenceNode):
            return tuple(_cell(item, name) for item in node.value)
        raise located_at(node, name).fail("一行应写「内容:列数 | 内容:列数」")

    def _place(self, cells: list[Cell], found: Located) -> tuple[Cell, ...]:
        free = [column for column, deep in enumerate(self._deep) if not deep]
        used = sum(cell.width for cell in cells)
        if cells and not cells[-1].width and used < len(free):
            cells[-1] = replace(cells[-1], width=len(free) - used)
        total = sum(cell.width for cell in cells)
        if total != len(free) or not all(cell.width for cell in cells):
            raise found.fail(f"这一行写了 {used} 列，应正好 {len(free)} 列", "只有最后一格可以不写列数")
        self._deep = [max(0, deep - 1) for deep in self._deep]
        placed, start = [], 0
        for cell in cells:
            columns = free[start : start + cell.width]
            if columns[-1] - columns[0] != cell.width - 1:
                raise DataError(cell.place, "这一格被上面的高格隔断", "请把它分成两格")
            placed.append(replace(cell, column=columns[0]))
            for column in columns:
                self._deep[column] = cell.depth - 1
            start += cell.width
        return tuple(placed)


def optional_expression(found: Located | None) -> Expression | None:
    """An expression with its place, or None."""
    return Expression(found.text, found.place, found.lines) if found else None


def read_template(entry: Entry, key: str, name: str) -> Template:
    """Words with values under `key`; empty when absent."""
    node = entry.node(key)
    if node is None or not isinstance(node, yaml.ScalarNode):
        found = entry.found(key)
        return template_of(found) if found else ()
    return template_of(scalar(node, name))


def template_of(found: Located) -> Template:
    """Words with values between them; each value keeps its own place."""
    parts: list[str | Slot | Ordinal] = []
    end = 0
    for match in _SLOT.finditer(found.text):
        parts.append(found.text[end : match.start()])
        parts.append(_ordinal(match) or _said(match.group(1), found.at(match.start() + 1)).slot)
        end = match.end()
    parts.append(found.text[end:])
    rest = "".join(part for part in parts if isinstance(part, str))
    if "{" in rest or "}" in rest:
        raise found.fail("花括号没有成对", "取值写作 {名称}")
    return tuple(part for part in parts if part != "")


def scalar(node: yaml.ScalarNode, name: str) -> Located:
    """The scalar with the place of its first character."""
    return located(node, name)


def located_at(node: yaml.Node, name: str) -> Located:
    """Any node as something to complain about."""
    return Located("", Place(name, node.start_mark.line + 1, node.start_mark.column + 1))


def _pieces(found: Located) -> list[Located]:
    """The cells of a short row, each with its own place."""
    pieces, start = [], 0
    for text in found.text.split("|"):
        lead = len(text) - len(text.lstrip())
        pieces.append(Located(text.strip(), found.place.moved(start + lead)))
        start += len(text) + 1
    return pieces


def _short(found: Located) -> Cell:
    match = _SIZE.match(found.text)
    content, width, depth = match.groups() if match else (found.text, None, None)
    cell = _content(Located(content.strip(), found.place))
    return replace(cell, width=int(width or 0), depth=int(depth or 1))


def _content(found: Located) -> Cell:
    """A cell from its words alone; `竖` after them sets them one under another."""
    if found.text.endswith(_UPRIGHT):
        words = found.text.removesuffix(_UPRIGHT).rstrip()
        return replace(_content(Located(words, found.place, found.lines)), upright=True)
    whole = _SLOT.fullmatch(found.text)
    if whole and not _ordinal(whole):
        said = _said(whole.group(1), found.place.moved(1))
        align = said.align or ("左" if said.kind in (CellKind.PARAGRAPH, CellKind.TICKS) else "中")
        return Cell(said.kind, (said.slot,), found.place, align=align, options=said.options, over=said.over)
    template = template_of(found)
    if all(isinstance(part, str) for part in template):
        return Cell(CellKind.LABEL, template, found.place)
    aligns = [_said(match.group(1), found.place).align for match in _SLOT.finditer(found.text) if not _ordinal(match)]
    return Cell(CellKind.VALUE, template, found.place, align=next(filter(None, aligns), "中"))


def _cell(node: yaml.Node, name: str) -> Cell:
    if isinstance(node, yaml.ScalarNode):
        return _short(scalar(node, name))
    entry = as_entry(node, name, "格")
    cell = read_cell(entry, name)
    entry.close()
    return cell


def read_cell(entry: Entry, name: str, over: str = "于") -> Cell:
    """A cell from a mapping; `over` is the key that names the table whose rows are ticked together."""
    keys = [key for key in _CONTENT if key in entry]
    if len(keys) > 1:
        raise _at(entry, keys[1]).fail(f"一格只能写「{'」「'.join(keys)}」中的一个")
    cell = _filled(entry, keys[0], name) if keys else Cell(CellKind.SIGN, (), entry.place)
    return replace(
        cell,
        width=entry.integer("宽", 0),
        depth=entry.integer("行数", 1),
        align=entry.convert("齐", _align, cell.align),
        options=tuple(found.text for found in entry.texts("选项")) or cell.options,
        over=entry.text(over, cell.over),
        boxes=entry.integer("格数", cell.boxes),
        size=entry.convert("字号", read_points, cell.size),
        signing=Signing(
            parties=tuple(found.text for found in entry.texts("签")),
            dated=entry.flag("日期"),
            fingerprint=entry.convert("指印", _finger, 0.0),
            seal=entry.text("盖章"),
        ),
        upright=cell.upright or entry.flag("竖"),
        underlined=entry.flag("底线"),
    )


def _at(entry: Entry, key: str) -> Located:
    """Where a key stands."""
    return Located(key, entry.place_of(key))


def _filled(entry: Entry, key: str, name: str) -> Cell:
    template = read_template(entry, key, name)
    kind = CellKind(key)
    align = "左" if kind in (CellKind.PARAGRAPH, CellKind.TICKS) else "中"
    if kind in (CellKind.COMB, CellKind.TICKS) and not (len(template) == 1 and isinstance(template[0], Slot)):
        raise _at(entry, key).fail(f"「{key}」应是一个 {{名称}}")
    return Cell(kind, template, entry.place_of(key), align=align)


def _said(text: str, place: Place) -> _Said:
    """`expression [word …]`: the words after the expression that we know."""
    lead = len(text) - len(text.lstrip())
    place, words = place.moved(lead), text.strip().split()
    options: tuple[str, ...] = ()
    for index, word in enumerate(words[1:], start=1):
        if word == CellKind.TICKS.value:
            options, words = tuple(words[index + 1 :]), words[: index + 1]
            break
    over = options[1] if len(options) == 2 and options[0] == "于" else ""
    kind, align, form = CellKind.VALUE, "", ""
    while len(words) > 1 and words[-1] in (*_KINDS, *ALIGNS, *FORMS):
        word = words.pop()
        kind = _KINDS.get(word, kind)
        align = word if word in ALIGNS else align
        form = word if word in FORMS else form
    written = _before(text.strip(), words)
    if not written:
        raise Located(text, place).fail("花括号里没有名称", "取值写作 {名称}")
    return _Said(Slot(Expression(written, place), form), kind, align, () if over else options, over)


def _before(text: str, words: Sequence[str]) -> str:
    """The part of `text` that the first words make up, blanks as written."""
    end = 0
    for word in words:
        end = text.index(word, end) + len(word)
    return text[:end]


def _ordinal(match: re.Match[str]) -> Ordinal | None:
    return Ordinal() if match.group(1).strip() == "#" else None


def _align(found: Located) -> str:
    if found.text not in ALIGNS:
        raise found.fail(f"「{found.text}」应写「左」「中」或「右」", did_you_mean(found.text, ALIGNS))
    return found.text


def read_points(found: Located) -> float:
    """A size of type, 6 to 42 points."""
    size = read_integer(Located(found.text.split(".")[0], found.place))
    if not 6 <= size <= 42:
        raise found.fail(f"「{found.text}」应是 6 到 42 的字号（磅）")
    return float(found.text)


def _finger(found: Located) -> float:
    side = read_integer(found)
    if side < 25:
        raise found.fail(f"指印框「{found.text}」太小", "至少 25 毫米见方")
    return float(side)
