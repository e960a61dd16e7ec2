"""What the helper process does: make the papers of a case, make the workbook of some rosters. Qt-free, module-level.

It reads the store itself; the catalogue and its compiled rules stay with it between jobs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.workspace import OFFICE, Where

if TYPE_CHECKING:
    from clerk.service import Plans, Wanted
    from clerk.settings import Office
    from clerk.store import Store, UnitOfWork, View
    from printing.packet import Packet


@dataclass(frozen=True, slots=True)
class Source:
    """Where a job reads: the clerk's folder, the layers of data, the day it is done.

    `at` is the moment it was asked for, which events are told; None this machine's own.
    """

    where: Where
    layers: tuple[Path, ...]
    today: date
    at: datetime | None = None


def get_ready(source: Source) -> bool:
    """Load what every job needs, before it is needed."""
    from printing import packet

    return bool(packet) and plans_of(source).on(source.today) is not None


def make_packet(source: Source, case_number: str) -> Packet:
    """The packet of a case: the papers it needs, in filing order. UserCanFix when there is no such case."""
    from clerk.service import case_files
    from printing.packet import packet

    with reading(source) as view:
        (case,) = case_files(view, [case_number], plans_of(source), source.today)
    return packet(case)


def make_leaflets(source: Source, case_number: str) -> Packet:
    """What the household of a filed case takes home: its policy list, and what it still needs."""
    from clerk.service import case_files
    from printing.packet import leaflets, packet

    with reading(source) as view:
        (case,) = case_files(view, [case_number], plans_of(source), source.today)
    return packet(case, leaflets(case))


def draft_leaflets(source: Source, document: dict[str, Any], chosen: tuple[tuple[str, str], ...]) -> Packet:
    """The same for a household at the desk (as a document), told of the (programme, subject row) that it would file."""
    from clerk.casefile import draft_case
    from clerk.document import from_document
    from clerk.fanout import would_file
    from clerk.screening import screen
    from clerk.settings import Office
    from forms.language.evaluate import Evaluator
    from printing.packet import leaflets, packet

    plan = plans_of(source).on(source.today)
    household = from_document(document, plan.catalogue)
    with reading(source) as view:
        kept = view.setting(OFFICE)
    offers = [one for one in screen(Evaluator(plan, household), plan.catalogue).offers if one.key in chosen]
    case = draft_case(
        household, plan, Office(**kept) if kept else Office("", "", ""), would_file(household, offers, plan)
    )
    return packet(case, leaflets(case))


def write_rosters(source: Source, wanted: Wanted, target: Path, apart: bool = False) -> Path:
    """Write rosters into one workbook and tell the journal; where it is. UserCanFix for a folder that refuses.

    `apart` writes a workbook for each receiving department instead, into the target's folder: that is where they are.
    """
    from clerk.service import roster_tables
    from ui.roster_files import tell, write_out

    with reading(source) as view:
        office = office_of(view)
        tables = roster_tables(view, wanted, plans_of(source))
    written = write_out(tables, room_for(target), office, source.today, apart=apart)
    with working(source) as work:
        tell(work, written, office.clerk)
    return target.parent if apart else target


def write_leads(source: Source, rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...], target: Path) -> Path:
    """Write a list of leads (类别, 事项, 对象, 住址, 理由) into a workbook; where it is."""
    return write_plain(source, ("类别", "事项", "对象", "住址", "理由"), rows, notes, target)


def write_plain(
    source: Source, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...], target: Path
) -> Path:
    """Write rows of words under headings into a workbook, every cell as text; where it is. UserCanFix when the disk refuses."""
    from printing.sheet_rows import Format, Sheet, SheetColumn
    from printing.workbook import write_sheets

    with reading(source) as view:
        unit = view.setting(OFFICE)["name"]
    columns = tuple(SheetColumn(heading, Format.TEXT) for heading in headings)
    sheet = Sheet(target.stem[:31], target.stem, unit, source.today, columns, rows, notes=notes)
    write_sheets([sheet], room_for(target))
    return target


def office_of(view: View) -> Office:
    """The office as it is set."""
    from clerk.settings import Office

    return Office(**view.setting(OFFICE))


def room_for(target: Path) -> Path:
    """The file, its folder made where it is new. UserCanFix for a folder that refuses."""
    from clerk.atomic import cause
    from clerk.errors import UserCanFix

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserCanFix(f"不能写到「{target.parent}」：{cause(error)}") from error
    return target


@contextmanager
def reading(source: Source) -> Iterator[View]:
    """One consistent snapshot of the store."""
    with store_of(source) as store, store.reading() as view:
        yield view


@contextmanager
def working(source: Source) -> Iterator[UnitOfWork]:
    """One unit of work in the store, all kept or nothing."""
    with store_of(source) as store, store.work() as work:
        yield work


@contextmanager
def store_of(source: Source) -> Iterator[Store]:
    """The store, open for one job."""
    from clerk.store import open_store

    at = source.at
    store = open_store(source.where.store, create=False, now=(lambda: at) if at else None)
    try:
        yield store
    finally:
        store.close()


def plans_of(source: Source) -> Plans:
    """The compiled catalogue, kept between jobs."""
    return _plans(source.layers, source.where)


@lru_cache(maxsize=2)
def _plans(layers: tuple[Path, ...], where: Where) -> Plans:
    from ui.packs import plans_over

    return plans_over(layers, where)
