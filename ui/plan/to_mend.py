"""What to look at before filing: what is wrong, what is missing, which lists are still open. Enter on a line goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.tick import Tick

if TYPE_CHECKING:
    from ui.intake.controller import IntakeController

FEWEST = 17
"""Letters that the card is wide at least."""
SPOT = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """Lines to mend; Enter goes to the place."""

    went = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes there."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.went.emit(item.data(SPOT))
        else:
            super().keyPressEvent(event)


class ToMend(QFrame):
    """The card at the left; hidden when there is nothing to look at."""

    went = Signal(object)
    put_off_asked = Signal()
    closed_list = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.blocked = self.missing = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(_label("要看一眼的", "heading", self))
        self._nothing = _label("没有问题，也没有漏填的必填项。", "yes", self)
        self._nothing.setWordWrap(True)
        column.addWidget(self._nothing)
        self.lines = CheckList(self)
        self.lines.setAccessibleName("要看一眼的")
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.went.connect(self.went)
        self.lines.itemDoubleClicked.connect(lambda item: self.went.emit(item.data(SPOT)))
        column.addWidget(self.lines, 1)
        self.put_off = QPushButton("", self)
        self.put_off.setToolTip("写上「暂缺」：先提交，以后再补")
        self.put_off.clicked.connect(self.put_off_asked)
        column.addWidget(self.put_off)
        self._lists_title = _label("还没确认录齐的清单", "heading", self)
        column.addWidget(self._lists_title)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(1)
        column.addLayout(self._lists)
        column.addStretch(0)

    def show_desk(self, desk: IntakeController) -> None:
        """Show what one household still needs."""
        blockers, missing = desk.blockers(), desk.missing()
        self.blocked, self.missing = len(blockers), len(missing)
        self.lines.clear()
        for one in blockers:
            self._add_line(f"× {desk.place(one.spot)}：{one.message}", one.spot)
        for one in desk.complaints():
            if not one.hard and not one.reason:
                self._add_line(f"！ {desk.place(one.spot)}：{one.message}", one.spot)
        self.put_off.setVisible(bool(missing))
        self.put_off.setText(f"其余 {len(missing)} 项先记为暂缺  F5")
        self._nothing.setVisible(self.lines.count() == 0)
        self.lines.setVisible(self.lines.count() > 0)
        self.lines.setCurrentRow(0)
        self._show_lists(desk)
        self.setVisible(bool(self.lines.count() or missing or self._lists.count()))

    def fit(self, letter: int, room: int) -> None:
        """As wide as its longest tick, but never more than its share of the room."""
        ticks = [item.widget().sizeHint().width() for place in range(self._lists.count()) if (item := self._lists.itemAt(place))]
        self.setFixedWidth(min(max([letter * FEWEST, *(wide + 34 for wide in ticks)]), max(letter * FEWEST, room * 3 // 5)))

    def _add_line(self, text: str, spot: object) -> None:
        item = QListWidgetItem(text, self.lines)
        item.setData(SPOT, spot)

    def _show_lists(self, desk: IntakeController) -> None:
        while self._lists.count():
            item = self._lists.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        still = desk.open_lists()
        self._lists_title.setVisible(bool(still))
        for table in still:
            tick = Tick(desk.catalogue.tables[table].closing, self)
            tick.setObjectName(f"录齐.{table}")
            tick.setAccessibleName(tick.text())
            tick.clicked.connect(lambda done, table=table: self.closed_list.emit(table, done))
            self._lists.addWidget(tick)


def _label(text: str, tone: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    set_flag(label, "tone", tone)
    return label
