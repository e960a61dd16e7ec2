"""The history of a layer: when, who, what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.policy.publishing import Past
from ui.policy.table import Row
from ui.policy.table_view import TableView

HEADINGS = ("时间", "谁", "做了什么", "内容")


class HistoryView(TableView):
    """历次修改."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("历次修改", HEADINGS, (9, 8, 17, 0), parent)

    def show_past(self, name: str, past: Sequence[Past]) -> None:
        """Show what was done to one layer."""
        self._note.setText(f"{name}　{len(past)} 次" if past else f"{name}　还没有发布或安装过")
        self.table.fill([Row((one.when, one.who, one.what, one.words), number) for number, one in enumerate(past)])
