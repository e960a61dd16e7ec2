"""标准: every standard with what is in force today; typing narrows, Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from clerk.pinyin import readings
from ui.intake.editors import set_flag
from ui.policy.standard_editor import StandardEditor
from ui.policy.table import Narrowing, PlainTable, Row

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from clerk.standard_words import InForce
    from ui.policy.studio import Studio

HEADINGS = ("标准", "今天的值", "自", "文件", "来自")


class StandardsPane(QStackedWidget):
    """The list of standards, or one of them being edited."""

    said = Signal(str)

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self._studio, self._workspace = studio, studio.workspace
        self._wanted = ""
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        title, self._count = QLabel("标准", page), QLabel("", page)
        set_flag(title, "tone", "title")
        set_flag(self._count, "tone", "quiet")
        head.addWidget(title)
        head.addWidget(self._count, 1)
        column.addLayout(head)
        table = PlainTable(HEADINGS, (12, 0, 7, 14, 9), page)
        table.setAccessibleName("标准")
        self.list = Narrowing("名称、拼音首字母、文件名", table, readings, page)
        column.addWidget(self.list, 1)
        self.addWidget(page)
        self.editor = StandardEditor(studio, self)
        self.editor.said.connect(self.said)
        self.editor.left.connect(self._back)
        self.addWidget(self.editor)
        self.list.opened.connect(self.edit)
        studio.changed.connect(self._again)

    def arrive(self) -> None:
        """Show what is in force today, or the one that is being edited."""
        if self.currentWidget() is self.editor:
            self.editor.table.setFocus()
            return
        from clerk.standard_words import standards_in_force

        found = standards_in_force(self._workspace.catalogue, self._workspace.today)
        open_ones = sum(one.since is None for one in found)
        doubtful = sum(one.unverified for one in found)
        said = f"{len(found)} 项，{doubtful} 项待核" + (f"，{open_ones} 项今天没有值" if open_ones else "")
        self._count.setText(said + "。回车改值。")
        self.list.fill([_row(one) for one in found])
        self.list.take_hand()

    def edit(self, name: object) -> None:
        """Open one standard."""
        self._wanted = str(name)
        self._studio.open(self._open)

    def _open(self, bench: Bench) -> None:
        from clerk.authoring.shapes import STANDARD, Ref

        self.setCurrentWidget(self.editor)
        self.editor.open(bench, Ref(STANDARD, self._wanted))

    def _again(self) -> None:
        if self.currentWidget() is self.editor:
            self._studio.open(self._open)

    def _back(self) -> None:
        self.setCurrentIndex(0)
        self.arrive()


def _row(one: InForce) -> Row:
    value = one.value or "今天没有值，用到它的项目不能判定"
    if one.next:
        value += f"\n{one.next}"
    cells = (one.standard.id, value, one.since.isoformat() if one.since else "—", str(one.source) or "—", f"{one.layer} {one.file.rpartition('/')[2]}")
    return Row(cells, one.standard.id, found_by=str(one.source))
