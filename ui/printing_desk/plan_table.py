"""The papers of a plan as a list: a box to tick, the paper and for whom, copies, seal, number, how new, what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import theme
from ui.printing_desk.plan_model import Line, PlanModel
from ui.tick import BOX, draw_box

if TYPE_CHECKING:
    from printing.plan import Planned

HEADINGS = ("", "文书", "给谁", "份数", "文号", "与上次", "缺项")
LETTERS = (3, 0, 9, 6, 10, 4, 5)
_TONES = {"新": "accent", "有变": "wait", "未变": "quiet"}
_TICK = Qt.ItemDataRole.UserRole


class PlanTable(QTableWidget):
    """Space ticks, right and left unfold and fold, Enter looks at the paper."""

    ticked = Signal()
    walked = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(HEADINGS), parent)
        self.model_: PlanModel | None = None
        self.lines: list[Line] = []
        self.setHorizontalHeaderLabels(list(HEADINGS))
        self.setAccessibleName("要打印的文书")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(0, _TickDelegate(self))
        self.currentCellChanged.connect(lambda *_: self.walked.emit())
        self.doubleClicked.connect(lambda index: self._look() if index.column() else None)
        self.clicked.connect(lambda index: self._tick() if index.column() == 0 else None)

    def show_plan(self, model: PlanModel) -> None:
        """Show a plan; the hand stays on the same paper."""
        here = self.line()
        self.model_, self.lines = model, model.lines()
        numbers = model.numbers()
        letter = self.fontMetrics().horizontalAdvance("汉")
        for column, width in enumerate(LETTERS):
            if width:
                self.setColumnWidth(column, letter * width)
        self.blockSignals(True)
        self.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            self._fill(row, line, numbers)
            self.setRowHeight(row, self.fontMetrics().lineSpacing() + 10)
        place = next((at for at, line in enumerate(self.lines) if here and line.papers == here.papers), 0)
        if here and self.lines and self.lines[place].papers != here.papers:
            place = next((at for at, line in enumerate(self.lines) if here.first in line.papers), 0)
        self.setCurrentCell(place if self.lines else -1, 1)
        self.blockSignals(False)
        self.walked.emit()

    def line(self) -> Line | None:
        """The line under the hand."""
        at = self.currentRow()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space ticks, right and left unfold and fold, Enter looks."""
        line, key = self.line(), event.key()
        if key == Qt.Key.Key_Space:
            self._tick()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and line is not None and (line.folded or line.inner):
            self._unfold(line, key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _tick(self) -> None:
        line = self.line()
        if line is not None and self.model_ is not None:
            self.model_.tick(line.copies)
            self.show_plan(self.model_)
            self.ticked.emit()

    def _unfold(self, line: Line, wide: bool) -> None:
        assert self.model_ is not None
        self.model_.unfold(line.first.paper, wide)
        self.show_plan(self.model_)

    def _look(self) -> None:
        if (line := self.line()) is not None:
            self.opened.emit(line.copies)

    def _fill(self, row: int, line: Line, numbers: dict[tuple[str, str], str]) -> None:
        assert self.model_ is not None
        ticked = sum(copy in self.model_.ticked for copy in line.copies)
        one = line.first
        cells = (
            "",
            _name(line, self.model_.is_open(one.paper)),
            _whom(line),
            _copies(line),
            _number(line, numbers),
            _state(line),
            _lacks(line, self.model_),
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column == 0:
                item.setData(
                    _TICK,
                    Qt.CheckState.Checked
                    if ticked == len(line.papers)
                    else Qt.CheckState.PartiallyChecked
                    if ticked
                    else Qt.CheckState.Unchecked,
                )
                item.setData(Qt.ItemDataRole.AccessibleTextRole, "打印" if ticked else "不打印")
            elif not ticked:
                item.setForeground(theme.colour("quiet"))
            elif column == 5:
                item.setForeground(theme.colour(_TONES.get(text, "ink")))
            elif column == 6:
                item.setForeground(theme.colour("wait" if text.startswith("缺") else "quiet"))
            self.setItem(row, column, item)


class _TickDelegate(QStyledItemDelegate):
    """The box of the policy list; half filled when only some copies of a line are ticked."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background, then the box in the middle."""
        super().paint(painter, option, index)
        middle = option.rect.center()  # type: ignore[attr-defined]
        box = QRect(middle.x() - BOX // 2, middle.y() - BOX // 2, BOX, BOX)
        state = index.data(_TICK)
        draw_box(painter, box, state == Qt.CheckState.Checked)
        if state == Qt.CheckState.PartiallyChecked:
            painter.fillRect(box.adjusted(4, 4, -3, -3), theme.colour("accent"))


def _name(line: Line, unfolded: bool) -> str:
    if line.inner:
        return f"　　{line.first.name}"
    return f"{'－' if unfolded else '＋'} {line.first.name}" if line.folded else line.first.name


def _whom(line: Line) -> str:
    return f"{len(line.papers)} 件" if line.folded else line.first.whom or "全户"


def _copies(line: Line) -> str:
    return f"{line.first.copies}份 {line.first.sides}"


def _number(line: Line, numbers: dict[tuple[str, str], str]) -> str:
    said = [numbers[copy] for copy in line.copies if numbers.get(copy)]
    return said[0] if len(said) == 1 else f"{len(said)} 个号" if said else ""


def _state(line: Line) -> str:
    words = dict.fromkeys(one.state.value for one in line.papers)
    return next(iter(words)) if len(words) == 1 else "有变"


def _lacks(line: Line, model: PlanModel) -> str:
    lacking = [one for one in line.papers if one.gaps]
    if not lacking:
        return ""
    if all(one.copy in model.blanks for one in lacking):
        return "留空手填"
    return f"缺 {len(_gaps(lacking))} 项"


def _gaps(papers: list[Planned]) -> set[str]:
    return {name for one in papers for name in one.missing}
