"""After filing: the household's applications with their numbers and first deadlines, and the packet to look at and print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import keys
from ui.intake.editors import set_flag
from ui.plan.words import applications_html
from ui.preview.page import PreviewPage
from ui.printing_desk.plan_page import PlanPage

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from forms.catalogue import Catalogue
    from ui.papers import PaperMaker


class FiledPage(QWidget):
    """One filed case."""

    finished = Signal()
    said = Signal(str)
    correcting = Signal(object)
    filling = Signal(object, object)
    keying = Signal()

    def __init__(self, papers: PaperMaker, parent: QWidget | None = None, again: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._papers, self._again = papers, again
        self.record: CaseRecord | None = None
        self._stack = QStackedWidget(self)
        self._summary = QWidget(self)
        self._summary.setObjectName("page")
        self.pages = PreviewPage(papers, self)
        self.pages.closed.connect(self._show_summary)
        self.pages.said.connect(self.said)
        self.plan = PlanPage(papers, self)
        self.plan.closed.connect(self._show_summary)
        self.plan.said.connect(self.said)
        self.plan.filling.connect(lambda gap: self.filling.emit(self.record, gap))
        for page in (self._summary, self.pages, self.plan):
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._fill_summary()
        keys.bind_inside(keys.KEYING, self, self.keying.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Where a case was looked up, F9 opens its papers, Ctrl+L what goes home, and Esc goes back to the search."""
        if self._again and event.key() == Qt.Key.Key_F9:
            self.preview()
        elif self._again and (event.key(), event.modifiers()) == (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier):
            self.take_home()
        elif self._again and event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def show_case(self, record: CaseRecord, catalogue: Catalogue) -> None:
        """Show a case."""
        self.record = record
        self._title.setText(f"案件 {record.case_number}")
        self._words.setText(applications_html(record, catalogue))
        self._papers.warm()
        self._show_summary()

    def preview(self) -> None:
        """F9: what is to be printed; once more: its pages."""
        if self._stack.currentWidget() is self.plan:
            self.plan.preview()
        elif self.record is not None:
            self._stack.setCurrentWidget(self.plan)
            self.plan.show_case(self.record)

    def take_home(self) -> None:
        """Ctrl+L: the policy list, and what is still needed."""
        if self.record is not None:
            from ui.jobs import make_leaflets

            number = self.record.case_number
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_job(
                self._papers.make(make_leaflets, number), f"{number} 清单", f"{number} 的政策清单、一次性告知"
            )

    def show_keying(self) -> None:
        """What is typed into other systems, on paper, for whoever types it at another desk."""
        if self.record is not None:
            from ui.paper_jobs import show_keying

            number = self.record.case_number
            self._stack.setCurrentWidget(self.pages)
            self.window().activateWindow()
            self.pages.show_job(self._papers.make(show_keying, number), f"{number} 代录清单", f"{number} 的代录清单")

    def take_hand(self) -> None:
        """The hand goes to what is done next: looking at the papers."""
        self._look.setFocus()

    @property
    def previewing(self) -> bool:
        """True while the papers are shown."""
        return self._stack.currentWidget() is not self._summary

    def _show_summary(self) -> None:
        self._stack.setCurrentWidget(self._summary)
        self._look.setFocus()

    def _fill_summary(self) -> None:
        column = QVBoxLayout(self._summary)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        self._title = QLabel("", self._summary)
        set_flag(self._title, "tone", "title")
        column.addWidget(self._title)
        card = QFrame(self._summary)
        card.setObjectName("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 12)
        area = QScrollArea(card)
        area.setWidgetResizable(True)
        self._words = QLabel("", area)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setAccessibleName("办件")
        area.setWidget(self._words)
        inner.addWidget(area)
        column.addWidget(card, 1)
        line = QHBoxLayout()
        self._look = _button("打印文书  F9", "main", self._summary)
        self._look.clicked.connect(self.preview)
        line.addWidget(self._look)
        home = _button("政策清单、一次性告知  Ctrl+L", "", self._summary)
        home.clicked.connect(self.take_home)
        line.addWidget(home)
        typed_over = _button(f"代录清单  {keys.KEYING}", "", self._summary)
        typed_over.clicked.connect(self.keying)
        line.addWidget(typed_over)
        if self._again:
            correct = _button("更正", "", self._summary)
            correct.clicked.connect(lambda: self.correcting.emit(self.record))
            line.addWidget(correct)
        line.addStretch(1)
        done = _button("返回  Esc" if self._again else "下一户  Ctrl+N", "", self._summary)
        done.clicked.connect(self.finished)
        line.addWidget(done)
        column.addLayout(line)


def _button(text: str, role: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("role", role)
    button.setAutoDefault(True)
    return button
