"""A list typed in line: a block of questions per row, a button for another one, and the tick that it is complete."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.intake.desk import Desk, Spot
from ui.intake.editors import set_flag
from ui.intake.field_row import FieldRow, Help
from ui.intake.flow import ABOVE, FlowGrid
from ui.intake.parts import ListPart
from ui.tick import Tick


class RowBlock(QFrame):
    """One row of a list."""

    removed = Signal(str)

    def __init__(self, part: ListPart, row: str, help_: Help, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rowblock")
        self.row = row
        self.fields = [FieldRow(field, help_, above=True) for field in part.fields]
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 6, 8)
        line.setSpacing(10)
        self._number = QLabel(self)
        set_flag(self._number, "tone", "number")
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        self.grid = FlowGrid(self.fields, ABOVE, self)
        line.addWidget(self.grid, 1)
        away = QPushButton("×", self)
        away.setProperty("role", "quiet")
        away.setToolTip("删除这一条（Ctrl+Del，可用 Ctrl+Z 撤销）")
        away.setAccessibleName(f"删除这一条{part.table.name}")
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.setFixedWidth(34)
        away.clicked.connect(lambda: self.removed.emit(self.row))
        tail = QVBoxLayout()
        tail.addWidget(away, 0, Qt.AlignmentFlag.AlignRight)
        tail.addWidget(self.grid.more, 0, Qt.AlignmentFlag.AlignRight)
        tail.addStretch(1)
        line.addLayout(tail)

    def show_number(self, number: int) -> None:
        """Which one of the list this is."""
        self._number.setText(str(number))


class RowsEditor(QWidget):
    """All rows of one list that belong to one owner."""

    typed = Signal(str, str, str, str)
    left = Signal(str, str, str)
    asked_row = Signal(object, str)
    dropped_row = Signal(str, str)
    closed = Signal(str, bool)

    def __init__(self, part: ListPart, desk: Desk, help_: Help, titled: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part, self._desk, self._help, self.owner = part, desk, help_, ""
        self._blocks: dict[str, RowBlock] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._titles = [_title(part.table.name, self) for _ in range(2)] if titled else []
        if titled:
            column.addWidget(self._titles[0])
        column.addLayout(self._column)
        column.addLayout(self._foot())

    def bind(self, owner: str) -> None:
        """Show the rows of one owner."""
        self.owner = owner
        self.refresh()

    def refresh(self) -> None:
        """Show the rows there are, and what they say."""
        keys = list(self._desk.rows(self.part.table.id, self.owner))
        for gone in [key for key in self._blocks if key not in keys]:
            block = self._blocks.pop(gone)
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        for index, key in enumerate(keys):
            block = self._blocks.get(key) or self._block(key)
            self._column.insertWidget(index, block)
            block.show_number(index + 1)
            block.grid.show_wanted(self._desk, key)
        self._tick.setChecked(self._desk.closed(self.part.table.id))
        for title, shown in zip(self._titles, (bool(keys), not keys), strict=False):
            title.setVisible(shown)

    def inputs(self) -> Iterator[QWidget]:
        """Every editor in order, then the tick and the button."""
        for key in self._desk.rows(self.part.table.id, self.owner):
            if key in self._blocks:
                yield from self._blocks[key].grid.inputs()
        yield from self.tail()

    def tail(self) -> Iterator[QWidget]:
        """The tick, when the list needs one, and the button for another row."""
        if self.part.table.closing:
            yield self._tick
        yield self._add

    def field_rows(self) -> Iterator[FieldRow]:
        """Every question shown."""
        for block in self._blocks.values():
            yield from block.fields

    def ask_row(self) -> None:
        """Ask for another row."""
        self.asked_row.emit(self.part, self.owner)

    def _block(self, key: str) -> RowBlock:
        block = RowBlock(self.part, key, self._help, self)
        block.removed.connect(self._drop)
        for row in block.fields:
            row.bind(key, self._desk.text(Spot(row.field.table, key, row.field.id)))
            row.typed.connect(self.typed)
            row.left.connect(self.left)
        self._blocks[key] = block
        return block

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        name = self.part.table.name
        for title in self._titles[1:]:
            line.addWidget(title)
        self._add = QPushButton("＋ 添加" if self._titles else f"＋ 添加{name}", self)
        self._add.setProperty("role", "quiet")
        self._add.setToolTip("F3")
        self._add.setAccessibleName(f"添加{name}")
        self._add.clicked.connect(self.ask_row)
        self._tick = Tick("已录齐", self)
        self._tick.setToolTip(self.part.table.closing)
        self._tick.setObjectName(f"录齐.{self.part.table.id}")
        self._tick.setAccessibleName(self.part.table.closing or f"{name}已录齐")
        self._tick.setVisible(bool(self.part.table.closing))
        self._tick.setProperty("owned", bool(self.part.table.owner))
        self._tick.clicked.connect(lambda done: self.closed.emit(self.part.table.id, done))
        line.addWidget(self._add)
        line.addStretch(1)
        line.addWidget(self._tick)
        return line

    def _drop(self, key: str) -> None:
        self.dropped_row.emit(self.part.table.id, key)


def _title(name: str, parent: QWidget) -> QLabel:
    label = QLabel(name, parent)
    set_flag(label, "tone", "sub")
    return label
