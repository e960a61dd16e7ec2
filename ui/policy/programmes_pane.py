"""项目: every programme with who runs it and what is not verified; typing narrows, Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from clerk.pinyin import readings
from ui.intake.editors import set_flag
from ui.policy.programme_editor import ProgrammeEditor
from ui.policy.table import Narrowing, PlainTable, Row

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from forms.policy import Programme
    from ui.policy.studio import Studio

HEADINGS = ("项目", "编号", "类别", "部门", "条件", "自", "来自", "待核")


class ProgrammesPane(QStackedWidget):
    """The list of programmes, or one of them being read and edited."""

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
        title, self._count = QLabel("项目", page), QLabel("", page)
        set_flag(title, "tone", "title")
        set_flag(self._count, "tone", "quiet")
        head.addWidget(title)
        head.addWidget(self._count, 1)
        column.addLayout(head)
        table = PlainTable(HEADINGS, (0, 5, 9, 7, 4, 7, 15, 4), page)
        table.setAccessibleName("项目")
        self.list = Narrowing("名称、拼音首字母、编号", table, readings, page)
        column.addWidget(self.list, 1)
        self.addWidget(page)
        self.editor = ProgrammeEditor(studio, self)
        self.editor.said.connect(self.said)
        self.editor.left.connect(self._back)
        self.addWidget(self.editor)
        self.list.opened.connect(self.edit)
        studio.changed.connect(self._again)

    def arrive(self) -> None:
        """Show the programmes of today's layers, or the one that is being edited."""
        if self.currentWidget() is self.editor:
            self.editor.table.setFocus()
            return
        catalogue = self._workspace.catalogue
        levels = {pack.id: pack.level for pack in catalogue.packs}
        found = sorted(catalogue.programmes.values(), key=lambda one: one.number)
        rows = [_row(one, levels.get(one.layer, one.layer)) for one in found]
        self._count.setText(f"{len(found)} 个项目，{sum(bool(row.tone) for row in rows)} 个有待核的依据。回车看条件、材料、时限，或修改。")
        self.list.fill(rows)
        self.list.take_hand()

    def edit(self, name: object) -> None:
        """Open one programme."""
        self._wanted = str(name)
        self._studio.open(self._open)

    def _open(self, bench: Bench) -> None:
        from clerk.authoring.shapes import PROGRAMME, Ref

        self.setCurrentWidget(self.editor)
        self.editor.open(bench, Ref(PROGRAMME, self._wanted))

    def _again(self) -> None:
        if self.currentWidget() is self.editor:
            self._studio.open(self._open)

    def _back(self) -> None:
        self.setCurrentIndex(0)
        self.arrive()


def doubtful(one: Programme) -> int:
    """How many conditions and amounts rest on what nobody has verified."""
    said = [condition.source for condition in one.conditions] + [line.source for line in one.amounts]
    return sum(not source.verified for source in said)


def _row(one: Programme, level: str) -> Row:
    unsure = doubtful(one)
    origin = f"{level} {one.place.file.rpartition('/')[2]}"
    return Row(
        (one.name, one.number, one.group, one.department, str(len(one.conditions)), one.period.since.isoformat(), origin, str(unsure or "")),
        one.id,
        "wait" if unsure else "",
        found_by=one.number,
    )
