"""The answers to one question about a row: a number key or Enter picks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

if TYPE_CHECKING:
    from clerk.exchange.trial import Question

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_SEEN = 5


class Answers(QListWidget):
    """Hidden while nothing is asked; `given` names the row and the answer."""

    given = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("怎么定")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._question: Question | None = None
        self.itemClicked.connect(lambda _: self.pick(self.currentRow() + 1))
        self.hide()

    def ask(self, question: Question | None, answer: str) -> None:
        """Offer the answers of a question, the one given already under the hand."""
        self._question = question
        self.clear()
        self.setVisible(question is not None)
        if question is None:
            return
        self.addItems([f"{at}　{option.words}" for at, option in enumerate(question.options, start=1)])
        given = next((at for at, option in enumerate(question.options) if option.key == answer), -1)
        self.setCurrentRow(given)
        seen = min(len(question.options), _MOST_SEEN)
        self.setFixedHeight(max(self.sizeHintForRow(0), 1) * seen + 2 * self.frameWidth() + 6)

    def pick(self, number: int) -> bool:
        """Give the answer of this number, from 1; False when there is none."""
        if self._question is None or not 1 <= number <= len(self._question.options):
            return False
        self.given.emit(self._question.row, self._question.options[number - 1].key)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter gives the answer under the hand; Esc is for the page."""
        if event.key() in _ENTER:
            self.pick(self.currentRow() + 1)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
