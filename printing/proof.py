"""The proof (校样) of a paper: every box drawn with its name and what fills it, before anyone uses the edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.cells import CellKind, Slot, Template
from forms.language.facts import ROOT_ROW
from forms.language.values import Verdict
from forms.paper import Grid, Letter, Overlay, Paper
from forms.schema import ROOT, Expression, Option
from printing.boxes import set_line
from printing.cells import Blank
from printing.layout import numbered, plates_of
from printing.letter import lay_out_letter
from printing.marks import HEI, Mark, Page, Rect
from printing.overlay import plates_of as overlay_plates
from printing.plate import Plate
from printing.spread import spread
from printing.strips import points
from printing.text import Style, fit, rows
from printing.values import Values

_NAME = Style(HEI, 7.0, 4.5, 1.1)
_RULE = 0.3
_MORE = "…"
_KINDS = {CellKind.COMB: "格", CellKind.TICKS: "选", CellKind.PARAGRAPH: "段"}


class Named:
    """A case of which every value is its own name in braces: everything prints, and no row exists."""

    def __init__(self, values: Values) -> None:
        self._values = values

    @property
    def digest(self) -> str:
        """That of the case, apart from it: proofs and papers share no plates."""
        return f"{self._values.digest} 校样"

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """The expression itself."""
        return f"{{{value.text}{' ' if form else ''}{form}}}"

    def holds(self, value: Expression, table: str, row: str) -> Verdict:
        """Every condition, so that every part is seen."""
        return Verdict.YES

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    def options(self, value: Expression, table: str) -> tuple[Option, ...]:
        """The case's."""
        return self._values.options(value, table)

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        """None: each table shows its least rows."""
        return (ROOT_ROW,) if table == ROOT else ()


def proof(paper: Paper, values: Values) -> list[Page]:
    """The pages of a proof; `values` gives the options that are drawn, none of its answers is used."""
    named = Named(values)
    match paper.body:
        case Grid() as grid:
            plates = plates_of(paper, spread(paper, grid, named, ROOT_ROW), named)
        case Overlay() as overlay:
            plates = overlay_plates(paper, overlay, named)
        case Letter() as letter:
            return _headed(lay_out_letter(paper, letter, named, ROOT_ROW), paper)
    return _headed(numbered([_page(plate) for plate in plates]), paper)


def _page(plate: Plate) -> Page:
    marks = [mark for blank in plate.blanks for mark in _box(blank)]
    return Page(plate.width, plate.height, plate.form, tuple(marks))


def _box(blank: Blank) -> list[Mark]:
    """The edge of a box, and in it its name and what fills it, as much of it as there is room for."""
    box = blank.box
    edge: list[Mark] = [Rect(box.x, box.y, box.w, box.h, _RULE)]
    kind = f" {_KINDS[blank.kind]}" if blank.kind in _KINDS else ""
    said = _written(blank.text)
    words = f"{'' if blank.name in said else blank.name}{said}{kind}".replace("\n", "")
    fitted = fit(words, box.w, box.h, _NAME, _MORE)
    top = box.top - 0.9 * fitted.size
    most = rows(box.h, fitted.size, _NAME.pitch)
    style = replace(_NAME, size=fitted.size)
    return edge + [
        set_line(line, box.x, top - at * fitted.size * _NAME.pitch, style)
        for at, line in enumerate(fitted.lines[:most])
    ]


def _written(template: Template) -> str:
    return "".join(
        part if isinstance(part, str) else f"{{{part.value.text}}}" if isinstance(part, Slot) else "{#}"
        for part in template
    )


def _headed(pages: Sequence[Page], paper: Paper) -> list[Page]:
    words = f"校样　{paper.id} {paper.name}　版 {paper.edition}　不得使用"
    style = Style(HEI, 9, 9)
    return [
        replace(page, marks=(*page.marks, set_line(words, page.width / 2, page.height - points(8), style, "中")))
        for page in pages
    ]
