"""政策: the packs in force, their standards, programmes and papers, and what is about to be published; Alt and a number goes to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import keys
from ui.intake.strip import PartStrip
from ui.policy.packs_pane import PacksPane
from ui.policy.papers_pane import PapersPane
from ui.policy.programmes_pane import ProgrammesPane
from ui.policy.publish_pane import PublishPane
from ui.policy.standards_pane import StandardsPane
from ui.policy.studio import Studio

if TYPE_CHECKING:
    from ui.papers import PaperMaker
    from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Part:
    """One page of this place."""

    name: str


class Pane(Protocol):
    """What every page of this place can do."""

    def arrive(self) -> None:
        """Show what is so now, and take the hand."""


PARTS = (Part("数据包"), Part("标准"), Part("项目"), Part("文书"), Part("发布"))


class PolicyPage(QWidget):
    """政策."""

    said = Signal(str)
    opened = Signal(str, str, str)

    def __init__(self, workspace: Workspace, papers: PaperMaker, parent: QWidget | None = None) -> None:
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
        self.studio = Studio(workspace, self)
        self.studio.said.connect(self.said)
        self.packs = PacksPane(workspace, self)
        self.standards = StandardsPane(self.studio, self)
        self.programmes = ProgrammesPane(self.studio, self)
        self.papers = PapersPane(self.studio, papers, self)
        self.publishing = PublishPane(self.studio, self)
        for pane in (self.packs, self.standards, self.programmes, self.papers, self.publishing):
            self.stack.addWidget(pane)
            pane.said.connect(self.said)
        self.packs.opened.connect(self.opened)
        self.publishing.opened.connect(self.opened)
        self.strip.chosen.connect(self.go)
        for number in range(len(PARTS)):
            keys.bind_one(f"Alt+{number + 1}", self, lambda number=number: self.go(number))  # type: ignore[misc]
        self.strip.light(0)

    def arrive(self) -> None:
        """The hand goes into the page that was open."""
        self.go(self.stack.currentIndex())

    def go(self, number: int) -> None:
        """Show one of the pages."""
        self.stack.setCurrentIndex(number)
        self.strip.light(number)
        pane: Pane = self.stack.currentWidget()  # type: ignore[assignment]
        pane.arrive()

    def stop(self, wait: bool = False) -> None:
        """Stop what runs in the background."""
        self.packs.stop(wait)
        self.publishing.stop(wait)
        self.studio.stop()
