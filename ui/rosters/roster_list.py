"""Rosters with a tick each; up and down walk, and whoever listens hears where the hand is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from forms.roster import Roster


class RosterList(QScrollArea):
    """`moved` names the roster the hand came to."""

    moved = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame(self)
        card.setObjectName("card")
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(1)
        self.ticks: dict[str, Tick] = {}
        self._at = ""
        self.setWidget(card)

    def fill(self, rosters: Sequence[Roster]) -> None:
        """A tick for each roster."""
        for roster in rosters:
            tick = Tick(roster.name, self)
            tick.setToolTip(f"报{roster.department}")
            tick.setObjectName(roster.id)
            tick.setAccessibleName(roster.name)
            tick.installEventFilter(self)
            self.ticks[roster.id] = tick
            self._column.addWidget(tick)
        self._column.addStretch(1)

    def only(self, wanted: Container[str]) -> None:
        """Show some and no others; what is not shown is not ticked."""
        for name, tick in self.ticks.items():
            tick.setVisible(name in wanted)
            tick.setChecked(tick.isChecked() and name in wanted)

    def tick_only(self, wanted: Container[str]) -> None:
        """Tick some and no others."""
        for name, tick in self.ticks.items():
            tick.setChecked(name in wanted)

    def ticked(self) -> tuple[str, ...]:
        """The ids of those ticked."""
        return tuple(name for name, tick in self.ticks.items() if tick.isChecked())

    def at(self) -> str:
        """The roster the hand was on last, else the first one ticked; empty when there is none."""
        here = self.ticks.get(self._at)
        return self._at if here and not here.isHidden() else next(iter(self.ticked()), "")

    def take_hand(self) -> None:
        """The hand goes to the roster it was on."""
        name = self.at()
        if name:
            self.ticks[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The hand came to a roster: it is brought into sight, and told."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Tick):
            self._at = watched.objectName()
            self.ensureWidgetVisible(watched, 0, 40)
            self.moved.emit(self._at)
        return super().eventFilter(watched, event)
