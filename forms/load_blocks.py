"""Read the blocks of a ruled paper: rows of cells, rows repeated for a table, blocks repeated for a table.

```yaml
块:
  - 行:
      - {重复: 收入, 多: 不限, 每页: 27, 表头: "{序号}:3 | 名称", 格: "{#}:3 | {来源}"}   # flows on, 27 rows a page
      - {重复: 收入, 多: 不限, 补满: 是, 格: "{#}:3 | {来源}"}       # flows on; blank rows to the foot of the last page
      - {重复: 成员, 表头行: ["姓名:4^2 | 月收入", ":10 | 本人:10"], 格: …}          # a heading of several rows
  - 逐: {表: 成员, 限: 共同生活 = 是, 少: 2}      # the block once for each such row, at least twice
    表头: 姓名:5 | 类别:9 | 金额                    # said once above all of them, and again on every new page
    行:
      - {重复: 收入, 少: 1, 旁: "{姓名}:5", 格: "{类别}:9 | {金额}"}   # 旁 stands once beside the member's own rows
  - 线: 否                                          # no lines around these cells
    行: [题　名:4 | {值: "{项目名称}", 底线: 是}]
```
"""

from __future__ import annotations

import yaml

from forms.cells import BEYOND
from forms.load_cells import Columns, located_at, optional_expression
from forms.load_common import one_of
from forms.paper import ENDLESS, Block, Cell, GridRow, Repeat, Rows
from forms.reading import DataError, Entry, Located, as_entry, located, read_integer

_ENDLESS, _REPEAT = "不限", "重复"


def read_block(entry: Entry, name: str, columns: tuple[float, ...], row: float) -> Block:
    """One block of a form; `columns` and `row` (mm) are the paper's own. Raises DataError with the place of a fault."""
    columns = read_columns(entry.node("列"), name, columns)
    taken = Columns(len(columns), row)
    at, copies = _whose(entry)
    heading = _heading(entry, name, taken, row)
    if any(not isinstance(part, str) for line in heading for cell in line.cells for part in cell.text):
        raise DataError(entry.place_of("表头"), "一块的「表头」只能写文字", "取值请写在各行里")
    rows = entry.node("行")
    if not isinstance(rows, yaml.SequenceNode) or not rows.value:
        raise DataError(entry.place_of("行"), "「行」应是列表", "每行以「- 」开头")
    block = Block(
        rows=tuple(_row(line, name, taken, copies is not None) for line in rows.value),
        columns=columns,
        side=entry.text("侧"),
        at=at,
        fresh=entry.flag("另页"),
        relevant=optional_expression(entry.found("仅当")),
        copies=copies,
        heading=heading,
        ruled=entry.flag("线", default=True),
        sure=entry.flag("待定不印"),
    )
    entry.close()
    return block


def read_rows(entry: Entry, key: str = "表") -> Rows:
    """Which rows of which table: 表, 限, and of repeated rows 范围."""
    table = entry.need(key)
    beyond = entry.convert("范围", one_of(BEYOND, "范围"), "") if key == _REPEAT else ""
    return Rows(table.text, table.place, optional_expression(entry.found("限")), beyond)


