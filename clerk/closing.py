"""What a death that was noted does to applications: from which month each is no longer paid, kept beside what was filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from clerk.household import Household
from clerk.records import ENDED, STOPPED, Application, CaseRecord
from clerk.succession import led
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW


class Work(Protocol):
    """What closing asks of a unit of work (`clerk.store.UnitOfWork`)."""

    def cases_of(self, household_id: str, catalogue: Catalogue) -> list[CaseRecord]:
        """Every case of a household."""

    def change_application(self, was: Application, application: Application) -> None:
        """Replace an application by a later state of it."""

    def record(self, action: str, subject: str, *, actor: str, detail: Mapping[str, str] | None = None) -> object:
        """Write an event."""


def close_for_death(
    household: Household, household_id: str, *, work: Work, catalogue: Catalogue, actor: str
) -> tuple[Application, ...]:
    """End what a noted death ends, from its month on: what was for the dead, and where he led the household, its own.

    Gives the applications as they are now; those that ended before are left alone, so that it may be done again.
    """
    ended = []
    for case in work.cases_of(household_id, catalogue) if catalogue.death else ():
        for was, stop, why in list(_ending(case, household, catalogue)):
            now = replace(was, status=STOPPED, ended=stop, end_reason=why)
            work.change_application(was, now)
            detail = {"办件": was.number, "停发起月": stop.isoformat()[:7], "原因": why}
            work.record("停发", case.case_number, actor=actor, detail=detail)
            ended.append(now)
    return tuple(ended)


def _ending(case: CaseRecord, household: Household, catalogue: Catalogue) -> Iterator[tuple[Application, date, str]]:
    death = catalogue.death
    for dead in household.rows(death.table) if death else ():
        stop = household.answer(death.table, death.stop, dead) if death else None
        if death is None or not isinstance(stop, date):
            continue
        headed = bool(led(case.household, catalogue, dead))
        for each in case.applications:
            own = dead in (each.subject, *each.persons) and each.persons in ((), (dead,))
            household_of_dead = each.subject == ROOT_ROW and headed
            if (own or household_of_dead) and each.status not in ENDED:
                yield each, stop, death.reason
