"""The check page: what is wrong, what is missing, which lists are open, and what will be filed. Enter on a line goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.intake.editors import set_flag
from ui.tick import Tick

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from clerk.screening import Offer
    from ui.intake.controller import IntakeController

SPOT = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """Lines to mend; Enter goes to the place."""

    went = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes there."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.went.emit(item.data(SPOT))
        else:
            super().keyPressEvent(event)


class CheckPage(QWidget):
    """Before filing."""

    went = Signal(object)
    submitted = Signal()
    closed_list = Signal(str, bool)
    put_off_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        self._title = _label("核对并提交", "title", self)
        self._summary = _label("", "quiet", self)
        column.addWidget(self._title)
        column.addWidget(self._summary)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(self._left_card(), 1)
        columns.addWidget(self._right_card(), 1)
        column.addLayout(columns, 1)
        column.addLayout(self._foot())
        self._blocked = self._chosen_count = 0

    def show_state(self, desk: IntakeController, chosen: Sequence[Offer], correction: CaseRecord | None) -> None:
        """Show one household's state."""
        blockers, complaints = desk.blockers(), desk.complaints()
        missing = desk.missing()
        self._blocked, self._chosen_count = len(blockers), len(chosen)
        self.lines.clear()
        for one in blockers:
            self._add_line(f"× {desk.place(one.spot)}：{one.message}", one.spot)
        for one in complaints:
            if not one.hard and not one.reason:
                self._add_line(f"！ {desk.place(one.spot)}：{one.message}", one.spot)
        self.put_off.setVisible(bool(missing))
        self.put_off.setText(f"其余 {len(missing)} 项先记为暂缺  F5")
        self._nothing.setVisible(self.lines.count() == 0)
        self.lines.setVisible(self.lines.count() > 0)
        self.lines.setCurrentRow(0)
        self._show_lists(desk)
        self._show_chosen(desk, chosen)
        self._summary.setText(_summary(self._blocked, len(missing), len(chosen)))
        self.button.setText(f"{'保留更正并' if correction else ''}提交 {len(chosen)} 项申请  F12")
        self.button.setEnabled(not self._blocked and bool(chosen))

    def take_hand(self) -> None:
        """Put the hand where it is needed: on what is wrong, else on the button."""
        if self._blocked:
            self.lines.setFocus()
        elif self._chosen_count:
            self.button.setFocus()

    def submit(self) -> None:
        """File, when nothing stands in the way."""
        if not self._blocked and self._chosen_count:
            self.submitted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back; Enter on the button files."""
        if event.key() == Qt.Key.Key_Escape:
            self.went.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.hasFocus():
            self.submit()
        else:
            super().keyPressEvent(event)

    def _left_card(self) -> QFrame:
        card = _card(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(_label("要看一眼的", "heading", card))
        self._nothing = _label("没有问题，也没有漏填的必填项。", "yes", card)
        column.addWidget(self._nothing)
        self.lines = CheckList(card)
        self.lines.setAccessibleName("要看一眼的")
        self.lines.setWordWrap(True)
        self.lines.went.connect(self.went)
        self.lines.itemDoubleClicked.connect(lambda item: self.went.emit(item.data(SPOT)))
        column.addWidget(self.lines, 1)
        self.put_off = QPushButton("", card)
        self.put_off.setToolTip("写上「暂缺」：先提交，以后再补")
        self.put_off.clicked.connect(self.put_off_asked)
        column.addWidget(self.put_off)
        column.addStretch(0)
        return card

    def _right_card(self) -> QFrame:
        card = _card(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(_label("将要提交的申请", "heading", card))
        area = QScrollArea(card)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chosen = QLabel("", area)
        self._chosen.setTextFormat(Qt.TextFormat.RichText)
        self._chosen.setWordWrap(True)
        self._chosen.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._chosen.setAccessibleName("将要提交的申请")
        area.setWidget(self._chosen)
        column.addWidget(area, 1)
        column.addWidget(_label("在政策清单上用空格选或不选。筛查只是建议，由经办人决定。", "quiet", card))
        self._lists_title = _label("还没确认录齐的清单", "heading", card)
        column.addWidget(self._lists_title)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(1)
        column.addLayout(self._lists)
        return card

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        back = QPushButton("返回修改  Esc", self)
        back.clicked.connect(lambda: self.went.emit(None))
        self.button = QPushButton("提交  F12", self)
        self.button.setProperty("role", "main")
        self.button.clicked.connect(self.submit)
        line.addWidget(back)
        line.addStretch(1)
        line.addWidget(self.button)
        return line

    def _add_line(self, text: str, spot: object) -> None:
        item = QListWidgetItem(text, self.lines)
        item.setData(SPOT, spot)

    def _show_lists(self, desk: IntakeController) -> None:
        while self._lists.count():
            item = self._lists.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        still = desk.open_lists()
        self._lists_title.setVisible(bool(still))
        for table in still:
            tick = Tick(desk.catalogue.tables[table].closing, self)
            tick.setObjectName(f"录齐.{table}")
            tick.setAccessibleName(tick.text())
            tick.clicked.connect(lambda done, table=table: self.closed_list.emit(table, done))
            self._lists.addWidget(tick)

    def _show_chosen(self, desk: IntakeController, chosen: Sequence[Offer]) -> None:
        from ui.offers.lines import amount_words

        rows = []
        for offer in chosen:
            programme = desk.catalogue.programmes[offer.programme]
            amount = amount_words(offer.judgement.amounts)
            rows.append(
                f'<p style="margin:6px 0"><b>{programme.name}</b>　{desk.subject(offer)}'
                f'<br><span style="color:#566570">{programme.department}{"　" + amount if amount else ""}</span></p>'
            )
        self._chosen.setText("".join(rows) or '<p style="color:#566570">没有选中的申请。回到政策清单，用空格选。</p>')


def _summary(blocked: int, missing: int, chosen: int) -> str:
    said = [f"{blocked} 处必须先改" if blocked else "没有必须先改的", f"{missing} 项必填还空着" if missing else "必填项齐全", f"选中 {chosen} 项申请"]
    return "　·　".join(said)


def _card(parent: QWidget) -> QFrame:
    card = QFrame(parent)
    card.setObjectName("card")
    return card


def _label(text: str, tone: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    set_flag(label, "tone", tone)
    return label
