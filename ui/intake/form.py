"""The form itself: a scrolling page of cards, one order for Enter and Tab, and one door for what was typed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.intake.card import Card
from ui.intake.desk import Desk, Spot
from ui.intake.editors import LineEditor
from ui.intake.field_row import FieldRow, Help
from ui.intake.pane import ListPane
from ui.intake.parts import Part
from ui.intake.rows import RowsEditor
from ui.intake.walk import next_input, takes_enter

PAUSE = 220
"""Milliseconds of rest after which what is being typed is believed without being complained about."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormPane(QScrollArea):
    """All parts of the single form."""

    said = Signal(str, str, str, str)
    left = Signal(str, str, str)
    asked_row = Signal(object, str)
    dropped_row = Signal(str, str)
    closed = Signal(str, bool)
    same_as_above = Signal(str, str, str)
    entered = Signal(str, str, str)
    scrolled_to = Signal(int)

    def __init__(self, desk: Desk, help_: Help, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._canvas = _Canvas(self)
        self.setWidget(self._canvas)
        column = QVBoxLayout(self._canvas)
        column.setContentsMargins(14, 10, 10, 24)
        column.setSpacing(12)
        self.cards: list[Card] = []
        for number, part in enumerate(desk.parts, 1):
            column.addWidget(self._card(number, part, help_))
        column.addStretch(1)
        self._waiting: tuple[str, str, str, str] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.verticalScrollBar().valueChanged.connect(self._say_where)

    def refresh(self) -> None:
        """Show rows, relevance, derived answers and complaints as the desk has them."""
        for card in self.cards:
            card.refresh()
        for row in self.field_rows():
            if row.wanted:
                self._show(row)
        for widget in self.inputs():
            if not widget.property("watched"):
                widget.setProperty("watched", True)
                widget.installEventFilter(self)

    def flush(self) -> None:
        """Say at once what is still resting."""
        self._pause.stop()
        waiting, self._waiting = self._waiting, None
        if waiting:
            self.said.emit(*waiting)

    def field_rows(self) -> Iterator[FieldRow]:
        """Every question that has widgets now."""
        for card in self.cards:
            yield from card.field_rows()

    def inputs(self) -> list[QWidget]:
        """Everything that takes answers, in reading order."""
        return [widget for card in self.cards for widget in card.inputs()]

    def editor_at(self, spot: Spot) -> QWidget | None:
        """The editor of a spot, turning its list to the right row first; None when it is not asked."""
        self._turn_to(spot)
        for row in self.field_rows():
            if (row.field.table, row.row, row.field.id) == (spot.table, spot.row, spot.field):
                return row.editor if row.wanted else None
        found = self.list_of(spot.table) if not spot.field else None
        return next(iter(found.tail())) if found is not None else None

    def go_to(self, spot: Spot) -> bool:
        """Put the hand on a spot; False when it cannot be seen."""
        editor = self.editor_at(spot)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.show_whole(editor)
        return editor is not None

    def go_to_part(self, index: int) -> None:
        """Put the hand on the first question of a card."""
        if index < len(self.cards):
            self._settle_layout()
            self.verticalScrollBar().setValue(max(0, self.cards[index].y() - 8))
            inputs = self.cards[index].first_inputs()
            if inputs:
                inputs[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, forward: bool, answers: bool = False) -> bool:
        """Go to the next or the previous input; False at the end. `answers` passes by buttons and what was derived."""
        self._settle_here()
        target, pane = next_input(self.inputs(), self.here(), forward, answers), self._pane_here() if answers else None
        if pane is not None and not (target is not None and pane.holds(target)):
            target = self._turn_page(pane, forward) or target
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        self.show_whole(target)
        return True

    def here(self) -> QWidget | None:
        """The input that has the focus."""
        widget = QApplication.focusWidget()
        return widget if widget is not None and self.isAncestorOf(widget) else None

    def row_here(self) -> FieldRow | None:
        """The question that has the focus."""
        here = self.here()
        return next((row for row in self.field_rows() if row.editor is here), None) if here else None

    def list_here(self) -> RowsEditor | ListPane | None:
        """The innermost list that has the focus."""
        widget = self.here()
        while widget is not None and widget is not self:
            if isinstance(widget, RowsEditor | ListPane):
                return widget
            widget = widget.parentWidget()
        return None

    def panes(self) -> list[ListPane]:
        """The long lists."""
        return [card.pane for card in self.cards if card.pane is not None]

    def list_of(self, table: str) -> RowsEditor | ListPane | None:
        """The widget of a list."""
        return next((found for card in self.cards if (found := card.list_of(table)) is not None), None)

    def show_whole(self, widget: QWidget) -> None:
        """Scroll so that the widget is seen with some air."""
        self.ensureWidgetVisible(widget, 0, 60)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter goes on, Shift+Enter goes back, `.` then Enter takes the answer of the row above."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            return self._enter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            return not self._undoes_itself(watched)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._arrived(watched)
        return False

    def _undoes_itself(self, watched: QObject) -> bool:
        """True while the line under the hand has typing of its own to take back; else Ctrl+Z is the desk's."""
        return isinstance(watched, LineEditor) and watched.being_typed and watched.isUndoAvailable()

    def _enter(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        row = next((row for row in self.field_rows() if row.editor is watched), None)
        if row is not None:
            if isinstance(row.editor, LineEditor) and row.editor.text() in (".", "。"):
                self._waiting = None
                self.same_as_above.emit(row.field.table, row.row, row.field.id)
        elif isinstance(watched, QPushButton):
            watched.click()
            return True
        self.step(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier, answers=True)
        return True

    def _settle_here(self) -> None:
        """Believe what stands under the hand first: the next question may depend on it."""
        row = self.row_here()
        if row is not None:
            row.editor.settle()
            self.refresh()

    def _pane_here(self) -> ListPane | None:
        here = self.here()
        return next((pane for pane in self.panes() if here is not None and pane.holds(here)), None)

    def _turn_page(self, pane: ListPane, forward: bool) -> QWidget | None:
        """From the last question of a member to the first of the next one, and back."""
        other = pane.neighbour(1 if forward else -1)
        if not other:
            return None
        pane.turn_to(other)
        self.refresh()
        inputs = [widget for widget in pane.inputs() if takes_enter(widget) and pane.holds(widget)]
        return inputs[0 if forward else -1] if inputs else None

    def _arrived(self, widget: QWidget) -> None:
        self.show_whole(widget)
        row = next((row for row in self.field_rows() if row.editor is widget), None)
        if row is not None:
            self.entered.emit(row.field.table, row.row, row.field.id)

    def _card(self, number: int, part: Part, help_: Help) -> Card:
        card = Card(number, part, self._desk, help_, self._canvas)
        card.typed.connect(self._typed)
        card.left.connect(self._left)
        card.asked_row.connect(self.asked_row)
        card.dropped_row.connect(self.dropped_row)
        card.closed.connect(self.closed)
        card.turned.connect(self.refresh)
        self.cards.append(card)
        return card

    def _show(self, row: FieldRow) -> None:
        spot = Spot(row.field.table, row.row, row.field.id)
        if not row.editor.hasFocus() or not row.editor.being_typed:
            row.editor.show_text(self._desk.text(spot))
        row.show_derived(self._desk.derived(spot))
        complaint = self._desk.complaint(spot)
        if not row.editor.hasFocus():
            row.complain(complaint.message if complaint else "", complaint.hard if complaint else True)

    def _typed(self, table: str, row: str, field: str, text: str) -> None:
        if self._waiting and self._waiting[:3] != (table, row, field):
            self.flush()
        self._waiting = (table, row, field, text)
        self._pause.start()

    def _left(self, table: str, row: str, field: str) -> None:
        self.flush()
        self.left.emit(table, row, field)

    def _turn_to(self, spot: Spot) -> None:
        for pane in self.panes():
            tables = {pane.part.table.id, *(child.table.id for child in pane.part.children)}
            if spot.table in tables and spot.row:
                pane.turn_to(spot.row if spot.table == pane.part.table.id else self._desk.owner(spot.table, spot.row))

    def refit(self) -> None:
        """Measure everything again at another text size."""
        for pane in self.panes():
            pane.refit()
        self.refresh()

    def to_top(self) -> None:
        """Show the page from its beginning, once everything has its place."""
        self._settle_layout()
        self.verticalScrollBar().setValue(0)
        self._say_where()

    def _settle_layout(self) -> None:
        layout = self._canvas.layout()
        if layout is not None:
            layout.activate()

    def _say_where(self) -> None:
        top = self.verticalScrollBar().value() + 40
        passed = [index for index, card in enumerate(self.cards) if card.y() <= top]
        self.scrolled_to.emit(passed[-1] if passed else 0)


class _Canvas(QWidget):
    """The page inside the scroll area: Tab keeps the form's own order here."""

    def __init__(self, form: FormPane) -> None:
        super().__init__(form)
        self.setObjectName("canvas")
        self._form = form

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab walks the form's order, and leaves the form at its ends."""
        return self._form.step(forward) or super().focusNextPrevChild(forward)
