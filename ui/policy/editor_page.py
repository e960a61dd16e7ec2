"""What the editors of standards and programmes share: a head, a place for the draft's words, keys at the foot, Esc to leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import keys
from ui.intake.editors import set_flag
from ui.policy.boxes import Boxes
from ui.policy.layer_choice import LayerChoice

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from ui.policy.studio import Studio

PAUSE = 150
"""Milliseconds of rest after which what was typed is checked."""
Act = tuple[str, str, Callable[[], None], str]
"""A key, its words, what it does, and the role of its button."""


class EditorPage(QWidget):
    """One document being edited; `left` gives the place back."""

    said = Signal(str)
    left = Signal()

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self.studio = studio
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 14, 24, 14)
        self.column.setSpacing(8)
        head = QHBoxLayout()
        self.title, self.note = QLabel("", self), QLabel("", self)
        set_flag(self.title, "tone", "title")
        set_flag(self.note, "tone", "quiet")
        self.layer = LayerChoice(studio, self)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        head.addWidget(self.layer)
        self.column.addLayout(head)
        self.later = QTimer(self)
        self.later.setSingleShot(True)
        self.later.setInterval(PAUSE)
        self.later.timeout.connect(self.check)
        self.bench: Bench | None = None
        studio.changed.connect(self.let_go)

    def let_go(self) -> None:
        """The draft is another: nothing is asked of the old one any more."""
        self.bench = None
        self.later.stop()

    def check(self) -> None:
        """Say what is wrong with what was typed."""

    def keep(self) -> None:
        """Write what was typed into the draft."""

    def leave(self) -> None:
        """One step back."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def tell(self, words: str, tone: str) -> None:
        """What just happened, or what can be done."""
        self.told.setText(words)
        set_flag(self.told, "tone", tone)

    def add_foot(self, acts: Sequence[Act]) -> None:
        """Buttons with their keys, and the line that tells."""
        foot = QHBoxLayout()
        self.told = QLabel("", self)
        self.told.setWordWrap(True)
        foot.addWidget(self.told, 1)
        for key, words, act, role in acts:
            button = QPushButton(f"{words}  {key}", self)
            button.setProperty("role", role)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
            foot.addWidget(button)
            if key != "Esc":
                keys.bind_inside(key, self, act)
        self.column.addLayout(foot)

    def make_card(self, boxes: Boxes) -> QFrame:
        """A card with boxes that scroll: a heading above, under them what they do and what is wrong elsewhere."""
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 10, 8, 10)
        column.setSpacing(4)
        self.heading, self.effect, self.elsewhere = (QLabel("", card) for _ in range(3))
        for label, tone in ((self.heading, "heading"), (self.effect, "yes"), (self.elsewhere, "bad")):
            set_flag(label, "tone", tone)
            label.setWordWrap(True)
        scroll = QScrollArea(card)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(boxes)
        boxes.setAutoFillBackground(False)
        boxes.settled.connect(self.check)
        boxes.finished.connect(self.keep)
        boxes.typed.connect(lambda *_: self.later.start())
        for part in (self.heading, scroll, self.effect, self.elsewhere):
            column.addWidget(part, 1 if part is scroll else 0)
        return card