def read_columns(node: yaml.Node | None, name: str, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Columns by their number or their relative widths."""
    if node is None:
        return usual
    if isinstance(node, yaml.ScalarNode):
        found = located(node, name)
        if not 1 <= read_integer(found) <= 96:
            raise found.fail(f"「{found.text}」应是 1 到 96 的列数")
        return (1.0,) * read_integer(found)
    if not isinstance(node, yaml.SequenceNode):
        raise located_at(node, name).fail("「列」应是列数，或各列宽度的列表")
    return tuple(read_length(located(item, name)) for item in node.value if isinstance(item, yaml.ScalarNode))


def read_length(found: Located) -> float:
    """A positive number of millimetres or points."""
    try:
        length = float(found.text)
    except ValueError:
        raise found.fail(f"「{found.text}」应是数") from None
    if not 0 < length <= 1000:
        raise found.fail(f"「{found.text}」应大于 0")
    return length


def _whose(entry: Entry) -> tuple[Rows | None, int | None]:
    """The row a block shows (取), or the rows it stands once for each (逐) with how many copies there are at least."""
    at, each = entry.entry("取"), entry.entry("逐")
    if at and each:
        raise DataError(entry.place_of("逐"), "「取」和「逐」只能写一个", "取第一条写「取」，逐条写「逐」")
    found = at or each
    if found is None:
        return None, None
    rows = read_rows(found)
    copies = found.integer("少", 1) if each else None
    found.close()
    return rows, copies


def _row(node: yaml.Node, name: str, columns: Columns, nested: bool) -> GridRow | Repeat:
    if isinstance(node, yaml.ScalarNode):
        return GridRow(columns.read(node, name), columns.row)
    entry = as_entry(node, name, "行")
    made = _repeat(entry, name, columns, nested) if "重复" in entry else _grid_row(entry, name, columns)
    entry.close()
    return made


def _grid_row(entry: Entry, name: str, columns: Columns) -> GridRow:
    return GridRow(
        cells=_need_cells(entry, "格", name, columns),
        height=entry.convert("高", read_length, columns.row),
        stretch=entry.convert("弹", read_length, 0.0),
    )


def _repeat(entry: Entry, name: str, columns: Columns, nested: bool) -> Repeat:
    place, least = entry.place_of("重复"), entry.integer("少", 1)
    per_page = entry.integer("每页", 0)
    most = _most(entry, least, nested or bool(per_page))
    high = entry.convert("高", read_length, columns.row)
    heading = _heading(entry, name, columns, min(high, columns.row))
    beside = columns.parse(entry.node("旁"), name)
    return Repeat(
        rows=read_rows(entry, _REPEAT),
        row=GridRow(_need_cells(entry, "格", name, columns, beside), high, entry.convert("弹", read_length, 0.0)),
        heading=heading,
        least=least,
        most=most,
        measure=entry.text("量词", "项"),
        place=place,
        beside=len(beside),
        per_page=per_page,
        fills=entry.flag("补满", default=bool(per_page)),
    )


def _most(entry: Entry, least: int, endless: bool) -> int:
    """How many rows the form itself takes; a repeat that flows on has no such number."""
    found = entry.found("多")
    if endless and found and found.text != _ENDLESS:
        raise found.fail("这里的重复行逐页续排，不写「多」的行数", f"请去掉，或写「{_ENDLESS}」")
    if endless or (found and found.text == _ENDLESS):
        return ENDLESS
    most = read_integer(found) if found else max(least, 1)
    if not most >= 1 or least > most:
        raise DataError(entry.place_of("多"), f"「多」应不小于「少」（{least}），且至少 1 行")
    return most


def _heading(entry: Entry, name: str, columns: Columns, high: float) -> tuple[GridRow, ...]:
    """The heading of a table: one row (表头), or several (表头行)."""
    high = entry.convert("表头高", read_length, high)
    lines = entry.node("表头行")
    if isinstance(lines, yaml.SequenceNode):
        return tuple(GridRow(columns.read(line, name), high) for line in lines.value)
    if lines is not None:
        raise DataError(entry.place_of("表头行"), "「表头行」应是列表", "每行以「- 」开头；只有一行的写「表头」")
    return (GridRow(_need_cells(entry, "表头", name, columns), high),) if "表头" in entry else ()


def _need_cells(entry: Entry, key: str, name: str, columns: Columns, before: tuple[Cell, ...] = ()) -> tuple[Cell, ...]:
    node = entry.node(key)
    if node is None:
        raise DataError(entry.place, f"缺少「{key}」", "请写出这一行的格子")
    return columns.read(node, name, before)
