"""The compiled rules of one day, and the small expressions that say when a question is asked. Qt-free."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from clerk.landmarks import landmarks
from forms.language import Compiled, Evaluator, compile_catalogue, names_used

if TYPE_CHECKING:
    from forms.catalogue import Catalogue
    from forms.language.facts import Facts
    from forms.schema import Field


class Rules:
    """A catalogue compiled for a day; shared by every household of that day."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self.on = on
        self.plan = compile_catalogue(catalogue, on)

    def evaluator(self, facts: Facts) -> Evaluator:
        """A live evaluator over some facts."""
        return Evaluator(self.plan, facts)

    def relevant(self, evaluator: Evaluator, field: Field, row: str) -> bool | None:
        """Whether a question matters for a row; None while that is not known."""
        compiled = self.plan.relevance.get(field.key)
        if compiled is None:
            return True
        answer = evaluator.value(compiled, row)
        return answer if isinstance(answer, bool) else None

    @cached_property
    def decisive(self) -> frozenset[str]:
        """Keys of the fields that some programme, some other question, or a search for people looks at."""
        found = {field.key for compiled in self._compiled() for field in names_used(compiled, self.plan, deep=True)}
        marks = landmarks(self.plan.catalogue)
        found |= {field.key for field in (marks.name, marks.identity, marks.phone, marks.born, marks.sex) if field}
        fields = self.plan.catalogue.fields
        for key in tuple(found):
            derived = fields[key].derived
            if derived is not None:
                found.add(f"{fields[key].table}.{derived.source}")
        return frozenset(found)

    def _compiled(self) -> list[Compiled]:
        made = list(self.plan.relevance.values())
        for one in self.plan.programmes.values():
            nodes = zip(one.conditions, one.programme.conditions, strict=True)
            made.extend(Compiled(node, one.programme.subject, condition.expression) for node, condition in nodes)
            amounts = zip(one.amounts, one.programme.amounts, strict=True)
            made.extend(Compiled(node, one.programme.subject, line.expression) for node, line in amounts)
        return made
