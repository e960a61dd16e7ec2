"""批量打印: the households of some days, narrowed by name, village or programme, ticked, printed one after another in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from ui import keys
from ui.policy.table import PlainTable, Row
from ui.printing_desk.batch_extra import BatchExtra
from ui.printing_desk.batch_run import BatchRun
from ui.printing_desk.parts import button, label
from ui.printing_desk.printer_bar import NOBODY, PrinterBar
from ui.tick import Tick

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from printing.batch import Account
    from ui.papers import PaperMaker

HEADINGS = ("打印", "姓名", "住址", "项目", "案件", "结果")
LETTERS = (3, 6, 10, 0, 12, 14)
_TICKED, _NOT = "√", ""


@dataclass
class Household:
    """One line: a case, what it asks for (by id), whether it is to be printed, and what became of it."""

    case_number: str
    name: str
    village: str
    programmes: str
    asks: frozenset[str] = frozenset()
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
        self._run: BatchRun | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        self.table = PlainTable(HEADINGS, LETTERS, self)
        self.table.setAccessibleName("要打印的户")
        self.table.opened.connect(lambda _: self.tick())
        self.table.installEventFilter(self)
        column.addWidget(self.table, 1)
        self.extra = BatchExtra(papers.workspace, self)
        self.extra.changed.connect(self._show)
        self.extra.posted.installEventFilter(self)
        column.addWidget(self.extra)
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
        acts = (
            ("Ctrl+P", self.print),
            ("Ctrl+A", self.tick_all),
            ("Ctrl+G", self.extra.offer),
            ("Ctrl+U", self.where.look),
            ("Esc", self.stop),
        )
        for sequence, act in acts:
            keys.bind_inside(sequence, self, act)

    @property
    def running(self) -> bool:
        """Whether households are on their way."""
        return self._run is not None

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
        if self.running:
            self.said.emit("正在打印，Esc 停下")
            return
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
        if not self.running:
            every = all(one.ticked for one in self.all)
            for one in self.all:
                one.ticked = not every
            self._show()

    def print(self) -> None:
        """Ctrl+P: hand out and print what is new of each, in the order of the list."""
        from clerk.issuing import Handing
        from ui.batch_jobs import Wish

        queue, where = [one for one in self.all if one.ticked], self.where.choice()
        if self.running or not queue:
            self.said.emit("正在打印，Esc 停下" if self.running else "先用空格选至少一户")
        elif where is None:
            self.said.emit(NOBODY)
        elif question := self.extra.open_question():
            self.extra.posted.setFocus()
            self.said.emit(question)
        else:
            self.where.remember()
            self.bar.setRange(0, len(queue))
            self.bar.setValue(0)
            self.bar.show()
            self._run = run = BatchRun(self._papers, where, [one.case_number for one in queue], self)
            run.told.connect(self._told)
            run.held.connect(self._held)
            run.ended.connect(self._ended)
            self._say_where(queue)
            handing = Handing(self._papers.workspace.now(), self._papers.actor, where.printer)
            run.begin(handing, Wish(self.blanks.isChecked(), self.extra.day(), self.extra.also))

    def stop(self) -> None:
        """Esc: what is begun is finished; what is not begun takes no number."""
        if self.extra.finder.isVisible():
            self.extra.finder.close_sheet()
        elif self._run is not None:
            self._run.stop()
            self.said.emit("已经动手的做完就停，没有动手的不占文号")

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

    def _told(self, case_number: str, result: str) -> None:
        assert self._run is not None
        for one in self.all:
            if one.case_number == case_number:
                one.result, one.ticked = result, False
        self.bar.setValue(self._run.account.done)
        self._show()
        self._say_where([one for one in self.all if one.ticked])

    def _held(self, papers: int) -> None:
        self.words.setText(f"打印机还有 {papers} 件没有打完，打完一些再接着做下一户（Esc 停下）")

    def _say_where(self, left: Sequence[Household]) -> None:
        assert self._run is not None
        account = self._run.account
        if left:
            self.words.setText(f"正在处理第 {account.done + 1} 户，共 {account.of} 户：{left[0].name}（Esc 停下）")

    def _ended(self, account: Account) -> None:
        if self._run is not None:
            self._run.deleteLater()
        self._run = None
        self.bar.hide()
        self.words.setText(("停下了：" if account.done < account.of else "") + account.words())

    def _household(self, record: CaseRecord) -> Household:
        from clerk.crosschecks import applicant_row
        from clerk.landmarks import landmarks, words_of
        from clerk.wording import region_name

        catalogue = self._papers.workspace.catalogue
        row, marks = applicant_row(record.household, catalogue) or "", landmarks(catalogue)
        asks = dict.fromkeys(one.programme for one in record.applications if one.programme in catalogue.programmes)
        names = "、".join(dict.fromkeys(catalogue.programmes[id_].name for id_ in asks))
        code = words_of(record.household, marks.village, row)
        village = region_name(code, catalogue) if code else ""
        return Household(
            record.case_number, words_of(record.household, marks.name, row), village, names, frozenset(asks)
        )

    def _show(self) -> None:
        rows = [
            Row(
                (_TICKED if one.ticked else _NOT, one.name, one.village, one.programmes, one.case_number, one.result),
                one,
                "quiet",
            )
            for one in self.all
        ]
        self.table.fill(rows)
        self.extra.show_public({id_ for one in self.all if one.ticked for id_ in one.asks})
        if not self.running:
            count = sum(one.ticked for one in self.all)
            self.words.setText(f"{len(self.all)} 户，选了 {count} 户；按列表的次序打印每户新的和有变的文书")

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
        line.addWidget(button("每户另加文书  Ctrl+G", self.extra.offer, self))
        line.addStretch(1)
        line.addWidget(button("停下  Esc", self.stop, self))
        line.addWidget(button("逐户打印  Ctrl+P", self.print, self, "main"))
        return line
