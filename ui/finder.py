"""Go anywhere by a few letters: a sheet with a line and a list that narrows as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.intake.matching import Choice, Readings, matches
from ui.sheet import Sheet

MOST = 60


class Finder(Sheet):
    """Picks one of some choices by label, number or pinyin initials; `picked` says which. A `free` one takes other words too."""

    picked = Signal(str)

    def __init__(self, title: str, hint: str, readings: Readings, parent: QWidget, free: bool = False) -> None:
        super().__init__(title, parent)
        self._readings, self._free = readings, free
        self._choices: Sequence[Choice] = ()
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(f"{title}：结果")
        self.list.itemClicked.connect(self._take)
        self.column.addWidget(self.line)
        self.column.addWidget(self.list, 1)

    def offer(self, choices: Sequence[Choice], corner: QPoint, size: QSize) -> None:
        """Offer some choices."""
        self._choices = choices
        self.line.clear()
        self._narrow("")
        self.open_at(corner, size)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Up, down and Enter act on the list while the hand stays in the line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._settle()
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self.list.clear()
        for choice in matches(text, self._choices, self._readings)[:MOST]:
            item = QListWidgetItem(f"{choice.label}    {choice.note}" if choice.note else choice.label, self.list)
            item.setData(Qt.ItemDataRole.UserRole, choice.text)
        self.list.setCurrentRow(0)

    def _settle(self) -> None:
        words = self.line.text().strip()
        if self._free and words and not self.list.count():
            self.close_sheet()
            self.picked.emit(words)
        else:
            self._take(self.list.currentItem())

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            wanted = str(item.data(Qt.ItemDataRole.UserRole))
            self.close_sheet()
            self.picked.emit(wanted)
