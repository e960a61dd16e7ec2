"""The plan as a table: a row a programme, a column the household and each person, a cell what stands there. Qt-free.

Programmes stand by class; those that nobody can have stand folded at the end, so that all of them are still there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clerk.plan import SHOWN_FIRST, Compared, Difference, compare, gone
from clerk.screening import Standing
from clerk.screening_text import SIGNS
from clerk.titles import WHOLE
from forms.language.facts import ROOT_ROW
from forms.language.values import Range
from forms.schema import Kind
from ui.offers.lines import amount_words

if TYPE_CHECKING:
    from clerk.records import AmountKept, Application
    from clerk.screening import Offer, Screening
    from ui.intake.controller import IntakeController

WORDS: Mapping[Standing, str] = {
    Standing.OPEN: "申请",
    Standing.CHOOSE: "待选择",
    Standing.HELD: "已享",
    Standing.REFER: "转介",
    Standing.MISSING: "待补",
    Standing.BARRED: "不并领",
    Standing.NO: "不符",
}


@dataclass(frozen=True, slots=True)
class Column:
    """The household, or one person; `key` is the row key, `caption` kinship and age."""

    key: str
    title: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One programme for one subject: sign and word, what it pays, a note below; `chosen` None where it cannot be taken."""

    offer: Offer
    sign: str
    word: str
    amount: str = ""
    note: str = ""
    chosen: bool | None = None
    difference: Difference | None = None

    @property
    def spoken(self) -> str:
        """The cell as a screen reader says it."""
        picked = {True: "已选", False: "未选", None: ""}[self.chosen]
        change = self.difference.value if self.difference else ""
        return "，".join(part for part in (picked, change, self.word, self.amount, self.note) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A programme with its cells by column key, or the heading of a class; `count` says what a folded heading hides."""

    title: str
    department: str = ""
    cells: Mapping[str, Cell] | None = None
    count: int = 0
    folds: bool = False

    @property
    def heading(self) -> bool:
        """True for the line above a class."""
        return self.cells is None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole plan; `gone` are filed applications that the household's answers do not speak of any more."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    differences: Mapping[Difference, int]
    gone: tuple[Application, ...] = ()

    @property
    def to_choose(self) -> int:
        """How many cells wait for the household to choose one of two."""
        cells = [cell for row in self.rows for cell in (row.cells or {}).values()]
        return sum(1 for cell in cells if cell.offer.standing is Standing.CHOOSE and cell.offer.rivals)

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands at a place; None where nothing does."""
        cells = self.rows[row].cells
        return cells.get(self.columns[column].key) if cells is not None else None

    def stops(self, row: int) -> list[int]:
        """The columns of a row where the hand can stand."""
        line = self.rows[row]
        if line.cells is None:
            return [0] if line.folds else []
        return [place for place, column in enumerate(self.columns) if column.key in line.cells]

    def walk(self, at: tuple[int, int], step: int, wanted: int) -> tuple[int, int]:
        """The next place `step` rows up or down, as near as can be to the wanted column; the same place at the end."""
        rows = [row for row in range(len(self.rows)) if self.stops(row)]
        if not rows:
            return at
        ahead = [row for row in rows if row > at[0]] if step > 0 else [row for row in reversed(rows) if row < at[0]]
        if not ahead:
            return at
        row = ahead[min(abs(step), len(ahead)) - 1]
        return row, min(self.stops(row), key=lambda column: abs(column - wanted))

    def aside(self, at: tuple[int, int], step: int) -> tuple[int, int]:
        """The next place to the left or right in the same row; the same place at the end."""
        ahead = [column for column in self.stops(at[0]) if (column - at[1]) * step > 0]
        return (at[0], min(ahead, key=lambda column: abs(column - at[1]))) if ahead else at

    def first(self) -> tuple[int, int]:
        """Where the hand begins: on what is different, else on what can be asked for, else at the top."""
        places = [(row, column) for row in range(len(self.rows)) for column in self.stops(row)]
        cells = [(place, cell) for place in places if (cell := self.cell(*place))]
        changed = [place for place, cell in cells if cell.difference in SHOWN_FIRST]
        taken = [place for place, cell in cells if cell.chosen is not None]
        return next(iter([*changed, *taken, *places]), (0, 0))


def matrix(
    screening: Screening,
    desk: IntakeController,
    chosen: Callable[[Offer], bool],
    filed: Sequence[Application] | None = None,
    *,
    unfolded: bool = False,
) -> Matrix:
    """The plan of one household; with `filed`, as a difference against the applications that stand."""
    compared = compare(screening, filed) if filed is not None else {}
    programmes: dict[str, list[dict[str, Cell]]] = {}
    for offer in screening.offers:
        cell = _cell(offer, desk, chosen(offer), compared.get(offer.key))
        _place(cell, _column_of(offer, desk), programmes.setdefault(offer.programme, []))
    rows: list[Row] = []
    dead: list[Row] = []
    for group, names in _by_group(programmes, desk).items():
        made = [_row(name, cells, desk) for name in names for cells in programmes[name]]
        alive = [row for row in made if not _all_refused(row)]
        dead += [row for row in made if _all_refused(row)]
        if alive:
            rows += [Row(group, count=len(alive)), *alive]
    if dead:
        rows.append(Row("全都不符", count=len(dead), folds=True))
        rows += dead if unfolded else []
    counts = {one: sum(1 for found in compared.values() if found.difference is one) for one in Difference}
    return Matrix(_columns(desk), tuple(rows), counts, gone(screening, filed or ()))


def _by_group(programmes: Mapping[str, object], desk: IntakeController) -> dict[str, list[str]]:
    known = desk.catalogue.programmes
    groups: dict[str, list[str]] = {}
    for name in sorted(programmes, key=lambda name: (known[name].order, known[name].number)):
        groups.setdefault(known[name].group, []).append(name)
    return groups


def _place(cell: Cell, column: str, lines: list[dict[str, Cell]]) -> None:
    """Put a cell into the first line that has room: what one person owns two of takes two lines."""
    line = next((line for line in lines if column not in line), None)
    if line is None:
        lines.append({column: cell})
    else:
        line[column] = cell


def _row(name: str, cells: Mapping[str, Cell], desk: IntakeController) -> Row:
    programme = desk.catalogue.programmes[name]
    return Row(programme.name, programme.department, cells)


def _all_refused(row: Row) -> bool:
    return all(cell.offer.standing is Standing.NO and cell.difference is None for cell in (row.cells or {}).values())


def _columns(desk: IntakeController) -> tuple[Column, ...]:
    table = Kind.MEMBER.value
    people = [Column(key, desk.title(table, key), desk.caption(table, key)) for key in desk.rows(table)]
    return (Column(ROOT_ROW, WHOLE), *people)


def _column_of(offer: Offer, desk: IntakeController) -> str:
    """The person an offer is for, or who owns what it is for."""
    table, row = desk.catalogue.programmes[offer.programme].subject, offer.row
    while row != ROOT_ROW and table != Kind.MEMBER.value:
        row, table = desk.owner(table, row), desk.catalogue.tables[table].owner
    return row


def _cell(offer: Offer, desk: IntakeController, taken: bool, compared: Compared | None) -> Cell:
    difference = compared.difference if compared else None
    standing = offer.standing
    word = WORDS[standing]
    if standing is Standing.BARRED and offer.by:
        word = f"与{desk.catalogue.programmes[offer.by].name}不并领"
    amount = amount_words(offer.judgement.amounts) if standing not in (Standing.NO, Standing.BARRED) else ""
    note = _missing(offer) if standing is Standing.MISSING else _beside(offer, desk)
    if difference is Difference.SAME:
        word = difference.value
    elif compared is not None and compared.was:
        note = f"原 {kept_words(compared.was)}"
    return Cell(offer, SIGNS[standing], word, amount, note, taken if standing is Standing.OPEN else None, difference)


def kept_words(amounts: Sequence[AmountKept]) -> str:
    """The amounts of a filed application, as the plan says amounts."""
    from forms.language.results import AmountSaid

    top = float("inf")
    return amount_words([AmountSaid(one.id, one.period, one.unit, Range(one.low, top if one.high is None else one.high)) for one in amounts]) or "待定"


def _beside(offer: Offer, desk: IntakeController) -> str:
    """Which other one the household has to choose beside, or has left."""
    names = desk.catalogue.programmes
    if offer.standing is Standing.CHOOSE:
        others = [name for name, _ in offer.rivals] or [offer.by]
        return ("与" if offer.rivals else "看是否选") + "、".join(names[name].name for name in others) + ("选一项" if offer.rivals else "")
    return "已选定" if offer.rivals and offer.standing is Standing.OPEN else ""


def _missing(offer: Offer) -> str:
    return f"缺 {len(offer.judgement.missing)} 项" if offer.judgement.missing else ""


def gone_words(plan: Matrix, desk: IntakeController) -> str:
    """What was filed for somebody or something that is not here any more."""
    known = desk.catalogue.programmes
    said = [
        f"{known[one.programme].name if one.programme in known else one.programme}（{one.number}）" for one in plan.gone
    ]
    return "、".join(said)
