"""One condition of an own list: which of some answers, from where to where, or words that must stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QWidget

from clerk.own_lists import Condition
from forms.schema import Kind
from ui.intake.choices import JOIN
from ui.own_lists.words import answers_for, places, takes_ends
from ui.policy.boxes import Boxes, Sort, Spec
from ui.policy.tree import Key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from clerk.sayable import Sayable
    from forms.catalogue import Catalogue

_LOW, _HIGH, _AMONG = ("自",), ("至",), ("在",)


class ConditionSheet(Sheet):
    """`said` brings the condition when the last box is left by Enter."""

    said = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("条件", parent)
        self._word = ""
        self._words: dict[Key, str] = {}
        self._codes: dict[str, str] = {}
        self._labels: tuple[str, ...] = ()
        self.boxes = Boxes(self)
        self.boxes.typed.connect(self._typed)
        self.boxes.finished.connect(self._finish)
        self.column.addWidget(self.boxes)
        self.column.addStretch(1)

    def ask(self, one: Sayable, catalogue: Catalogue, before: Condition | None, corner: QPoint, size: QSize) -> None:
        """Ask what a name must be; `before` is what it had to be so far."""
        self._word = one.word
        self.rename(f"条件：{one.label}")
        self._codes = dict(places(catalogue)) if one.type.kind is Kind.REGION else {}
        names = {code: name for name, code in self._codes.items()}
        self._words = {_LOW: "", _HIGH: "", _AMONG: ""}
        if before is not None:
            among = JOIN.join(names.get(word, word) for word in before.among)
            self._words = {_LOW: before.low, _HIGH: before.high, _AMONG: among}
        self.boxes.show_specs(self._specs(one, catalogue), lambda key: self._words[key])
        for key in self.boxes.keys:
            self.boxes.editor(key).installEventFilter(self)
        self.open_at(corner, size)
        self.boxes.take_hand()

    def _specs(self, one: Sayable, catalogue: Catalogue) -> list[Spec]:
        self._labels = ()
        if takes_ends(one.type.kind):
            hint = "2026-01-01" if one.type.unit == "日" else "不写就是不限"
            return [Spec(_LOW, "从（含）", hint=hint, wide=6), Spec(_HIGH, "到（含）", hint=hint, wide=6)]
        choices = tuple(answers_for(one, catalogue))
        self._labels = tuple(choice.text for choice in choices)
        if choices:
            return [Spec(_AMONG, "是其中之一：拼音首字母来选，可选几项，回车", Sort.PICKS, choices, wide=12)]
        return [Spec(_AMONG, "里面有这些字（几个词用顿号隔开，有一个就算）", wide=12)]

    def _typed(self, key: Key, text: str) -> None:
        self._words[key] = text

    def _finish(self) -> None:
        among = tuple(dict.fromkeys(self._codes.get(word, word) for word in picked(self._words[_AMONG], self._labels)))
        condition = Condition(self._word, among, self._words[_LOW].strip(), self._words[_HIGH].strip())
        self.close_sheet()
        self.said.emit(condition)


def picked(text: str, labels: Sequence[str]) -> list[str]:
    """The words of a box apart: labels that are known whole, even those with a sign of their own that parts others."""
    found, rest = [], text if labels else text.replace("，", JOIN)
    while rest:
        known = [one for one in labels if rest == one or rest.startswith(one + JOIN)]
        word = max(known, key=len) if known else rest.partition(JOIN)[0]
        found.append(word.strip())
        rest = rest[len(word) :].removeprefix(JOIN)
    return [word for word in found if word]
