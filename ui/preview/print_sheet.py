"""Printing what is not handed out (lists to take home): a sheet over the preview, and what became of the job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QSpinBox, QWidget

from ui.printing_desk.printer_bar import NOBODY, PrinterBar
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.papers import PaperMaker

WIDE = 620
_UNFILED = "leaflets"
"""What a job is called that belongs to no case: names and words never stand on a panel."""


class PrintSheet(Sheet):
    """Printer, tray, copies, sides; the spooler says what becomes of it."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__("打印", parent)
        self._papers = papers
        self.where = PrinterBar(papers, self)
        self.where.said.connect(self.said)
        form = QFormLayout()
        self.copies = QSpinBox(self)
        self.copies.setRange(1, 20)
        self.sides = QComboBox(self)
        self.column.addWidget(self.where)
        asked: tuple[tuple[str, QWidget], ...] = (("份数", self.copies), ("单双面", self.sides))
        for label, box in asked:
            box.setAccessibleName(label)
            form.addRow(label, box)
        self.column.addLayout(form)
        self.go = QPushButton("打印", self)
        self.go.setProperty("role", "main")
        self.go.clicked.connect(self._print)
        self.column.addWidget(self.go)
        for widget in (self.where.printer, self.where.tray, self.copies, self.sides, self.go):
            widget.installEventFilter(self)
        self._pdf, self._title_of_job = b"", ""

    def offer(self, pdf: bytes, case_number: str) -> None:
        """Ask where and how to print."""
        from printing.printers import Sides

        self._pdf, self._title_of_job = pdf, _job_title(case_number)
        self.sides.clear()
        for side, word in (
            (Sides.LONG_EDGE, "双面（长边翻页）"),
            (Sides.ONE, "单面"),
            (Sides.SHORT_EDGE, "双面（短边翻页）"),
        ):
            self.sides.addItem(word, side)
        parent = self.parentWidget()
        width = parent.width() if parent else WIDE
        self.open_at(QPoint(max(0, (width - WIDE) // 2), 60), QSize(min(WIDE, width - 20), self.sizeHint().height()))
        self.where.look()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        choice = self.where.choice()
        if choice is None:
            self.said.emit(f"{NOBODY}；也可以先「另存为 PDF」")
            return
        chosen = replace(choice, copies=self.copies.value(), sides=self.sides.currentData())
        self.close_sheet()
        self._papers.spooler.print_preview(self._pdf, self._title_of_job, chosen).tell(lambda _: None, self._complain)

    def _complain(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.said.emit(message)


def _job_title(name: str) -> str:
    """The case number that a file's name begins with."""
    first = name.split()[0] if name.split() else ""
    return first if first.isascii() and first else _UNFILED
