"""Whose rows go into the county's sheet: which roster, over which period, in which version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QWidget

from ui.rosters.asked import SpanBox, VersionBox

if TYPE_CHECKING:
    from ui.workspace import Workspace


class WhichBar(QFrame):
    """`changed` says that others are wanted, and whether it is another roster: its columns are others."""

    changed = Signal(bool)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._workspace = workspace
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 14, 8)
        line.setSpacing(10)
        letter = self.fontMetrics().horizontalAdvance("汉")
        self.roster = QComboBox(self)
        self.roster.setAccessibleName("填哪本花名册的人")
        self.roster.setFixedWidth(letter * 17)
        self.offer_rosters()
        self.period = SpanBox(workspace.today, self)
        self.period.setMinimumWidth(letter * 13)
        self.period.setCurrentIndex(1)
        self.period.lineEdit().setCursorPosition(0)
        self.version = VersionBox(workspace.catalogue, self)
        for word, widget, room in (("填谁", self.roster, 0), ("期间", self.period, 1), ("版本", self.version, 0)):
            line.addWidget(QLabel(word, self))
            line.addWidget(widget, room)
        line.addWidget(self.version.level, 3)
        self.roster.currentIndexChanged.connect(lambda _: self.changed.emit(True))
        self.period.currentTextChanged.connect(lambda _: self.changed.emit(False))
        self.version.currentIndexChanged.connect(lambda _: self.changed.emit(False))

    def offer_rosters(self) -> None:
        """The rosters of today's packs; the one chosen stays."""
        rosters = sorted(self._workspace.catalogue.rosters.values(), key=lambda one: (one.order, one.id))
        if [self.roster.itemData(at) for at in range(self.roster.count())] == [one.id for one in rosters]:
            return
        chosen = self.roster.currentData()
        with QSignalBlocker(self.roster):
            self.roster.clear()
            for one in rosters:
                self.roster.addItem(f"{one.id} {one.name}", one.id)
            self.roster.setCurrentIndex(max(self.roster.findData(chosen), 0))
