"""Writing a rule: plain text with a wavy line where it goes wrong, and the names there are, narrowed as one types."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit, QWidget

from ui import theme
from ui.intake.editors import Asked, LongEditor
from ui.intake.matching import Choice, Readings, matches

MOST = 8
_WORD = re.compile(r"[^\W]+$")
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class RuleEditor(LongEditor):
    """A rule under the hand; `names` gives every name a rule may use here."""

    def __init__(self, field: Asked, names: Callable[[], Sequence[Choice]], readings: Readings, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._names, self._readings = names, readings
        self._list: QListWidget | None = None
        self.typed.connect(lambda _: self._offer())

    @property
    def list_open(self) -> bool:
        """True while names are offered."""
        return self._list is not None and self._list.isVisible()

    def underline(self, column: int) -> None:
        """Draw a wavy line under the word that begins at a column (from 1); 0 under everything, -1 takes it away."""
        if column < 0 or not self.toPlainText():
            self.setExtraSelections([])
            return
        cursor = self.textCursor()
        text = self.toPlainText()
        start = min(max(column - 1, 0), max(len(text) - 1, 0))
        word = re.compile(r"\w+|.").match(text, start)
        cursor.setPosition(start if column else 0)
        cursor.setPosition(word.end() if word and column else len(text), QTextCursor.MoveMode.KeepAnchor)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(theme.colour("bad"))
        wave.setForeground(theme.colour("bad"))
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, wave  # type: ignore[attr-defined]
        self.setExtraSelections([mark])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """While names are offered: up and down walk them, Enter or Tab takes one, Esc takes the list away."""
        key = Qt.Key(event.key())
        if self.list_open and not event.modifiers():
            popup = self._popup()
            if key in _MOVES:
                popup.setCurrentRow(max(0, min(popup.count() - 1, popup.currentRow() + _MOVES[key])))
                return
            if key in _ENTER:
                self._take(popup.currentItem())
                return
            if key == Qt.Key.Key_Escape:
                popup.hide()
                return
        if key in _ENTER[:2] and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving takes the list away."""
        if self._list is not None:
            self._list.hide()
        super().focusOutEvent(event)

    def _begun(self) -> str:
        """The word before the hand that is being typed."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        found = _WORD.search(before)
        return found[0] if found and not found[0][0].isdigit() else ""

    def _offer(self) -> None:
        begun = self._begun()
        found = [one for one in matches(begun, self._names(), self._readings)[:MOST] if one.text != begun] if begun else []
        popup = self._popup()
        popup.clear()
        for one in found:
            item = QListWidgetItem(f"{one.label}    {one.note}", popup)
            item.setData(Qt.ItemDataRole.UserRole, one.text)
        popup.setCurrentRow(0)
        popup.setVisible(bool(found) and self.hasFocus())
        if found:
            self._place(popup)

    def _take(self, item: QListWidgetItem | None) -> None:
        begun = self._begun()
        self._popup().hide()
        if item is None:
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun))
        cursor.insertText(str(item.data(Qt.ItemDataRole.UserRole)))
        self._popup().hide()

    def _popup(self) -> QListWidget:
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("choices")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setAccessibleName(f"{self.accessibleName()}：可用的名称")
            self._list.itemClicked.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _place(self, popup: QListWidget) -> None:
        height = popup.count() * max(popup.sizeHintForRow(0), 24) + 6
        corner = self.viewport().mapTo(self.window(), self.cursorRect().bottomLeft() + QPoint(0, 4))
        width = self.fontMetrics().horizontalAdvance("汉") * 18
        if corner.y() + height > self.window().height():
            corner.setY(corner.y() - height - self.cursorRect().height() - 8)
        popup.setGeometry(min(corner.x(), self.window().width() - width - 4), corner.y(), width, height)
        popup.raise_()
