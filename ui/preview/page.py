"""Papers on the screen: their list at the left, pages at the right, zoom, print, save. What is seen is what prints, to the byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
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
from ui.preview.drawn import drawn, plain_icon
from ui.preview.print_sheet import PrintSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from clerk.records import CaseRecord
    from ui.papers import Job, PaperMaker
    from ui.preview.sheaf import Sheaf

ZOOMS = (0.5, 0.7, 0.85, 1.0, 1.2, 1.45, 1.75, 2.1, 2.6)
_USUAL = 3
_PIXELS = 1.25
_SMALL = 0.1
_THUMB = QSize(60, 84)


class PreviewPage(QWidget):
    """The papers of one case. Who sets `on_print` and `on_save` prints and saves them in another way."""

    closed = Signal()
    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._papers = papers
        self.on_print: Callable[[], None] | None = None
        self.on_save: Callable[[], None] | None = None
        self.pdf = b""
        self.case_number = ""
        self.sheaf: Sheaf | None = None
        self._job: Job | None = None
        self._scale = ZOOMS[_USUAL]
        self._page = 0
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
        self._printing = PrintSheet(papers, self)
        self._printing.said.connect(self.said)
        self._thumbs = QTimer(self)
        self._thumbs.setInterval(0)
        self._thumbs.timeout.connect(self._next_thumb)
        keys.bind_inside("Ctrl+P", self, self.print)
        for sequence, act in (
            ("PgDown", self.next_page),
            ("PgUp", self.previous_page),
            ("+", self.zoom_in),
            ("=", self.zoom_in),
            ("-", self.zoom_out),
            ("0", self.fit_page),
            ("Esc", self.leave),
        ):
            keys.bind_inside(sequence, self, act)

    def show_packet(self, record: CaseRecord) -> None:
        """Let the packet of a case be made, and show it when it is."""
        self.show_job(self._papers.packet(record.case_number), record.case_number, f"{record.case_number} 的文书")

    def show_job(self, job: Job, name: str, title: str, note: str = "") -> None:
        """Show what a job makes when it is made; `name` is what the file and the print job are called."""
        self.case_number, self.pdf, self.sheaf = name, b"", None
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._where.setText("正在制作…")
        self._thumbs.stop()
        self.contents.clear()
        self._picture.clear()
        self._busy.show()
        self._job = job
        job.tell(lambda made: self._show(made, job), self._complain)

    def print(self) -> None:
        """Ctrl+P: hand what is shown to a printer."""
        if not self.pdf:
            return
        if self.on_print is not None:
            self.on_print()
        else:
            self._printing.offer(self.pdf, self.case_number)

    def save(self) -> None:
        """Save what is shown: one PDF as it is, several under one name each."""
        from clerk.atomic import atomic_write

        if self.sheaf is None:
            return
        if self.on_save is not None:
            self.on_save()
            return
        files = list(dict.fromkeys(leaf.pdf for leaf in self.sheaf.leaves))
        name, _ = QFileDialog.getSaveFileName(self, "另存为 PDF", f"{self.case_number}.pdf", "PDF (*.pdf)")
        if name:
            target = Path(name)
            for at, pdf in enumerate(files, start=1):
                atomic_write(target if len(files) == 1 else target.with_stem(f"{target.stem}-{at:02d}"), pdf)
            self.said.emit(f"已保存到 {name}" if len(files) == 1 else f"{len(files)} 个文件已保存到 {target.parent}")

    def next_page(self) -> None:
        """PageDown."""
        self._turn(1)

    def previous_page(self) -> None:
        """PageUp."""
        self._turn(-1)

    def zoom_in(self) -> None:
        """Plus."""
        self._zoom_to(next((zoom for zoom in ZOOMS if zoom > self._scale + 0.01), ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Minus."""
        self._zoom_to(next((zoom for zoom in reversed(ZOOMS) if zoom < self._scale - 0.01), ZOOMS[0]))

    def fit_page(self) -> None:
        """0: the whole page at once."""
        tall = self._picture.height() / self._scale if self._picture.height() else 0
        if tall:
            self._zoom_to((self._area.viewport().height() - 4) / tall)

    def leave(self) -> None:
        """Esc: close the sheet, or go back."""
        if self._printing.isVisible():
            self._printing.close_sheet()
        else:
            self._thumbs.stop()
            self.closed.emit()

    def _head(self) -> QVBoxLayout:
        both, line = QVBoxLayout(), QHBoxLayout()
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
        for text, act in (
            ("上一页", self.previous_page),
            ("下一页", self.next_page),
            ("－", self.zoom_out),
            ("＋", self.zoom_in),
            ("整页  0", self.fit_page),
        ):
            line.addWidget(self._button(text, act))
        line.addWidget(self._button("另存为 PDF", self.save))
        printing = self._button("打印  Ctrl+P", self.print)
        printing.setProperty("role", "main")
        line.addWidget(printing)
        self._note = QLabel("", self)
        set_flag(self._note, "tone", "soft")
        self._note.hide()
        both.addLayout(line)
        both.addWidget(self._note)
        return both

    def _middle(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self.contents = QListWidget(self)
        self.contents.setAccessibleName("文书目录")
        self.contents.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 17)
        self.contents.setIconSize(_THUMB)
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

    def _show(self, made: object, job: Job) -> None:
        from ui.preview.sheaf import sheaf_of

        if job is not self._job:
            return  # something else was asked for meanwhile
        self._busy.hide()
        self.sheaf = sheaf_of(made)  # type: ignore[arg-type]
        self.pdf = self.sheaf.leaves[0].pdf if self.sheaf.leaves else b""
        self.contents.blockSignals(True)
        for leaf in self.sheaf.leaves:
            item = QListWidgetItem(leaf.title, self.contents)
            item.setToolTip("　".join(filter(None, (leaf.why, f"{leaf.pages} 页"))))
            blank = QPixmap(_THUMB)
            blank.fill(Qt.GlobalColor.white)
            item.setIcon(plain_icon(blank))
        self.contents.setCurrentRow(0)
        self.contents.blockSignals(False)
        self._page, self._thumb = 0, 0
        self._draw()
        self._thumbs.start()
        if self.isVisible():  # made late, when the hand is somewhere else again, it must not take the hand
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
        if self.sheaf is not None and row >= 0 and row != self.sheaf.leaf_of(self._page):
            self._page = self.sheaf.first(row)
            self._draw()

    def _turn(self, step: int) -> None:
        if self.sheaf is None:
            return
        self._page = max(0, min(self.sheaf.pages - 1, self._page + step))
        self.contents.blockSignals(True)
        self.contents.setCurrentRow(self.sheaf.leaf_of(self._page))
        self.contents.blockSignals(False)
        self._draw()

    def _zoom_to(self, scale: float) -> None:
        self._scale = max(ZOOMS[0], min(ZOOMS[-1], scale))
        self._draw()

    def _draw(self) -> None:
        if self.sheaf is None or not self.sheaf.pages:
            return
        pixmap = self._drawn(self._page, self._scale * _PIXELS)
        self._picture.setPixmap(pixmap)
        self._picture.resize(pixmap.deviceIndependentSize().toSize())
        leaf = self.sheaf.leaf_of(self._page)
        inside, pages = self._page - self.sheaf.first(leaf) + 1, self.sheaf.leaves[leaf].pages
        own = f"（本件 {inside}/{pages}）" if pages != self.sheaf.pages else ""
        self._where.setText(f"第 {self._page + 1} 页，共 {self.sheaf.pages} 页{own}")
        self._area.verticalScrollBar().setValue(0)

    def _next_thumb(self) -> None:
        """One small picture between two events, so that a packet of sixty papers is there at once."""
        if self.sheaf is None or self._thumb >= len(self.sheaf.leaves):
            self._thumbs.stop()
            return
        item = self.contents.item(self._thumb)
        item.setIcon(plain_icon(self._drawn(self.sheaf.first(self._thumb), _SMALL)))
        self._thumb += 1

    def _drawn(self, page: int, scale: float) -> QPixmap:
        assert self.sheaf is not None
        return drawn(*self.sheaf.place(page), scale, self.devicePixelRatioF())
