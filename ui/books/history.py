"""历次结账: closed periods, each checked against its fingerprint; the very same workbook again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.books.words import past_rows
from ui.hand import take_hand
from ui.incoming.step import Step
from ui.policy.table import PlainTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clerk.book_review import Past

HEADINGS = ("账号", "期间", "结账时间", "经办人", "表数", "指纹", "存档")
HINT = "F9 照结账时的样子原样再出一份，每个格子都相同。"


class HistoryPage(Step):
    """`wanted` names the book to write again."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("历次结账", parent)
        self.table = PlainTable(HEADINGS, (5, 15, 10, 7, 5, 9, 0), self)
        self.table.setAccessibleName("历次结账")
        self.table.opened.connect(lambda _: self.write())
        self.column.addWidget(self.table, 1)
        self.add_foot((("F9", "原样再出一份", self.write, "main"), ("Esc", "返回", self.left.emit, "quiet")))

    def begin(self) -> None:
        """The books are being checked."""
        self.table.fill([])
        self.note.setText("")
        self.work("正在核对存档…")
        take_hand(self.table)

    def show_past(self, past: Sequence[Past], fault: str) -> None:
        """Show the books with what the check found; `fault` is what is wrong with the journal that holds the fingerprints."""
        self.rest()
        self.table.fill(past_rows(past))
        broken = sum(not one.holds for one in past)
        if fault:
            self.tell(f"{fault}，存档无从核对，请先从备份恢复", "bad")
        elif not past:
            self.tell("还没有结过账")
        elif broken:
            self.tell(f"{broken} 期的存档与结账时不符，请先从备份恢复", "bad")
        else:
            self.tell(f"{len(past)} 期存档都与结账时的指纹一致，日志完整。{HINT}", "yes")
        self.note.setText(f"{len(past)} 期" if past else "")
        if self.isVisible():
            take_hand(self.table)

    def write(self) -> None:
        """F9: the workbook of the book under the hand, again."""
        book = self.table.key()
        if book is not None:
            self.wanted.emit(book)
