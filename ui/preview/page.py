"""The packet on the screen: contents at the left, pages at the right, zoom, print, save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import keys
from ui.intake.editors import set_flag
from ui.preview.print_sheet import PrintSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from clerk.records import CaseRecord
    from printing.packet import Packet
    from ui.papers import Job, PaperMaker

ZOOMS = (0.7, 0.85, 1.0, 1.2, 1.45, 1.75, 2.1, 2.6)
_PIXELS = 1.25


class PreviewPage(QWidget):
    """The papers of one case."""

    closed = Signal()
    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._papers = papers
        self.pdf = b""
        self.case_number = ""
        self._zoom = 2
        self._page = 0
        self._pages = 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 10)
        outer.setSpacing(8)
        outer.addLayout(self._head())
        self._busy = QProgressBar(self)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName("正在制作文书")
        outer.addWidget(self._busy)
        outer.addLayout(self._middle(), 1)
        self._printing = PrintSheet(self)
        self._printing.said.connect(self.said)
        keys.bind_inside("Ctrl+P", self, self.print)
        for sequence, act in (("PgDown", self.next_page), ("PgUp", self.previous_page), ("+", self.zoom_in), ("=", self.zoom_in), ("-", self.zoom_out), ("Esc", self.leave)):
            keys.bind_inside(sequence, self, act)

    def show_packet(self, record: CaseRecord) -> None:
        """Let the packet of a case be made, and show it when it is."""
        self.show_job(self._papers.packet(record.case_number), record.case_number, f"{record.case_number} 的文书")

    def show_job(self, job: Job, name: str, title: str) -> None:
        """Show what a job makes when it is made; `name` is what the file and the print job are called."""
        self.case_number, self.pdf = name, b""
        self._title.setText(title)
        self._where.setText("正在制作…")
        self.contents.clear()
        self._picture.clear()
        self._busy.show()
        job.tell(self._show, self._complain)

    def print(self) -> None:
        """Ctrl+P: hand the packet to a printer."""
        if self.pdf:
            self._printing.offer(self.pdf, self.case_number)

    def save(self) -> None:
        """Save the packet as a PDF file."""
        from clerk.atomic import atomic_write

        name, _ = QFileDialog.getSaveFileName(self, "另存为 PDF", f"{self.case_number}.pdf", "PDF (*.pdf)")
        if name:
            atomic_write(Path(name), self.pdf)
            self.said.emit(f"已保存到 {name}")

    def next_page(self) -> None:
        """PageDown."""
        self._turn(1)

    def previous_page(self) -> None:
        """PageUp."""
        self._turn(-1)

    def zoom_in(self) -> None:
        """Plus."""
        self._zoom_by(1)

    def zoom_out(self) -> None:
        """Minus."""
        self._zoom_by(-1)

    def leave(self) -> None:
        """Esc: close the sheet, or go back."""
        if self._printing.isVisible():
            self._printing.close_sheet()
        else:
            self.closed.emit()

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        back = self._button("‹ 返回  Esc", self.leave)
        self._title = QLabel("", self)
        set_flag(self._title, "tone", "heading")
        self._where = QLabel("", self)
        set_flag(self._where, "tone", "quiet")
        line.addWidget(back)
        line.addWidget(self._title)
        line.addWidget(self._where)
        line.addStretch(1)
        for text, act in (("上一页", self.previous_page), ("下一页", self.next_page), ("－", self.zoom_out), ("＋", self.zoom_in)):
            line.addWidget(self._button(text, act))
        line.addWidget(self._button("另存为 PDF", self.save))
        printing = self._button("打印  Ctrl+P", self.print)
        printing.setProperty("role", "main")
        line.addWidget(printing)
        return line

    def _middle(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self.contents = QListWidget(self)
        self.contents.setAccessibleName("文书目录")
        self.contents.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 17)
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentRowChanged.connect(self._chose)
        self._area = QScrollArea(self)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("文书页面")
        self._picture = QLabel(self._area)
        self._area.setWidget(self._picture)
        line.addWidget(self.contents)
        line.addWidget(self._area, 1)
        return line

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName({"－": "缩小", "＋": "放大"}.get(text, text))
        button.clicked.connect(lambda: act())
        return button

    def _show(self, packet: Packet) -> None:
        from printing.preview import page_count

        self._busy.hide()
        self.pdf = packet.pdf
        self._pages = page_count(self.pdf)
        self.contents.blockSignals(True)
        for content in packet.contents:
            whom = f"　{content.whom}" if content.whom else ""
            item = QListWidgetItem(f"{content.name}{whom}", self.contents)
            item.setToolTip(content.why)
            item.setData(Qt.ItemDataRole.UserRole, content.first - 1)
        self.contents.setCurrentRow(0)
        self.contents.blockSignals(False)
        self._page = 0
        self._draw()
        self.contents.setFocus()

    def _complain(self, fault: BaseException) -> None:
        self._busy.hide()
        self._where.setText("")
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.said.emit(message)
        self._where.setText(message)

    def _chose(self, row: int) -> None:
        item = self.contents.item(row)
        if item is not None:
            self._page = int(item.data(Qt.ItemDataRole.UserRole))
            self._draw()

    def _turn(self, step: int) -> None:
        self._page = max(0, min(self._pages - 1, self._page + step))
        self._draw()

    def _zoom_by(self, step: int) -> None:
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + step))
        self._draw()

    def _draw(self) -> None:
        from printing.preview import render

        if not self.pdf:
            return
        ratio = self.devicePixelRatioF()
        picture = render(self.pdf, self._page, ZOOMS[self._zoom] * _PIXELS * ratio)
        image = QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBX8888)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.resize(QSize(round(picture.width / ratio), round(picture.height / ratio)))
        self._where.setText(f"第 {self._page + 1} 页，共 {self._pages} 页")
        self._area.verticalScrollBar().setValue(0)
