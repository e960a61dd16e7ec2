"""Rosters: a period, which ones, where to; one workbook comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from ui.papers import PaperMaker
    from ui.workspace import Workspace


class RostersPage(QWidget):
    """花名册."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._workspace, self._papers = workspace, papers
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        title = QLabel("花名册", self)
        set_flag(title, "tone", "title")
        column.addWidget(title)
        column.addWidget(self._period_card())
        self.list = RosterList(self)
        self.list.setAccessibleName("要导出的花名册")
        column.addWidget(self.list, 1)
        column.addLayout(self._foot())
        self._fill()

    def arrive(self) -> None:
        """The hand goes to the period."""
        self.period.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def export(self) -> None:
        """Make the workbook of the rosters ticked."""
        from clerk.periods import read_span
        from ui.rosters.job import write_rosters

        span = read_span(self.period.currentText().split("　")[0])
        folder = Path(self.folder.text()).expanduser()
        wanted = self.list.ticked()
        if not wanted:
            self.said.emit("先用空格勾选要导出的花名册")
            return
        self._busy.show()
        self.go.setEnabled(False)
        where = self._workspace.where
        job = self._papers.make(write_rosters, where, self._workspace.layers(), wanted, span, folder)
        job.done.connect(self._written)
        job.failed.connect(self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter exports."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.export()
        else:
            super().keyPressEvent(event)

    def _period_card(self) -> QFrame:
        from clerk.periods import month_of, week_of

        card = QFrame(self)
        card.setObjectName("card")
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(10)
        today = self._workspace.today
        year, week, _ = today.isocalendar()
        self.period = QComboBox(card)
        self.period.setEditable(True)
        self.period.setAccessibleName("期间")
        self.period.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 18)
        self.period.addItem(f"{year}-W{week:02d}　本周 {week_of(today).words}")
        self.period.addItem(f"{today:%Y-%m}　本月 {month_of(today).words}")
        self.period.addItem(f"{today:%Y-%m}@21　上月21日至本月20日")
        line.addWidget(QLabel("期间", card))
        line.addWidget(self.period, 2)
        self.folder = QLineEdit(str(Path.home() / "花名册"), card)
        self.folder.setAccessibleName("存放文件夹")
        line.addWidget(QLabel("存到", card))
        line.addWidget(self.folder, 2)
        choose = QPushButton("选择…", card)
        choose.setAccessibleName("选择文件夹")
        choose.clicked.connect(self._choose)
        line.addWidget(choose)
        return card

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._done = QLabel("空格选或不选，回车导出。期间也可以写 2026-W36、2026-09、2026-09-01..2026-09-20。", self)
        self._done.setWordWrap(True)
        set_flag(self._done, "tone", "quiet")
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在导出")
        self._busy.hide()
        self.go = QPushButton("导出  回车", self)
        self.go.setAccessibleName("导出")
        self.go.setProperty("role", "main")
        self.go.clicked.connect(self.export)
        line.addWidget(self._done, 1)
        line.addWidget(self._busy, 1)
        line.addWidget(self.go)
        return line

    def _fill(self) -> None:
        for roster in sorted(self._workspace.catalogue.rosters.values(), key=lambda one: (one.order, one.id)):
            item = QListWidgetItem(f"{roster.name}　{roster.department}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, roster.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "存到哪个文件夹", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _written(self, path: object) -> None:
        self._rest()
        self._done.setText(f"已导出到 {path}")
        self.said.emit(f"已导出到 {path}")

    def _failed(self, fault: BaseException) -> None:
        self._rest()
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self._done.setText(message)
        self.said.emit(message)

    def _rest(self) -> None:
        self._busy.hide()
        self.go.setEnabled(True)


class RosterList(QListWidget):
    """Rosters with a tick each."""

    def ticked(self) -> tuple[str, ...]:
        """The ids of those ticked."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked)
