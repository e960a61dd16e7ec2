"""The live evaluator: one household, three answers, ranges, reasons; one edit drops only what was read from it."""

from __future__ import annotations

from collections.abc import Mapping

from forms.language import grounds, questions, reasons, uses
from forms.language.cells import Cells, Compute, Slot
from forms.language.closures import answer, verdict_of
from forms.language.facts import ROOT_ROW, Facts
from forms.language.live import Live, live_of
from forms.language.plan import Compiled, Plan
from forms.language.results import Answer, Ground, Judgement, Question, Used
from forms.language.values import Verdict
from forms.schema import ROOT


class Evaluator:
    """Judges one household by one plan; tell it what changed, and it works out only that again."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan = plan
        self.live: Live = live_of(plan)
        self.cells = Cells(plan, facts)
        self._own: dict[tuple[str, ...], Slot] = {}

    def verdict(self, programme: str, row: str = ROOT_ROW) -> Verdict:
        """Whether a subject row would qualify on the facts; no for a programme not in force on the day."""
        return verdict_of(self.cells.read(self.live.programme(programme), row))

    def verdicts(self) -> dict[tuple[str, str], Verdict]:
        """Every programme in force for every subject row, in programme order: what a window compares after an edit."""
        return {key: self.verdict(*key) for key in self.pairs()}

    def pairs(self) -> list[tuple[str, str]]:
        """Every (programme, subject row) to judge: programmes in force, by their order."""
        plans = sorted(self.plan.programmes.values(), key=lambda plan: plan.programme.order)
        wanted = [plan.programme for plan in plans if plan.in_force]
        return [(one.id, row) for one in wanted for row in self.live.subjects(self.cells, one.subject)]

    def judge(self, programme: str, row: str = ROOT_ROW) -> Judgement:
        """The verdict with each condition's finding, what is missing, and the amounts unless it is a no.

        Kept like any cell: reasons are put into words again only when something they rest on changes.
        """
        slot = self._slot(("理由", programme), lambda cells, key: reasons.judge(self, programme, key))
        judgement: Judgement = self.cells.read(slot, row)
        return judgement

    def behind(self, key: tuple[str, str]) -> Slot:
        """The reasons behind a definition, kept like any cell."""
        return self._slot(("依据", *key), lambda cells, row: uses.behind(self, key, row))

    def used(self, programme: str, row: str = ROOT_ROW) -> tuple[tuple[Used, ...], ...]:
        """The values each condition of a programme rests on, in the order of its findings; worked out only when asked for."""
        conditions = self.plan.programmes[programme].conditions
        slot = self._slot(
            ("取值", programme), lambda cells, key: tuple(uses.used_by(self, node, key) for node in conditions)
        )
        found: tuple[tuple[Used, ...], ...] = self.cells.read(slot, row)
        return found

    def grounds(self, programme: str, row: str = ROOT_ROW) -> tuple[tuple[Ground, ...], ...]:
        """What decided each condition of a programme, in the order of its findings; worked out only when asked for."""
        conditions = self.plan.programmes[programme].conditions
        slot = self._slot(
            ("所由", programme), lambda cells, key: tuple(grounds.grounds_of(self, node, key) for node in conditions)
        )
        found: tuple[tuple[Ground, ...], ...] = self.cells.read(slot, row)
        return found

    def decided(self, key: tuple[str, str]) -> Slot:
        """What decided a definition, kept like any cell."""
        node = self.plan.definitions[key]
        return self._slot(("所由", *key), lambda cells, row: grounds.grounds_of(self, node, row))

    def places(self, table: str) -> Mapping[str, int]:
        """The place of each row of a table in its list."""

        def number(cells: Cells, row: str) -> dict[str, int]:
            return {key: place for place, key in enumerate(self.live.subjects(cells, table))}

        found: Mapping[str, int] = self.cells.read(self._slot(("位次", table), number), ROOT_ROW)
        return found

    def _slot(self, key: tuple[str, ...], compute: Compute) -> Slot:
        slot = self._own.get(key)
        if slot is None:
            slot = self._own[key] = Slot("·".join(key))
            slot.compute = compute
        return slot

    def value(self, compiled: Compiled, row: str = ROOT_ROW) -> Answer:
        """What an expression answers at a row of its table."""
        return answer(compiled.type, self.live.closure(compiled.node)(self.cells, row))

    def missing(self, compiled: Compiled, row: str = ROOT_ROW) -> reasons.Gaps:
        """The unanswered questions that keep an expression's value open, in the form's order."""
        return reasons.missing_for(self, compiled.node, row)

    def changed(self, table: str, field: str, row: str) -> None:
        """One answer was edited: drop what was read from it."""
        found = self.plan.catalogue.field_of(table, field)
        if found is not None:
            self.cells.drop((self.live.field(found), ROOT_ROW if table == ROOT else row))

    def rows_changed(self, table: str) -> None:
        """Rows were added, removed or restored, or the table was closed or opened: drop what walked it."""
        inside = {one for one in self.plan.catalogue.tables if table in self.plan.checker.scope.chain(one)}
        slots = {self.live.rows(one) for one in inside}
        slots |= {slot for one in inside if (slot := self.live.closed(one)) is not None}
        slots |= {self.live.field(field) for field in self.plan.catalogue.fields.values() if field.table in inside}
        for key in self.cells.kept():
            if key[0] in slots:
                self.cells.drop(key)

    def next_question(self) -> Question | None:
        """The unanswered question that still matters to most undecided verdicts; None when nothing is left to ask."""
        return next(iter(self.questions(1)), None)

    def questions(self, limit: int) -> tuple[Question, ...]:
        """The first questions by how many undecided verdicts they still matter to, the form's order breaking ties."""
        return questions.ranked(self, limit)
