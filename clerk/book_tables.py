"""A book as two tables: what moved per programme and village (收支平衡), and every line that moved (变动明细)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from clerk.movements import CORRECTED, SAME, Book, Movement
from clerk.paying import ONCE
from clerk.rosters import Cell, RosterColumn, RosterTable
from clerk.settings import Office
from clerk.wording import region_name
from forms.catalogue import Catalogue
from forms.schema import Kind

Figure = tuple[str, Callable[[Movement], int]]
_FIGURES: Sequence[Figure] = (
    ("期初", lambda moved: moved.opening),
    ("更正", lambda moved: moved.correction),
    ("增加", lambda moved: moved.came),
    ("减少", lambda moved: moved.left),
    ("期末", lambda moved: moved.closing),
)
_KEYS = ("项目", "村（社区）", "周期")


def tables_of(book: Book, catalogue: Catalogue, office: Office) -> tuple[RosterTable, RosterTable]:
    """The balance and the lines that moved; a correction of an earlier book is a line of its own."""
    return _balance(book, catalogue, office), _lines(book, catalogue, office)


def _balance(book: Book, catalogue: Catalogue, office: Office) -> RosterTable:
    groups: dict[tuple[str, ...], list[Movement]] = {}
    for moved in book.movements:
        groups.setdefault(_key(moved, catalogue), []).append(moved)
    rows: list[tuple[Cell, ...]] = []
    for key, found in sorted(groups.items()):
        money = [sum(map(figure, found)) for _, figure in _FIGURES]
        rows.append((*key, _standing(found, _FIGURES[0][1]), *money, _standing(found, _FIGURES[-1][1])))
    counted = (
        RosterColumn("期初件数", Kind.INTEGER, total=True),
        *_money(),
        RosterColumn("期末件数", Kind.INTEGER, total=True),
    )
    return _table(book, "收支平衡表", (*_texts(_KEYS), *counted), rows, office)


def _lines(book: Book, catalogue: Catalogue, office: Office) -> RosterTable:
    rows: list[tuple[Cell, ...]] = []
    for moved in book.movements:
        who = (*_key(moved, catalogue), moved.case_number, moved.number, moved.name)
        at_once = moved.correction if moved.line.cycle == ONCE else 0
        stood = moved.opening + moved.correction - at_once
        if moved.correction:
            rows.append((*who, CORRECTED, moved.opening, moved.correction, 0, at_once, stood))
        if moved.change not in (SAME, CORRECTED):
            rows.append((*who, moved.change, stood, 0, moved.came, moved.left - at_once, moved.closing))
    columns = (*_texts((*_KEYS, "案件编号", "办件编号", "姓名", "变动")), *_money(("增加", "减少", "更正")))
    return _table(book, "变动明细表", columns, sorted(rows, key=lambda row: tuple(map(str, row[:7]))), office)


def _key(moved: Movement, catalogue: Catalogue) -> tuple[str, ...]:
    programme = catalogue.programmes.get(moved.line.programme)
    village = region_name(moved.village, catalogue) if moved.village else "未填村居"
    return programme.name if programme else moved.line.programme, village, moved.line.cycle


def _standing(found: Iterable[Movement], figure: Callable[[Movement], int]) -> int:
    return sum(figure(moved) != 0 for moved in found)


def _texts(headings: Iterable[str]) -> tuple[RosterColumn, ...]:
    return tuple(RosterColumn(heading, Kind.TEXT) for heading in headings)


def _money(added: Iterable[str] | None = None) -> tuple[RosterColumn, ...]:
    return tuple(
        RosterColumn(
            heading, Kind.MONEY, total=added is None or heading in added, main=heading == "期末" and added is None
        )
        for heading, _ in _FIGURES
    )


def _table(
    book: Book, name: str, columns: tuple[RosterColumn, ...], rows: Sequence[tuple[Cell, ...]], office: Office
) -> RosterTable:
    def total(at: int) -> int:
        return sum(cell for row in rows if isinstance(cell := row[at], int))

    standing = [each.line for each in book.standing if each.line.cycle != ONCE]
    return RosterTable(
        id=name,
        name=name,
        department=office.name,
        span=book.span,
        columns=columns,
        rows=tuple(rows),
        totals=tuple(total(at) if column.total else None for at, column in enumerate(columns)),
        households=len({line.household_id for line in standing}),
        people=len({(line.household_id, line.subject) for line in standing}),
        notes=("期初＋更正＋增加－减少＝期末；一次性的当期进出，不留期末",),
    )
