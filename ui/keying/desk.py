"""Opens the panel for a case: its lists are made in the helper process, the panel is one for the whole window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from clerk.keying import KeyingSheet
    from clerk.records import CaseRecord
    from ui.keying.panel import KeyingPanel
    from ui.papers import PaperMaker


class KeyingDesk(QObject):
    """The panel, made when it is first asked for."""

    said = Signal(str)

    def __init__(self, papers: PaperMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._papers = papers
        self.panel: KeyingPanel | None = None
        self._number = ""
        self._print: Callable[[], None] | None = None

    def open(self, record: CaseRecord, on_print: Callable[[], None]) -> None:
        """Let the lists of a case be made, and show them; `on_print` shows them as a paper."""
        from ui.paper_jobs import list_keying

        self._number, self._print = record.case_number, on_print
        self.said.emit("正在列代录清单…")
        job = self._papers.make(list_keying, record.case_number)
        job.tell(lambda sheets: self._show(sheets, record.case_number), self._complain)

    def close(self) -> None:
        """Take the panel away, and with it what it lent to the clipboard; lists still being made come too late."""
        self._number = ""
        if self.panel is not None:
            self.panel.close()
            self.panel.deleteLater()
            self.panel = None

    def _show(self, sheets: tuple[KeyingSheet, ...], number: str) -> None:
        from ui.keying.panel import KeyingPanel

        if number != self._number:
            return
        if not sheets:
            self.said.emit("这个案件的事项没有要代录的系统；清单在数据包的 entry 文件夹里")
            return
        if self.panel is None:
            self.panel = KeyingPanel(self._papers.workspace)
            self.panel.place_beside()
            self.panel.printing.connect(self._print_sheets)
        self.panel.show_sheets(sheets, number)
        self.panel.show()
        self.panel.raise_()
        self.panel.activateWindow()
        self.said.emit(f"代录清单 {len(sheets)} 张：回车复制，上下键走动，Esc 关闭")

    def _print_sheets(self) -> None:
        if self._print is not None:
            self._print()

    def _complain(self, fault: BaseException) -> None:
        message = getattr(fault, "message", "")
        if not message:
            raise fault
        if self._number:
            self.said.emit(message)
