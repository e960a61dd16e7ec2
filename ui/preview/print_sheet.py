"""Choosing a printer: a sheet over the preview, and what became of the job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QSpinBox, QWidget

from ui.sheet import Sheet

if TYPE_CHECKING:
    from printing.printers import Sides

WATCH = 2000
_LOOKS = 15


class PrintSheet(Sheet):
    """Printer, copies, sides; then the queue is asked until the job is gone."""

    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("打印", parent)
        form = QFormLayout()
        self.printer = QComboBox(self)
        self.copies = QSpinBox(self)
        self.copies.setRange(1, 20)
        self.sides = QComboBox(self)
        for label, widget in (("打印机", self.printer), ("份数", self.copies), ("单双面", self.sides)):
            widget.setAccessibleName(label)
            widget.installEventFilter(self)
            form.addRow(label, widget)
        self.column.addLayout(form)
        self.go = QPushButton("打印", self)
        self.go.setProperty("role", "main")
        self.go.clicked.connect(self._print)
        self.go.installEventFilter(self)
        self.column.addWidget(self.go)
        self._pdf, self._title_of_job, self._job, self._looks = b"", "", "", 0
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH)
        self._watch.timeout.connect(self._look)

    def offer(self, pdf: bytes, case_number: str) -> None:
        """Ask where and how to print."""
        from clerk.errors import UserCanFix
        from printing.cups import Cups
        from printing.printers import Sides

        try:
            found = Cups().printers()
        except UserCanFix as fault:
            self.said.emit(fault.message)
            return
        if not found:
            self.said.emit("没有找到打印机，可以先「另存为 PDF」")
            return
        self._pdf, self._title_of_job = pdf, case_number
        self.printer.clear()
        for one in found:
            self.printer.addItem(f"{one.name}　{one.state.value}", one.name)
            if one.default:
                self.printer.setCurrentIndex(self.printer.count() - 1)
        self.sides.clear()
        words: dict[Sides, str] = {Sides.LONG_EDGE: "双面（长边翻页）", Sides.ONE: "单面", Sides.SHORT_EDGE: "双面（短边翻页）"}
        for side, word in words.items():
            self.sides.addItem(word, side)
        parent = self.parentWidget()
        width = parent.width() if parent else 600
        self.open_at(QPoint(max(0, (width - 460) // 2), 60), QSize(min(460, width - 20), self.sizeHint().height()))
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        from printing.cups import Cups
        from printing.printers import Order

        order = Order(self.copies.value(), self.sides.currentData())
        self._job = Cups().send(self._pdf, self._title_of_job, str(self.printer.currentData()), order)
        self.close_sheet()
        self.said.emit("已交给打印机")
        self._looks = 0
        self._watch.start()

    def _look(self) -> None:
        from printing.cups import Cups

        way = Cups()
        progress = way.follow([self._job])[self._job]
        self._looks += 1
        self.said.emit(f"打印：{progress.words}")
        if progress.over:
            way.forget(self._job)
        if progress.over or self._looks >= _LOOKS:
            self._watch.stop()
