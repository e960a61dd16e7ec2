"""Finding a case again: by name, ID, its end, pinyin initials, phone or number; its applications and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.cases.recent import RECENT_DAYS, Found, recent
from ui.intake.editors import set_flag
from ui.intake.notice import DraftNotice
from ui.plan.filed_page import FiledPage

if TYPE_CHECKING:
    from clerk.records import Hit
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

WAIT = 120
HEADINGS = ("姓名", "证件号码", "电话", "案件")


class CasesPage(QWidget):
    """案件."""

    said = Signal(str)
    correcting = Signal(object)
    taken_back = Signal(str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        outer.addWidget(self._stack)
        self._search = QWidget(self)
        self._search.setObjectName("page")
        self._stack.addWidget(self._search)
        self._fill_search()
        self.case = FiledPage(papers, self, again=True)
        self.case.finished.connect(self._back)
        self.case.said.connect(self.said)
        self.case.correcting.connect(self.correcting)
        self._stack.addWidget(self.case)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT)
        self._later.timeout.connect(self.look)

    def arrive(self) -> None:
        """The hand goes into the search line."""
        self._stack.setCurrentWidget(self._search)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.look()
        with self._workspace.store.reading() as view:
            self.bin.offer(view.drafts(discarded=True))

    def look(self) -> None:
        """Search for what is written; the latest cases when nothing is."""
        text = self.line.text().strip()
        with self._workspace.store.reading() as view:
            found = [_found(hit) for hit in view.find(text)] if text else recent(view, self._workspace)
        self.table.setRowCount(0)
        for one in found:
            self._add(one)
        self.table.resizeRowsToContents()
        if found:
            self.table.selectRow(0)
        self._count.setText(f"找到 {len(found)} 人" if text else f"近 {RECENT_DAYS} 天受理 {len(found)} 件")

    def open_case(self, number: str) -> None:
        """Open a case by its number."""
        with self._workspace.store.reading() as view:
            record = view.case(number, self._workspace.catalogue)
        if record is None:
            self.said.emit(f"没有案件 {number}")
            return
        self.case.show_case(record, self._workspace.catalogue)
        self._stack.setCurrentWidget(self.case)
        self.case.take_hand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Down goes from the line into the results; Enter opens."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._later.stop()
                if watched is self.line:
                    self.look()
                self._open_chosen()
                return True
            if event.key() == Qt.Key.Key_Down and watched is self.line:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _fill_search(self) -> None:
        column = QVBoxLayout(self._search)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        title = QLabel("案件", self._search)
        set_flag(title, "tone", "title")
        self._count = QLabel("", self._search)
        set_flag(self._count, "tone", "quiet")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        self.line = QLineEdit(self._search)
        self.line.setAccessibleName("找案件")
        self.line.setPlaceholderText("姓名、证件号、后四位、拼音首字母、电话、案件编号")
        self.line.textChanged.connect(lambda: self._later.start())
        self.line.installEventFilter(self)
        column.addWidget(self.line)
        self.table = QTableWidget(0, len(HEADINGS), self._search)
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.setAccessibleName("找到的人")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(True)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.installEventFilter(self)
        self.table.cellDoubleClicked.connect(lambda *_: self._open_chosen())
        column.addWidget(self.table, 1)
        self.bin = DraftNotice(self._search, binned=True)
        self.bin.resumed.connect(self.taken_back)
        column.addWidget(self.bin)

    def _add(self, one: Found) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((one.name, one.id_no, one.phone, "、".join(one.cases))):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.table.setItem(row, column, item)

    def _open_chosen(self) -> None:
        item = self.table.item(max(self.table.currentRow(), 0), 0)
        one: Found | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        if one is None:
            self.said.emit("没有找到")
        elif not one.cases:
            self.said.emit(f"{one.name}还没有提交过案件")
        else:
            self.open_case(one.cases[0])

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._search)
        self.line.setFocus()


def _found(hit: Hit) -> Found:
    return Found(hit.name, hit.id_no, hit.phone, hit.cases)
