"""打印文书: what a case needs on paper, ticked, with what it lacks; looked at as it prints; handed out and printed with one key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui import keys
from ui.intake.editors import set_flag
from ui.policy.table import PlainTable
from ui.preview.page import PreviewPage
from ui.printing_desk.acts import PlanActs
from ui.printing_desk.details import Details
from ui.printing_desk.left_answers import KEY, LeftAnswers
from ui.printing_desk.more_papers import MorePapers
from ui.printing_desk.parts import GLYPHS, button, glyph_rows, together
from ui.printing_desk.plan_model import PlanModel
from ui.printing_desk.plan_table import PlanTable
from ui.printing_desk.printer_bar import PrinterBar
from ui.printing_desk.run_bar import RunBar

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from printing.handing import Copy
    from ui.paper_jobs import Outlook
    from ui.papers import Job, PaperMaker

WAIT = 400


class PlanPage(QWidget):
    """The plan of one case."""

    closed = Signal()
    said = Signal(str)
    filling = Signal(object)

    def __init__(self, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.papers = papers
        self.case_number = ""
        self.model: PlanModel | None = None
        self._job: Job | None = None
        self.acts = PlanActs(self)
        self.more = MorePapers(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WAIT)
        self._later.timeout.connect(self.reload)
        self._compose()
        inside = (
            (self._plan, "Ctrl+P", self.print),
            (self._plan, "Ctrl+O", self.print_one),
            (self._plan, "Ctrl+A", lambda: self._tick("tick_all")),
            (self._plan, "Ctrl+E", lambda: self._tick("tick_changed")),
        )
        more = (
            (self._plan, "Ctrl+B", self.leave_blank),
            (self._plan, "Ctrl+Shift+B", self.leave_all_blank),
            (self._plan, "Ctrl+U", self.where.look),
            (self._plan, "Ctrl+G", self.more.offer),
            (self._plan, KEY, self.left.read),
            (self, "Ctrl+T", self.run.retry),
            (self._plan, "Esc", self.closed.emit),
        )
        for owner, sequence, act in (*inside, *more):
            keys.bind_inside(sequence, owner, act)

    def show_case(self, record: CaseRecord) -> None:
        """Let the plan of a case be made, and show it."""
        if record.case_number != self.case_number:
            self.case_number, self.model = record.case_number, None
            self.posted.clear()
            self.more.forget()
            self.run.forget()
        self._title.setText(f"打印文书　案件 {record.case_number}")
        self.show_plan()
        self.where.look()
        self.reload()

    def reload(self) -> None:
        """Make the plan again: something was handed out, filled, or the day of posting was said."""
        from ui.paper_jobs import plan_papers

        self._summary.setText("正在列文书…")
        self._job = job = self.papers.make(
            plan_papers, self.case_number, self.papers.workspace.now(), self.posted_day(), self.more.asked
        )
        job.tell(lambda made: self._show(made) if job is self._job else None, self.complain)

    def posted_day(self) -> date | None:
        """The day that public notices go up; None while it is not said."""
        from clerk.answers import read_date

        return read_date(self.posted.text().strip()) if self.posted.text().strip() else None

    def posted_fault(self) -> bool:
        """Whether a day of posting is written that is none."""
        return bool(self.posted.text().strip()) and self.posted_day() is None

    def preview(self, copies: tuple[Copy, ...] | None = None) -> None:
        """F9, or Enter on a paper: exactly the bytes that will print."""
        if self.model is None or not (choice := copies or self.model.choice()):
            self.said.emit("先用空格选至少一件")
            return
        self._stack.setCurrentWidget(self.pages)
        self.acts.look(choice)

    def print(self) -> None:
        """Ctrl+P: hand out and print everything that is ticked."""
        self.acts.print(self.model.choice() if self.model else ())

    def print_one(self) -> None:
        """Ctrl+O: only the line under the hand."""
        line = self.table.line()
        self.acts.print(line.copies if line else ())

    def show_plan(self) -> None:
        """Back from the pages to the list."""
        self._stack.setCurrentWidget(self._plan)
        self.take_hand()

    def go_to(self, copy: Copy) -> None:
        """The hand goes to one paper of the list."""
        place = next((at for at, line in enumerate(self.table.lines) if copy in line.copies), 0)
        self.table.setCurrentCell(place, 1)

    def complain(self, fault: BaseException) -> None:
        """Say what stands in the way."""
        message = getattr(fault, "message", "")
        self._summary.setText(message)
        if not message:
            raise fault
        self.said.emit(message)

    def leave_blank(self) -> None:
        """Ctrl+B: what this paper lacks is written by hand."""
        line = self.table.line()
        if line is not None and self.model is not None:
            self.model.leave_blank(copy for copy in line.copies)
            self._refresh()

    def leave_all_blank(self) -> None:
        """Ctrl+Shift+B: what all ticked papers lack is written by hand."""
        if self.model is not None:
            self.model.leave_blank(one.copy for one in self.model.undecided())
            self._refresh()

    def take_hand(self) -> None:
        """The hand goes into the list."""
        (self.glyphs if self._lost() else self.table).setFocus()

    def _compose(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._stack = QStackedWidget(self)
        self.run = RunBar(self.papers, self)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self.run)
        self._plan = QWidget(self)
        self._plan.setObjectName("page")
        self.pages = PreviewPage(self.papers, self)
        self.pages.on_print = self.acts.print_shown
        self.pages.on_save = self.acts.save_shown
        for page in (self._plan, self.pages):
            self._stack.addWidget(page)
        column = QVBoxLayout(self._plan)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        self._refused = QLabel("", self._plan)
        self._refused.setWordWrap(True)
        set_flag(self._refused, "tone", "soft")
        column.addWidget(self._refused)
        column.addLayout(self._middle(), 1)
        self.left = LeftAnswers(self)
        column.addWidget(self.left.line)
        self.where = PrinterBar(self.papers, self._plan)
        column.addWidget(self.where)
        column.addLayout(self._foot())
        self.pages.closed.connect(self.show_plan)
        self.run.made.connect(lambda _: self.reload())
        self.where.printer.activated.connect(lambda _: self.run.use(self.where.choice()))
        for part in (self.pages, self.run, self.where):
            part.said.connect(self.said)

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._title, self._summary = QLabel("", self._plan), QLabel("", self._plan)
        set_flag(self._title, "tone", "title")
        set_flag(self._summary, "tone", "quiet")
        self._posted_label = QLabel("公示起日", self._plan)
        self.posted = QLineEdit(self._plan)
        self.posted.setAccessibleName("公示起日")
        self.posted.setPlaceholderText("如 20260903，空着留白手写")
        self.posted.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 14)
        self.posted.textEdited.connect(lambda _: self._later.start())
        line.addWidget(self._title)
        line.addWidget(self._summary, 1)
        line.addWidget(self._posted_label)
        line.addWidget(self.posted)
        return line

    def _middle(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self.table = PlanTable(self._plan)
        self.glyphs = PlainTable(*GLYPHS, self._plan)
        self.glyphs.setAccessibleName("没有字形的字")
        self.details = Details(self._plan)
        self.table.ticked.connect(self._refresh)
        self.table.walked.connect(self._walked)
        self.table.opened.connect(self.preview)
        self.details.filling.connect(self.filling)
        self.glyphs.opened.connect(self.filling)
        self.details.left_blank.connect(self.leave_blank)
        for widget, share in ((self.table, 1), (self.glyphs, 1), (self.details, 0)):
            line.addWidget(widget, share)
        return line

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        acts = (
            ("‹ 返回  Esc", self.closed.emit),
            ("全选  Ctrl+A", lambda: self._tick("tick_all")),
            ("只选新的和有变的  Ctrl+E", lambda: self._tick("tick_changed")),
            ("只印这件  Ctrl+O", self.print_one),
            ("加一份别的  Ctrl+G", self.more.offer),
            ("预览  F9", self.preview),
        )
        for words, act in acts:
            line.addWidget(button(words, act, self._plan))
        line.addStretch(1)
        self.go = button("打印整套  Ctrl+P", self.print, self._plan, "main")
        line.addWidget(self.go)
        return line

    def _show(self, outlook: Outlook) -> None:
        before, self.model = self.model, PlanModel(outlook)
        if before is not None:
            self.model.keep(before)
        lost = outlook.plan.lost
        self.glyphs.fill(glyph_rows(lost))
        self.glyphs.setVisible(bool(lost))
        self.table.setVisible(not lost)
        public = any(one.published for one in outlook.plan.papers)
        self._posted_label.setVisible(public)
        self.posted.setVisible(public)
        self._refused.setText(together(outlook.plan.refused))
        self._refused.setVisible(bool(outlook.plan.refused))
        self.left.show_left(outlook.plan.left)
        self._refresh()
        self.more.arrived()
        if self.isVisible() and self._stack.currentWidget() is self._plan and not self.posted.hasFocus():
            self.take_hand()

    def _refresh(self) -> None:
        assert self.model is not None
        self.table.show_plan(self.model)
        self.details.show_line(self.table.line(), self.model)
        chosen, pages = self.model.chosen(), self.model.sheets()
        undecided = self.model.undecided()
        said = f"共 {len(self.model.papers)} 件，要打印 {len(chosen)} 件、{pages[0]} 页（{pages[1]} 张纸）"
        if lost := self._lost():
            said = f"{lost} 处有字库里没有的字，改好后才能打印：回车去改"
        elif not chosen:
            said = (
                f"共 {len(self.model.papers)} 件，都印过、没有变化；要再印的用空格选"
                if not self.model.outlook.plan.changed()
                else f"共 {len(self.model.papers)} 件，一件也没有选"
            )
        elif undecided:
            said += f"，{len(undecided)} 件有缺项"
        self._summary.setText(said)
        whole = len(chosen) == len(self.model.papers)
        self.go.setText("打印整套  Ctrl+P" if whole else f"打印选中的 {len(chosen)} 件  Ctrl+P")
        self.go.setEnabled(bool(chosen))

    def _walked(self) -> None:
        if self.model is not None:
            self.details.show_line(self.table.line(), self.model)

    def _lost(self) -> int:
        return len(self.model.outlook.plan.lost) if self.model else 0

    def _tick(self, act: str) -> None:
        if self.model is not None:
            getattr(self.model, act)()
            self._refresh()
