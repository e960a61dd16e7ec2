"""Boxes of an editor page: a label, an editor for its kind, and under it, in red, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clerk.pinyin import readings
from ui.intake.choices import JOIN, ChoiceEditor
from ui.intake.editors import FlagEditor, LineEditor, LongEditor, set_flag
from ui.intake.matching import Choice
from ui.policy.rule_editor import RuleEditor
from ui.policy.tree import Key

COLUMNS = 12
"""A page of boxes is a grid of so many columns; a box says how many it takes."""
Editor = LineEditor | LongEditor | FlagEditor


class Sort(Enum):
    """What an editor is for."""

    LINE = "line"
    LONG = "long"
    RULE = "rule"
    FLAG = "flag"
    PICK = "pick"
    PICKS = "picks"


@dataclass(frozen=True, slots=True)
class Spec:
    """One box: where in the tree its words stand, its label, its sort, what may be picked, its width in grid columns."""

    key: Key
    label: str
    sort: Sort = Sort.LINE
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    wide: int = 3

    @property
    def id(self) -> str:
        """The object name of the editor."""
        return ".".join(map(str, self.key))


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in one box; `column` counts from 1 in its text, 0 is all of it."""

    message: str
    column: int = 0


@dataclass(slots=True)
class _Box:
    spec: Spec
    editor: Editor
    complaint: QLabel
    holder: QWidget = field(repr=False)


class Boxes(QWidget):
    """Some boxes of one page; Enter goes to the next, Shift+Enter back; `typed` says what, `finished` when the last is left by Enter."""

    typed = Signal(object, str)
    settled = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget, names: Callable[[], Sequence[Choice]] = tuple) -> None:
        super().__init__(parent)
        self._names = names
        self._boxes: dict[Key, _Box] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 10)

    def show_specs(self, specs: Sequence[Spec], words: Callable[[Key], str]) -> None:
        """Lay out other boxes."""
        for box in self._boxes.values():
            self._grid.removeWidget(box.holder)
            box.holder.hide()
            box.holder.deleteLater()
        self._boxes.clear()
        row = column = 0
        for spec in specs:
            if column + spec.wide > COLUMNS:
                row, column = row + 1, 0
            box = self._make(spec)
            box.editor.show_text(words(spec.key))
            self._boxes[spec.key] = box
            self._grid.addWidget(box.holder, row, column, 1, spec.wide)
            column += spec.wide

    def editor(self, key: Key) -> Editor:
        """The editor of a box."""
        return self._boxes[key].editor

    def complaint(self, key: Key) -> str:
        """What is said to be wrong in a box."""
        return self._boxes[key].complaint.text()

    @property
    def keys(self) -> tuple[Key, ...]:
        """All boxes, in their order."""
        return tuple(self._boxes)

    def complain(self, wrong: dict[Key, Wrong]) -> None:
        """Show what is wrong where; nothing elsewhere."""
        for key, box in self._boxes.items():
            found = wrong.get(key)
            box.complaint.setText(found.message if found else "")
            box.complaint.setVisible(found is not None)
            box.editor.mark("bad" if found else "")
            if isinstance(box.editor, RuleEditor):
                box.editor.underline(found.column if found else -1)

    def take_hand(self, key: Key | None = None) -> None:
        """The hand goes into a box, the first when none is named."""
        wanted = self._boxes.get(key) if key else next(iter(self._boxes.values()), None)
        if wanted is not None:
            wanted.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, Shift+Enter back."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        editors = [box.editor for box in self._boxes.values()]
        here = next((place for place, editor in enumerate(editors) if editor.hasFocus()), None)
        if here is None:
            return
        editors[here].settle()
        step = here + (-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        if step >= len(editors):
            self.finished.emit()
        elif step >= 0:
            editors[step].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, spec: Spec) -> _Box:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        label, complaint = QLabel(spec.label, holder), QLabel("", holder)
        set_flag(label, "tone", "quiet")
        set_flag(complaint, "tone", "bad")
        complaint.setWordWrap(True)
        complaint.hide()
        editor = self._editor(spec, holder)
        label.setBuddy(editor)
        editor.typed.connect(lambda text, key=spec.key: self.typed.emit(key, text))
        editor.settled.connect(self.settled)
        column.addWidget(label)
        column.addWidget(editor)
        column.addWidget(complaint)
        column.addStretch(1)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return _Box(spec, editor, complaint, holder)

    def _editor(self, spec: Spec, parent: QWidget) -> Editor:
        if spec.sort is Sort.FLAG:
            return FlagEditor(spec, parent)
        if spec.sort is Sort.RULE:
            return RuleEditor(spec, self._names, readings, parent)
        if spec.sort is Sort.LONG:
            return LongEditor(spec, parent)
        if spec.sort in (Sort.PICK, Sort.PICKS):
            return ChoiceEditor(spec, lambda: spec.choices, readings, spec.sort is Sort.PICKS, parent)
        line = LineEditor(spec, parent)
        line.setPlaceholderText(spec.hint)
        return line


def split(text: str) -> list[str]:
    """Several words of one box, apart."""
    for sign in "，,；; ":
        text = text.replace(sign, JOIN)
    return [word for word in text.split(JOIN) if word]
