"""The use cases that the window and the command line share. Printing lies above: here are its inputs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from clerk.casefile import CaseFile
from clerk.entry import Problem
from clerk.errors import UserCanFix
from clerk.fanout import submit
from clerk.files import read_intake_file
from clerk.household import Household
from clerk.landmarks import landmarks, words_of
from clerk.periods import Span
from clerk.records import CaseRecord
from clerk.registers import Book, registered
from clerk.rosters import RosterTable, roster_rows, since_of
from clerk.screening import Screening, chosen, screen
from clerk.settings import NOBODY
from clerk.source_sums import refuse_unequal
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue
from forms.places import did_you_mean
from forms.roster import INTERNAL, REGISTERED, Roster
from forms.schema import Kind

if TYPE_CHECKING:
    from clerk.settings import Office
    from clerk.store import Store, View


class Plans:
    """The compiled catalogue of each day, made when first asked for.

    `then` gives the catalogue whose packs were in force on an earlier day; without it this one serves for every day.
    """

    def __init__(self, catalogue: Catalogue, then: Callable[[date], Catalogue] | None = None) -> None:
        self.catalogue = catalogue
        self._then = then
        self._plans: dict[date, Plan] = {}
        self._filed: dict[date, Plan] = {}

    def on(self, day: date) -> Plan:
        """The plan of one day; raises `DataErrors` when the catalogue does not compile."""
        if day not in self._plans:
            self._plans[day] = compile_catalogue(self.catalogue, day)
        return self._plans[day]

    def filed(self, day: date) -> Plan:
        """The plan that a case accepted on a day was filed under: its papers stay as they were under a later pack."""
        if day not in self._filed:
            known = self._then(day) if self._then else self.catalogue
            same = known.digest == self.catalogue.digest
            self._filed[day] = self.on(day) if same else compile_catalogue(known, day)
        return self._filed[day]


@dataclass(frozen=True, slots=True)
class Screened:
    """A household of a file, screened; `hints` are doubts that hinder nothing, `evaluator` knows the reasons."""

    household: Household
    screening: Screening
    hints: tuple[Problem, ...]
    evaluator: Evaluator


def screen_file(source: Path | str, plans: Plans, on: date) -> Screened:
    """Read a household file and screen it on a day. Raises `UserCanFix` naming the file's lines."""
    intake = read_intake_file(source, plans.catalogue, on)
    household = intake.household()
    hints = tuple(problem for problem in intake.problems() if not problem.overridden)
    evaluator = Evaluator(plans.on(on), household)
    return Screened(household, screen(evaluator, plans.catalogue), hints, evaluator)


def apply_file(
    done: Screened, choose: str | Sequence[str], *, store: Store, plans: Plans, office: Office
) -> CaseRecord:
    """File the chosen offers of a screened household as one case, accepted on the day it was screened for.

    Raises `UserCanFix` when nothing may be applied for.
    """
    offers = chosen(done.screening, choose)
    if not offers:
        raise UserCanFix("没有可以申请的项目；坚持申请请用 --choose 写明项目")
    with store.work() as work:
        return submit(done.household, offers, work=work, plan=plans.on(done.screening.on), office=office)


