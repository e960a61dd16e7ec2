"""③ 出到哪里: the period, the version with its level in words and colour, the folder, the name it is kept under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.printing_desk.parts import label
from ui.rosters.asked import SpanBox, VersionBox
from ui.rosters.folder import FolderLine

if TYPE_CHECKING:
    from pathlib import Path

    from ui.workspace import Workspace


class WhereCard(QFrame):
    """`changed` says that another period or version is asked for."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(label("③ 出到哪里", "heading", self))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("起个名字，Ctrl+S 保存下次再用")
        self.period = SpanBox(workspace.today, self)
        self.period.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 11)
        self.period.setCurrentIndex(1)
        self.version = VersionBox(workspace.catalogue, self)
        self.folder = FolderLine(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for line, (word, widget) in enumerate((("名称", self.name), ("期间", self.period), ("版本", self.version))):
            widget.setAccessibleName(word)
            grid.addWidget(QLabel(word, self), line, 0)
            grid.addWidget(widget, line, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.version.level)
        column.addWidget(self.folder)
        column.addWidget(
            label(
                "所有人按期间最后一天算。已有同名文件时另起名。",
                "quiet",
                self,
            )
        )
        column.addStretch(1)
        self.period.currentTextChanged.connect(lambda _: self.changed.emit())
        self.version.currentIndexChanged.connect(lambda _: self.changed.emit())

    def target(self, title: str) -> Path:
        """The file of a list of this name."""
        from clerk.periods import as_file_name
        from forms.roster import INTERNAL

        version = self.version.version
        ending = "" if version == INTERNAL else f" {version}版"
        return self.folder.path / f"{as_file_name(title)} {as_file_name(self.period.written)}{ending}.xlsx"
