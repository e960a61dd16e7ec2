"""A county's sheet and a roster's rows brought together: what both the window and the command line begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from clerk.own_lists import with_more
from clerk.periods import Span
from clerk.roster_shapes import RosterTable
from clerk.rosters import roster_rows
from clerk.service import Plans, Wanted, roster_tables, rosters_by_id
from clerk.store import View
from forms.incoming import Incoming
from forms.language.plan import Plan
from forms.roster import Roster
from printing.county_sheet.inspecting import CountySheet, Kept, Opened, inspect, inspect_at
from printing.county_sheet.offer import found_beyond, offered
from printing.county_sheet.remembered import remembered


class Head(NamedTuple):
    """Where the clerk says the head is: the sheet, its first and last line from 1."""

    sheet: str
    top: int
    end: int


@dataclass(frozen=True, slots=True)
class Request:
    """Which roster over which period in which version (empty: its first one), and what the clerk said of the sheet.

    `more` asks for further columns of the roster: heading → a name its rows can say.
    """

    roster: str
    span: Span
    version: str = ""
    head: Head | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A county sheet with the rows for it; `more` is what the roster lists beyond its own columns (heading → name)."""

    county: CountySheet
    roster: Roster
    table: RosterTable
    more: Mapping[str, str]
    plan: Plan


def ready(
    view: View, opened: Opened, request: Request, plans: Plans, progress: Callable[[str], None] = lambda name: None
) -> Ready:
    """The sheet matched, as it was remembered where its form is known, and the roster with all that it asks for.

    A heading that the roster does not list is answered from the form where it is the plain name of a question or a
    definition. Raises UserCanFix as `roster_tables` and `inspect` do.
    """
    plan = plans.on(request.span.until)
    roster = rosters_by_id(plans.catalogue, request.roster)
    version, kept = request.version or roster.versions[0], remembered(view, roster.id)

    def inspected(offer: Incoming) -> CountySheet:
        if request.head:
            return inspect_at(opened, offer, plan.catalogue, request.head, kept)
        return inspect(opened, offer, plan.catalogue, kept)

    county = inspected(offered(roster_rows(roster, request.span, [], plan, version), roster, plan))
    more = {**_more_of(county, roster, kept, plan), **request.more}
    wider = with_more(roster, more, plan)
    [table] = roster_tables(view, Wanted([wider], request.span, version), plans, progress)
    return Ready(inspected(offered(table, wider, plan)), wider, table, more, plan)


def _more_of(county: CountySheet, roster: Roster, kept: tuple[Kept, ...], plan: Plan) -> Mapping[str, str]:
    """What the sheet asks for beyond the roster: as before where it is known; a roster that counts can say nothing else."""
    before = next((one for one in kept if one.fingerprint == county.layout.fingerprint), None)
    if before is not None:
        return before.more
    return {} if roster.measures else found_beyond(county, roster, plan)
