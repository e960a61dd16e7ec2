"""What the helper process does: make the papers of a case, make the workbook of some rosters. Qt-free, module-level.

The catalogue and its compiled rules stay in the helper between jobs.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.workspace import OFFICE, Where

if TYPE_CHECKING:
    from clerk.periods import Span
    from clerk.records import CaseRecord
    from forms.language import Plan
    from printing.packet import Packet


def make_packet(record: CaseRecord, layers: tuple[Path, ...], cache: Path, today: date) -> Packet:
    """The packet of a case: the papers it needs, in filing order."""
    from clerk.casefile import CaseFile
    from printing.packet import packet

    return packet(CaseFile(record, _plan(layers, cache, record.accepted), today))


def write_rosters(
    where: Where, layers: tuple[Path, ...], wanted: tuple[str, ...], span: Span, target: Path, on: date
) -> Path:
    """Write the rosters of a period into one workbook; where it is."""
    from clerk.service import Plans, roster_tables
    from clerk.settings import Office
    from clerk.store import open_store
    from forms.cache import load_cached
    from printing.workbook import write_workbook

    store = open_store(where.store, create=False)
    try:
        with store.reading() as view:
            office = Office(**view.setting(OFFICE))
            tables = roster_tables(view, wanted, span, Plans(load_cached(layers, where.cache)))
    finally:
        store.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(tables, target, office, on)
    return target


@lru_cache(maxsize=4)
def _plan(layers: tuple[Path, ...], cache: Path, on: date) -> Plan:
    from forms.cache import load_cached
    from forms.language import compile_catalogue

    return compile_catalogue(load_cached(layers, cache), on)
