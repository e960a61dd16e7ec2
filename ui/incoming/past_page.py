"""What came in before, newest first; a whole batch goes out again when its key is pressed twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clerk.records import Batch
from ui.hand import take_hand
from ui.incoming.step import Step
from ui.incoming.words import batch_counts, batch_in_words, kind_of
from ui.policy.table import PlainTable, Row

if TYPE_CHECKING:
    from forms.catalogue import Catalogue

HEADINGS = ("时间", "来表", "文件", "内容", "经办人", "情况")
HINT = "Ctrl+Z 把光标所在的一批整批撤销；导入后又有人改过的，不能撤销。"


class PastPage(Step):
    """历次导入: `undone` names the batch to take back."""

    undone = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("历次导入", parent)
        self._catalogue: Catalogue | None = None
        self._asked = ""
        self.table = PlainTable(HEADINGS, (10, 11, 13, 0, 6, 9), self)
        self.table.setAccessibleName("历次导入")
        self.table.currentCellChanged.connect(lambda *_: self._forget())
        self.column.addWidget(self.table, 1)
        self.add_foot((("Ctrl+Z", "撤销整批", self.undo, ""), ("Esc", "返回", self.left.emit, "quiet")))

    def open(self, batches: Sequence[Batch], catalogue: Catalogue, named: str = "") -> None:
        """Show the batches; the hand is on the one named, else on the newest."""
        self._catalogue = catalogue
        self.note.setText(f"{len(batches)} 批" if batches else "还没有导入过")
        self.table.fill([self._row(batch, catalogue) for batch in batches])
        if batches:
            self.table.setCurrentCell(next((at for at, one in enumerate(batches) if one.id == named), 0), 0)
        self._forget()
        self.tell(HINT)
        take_hand(self.table)

    def undo(self) -> None:
        """Ctrl+Z: say what would be undone; the second time do it."""
        batch = self.table.key()
        if not isinstance(batch, Batch) or self._catalogue is None:
            return
        if batch.undone:
            self.tell("这一批已经撤销过了", "soft")
        elif self._asked == batch.id:
            self._asked = ""
            self.undone.emit(batch)
        else:
            self._asked = batch.id
            self.tell(f"将整批撤销：{batch_in_words(batch, self._catalogue)}。再按一次 Ctrl+Z 撤销。", "bad")

    def _forget(self) -> None:
        """The hand went elsewhere: what was asked is not meant any more."""
        if self._asked:
            self._asked = ""
            self.tell(HINT)

    def _row(self, batch: Batch, catalogue: Catalogue) -> Row:
        state = f"{batch.undone:%Y-%m-%d} 撤销" if batch.undone else "已导入"
        cells = (f"{batch.at:%Y-%m-%d %H:%M}", kind_of(batch, catalogue), batch.file, batch_counts(batch, catalogue))
        return Row((*cells, batch.actor, state), batch, "quiet" if batch.undone else "yes")
