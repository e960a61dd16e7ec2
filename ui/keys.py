"""The keys, said once: what the window listens to, what the bottom line hints at, and what the key card lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the desk: its sequence, the act it calls by name, and what the clerk reads."""

    sequence: str
    act: str
    words: str
    hinted: bool = False


DESK = (
    Key("F1", "help_field", "本项帮助", hinted=True),
    Key("F2", "accept_with_reason", "说明理由后保留"),
    Key("F3", "add_row", "添加一条", hinted=True),
    Key("Ctrl+F3", "add_any", "添加到任一清单"),
    Key("Ctrl+Del", "drop_row", "删除这一条"),
    Key("F4", "open_choices", "打开选项"),
    Key("F5", "close_all", "全部录齐"),
    Key("F6", "find_field", "按拼音首字母找项目"),
    Key("F7", "same", "同上一条／上一户"),
    Key("F8", "next_question", "下一问", hinted=True),
    Key("F9", "preview", "预览文书"),
    Key("Ctrl+L", "leaflets", "政策清单、一次性告知"),
    Key("F10", "first_missing", "第一个漏填"),
    Key("F11", "take_list", "到政策清单", hinted=True),
    Key("F12", "check", "核对并提交", hinted=True),
    Key("Ctrl+D", "how_far", "差多少（在清单上）"),
    Key("Ctrl+Z", "undo", "撤销"),
    Key("Ctrl+S", "save", "保存（一直自动保存）"),
    Key("Ctrl+N", "new", "新的一户"),
    Key("Ctrl+R", "resume", "接着录草稿"),
    Key("Ctrl+PgDown", "next_person", "下一名成员"),
    Key("Ctrl+PgUp", "previous_person", "上一名成员"),
)
WINDOW = (
    Key("Ctrl+F", "search", "找案件"),
    Key("Shift+F1", "key_card", "全部按键"),
    Key("Ctrl++", "larger", "放大文字"),
    Key("Ctrl+=", "larger", "放大文字"),
    Key("Ctrl+-", "smaller", "缩小文字"),
)
KEYING = "Ctrl+K"
"""On a filed case: its values for another system, copied one by one."""
WALKING = (
    ("回车", "下一项"),
    ("Shift+回车", "上一项"),
    (". 回车", "同上一条"),
    ("Alt+数字", "到第几节"),
    ("Ctrl+数字", "换页面"),
    ("空格", "在清单上选或不选"),
    (KEYING, "代录清单（提交后、案件里）"),
    ("Esc", "关闭浮层，什么都不丢"),
)


def bind(keys: tuple[Key, ...], owner: QWidget, acts: object) -> list[QAction]:
    """Make the keys call the acts of the same names."""
    made = []
    for key in keys:
        act: Callable[[], None] = getattr(acts, key.act)
        made.append(bind_one(key.sequence, owner, act, key.words))
    return made


def bind_inside(sequence: str, owner: QWidget, act: Callable[[], None]) -> QAction:
    """Make one key call one act while the hand is inside the owner."""
    action = bind_one(sequence, owner, act)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def bind_one(sequence: str, owner: QWidget, act: Callable[[], None], words: str = "") -> QAction:
    """Make one key call one act while the owner's window is active."""
    action = QAction(words or sequence, owner)
    action.setShortcut(QKeySequence(sequence))
    action.triggered.connect(lambda _=False: act())
    owner.addAction(action)
    return action


def hints() -> list[str]:
    """The keys worth a place in the bottom line, most useful first, the key card last."""
    return ["回车 下一项", *(f"{key.sequence} {key.words}" for key in DESK if key.hinted), "Shift+F1 全部按键"]


def card() -> str:
    """All keys as rich text."""
    shown = [*WALKING, *((key.sequence.replace("Del", "Delete").replace("Pg", "Page"), key.words) for key in (*DESK, *WINDOW) if key.sequence != "Ctrl+=")]
    half = (len(shown) + 1) // 2
    rows = []
    for left, right in zip(shown[:half], [*shown[half:], ("", "")], strict=False):
        rows.append("<tr>" + "".join(f"<td><b>{key}</b></td><td>　{words}　　</td>" for key, words in (left, right)) + "</tr>")
    return f'<table cellpadding="4">{"".join(rows)}</table>'
