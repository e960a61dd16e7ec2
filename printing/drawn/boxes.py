"""The boxes of a paper as they lie on its pages before anyone fills them: what each takes, where, how large. Millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from forms.cells import CellKind, Slot, Template
from forms.language.facts import ROOT_ROW
from forms.paper import Grid, Letter, Overlay, Paper
from forms.paper_walk import Role, walk
from forms.schema import Expression
from printing.cells import Blank
from printing.layout import plates_of
from printing.marks import POINTS_PER_MM
from printing.overlay import plates_of as overlay_plates
from printing.plate import Plate
from printing.proof import Named
from printing.spread import spread
from printing.values import Values


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page: left, top, width and height in mm; a letter's places have no page (0)."""

    page: int
    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class PaperBox:
    """One box: its name on the paper, the words and values it takes, the kind of cell, the table it is filled from.

    A `repeated` box stands once for each row of its table. `blank` is the box as it is laid out, None in a letter.
    """

    name: str
    said: str
    kind: str
    table: str
    place: Place
    text: Template
    options: tuple[str, ...] = ()
    record: int = 0
    repeated: bool = False
    blank: Blank | None = None

    @property
    def values(self) -> tuple[Expression, ...]:
        """The values it takes."""
        return tuple(part.value for part in self.text if isinstance(part, Slot))


def pages_of(paper: Paper, values: Values) -> list[Plate]:
    """The pages of a paper with their blanks, every part of it drawn. Raises UserCanFix for words that do not fit."""
    named = Named(values)
    match paper.body:
        case Grid() as grid:
            return plates_of(paper, spread(paper, grid, named, ROOT_ROW), named)
        case Overlay() as overlay:
            return overlay_plates(paper, overlay, named)
        case Letter():
            return []


def boxes_of(paper: Paper, values: Values) -> tuple[PaperBox, ...]:
    """Every box of a paper in reading order; `values` gives the options that are drawn."""
    if isinstance(paper.body, Letter):
        return tuple(_of_letter(paper))
    repeated = _repeated(paper, values)
    return tuple(
        replace(_box(blank, number, plate.height), repeated=blank.source in repeated)
        for number, plate in enumerate(pages_of(paper, values), start=1)
        for blank in plate.blanks
        if blank.kind is not None and not plate.sequel
    )


def said(template: Template) -> str:
    """A template as its author writes it."""
    parts = []
    for part in template:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, Slot):
            parts.append("{" + part.value.text + (f" {part.form}" if part.form else "") + "}")
        else:
            parts.append("{#}")
    return "".join(parts)


def _repeated(paper: Paper, values: Values) -> frozenset[int]:
    """The sources whose rows are repeated one under another."""
    if not isinstance(paper.body, Grid):
        return frozenset()
    repeats = spread(paper, paper.body, Named(values), ROOT_ROW).repeats
    return frozenset(source for source, repeat in enumerate(repeats) if repeat)


def _box(blank: Blank, page: int, high: float) -> PaperBox:
    box = blank.box
    sides = (box.x, high - box.top, box.w, box.h)
    kind = blank.kind or CellKind.VALUE
    return PaperBox(
        name=blank.name,
        said=said(blank.text),
        kind=kind.value,
        table=blank.table,
        place=Place(page, *(round(side / POINTS_PER_MM, 1) for side in sides)),
        text=blank.text,
        options=tuple(blank.ticks or ()),
        record=blank.record,
        blank=blank,
    )


def _of_letter(paper: Paper) -> Iterator[PaperBox]:
    for use in walk(paper):
        if use.role is not Role.CONDITION:
            slot = Slot(use.expression)
            yield PaperBox(use.expression.text, f"{{{use.expression.text}}}", "值", use.table, Place(0), (slot,))
