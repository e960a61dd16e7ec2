"""① 谁: whose rows, what a row is, which programmes, and what they must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from clerk.own_conditions import condition_words
from clerk.own_lists import Condition, OwnList
from clerk.pinyin import readings
from clerk.sayable import sayable
from forms.roster import REGISTERED
from forms.schema import PROGRAMMES
from ui.intake.choices import JOIN, ChoiceEditor
from ui.intake.matching import Choice
from ui.own_lists.words import SOURCES, UNITS
from ui.policy.boxes import Sort, Spec
from ui.policy.table import PlainTable, Row
from ui.printing_desk.parts import label
from ui.tick import Tick

if TYPE_CHECKING:
    from forms.language.plan import Plan


class WhoCard(QFrame):
    """`changed` says that a list of other rows is asked for; `asked` that a condition is to be added or changed."""

    changed = Signal()
    asked = Signal(object)

    def __init__(self, plan: Callable[[], Plan], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._plan = plan
        self._conditions: tuple[Condition, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(label("① 谁", "heading", self))
        column.addLayout(self._whose())
        self.table = PlainTable(("条件", "要求（都要满足）"), (8, 0), self)
        self.table.setAccessibleName("条件")
        self.table.opened.connect(self._change)
        column.addWidget(self.table, 1)
        self.open_too = Tick("条件还不明的也列入", self)
        self.open_too.setChecked(True)
        self.open_too.toggled.connect(lambda _: None if self._quiet else self.changed.emit())
        column.addWidget(self.open_too)

    @property
    def unit(self) -> str:
        """What a row is."""
        return str(self.row.currentData())

    def show_list(self, own: OwnList) -> None:
        """Show what a list asks for."""
        self._quiet = True
        self.source.setCurrentIndex(self.source.findData(own.event))
        self._offer_rows()
        self.row.setCurrentIndex(max(self.row.findData(own.unit), 0))
        names = [
            self._plan().catalogue.programmes[id_].name
            for id_ in own.programmes
            if id_ in self._plan().catalogue.programmes
        ]
        self.programmes.show_text(JOIN.join(names))
        self.open_too.setChecked(own.open_too)
        self._conditions = own.conditions
        self._quiet = False
        self._show_conditions()

    def on(self, own: OwnList) -> OwnList:
        """The list with what is asked for here. Raises UserCanFix for a programme nobody knows."""
        event = str(self.source.currentData())
        programmes = () if event == REGISTERED else self._chosen()
        return replace(
            own,
            event=event,
            unit=self.unit,
            programmes=programmes,
            conditions=self._conditions,
            open_too=self.open_too.isChecked(),
        )

    def keep(self, condition: Condition) -> None:
        """A condition, in place of the one on the same thing."""
        others = [one for one in self._conditions if one.word != condition.word]
        self._conditions = (*others, condition)
        self._show_conditions()
        self.table.setCurrentCell(len(others), 0)
        self.changed.emit()

    def drop(self) -> None:
        """Take the condition under the hand away."""
        key = self.table.key()
        self._conditions = tuple(one for one in self._conditions if one.word != key)
        self._show_conditions()
        self.changed.emit()

    def _whose(self) -> QGridLayout:
        self._quiet = False
        self.source, self.row = QComboBox(self), QComboBox(self)
        for event, words in SOURCES.items():
            self.source.addItem(words, event)
        self._offer_rows()
        spec = Spec((PROGRAMMES,), "项目", Sort.PICKS)
        self.programmes = ChoiceEditor(spec, self._offered, readings, several=True, parent=self)
        self.programmes.setPlaceholderText("不选就是全部项目")
        self.programmes.typed.connect(lambda _: self.changed.emit())
        self.source.currentIndexChanged.connect(lambda _: self._other_source())
        self.row.currentIndexChanged.connect(lambda _: None if self._quiet else self.changed.emit())
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for word, widget in (("哪些人", self.source), ("每行", self.row), ("项目", self.programmes)):
            widget.setAccessibleName(word)
        grid.addWidget(QLabel("哪些人", self), 0, 0)
        grid.addWidget(self.source, 0, 1)
        grid.addWidget(self.row, 0, 2)
        grid.addWidget(QLabel("项目", self), 1, 0)
        grid.addWidget(self.programmes, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return grid

    def _offered(self) -> list[Choice]:
        return [Choice(one.name, one.name, one.number) for one in self._plan().catalogue.programmes.values()]

    def _offer_rows(self) -> None:
        """Everybody on file has applied for nothing here: a row is a person or a household."""
        before, quiet, self._quiet = self.row.currentData(), self._quiet, True
        self.row.clear()
        for at, (unit, words) in enumerate(UNITS.items()):
            if at or self.source.currentData() != REGISTERED:
                self.row.addItem(words, unit)
        self.row.setCurrentIndex(max(self.row.findData(before), 0))
        self._quiet = quiet

    def _other_source(self) -> None:
        self._offer_rows()
        self.programmes.setEnabled(self.source.currentData() != REGISTERED)
        if not self._quiet:
            self.changed.emit()

    def _chosen(self) -> tuple[str, ...]:
        from clerk.errors import UserCanFix

        by_name = {one.name: one.id for one in self._plan().catalogue.programmes.values()}
        words = [word for word in self.programmes.text().split(JOIN) if word]
        for word in words:
            if word not in by_name:
                raise UserCanFix(f"没有项目「{word}」，请打拼音首字母来选")
        return tuple(by_name[word] for word in words)

    def _change(self, key: object) -> None:
        self.asked.emit(next((one for one in self._conditions if one.word == key), None))

    def _show_conditions(self) -> None:
        labels = {one.word: one.label for one in sayable(self._plan(), self.unit)}
        rows = []
        for one in self._conditions:
            name = labels.get(one.word, one.word)
            rows.append(Row((name, condition_words(one, self._plan().catalogue, "").removeprefix("：")), one.word))
        self.table.fill(rows)
