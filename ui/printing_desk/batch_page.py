"""批量打印: the households of some days, narrowed by name, village or programme, ticked, printed one after another in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ui import keys
from ui.policy.table import PlainTable, Row
from ui.printing_desk.parts import button, label
from ui.printing_desk.printer_bar import NOBODY, PrinterBar
from ui.tick import Tick

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from ui.papers import PaperMaker
    from ui.printing_desk.run_bar import Made

HEADINGS = ("打印", "姓名", "住址", "项目", "案件", "结果")
LETTERS = (3, 6, 10, 0, 12, 14)
_TICKED, _NOT = "√", ""


@dataclass
class Household:
    """One line: a case, whether it is to be printed, and what became of it."""

    case_number: str
    name: str
    village: str
    programmes: str
    ticked: bool = True
    result: str = ""


class BatchPage(QWidget):
    """Many households."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._papers = papers
        self.all: list[Household] = []
        self.queue: list[Household] = []
        self.running = False
        self._done = self._total = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        self.table = PlainTable(HEADINGS, LETTERS, self)
        self.table.setAccessibleName("要打印的户")
        self.table.opened.connect(lambda _: self.tick())
        self.table.installEventFilter(self)
        column.addWidget(self.table, 1)
        self.words = label("", "quiet", self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("批量打印进度")
        self.bar.hide()
        column.addWidget(self.words)
        column.addWidget(self.bar)
        self.where = PrinterBar(papers, self)
        self.where.said.connect(self.said)
        column.addWidget(self.where)
        column.addLayout(self._foot())
        for sequence, act in (("Ctrl+P", self.print), ("Ctrl+A", self.tick_all), ("Ctrl+U", self.where.look), ("Esc", self.stop)):
            keys.bind_inside(sequence, self, act)

    def arrive(self) -> None:
        """The hand goes into the first day; today when nothing was said before."""
        if not self.since.text():
            today = self._papers.workspace.today.isoformat()
            self.since.setText(today)
            self.until.setText(today)
        self.where.look()
        if not self.running:
            self.look()
        self.since.setFocus()

    def look(self) -> None:
        """List the households of the days said, narrowed."""
        from clerk.answers import read_date

        since, until = read_date(self.since.text().strip()), read_date(self.until.text().strip())
        if since is None or until is None or until < since:
            self.words.setText("日期这样写：20260901；止日不早于起日")
            return
        workspace, word = self._papers.workspace, self.narrow.text().strip()
        with workspace.store.reading() as view:
            found = [self._household(record) for record in view.cases(since, until, workspace.catalogue)]
        self.all = [one for one in found if word in f"{one.name} {one.village} {one.programmes} {one.case_number}"]
        self._show()

    def tick(self) -> None:
        """Space: this household or not."""
        one = self.table.key()
        if isinstance(one, Household) and not self.running:
            one.ticked = not one.ticked
            self._show()

    def tick_all(self) -> None:
        """Ctrl+A: all of them; none when all are."""
        every = all(one.ticked for one in self.all)
        for one in self.all:
            one.ticked = not every
        self._show()

    def print(self) -> None:
        """Ctrl+P: hand out and print what is new of each, in the order of the list."""
        self.queue = [one for one in self.all if one.ticked]
        if self.running or not self.queue:
            self.said.emit("正在打印，Esc 停下" if self.running else "先用空格选至少一户")
        elif self.where.choice() is None:
            self.said.emit(NOBODY)
        else:
            self.where.remember()
            self.running, self._done, self._total = True, 0, len(self.queue)
            self.bar.setRange(0, self._total)
            self.bar.show()
            self._next()

    def stop(self) -> None:
        """Esc: after the household that is being made; what is not begun takes no number."""
        if self.running:
            self.queue = []
            self.said.emit("做完手上这一户就停")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Space ticks in the list; Enter in the lines above it looks."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.table and event.key() == Qt.Key.Key_Space:
                self.tick()
                return True
            if watched is not self.table and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.look()
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        from clerk.issuing import Handing
        from ui.paper_jobs import hand_out_new

        where = self.where.choice()
        if not self.queue or where is None:
            self.running = False
            self.bar.hide()
            self._tell(f"停下了：做完 {self._done} 户，共 {self._total} 户" if self._done < self._total else f"{self._total} 户都处理完了")
            return
        one = self.queue.pop(0)
        self._tell(f"正在处理第 {self._done + 1} 户，共 {self._total} 户：{one.name}（Esc 停下）")
        handing = Handing(self._papers.workspace.now(), self._papers.actor, where.printer)
        job = self._papers.make(hand_out_new, one.case_number, handing, self.blanks.isChecked())
        job.tell(lambda made: self._made(one, made), lambda fault: self._fault(one, fault))

    def _made(self, one: Household, made: Made) -> None:
        where = self.where.choice()
        if not made or where is None:
            self._finish(one, "没有新的、有变的文书")
            return
        job = self._papers.spooler.print_issued(made, where, self._papers.actor)
        job.tell(lambda sent: self._finish(one, _said(sent)), lambda fault: self._fault(one, fault))

    def _fault(self, one: Household, fault: BaseException) -> None:
        self._finish(one, getattr(fault, "message", "") or "没有完成，请单独打印这一户")

    def _finish(self, one: Household, result: str) -> None:
        one.result, one.ticked = result, False
        self._done += 1
        self.bar.setValue(self._done)
        self._show()
        self._next()

    def _household(self, record: CaseRecord) -> Household:
        from clerk.crosschecks import applicant_row
        from clerk.landmarks import landmarks, words_of
        from clerk.wording import region_name

        catalogue = self._papers.workspace.catalogue
        row, marks = applicant_row(record.household, catalogue) or "", landmarks(catalogue)
        names = "、".join(dict.fromkeys(catalogue.programmes[one.programme].name for one in record.applications if one.programme in catalogue.programmes))
        code = words_of(record.household, marks.village, row)
        village = region_name(code, catalogue) if code else ""
        return Household(record.case_number, words_of(record.household, marks.name, row), village, names)

    def _show(self) -> None:
        self.table.fill([Row((_TICKED if one.ticked else _NOT, one.name, one.village, one.programmes, one.case_number, one.result), one, "quiet") for one in self.all])
        if not self.running:
            self.words.setText(f"{len(self.all)} 户，选了 {sum(one.ticked for one in self.all)} 户；按列表的次序打印每户新的和有变的文书")

    def _tell(self, words: str) -> None:
        self.words.setText(words)

    def _head(self) -> QHBoxLayout:
        line, letter = QHBoxLayout(), self.fontMetrics().horizontalAdvance("汉")
        self.since, self.until, self.narrow = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        for name, box, letters in (("受理日从", self.since, 7), ("到", self.until, 7), ("只看", self.narrow, 18)):
            box.setAccessibleName(name)
            box.setFixedWidth(letter * letters)
            box.installEventFilter(self)
            line.addWidget(label(name, "", self))
            line.addWidget(box)
        self.narrow.setPlaceholderText("村、项目、姓名中的几个字")
        line.addWidget(button("列出  回车", self.look, self))
        line.addStretch(1)
        self.blanks = Tick("缺项留空手填", self)
        line.addWidget(self.blanks)
        return line

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(button("全选  Ctrl+A", self.tick_all, self))
        line.addStretch(1)
        line.addWidget(button("停下  Esc", self.stop, self))
        line.addWidget(button("逐户打印  Ctrl+P", self.print, self, "main"))
        return line


def _said(sent: object) -> str:
    from printing.printers import Stage

    waiting = [one for one in sent if one.progress.stage is Stage.WAITING]  # type: ignore[attr-defined]
    count = len(sent)  # type: ignore[arg-type]
    return f"{count} 件已登记，{len(waiting)} 件等打印机（补打里重试）" if waiting else f"{count} 件已送打印机"
