"""A way to printers for machines whose print service takes no PDF: page images at 600 dpi, drawn by Qt's own printing.

This is the Windows way. Its drawing is tried on Qt's PDF output; what a Windows queue makes of it could not be tried
where this was written. Qt is told nothing of dead printers, so a job's end is when Qt has handed all pages over; what
happens afterwards is asked of the queue where Qt knows it, and said to be unknown where not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clerk.errors import UserCanFix
from printing.preview import page_count, render
from printing.printers import Features, Option, Order, Printer, Progress, Sides, Stage, State

DPI = 600
_POINTS = 72
_STATES = {QPrinter.PrinterState.Idle: State.IDLE, QPrinter.PrinterState.Active: State.PRINTING}
_DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
}
_STOCK = {"A3": QPageSize.PageSizeId.A3, "A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}
_HANDED = Progress(Stage.UNKNOWN, "已交给打印队列；本机的打印服务不报告结果，请看打印机是否已经出纸。")
_LOST = Progress(Stage.WAITING, "打印机没有应答，请检查电源、网线和打印队列；任务留在打印队列里。")


class ImageWay:
    """See `Way`. `file` prints into a PDF file instead of a printer, for trying the drawing out."""

    def __init__(self, file: str = "", dpi: int = DPI) -> None:
        self._file, self._dpi = file, dpi
        self._jobs: dict[str, str] = {}

    def printers(self) -> tuple[Printer, ...]:
        """The printers that Qt knows."""
        found = []
        for one in QPrinterInfo.availablePrinters():
            state = _STATES.get(one.state(), State.STOPPED)
            reason = "队列报告出错或已停用" if state is State.STOPPED else ""
            found.append(Printer(one.printerName(), state, one.isDefault(), reason))
        return tuple(found)

    def features(self, printer: str) -> Features:
        """Sizes and sides; Qt does not tell trays by name."""
        info = QPrinterInfo.printerInfo(printer)
        sizes = {size.id() for size in info.supportedPageSizes()}
        sides = tuple(side for side, mode in _DUPLEX.items() if mode in info.supportedDuplexModes())
        return Features(media=tuple(Option(name, name) for name, id_ in _STOCK.items() if id_ in sizes), sides=sides)

    def send(self, pdf: bytes, title: str, printer: str, order: Order) -> str:
        """Draw every page on white, at actual size; the job's id is our own."""
        machine = self._machine(title, printer, order)
        painter = QPainter()
        if not painter.begin(machine):
            raise UserCanFix(f"打印机「{printer}」没有接收：打不开打印队列，请检查打印机是否已连接")
        try:
            for page in range(page_count(pdf)):
                if page and not machine.newPage():
                    raise UserCanFix(f"打印机「{printer}」在第 {page + 1} 页停下了，请检查打印机后重新打印")
                self._draw(painter, machine, pdf, page)
        finally:
            painter.end()
        if machine.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise UserCanFix(f"打印机「{printer}」报告出错，请检查后重新打印")
        job = f"{printer}-{len(self._jobs) + 1}"
        self._jobs[job] = printer
        return job

    def follow(self, jobs: Sequence[str]) -> Mapping[str, Progress]:
        """What the queues say; a job itself cannot be asked about."""
        stopped = {one.name for one in self.printers() if one.state is State.STOPPED}
        return {job: _LOST if self._jobs.get(job) in stopped else _HANDED for job in jobs}

    def cancel(self, job: str) -> None:
        """Not possible once Qt has handed the pages over."""
        raise UserCanFix("本机的打印任务要在系统的打印队列里取消")

    def forget(self, job: str) -> bool:
        """The system's spooler removes its files itself; nothing can be asked of it."""
        return True

    def _machine(self, title: str, printer: str, order: Order) -> QPrinter:
        machine = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._file:
            machine.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            machine.setOutputFileName(self._file)
        else:
            machine.setPrinterName(printer)
        machine.setDocName(title)
        machine.setResolution(self._dpi)
        machine.setFullPage(True)
        machine.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        machine.setPageSize(QPageSize(_STOCK[order.medium]))
        machine.setCopyCount(order.copies)
        machine.setCollateCopies(True)
        machine.setDuplex(_DUPLEX[order.sides])
        return machine

    def _draw(self, painter: QPainter, machine: QPrinter, pdf: bytes, page: int) -> None:
        """One page; a wide one is turned, since the sheet stays upright."""
        picture = render(pdf, page, self._dpi / _POINTS)
        image = QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBX8888)
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        sheet = machine.pageLayout().fullRectPixels(self._dpi)
        painter.save()
        if picture.width > picture.height:
            painter.translate(sheet.width(), 0)
            painter.rotate(90)
        painter.drawImage(QRectF(0, 0, picture.width, picture.height), image)
        painter.restore()
