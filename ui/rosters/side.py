"""Beside the list of rosters: one as it will stand, what is missing before it can be handed in, what went out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.books.figures import FigureTable
from ui.intake.editors import set_flag
from ui.policy.table import Row
from ui.printing_desk.parts import label
from ui.rosters.preview_table import PreviewTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clerk.lacks import Lack
    from clerk.roster_exports import Exported
    from ui.rosters.jobs import Preview

VIEWS = (("F9", "预览"), ("F10", "还缺什么"), ("F6", "导出记录"))
PREVIEW, LACKS, PAST = range(3)
HINT = "F9 预览光标所在的一本：各列怎样排，前几行是什么。"


class Side(QWidget):
    """`turned` asks for a view, `left` is Esc; `opened` names the household, programme and row of what is missing."""

    turned = Signal(int)
    left = Signal()
    opened = Signal(str, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.buttons = [self._button(at, f"{words}  {key}") for at, (key, words) in enumerate(VIEWS)]
        for button in self.buttons:
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        self.title = label("", "quiet", self)
        self.title.setAccessibleName("哪一本")
        column.addWidget(self.title)
        self.stack = QStackedWidget(self)
        self.preview = PreviewTable(self)
        self.lacks = FigureTable(("编号", "姓名", "村（社区）", "缺什么"), (15, 5, 13, 0), (), self)
        self.lacks.setAccessibleName("还缺什么")
        self.past = FigureTable(
            ("时间", "花名册", "期间", "版本", "行数", "指纹", "经办人"), (8, 0, 16, 4, 4, 8, 6), (4,), self
        )
        self.past.setAccessibleName("导出记录")
        for widget in (self.preview, self.lacks, self.past):
            self.stack.addWidget(widget)
        column.addWidget(self.stack, 1)
        self.lacks.opened.connect(self._open)
        self.past.opened.connect(lambda which: self.say(str(which), "quiet"))
        self.show_view(PREVIEW)
        self.say(HINT, "quiet")

    @property
    def view(self) -> int:
        """Which of the views shows."""
        return self.stack.currentIndex()

    def show_view(self, view: int) -> None:
        """Show one of the views."""
        self.stack.setCurrentIndex(view)
        for at, button in enumerate(self.buttons):
            button.setChecked(at == view)

    def say(self, words: str, tone: str) -> None:
        """What the view is about, or why there is nothing in it."""
        self.title.setText(words)
        set_flag(self.title, "tone", tone)

    def clear(self, words: str, tone: str = "quiet") -> None:
        """Nothing to show of a roster, and why."""
        self.preview.clear_all()
        self.lacks.fill([])
        self.say(words, tone)

    def show_preview(self, found: Preview) -> None:
        """One roster as it will stand, and what it lacks."""
        self.preview.show_rows(found)
        self.lacks.fill([Row((one.number, one.name, one.village, one.words), one) for one in found.lacks])
        self.buttons[LACKS].setText(f"还缺 {len(found.lacks)} 处  F10" if found.lacks else "还缺什么  F10")
        if self.view == LACKS:
            self.say_lacks(found)
        else:
            self.say(_counted(found), "quiet")

    def say_lacks(self, found: Preview) -> None:
        """Whether the roster can be handed in."""
        if found.lacks:
            self.say(f"{found.title}　报出前还缺 {len(found.lacks)} 处，回车打开这一户", "soft")
        else:
            self.say(f"● {found.title}　不缺什么，可以报出", "yes")

    def show_past(self, past: Sequence[Exported], names: Mapping[str, str], most: int) -> None:
        """What went out, newest first."""
        self.past.fill([Row(_went_out(one, names), _all_of(one, names)) for one in past[:most]])
        more = f"，列出最近 {most} 次" if len(past) > most else ""
        self.say(f"已导出 {len(past)} 次{more}，回车看是哪几本" if past else "还没有导出过", "quiet")

    def take_hand(self) -> None:
        """The hand goes into the view."""
        self.stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _button(self, at: int, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", "part")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(VIEWS[at][1])
        button.clicked.connect(lambda: self.turned.emit(at))
        return button

    def _open(self, lack: Lack) -> None:
        if lack.household:
            self.opened.emit(lack.household, lack.programme, lack.row)


def _counted(found: Preview) -> str:
    left = f"，另有 {found.kept_back} 行按规定不列入" if found.kept_back else ""
    some = f"，先看前 {len(found.shown)} 行" if found.rows > len(found.shown) else ""
    return f"{found.title}　报{found.department}　共 {found.rows} 行{left}{some}"


def _went_out(one: Exported, names: Mapping[str, str]) -> tuple[str, ...]:
    which = names.get(one.rosters[0], one.rosters[0]) if len(one.rosters) == 1 else f"{len(one.rosters)} 本"
    return f"{one.at:%m-%d %H:%M}", which, one.period, one.version, str(one.rows), one.digest[:12], one.actor


def _all_of(one: Exported, names: Mapping[str, str]) -> str:
    """Which rosters a workbook held, with the whole fingerprint of its file."""
    return f"{'、'.join(names.get(each, each) for each in one.rosters)}　指纹 {one.digest}"
