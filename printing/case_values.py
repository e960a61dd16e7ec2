"""Answer a paper's questions from the rules' evaluator and the facts it judges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk.relevance import concerns, home_of
from clerk.wording import capitals, masked, round_half_up, say
from forms.language import Answer, Compiled, Evaluator, compile_expression
from forms.language.facts import ROOT_ROW, Facts
from forms.language.values import Range, Verdict
from forms.schema import ROOT, Expression, Kind, Option

_FLAGS = (Option("是", "是"), Option("否", "否"))
_WORKSHOP = "printing"
_PARTLY = ("遮", "年月")
"""Ways of saying a value that do not say all of it (`forms.load_cells.FORMS`)."""


class CaseValues:
    """One case as papers see it (`printing.values.Values`); expressions are compiled once per plan."""

    def __init__(self, evaluator: Evaluator, facts: Facts) -> None:
        self._evaluator, self._facts = evaluator, facts
        self._catalogue = evaluator.plan.catalogue
        self._compiled: dict[tuple[int, str], Compiled] = evaluator.plan.workshop.setdefault(_WORKSHOP, {})
        self._told: set[tuple[str, str, str]] = set()

    @property
    def digest(self) -> str:
        """The rule packs' hash."""
        return self._catalogue.digest

    @property
    def told(self) -> frozenset[tuple[str, str, str]]:
        """The answers that were said in full or ticked so far, by table, row and field."""
        return frozenset(self._told)

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """The value in the words of the paper; "" when it is not known exactly."""
        compiled = self._compile(value, table)
        found = self._evaluator.value(compiled, row)
        if found is None or (isinstance(found, Range) and not found.known) or self._unanswered(compiled, row):
            return ""
        if form not in _PARTLY:
            self._tell(compiled, row)
        return self._worded(found, compiled, form)

    def holds(self, value: Expression, table: str, row: str) -> Verdict:
        """The answer of a condition."""
        found = self._evaluator.value(self._compile(value, table), row)
        if found is None:
            return Verdict.UNKNOWN
        return Verdict.YES if found is True else Verdict.NO

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        """The codes of the options chosen; 是 or 否 for a yes or no; none while the question has no answer."""
        compiled = self._compile(value, table)
        found = self._evaluator.value(compiled, row)
        if self._unanswered(compiled, row):
            return frozenset()
        self._tell(compiled, row)
        if isinstance(found, bool):
            return frozenset({"是" if found else "否"})
        if isinstance(found, frozenset):
            return found
        return frozenset({found}) if isinstance(found, str) else frozenset()

    def options(self, value: Expression, table: str) -> tuple[Option, ...]:
        """All options of the code table that are still in use."""
        found = self._compile(value, table).type
        if found.kind is Kind.FLAG:
            return _FLAGS
        return tuple(option for option in self._catalogue.codes[found.codes].options if not option.retired)

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        """The rows of a table: `row` itself, those of `row` when the table belongs to `home`, else all of the household."""
        if table == ROOT:
            return (ROOT_ROW,)
        if table == home and row != ROOT_ROW:
            return (row,)
        mine = table in self._catalogue.tables and self._catalogue.tables[table].owner == home != ""
        return self._facts.rows(table, row if mine else ROOT_ROW)

    def _compile(self, value: Expression, table: str) -> Compiled:
        key = (id(value), table)
        compiled = self._compiled.get(key)
        if compiled is None or compiled.expression is not value:
            compiled = self._compiled[key] = compile_expression(value, table, self._evaluator.plan)
        return compiled

    def _unanswered(self, compiled: Compiled, row: str) -> bool:
        """Whether a plain question has no answer: one that does not apply counts as nothing in rules, not on paper.

        An answer given before the question ceased to apply is no answer either: rules read it as no and as zero.
        """
        field = compiled.type.field
        if field is None:
            return False
        home = home_of(self._evaluator, self._facts, compiled.table, field, row)
        if self._facts.answer(field.table, field.id, home) is None:
            return True
        return not concerns(self._evaluator, field, home)

    def _tell(self, compiled: Compiled, row: str) -> None:
        if field := compiled.type.field:
            home = home_of(self._evaluator, self._facts, compiled.table, field, row)
            self._told.add((field.table, home, field.id))

    def _worded(self, found: Answer, compiled: Compiled, form: str) -> str:
        kind = compiled.type.kind
        if form == "大写" and isinstance(found, Range) and not isinstance(found.low, float):
            return capitals(round_half_up(found.low))
        if form == "年月" and isinstance(found, date):
            return f"{found.year}年{found.month}月"
        if kind is Kind.MEMBER and isinstance(found, str):
            text = self._member(found)
        else:
            text = say(found, kind, self._catalogue, compiled.type.codes)
        return masked(text, kind) if form == "遮" else text

    def _member(self, row: str) -> str:
        """The name of a member that another row points to."""
        for id_, table in self._catalogue.tables.items():
            if table.title and row in self._facts.rows(id_):
                return str(self._facts.answer(id_, table.title, row) or "")
        return ""
