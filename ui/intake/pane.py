"""A long list, such as the members: everybody at the left, one of them in full at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.intake.desk import Desk, Spot
from ui.intake.editors import set_flag
from ui.intake.field_row import FieldRow, Help
from ui.intake.flow import BESIDE, FlowGrid
from ui.intake.parts import ListPart
from ui.intake.rows import RowsEditor
from ui.tick import Tick

LETTERS = 8
Index = QModelIndex | QPersistentModelIndex
CAPTION = Qt.ItemDataRole.UserRole + 1


class ListPane(QWidget):
    """Rows by name at the left; the questions of the one chosen, and the lists it owns, at the right."""

    typed = Signal(str, str, str, str)
    left = Signal(str, str, str)
    asked_row = Signal(object, str)
    dropped_row = Signal(str, str)
    closed = Signal(str, bool)
    turned = Signal(str)

    def __init__(self, part: ListPart, desk: Desk, help_: Help, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part, self._desk, self.row = part, desk, ""
        self.grids: list[FlowGrid] = []
        self.children_: list[RowsEditor] = []
        self._labels: list[QLabel] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(14)
        line.addLayout(self._side())
        self._detail = QWidget(self)
        line.addWidget(self._detail, 1)
        self._fill_detail(help_)

    def refresh(self) -> None:
        """Show who there is, and the one chosen."""
        keys = list(self._desk.rows(self.part.table.id))
        if self.row not in keys:
            self.row = keys[0] if keys else ""
            self._bind()
        self._list_people(keys)
        self._detail.setVisible(bool(keys))
        self._show_asked()
        self._tick.setChecked(self._desk.closed(self.part.table.id))

    def turn_to(self, row: str) -> None:
        """Show another row in full."""
        if row != self.row and row in self._desk.rows(self.part.table.id):
            self.row = row
            self._bind()
            self.refresh()
            self.turned.emit(row)

    def holds(self, widget: QWidget) -> bool:
        """True for a widget of the row shown in full."""
        return self._detail.isAncestorOf(widget)

    def neighbour(self, step: int) -> str:
        """The row before or after the one shown, "" at the ends."""
        rows = list(self._desk.rows(self.part.table.id))
        at = rows.index(self.row) + step if self.row in rows else -1
        return rows[at] if 0 <= at < len(rows) else ""

    def refit(self) -> None:
        """Measure again at another text size."""
        for widget in (self.people, self._add, self._tick):
            widget.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("汉" * LETTERS))

    def inputs(self) -> Iterator[QWidget]:
        """Every editor of the row shown in order, the lists it owns, then the tick and the button."""
        yield self.people
        if self.row:
            for grid in self.grids:
                yield from grid.inputs()
            for child in self.children_:
                yield from child.inputs()
        yield from self.tail()

    def tail(self) -> Iterator[QWidget]:
        """The tick, when the list needs one, and the button for another row."""
        if self.part.table.closing:
            yield self._tick
        yield self._add

    def field_rows(self) -> Iterator[FieldRow]:
        """Every question shown."""
        for grid in self.grids:
            yield from grid.rows
        for child in self.children_:
            yield from child.field_rows()

    def ask_row(self) -> None:
        """Ask for another row."""
        self.asked_row.emit(self.part, "")

    def _bind(self) -> None:
        for grid in self.grids:
            for row in grid.rows:
                row.bind(self.row, self._desk.text(Spot(row.field.table, self.row, row.field.id)))
        for child in self.children_:
            child.bind(self.row)

    def _show_asked(self) -> None:
        for grid in self.grids:
            if self.row:
                grid.show_wanted(self._desk, self.row)
        for label, grid in zip(self._labels, self.grids, strict=False):
            label.setVisible(bool(grid.inputs()))
        for child in self.children_:
            child.refresh()

    def _list_people(self, keys: list[str]) -> None:
        self.people.blockSignals(True)
        while self.people.count() < len(keys):
            self.people.addItem(QListWidgetItem())
        while self.people.count() > len(keys):
            self.people.takeItem(self.people.count() - 1)
        for index, key in enumerate(keys):
            item = self.people.item(index)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setText(self._desk.title(self.part.table.id, key) or f"第{index + 1}{self.part.table.measure}")
            item.setData(CAPTION, self._desk.caption(self.part.table.id, key))
        if self.row in keys:
            self.people.setCurrentRow(keys.index(self.row))
        self.people.blockSignals(False)
        self.people.setFixedHeight(max(1, len(keys)) * self.people.sizeHintForRow(0) + 6 if keys else 40)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        name = self.part.table.name
        self.people = QListWidget(self)
        self.people.setObjectName("people")
        self.people.setAccessibleName(f"{name}名单")
        self.people.setItemDelegate(_Person(self.people))
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.currentItemChanged.connect(self._turned)
        self._add = QPushButton("＋ 添加  F3", self)
        self._add.setProperty("role", "quiet")
        self._add.setAccessibleName(f"添加{name}")
        self._add.clicked.connect(self.ask_row)
        self._tick = Tick("已录齐", self)
        self._tick.setObjectName(f"录齐.{self.part.table.id}")
        self._tick.setAccessibleName(self.part.table.closing or "已录齐")
        self._tick.setToolTip(self.part.table.closing)
        self._tick.setVisible(bool(self.part.table.closing))
        self._tick.clicked.connect(lambda done: self.closed.emit(self.part.table.id, done))
        for widget in (self.people, self._add, self._tick):
            side.addWidget(widget)
        self.refit()
        side.addStretch(1)
        return side

    def _fill_detail(self, help_: Help) -> None:
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for section in self.part.sections:
            grid = FlowGrid([FieldRow(field, help_) for field in section.fields], BESIDE, self._detail)
            label = QLabel(section.name if len(self.part.sections) > 1 else "", self._detail)
            set_flag(label, "tone", "sub")
            head = QHBoxLayout()
            head.setSpacing(8)
            head.addWidget(label)
            head.addWidget(grid.more)
            head.addStretch(1)
            column.addLayout(head)
            self._labels.append(label)
            for row in grid.rows:
                row.typed.connect(self.typed)
                row.left.connect(self.left)
            self.grids.append(grid)
            column.addWidget(grid)
        for child in self.part.children:
            editor = RowsEditor(child, self._desk, help_, True, self._detail)
            for mine, its in ((self.typed, editor.typed), (self.left, editor.left), (self.closed, editor.closed)):
                its.connect(mine)
            editor.asked_row.connect(self.asked_row)
            editor.dropped_row.connect(self.dropped_row)
            self.children_.append(editor)
            column.addWidget(editor)
        column.addStretch(1)

    def _turned(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.turn_to(str(item.data(Qt.ItemDataRole.UserRole)))


class _Person(QStyledItemDelegate):
    """A name, and a smaller line about the person."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Two lines with air."""
        font: QFont = option.font  # type: ignore[attr-defined]
        return QSize(40, round(QFontMetrics(font).lineSpacing() * 1.75) + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Name in bold, caption below."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        base: QFont = option.font  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("wash"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        bold, small = QFont(base), QFont(base)
        bold.setBold(True)
        small.setPointSize(max(base.pointSize() - 2, 9))
        inner = rect.adjusted(12, 5, -6, -5)
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        shown = QFontMetrics(bold).elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), shown)
        painter.setFont(small)
        painter.setPen(theme.colour("quiet"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom), str(index.data(CAPTION) or ""))
        painter.restore()
