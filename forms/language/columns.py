"""The batch evaluator: one plan over the columns of many households, the same verdicts as the live one.

Truth is int8 (−1 no, 0 not yet known, 1 yes), a number a `Span`, an option a small whole number, a day its ordinal.
Households whose numbers leave exact arithmetic, or stand where they nearly touch, are named in `doubtful`: judge them
live.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from forms.language.blocks import Array, Columns
from forms.language.column_fields import answers
from forms.language.column_nodes import BUILDERS, SHARED
from forms.language.column_rows import recorded_groups
from forms.language.graph import Key, key_of
from forms.language.spans import Doubt, Span, taken
from forms.language.tree import Climb, Node, walk
from forms.schema import ROOT, Field

if TYPE_CHECKING:
    from forms.language.plan import Plan

Column = Any
"""A `Span`, or an array (one value a row), or one value that holds for every row."""
YES, MAYBE, NO = 1, 0, -1


class Batch:
    """Judges all households of some columns by one plan; everything is worked out at most once."""

    def __init__(self, plan: Plan, columns: Columns) -> None:
        self.plan, self.columns = plan, columns
        self.doubtful = np.zeros(columns.households, dtype=bool)
        self._kept: dict[Any, Column] = {}
        self._round: _Round | None = None

    def verdict(self, programme: str) -> Array:
        """The verdict of each subject row (the households themselves for a household programme)."""
        with np.errstate(all="ignore"):
            return self._whole(self.programme(programme), self.plan.programmes[programme].programme.subject)

    def held(self, programme: str) -> Array:
        """Whether the status table records the programme in force (在享), a subject row."""
        subject = self.plan.programmes[programme].programme.subject
        return self._whole(recorded_groups(self, programme, subject), subject)

    def amount(self, programme: str, line: int) -> Span:
        """One amount line of each subject row, as if it qualified."""
        node = self.plan.programmes[programme].amounts[line]
        subject = self.plan.programmes[programme].programme.subject
        with np.errstate(all="ignore"):
            found: Span = self.kept(("金额", programme, str(line)), lambda: self.node(node, subject))
        return found

    def node(self, node: Node, table: str) -> Column:
        """What a node answers at every row of `table`."""
        build = BUILDERS[type(node)]
        if not isinstance(node, SHARED) or self._in_ring(node):
            return build(self, node, table)
        return self.kept(("式", type(node).__name__, table, node.text), lambda: build(self, node, table))

    def programme(self, programme: str) -> Column:
        """A programme's verdict at its subject rows; the round's assumption inside its own fixpoint."""
        plan, key = self.plan.programmes[programme], ("项目", programme)
        ring = self.plan.rings.get(key)
        if ring is None or not plan.programme.fixpoint:
            return self.kept(key, lambda: self._conditions(programme))
        if self._round is not None and self._round.ring == ring:
            return self._round.assumed[programme]
        if key not in self._kept:
            self._kept |= {("项目", one): verdict for one, verdict in self._iterate(ring).items()}
        return self._kept[key]

    def definition(self, key: tuple[str, str]) -> Column:
        """A named expression at the rows of its own table."""
        return self.kept(("定义", *key), lambda: self.node(self.plan.definitions[key], key[0]))

    def field(self, field: Field) -> Column:
        """A field's answers as the rules see them."""
        return self.kept(("字段", field.key), lambda: answers(self, field))

    def relevance(self, field: Field) -> Column | None:
        """Whether a field's question arises; None when it always does."""
        compiled = self.plan.relevance.get(field.key)
        if compiled is None:
            return None
        return self.kept(("仅当", field.key), lambda: self.node(compiled.node, field.table), ("字段", field.key))

    def kept(self, key: Any, make: Callable[[], Column], ring_of: Key = ()) -> Column:
        """A column worked out once, inside a fixpoint once a round."""
        kept, this = self._kept, self._round
        if this is not None and self.plan.rings.get(ring_of or key) == this.ring:
            kept = this.kept
        if key not in kept:
            kept[key] = make()
        return kept[key]

    def doubt(self, table: str) -> Doubt:
        """Where to report rows of `table` whose numbers are not exact."""
        household = self.columns.household(table)

        def report(mask: Any) -> None:
            if not np.any(mask):
                return
            if np.ndim(mask) == 0:
                self.doubtful[:] = True
            else:
                self.doubtful[mask if household is None else household[mask]] = True

        return report

    def at(self, column: Column, table: str, climb: Climb) -> Column:
        """A column of the row reached by a climb, seen from every row of `table`."""
        index = self.columns.out(table, climb)
        if index is None:
            return column
        if isinstance(column, Span):
            return taken(column, index)
        return column[index] if isinstance(column, np.ndarray) and column.ndim else column

    def start(self, table: str, climb: Climb) -> str:
        """The table reached by a climb."""
        if climb is None:
            return ROOT
        return self.plan.catalogue.tables[climb[-1]].owner if climb else table

    def _conditions(self, programme: str) -> Column:
        plan = self.plan.programmes[programme]
        if not plan.in_force:
            return np.int8(NO)
        verdict: Column = np.int8(YES)
        for number, node in enumerate(plan.conditions):
            key = ("条件", programme, number)
            condition = self.kept(key, partial(self.node, node, plan.programme.subject), ("项目", programme))
            verdict = np.minimum(verdict, condition)
        return verdict

    def _iterate(self, ring: int) -> dict[str, Column]:
        """The least fixpoint of a ring: everyone starts at no, and is raised until nothing moves."""
        members = [key[1] for key, number in self.plan.rings.items() if number == ring and key[0] == "项目"]
        marked = [one for one in members if self.plan.programmes[one].programme.fixpoint]
        assumed: dict[str, Column] = {
            one: np.full(self.columns.size(self.plan.programmes[one].programme.subject), NO, dtype=np.int8)
            for one in marked
        }
        outer = self._round
        try:
            while True:
                self._round = _Round(ring, assumed)
                raised = {one: np.maximum(held, self._conditions(one)) for one, held in assumed.items()}
                if all(np.array_equal(raised[one], assumed[one]) for one in marked):
                    return assumed
                assumed = raised
        finally:
            self._round = outer

    def _in_ring(self, node: Node) -> bool:
        if not self.plan.rings:
            return False
        found: dict[Node, bool] = self.plan.workshop.setdefault("in ring", {})
        if node not in found:
            found[node] = any(key in self.plan.rings for part in walk(node) for key in key_of(part, self.plan))
        return found[node]

    def _whole(self, column: Column, table: str) -> Array:
        whole: Array = np.broadcast_to(column, self.columns.size(table))
        return whole


@dataclass(slots=True)
class _Round:
    """One round of a fixpoint: what is assumed of its programmes, and what follows inside the ring."""

    ring: int
    assumed: dict[str, Column]
    kept: dict[Any, Column] = field(default_factory=dict)
