"""Note what a paper asks for and does not get, while it is laid out: exactly the boxes that stay empty, no others."""

from __future__ import annotations

from dataclasses import dataclass

from clerk.relevance import concerns, home_of
from clerk.titles import gap_title
from forms.language.evaluate import Evaluator
from forms.language.facts import Facts
from forms.language.plan import Compiled
from forms.language.results import Missing
from forms.language.tree import DefinitionRead
from forms.schema import Expression
from printing.case_values import CaseValues


@dataclass(frozen=True, slots=True)
class Gap:
    """A required answer that a paper has a box for and the case has not: its name, and the question it is asked with.

    `table` is empty for what is worked out from answers.
    """

    name: str
    table: str = ""
    field: str = ""
    row: str = ""

    @property
    def question(self) -> str:
        """What is asked, without of whom."""
        return self.field or self.name


class NotingValues(CaseValues):
    """A case as papers see it; `gaps` are the required answers that a paper has a box for and the case has not.

    Each is named as the form names it, with whose it is, in the order of the paper. What is worked out from answers
    (a definition) is named by its own word. An optional question that is open is a ruled blank, and not named.
    """

    def __init__(self, evaluator: Evaluator, facts: Facts) -> None:
        super().__init__(evaluator, facts)
        self._missing: dict[str, Gap] = {}

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was asked for and not there."""
        return tuple(self._missing.values())

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """The value in the words of the paper, noted when it is not known."""
        text = super().say(value, table, row, form)
        if not text:
            self._note(self._compile(value, table), row)
        return text

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        """The codes of the options chosen, noted when the question is open."""
        compiled = self._compile(value, table)
        if self._unanswered(compiled, row):
            self._note(compiled, row)
        return super().chosen(value, table, row)

    def _note(self, compiled: Compiled, row: str) -> None:
        field = compiled.type.field
        if field is not None:
            home = home_of(self._evaluator, self._facts, compiled.table, field, row)
            if field.required and concerns(self._evaluator, field, home):
                name = gap_title(self._facts, self._catalogue, Missing(field.table, field.id, home))
                self._missing[name] = Gap(name, field.table, field.id, home)
        elif isinstance(compiled.node, DefinitionRead):
            self._missing[compiled.node.key[1]] = Gap(compiled.node.key[1])
