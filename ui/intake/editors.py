"""The editors, one per kind of answer: each says what was typed, and shows what it is told. Nothing is believed here.

Every editor is a widget with the same five verbs, so that a row of the form need not know which one it holds:
`text`, `show_text`, `settle`, `mark`, and the signals `typed` (as it is typed) and `settled` (when it is left).
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QToolButton, QWidget

FLAG_KEYS = {"1": "是", "s": "是", "y": "是", "0": "否", "2": "否", "f": "否", "n": "否"}
"""One key answers a yes-or-no question."""


class Asked(Protocol):
    """What an editor must know of a question: its id, and how it is called."""

    @property
    def id(self) -> str:
        """The id, which is the editor's object name."""
        ...

    @property
    def label(self) -> str:
        """The label, which a screen reader says."""
        ...


def polish(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def set_flag(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and repaint only when it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        polish(widget)


class LineEditor(QLineEdit):
    """One line of any text: names, numbers, days and amounts as the clerk writes them; no mask, no validator."""

    typed = Signal(str)
    settled = Signal()

    def __init__(self, field: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(field.id)
        self.setAccessibleName(field.label)
        self.setMinimumWidth(QFontMetrics(self.font()).horizontalAdvance("0") * 8)
        self.textEdited.connect(self.typed)

    @property
    def being_typed(self) -> bool:
        """True while what is shown came from the keyboard."""
        return self.isModified()

    def show_text(self, text: str) -> None:
        """Show an answer without saying it was typed."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def settle(self) -> None:
        """Say that the answer is finished for now."""
        self.settled.emit()

    def mark(self, state: str) -> None:
        """Show `bad`, `soft` or nothing at the border."""
        set_flag(self, "state", state)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving settles; a popup or another window does not count as leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.settled.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Arriving selects all, so that typing replaces and Enter keeps."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class LongEditor(QPlainTextEdit):
    """Some lines of text; Enter goes on like everywhere, Ctrl+Enter starts a new line."""

    typed = Signal(str)
    settled = Signal()

    def __init__(self, field: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(field.id)
        self.setAccessibleName(field.label)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._say)
        self._quiet = False

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines and a half: enough to see that more may follow."""
        return QSize(super().sizeHint().width(), round(self.fontMetrics().lineSpacing() * 2.6) + 10)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As tall as the hint, as narrow as needed."""
        return QSize(120, self.sizeHint().height())

    @property
    def being_typed(self) -> bool:
        """True while the hand is in it."""
        return self.hasFocus()

    def text(self) -> str:
        """All that is written."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show an answer without saying it was typed."""
        if self.toPlainText() != text:
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    def settle(self) -> None:
        """Say that the answer is finished for now."""
        self.settled.emit()

    def mark(self, state: str) -> None:
        """Show `bad`, `soft` or nothing at the border."""
        set_flag(self, "state", state)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Arriving stands at the end: long text is added to, not replaced."""
        super().focusInEvent(event)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving settles."""
        super().focusOutEvent(event)
        self.settled.emit()

    def _say(self) -> None:
        if not self._quiet:
            self.typed.emit(self.toPlainText())


class FlagEditor(QFrame):
    """是 / 否 / not said: one key answers (1 or s for 是, 0 or f for 否), Backspace takes the answer back."""

    typed = Signal(str)
    settled = Signal()

    def __init__(self, field: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(field.id)
        self.setProperty("kind", "flag")
        self.setAccessibleName(field.label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._parts = {word: self._part(word, row) for word in ("是", "否")}
        self._said = ""

    @property
    def being_typed(self) -> bool:
        """Never: one key is the whole answer."""
        return False

    def text(self) -> str:
        """是, 否 or nothing."""
        return self._said

    def show_text(self, text: str) -> None:
        """Show an answer without saying it was typed."""
        self._said = text
        for word, part in self._parts.items():
            part.setChecked(word == text)
        self.setAccessibleDescription(text or "未填")

    def settle(self) -> None:
        """Say that the answer is finished for now."""
        self.settled.emit()

    def mark(self, state: str) -> None:
        """Show `bad` or nothing at the border."""
        set_flag(self, "state", state)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Answer by one key."""
        word = FLAG_KEYS.get(event.text().lower()) if not event.modifiers() & Qt.KeyboardModifier.ControlModifier else None
        if word:
            self._answer(word)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not event.modifiers():
            self._answer("")
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            self._answer("否" if self._said == "是" else "是")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the hand is."""
        super().focusInEvent(event)
        set_flag(self, "lit", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving settles."""
        super().focusOutEvent(event)
        set_flag(self, "lit", False)
        self.settled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click on a part gives this editor the focus."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def _part(self, word: str, row: QHBoxLayout) -> QToolButton:
        part = QToolButton(self)
        part.setObjectName("flagpart")
        part.setText(word)
        part.setCheckable(True)
        part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        part.setAccessibleName(f"{self.accessibleName()}：{word}")
        part.installEventFilter(self)
        part.clicked.connect(lambda: self._answer("" if self._said == word else word))
        row.addWidget(part)
        return part

    def _answer(self, word: str) -> None:
        self.show_text(word)
        self.typed.emit(word)
