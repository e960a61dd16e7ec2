"""One dated value of a standard as boxes: what stands in them becomes the tree, and faults of the tree find their box. Qt-free."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from forms.schema import Kind
from ui.intake.matching import Choice
from ui.policy.boxes import Sort, Spec, Wrong, split
from ui.policy.tree import Key, Tree, at, with_at, words_at

if TYPE_CHECKING:
    from clerk.authoring.shapes import Fault, StandardShape

SINCE, UNTIL, VALUE, PAPER, WHY = ("自",), ("止",), ("值",), ("文件",), ("为什么",)
MARKS = (
    Choice("V", "已与原文核对", "V"),
    Choice("K", "待核：只见于转述", "K"),
    Choice("D", "待核：没有见到文件", "D"),
)
_SORTS = {Kind.FLAG: Sort.FLAG, Kind.OPTION: Sort.PICK, Kind.OPTIONS: Sort.PICKS, Kind.TEXT: Sort.LONG}


def value_keys(shape: StandardShape) -> list[Key]:
    """Where the values of one dated value stand: one key without dimensions, else one for each combination of words."""
    if not shape.axes:
        return [VALUE]
    written = [tuple(axis.words) or tuple(dict.fromkeys(key[place] for one in shape.standard.values for key in one.values)) for place, axis in enumerate(shape.axes)]
    return [(*VALUE, *words) for words in product(*written)]


def specs_of(shape: StandardShape, now: Tree, correcting: bool) -> list[Spec]:
    """The boxes of a value; `now` is the value in force, shown as a hint."""
    keys = value_keys(shape)
    sort = _SORTS.get(shape.kind, Sort.LINE)
    options = tuple(Choice(one.label, one.label) for one in shape.codes.options if not one.retired) if shape.codes else ()
    wide = 12 if sort in (Sort.PICKS, Sort.LONG) else 3
    made = [Spec(SINCE, "从哪天起", hint="如 2027-01-01"), Spec(UNTIL, "到哪天止（可不填）")]
    for key in keys:
        hint = f"现为 {words}" if (words := words_at(now, key)) else ""
        made.append(Spec(key, " · ".join(map(str, key[1:])) or "数额", sort, options, hint, wide))
    made += [
        Spec((*PAPER, "名称"), "文件名称", wide=6, hint="通知、办法的全称"),
        Spec((*PAPER, "文号"), "文号", wide=3, hint="如 示民〔2026〕9号"),
        Spec((*PAPER, "标记"), "核对情况", Sort.PICK, MARKS, wide=3),
    ]
    return [*made, Spec(WHY, "为什么改已生效的数额", wide=12, hint="写明更正或追溯的理由，随版本留存")] if correcting else made


@dataclass
class ValueForm:
    """What is being typed of one value; `place` is its number in the tree's values, None for one that is new."""

    base: Tree
    shape: StandardShape
    place: int | None = None
    words: dict[Key, str] = field(default_factory=dict)
    touched: set[Key] = field(default_factory=set)

    def begin(self) -> None:
        """Take the words that stand in the tree; a new value begins with its mark only."""
        if self.place is None:
            self.words = {(*PAPER, "标记"): "V"}
            return
        value = self.base[VALUE[0]][self.place]
        keys = [SINCE, UNTIL, *value_keys(self.shape), *((*PAPER, part) for part in ("名称", "文号", "标记"))]
        self.words = {key: words_at(value, key) for key in keys}

    def type(self, key: Key, text: str) -> None:
        """Take what was typed."""
        self.words[key] = text
        self.touched.add(key)

    def tree(self) -> tuple[Tree, int]:
        """The whole document with this value, and where the value stands in it. UserCanFix for a first day that is none."""
        from clerk.authoring.standards import VALUES, same_day, with_value

        value: Tree = copy.deepcopy(self.base[VALUES][self.place]) if self.place is not None else {}
        for key, text in self.words.items():
            if key != WHY:
                value = with_at(value, key, self._read(key, text))
        if self.place is not None:
            return with_at(self.base, (VALUES, self.place), value), self.place
        made = with_value(self.base, value)
        place = next(number for number, one in enumerate(made[VALUES]) if same_day(one.get(SINCE[0]), value.get(SINCE[0])))
        return made, place

    def wrong(self, faults: Iterable[Fault], place: int, boxes: Iterable[Key], everything: bool) -> tuple[dict[Key, Wrong], list[str]]:
        """Each fault at its box, and the sentences of those that lie elsewhere; untouched boxes only with `everything`."""
        found: dict[Key, Wrong] = {}
        elsewhere = []
        for fault in faults:
            key = self._box(fault.key, place, list(boxes))
            if key is None:
                elsewhere.append(str(fault))
            elif everything or key in self.touched:
                found.setdefault(key, Wrong(fault.message + (f"，{fault.advice}" if fault.advice else ""), fault.column))
        return found, elsewhere

    def _box(self, key: Key, place: int, boxes: list[Key]) -> Key | None:
        """The box a fault belongs to: that of its key, else the first empty one under it, else the first of the value."""
        if key[:2] != (VALUE[0], place):
            return None
        inside = key[2:]
        if not inside:
            return WHY if WHY in boxes else SINCE
        for box in boxes:
            if inside[: len(box)] == box:
                return box
        under = [box for box in boxes if box[: len(inside)] == inside]
        return next((box for box in under if not self.words.get(box)), under[0] if under else SINCE)

    def _read(self, key: Key, text: str) -> object:
        words = text.strip()
        return split(words) if key[0] == VALUE[0] and self.shape.kind is Kind.OPTIONS else words


def effect(before: Tree | None, after: Tree, shape: StandardShape, doubtful: Iterable[Key] = ()) -> str:
    """What a new value does to the one before it, box by box: `城市 832元 → 900元（＋68元，＋8.17%）`; not where it is `doubtful`."""
    said, unsure = [], list(doubtful)
    for key in value_keys(shape):
        old, new = words_at(before or {}, key), words_at(after, key)
        if not new or old == new or key in unsure:
            continue
        name = "·".join(map(str, key[1:]))
        said.append(f"{name} {old or '没有'} → {new}{_difference(old, new, shape)}".strip())
    if not said:
        if unsure:
            return ""
        return "与前一个数额相同" if before and at(after, VALUE) == at(before, VALUE) else ""
    return f"从 {after.get(SINCE[0], '')} 起：" + "；".join(said)


def _difference(old: str, new: str, shape: StandardShape) -> str:
    from clerk.wording import money, percent
    from forms.literals import read_literal
    from forms.places import DataError, Place
    from forms.reading import Located

    if shape.kind is not Kind.MONEY or not old:
        return ""
    try:
        was, now = (read_literal(Located(text, Place("", 1, 1)), Kind.MONEY) for text in (old, new))
    except DataError:
        return ""
    if not isinstance(was, int) or not isinstance(now, int) or not was:
        return ""
    from fractions import Fraction

    step = now - was
    sign = "＋" if step >= 0 else "－"
    return f"（{sign}{money(abs(step)).removesuffix('.00')}元，{sign}{percent(Fraction(abs(step), was))}）"


def previous(tree: Tree, place: int) -> Tree | None:
    """The dated value before one, by its place."""
    values: list[Mapping[str, object]] = tree.get(VALUE[0]) or []
    return dict(values[place - 1]) if 0 < place <= len(values) else None
