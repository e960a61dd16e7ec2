"""结账 in the place of sheets: a period's books, and those closed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.books.history import HistoryPage
from ui.books.page import BooksPage
from ui.policy.faults import in_a_sentence

if TYPE_CHECKING:
    from clerk.book_review import Past
    from clerk.records import ClosedBook
    from ui.papers import PaperMaker
    from ui.workspace import Workspace


class BooksPane(QStackedWidget):
    """The books of a period, or the history of closed ones."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._papers = papers
        self.page, self.history = BooksPage(workspace, papers, self), HistoryPage(self)
        for widget in (self.page, self.history):
            self.addWidget(widget)
            widget.setObjectName("page")
        self.page.said.connect(self.said)
        self.page.opened.connect(self.opened)
        self.page.asked_history.connect(self.look_back)
        self.page.left.connect(self.page.leave)
        self.history.wanted.connect(self.write_again)
        self.history.left.connect(self._back)

    def arrive(self) -> None:
        """Show what is so now."""
        if self.currentWidget() is self.page:
            self.page.arrive()
        else:
            self.look_back()

    def stop(self, wait: bool = False) -> None:
        """The helper does the work: nothing runs here."""

    def look_back(self) -> None:
        """F6: closed periods, each checked."""
        from ui.books.jobs import past_books

        self.setCurrentWidget(self.history)
        self.history.begin()
        self._papers.make(past_books).tell(self._checked, self._failed)

    def write_again(self, book: ClosedBook) -> None:
        """F9: the same workbook again, into the folder named on the page."""
        from ui.books.jobs import write_book

        self.history.work("正在写出…")
        self._papers.make(write_book, book.number, self.page.folder.path).tell(self._written, self._failed)

    def _checked(self, found: tuple[list[Past], str]) -> None:
        self.history.show_past(*found)

    def _written(self, path: object) -> None:
        self.history.rest()
        self.history.tell(f"已原样写到 {path}", "yes")
        self.said.emit(f"已原样写到 {path}")

    def _failed(self, fault: BaseException) -> None:
        message = in_a_sentence(fault)
        self.history.rest()
        self.history.tell(message or "没有完成", "bad")
        if not message:
            raise fault
        self.said.emit(message)

    def _back(self) -> None:
        self.setCurrentWidget(self.page)
        self.page.arrive()
