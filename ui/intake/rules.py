"""The compiled rules of one day, and the small expressions that say when a question is asked. Qt-free."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forms.language import Evaluator, compile_catalogue, compile_expression

if TYPE_CHECKING:
    from forms.catalogue import Catalogue
    from forms.language import Compiled
    from forms.language.facts import Facts
    from forms.schema import Field


class Rules:
    """A catalogue compiled for a day; shared by every household of that day."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self.on = on
        self.plan = compile_catalogue(catalogue, on)
        self._asked: dict[str, Compiled] = {}

    def evaluator(self, facts: Facts) -> Evaluator:
        """A live evaluator over some facts."""
        return Evaluator(self.plan, facts)

    def relevant(self, evaluator: Evaluator, field: Field, row: str) -> bool | None:
        """Whether a question matters for a row; None while that is not known."""
        if field.relevant is None:
            return True
        if field.key not in self._asked:
            self._asked[field.key] = compile_expression(field.relevant, field.table, self.plan)
        answer = evaluator.value(self._asked[field.key], row)
        return answer if isinstance(answer, bool) else None
