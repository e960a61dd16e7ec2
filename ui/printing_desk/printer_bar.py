"""Where to print: the printer and its tray, as last used; asked of the machine away from the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ui.intake.editors import set_flag

if TYPE_CHECKING:
    from printing.printers import Features, Printer
    from printing.sending import Choice
    from ui.papers import PaperMaker

NOBODY = "没有找到打印机，请检查打印机是否开机、接好，再按 Ctrl+U 重新找"


class PrinterBar(QWidget):
    """Two boxes and a sentence about the printer; what is chosen is remembered for each printer."""

    said = Signal(str)
    ready = Signal()

    def __init__(self, papers: PaperMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._papers = papers
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        letter = self.fontMetrics().horizontalAdvance("汉")
        self.printer, self.tray = QComboBox(self), QComboBox(self)
        for label, box, letters in (("打印机", self.printer, 13), ("纸盒", self.tray, 8)):
            box.setAccessibleName(label)
            box.setMinimumWidth(letter * letters)
            name = QLabel(label, self)
            name.setBuddy(box)
            line.addWidget(name)
            line.addWidget(box)
        self.state = QLabel("", self)
        set_flag(self.state, "tone", "quiet")
        line.addWidget(self.state, 1)
        self.printer.currentIndexChanged.connect(lambda _: self._ask_features())
        self.tray.activated.connect(lambda _: self.remember())

    def look(self) -> None:
        """Ask for the printers of this machine; what was chosen stays chosen."""
        self.state.setText("正在找打印机…")
        self._papers.spooler.printers().tell(self._found, self._complain)

    def choice(self) -> Choice | None:
        """Where to print; None while there is no printer."""
        from printing.sending import Choice

        name = self.printer.currentData()
        return Choice(str(name), tray=self.tray.currentData() or None) if name else None

    def remember(self) -> None:
        """Keep how this printer is used."""
        from printing.sending import CHOICES

        choice = self.choice()
        if choice is not None:
            kept = self._papers.workspace.setting(CHOICES, {})
            known = dict(kept) if isinstance(kept, dict) else {}
            self._papers.workspace.keep_setting(CHOICES, known | {choice.printer: choice.to_plain()})

    def _found(self, printers: Sequence[Printer]) -> None:
        wanted = self.printer.currentData() or self._papers.spooler.last_printer()
        self.printer.blockSignals(True)
        self.printer.clear()
        for one in printers:
            self.printer.addItem(f"{one.name}　{one.state.value}", one.name)
            self.printer.setItemData(self.printer.count() - 1, one.reason, _REASON)
        place = next((at for at, one in enumerate(printers) if one.name == wanted), -1)
        if place < 0:
            place = next((at for at, one in enumerate(printers) if one.default), 0)
        self.printer.setCurrentIndex(place if printers else -1)
        self.printer.blockSignals(False)
        self.state.setText("" if printers else NOBODY)
        self._ask_features()
        self.ready.emit()

    def _ask_features(self) -> None:
        self.tray.clear()
        self.tray.setEnabled(False)
        name = self.printer.currentData()
        if name:
            self.state.setText(str(self.printer.currentData(_REASON) or ""))
            self._papers.spooler.features(str(name)).tell(lambda found: self._offer(str(name), found), self._complain)

    def _offer(self, name: str, features: Features) -> None:
        if name != self.printer.currentData():
            return  # another printer was chosen meanwhile
        before = self._papers.spooler.choice(name)
        self.tray.clear()
        self.tray.addItem("打印机自选", "")
        for tray in features.trays:
            self.tray.addItem(tray.name, tray.id)
        self.tray.setCurrentIndex(max(0, self.tray.findData(before.tray if before and before.tray else "")))
        self.tray.setEnabled(bool(features.trays))

    def _complain(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        self.state.setText(message)
        self.said.emit(message)
        self.ready.emit()


_REASON = 0x0101
"""Qt.UserRole + 1: why a printer does not print."""
