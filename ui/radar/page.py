"""政策找人: two days, what kinds of people turn up between them, and why; each line opens the household."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.hand import take_hand
from ui.intake.editors import set_flag
from ui.radar.scan import Lead, Result, Search

if TYPE_CHECKING:
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

HEADINGS = ("事项", "对象", "住址", "为什么")
ONLY_LEADS = "只是线索，须入户核实，不作为认定结论。"
LONGEST = 120
"""Letters of a reason that the list shows whole."""
SPANS = (("一个月", 31), ("三个月", 92), ("一年", 365))


class RadarPage(QWidget):
    """找人."""

    said = Signal(str)
    opened = Signal(object)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._papers = workspace, papers
        self.result: Result | None = None
        self._search: Search | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(_label("找人", "title", self))
        head.addWidget(_label(ONLY_LEADS, "quiet", self), 1)
        column.addLayout(head)
        column.addWidget(self._days_card())
        column.addLayout(self._lists(), 1)
        column.addLayout(self._foot())
        self._rest("按回车开始查找：这两天之间，谁新符合、谁不再符合、谁到龄到期、谁符合却从未申请。")

    def arrive(self) -> None:
        """The hand goes to the days, or into what was found."""
        self._hand().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Look through the whole store."""
        from clerk.answers import read_date

        days = [read_date(line.text()) for line in (self.since, self.until)]
        if days[0] is None or days[1] is None or days[0] >= days[1]:
            self.said.emit("请写两个日期，开始早于结束，如 2026-09-01")
            return
        if self._search is not None:
            return
        self._search = Search(self._workspace.store, self._workspace.catalogue, (days[0], days[1]), self)
        self._search.told.connect(self._done.setText)
        self._search.done.connect(self._found)
        self._search.failed.connect(self._failed)
        self._search.stopped.connect(lambda: self._rest("已停止"))
        self._busy.show()
        self.go.setText("停止  Esc")
        self._search.start()

    def stop(self, wait: bool = False) -> None:
        """Stop a search that runs."""
        if self._search is not None:
            self._search.stop(wait)

    def export(self) -> None:
        """Write the list into a workbook."""
        from ui.jobs import write_leads

        if self.result is None or not self.result.groups:
            self.said.emit("还没有可导出的名单")
            return
        found = self.result
        rows = tuple(
            (group.title, lead.line.what, lead.line.who, lead.line.village, lead.line.why) for group in found.groups for lead in group.leads
        )
        left = sum(group.total - len(group.leads) for group in found.groups)
        target = self.folder / f"政策找人 {found.since.isoformat()}至{found.until.isoformat()}.xlsx"
        notes = (ONLY_LEADS, *((f"另有{left}条未列出",) if left else ()))
        self._papers.make(write_leads, rows, notes, target).tell(self._written, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc stops a search."""
        if event.key() == Qt.Key.Key_Escape and self._search is not None:
            self.stop()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter searches from the days, goes from the kinds into their lines, and opens a line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.table:
                self._open()
            elif watched is self.kinds:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.search()
            return True
        if watched is self.kinds and event.key() == Qt.Key.Key_Right:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if watched is self.table and event.key() == Qt.Key.Key_Left:
            self.kinds.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _hand(self) -> QWidget:
        return self.kinds if self.kinds.count() else self.since

    def _days_card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        line = QHBoxLayout(card)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(10)
        today = self._workspace.today
        self.since, self.until = QLineEdit(today.isoformat(), card), QLineEdit((today + timedelta(days=SPANS[0][1])).isoformat(), card)
        for words, editor in (("从", self.since), ("到", self.until)):
            editor.setAccessibleName(words)
            editor.installEventFilter(self)
            line.addWidget(QLabel(words, card))
            line.addWidget(editor, 1)
        for words, days in SPANS:
            button = QPushButton(words, card)
            button.setProperty("role", "quiet")
            button.clicked.connect(lambda _=False, days=days: self._span(today, days))
            line.addWidget(button)
        line.addStretch(1)
        self.go = QPushButton("查找  回车", card)
        self.go.setProperty("role", "main")
        self.go.clicked.connect(lambda: self.stop() if self._search else self.search())
        line.addWidget(self.go)
        return card

    def _lists(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        self.kinds = QListWidget(self)
        self.kinds.setAccessibleName("类别")
        self.kinds.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 12)
        self.kinds.currentRowChanged.connect(self._show_group)
        self.kinds.installEventFilter(self)
        self.table = QTableWidget(0, len(HEADINGS), self)
        self.table.setAccessibleName("名单")
        self.table.setHorizontalHeaderLabels(list(HEADINGS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letter = self.fontMetrics().horizontalAdvance("汉")
        for place, letters in enumerate((11, 7, 11)):
            self.table.setColumnWidth(place, letter * letters)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.installEventFilter(self)
        self.table.cellDoubleClicked.connect(lambda *_: self._open())
        line.addWidget(self.kinds)
        line.addWidget(self.table, 1)
        return line

    def _foot(self) -> QHBoxLayout:
        self.folder = Path.home() / "花名册"
        line = QHBoxLayout()
        self._done = _label("", "quiet", self)
        self._done.setWordWrap(True)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在查找")
        out = QPushButton("导出名单", self)
        out.clicked.connect(self.export)
        line.addWidget(self._done, 2)
        line.addWidget(self._busy, 1)
        line.addWidget(out)
        return line

    def _span(self, today: date, days: int) -> None:
        self.since.setText(today.isoformat())
        self.until.setText((today + timedelta(days=days)).isoformat())
        self.search()

    def _found(self, result: Result) -> None:
        self.result = result
        self._rest(f"共核查 {result.households} 户，找到 {sum(group.total for group in result.groups)} 条。回车打开这一户。")
        self.kinds.clear()
        self.kinds.addItems([f"{group.title}　{group.total}" for group in result.groups])
        self.table.setRowCount(0)
        if result.groups:
            self.kinds.setCurrentRow(0)
        take_hand(self._hand())

    def _show_group(self, place: int) -> None:
        if self.result is None or not 0 <= place < len(self.result.groups):
            return
        group = self.result.groups[place]
        self.table.setRowCount(len(group.leads))
        for row, lead in enumerate(group.leads):
            for column, text in enumerate((lead.line.what, lead.line.who, lead.line.village, in_short(lead.line.why))):
                item = QTableWidgetItem(text)
                item.setToolTip(lead.line.why if column == len(HEADINGS) - 1 else "")
                item.setData(Qt.ItemDataRole.UserRole, lead)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()
        self.table.selectRow(0)
        if group.total > len(group.leads):
            self._done.setText(f"另有 {group.total - len(group.leads)} 条未列出，请缩短期间再查")

    def _open(self) -> None:
        item = self.table.item(max(self.table.currentRow(), 0), 0)
        lead: Lead | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        if lead is not None:
            self.opened.emit(lead)

    def _rest(self, words: str) -> None:
        self._search = None
        self._busy.hide()
        self.go.setText("查找  回车")
        self._done.setText(words)

    def _written(self, path: object) -> None:
        self._done.setText(f"已导出到 {path}")
        self.said.emit(f"已导出到 {path}")

    def _failed(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        self._rest(message or "没有查完")
        if not message:
            raise fault
        self.said.emit(message)


def in_short(why: str) -> str:
    """A reason that fits a line of the list: a long one by the names of its conditions; the whole is one Enter away."""
    if len(why) <= LONGEST:
        return why
    names = dict.fromkeys(part.partition("：")[0] for part in why.split("；") if "：" in part)
    return f"看 {len(names)} 个条件：{'、'.join(names)}。回车看理由"


def _label(text: str, tone: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    set_flag(label, "tone", tone)
    return label
