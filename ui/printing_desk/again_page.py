"""补打: everything that was ever handed out, found again, looked at and printed to the byte, with the reason kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui import keys
from ui.policy.table import PlainTable, Row
from ui.preview.page import PreviewPage
from ui.printing_desk.parts import button, label
from ui.printing_desk.printer_bar import NOBODY, PrinterBar
from ui.printing_desk.run_bar import RunBar

if TYPE_CHECKING:
    from clerk.records import IssuedPaper
    from ui.papers import PaperMaker

WAIT = 150
HEADINGS = ("印发号", "文书", "给谁", "文号", "案件", "何时", "谁印的", "打印")
LETTERS = (4, 0, 7, 9, 13, 10, 6, 6)
REASONS = ("卡纸、缺墨，没有印好", "当事人遗失", "归档需要", "部门退回重报")


class AgainPage(QWidget):
    """The reprint centre."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._papers = papers
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT)
        self._later.timeout.connect(self.look)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._stack = QStackedWidget(self)
        self.run = RunBar(papers, self)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.run)
        self._list = QWidget(self)
        self._list.setObjectName("page")
        self.pages = PreviewPage(papers, self)
        self.pages.on_print = self.print
        self.pages.closed.connect(self._back)
        for page in (self._list, self.pages):
            self._stack.addWidget(page)
        self._fill()
        for part in (self.pages, self.run, self.where):
            part.said.connect(self.said)
        self.run.ended.connect(self.look)
        for sequence, act in (("Ctrl+P", self.print), ("Ctrl+U", self.where.look), ("Ctrl+T", self.retry)):
            keys.bind_inside(sequence, self._list, act)

    def arrive(self) -> None:
        """The hand goes into the search line."""
        self._stack.setCurrentWidget(self._list)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.where.look()
        self.look()

    def look(self) -> None:
        """Search for what is written; the latest when nothing is."""
        text = self.line.text().strip()
        with self._papers.workspace.store.reading() as view:
            cases = {case for hit in view.find(text) for case in hit.cases} if text else set()
            found = view.find_issued(text, sorted(cases))
        waiting = {one.number: one.stage for one in self._papers.spooler.waiting()}
        self.table.fill([_row(one, waiting.get(one.number, "")) for one in found])
        self._count.setText(f"找到 {len(found)} 件" + (f"，{len(waiting)} 件等着打印：Ctrl+T 全部重试" if waiting else ""))

    def preview(self) -> None:
        """Enter: the kept bytes."""
        from ui.paper_jobs import show_again

        if (paper := self._paper()) is not None:
            self._stack.setCurrentWidget(self.pages)
            job = self._papers.make(show_again, paper.number)
            self.pages.show_job(job, paper.case_number, f"印发号 {paper.number}　{paper.label}", f"存档原件，{paper.at:%Y-%m-%d %H:%M} {paper.actor}印发；补打与它一字不差。")

    def print(self) -> None:
        """Ctrl+P: print the same bytes again, and write down why."""
        from clerk.issuing import Handing
        from ui.paper_jobs import print_again

        paper, where, reason = self._paper(), self.where.choice(), self.reason.currentText().strip()
        if paper is None:
            self.said.emit("先选一件文书")
        elif where is None:
            self.said.emit(NOBODY)
        elif not reason:
            self._back()
            self.reason.setFocus()
            self.said.emit("先写明为什么补打，原因会记下来")
        else:
            workspace = self._papers.workspace
            handing = Handing(workspace.now(), self._papers.actor, where.printer, reason=reason)
            self.run.begin(self._papers.make(print_again, (paper.number,), handing), where)

    def retry(self) -> None:
        """Ctrl+T: everything that waits, once more, under its own numbers."""
        from clerk.errors import UserCanFix

        spooler, where = self._papers.spooler, self.where.choice()
        numbers = [one.number for one in spooler.waiting()]
        if not numbers or where is None:
            self.said.emit(NOBODY if numbers else "没有等着打印的文书")
            return
        try:
            spooler.retry(numbers, where, self._papers.actor).tell(lambda _: self.look(), self._complain)
        except UserCanFix as fault:
            self.said.emit(fault.message)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Down goes from the line into the list; Enter looks at the first."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.look()
                self.preview()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _paper(self) -> IssuedPaper | None:
        return self.table.key()  # type: ignore[return-value]

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._list)
        self.table.setFocus()

    def _complain(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.said.emit(message)

    def _fill(self) -> None:
        column = QVBoxLayout(self._list)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        self.line = QLineEdit(self._list)
        self.line.setAccessibleName("找印发过的文书")
        self.line.setPlaceholderText("文号、印发号、姓名、拼音首字母、证件号、文书名、案件编号，或日期如 2026-09-01")
        self.line.textChanged.connect(lambda: self._later.start())
        self.line.installEventFilter(self)
        self._count = label("", "quiet", self._list)
        self.table = PlainTable(HEADINGS, LETTERS, self._list)
        self.table.setAccessibleName("印发过的文书")
        self.table.opened.connect(lambda _: self.preview())
        self.where = PrinterBar(self._papers, self._list)
        self.reason = QComboBox(self._list)
        self.reason.setEditable(True)
        self.reason.setAccessibleName("补打原因")
        self.reason.addItems(REASONS)
        self.reason.setCurrentIndex(0)
        self.reason.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 14)
        foot = QHBoxLayout()
        foot.addWidget(label("补打原因", "", self._list))
        foot.addWidget(self.reason)
        foot.addStretch(1)
        foot.addWidget(button("看原件  回车", self.preview, self._list))
        foot.addWidget(button("补打  Ctrl+P", self.print, self._list, "main"))
        for widget in (self.line, self._count):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.where)
        column.addLayout(foot)


def _row(one: IssuedPaper, waits: str) -> Row:
    when = f"{one.at:%Y-%m-%d %H:%M}"
    return Row((str(one.number), one.name, one.whom or "全户", one.label, one.case_number, when, one.actor, waits), one, "wait")
