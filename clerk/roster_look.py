"""A roster looked at before it goes out: its first rows as they will stand, how many there are, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clerk.lacks import Lack, needed_lacks, unequal_lacks
from clerk.roster_lines import lines_of
from clerk.roster_versions import lines_shown
from clerk.rosters import RosterTable, roster_rows, table_of
from clerk.service import Plans, Wanted, cases_for, rosters_by_id, version_of
from forms.roster import Roster

if TYPE_CHECKING:
    from clerk.store import View


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows of a roster without its sums, of `rows` in all, `kept_back` of which the version leaves out.

    `lacks` is what is missing before it can be handed in, in whatever version.
    """

    table: RosterTable
    rows: int
    kept_back: int
    lacks: tuple[Lack, ...]


def look_at(view: View, wanted: Wanted, plans: Plans, most: int) -> Look:
    """Look at the one roster wanted: at most so many of its rows are made.

    Raises `UserCanFix` for a roster that is not known, or not made in the version.
    """
    (named,) = wanted.rosters
    span, roster = wanted.span, named if isinstance(named, Roster) else rosters_by_id(plans.catalogue, named)
    version, plan = version_of(roster, wanted), plans.on(span.until)
    cases = cases_for(view, roster, span, plans)
    if roster.measures:
        table = roster_rows(roster, span, cases, plan, version)
        return Look(replace(table, rows=table.rows[:most]), len(table.rows), 0, ())
    lines = lines_of(roster, span, cases)
    shown, _ = lines_shown(lines, version)
    table = table_of(roster, span, (shown[:most], shown[:most]), plan, version)
    lacks = (*unequal_lacks(roster, span, cases, plan, plans.catalogue.rosters), *needed_lacks(roster, lines))
    return Look(replace(table, totals=(), subtotals=(), guard=None), len(shown), len(lines) - len(shown), lacks)
