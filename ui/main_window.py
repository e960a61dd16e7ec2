"""The shell: a slim rail of places, one page at a time, the line at the bottom, and the mark of practice.

Only Qt and the standard library are imported here, so that the shell is on the screen before anything else is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.bar import Bar
from ui.icons import icon

if TYPE_CHECKING:
    from ui.places import Places
    from ui.workspace import Workspace

PLACES = (("受理", "form"), ("案件", "folder"), ("花名册", "table"), ("找人", "search"), ("政策", "book"), ("打印", "printer"), ("设置", "sliders"))
NAME = "一窗办"
MOST_FAULTS = 20


class MainWindow(QMainWindow):
    """The one window; `workspace` is where it works."""

    ready = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.places: Places | None = None
        self.setWindowTitle(NAME + ("（练习模式）" if workspace.where.practice else ""))
        self.setWindowIcon(icon("window", theme.COLOURS["accent"]))
        self.bar = Bar(self)
        self.stack = QStackedWidget(self)
        self._waiting = _Waiting(self)
        self.stack.addWidget(self._waiting)
        self._compose()
        self.resize(1366, 700)
        self.setMinimumSize(800, 480)
        self._steps: Iterator[tuple[str, Callable[[], None]]] | None = None

    def begin(self) -> None:
        """Start loading, a step between two frames."""
        self._steps = self.workspace.steps()
        QTimer.singleShot(0, self, self._load_next)

    def go(self, index: int) -> None:
        """Show a place by its number on the rail."""
        if self.places is not None:
            self._buttons[self.places.show_place(index)].setChecked(True)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is asked: everything is kept already."""
        if self.places is not None:
            self.places.close()
        self.workspace.close()
        super().closeEvent(event)

    # -- acts of the window's own keys ---------------------------------------------------------------------------------

    def search(self) -> None:
        """Ctrl+F: look for a case."""
        self.go(1)

    def key_card(self) -> None:
        """Shift+F1: all keys."""
        if self.places is not None:
            self.places.show_keys()

    def larger(self) -> None:
        """Ctrl++: larger text."""
        self._resize_text(1)

    def smaller(self) -> None:
        """Ctrl+-: smaller text."""
        self._resize_text(-1)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _load_next(self) -> None:
        assert self._steps is not None
        step = next(self._steps, None)
        if step is None:
            self._enter()
            return
        words, act = step
        self._waiting.say(words)
        QTimer.singleShot(0, self, lambda: self._load(act))

    def _load(self, act: Callable[[], None]) -> None:
        from clerk.errors import UserCanFix
        from forms.places import DataErrors

        try:
            act()
        except DataErrors as faults:
            self._waiting.stop("数据包有错误，暂时不能开始", [str(fault) for fault in faults.errors])
        except UserCanFix as fault:
            self._waiting.stop("暂时不能开始", [fault.message])
        else:
            QTimer.singleShot(0, self, self._load_next)

    def _enter(self) -> None:
        from ui import keys
        from ui.places import Places

        keys.bind(keys.WINDOW, self, self)
        for index in range(len(PLACES)):
            keys.bind_one(f"Ctrl+{index + 1}", self, lambda index=index: self.go(index))  # type: ignore[misc]
        points = self.workspace.setting("text_size", theme.USUAL)
        if isinstance(points, int) and points != theme.USUAL:
            self._dress(points)
        self.places = Places(self)
        self.go(0)
        self.ready.emit()

    def _resize_text(self, step: int) -> None:
        points = max(theme.SMALLEST, min(theme.LARGEST, QApplication.font().pointSize() + step))
        self._dress(points)
        if self.workspace.ready:
            self.workspace.keep_setting("text_size", points)
        self.bar.say(f"文字大小 {points}")

    def _fit_rail(self) -> None:
        """The rail is as wide as its longest word, whatever the text size."""
        longest = max(len(name) for name, _ in PLACES)
        small = max(QApplication.font().pointSize() - 2, 9)
        font = QFont(QApplication.font())
        font.setPointSize(small)
        font.setBold(True)
        width = max(68, QFontMetrics(font).horizontalAdvance("汉" * longest) + 18)
        for button in self._buttons:
            button.setFixedWidth(width)

    def _dress(self, points: int) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.dress(app, points)
        self._fit_rail()
        if self.places is not None:
            self.places.text_resized()

    def _compose(self) -> None:
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        edge = 4 if self.workspace.where.practice else 0
        column.setContentsMargins(edge, 0, edge, edge)
        column.setSpacing(0)
        if self.workspace.where.practice:
            centre.setStyleSheet(f"QWidget#frame {{ background: {theme.COLOURS['practice']}; }}")
            centre.setObjectName("frame")
            column.addWidget(_practice_mark(centre))
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._rail())
        line.addWidget(self.stack, 1)
        column.addLayout(line, 1)
        column.addWidget(self.bar)
        self.setCentralWidget(centre)
        self._fit_rail()

    def _rail(self) -> QFrame:
        rail = QFrame(self)
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: list[QToolButton] = []
        for index, (name, sign) in enumerate(PLACES):
            button = QToolButton(rail)
            button.setObjectName("place")
            button.setText(name)
            button.setIcon(icon(sign, "#e3edf2"))
            button.setIconSize(QSize(24, 24))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setCheckable(True)
            button.setToolTip(f"Ctrl+{index + 1}")
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, index=index: self.go(index))
            self._group.addButton(button)
            self._buttons.append(button)
            column.addWidget(button)
            if index == len(PLACES) - 2:
                column.addStretch(1)
        return rail


class _Waiting(QWidget):
    """What is seen while things are loaded: the heading, an empty frame, one quiet sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        title = QLabel(NAME, self)
        title.setProperty("tone", "title")
        self._words = QLabel("正在打开…", self)
        self._words.setProperty("tone", "quiet")
        card = QFrame(self)
        card.setObjectName("card")
        inner = QVBoxLayout(card)
        self._faults = QLabel("", card)
        self._faults.setWordWrap(True)
        self._faults.setTextFormat(Qt.TextFormat.PlainText)
        self._faults.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._faults.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self._faults)
        column.addWidget(title)
        column.addWidget(self._words)
        column.addWidget(card, 1)

    def say(self, words: str) -> None:
        """What is being loaded."""
        self._words.setText(words)

    def stop(self, words: str, faults: list[str]) -> None:
        """What stands in the way, for whoever can mend it."""
        self._words.setText(words)
        self._faults.setText("\n".join(faults[:MOST_FAULTS]) + (f"\n…… 共 {len(faults)} 处" if len(faults) > MOST_FAULTS else ""))


def _practice_mark(parent: QWidget) -> QFrame:
    mark = QFrame(parent)
    mark.setObjectName("practice")
    line = QHBoxLayout(mark)
    line.setContentsMargins(14, 3, 14, 3)
    line.addWidget(QLabel("练习模式", mark))
    line.addWidget(QLabel("示例县的虚构金额，单独存放，不影响真实案件", mark), 1)
    return mark
