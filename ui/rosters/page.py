"""Rosters: a period, which ones, where to; one workbook comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from forms.roster import INTERNAL
from ui.intake.editors import set_flag
from ui.rosters.asked import SpanBox, VersionBox
from ui.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from clerk.periods import Span
    from forms.roster import Roster
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RostersPage(QWidget):
    """花名册."""

    said = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._papers = workspace, papers
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        title = QLabel("花名册", self)
        set_flag(title, "tone", "title")
        column.addWidget(title)
        self.list = RosterList(self)
        column.addWidget(self._period_card())
        column.addLayout(self._version_line())
        column.addWidget(self.list, 1)
        column.addLayout(self._foot())
        self._fill()

    def arrive(self) -> None:
        """The hand goes to the period."""
        self.period.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stop(self, wait: bool = False) -> None:
        """The helper process makes the workbook: nothing runs here."""

    def export(self) -> None:
        """Make the workbook of the rosters ticked, in the version chosen."""
        from clerk.errors import UserCanFix
        from clerk.periods import as_file_name
        from clerk.service import Wanted
        from ui.jobs import write_rosters

        written = self.period.written
        try:
            span = self.period.span()
        except UserCanFix as fault:
            self.said.emit(fault.message)
            return
        version = self.version.version
        ending = "" if version == INTERNAL else f" {version}版"
        target = Path(self.folder.text()).expanduser() / f"花名册 {as_file_name(written)}{ending}.xlsx"
        wanted = self.list.ticked()
        if not wanted:
            self.said.emit("先用空格勾选要导出的花名册")
            return
        self._busy.show()
        self.go.setEnabled(False)
        asked = Wanted(wanted, span, version)
        self._papers.make(write_rosters, asked, target, self.apart.isChecked()).tell(self._written, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter exports."""
        if event.key() in _ENTER:
            self.export()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter in the period exports too: the box would keep the first one to itself."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self.export()
            return True
        return super().eventFilter(watched, event)

    def _period_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(10)
        self.period = SpanBox(self._workspace.today, card)
        self.period.installEventFilter(self)
        self.period.currentTextChanged.connect(lambda: self._tick_due())
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

    def _version_line(self) -> QHBoxLayout:
        """Who the file is for, its level in words and colour."""
        line = QHBoxLayout()
        self.version = VersionBox(self._workspace.catalogue, self)
        self.level = self.version.level
        self.apart = Tick("按部门各一个文件", self)
        self.apart.setAccessibleName("按部门各一个文件")
        self.version.currentIndexChanged.connect(self._show_version)
        for widget, room in ((QLabel("版本", self), 0), (self.version, 0), (self.level, 1), (self.apart, 0)):
            line.addWidget(widget, room)
        return line

    def _show_version(self) -> None:
        """Only the rosters that are made in the version can be ticked."""
        self.list.only({one.id for one in self._rosters if self.version.version in one.versions})
        self._tick_due()

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._done = QLabel(
            "空格选或不选，回车导出。期间也可以写 2026-Q3、2026-秋、2026-09-01..2026-09-20 中秋慰问。", self
        )
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
        self._rosters = sorted(self._workspace.catalogue.rosters.values(), key=lambda one: (one.order, one.id))
        self.list.fill(self._rosters)
        self._show_version()

    def _tick_due(self) -> None:
        """Tick what is due in such a period; the clerk may tick otherwise."""
        from clerk.periods import OWN

        span = self._span()
        if span is not None:
            made = [one for one in self._rosters if self.version.version in one.versions]
            self.list.tick_only({one.id for one in made if not one.periods or span.kind in (*one.periods, OWN)})

    def _span(self) -> Span | None:
        from clerk.errors import UserCanFix

        try:
            return self.period.span()
        except UserCanFix:
            return None

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


class RosterList(QScrollArea):
    """Rosters with a tick each; up and down walk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame(self)
        card.setObjectName("card")
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(1)
        self.ticks: dict[str, Tick] = {}
        self.setWidget(card)

    def fill(self, rosters: Sequence[Roster]) -> None:
        """A tick for each roster."""
        for roster in rosters:
            tick = Tick(f"{roster.name}　{roster.department}", self)
            tick.setObjectName(roster.id)
            tick.setAccessibleName(roster.name)
            self.ticks[roster.id] = tick
            self._column.addWidget(tick)
        self._column.addStretch(1)

    def only(self, wanted: Container[str]) -> None:
        """Show some and no others; what is not shown is not ticked."""
        for name, tick in self.ticks.items():
            tick.setVisible(name in wanted)
            tick.setChecked(tick.isChecked() and name in wanted)

    def tick_only(self, wanted: Container[str]) -> None:
        """Tick some and no others."""
        for name, tick in self.ticks.items():
            tick.setChecked(name in wanted)

    def ticked(self) -> tuple[str, ...]:
        """The ids of those ticked."""
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())
