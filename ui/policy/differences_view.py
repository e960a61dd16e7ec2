"""What differs between two editions of a paper, a sentence a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.policy.table import Row
from ui.policy.table_view import TableView


class DifferencesView(TableView):
    """两版比较."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("两版比较", ("改动",), (0,), parent)

    def show_changes(self, title: str, changes: Sequence[str]) -> None:
        """Show the changes, and say so where there are none."""
        self._note.setText(f"{title}　{len(changes)} 处不同" if changes else f"{title}　两版一样")
        self.table.fill([Row((words,), place) for place, words in enumerate(changes)])
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