def case_files(view: View, numbers: Iterable[str], plans: Plans, printed: date) -> list[CaseFile]:
    """The cases of the given numbers, ready for papers. Raises `UserCanFix` naming a number that is not kept."""
    found = []
    for number in numbers:
        record = view.case(number, plans.catalogue)
        if record is None:
            raise UserCanFix(f"没有案件「{number}」，请核对编号")
        found.append(CaseFile(record, plans.filed(record.accepted), printed, issued=view.issued(number)))
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rosters over which period, in which version: ids, names or rosters, none meaning all that are made in it.

    Without a version a roster named comes in its first one, and all of them in the internal one.
    """

    rosters: Collection[str | Roster]
    span: Span
    version: str = ""


def roster_tables(
    view: View, wanted: Wanted, plans: Plans, progress: Callable[[str], None] = lambda name: None
) -> list[RosterTable]:
    """The rosters over a period, in their own order.

    `progress` hears each roster's name before it is made. Raises `UserCanFix` for a roster that is not known, is not
    made in the version, or does not equal its sources (等于).
    """
    span, catalogue = wanted.span, plans.catalogue
    named = [one if isinstance(one, Roster) else rosters_by_id(catalogue, one) for one in wanted.rosters]
    rosters = named or _all_in(catalogue, wanted.version or INTERNAL)
    ordered = sorted(rosters, key=lambda roster: (roster.order, roster.id))
    since = min((since_of(roster, span) for roster in ordered), default=span.since)
    cases = cases_of(view, since, span, plans)
    plan, tables = plans.on(span.until), []
    for roster in ordered:
        progress(roster.name)
        theirs = cases_for(view, roster, span, plans) if roster.event == REGISTERED else cases
        tables.append(roster_rows(roster, span, theirs, plan, version_of(roster, wanted)))
    refuse_unequal(ordered, catalogue.rosters, lambda one: roster_rows(one, span, cases, plan, INTERNAL))
    return tables


def cases_for(view: View, roster: Roster, span: Span, plans: Plans) -> list[CaseFile]:
    """All cases that may matter to one roster, those of a register as its entries tell them."""
    if roster.event == REGISTERED:
        entries = view.register(roster.unit, span.since, span.until, plans.catalogue)
        return registered(entries, _book(view, plans.on(span.until)))
    return cases_of(view, since_of(roster, span), span, plans)


def cases_of(view: View, since: date, span: Span, plans: Plans) -> list[CaseFile]:
    """The cases accepted since a day, and those of which something is no longer paid from the period on."""
    records = {record.case_number: record for record in view.leaving(span.since, span.until, plans.catalogue)}
    records |= {record.case_number: record for record in view.cases(since, span.until, plans.catalogue)}
    return [CaseFile(record, plans.on(record.accepted), span.until) for record in records.values()]


def _all_in(catalogue: Catalogue, version: str) -> list[Roster]:
    found = [one for one in catalogue.rosters.values() if version in one.versions]
    if not found and catalogue.rosters:
        raise UserCanFix(f"没有一本花名册能出{version}版")
    return found


def version_of(roster: Roster, wanted: Wanted) -> str:
    """Which version of a roster is meant."""
    return wanted.version or (roster.versions[0] if wanted.rosters else INTERNAL)


def _book(view: View, plan: Plan) -> Book:
    """What registers are read by: the newest case of a kept household, filed or not."""

    def find(household_id: str) -> CaseRecord | None:
        found = view.household(household_id, plan.catalogue)
        if found is None:
            return None
        kept, household = found
        return CaseRecord("", household_id, kept.revision, household, (), NOBODY, plan.on)

    return Book(plan, find)


def rosters_by_id(catalogue: Catalogue, name: str) -> Roster:
    """A roster by id or name. Raises `UserCanFix` with the nearest one."""
    for roster in catalogue.rosters.values():
        if name in (roster.id, roster.name):
            return roster
    raise UserCanFix(
        f"没有花名册「{name}」，{did_you_mean(name, catalogue.rosters) or '可用：' + '、'.join(catalogue.rosters)}"
    )


def already_kept(view: View, household: Household, catalogue: Catalogue) -> list[str]:
    """Warnings about members whose number stands in another kept household: who, and in which cases."""
    marks = landmarks(catalogue)
    said = []
    for row in household.rows(Kind.MEMBER.value):
        number = words_of(household, marks.identity, row)
        for hit in view.find(number, 5) if number else ():
            if hit.id_no == number:
                cases = "、".join(hit.cases) or "未立案"
                said.append(f"{words_of(household, marks.name, row)}的证件号已在另一户（{hit.name}，{cases}）")
    return said
