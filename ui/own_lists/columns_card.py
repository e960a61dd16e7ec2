"""② 哪些列: columns added by their letters, in their order, each with the way its numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from clerk.own_lists import OwnColumn
from clerk.pinyin import readings
from clerk.sayable import Sayable, sayable
from forms.schema import Kind
from ui.intake.choices import ChoiceEditor
from ui.intake.matching import Choice
from ui.own_lists.words import next_way, way_of
from ui.policy.boxes import Sort, Spec
from ui.policy.table import PlainTable, Row
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from forms.language.plan import Plan

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnsCard(QFrame):
    """`changed` says that other columns are wanted; `told` what can be done."""

    changed = Signal()
    told = Signal(str, str)

    def __init__(self, plan: Callable[[], Plan], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._plan = plan
        self._known: dict[str, Sayable] = {}
        self.columns: tuple[OwnColumn, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(label("② 哪些列", "heading", self))
        spec = Spec(("加一列",), "加一列", Sort.PICK)
        self.add = ChoiceEditor(spec, self._offered, readings, parent=self)
        self.add.setPlaceholderText("加一列：名称、拼音首字母，回车")
        self.add.typed.connect(self._add)
        self.add.installEventFilter(self)
        column.addWidget(self.add)
        self.table = PlainTable(("列", "号码写法"), (0, 7), self)
        self.table.setAccessibleName("名单的列")
        self.table.installEventFilter(self)
        column.addWidget(self.table, 1)
        self.heading = QLineEdit(self)
        self.heading.setPlaceholderText("这一列改叫什么，回车")
        self.heading.setAccessibleName("列标题")
        self.heading.installEventFilter(self)
        self.heading.returnPressed.connect(self._rename)
        self.heading.hide()
        column.addWidget(self.heading)
        self.hint = label("空格换写法，F2 改标题，Alt+上下换次序，Del 去掉", "quiet", self)
        column.addWidget(self.hint)

    def show_columns(self, unit: str, columns: Sequence[OwnColumn]) -> None:
        """Show the columns of a list whose rows are such."""
        self._known = {one.word: one for one in sayable(self._plan(), unit)}
        self.columns = tuple(columns)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter adds; on the list space changes the way, Alt and an arrow the order, Del takes away."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.add and event.key() in _ENTER:
                self.add.settle()
                return True
            if watched is self.heading and event.key() == Qt.Key.Key_Escape:
                self._close_heading()
                return True
            if watched is self.table:
                return self._on_list(event)
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _on_list(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Space:
            self._other_way()
        elif event.key() == Qt.Key.Key_F2:
            self._ask_heading()
        elif event.key() == Qt.Key.Key_Delete:
            self._set([one for at, one in enumerate(self.columns) if at != self.table.currentRow()])
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
        else:
            return False
        return True

    def _offered(self) -> list[Choice]:
        return [Choice(one.word, one.label, one.table) for one in self._known.values()]

    def _add(self, word: str) -> None:
        if not word:
            return
        one = self._known.get(word)
        self.add.show_text("")
        if one is None:
            self.told.emit(f"没有「{word}」可以列，请打拼音首字母来选", "bad")
            return
        taken = {column.heading for column in self.columns}
        names = (one.label, one.word, f"{one.label}（{one.table}）", *(f"{one.label}{at}" for at in range(2, 99)))
        heading = next(name for name in names if name not in taken)
        self._set([*self.columns, OwnColumn(one.word, heading)], len(self.columns))

    def _ask_heading(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self.columns):
            self.heading.setText(self.columns[at].heading)
            self.heading.show()
            self.heading.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.heading.selectAll()

    def _rename(self) -> None:
        at, words = self.table.currentRow(), self.heading.text().strip()
        self._close_heading()
        if words and 0 <= at < len(self.columns):
            self._set([*self.columns[:at], replace(self.columns[at], heading=words), *self.columns[at + 1 :]], at)

    def _close_heading(self) -> None:
        self.heading.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _other_way(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self.columns):
            numbers, masked = next_way(self.columns[at], self._kind(self.columns[at]))
            changed = replace(self.columns[at], numbers=numbers, masked=masked)
            self._set([*self.columns[:at], changed, *self.columns[at + 1 :]], at)

    def _move(self, step: int) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self.columns) and 0 <= at + step < len(self.columns):
            moved = list(self.columns)
            moved[at], moved[at + step] = moved[at + step], moved[at]
            self._set(moved, at + step)

    def _set(self, columns: Sequence[OwnColumn], at: int | None = None) -> None:
        here = self.table.currentRow() if at is None else at
        self.columns = tuple(columns)
        self._show()
        self.table.setCurrentCell(min(here, len(self.columns) - 1), 0)
        self.changed.emit()

    def _show(self) -> None:
        rows = []
        for at, one in enumerate(self.columns):
            known = one.word in self._known
            way = way_of(one, self._kind(one)) if known else "这里没有"
            rows.append(Row((f"{at + 1}　{one.heading}", way), at, "" if known else "bad"))
        self.table.fill(rows)

    def _kind(self, column: OwnColumn) -> Kind:
        return self._known[column.word].type.kind if column.word in self._known else Kind.TEXT
