"""Fill the blanks of a plate with one case's answers; what has no room goes to the continuation page (附页)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from forms.paper import CellKind, Ordinal, Template
from printing.boxes import set_line, set_lines, set_upright
from printing.cells import Blank
from printing.marks import KAI, Mark
from printing.text import Style, fit, indented
from printing.values import Values

_GAP = "　　"
_TORN = 60
"""A text of more characters may be torn between its cell and the continuation page; a shorter one, such as a name, stands
there whole."""


class TooLong(Exception):  # noqa: N818 - a signal between layout steps, never shown
    """A comb has fewer boxes than the text has characters: the page is laid out again without that comb."""

    def __init__(self, text: Template) -> None:
        self.text = text
        super().__init__()


@dataclass(frozen=True, slots=True)
class More:
    """Text that found no room: its number on the continuation page, what it is, and the part still to be said.

    A `whole` text is said again from its beginning.
    """

    number: int
    name: str
    text: str
    whole: bool = False


@dataclass(slots=True)
class Filling:
    """One copy of one paper while it is being filled: rows by source, and the texts to be continued."""

    values: Values
    tables: Sequence[str]
    rows: Sequence[Sequence[str]]
    measures: Sequence[str]
    more: list[More] = field(default_factory=list)

    def fill(self, blank: Blank) -> list[Mark]:
        """The marks of one blank: none when its row does not exist or its value is not known."""
        rows = self.rows[blank.source]
        if blank.kind is None:
            return self._note(blank, len(rows))
        if blank.record >= len(rows):
            return []
        row = rows[blank.record]
        if blank.kind is CellKind.TICKS:
            return self._tick(blank, row)
        text = self.say(blank.text, blank.table, row, blank.record)
        if not text:
            return []
        if blank.kind is CellKind.COMB:
            return _comb(blank, text)
        return self._write(blank, text)

    def say(self, template: Template, table: str, row: str, record: int, gap: str = _GAP) -> str:
        """A template in words, `gap` standing for each value that is not yet known; a lone unknown value is ""."""
        if len(template) == 1 and not isinstance(template[0], str | Ordinal):
            return self.values.say(template[0].value, table, row, template[0].form)
        if not any(isinstance(part, str) and part.strip() for part in template):
            gap = ""  # nothing but values: those that are known stand together
        said = ""
        for part in template:
            if isinstance(part, str):
                said += part
            elif isinstance(part, Ordinal):
                said += str(record + 1)
            else:
                said += self.values.say(part.value, table, row, part.form) or gap
        return said.strip("\u3000 \n") if not gap else said

    def _write(self, blank: Blank, text: str) -> list[Mark]:
        paragraph = blank.kind is CellKind.PARAGRAPH
        if blank.upright:
            return set_upright(text, blank.box, blank.style.size, blank.style.face)
        return self._set(blank, indented(text, 2) if paragraph else text, blank.align, paragraph)

    def _set(self, blank: Blank, text: str, align: str, high: bool = False) -> list[Mark]:
        """A text in its box; what does not fit goes to the continuation page."""
        box, style = blank.box, blank.style
        fitted = fit(text, box.w, box.h, style, f"（见附页{len(self.more) + 1}）")
        if fitted.rest:
            whole = len(text) <= _TORN
            self.more.append(More(len(self.more) + 1, blank.name, text if whole else fitted.rest, whole))
        return list(set_lines(fitted, box, style, align, high))

    def _note(self, blank: Blank, count: int) -> list[Mark]:
        text = f"（其余{count - blank.record}{self.measures[blank.source]}见续表）"
        return list(set_lines(fit(text, blank.box.w, blank.box.h, blank.style, ""), blank.box, blank.style, "中"))

    def _tick(self, blank: Blank, row: str) -> list[Mark]:
        rows = self.values.rows(blank.over, self.tables[blank.source], row) if blank.over else (row,)
        part = blank.text[0]
        if isinstance(part, str | Ordinal):
            return []
        answers = [(one, self.values.chosen(part.value, blank.table, one)) for one in rows]
        places = blank.ticks or {}
        codes = frozenset[str]().union(*(chosen for _, chosen in answers))
        marks: list[Mark] = [tick for code, tick in places.items() if code in codes]
        undrawn = [one for one, chosen in answers if not chosen <= places.keys() | blank.elsewhere]
        others = "、".join(dict.fromkeys(self.values.say(part.value, blank.table, one, "") for one in undrawn))
        if others:  # an option that the form no longer draws is said in words, never dropped
            marks += self._set(blank, others, "右")
        return marks


def _comb(blank: Blank, text: str) -> list[Mark]:
    if len(text) > blank.boxes:
        raise TooLong(blank.text)
    step, size = blank.box.w / blank.boxes, min(blank.style.size, blank.box.h * 0.8)
    style = Style(KAI, size, size)
    base = blank.box.y + (blank.box.h - size) / 2 + 0.14 * size
    return [
        set_line(one, blank.box.x + step * (at + 0.5), base, style, "中") for at, one in enumerate(text) if one != " "
    ]
