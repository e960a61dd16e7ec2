"""代录清单: a slim window that stands beside a browser. One key puts the next value into the clipboard and moves on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import keys
from ui.icons import icon
from ui.intake.editors import set_flag
from ui.keying.clipboard import USUAL, Loan
from ui.keying.line_list import LineList
from ui.keying.walk import Walk
from ui.tick import Tick

if TYPE_CHECKING:
    from clerk.keying import Keyed, KeyingSheet
    from ui.workspace import Workspace

SECONDS, ON_TOP = "keying_seconds", "keying_on_top"
"""The settings of the panel: how long a secret stays in the clipboard, whether the panel stays above other windows."""
STAYS = (10, USUAL, 60, 120)
_LETTERS = 27
_END = "这张清单到底了"


class KeyingPanel(QWidget):
    """The lists of one case, one at a time; `printing` asks for the list on paper."""

    printing = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("代录清单")
        self.setWindowIcon(icon("window", "#14608f"))
        self._workspace = workspace
        self.loan = Loan(self)
        self.loan.left.connect(self._show_left)
        self.walk = Walk(())
        self._sheets: Sequence[KeyingSheet] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self._compose_head(column)
        column.addWidget(self._card())
        self.list = LineList(self)
        self.list.walked.connect(self._walk_to)
        self.list.next_asked.connect(self.take_next)
        self.list.this_asked.connect(self.take)
        column.addWidget(self.list, 1)
        self._compose_foot(column)
        keys.bind_inside("Esc", self, self._leave)
        keys.bind_inside("Ctrl+P", self, self.printing.emit)
        self._recall()

    def show_sheets(self, sheets: Sequence[KeyingSheet], case_number: str) -> None:
        """Show the lists of a case, the first one first; the hand goes to its first line."""
        self.loan.take_back()
        self._sheets = sheets
        self.setWindowTitle(f"代录清单　{case_number}")
        self.which.blockSignals(True)
        self.which.clear()
        for sheet in sheets:
            self.which.addItem(f"{sheet.title}", sheet)
        self.which.blockSignals(False)
        self._show_sheet()

    def take_next(self) -> None:
        """Enter or space: the next value into the clipboard."""
        self._hand_over(self.walk.take_next())

    def take(self) -> None:
        """Ctrl+C: this value again."""
        self._hand_over(self.walk.take())

    def stay_on_top(self, on: bool) -> None:
        """Stay above the browser, or not."""
        shown = self.isVisible()
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on)
        self._workspace.keep_setting(ON_TOP, on)
        if shown:
            self.show()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_for(self, seconds: int) -> None:
        """Let a secret stay so long."""
        self.loan.seconds = seconds
        self._workspace.keep_setting(SECONDS, seconds)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing stays behind: neither in the clipboard nor on the screen."""
        self.loan.take_back()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Whatever was chosen beside the list, Enter goes back into it."""
        pressed = event.key() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _hand_over(self, line: Keyed | None) -> None:
        if line is None:
            self.loan.take_back()
            self._said.setText(_END)
            return
        self.list.show_at(self.walk.at)
        self.list.mark_done(self.walk.at)
        self._show_line()
        if line.text:
            self._said.setText("已复制，到那边粘贴")
            self.loan.lend(line.text, line.secret)
        else:
            self.loan.take_back()
            self._said.setText("没有可复制的，剪贴板已清空")

    def _leave(self) -> None:
        self.close()

    def _walk_to(self, at: int) -> None:
        self.walk.go(at)
        self._show_line()

    def _show_sheet(self) -> None:
        sheet: KeyingSheet | None = self.which.currentData()
        self.loan.take_back()
        self.walk = Walk(sheet.lines if sheet else ())
        self._system.setText(sheet.system if sheet else "这个案件没有要代录的系统")
        self._doubt.setText(f"待核　{sheet.note}" if sheet and not sheet.checked else "")
        self._doubt.setVisible(bool(self._doubt.text()))
        self.which.setVisible(bool(self._sheets))
        self.list.fill(self.walk.lines)
        self._said.setText("按回车复制第一项")
        self._show_line()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_line(self) -> None:
        line = self.walk.here
        self._group.setText(line.group if line else "")
        self._label.setText(line.label if line else "")
        self._value.setText((line.text or line.note) if line else "")
        set_flag(self._value, "tone", "big" if line and line.text else "soft")
        self._hint.setText(line.remark if line and line.text else line.hint if line else "")
        self._hint.setVisible(bool(self._hint.text()))
        lacking = sum(one.state.value in ("缺", "无码") for one in self.walk.lines)
        place = f"{self.walk.at + 1}／{len(self.walk.lines)}" if line else ""
        self._where.setText(place + (f"　缺 {lacking}" if lacking else ""))

    def _show_left(self, seconds: int) -> None:
        if seconds:
            self._left.setText(f"{seconds} 秒后清出剪贴板")
        else:
            self._left.setText("剪贴板已清空")
        self._left.setVisible(True)

    def _recall(self) -> None:
        seconds, on_top = self._workspace.setting(SECONDS, USUAL), self._workspace.setting(ON_TOP, False)
        self.loan.seconds = seconds if isinstance(seconds, int) and seconds in STAYS else USUAL
        self.stay.setCurrentIndex(STAYS.index(self.loan.seconds))
        self.on_top.setChecked(on_top is True)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top is True)
        self.stay.currentIndexChanged.connect(lambda at: self.keep_for(STAYS[at]))
        self.on_top.toggled.connect(self.stay_on_top)
        letter = self.fontMetrics().horizontalAdvance("汉")
        self.resize(letter * _LETTERS, int(letter * _LETTERS * 1.6))

    def place_beside(self) -> None:
        """At the right edge of the screen, as high as it is."""
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            room = screen.availableGeometry()
            self.resize(self.width(), min(room.height() - 60, int(self.width() * 1.75)))
            self.move(room.right() - self.width() - 8, room.top() + 30)

    def _compose_head(self, column: QVBoxLayout) -> None:
        self._system = QLabel("", self)
        set_flag(self._system, "tone", "heading")
        self.which = QComboBox(self)
        self.which.setAccessibleName("哪一张清单")
        self.which.installEventFilter(self)
        self.which.currentIndexChanged.connect(lambda: self._show_sheet())
        self._doubt = QLabel("", self)
        self._doubt.setWordWrap(True)
        set_flag(self._doubt, "tone", "soft")
        for widget in (self._system, self.which, self._doubt):
            column.addWidget(widget)

    def _card(self) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(14, 10, 14, 12)
        inner.setSpacing(3)
        self._group, self._where, self._label, self._value, self._hint = (QLabel("", card) for _ in range(5))
        tones = ("quiet", "quiet", "sub", "big", "quiet")
        shown = (self._group, self._where, self._label, self._value, self._hint)
        for label, tone in zip(shown, tones, strict=True):
            label.setWordWrap(label is not self._where)
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_flag(label, "tone", tone)
        head = QHBoxLayout()
        head.addWidget(self._group, 1)
        head.addWidget(self._where)
        inner.addLayout(head)
        for label in shown[2:]:
            inner.addWidget(label)
        self._value.setAccessibleName("当前要录入的值")
        return card

    def _compose_foot(self, column: QVBoxLayout) -> None:
        self._said, self._left = QLabel("", self), QLabel("", self)
        for label, tone in ((self._said, "quiet"), (self._left, "soft")):
            set_flag(label, "tone", tone)
        told = QHBoxLayout()
        told.addWidget(self._said)
        told.addStretch(1)
        told.addWidget(self._left)
        self.on_top = Tick("总在最前", self)
        self.stay = QComboBox(self)
        self.stay.setAccessibleName("敏感内容在剪贴板里留多久")
        self.stay.installEventFilter(self)
        for seconds in STAYS:
            self.stay.addItem(f"{seconds} 秒后清空", seconds)
        acts: Sequence[tuple[str, str, Callable[[], None]]] = (
            ("复制，到下一项  回车", "main", self.take_next),
            ("印成单子  Ctrl+P", "", self.printing.emit),
        )
        line = QHBoxLayout()
        for text, role, act in acts:
            button = QPushButton(text, self)
            button.setProperty("role", role)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
            line.addWidget(button, int(role == "main"))
        kept = QHBoxLayout()
        kept.addWidget(self.on_top)
        kept.addStretch(1)
        kept.addWidget(self.stay)
        column.addLayout(told)
        column.addLayout(line)
        column.addLayout(kept)
