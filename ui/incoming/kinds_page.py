"""Which kind of sheet it is: each with what it does, where it comes from, and how its rows are understood."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.incoming.step import Step
from ui.incoming.words import use_of
from ui.policy.table import PlainTable, Row

if TYPE_CHECKING:
    from forms.incoming import Incoming

HEADINGS = ("来表", "做什么", "从哪里来", "说明")


class KindsPage(Step):
    """导入来表."""

    chosen = Signal(object)
    looked_back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("导入来表", parent)
        self.note.setText("别处来的表先对照、再试算；按 F12 之前什么都不写入，导入后可以整批撤销。")
        self.table = PlainTable(HEADINGS, (11, 13, 15, 0), self)
        self.table.setAccessibleName("来表的种类")
        self.table.opened.connect(lambda _: self.choose())
        self.column.addWidget(self.table, 1)
        self.add_foot(
            (
                ("F3", "选择文件…", self.choose, "main"),
                ("F6", "历次导入", self.looked_back.emit, ""),
            )
        )
        self.tell("选好是哪种来表，回车选择文件：.xlsx、.xls、.ods、.csv 都可以。")

    def fill(self, kinds: Sequence[Incoming]) -> None:
        """Show the kinds; the hand stays on the same one."""
        self.table.fill([Row((one.name, use_of(one), one.source or "—", one.note or "—"), one.id) for one in kinds])

    def take_hand(self) -> None:
        """The hand goes to the kinds."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self) -> None:
        """F3 or Enter: a file of the kind under the hand."""
        kind = self.table.key()
        if isinstance(kind, str):
            self.chosen.emit(kind)
