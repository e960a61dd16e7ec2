"""Rosters written into workbooks, and told to the journal; for the window's helper and the command line alike. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.roster_exports import Journal
    from clerk.rosters import RosterTable
    from clerk.settings import Office

Written = tuple[Path, Sequence["RosterTable"]]


def write_out(tables: Sequence[RosterTable], target: Path, office: Office, made: date, *, apart: bool) -> list[Written]:
    """Write one workbook, or one for each receiving department into its folder (`apart`); each file with what is in it.

    The folder must be there. Raises as `printing.workbook.write_workbook`.
    """
    from printing.workbook import per_receiver, write_per_receiver, write_workbook

    if apart:
        files = write_per_receiver(tables, target.parent, office, made)
        return list(zip(files, per_receiver(tables).values(), strict=True))
    write_workbook(tables, target, office, made)
    return [(target, tables)]


def tell(work: Journal, written: Sequence[Written], actor: str) -> None:
    """Tell the journal what was written, by whom."""
    from clerk.roster_exports import record_export

    for file, tables in written:
        record_export(work, tables, file, actor)
