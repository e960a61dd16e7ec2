"""One question on the page: label, editor for its kind, and a quiet complaint under it when there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.intake.choices import ChoiceEditor
from ui.intake.editors import FlagEditor, LineEditor, LongEditor, set_flag
from ui.intake.matching import Choice, Readings

if TYPE_CHECKING:
    from forms.schema import Field

Editor = LineEditor | LongEditor | FlagEditor | ChoiceEditor
LABEL_LETTERS = 7


@dataclass(frozen=True, slots=True)
class Help:
    """What the editors ask of the world: the answers a field offers (None: none), and pinyin initials."""

    choices: Callable[[Field], Callable[[], Sequence[Choice]] | None]
    readings: Readings


class FieldRow(QWidget):
    """A generated row, bound to one answer at a time; `above` puts the label over the editor."""

    typed = Signal(str, str, str, str)
    left = Signal(str, str, str)

    def __init__(self, field: Field, help_: Help, above: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.row, self.wanted = field, "", True
        self._said = ("", True)
        self.editor = make_editor(field, help_, self)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setText(_label_text(field))
        self._label.setWordWrap(True)
        self._label.setBuddy(self.editor)
        self._complaint = QLabel(self)
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        self._above = above
        self._lay_out()
        self.editor.typed.connect(self._say)
        self.editor.settled.connect(self._leave)

    @property
    def long(self) -> bool:
        """True when the row wants the page's whole width."""
        return isinstance(self.editor, LongEditor)

    def bind(self, row: str, text: str) -> None:
        """Show the answer of one row of the table."""
        self.row = row
        self.editor.show_text(text)
        self.complain("")

    def complain(self, message: str, hard: bool = True) -> None:
        """Show what is wrong and what to do, or nothing."""
        if (message, hard) == self._said:
            return
        self._said = message, hard
        self._complaint.setText(message)
        set_flag(self._complaint, "tone", "bad" if hard else "soft")
        self._complaint.setVisible(bool(message))
        self.editor.mark(("bad" if hard else "soft") if message else "")
        self.editor.setAccessibleDescription(message or self.field.help)

    @property
    def complaint(self) -> str:
        """What is said under the editor now."""
        return self._complaint.text()

    def show_derived(self, derived: bool) -> None:
        """Show that the answer was read from another one."""
        set_flag(self.editor, "derived", derived)

    def set_label_width(self, pixels: int) -> None:
        """Line the labels of a section up."""
        if not self._above:
            self._label.setFixedWidth(pixels)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        if self._above:
            set_flag(self._label, "tone", "quiet")
            grid.addWidget(self._label, 0, 0)
            grid.addWidget(self.editor, 1, 0, Qt.AlignmentFlag.AlignLeft if isinstance(self.editor, FlagEditor) else Qt.AlignmentFlag(0))
            grid.addWidget(self._complaint, 2, 0)
        else:
            self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            left = Qt.AlignmentFlag.AlignLeft if isinstance(self.editor, FlagEditor) else Qt.AlignmentFlag(0)
            top = Qt.AlignmentFlag.AlignTop if self.long else Qt.AlignmentFlag(0)
            grid.addWidget(self._label, 0, 0, top)
            grid.addWidget(self.editor, 0, 1, left)
            grid.addWidget(self._complaint, 1, 1)
            grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _say(self, text: str) -> None:
        self.typed.emit(self.field.table, self.row, self.field.id, text)

    def _leave(self) -> None:
        self.left.emit(self.field.table, self.row, self.field.id)


def make_editor(field: Field, help_: Help, parent: QWidget) -> Editor:
    """The editor for a field's kind."""
    offered = help_.choices(field)
    word = field.kind.name
    if offered is not None:
        return ChoiceEditor(field, offered, help_.readings, word == "OPTIONS", parent)
    if word == "FLAG":
        return FlagEditor(field, parent)
    if word == "LONG":
        return LongEditor(field, parent)
    editor = LineEditor(field, parent)
    editor.setPlaceholderText(_FORMATS.get(word, ""))
    return editor


_FORMATS = {"DATE": "如 20260901", "MONTH": "如 202609", "MONEY": "元"}


def _label_text(field: Field) -> str:
    star = '<span style="color:#b3261e">*</span> ' if field.required else ""
    return star + field.label.replace("<", "&lt;")
