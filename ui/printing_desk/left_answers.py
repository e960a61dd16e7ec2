"""What none of the planned papers says (不在本套文书上的内容): one quiet line with the count, read over the page with one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize

from ui.printing_desk.parts import button
from ui.sheet import TextSheet

if TYPE_CHECKING:
    from printing.left_out import LeftOut
    from ui.printing_desk.plan_page import PlanPage

KEY = "Ctrl+I"
_TITLE = "不在本套文书上的内容"
_SIZE = QSize(820, 520)
_NOTE = (
    "这些内容已经存在案件里，本套文书没有写它们的栏目。要上纸的，用 Ctrl+G 加一份有这个栏目的文书，或在文书备注处手写。"
)
_PAST = "以下各项现在不适用，文书上的栏目留空；情况没有变的，请核对与它相关的问题。"


class LeftAnswers:
    """The line, hidden while the papers say everything, and the sheet."""

    def __init__(self, page: PlanPage) -> None:
        self._page = page
        self._left: Sequence[LeftOut] = ()
        self.line = button("", self.read, page, "quiet")
        self.line.setStyleSheet("text-align: left;")
        self.line.hide()
        self.sheet = TextSheet(_TITLE, page)

    def show_left(self, left: Sequence[LeftOut]) -> None:
        """Another plan is shown."""
        self._left = left
        past = sum(not one.asked for one in left)
        said = f"不在本套文书上的内容 {len(left)} 项" + (f"（其中 {past} 项现在不适用）" if past else "")
        self.line.setText(f"{said}，逐项查看  {KEY}")
        self.line.setAccessibleName(said)
        self.line.setVisible(bool(left))

    def read(self) -> None:
        """Ctrl+I: every one of them, by what it is about; Esc takes the list away."""
        if not self._left:
            self._page.said.emit("录入的内容都写在本套文书上了")
            return
        page = self._page
        width, height = min(_SIZE.width(), page.width() - 40), min(_SIZE.height(), page.height() - 60)
        self.sheet.rename(f"{_TITLE}　{len(self._left)} 项")
        labels = {key: field.label for key, field in page.papers.workspace.catalogue.fields.items()}
        self.sheet.read(_html(self._left, labels), QPoint((page.width() - width) // 2, 40), QSize(width, height))


def _html(left: Sequence[LeftOut], labels: Mapping[str, str]) -> str:
    now, past = [one for one in left if one.asked], [one for one in left if not one.asked]
    return "".join(f"<p>{note}</p>{_table(some, labels)}" for note, some in ((_NOTE, now), (_PAST, past)) if some)


def _table(left: Sequence[LeftOut], labels: Mapping[str, str]) -> str:
    """One line a question: what everybody said to it."""
    told: dict[str, dict[str, list[str]]] = {}
    for one in left:
        label = labels[f"{one.table}.{one.field}"]
        whose = one.label.removesuffix(label).strip()
        told.setdefault(one.table, {}).setdefault(label, []).append(f"{whose}：{one.said}" if whose else one.said)
    rows = []
    for table, questions in told.items():
        rows.append(f'<tr><td colspan="2"><b>{escape(table)}</b></td></tr>')
        rows += [
            f'<tr><td width="26%">{escape(label)}</td><td>{"；".join(map(_lines, said))}</td></tr>'
            for label, said in questions.items()
        ]
    return f'<table width="100%" cellpadding="2">{"".join(rows)}</table>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
