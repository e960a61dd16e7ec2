"""打印机: a sheet of crosses printed for a printer and tray, four ruler readings typed in, and what was measured kept for 套打."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import keys
from ui.hand import take_hand
from ui.printing_desk.parts import button, label
from ui.printing_desk.printer_bar import NOBODY, PrinterBar

if TYPE_CHECKING:
    from ui.papers import PaperMaker

STOCKS = ("A4", "A5", "A3")
_HELP = "套打的纸先校准：选打印机和纸盒，按 Ctrl+P 在白纸上印校准页，用直尺量四个数填在下面，回车到下一格，最后保存。每台打印机、每个纸盒各校一次。"


class StockPage(QWidget):
    """Calibration of one printer and tray at a time."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._papers = papers
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(_HELP, "quiet", self))
        self.where = PrinterBar(papers, self)
        self.where.said.connect(self.said)
        column.addWidget(self.where)
        column.addWidget(self._card())
        self.kept = label("", "quiet", self)
        column.addWidget(self.kept)
        column.addStretch(1)
        self.where.printer.currentIndexChanged.connect(lambda _: self._tell())
        self.where.tray.currentIndexChanged.connect(lambda _: self._tell())
        for sequence, act in (("Ctrl+P", self.print), ("Ctrl+U", self.where.look)):
            keys.bind_inside(sequence, self, act)

    def arrive(self) -> None:
        """The hand goes to the printers."""
        self.where.look()
        self._ask()
        self._tell()
        self.where.printer.setFocus()

    def print(self) -> None:
        """Ctrl+P: the sheet of crosses, at its real size."""
        from printing.calibration import sheet
        from printing.draw import draw

        where = self.where.choice()
        if where is None:
            self.said.emit(NOBODY)
            return
        self.where.remember()
        pdf = draw(sheet(self.stock.currentText(), where.printer, self.where.tray.currentText()), "calibration")
        self._papers.spooler.print_preview(pdf, "calibration", where).tell(lambda _: take_hand(self.lines[0]), self._complain)

    def keep(self) -> None:
        """Work the readings out and keep them for this printer and tray."""
        from clerk.errors import UserCanFix
        from printing.calibration import measured
        from printing.finish import CALIBRATIONS, place_of

        where = self.where.choice()
        readings = [_number(line.text()) for line in self.lines]
        empty = next((line for line, value in zip(self.lines, readings, strict=True) if value is None), None)
        if where is None or empty is not None:
            self.complaint.setText(NOBODY if where is None else "这一格要填量得的毫米数，如 20.5")
            (empty or self.where.printer).setFocus()
            return
        left, right, top, low = (value or 0.0 for value in readings)
        try:
            found = measured(self.stock.currentText(), (left, right), (top, low))
        except UserCanFix as fault:
            self.complaint.setText(fault.message)
            return
        workspace = self._papers.workspace
        known = workspace.setting(CALIBRATIONS, {})
        place = place_of(where.printer, where.tray or "")
        workspace.keep_setting(CALIBRATIONS, (dict(known) if isinstance(known, dict) else {}) | {place: found.to_plain()})
        self.where.remember()
        self.complaint.setText("")
        self.said.emit("已保存，下一次套打按它修正；再印一张校准页可以复核")
        self._tell()

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        card.setMaximumWidth(self.fontMetrics().horizontalAdvance("汉") * 40)
        form = QFormLayout(card)
        form.setContentsMargins(20, 14, 20, 14)
        form.setSpacing(10)
        self.stock = QComboBox(card)
        self.stock.addItems(STOCKS)
        self.stock.setAccessibleName("纸张")
        self.stock.currentIndexChanged.connect(lambda _: self._ask())
        form.addRow("纸张", self.stock)
        self.lines: list[QLineEdit] = []
        self._asked = [label("", "", card) for _ in range(4)]
        for at, asked in enumerate(self._asked):
            line = QLineEdit(card)
            line.setPlaceholderText("毫米，到半毫米")
            line.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * 9)
            following = at + 1
            line.returnPressed.connect(lambda following=following: self._go_on(following))
            self.lines.append(line)
            form.addRow(asked, line)
        self.complaint = label("", "bad", card)
        form.addRow("", self.complaint)
        foot = QHBoxLayout()
        foot.addWidget(button("印校准页  Ctrl+P", self.print, card))
        foot.addWidget(button("保存", self.keep, card, "main"))
        foot.addStretch(1)
        form.addRow("", foot)
        return card

    def _go_on(self, following: int) -> None:
        if following < len(self.lines):
            self.lines[following].setFocus()
        else:
            self.keep()

    def _ask(self) -> None:
        from printing.calibration import NEAR, far

        right, low = far(self.stock.currentText())
        edges = (("左边", "甲", NEAR), ("左边", "乙", right), ("上边", "甲", NEAR), ("上边", "丙", low))
        for asked, line, (edge, cross, place) in zip(self._asked, self.lines, edges, strict=True):
            asked.setText(f"纸的{edge}到十字{cross}（应为 {place:g}）")
            line.setAccessibleName(asked.text())

    def _tell(self) -> None:
        from printing.calibration import Calibration
        from printing.finish import CALIBRATIONS, place_of

        where, known = self.where.choice(), self._papers.workspace.setting(CALIBRATIONS, {})
        kept = known.get(place_of(where.printer, where.tray or "")) if where and isinstance(known, dict) else None
        if kept is None:
            self.kept.setText("这个打印机和纸盒还没有校准过。" if where else "")
            return
        one = Calibration.from_plain(kept)
        self.kept.setText(f"已校准：右移 {one.offset_x:g} 毫米、下移 {one.offset_y:g} 毫米，横向 {one.scale_x:.2%}、纵向 {one.scale_y:.2%}。")

    def _complain(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.said.emit(message)


def _number(text: str) -> float | None:
    import unicodedata

    try:
        return float(unicodedata.normalize("NFKC", text).strip().removesuffix("mm"))
    except ValueError:
        return None
