"""Read papers with `体: 底图`: official pages, drawn already, with boxes set on them in millimetres.

```yaml
文书: X01
体: 底图
字号: 10.5
横向: 否
题: 示例表                          # said on the continuation page; else the name
张:                                 # pages
  - 底图: x01.pdf                   # a pdf, png or jpg beside this file; left out on stock that is printed already (套打: 是)
    页: 2                           # of the pdf
    框:                             # filled from the paper's own row; 于: left, top, width, height from the upper left corner
      - {于: [42, 51, 40, 8], 值: "{姓名}", 齐: 左}
      - {于: [42, 60, 90, 6], 格: "{证件号}", 格数: 18}         # one character per box; the boxes are on the page already
      - {于: [42, 70, 4, 4], 选: "{性别}", 选项: [男]}           # a tick where the page draws the box of this one option
      - {于: [20, 90, 170, 40], 段: "{困难叙述}"}
    组:
      - {取: {表: 成员, 限: 与申请人关系 = 本人}, 框: […]}         # the first such row
      - {重复: 成员, 限: …, 多: 6, 距: 8, 量词: 名成员, 框: […]}   # row after row, 8 mm lower each; the others on a 附页
```
"""

from __future__ import annotations

from pathlib import Path

import yaml

from forms.load_blocks import read_length, read_rows
from forms.load_cells import read_cell, read_points, read_template
from forms.overlay import Background, Group, Leaf, Overlay, Spot
from forms.reading import DataError, Entry, Located, located

_KINDS = (".pdf", ".png", ".jpg", ".jpeg")
_MOST_BYTES = 20_000_000


def read_overlay(entry: Entry, name: str, beside: Path | None) -> Overlay:
    """The pages of a paper's document; `beside` is the folder its backgrounds lie in. Raises DataError with the place."""
    leaves = tuple(_leaf(one, name, beside) for one in entry.entries("张"))
    if not leaves:
        raise DataError(entry.place_of("文书"), "没有「张」", "请写出各页的底图和框")
    return Overlay(
        leaves=leaves,
        size=entry.convert("字号", read_points, 10.5),
        landscape=entry.flag("横向"),
        title=read_template(entry, "题", name) or (entry.need("名称").text,),
    )


def _leaf(entry: Entry, name: str, beside: Path | None) -> Leaf:
    groups = [Group(_spots(entry, name))] if "框" in entry else []
    groups += [_group(one, name) for one in entry.entries("组")]
    leaf = Leaf(_background(entry, beside), tuple(groups))
    entry.close()
    return leaf


def _background(entry: Entry, beside: Path | None) -> Background | None:
    found, page = entry.found("底图"), entry.integer("页", 1)
    if found is None:
        return None
    path = Path(found.text)
    if beside is None or path.name != found.text or path.suffix.lower() not in _KINDS:
        raise found.fail(f"底图「{found.text}」应是同一文件夹里的 pdf、png 或 jpg 文件名")
    try:
        data = (beside / path).read_bytes()
    except OSError:
        raise found.fail(f"找不到底图「{found.text}」", "请把它放在这份文书旁边") from None
    if len(data) > _MOST_BYTES:
        raise found.fail(f"底图「{found.text}」太大", "请缩小到 20 MB 以内")
    return Background(found.text, page, data, found.place)


def _group(entry: Entry, name: str) -> Group:
    spots = _spots(entry, name)
    if "重复" in entry:
        most = entry.integer("多", 1)
        if most < 1:
            raise DataError(entry.place_of("多"), f"「{most}」应至少是 1 行")
        pitch = read_length(entry.need("距"))
        group = Group(spots, read_rows(entry, "重复"), pitch, most, entry.text("量词", "项"))
    else:
        taken = entry.entry("取")
        if taken is None:
            raise DataError(entry.place, "这一组没有「取」或「重复」", "由文书本身填写的框直接写在「框」下")
        group = Group(spots, read_rows(taken))
        taken.close()
    entry.close()
    return group


def _spots(entry: Entry, name: str) -> tuple[Spot, ...]:
    return tuple(_spot(one, name) for one in entry.entries("框"))


def _spot(entry: Entry, name: str) -> Spot:
    box = _box(entry, name)
    cell = read_cell(entry, name, "表")
    entry.close()
    return Spot(cell, box)


def _box(entry: Entry, name: str) -> tuple[float, float, float, float]:
    node = entry.node("于")
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    numbers = [item for item in items if isinstance(item, yaml.ScalarNode)]
    if len(numbers) != 4:
        raise DataError(entry.place_of("于"), "「于」应是四个数", "左、上、宽、高，单位毫米，从页面左上角量起")
    left, top, wide, high = (_number(located(item, name)) for item in numbers)
    return left, top, wide, high


def _number(found: Located) -> float:
    return 0.0 if found.text in ("0", "0.0") else read_length(found)
