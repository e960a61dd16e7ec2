"""Where workbooks go: a folder that can be typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class FolderLine(QWidget):
    """存到 …; the clerk's own folder of rosters when nothing else is said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        self.box = QLineEdit(str(Path.home() / "花名册"), self)
        self.box.setAccessibleName("存放文件夹")
        choose = QPushButton("选择…", self)
        choose.setAccessibleName("选择文件夹")
        choose.clicked.connect(self._choose)
        line.addWidget(QLabel("存到", self))
        line.addWidget(self.box, 1)
        line.addWidget(choose)

    @property
    def path(self) -> Path:
        """The folder as it is written."""
        return Path(self.box.text()).expanduser()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "存到哪个文件夹", self.box.text())
        if folder:
            self.box.setText(folder)
