"""A filed case that answers expressions: papers lay it out, rosters list it, with the names that rules use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from clerk.case_facts import APPLICATION, STAMPED, CaseFacts
from clerk.case_lists import makers
from clerk.household import Household
from clerk.keying import keying_makers
from clerk.records import Application, CaseRecord, IssuedPaper
from clerk.settings import Office
from clerk.wording import round_half_up
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW
from forms.language.plan import Compiled, Plan, compile_expression
from forms.language.types import Type
from forms.language.values import Range
from forms.paper import Paper
from forms.schema import ROOT, Expression, Kind, Value


class CaseFile:
    """One filed case; `plan` is the catalogue on the day the case was accepted, `printed` the day it is read.

    `evaluator` and `facts` are what a paper's layout works on. `posted` is the day its public notices go up, None while
    nobody has said it. `issued` is what was handed out for the case so far (`clerk.store.View.issued`): what its file
    holds.
    """

    def __init__(
        self,
        record: CaseRecord,
        plan: Plan,
        printed: date,
        posted: date | None = None,
        issued: Sequence[IssuedPaper] = (),
    ) -> None:
        self.posted, self._printed = posted, printed
        self.record, self.issued = record, tuple(issued)
        self.plan = plan
        self.facts = CaseFacts(record, plan.catalogue, printed)
        self.evaluator = Evaluator(plan, self.facts)
        made = {**makers(record, self.evaluator, self.issued), **keying_makers(self)}
        self.facts.lists = {table: cache(make) for table, make in made.items()}

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue the case is read by."""
        return self.plan.catalogue

    @property
    def papers(self) -> Mapping[str, Paper]:
        """Every paper in the edition that was in force on the case's day."""
        return self.plan.catalogue.papers_on(self.plan.on)

    def stamp(self, number: str = "", printed: date | None = None) -> None:
        """Read the case for a paper of this official number, printed on this day (else the day it is read)."""
        self.facts.stamp(number, printed or self._printed)
        for field in STAMPED:
            self.evaluator.changed(ROOT, field, ROOT_ROW)

    def compiled(self, value: Expression, table: str) -> Compiled:
        """An expression checked once per plan; raises `DataErrors` with its place when it cannot be."""
        kept: dict[tuple[str, str, str], Compiled] = self.plan.workshop.setdefault("clerk.compiled", {})
        key = (table, value.text, str(value.place))
        if key not in kept:
            kept[key] = compile_expression(value, table, self.plan)
        return kept[key]

    def value(self, value: Expression, table: str, row: str = ROOT_ROW) -> tuple[Value | None, Type]:
        """What an expression settles on at a row of its table, with its type; None while it is not exactly known.

        Money is whole fen, rounded once here; options are codes.
        """
        compiled = self.compiled(value, table)
        answer, kind = self.evaluator.value(compiled, row), compiled.type
        if not isinstance(answer, Range):
            return answer, kind
        if not answer.known or isinstance(answer.low, float):
            return None, kind
        return (round_half_up(answer.low) if kind.kind is Kind.MONEY else answer.low), kind

    def rows(self, table: str, home: str = ROOT, row: str = ROOT_ROW) -> Sequence[str]:
        """The rows of a table that belong to a row of the table `home`, through any number of owners; all of them where
        it owns none; the row itself when the tables are the same.
        """
        if table == ROOT:
            return [ROOT_ROW]
        if table == home and row != ROOT_ROW:
            return [row]
        if home not in self._owners(table):
            return self.facts.rows(table)
        return [key for key in self.facts.rows(table) if self.climb(table, key, home) == row]

    def beside(self, table: str, application: str) -> Sequence[str]:
        """The rows of a table that belong to an application: its own, its person's, or the whole household's."""
        if self.catalogue.tables[table].owner == APPLICATION:
            return self.rows(table, APPLICATION, application)
        if self.facts.application(application).subject == ROOT_ROW:
            return self.rows(table)
        return self.rows(table, Kind.MEMBER.value, self.facts.owner(APPLICATION, application))

    def climb(self, table: str, row: str, home: str) -> str:
        """The row of the table `home` that a row belongs to."""
        while table != home:
            row, table = self.facts.owner(table, row), self.catalogue.tables[table].owner
        return row

    def name(self, member: str) -> str:
        """A member's name, empty when not known."""
        table = self.catalogue.tables[Kind.MEMBER.value]
        name = self.facts.answer(table.id, table.title, member)
        return name if isinstance(name, str) else ""

    def _owners(self, table: str) -> list[str]:
        owner = self.catalogue.tables[table].owner if table in self.catalogue.tables else ""
        return [owner, *self._owners(owner)] if owner else []


def draft_case(
    household: Household, plan: Plan, office: Office, applications: tuple[Application, ...] = ()
) -> CaseFile:
    """A household that has filed nothing yet, read on the plan's day: what needs no case number prints of it.

    `applications` are those that would be made (`clerk.fanout.would_file`).
    """
    record = CaseRecord("", "", 0, household, applications, office, plan.on)
    return CaseFile(record, plan, plan.on)
