"""花名册 and everything else that goes out or comes in as a sheet; Alt and a number goes to each page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import keys
from ui.intake.strip import PartStrip
from ui.rosters.page import RostersPage

if TYPE_CHECKING:
    from ui.papers import PaperMaker
    from ui.workspace import Workspace

    Make = Callable[[Workspace, PaperMaker, QWidget], QWidget]


class Pane(Protocol):
    """What every page of this place can do; it also has a signal `said`."""

    def arrive(self) -> None:
        """Show what is so now, and take the hand."""

    def stop(self, wait: bool = False) -> None:
        """Stop what runs in the background."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page of this place: its name, and how it is made when first gone to."""

    name: str
    make: Make


def _incoming(workspace: Workspace, papers: PaperMaker, parent: QWidget) -> QWidget:
    from ui.incoming.pane import IncomingPane

    return IncomingPane(workspace, papers, parent)


def _county(workspace: Workspace, papers: PaperMaker, parent: QWidget) -> QWidget:
    from ui.county.page import CountyPane

    return CountyPane(workspace, papers, parent)


def _books(workspace: Workspace, papers: PaperMaker, parent: QWidget) -> QWidget:
    from ui.books.pane import BooksPane

    return BooksPane(workspace, papers, parent)


def _own(workspace: Workspace, papers: PaperMaker, parent: QWidget) -> QWidget:
    from ui.own_lists.page import OwnListPane

    return OwnListPane(workspace, papers, parent)


PARTS = (
    Part("导出花名册", RostersPage),
    Part("结账", _books),
    Part("导入来表", _incoming),
    Part("县里的表", _county),
    Part("自选名单", _own),
)


class SheetsPage(QWidget):
    """花名册."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace, self._papers = workspace, papers
        self._made: dict[int, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip = PartStrip(PARTS, self)
        self.stack = QStackedWidget(self)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.strip.chosen.connect(self.go)
        for number in range(len(PARTS)):
            keys.bind_one(f"Alt+{number + 1}", self, lambda number=number: self.go(number))  # type: ignore[misc]
        self.at = 0

    def arrive(self) -> None:
        """The hand goes into the page that was open."""
        self.go(self.at)

    def go(self, number: int) -> None:
        """Show one of the pages."""
        self.at = number
        page = self.page(number)
        self.stack.setCurrentWidget(page)
        self.strip.light(number)
        cast("Pane", page).arrive()

    def page(self, number: int) -> QWidget:
        """One of the pages, made when it is new."""
        if number not in self._made:
            page = PARTS[number].make(self._workspace, self._papers, self)
            page.said.connect(self.said)  # type: ignore[attr-defined]
            if hasattr(type(page), "opened"):
                page.opened.connect(self.opened)  # type: ignore[attr-defined]
            self._made[number] = page
            self.stack.addWidget(page)
        return self._made[number]

    def stop(self, wait: bool = False) -> None:
        """Stop what runs in the background."""
        for page in self._made.values():
            cast("Pane", page).stop(wait)
