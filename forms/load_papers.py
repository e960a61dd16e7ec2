"""Read papers (papers/*.yaml): one document is one edition of one paper.

```yaml
文书: B01                      # id
名称: 示例申请表
版: "2026-09"                  # a released edition is never edited: a new one is a new file
次序: 10                       # filing order
每: 家庭                       # one copy per household, or per row of a table (成员, 办件 …)
限: 周岁(出生日期) ≥ 18        # which rows of that table
仅当: 成员数() > 1             # whether the household needs it at all
常备: 是                       # goes with every case; else when a programme names it (文书) or 项目: [a, b]
份数: 2
签署: [申请人]
编号: {系列: 确认通知, 式: "〔{年}〕{号}号"}     # takes an official number when handed out: see forms.numbering
公示: 是                       # is made public: refused for programmes that are not (公示: 否)
单印: 是                       # no part of the packet: printed by itself when asked for; with 常备 for any household, filed or not
不入卷: 是                     # is not listed among what the case's file holds (卷内文书): its cover, its contents
说明: 材料没有交齐              # why a 常备 paper with 仅当 is in the packet, in words
页: {左: 20, 右: 16, 上: 15, 下: 16, 横向: 否, 字号: 10.5, 侧宽: 9, 行高: 8}     # mm; points
题: 示例申请表                 # 副题, 左 and 右 (the line above the frame), 码 (QR), 注 (notes below) are templates too
列: 24                         # columns, or their relative widths [3, 3, 4 …]; a block may have its own
块:
  - 侧: 申请人情况             # vertical heading
    取: {表: 成员, 限: 与申请人关系 = 本人}     # show the answers of the first such row
    行:
      - 姓名:3 | {姓名}:5 | 证件号码:4 | {证件号 格}     # content:columns^rows; the last cell takes what is left
      - {高: 20, 弹: 1, 格: [困难原因:4, {段: "{困难叙述}", 签: [申请人], 日期: 是, 指印: 25}]}
      - {重复: 成员, 限: …, 少: 4, 多: 8, 高: 8, 表头: "姓名:3 | 关系:3", 格: "{姓名}:3 | {与申请人关系}:3"}
      - {重复: 成员, 范围: 其余, 少: 4, …}   # of a paper for one member (每: 成员): the other members; 全户: all of them
```
A content is words (a label), `{expression}` (a value), `{expression 格}` (one character per box), `{expression 选 [words]}`
(every option drawn, chosen ones ticked; `选 于 表` ticks the answers of all rows of a table), `{expression 段}`
(a paragraph), `{#}` (row number), or words with values between them. 左 after an expression aligns left;
大写, 遮, 年月 say a value in capitals, masked, to the month. A letter has `体: 函` (see `forms.load_letters`).
"""

from __future__ import annotations

from pathlib import Path

from forms.literals import read_date
from forms.load_blocks import read_block, read_columns, read_length
from forms.load_cells import optional_expression, read_points, read_template, template_of
from forms.load_common import one_of
from forms.load_letters import read_letter
from forms.load_overlays import read_overlay
from forms.numbering import read_series
from forms.paper import Grid, Letter, Overlay, Paper, Sheet
from forms.reading import DataError, Entry, Located
from forms.schema import ROOT

STOCKS = ("A4", "A3", "A5")
"""The sizes of paper that are printed on."""
SIDES = ("单面", "双面")
"""How a sheet is printed."""
_SHAPES = ("表", "函", "底图")
_COLUMNS = 24
_MARGIN = 15.0


def read_papers(entry: Entry, name: str, layer: str, beside: Path | None = None) -> Paper:
    """One paper from its document; `name` is how errors call the file, `beside` the folder it lies in.

    Raises DataError with the place of a fault.
    """
    id_ = entry.need("文书")
    paper = Paper(
        id=id_.text,
        name=entry.need("名称").text,
        edition=entry.need("版").text,
        each=entry.text("每", ROOT),
        order=entry.integer("次序", 0),
        copies=entry.integer("份数", 1),
        body=_read_body(entry, name, beside),
        place=id_.place,
        layer=layer,
        relevant=optional_expression(entry.found("仅当")),
        programmes=tuple(found.text for found in entry.texts("项目")),
        signers=tuple(found.text for found in entry.texts("签署")),
        where=optional_expression(entry.found("限")),
        since=entry.convert("自", read_date, None),
        always=entry.flag("常备"),
        published=entry.flag("公示"),
        alone=entry.flag("单印"),
        early=entry.flag("提交前"),
        unfiled=entry.flag("不入卷"),
        series=read_series(entry.entry("编号")),
        stock=entry.convert("纸", one_of(STOCKS, "纸"), "A4"),
        sides=entry.convert("面", one_of(SIDES, "面"), SIDES[0]),
        moment=entry.text("时机"),
        seals=tuple(found.text for found in entry.texts("用章")),
        watermark=entry.flag("水印") or "密级" in entry,
        secrecy=entry.text("密级"),
        preprinted=entry.flag("套打"),
        style=entry.text("样式"),
        sure=entry.flag("待定不印"),
        note=entry.text("说明"),
    )
    entry.close()
    return paper


def _read_body(entry: Entry, name: str, beside: Path | None) -> Grid | Letter | Overlay:
    shape = entry.convert("体", one_of(_SHAPES, "体"), _SHAPES[0])
    if shape == "底图":
        return read_overlay(entry, name, beside)
    if shape == "表":
        return _read_grid(entry, name)
    if entry.flag("套打"):
        raise DataError(entry.place_of("套打"), "函不能套打", "套打只用于表和底图")
    return read_letter(entry, name)


def _read_grid(entry: Entry, name: str) -> Grid:
    columns = read_columns(entry.node("列"), name, (1.0,) * _COLUMNS)
    sheet = _sheet(entry.entry("页"))
    blocks = tuple(read_block(block, name, columns, sheet.row) for block in entry.entries("块"))
    if not blocks:
        raise DataError(entry.place_of("文书"), "没有「块」", "请写出表格的各块和各行")
    return Grid(
        sheet=sheet,
        title=read_template(entry, "题", name) or (entry.need("名称").text,),
        subtitle=read_template(entry, "副题", name),
        left=read_template(entry, "左", name),
        right=read_template(entry, "右", name),
        blocks=blocks,
        notes=tuple(template_of(found) for found in entry.texts("注")),
        code=read_template(entry, "码", name),
    )


def _sheet(entry: Entry | None) -> Sheet:
    if entry is None:
        return Sheet()
    usual = Sheet()
    sheet = Sheet(
        left=entry.convert("左", _margin, usual.left),
        right=entry.convert("右", _margin, usual.right),
        top=entry.convert("上", _margin, usual.top),
        bottom=entry.convert("下", _margin, usual.bottom),
        landscape=entry.flag("横向"),
        size=entry.convert("字号", read_length, usual.size),
        side=entry.convert("侧宽", read_length, usual.side),
        row=entry.convert("行高", read_length, usual.row),
        title=entry.convert("题号", read_points, usual.title),
        head=entry.convert("题高", read_length, usual.head),
        framed=entry.flag("外框", default=True),
    )
    entry.close()
    return sheet


def _margin(found: Located) -> float:
    length = read_length(found)
    if length < _MARGIN:
        raise found.fail(f"「{found.text}」太窄，打印机可能印不到", f"页边至少 {_MARGIN:g} 毫米")
    return length
