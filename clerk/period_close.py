"""A period's end: close its books with the rosters due in it, and say what changed since the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clerk.books import close, standing_before
from clerk.errors import UserCanFix
from clerk.periods import Span
from clerk.records import ClosedBook
from clerk.roster_delta import delta_of
from clerk.rosters import RosterTable
from clerk.service import Plans, Wanted, roster_tables
from clerk.settings import Office
from forms.roster import INTERNAL, PAID, STANDING

if TYPE_CHECKING:
    from clerk.store import UnitOfWork, View


def close_period(work: UnitOfWork, span: Span, plans: Plans, office: Office) -> ClosedBook:
    """Close the books of a period with every roster that is due in it (`clerk.books.close`)."""
    due = [one.id for one in plans.catalogue.rosters.values() if span.kind in one.periods and INTERNAL in one.versions]
    wanted = Wanted(due, span, INTERNAL)
    return close(work, span, plans.catalogue, office, lambda: roster_tables(work, wanted, plans) if due else [])


def changes_since(view: View, span: Span, plans: Plans) -> list[RosterTable]:
    """What changed in each standing roster since the last closed period, for those who keep the base list.

    Rosters that only count, and those that the closed period did not have, are passed over. Raises `UserCanFix` when
    none was closed before.
    """
    before = standing_before(view, span)
    if not before:
        raise UserCanFix(f"{span.words}之前还没有结过账，没有可比的底表，请报全表")
    listing = [one for one in plans.catalogue.rosters.values() if one.event in (STANDING, PAID) and not one.measures]
    kept = [one.id for one in listing if one.id in before]
    tables = roster_tables(view, Wanted(kept, span, INTERNAL), plans) if kept else []
    return [delta_of(before[table.id], table) for table in tables]
