"""The editor for answers from a list: a line with a list under it that narrows by label, code or pinyin initials.

The list is a plain child of the window, not a popup of the window system: keys always stay with the line, on every
desktop, and nothing is grabbed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui import theme
from ui.intake.editors import Asked, LineEditor
from ui.intake.matching import Choice, Readings, matches

MOST_SHOWN = 9
JOIN = "、"
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_SHOWN, Qt.Key.Key_PageUp: -MOST_SHOWN}


class ChoiceEditor(LineEditor):
    """One answer, or several, from a list; words that are not in the list are kept as typed and said to be so."""

    def __init__(
        self, field: Asked, offered: Callable[[], Sequence[Choice]], readings: Readings, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(field, parent)
        self._offered, self._readings, self._several = offered, readings, several
        self._list: QListWidget | None = None
        self._kept = ""
        self.textEdited.disconnect(self.typed)
        self.textEdited.connect(self._narrow)
        self.setTextMargins(0, 0, 16, 0)

    def show_text(self, text: str) -> None:
        """Show an answer without saying it was typed."""
        self._kept = text
        super().show_text(self._words(text))

    def text(self) -> str:
        """What is shown; an answer picked is shown by its label."""
        return super().text()

    def settle(self) -> None:
        """Take the highlighted choice when something was typed; then say that the answer is finished."""
        self._take()
        self.close_list()
        self.settled.emit()

    def open_list(self, query: str = "") -> None:
        """Show the list under the line (F4)."""
        found = matches(query, self._offered(), self._readings)
        popup = self._popup()
        popup.clear()
        for choice in found:
            item = QListWidgetItem(choice.label + (f"    {choice.note}" if choice.note else ""), popup)
            item.setData(Qt.ItemDataRole.UserRole, choice)
        self._place(popup)
        popup.setVisible(bool(found))
        current = self._words(self._kept)
        rows = [row for row, choice in enumerate(found) if choice.label == current]
        popup.setCurrentRow(rows[0] if rows and not query else 0)

    def close_list(self) -> None:
        """Take the list away; nothing is picked."""
        if self._list:
            self._list.hide()

    @property
    def list_open(self) -> bool:
        """True while the list is to be seen."""
        return self._list is not None and self._list.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down walk the list; Esc closes it."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._walk(_MOVES[key])
        elif key == Qt.Key.Key_Escape and self.list_open:
            self.close_list()
            super().show_text(self._words(self._kept))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click opens the list."""
        super().mousePressEvent(event)
        self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving takes what was typed."""
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._take()
            self.close_list()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A small arrow says that there is a list."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("quiet"), 1.5))
        x, y = self.width() - 18, self.height() // 2 - 2
        painter.drawPolyline([QPoint(x, y), QPoint(x + 4, y + 4), QPoint(x + 8, y)])

    def _narrow(self, text: str) -> None:
        query = text.rsplit(JOIN, 1)[-1] if self._several else text
        if not text.strip():
            self.close_list()
            self._say("")
        else:
            self.open_list(query)

    def _walk(self, step: int) -> None:
        if not self.list_open:
            self.open_list()
            return
        popup = self._popup()
        popup.setCurrentRow(max(0, min(popup.count() - 1, popup.currentRow() + step)))

    def _take(self) -> None:
        typed = super().text().strip()
        if self.list_open:
            self._pick(self._popup().currentItem())
        elif typed != self._words(self._kept):
            self._say(typed)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        choice: Choice = item.data(Qt.ItemDataRole.UserRole)
        before = super().text().rsplit(JOIN, 1)[0] + JOIN if self._several and JOIN in super().text() else ""
        self._say(before + choice.text)

    def _say(self, text: str) -> None:
        changed = text != self._kept
        self.show_text(text)
        if changed:
            self.typed.emit(text)

    def _words(self, text: str) -> str:
        """An answer as the clerk reads it: a stored row key becomes the row's title."""
        if not text:
            return ""
        return next((choice.label for choice in self._offered() if choice.text == text), text)

    def _popup(self) -> QListWidget:
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("choices")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setAccessibleName(f"{self.accessibleName()}：可选答案")
            self._list.itemClicked.connect(self._clicked)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _clicked(self, item: QListWidgetItem) -> None:
        self._pick(item)
        self.close_list()

    def _place(self, popup: QListWidget) -> None:
        rows = min(max(popup.count(), 1), MOST_SHOWN)
        height = rows * max(popup.sizeHintForRow(0), 24) + 6
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height() + 1))
        above = self.mapTo(window, QPoint(0, -height - 1))
        popup.resize(max(self.width(), self.fontMetrics().horizontalAdvance("汉") * 12), height)
        corner = below if below.y() + height <= window.height() or above.y() < 0 else above
        popup.move(min(corner.x(), window.width() - popup.width() - 4), corner.y())
        popup.raise_()
