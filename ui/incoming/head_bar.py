"""Where the headings of a sheet stand: which sheet of the workbook, from which row, how many rows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSpinBox, QWidget

from ui.incoming.acts import Spot
from ui.printing_desk.parts import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.incoming.acts import Opened

_DEEPEST = 3


class HeadBar(QFrame):
    """`pointed` says where the clerk wants them read."""

    pointed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        self.sheet = QComboBox(self)
        self.sheet.setAccessibleName("工作表")
        self.sheet.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 14)
        self.top, self.deep = self._number("标题从第几行起"), self._number("标题共几行")
        self.deep.setRange(1, _DEEPEST)
        for part in (
            label("工作表", "quiet", self),
            self.sheet,
            label("标题从第", "quiet", self),
            self.top,
            label("行起，共", "quiet", self),
            self.deep,
            label("行", "quiet", self),
        ):
            if isinstance(part, QLabel):
                part.setWordWrap(False)
            line.addWidget(part)
        line.addStretch(1)
        self.sheet.currentIndexChanged.connect(lambda _: self._other_sheet())
        self.top.valueChanged.connect(lambda _: self._point())
        self.deep.valueChanged.connect(lambda _: self._point())

    def show_file(self, opened: Opened) -> None:
        """Show what was read from where."""
        matched, spot = opened.matched, opened.spot
        rows = {sheet.name: len(sheet.rows) for sheet in opened.book.sheets if not sheet.hidden}
        depth = spot.depth if spot else matched.first - matched.head.top
        self.show_spot(rows, Spot(matched.sheet.name, matched.head.top, depth), opened.path.name)

    def show_spot(self, rows: Mapping[str, int], spot: Spot, name: str) -> None:
        """Show the sheets of a file with how many rows each has, and where its headings were read; `name` is the file's."""
        with QSignalBlocker(self.sheet), QSignalBlocker(self.top), QSignalBlocker(self.deep):
            self.sheet.clear()
            self._rows = dict(rows)
            for sheet in self._rows:
                self.sheet.addItem(sheet or name, sheet)
            self.sheet.setCurrentIndex(self.sheet.findData(spot.sheet))
            self.sheet.setEnabled(len(self._rows) > 1)
            self.top.setRange(1, max(self._rows.get(spot.sheet, 1), 1))
            self.top.setValue(spot.top + 1)
            self.deep.setValue(min(spot.depth, _DEEPEST))

    def take_hand(self) -> None:
        """The hand goes to the sheets, or to the row where there is only one."""
        (self.sheet if self.sheet.isEnabled() else self.top).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _number(self, name: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setAccessibleName(name)
        box.setKeyboardTracking(False)
        box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        box.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 8)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return box

    def _other_sheet(self) -> None:
        with QSignalBlocker(self.top), QSignalBlocker(self.deep):
            self.top.setRange(1, max(self._rows.get(self.sheet.currentData(), 1), 1))
            self.top.setValue(1)
            self.deep.setValue(1)
        self._point()

    def _point(self) -> None:
        self.pointed.emit(Spot(self.sheet.currentData(), self.top.value() - 1, self.deep.value()))
