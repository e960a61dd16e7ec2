"""One card of the form: its number and name, and the body that fits what it asks: a grid, rows in line, or a pane."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.intake.desk import Desk, Spot
from ui.intake.editors import set_flag
from ui.intake.field_row import FieldRow, Help
from ui.intake.flow import BESIDE, FlowGrid
from ui.intake.pane import ListPane
from ui.intake.parts import ListPart, Part
from ui.intake.rows import RowsEditor


class Card(QFrame):
    """A part of the form on the page."""

    typed = Signal(str, str, str, str)
    left = Signal(str, str, str)
    asked_row = Signal(object, str)
    dropped_row = Signal(str, str)
    closed = Signal(str, bool)
    turned = Signal(str)

    def __init__(self, number: int, part: Part, desk: Desk, help_: Help, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        mark, title, hint = QLabel(str(number), self), QLabel(part.name, self), QLabel(part.hint, self)
        for label, tone in ((mark, "number"), (title, "heading"), (hint, "quiet")):
            set_flag(label, "tone", tone)
            head.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        hint.setWordWrap(True)
        head.setStretch(2, 1)
        column.addLayout(head)
        self.body = self._list(part.list, help_) if part.list else self._grid(part, help_)
        if isinstance(self.body, FlowGrid):
            head.addWidget(self.body.more)
        column.addWidget(self.body)

    def refresh(self) -> None:
        """Show what there is."""
        if isinstance(self.body, FlowGrid):
            self.body.show_wanted(self._desk, "")
        else:
            self.body.refresh()

    def field_rows(self) -> Iterator[FieldRow]:
        """Every question that has widgets now."""
        yield from self.body.rows if isinstance(self.body, FlowGrid) else self.body.field_rows()

    def inputs(self) -> list[QWidget]:
        """Everything that takes answers, in reading order."""
        return list(self.body.inputs())

    def first_inputs(self) -> list[QWidget]:
        """The same from the first question on: the names of a pane are passed by."""
        inputs = self.inputs()
        return inputs[1:] if isinstance(self.body, ListPane) and self.body.row else inputs

    @property
    def pane(self) -> ListPane | None:
        """The long list on this card."""
        return self.body if isinstance(self.body, ListPane) else None

    def list_of(self, table: str) -> RowsEditor | ListPane | None:
        """The widget of a list, here or owned by one here."""
        if isinstance(self.body, FlowGrid):
            return None
        if self.body.part.table.id == table:
            return self.body
        owned = self.body.children_ if isinstance(self.body, ListPane) else []
        return next((child for child in owned if child.part.table.id == table), None)

    def _grid(self, part: Part, help_: Help) -> FlowGrid:
        rows = [FieldRow(field, help_) for section in part.sections for field in section.fields]
        grid = FlowGrid(rows, BESIDE, self)
        for row in rows:
            row.bind("", self._desk.text(Spot(row.field.table, "", row.field.id)))
            row.typed.connect(self.typed)
            row.left.connect(self.left)
        return grid

    def _list(self, part: ListPart, help_: Help) -> RowsEditor | ListPane:
        editor = ListPane(part, self._desk, help_, self) if part.wide else RowsEditor(part, self._desk, help_, False, self)
        editor.typed.connect(self.typed)
        editor.left.connect(self.left)
        editor.asked_row.connect(self.asked_row)
        editor.dropped_row.connect(self.dropped_row)
        editor.closed.connect(self.closed)
        if isinstance(editor, ListPane):
            editor.turned.connect(self.turned)
        return editor
