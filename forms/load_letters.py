"""Read official letters: papers with `体: 函`, flowing text on GB/T 9704-2012 layout.

```yaml
文书: L01
体: 函
字号: 18                                      # the whole letter in large type, for readers or a wall; else the official page
横向: 是                                      # lying on its side (a board; with 纸: A3 a large one)
机关: "{受理单位}文件"                        # 发文机关标志: a head in large type with the number under it and a rule
格式: 信函                                    # the head and the double rules of 信函格式
份号: "000001"
紧急: 特急
签发人: "{签发人}"
抄送: 县财政局。
印发机关: "{受理单位}办公室"
印发日期: "{受理日期}"
名称: 示例通知书
版: "2026-09"
文号: "示例民〔{年}〕{序号}号"
主送: "{姓名}："
正文:
  - 您提出的申请已收到，现予受理。            # {expression} takes a value
  - {级: 1, 文: 一、受理的事项}                # 1 to 3: headings
  - {每: 办件, 限: …, 文: "{#}．{项目}"}        # one paragraph for each row
  - {表: 办件, 列: {事项: "{项目}", 受理日期: "{受理日期}"}, 宽: [3, 2], 齐: [左, 中], 仅当: 办件数() > 0}
落款: "{受理单位}"
日期: "{受理日期}"
章: 受理专用章
附: [附件名称]
脚: [联系人和电话]                            # small type under a rule, at the foot of the last page
```
"""

from __future__ import annotations

import yaml

from forms.load_cells import ALIGNS, optional_expression, read_template, scalar, template_of
from forms.load_common import one_of
from forms.paper import Imprint, Ledger, Letter, Passage, Rows
from forms.reading import DataError, Entry, Located, as_entry, read_integer

_LEVELS = 3
_LEAST, _MOST = 18, 48
_SHAPES = ("公文", "信函")


def read_letter(entry: Entry, name: str) -> Letter:
    """The letter of a paper's document. Raises DataError with the place of a fault."""
    body = entry.node("正文")
    if not isinstance(body, yaml.SequenceNode) or not body.value:
        raise DataError(entry.place_of("文书"), "没有「正文」", "请写出正文的各段，每段以「- 」开头")
    return Letter(
        title=read_template(entry, "题", name) or (entry.need("名称").text,),
        number=read_template(entry, "文号", name),
        to=read_template(entry, "主送", name),
        body=tuple(_part(part, name) for part in body.value),
        sender=read_template(entry, "落款", name),
        dated=read_template(entry, "日期", name),
        seal=entry.text("章"),
        attached=tuple(template_of(found) for found in entry.texts("附")),
        foot=tuple(template_of(found) for found in entry.texts("脚")),
        code=read_template(entry, "码", name),
        size=entry.convert("字号", _large, 0.0),
        landscape=entry.flag("横向"),
        imprint=_imprint(entry, name),
    )


def _imprint(entry: Entry, name: str) -> Imprint:
    return Imprint(
        authority=read_template(entry, "机关", name),
        serial=read_template(entry, "份号", name),
        urgency=entry.text("紧急"),
        signatory=read_template(entry, "签发人", name),
        copied=read_template(entry, "抄送", name),
        issuer=read_template(entry, "印发机关", name),
        issued=read_template(entry, "印发日期", name),
        plain=entry.convert("格式", one_of(_SHAPES, "格式"), _SHAPES[0]) == _SHAPES[1],
    )


def _part(node: yaml.Node, name: str) -> Passage | Ledger:
    if isinstance(node, yaml.ScalarNode):
        return Passage(template_of(scalar(node, name)))
    entry = as_entry(node, name, "正文")
    part = _ledger(entry, name) if "表" in entry else _passage(entry, name)
    entry.close()
    return part


def _passage(entry: Entry, name: str) -> Passage:
    level = entry.integer("级", 0)
    if not 0 <= level <= _LEVELS:
        raise DataError(entry.place_of("级"), f"「{level}」应是 0 到 {_LEVELS}", "0 为正文，1 到 3 为标题")
    where = optional_expression(entry.found("限"))
    table = entry.found("每")
    if not read_template(entry, "文", name):
        raise DataError(entry.place, "这一段没有「文」", "请写出这一段的文字")
    return Passage(
        text=read_template(entry, "文", name),
        level=level,
        rows=Rows(table.text, table.place, where) if table else None,
        relevant=optional_expression(entry.found("仅当")),
        sure=entry.flag("待定不印"),
    )


def _ledger(entry: Entry, name: str) -> Ledger:
    columns = entry.entry("列")
    if columns is None:
        raise DataError(entry.place, "小表没有「列」", "请写出各列的标题和取值")
    headings = columns.keys()
    values = tuple(read_template(columns, heading, name) for heading in headings)
    columns.close()
    widths = tuple(float(found.text) for found in entry.texts("宽")) or (1.0,) * len(headings)
    if len(widths) != len(headings):
        message = f"「宽」有 {len(widths)} 个数，列有 {len(headings)} 个"
        raise DataError(entry.place_of("宽"), message, "请一列写一个宽")
    aligns = tuple(one_of(ALIGNS, "齐")(found) for found in entry.texts("齐")) or ("中",) * len(headings)
    if len(aligns) != len(headings):
        raise DataError(entry.place_of("齐"), f"「齐」有 {len(aligns)} 个，列有 {len(headings)} 个", "请一列写一个")
    table = entry.need("表")
    return Ledger(
        rows=Rows(table.text, table.place, optional_expression(entry.found("限"))),
        headings=headings,
        values=values,
        widths=widths,
        place=table.place,
        aligns=aligns,
        relevant=optional_expression(entry.found("仅当")),
        sure=entry.flag("待定不印"),
    )


def _large(found: Located) -> float:
    """A type size in points that is larger than the official page's."""
    size = read_integer(found)
    if not _LEAST <= size <= _MOST:
        raise found.fail(f"「{found.text}」应是 {_LEAST} 到 {_MOST} 的字号")
    return float(size)
