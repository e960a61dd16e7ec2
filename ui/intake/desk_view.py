"""The desk as one sees it: strip and form in the middle, the policy list at the right, reasons over the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.choices import choosable
from clerk.screening import Standing
from ui.intake.desk import Spot
from ui.intake.field_row import Help
from ui.intake.form import FormPane
from ui.intake.strip import PartStrip
from ui.offers.how_far import HowFar
from ui.offers.lines import Line, lines
from ui.offers.panel import OffersPanel
from ui.offers.reasons import reasons
from ui.sheet import TextSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clerk.screening import Offer, Screening
    from forms.language.results import Question
    from forms.schema import Field
    from ui.intake.controller import IntakeController
    from ui.intake.matching import Choice, Readings

NARROW = 62
"""Letters of window width below which the policy list takes less room."""


class DeskView(QWidget):
    """One household at the desk."""

    asked_check = Signal()
    asked_choice = Signal(object)
    noted = Signal(str)
    screened = Signal()

    def __init__(self, desk: IntakeController, readings: Readings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.screening: Screening | None = None
        self._last: Spot | None = None
        self._refused: set[tuple[str, str]] = set()
        self._folded = frozenset({Standing.NO})
        self._build(Help(self._offered, readings))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.refresh)
        self.far = HowFar(self)
        self.far.found.connect(self._found_far)
        desk.on_changed = self._changed
        self.refresh()

    def refresh(self) -> None:
        """Bring form, list and next question up to date with the desk."""
        self._later.stop()
        self.form.refresh()
        self.screening = self.desk.screening()
        self._show_lines()
        question = self._question()
        self.panel.show_question(self.desk.ask(question.missing) if question else "", question.matters if question else 0)
        if self.reasons.isVisible():
            self.show_reasons(self.panel.view.line(), take_hand=False)
        self.screened.emit()

    def chosen(self) -> list[Offer]:
        """The offers to file: all that can be applied for, except those the clerk took away."""
        offers = self.screening.offers if self.screening else ()
        return [offer for offer in offers if offer.standing is Standing.OPEN and self.is_chosen(offer)]

    def is_chosen(self, offer: Offer) -> bool:
        """True unless the clerk took it away."""
        return (offer.programme, offer.row) not in self._refused

    @property
    def refused(self) -> frozenset[tuple[str, str]]:
        """The offers, by programme and row, that the clerk took away."""
        return frozenset(self._refused)

    def toggle(self, keys: Iterable[tuple[str, str]]) -> None:
        """Take some offers, by programme and row, away or back."""
        self._refused ^= set(keys)
        self._show_lines()

    def pick(self, line: Line) -> None:
        """Space: take an offer away or back; fold or unfold a group."""
        if line.heading:
            self._folded ^= {line.standing}
        elif line.chosen is not None:
            self._refused ^= {(offer.programme, offer.row) for offer in line.offers}
        elif choosable(line.offers[0]):
            self.asked_choice.emit(line.offers[0])
        else:
            self.noted.emit(f"「{line.title}」现在不能申请：{line.word}")
        self._show_lines()

    def open(self, line: Line) -> None:
        """Enter: the reasons; on a heading, fold or unfold."""
        if line.heading:
            self.pick(line)
        else:
            self.show_reasons(line, take_hand=False)

    def show_reasons(self, line: Line | None, take_hand: bool) -> None:
        """Show the reasons of a line over the form."""
        if line is None or line.heading:
            return
        room = self.form.geometry()
        width = min(room.width() - 24, self.fontMetrics().horizontalAdvance("汉") * 40)
        corner = QPoint(room.right() - width - 6, room.top() + 8)
        small = max(self.font().pointSize() - 2, 9)
        self.reasons.rename(f"{line.sign} {line.word}　{line.title}")
        self.reasons.read(reasons(line.offers, self.desk, small) + self.far.words(line.offers), corner, QSize(width, room.height() - 16), take_hand)

    def how_far(self) -> None:
        """Ctrl+D: what one answer would have to be for the line under the hand to come out otherwise."""
        line = self.panel.view.line()
        if line is None or line.heading or not self.far.ask(line.offers, self.desk):
            self.noted.emit("先到政策清单（F11）选一项不符或待补的，再看差多少")
        elif not self.reasons.isVisible():
            self.show_reasons(line, take_hand=False)

    def go_to_question(self) -> None:
        """F8: the next complaint, or the next question."""
        self.form.flush()
        self.refresh()
        complaint = self._next_complaint()
        question = self._question()
        spot = complaint or (self.desk.spot_of(question.missing) if question else None) or next(iter(self.desk.missing()), None)
        if spot is None:
            self.noted.emit("没有待问的问题，按 F12 核对并提交")
        else:
            self.go_to(spot)

    def go_to(self, spot: Spot) -> None:
        """Put the hand on a spot, asking it even where it is not known to matter."""
        if spot.field:
            self.desk.show(spot)
            self.form.refresh()
        if not self.form.go_to(spot):
            self.noted.emit("这一项由系统填写，不在表单上")

    def take_list(self) -> None:
        """Put the hand into the policy list."""
        view, row = self.panel.view, self.form.row_here()
        self._last = Spot(row.field.table, row.row, row.field.id) if row is not None else self._last
        if not view.currentIndex().isValid():
            view.setCurrentIndex(self.panel.model.index(1 if len(self.panel.model.lines) > 1 else 0))
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the reasons; from the list it goes back to the form."""
        if event.key() == Qt.Key.Key_Escape and self.reasons.isVisible():
            self.reasons.close_sheet()
        elif event.key() == Qt.Key.Key_Escape and self.panel.view.hasFocus():
            self.back_to_form()
        else:
            super().keyPressEvent(event)

    def back_to_form(self) -> None:
        """The hand goes back to the question it came from."""
        if self._last is None or not self.form.go_to(self._last):
            self.form.go_to_part(0)

    def refit(self) -> None:
        """Measure everything again at another text size."""
        self.form.refit()
        self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow window gives the form more of it."""
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        letter = self.fontMetrics().horizontalAdvance("汉")
        self.panel.setFixedWidth(letter * (19 if self.width() > letter * NARROW else 15))

    def _build(self, help_: Help) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self.strip = PartStrip(self.desk.parts, self)
        self.form = FormPane(self.desk, help_, self)
        middle.addWidget(self.strip)
        middle.addWidget(self.form, 1)
        line.addLayout(middle, 1)
        self.panel = OffersPanel(self)
        line.addWidget(self.panel)
        self.reasons = TextSheet("理由", self)
        self.strip.chosen.connect(self.form.go_to_part)
        self.form.scrolled_to.connect(self.strip.light)
        self.form.said.connect(self._said)
        self.form.left.connect(self._left)
        self.form.same_as_above.connect(self._same)
        self.form.dropped_row.connect(self.desk.remove_row)
        self.form.closed.connect(self.desk.close)
        self.form.asked_row.connect(self.add_row)
        self.panel.asked_question.connect(self.go_to_question)
        self.panel.opened.connect(self.open)
        self.panel.picked.connect(self.pick)
        self.panel.walked.connect(self._walked)
        self.panel.asked_check.connect(self.asked_check)
        self.strip.light(0)

    def add_row(self, part: object, owner: str) -> None:
        """F3: another row, with the hand in its first question."""
        from ui.intake.parts import ListPart

        if isinstance(part, ListPart):
            self.form.flush()
            row = self.desk.add_row(part, owner)
            self.refresh()
            first = next((field for field in part.fields if self.desk.asked(field, row)), part.fields[0])
            self.go_to(Spot(part.table.id, row, first.id))

    def _offered(self, field: Field) -> Callable[[], Sequence[Choice]] | None:
        if self.desk.choices(field) is None:
            return None

        def now() -> list[Choice]:
            return list(self.desk.choices(field) or ())

        return now

    def _said(self, table: str, row: str, field: str, text: str) -> None:
        self.desk.type(Spot(table, row, field), text)

    def _same(self, table: str, row: str, field: str) -> None:
        spot = Spot(table, row, field)
        self.desk.same_as_above(spot)
        for question in self.form.field_rows():
            if (question.field.table, question.row, question.field.id) == (table, row, field):
                question.editor.show_text(self.desk.text(spot))

    def _left(self, table: str, row: str, field: str) -> None:
        for question in self.form.field_rows():
            if (question.field.table, question.row, question.field.id) == (table, row, field):
                complaint = self.desk.complaint(Spot(table, row, field))
                question.complain(complaint.message if complaint else "", complaint.hard if complaint else True)

    def _walked(self, line: Line | None) -> None:
        if self.reasons.isVisible():
            self.show_reasons(line, take_hand=False)

    def _changed(self) -> None:
        self.far.forget()
        self._later.start()

    def _found_far(self) -> None:
        if self.reasons.isVisible():
            self.show_reasons(self.panel.view.line(), take_hand=False)
            bar = self.reasons.text.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _question(self) -> Question | None:
        return next(iter(self.screening.questions), None) if self.screening else None

    def _next_complaint(self) -> Spot | None:
        here = self.form.row_here()
        spots = [complaint.spot for complaint in self.desk.complaints() if complaint.hard]
        if here is not None:
            at = Spot(here.field.table, here.row, here.field.id)
            spots = [spot for spot in spots if spot != at] or spots
        return spots[0] if spots else None

    def _show_lines(self) -> None:
        if self.screening is not None:
            shown = lines(self.screening, self.desk, self.is_chosen, self._folded)
            self.panel.show_lines(shown, len(self.chosen()))
