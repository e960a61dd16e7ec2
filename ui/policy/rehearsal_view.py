"""What a rehearsal found: kinds of change at the left, their lines at the right; Enter opens the household."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.hand import take_hand
from ui.intake.editors import set_flag
from ui.policy.rehearsing import Group, Tried
from ui.policy.table import PlainTable, Row
from ui.task import Task

HEADINGS = ("项目", "对象", "案件", "为什么")
_INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


class RehearsalView(QWidget):
    """One rehearsal, running or done; `opened` names a household, a programme and a row, `left` gives the place back."""

    opened = Signal(str, str, str)
    left = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.result: Tried | None = None
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        self._title = QLabel("演练", self)
        set_flag(self._title, "tone", "title")
        note = QLabel("只用本单位的案件试算，不改动任何数据。", self)
        set_flag(note, "tone", "quiet")
        head.addWidget(self._title)
        head.addWidget(note, 1)
        column.addLayout(head)
        column.addLayout(self._foot())
        column.addLayout(self._lists(), 1)

    @property
    def running(self) -> bool:
        """True while it is working."""
        return self._task is not None

    def begin(self, title: str, task: Task) -> None:
        """Start the work and show how far it is."""
        self.result = None
        self._title.setText(f"演练　{title}")
        self.kinds.clear()
        self.table.fill(())
        self._task = task
        task.told.connect(self._words.setText)
        task.done.connect(self._found)
        task.failed.connect(self._failed)
        task.stopped.connect(lambda: self._rest("已停止，没有改动任何数据"))
        self._busy.show()
        self.button.setText("停止  Esc")
        self._words.setText("正在准备…")
        task.start()
        self.button.setFocus()

    def stop(self, wait: bool = False) -> None:
        """Stop what runs."""
        if self._task is not None:
            self._task.stop(wait)

    def leave(self) -> None:
        """Esc: stop what runs; otherwise go back."""
        if self.running:
            self.stop()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc stops, or goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Right and Enter go from the kinds into their lines, left goes back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.kinds and event.key() in _INTO:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if watched is self.table and event.key() == Qt.Key.Key_Left:
                self.kinds.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self._words = QLabel("", self)
        self._words.setWordWrap(True)
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在试算")
        self._busy.hide()
        self.button = QPushButton("返回  Esc", self)
        self.button.clicked.connect(self.leave)
        line.addWidget(self._words, 2)
        line.addWidget(self._busy, 1)
        line.addWidget(self.button)
        return line

    def _lists(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        self.kinds = QListWidget(self)
        self.kinds.setAccessibleName("变化")
        self.kinds.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 10)
        self.kinds.currentRowChanged.connect(self._show_group)
        self.kinds.installEventFilter(self)
        self.table = PlainTable(HEADINGS, (10, 9, 13, 0), self)
        self.table.setAccessibleName("名单")
        self.table.installEventFilter(self)
        self.table.opened.connect(lambda key: self.opened.emit(*key))
        line.addWidget(self.kinds)
        line.addWidget(self.table, 1)
        return line

    def _found(self, result: Tried) -> None:
        self.result = result
        self._rest(result.summary)
        self.kinds.addItems([f"{group.title}　{group.total}" for group in result.groups])
        if result.groups:
            self.kinds.setCurrentRow(0)
            take_hand(self.kinds)

    def _show_group(self, place: int) -> None:
        if self.result is not None and 0 <= place < len(self.result.groups):
            self.table.fill(_rows(self.result.groups[place]))

    def _rest(self, words: str) -> None:
        self._task = None
        self._busy.hide()
        self.button.setText("返回  Esc")
        self._words.setText(words)

    def _failed(self, fault: BaseException) -> None:
        from ui.policy.faults import in_a_sentence

        message = in_a_sentence(fault)
        self._rest(message or "没有试算完")
        if not message:
            raise fault
        self.said.emit(message)


def _rows(group: Group) -> list[Row]:
    found = [Row((line.what, line.who, line.case, line.why), (line.household, line.programme, line.row)) for line in group.lines]
    return found + [Row(("—", "—", case, why), None) for case, why in group.unread]
