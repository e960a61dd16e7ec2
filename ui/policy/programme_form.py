"""The parts of a programme's tree as a list, and the boxes of each part. Qt-free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui.intake.matching import Choice
from ui.policy.boxes import Sort, Spec
from ui.policy.tree import Key, Tree
from ui.policy.value_form import MARKS

if TYPE_CHECKING:
    from clerk.authoring.shapes import View

CONDITIONS, MATERIALS, DEADLINES, AMOUNTS, HUMAN, TEXTS = "条件", "材料", "时限", "金额", "人工", "文字"
SECTIONS = (CONDITIONS, HUMAN, MATERIALS, DEADLINES, AMOUNTS)
_PLAIN = ("名称", "部门", "受理", "类别", "审批", "转介")
_DAYS = (Choice("工作日", "工作日"), Choice("自然日", "自然日"))
_PERIODS = tuple(Choice(word, word) for word in ("每月", "每季", "每年", "一次", "每次", "每日"))


def parts_of(view: View) -> Iterator[tuple[Key, str, str, str, bool]]:
    """Every part: its key, its section, its words, the layer it comes from, and whether its source is still 待核."""
    tree = view.tree
    yield (TEXTS,), TEXTS, "　".join(str(tree[key]) for key in _PLAIN if tree.get(key)), view.origin(("名称",)).layer, False
    for section in SECTIONS:
        for number, item in enumerate(tree.get(section) or []):
            key = (section, number)
            yield key, section, _words(section, item), view.origin(key).layer, _doubtful(section, item)


def specs_of(key: Key, means: tuple[str, ...]) -> list[Spec]:
    """The boxes of one part; `means` are the states a material may be in."""
    if key == (TEXTS,):
        return [Spec((word,), word, wide=6) for word in _PLAIN]
    section = key[0]
    if section == HUMAN:
        return [Spec(key, "由人核实的一条", Sort.LONG, wide=12)]
    return [_under(key, spec) for spec in _SPECS[str(section)] + (_means(means) if section == MATERIALS else [])]


def blank(section: str, means: tuple[str, ...]) -> Any:
    """A new part of a section, to be filled in."""
    made: dict[str, Any] = {
        CONDITIONS: {"编号": "", "要求": "", "依据": {"标记": "D"}},
        MATERIALS: {"名称": "", "方式": means[0]},
        DEADLINES: {"环节": "", "天数": "", "日": "工作日", "起算": "受理"},
        AMOUNTS: {"名称": "", "算式": "", "周期": "每月"},
        HUMAN: "",
    }
    return made[section]


def _source(wide: tuple[int, int, int, int]) -> list[Spec]:
    return [
        Spec(("依据", "名称"), "依据", wide=wide[0]),
        Spec(("依据", "文号"), "文号", wide=wide[1]),
        Spec(("依据", "条"), "条", wide=wide[2]),
        Spec(("依据", "标记"), "核对情况", Sort.PICK, MARKS, wide=wide[3]),
    ]


_SPECS: dict[str, list[Spec]] = {
    CONDITIONS: [
        Spec(("编号",), "编号", wide=4),
        Spec(("说法",), "说法（写给办事人看）", wide=8),
        Spec(("要求",), "要求（规则）", Sort.RULE, wide=12),
        Spec(("不符时",), "不符时怎么说", wide=12),
        *_source((6, 6, 6, 6)),
    ],
    MATERIALS: [Spec(("名称",), "材料名称", wide=7)],
    DEADLINES: [
        Spec(("环节",), "环节", wide=6),
        Spec(("起算",), "从哪件事起算", wide=6),
        Spec(("天数",), "天数", wide=4),
        Spec(("日",), "工作日或自然日", Sort.PICK, _DAYS, wide=4),
        Spec(("延长至",), "最长延至（可不填）", wide=4),
    ],
    AMOUNTS: [
        Spec(("名称",), "名称", wide=8),
        Spec(("周期",), "周期", Sort.PICK, _PERIODS, wide=4),
        Spec(("算式",), "算式", Sort.RULE, wide=12),
        Spec(("说明",), "说明", wide=12),
        *_source((6, 6, 6, 6)),
    ],
}


def _means(means: tuple[str, ...]) -> list[Spec]:
    return [
        Spec(("方式",), "怎么来", Sort.PICK, tuple(Choice(word, word) for word in means), wide=5),
        Spec(("仅当",), "只在什么情况下要（规则，可不填）", Sort.RULE, wide=12),
    ]


def _under(key: Key, spec: Spec) -> Spec:
    return Spec((*key, *spec.key), spec.label, spec.sort, spec.choices, spec.hint, spec.wide)


def _words(section: str, item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if section == CONDITIONS:
        return f"{item.get('编号') or '（新）'}　{item.get('说法') or item.get('要求') or ''}"
    if section == MATERIALS:
        return f"{item.get('名称') or '（新）'}　{item.get('方式') or ''}"
    if section == DEADLINES:
        longer = f"，最长 {item['延长至']}" if item.get("延长至") else ""
        return f"{item.get('环节') or '（新）'}　{item.get('起算') or '受理'}起 {item.get('天数') or ''}{item.get('日') or '工作日'}{longer}"
    return f"{item.get('名称') or '（新）'}　{item.get('周期') or ''}　{item.get('算式') or ''}"


def _doubtful(section: str, item: Any) -> bool:
    if section not in (CONDITIONS, AMOUNTS) or not isinstance(item, dict):
        return False
    source = item.get("依据")
    return not isinstance(source, dict) or source.get("标记") != "V"


def plain_tree(tree: Tree, key: Key) -> Tree:
    """The tree without one part."""
    items = [item for number, item in enumerate(tree.get(str(key[0])) or []) if number != key[1]]
    made = dict(tree)
    if items:
        made[str(key[0])] = items
    else:
        made.pop(str(key[0]), None)
    return made
