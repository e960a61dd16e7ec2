"""Rosters: a period, which ones, where to; one of them looked at first; one workbook comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.roster import INTERNAL
from ui import keys
from ui.intake.editors import set_flag
from ui.policy.faults import in_a_sentence
from ui.rosters.asked import SpanBox, VersionBox
from ui.rosters.folder import FolderLine
from ui.rosters.roster_list import RosterList
from ui.rosters.side import PAST, VIEWS, Side
from ui.tick import Tick

if TYPE_CHECKING:
    from clerk.periods import Span
    from ui.papers import PaperMaker
    from ui.rosters.jobs import Preview
    from ui.workspace import Workspace

LETTERS = 24
"""Han letters across the list."""
REST = 350
"""How long the hand rests on a roster before it is looked at, in milliseconds."""
LISTED = 200
"""How many of the workbooks that went out are listed."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RostersPage(QWidget):
    """花名册."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._papers = workspace, papers
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        self.list, self.side = RosterList(self), Side(self)
        self.found: Preview | None = None
        self._turn, self._live = 0, False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST)
        self._later.timeout.connect(self._look)
        column.addWidget(self._period_card())
        column.addLayout(self._version_line())
        both = QHBoxLayout()
        both.setSpacing(12)
        self.list.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * LETTERS)
        both.addWidget(self.list)
        both.addWidget(self.side, 1)
        column.addLayout(both, 1)
        column.addLayout(self._foot())
        self._fill()
        self._listen()

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
        target = self._folder.path / f"花名册 {as_file_name(written)}{ending}.xlsx"
        wanted = self.list.ticked()
        if not wanted:
            self.said.emit("先用空格勾选要导出的花名册")
            return
        self._busy.show()
        self.go.setEnabled(False)
        asked = Wanted(wanted, span, version)
        self._papers.make(write_rosters, asked, target, self.apart.isChecked()).tell(self._written, self._failed)

    def turn(self, view: int) -> None:
        """Show one of the views beside the list."""
        self.side.show_view(view)
        self._live = self._live or view != PAST
        if view == PAST:
            self._look_back()
        else:
            self._look()

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
        self._folder = FolderLine(card)
        self.folder = self._folder.box
        line.addWidget(self._folder, 3)
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
            "空格选或不选，回车导出。期间也可写 2026-Q3、2026-秋、2026-09-01..2026-09-20 中秋慰问。", self
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

    def _written(self, path: object) -> None:
        self._rest()
        self._done.setText(f"已导出到 {path}")
        self.said.emit(f"已导出到 {path}")
        if self._workspace.ready:  # the window may have been closed while the helper wrote
            self.turn(PAST)

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

    # -- beside the list -----------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        for at, (key, _) in enumerate(VIEWS):
            keys.bind_inside(key, self, lambda at=at: self.turn(at))  # type: ignore[misc]
        self.side.turned.connect(self.turn)
        self.side.opened.connect(self.opened)
        self.side.left.connect(self.list.take_hand)
        self.list.moved.connect(lambda _: self._soon())
        self.period.currentTextChanged.connect(lambda _: self._soon())
        self.version.currentIndexChanged.connect(lambda _: self._soon())

    def _soon(self) -> None:
        """Once asked for, a preview follows the hand; it waits until the hand rests."""
        if self._live and self.side.view != PAST:
            self._later.start()

    def _look(self) -> None:
        """Let the helper look at the roster under the hand; only its last answer counts."""
        from clerk.service import Wanted
        from ui.rosters.jobs import preview_roster

        self._turn += 1
        turn, span, name = self._turn, self._span(), self.list.at()
        if span is None or not name:
            self.side.clear("先写期间，再选一本花名册" if span is None else "先把光标移到一本花名册上")
            return
        self.side.say("正在准备预览…", "quiet")

        def ended(found: Preview | BaseException) -> None:
            if turn == self._turn:
                self._seen(found)

        self._papers.make(preview_roster, Wanted((name,), span, self.version.version)).tell(ended, ended)

    def _seen(self, found: Preview | BaseException) -> None:
        if not isinstance(found, BaseException):
            self.found = found
            self.side.show_preview(found)
            return
        self.found = None
        message = in_a_sentence(found)
        self.side.clear(message or "没有看成", "bad")
        if not message:
            raise found

    def _look_back(self) -> None:
        from clerk.roster_exports import exports

        with self._workspace.store.reading() as view:
            past = exports(view)
        names = {one.id: one.name for one in self._rosters}
        self.side.show_past(past, names, LISTED)
