"""The list of policies, live beside the form: counts, the next question, the lines, and their reasons on Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.offers.delegate import LineDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.offers.lines import Line

Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractListModel):
    """The lines, replaced as a whole; the place of the hand is kept by whoever replaces them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Take new lines; nothing is redrawn when they say the same."""
        if list(lines) != self.lines:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line itself, or how it is spoken."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        return line.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class LinesView(QListView):
    """Up and down walk, Enter opens, Space picks."""

    opened = Signal(object)
    picked = Signal(object)
    walked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and Space act on the line under the hand."""
        line = self.line()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line:
            self.opened.emit(line)
        elif event.key() == Qt.Key.Key_Space and line:
            self.picked.emit(line)
        else:
            super().keyPressEvent(event)

    def line(self) -> Line | None:
        """The line under the hand."""
        index = self.currentIndex()
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Say where the hand went."""
        super().currentChanged(current, previous)
        self.walked.emit(self.line())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width makes other heights."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class OffersPanel(QFrame):
    """政策清单."""

    asked_question = Signal()
    opened = Signal(object)
    picked = Signal(object)
    walked = Signal(object)
    asked_check = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._question_box())
        self.model = LinesModel(self)
        self.view = LinesView(self)
        self.view.setObjectName("政策清单")
        self.view.setAccessibleName("政策清单")
        self.view.setModel(self.model)
        self.view.setItemDelegate(LineDelegate(self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.opened.connect(self.opened)
        self.view.picked.connect(self.picked)
        self.view.walked.connect(self.walked)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(index.data(Qt.ItemDataRole.UserRole)))
        column.addWidget(self.view, 1)
        self.check = QPushButton("核对并提交  F12", self)
        self.check.setProperty("role", "main")
        self.check.setAccessibleName("核对并提交")
        self.check.clicked.connect(self.asked_check)
        column.addWidget(self.check)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for a programme's name and its amount."""
        return QSize(self.fontMetrics().horizontalAdvance("汉") * 19, 400)

    def show_lines(self, lines: Sequence[Line], chosen: int) -> None:
        """Show the list; the hand stays on the same line."""
        before = self.view.line()
        row = self.view.currentIndex().row()
        self.model.show_lines(lines)
        same = next((i for i, line in enumerate(lines) if before and (line.title, line.whose) == (before.title, before.whose)), row)
        if before and 0 <= same < len(lines):
            self.view.setCurrentIndex(self.model.index(same))
        self._counts.setText(_counted(lines))
        self.check.setText(f"核对并提交（{chosen}项）  F12" if chosen else "核对并提交  F12")

    def show_question(self, words: str, matters: int) -> None:
        """Show the next question, or that nothing is open."""
        self._question.setText(words or "没有待问的问题")
        self._matters.setText(f"这一问影响 {matters} 项" if matters else "")
        self._matters.setVisible(bool(matters))
        set_flag(self._box, "quiet", not words)
        self._go.setVisible(bool(words))

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        title = QLabel("政策清单", self)
        set_flag(title, "tone", "heading")
        self._counts = QLabel("", self)
        self._counts.setTextFormat(Qt.TextFormat.RichText)
        set_flag(self._counts, "tone", "quiet")
        line.addWidget(title)
        line.addStretch(1)
        line.addWidget(self._counts)
        return line

    def _question_box(self) -> QFrame:
        self._box = QFrame(self)
        self._box.setObjectName("question")
        line = QHBoxLayout(self._box)
        line.setContentsMargins(12, 7, 8, 7)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = QLabel("下一问", self._box)
        set_flag(head, "tone", "soft")
        self._question = QLabel("", self._box)
        self._question.setWordWrap(True)
        self._question.setObjectName("下一问")
        self._matters = QLabel("", self._box)
        set_flag(self._matters, "tone", "quiet")
        for label in (head, self._question, self._matters):
            words.addWidget(label)
        line.addLayout(words, 1)
        self._go = QPushButton("去填  F8", self._box)
        self._go.setProperty("role", "quiet")
        self._go.setAccessibleName("去填下一问")
        self._go.clicked.connect(self.asked_question)
        line.addWidget(self._go)
        return self._box


def _counted(lines: Sequence[Line]) -> str:
    counts = {line.title: line.count for line in lines if line.heading}
    parts = [("可申请", "符合", "#17704a"), ("待补", "待补", "#8a5a00"), ("不符", "不符", "#566570")]
    return "　".join(f'{word} <b style="color:{tone}">{counts.get(key, 0)}</b>' for key, word, tone in parts)
