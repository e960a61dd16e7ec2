"""Read keying lists (代录清单): one a document; a later layer's replaces an earlier one whole, `停用: 是` removes it.

```yaml
代录: 县系统·甲            # its id; 名称 is what the clerk reads, 系统 what the other system is called
系统: 某系统
项目: [甲, 乙]              # for applications of which programmes
依据: {名称: 录入界面, 标记: D}
组:
  - 组: 申请人
    项:
      - 申请人姓名          # the label there is the name of our value
      - {项: 性别, 值: 性别, 换码: {男: "1", 女: "2"}, 其余: "9"}
      - {项: 申请日期, 值: 受理日期, 写法: 年/月/日, 提示: 不能晚于今天}
  - 组: 家庭成员
    每: 成员               # its boxes come again for each row that meets 仅当
    仅当: 共同生活
    全户: 是              # the whole family's, also where one person applies
    项: [姓名]
```
"""

from __future__ import annotations

from forms.board import Board
from forms.keying import FORMATS, Code, KeyGroup, KeyingList, KeyLine
from forms.load_common import one_of, read_expression, read_source
from forms.reading import Entry, Located, did_you_mean

_FORMAT = one_of(FORMATS, "写法")


def read_keying(entry: Entry, board: Board) -> None:
    """One document of the folder `entry`."""
    name = entry.need("代录")
    board.claim("代录", name)
    if entry.flag("停用"):
        entry.close()
        if board.keyings.pop(name.text, None) is None:
            raise name.fail(f"没有代录清单「{name.text}」可停用", did_you_mean(name.text, board.keyings))
        return
    programmes = tuple(board.point("项目", found) for found in entry.texts("项目"))
    if not programmes:
        raise name.fail("没有写「项目」", "写明哪些项目的办件要录入这个系统")
    made = KeyingList(
        name.text,
        entry.text("名称", name.text),
        entry.need("系统").text,
        programmes,
        tuple(_group(item, board) for item in entry.entries("组")),
        read_source(entry),
        name.place,
        board.layer,
        entry.text("说明"),
        entry.integer("次序"),
    )
    if not made.groups:
        raise name.fail("没有写「组」", "至少写一组，每组至少一项")
    entry.close()
    board.keyings[made.id] = made


def _group(entry: Entry, board: Board) -> KeyGroup:
    name, each, where = entry.need("组"), entry.found("每"), entry.found("仅当")
    whole = entry.flag("全户")
    if (where or whole) and not each:
        raise name.fail(f"「{name.text}」没有写「每」，用不到「仅当」「全户」", "它们挑选逐行录入的行")
    lines: list[KeyLine] = []
    for item in entry.mixed("项"):
        label, line = _line(item)
        if any(line.label == other.label for other in lines):
            raise label.fail(f"「{name.text}」里已有「{line.label}」", "请删去一处，或改一个叫法")
        lines.append(line)
    if not lines:
        raise name.fail(f"「{name.text}」没有写「项」", "至少写一项")
    table, only = board.point("表", each) if each else "", read_expression(where) if where else None
    entry.close()
    return KeyGroup(name.text, tuple(lines), table, only, whole)


def _codes(entry: Entry) -> tuple[Code, ...]:
    return tuple(Code(word, entry.need(word).text, entry.place_of(word)) for word in entry)


def _line(item: Located | Entry) -> tuple[Located, KeyLine]:
    if isinstance(item, Located):
        return item, KeyLine(item.text, read_expression(item))
    label = item.need("项")
    value, codes = item.found("值") or label, item.entry("换码")
    line = KeyLine(
        label.text,
        read_expression(value),
        item.convert("写法", _FORMAT, ""),
        _codes(codes) if codes else (),
        item.text("其余"),
        item.text("连接", "、"),
        item.text("提示"),
    )
    if line.other and not codes:
        raise label.fail("「其余」要和「换码」一起用", "它是没有写明换码的选项所用的代码")
    item.close()
    return label, line
