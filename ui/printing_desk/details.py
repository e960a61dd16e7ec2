"""One paper of the plan at the right: why it is in, what it lacks, what was handed out before; Enter on a gap goes there."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidgetItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.intake.editors import set_flag
from ui.plan.to_mend import SPOT, CheckList

if TYPE_CHECKING:
    from printing.noting import Gap
    from ui.printing_desk.plan_model import Line, PlanModel

LETTERS = 20


class Details(QFrame):
    """The card; `filling` asks to answer a gap, `left_blank` says that gaps are written by hand."""

    filling = Signal(object)
    left_blank = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("汉") * LETTERS)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        self.words = QLabel("", self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._heading = QLabel("", self)
        set_flag(self._heading, "tone", "soft")
        self._heading.setWordWrap(True)
        self.gaps = CheckList(self)
        self.gaps.setAccessibleName("缺的项目")
        self.gaps.setWordWrap(True)
        self.gaps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.gaps.went.connect(self.filling)
        self.gaps.itemDoubleClicked.connect(lambda item: self.filling.emit(item.data(SPOT)))
        self.blank = QPushButton("本件留空手填  Ctrl+B", self)
        self.blank.clicked.connect(self.left_blank)
        column.addWidget(self.words)
        column.addWidget(self._heading)
        column.addWidget(self.gaps, 1)
        column.addWidget(self.blank)
        self._spring = QWidget(self)
        self._spring.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        column.addWidget(self._spring, 1)

    def show_line(self, line: Line | None, model: PlanModel) -> None:
        """Show a line of the list."""
        self.setVisible(line is not None)
        if line is None:
            return
        self.words.setText(_html(line))
        gaps = list(dict.fromkeys(gap for one in line.papers for gap in one.gaps))
        decided = all(one.copy in model.blanks for one in line.papers if one.gaps)
        self._heading.setText(
            f"缺 {len(gaps)} 项，已定留空手填" if decided else f"缺 {len(gaps)} 项：回车去填，或留空手填"
        )
        self._fill(gaps)
        for part in (self._heading, self.gaps):
            part.setVisible(bool(gaps))
        self.blank.setVisible(bool(gaps) and not decided)
        self._spring.setVisible(not gaps)

    def _fill(self, gaps: Sequence[Gap]) -> None:
        self.gaps.clear()
        for gap in gaps:
            item = QListWidgetItem(gap.name, self.gaps)
            item.setData(SPOT, gap)
        self.gaps.setCurrentRow(0 if gaps else -1)


def _html(line: Line) -> str:
    one = line.first
    said = [f"<b>{escape(one.name)}</b>"]
    if line.folded:
        said.append("　".join(escape(each.whom) for each in line.papers[:12]) + ("…" if len(line.papers) > 12 else ""))
    elif one.whom:
        said.append(f"给：{escape(one.whom)}")
    said.append(f"因为：{escape(one.why)}")
    said.append(
        f"{one.pages} 页　{one.copies} 份　{one.sides}" + (f"　盖{escape('、'.join(one.seals))}" if one.seals else "")
    )
    marks = [
        words
        for words, so in (
            ("印操作人和时间水印", one.watermark),
            ("套打：只印数值，放预印纸", one.preprinted),
            ("对外公示，不含证件号等", one.published),
        )
        if so
    ]
    said += marks
    if one.last is not None:
        last = one.last
        said.append(f"上次：{last.at:%Y-%m-%d %H:%M}　{escape(last.actor)}　印发号 {last.number}　{escape(last.label)}")
    return "<br>".join(said)
