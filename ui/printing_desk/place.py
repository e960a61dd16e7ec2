"""打印: what was handed out, many households at once, and the printers; Alt and a number goes to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import keys
from ui.intake.strip import PartStrip
from ui.printing_desk.again_page import AgainPage
from ui.printing_desk.batch_page import BatchPage
from ui.printing_desk.stock_page import StockPage

if TYPE_CHECKING:
    from ui.papers import PaperMaker


@dataclass(frozen=True, slots=True)
class Part:
    """One page of this place."""

    name: str


PARTS = (Part("补打"), Part("批量打印"), Part("打印机与套打校准"))


class PrintingPage(QWidget):
    """打印."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip = PartStrip(PARTS, self)
        self.stack = QStackedWidget(self)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.again, self.batch, self.stock = AgainPage(papers, self), BatchPage(papers, self), StockPage(papers, self)
        self._pages: list[AgainPage | BatchPage | StockPage] = [self.again, self.batch, self.stock]
        for number, page in enumerate(self._pages):
            self.stack.addWidget(page)
            page.said.connect(self.said)
            keys.bind_one(f"Alt+{number + 1}", self, lambda number=number: self.go(number))  # type: ignore[misc]
        self.strip.chosen.connect(self.go)

    def arrive(self) -> None:
        """The hand goes into the page that was open."""
        self.go(self.stack.currentIndex())

    def go(self, number: int) -> None:
        """Show one of the pages."""
        self.stack.setCurrentIndex(number)
        self.strip.light(number)
        self._pages[number].arrive()
