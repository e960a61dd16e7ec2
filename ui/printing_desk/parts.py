"""Small things that the printing pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.intake.editors import set_flag
from ui.policy.table import Row

if TYPE_CHECKING:
    from printing.lost import Lost

GLYPHS = (("谁", "哪一项", "填的是", "打不出的字", "怎么办"), (8, 8, 12, 8, 0))
"""The list of characters that no font has: headings, and their widths in letters."""


def button(words: str, act: Callable[[], object], parent: QWidget, role: str = "") -> QPushButton:
    """A button that calls an act; the key in its words is no part of its name."""
    made = QPushButton(words, parent)
    made.setProperty("role", role)
    made.setAccessibleName(words.partition("  ")[0])
    made.setAutoDefault(True)
    made.clicked.connect(lambda: act())
    return made


def label(words: str, tone: str, parent: QWidget) -> QLabel:
    """Words in one of the tones of the window; long ones are wrapped."""
    made = QLabel(words, parent)
    made.setWordWrap(tone not in ("title", "heading", ""))
    set_flag(made, "tone", tone)
    return made


def together(sentences: Sequence[str]) -> str:
    """Sentences about things in 「」; things of which the same is said stand together."""
    said: dict[str, list[str]] = {}
    for sentence in sentences:
        name, mark, rest = sentence.partition("」")
        said.setdefault(rest if mark else sentence, []).append(name.lstrip("「") if mark else "")
    return "　".join(f"「{'、'.join(names)}」{rest}" if any(names) else rest for rest, names in said.items())


def glyph_rows(lost: Sequence[Lost]) -> list[Row]:
    """One line an answer: whose, which question, what was typed, which characters, what to do."""
    return [Row((one.whose or "全户", one.question, one.answer, one.codes(), one.advice), one) for one in lost]
