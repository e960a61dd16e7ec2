"""Turn a plan's trees into slots, once per plan: answers, definitions, conditions, verdicts, amounts, fixpoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from forms.language import closures, residue
from forms.language.bounds import domain
from forms.language.cells import Cells, Slot
from forms.language.facts import ROOT_ROW
from forms.language.ranges import ZERO, Pair, Truth, add, hull
from forms.language.rows import Walk, kin_slot, walk
from forms.language.tree import Node, Rows
from forms.language.types import DAYS, NUMBERS
from forms.schema import ROOT, Field, Kind

if TYPE_CHECKING:
    from forms.language.plan import Plan


def live_of(plan: Plan) -> Live:
    """The plan's slots, built at first use and kept with the plan."""
    if "live" not in plan.workshop:
        plan.workshop["live"] = Live(plan)
    found: Live = plan.workshop["live"]
    return found


class Live:
    """All slots of one plan, made when first asked for."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._slots: dict[tuple[str, ...], Slot] = {}
        self._closures: dict[Node, closures.Closure] = {}

    def closure(self, node: Node) -> closures.Closure:
        """How to work a node out at a row."""
        if node not in self._closures:
            self._closures[node] = closures.build(self, node)
        return self._closures[node]

    def walk(self, rows: Rows) -> Walk:
        """How to walk a quantifier's rows."""
        return walk(self, rows)

    def rows(self, table: str) -> Slot:
        """The row keys of a table owned by one row (all for the household), each surely there."""

        def make(slot: Slot) -> None:
            slot.compute = lambda cells, row: tuple((key, True) for key in cells.facts.rows(table, row))

        return self._slot(("行", table), make)

    def closed(self, table: str) -> Slot | None:
        """Whether a table is complete; None for a table that needs no tick."""
        if not self.plan.catalogue.tables[table].closing:
            return None

        def make(slot: Slot) -> None:
            slot.compute = lambda cells, row: cells.facts.closed(table)

        return self._slot(("录齐", table), make)

    def kin(self, rows: Rows) -> Slot:
        """Who stands in a relation to a row."""
        key = ("关系", rows.relation.id if rows.relation else "")
        if key not in self._slots:
            self._slots[key] = kin_slot(self, rows)
        return self._slots[key]

    def field(self, field: Field) -> Slot:
        """A field's answer as the rules see it: a pair for numbers, `not applicable` once its 仅当 is no."""

        def make(slot: Slot) -> None:
            slot.compute = self._answer(field)
            slot.collect = residue.of_field(self, field)

        return self._slot(("字段", field.key), make)

    def relevance(self, field: Field) -> Slot | None:
        """Whether a field's question arises; None when it always does."""
        compiled = self.plan.relevance.get(field.key)
        if compiled is None:
            return None
        return self._slot(("仅当", field.key), lambda slot: self._tree(slot, compiled.node), ("字段", field.key))

    def definition(self, key: tuple[str, str]) -> Slot:
        """A named expression."""
        return self._slot(("定义", *key), lambda slot: self._tree(slot, self.plan.definitions[key]))

    def condition(self, programme: str, number: int) -> Slot:
        """One condition of a programme."""
        node = self.plan.programmes[programme].conditions[number]
        key = ("条件", programme, str(number))
        return self._slot(key, lambda slot: self._tree(slot, node), ("项目", programme))

    def amount(self, programme: str, number: int) -> Slot:
        """One amount line of a programme, as if it qualified."""
        node = self.plan.programmes[programme].amounts[number]
        return self._slot(("金额", programme, str(number)), lambda slot: self._tree(slot, node))

    def programme(self, programme: str) -> Slot:
        """A programme's verdict: all its conditions, on the subject's own row."""

        def make(slot: Slot) -> None:
            plan = self.plan.programmes[programme]
            conditions = [self.condition(programme, number) for number in range(len(plan.conditions))]
            all_of = _all(conditions) if plan.in_force else lambda cells, row: False
            slot.collect = residue.of_all(conditions) if plan.in_force else slot.collect
            slot.compute = all_of
            if plan.programme.fixpoint and slot.ring is not None:
                slot.inner = all_of
                ring = self._ring(slot.ring)
                slot.compute = lambda cells, row: cells.read(ring, ROOT_ROW).get((slot, row))

        return self._slot(("项目", programme), make)

    def paid(self, programme: str, lines: tuple[int, ...]) -> Callable[[Cells, str], Pair]:
        """The sum of amount lines, 0 unless the programme qualifies."""
        verdict, amounts = self.programme(programme), [self.amount(programme, line) for line in lines]

        def compute(cells: Cells, row: str) -> Pair:
            truth = cells.read(verdict, row)
            if truth is False:
                return ZERO
            total = ZERO
            for slot in amounts:
                total = add(total, cells.read(slot, row))
            return total if truth else hull(total, ZERO)

        return compute

    def _ring(self, ring: int) -> Slot:
        def make(slot: Slot) -> None:
            members = [key for key, number in self.plan.rings.items() if number == ring and key[0] == "项目"]
            marked = [self.plan.programmes[key[1]].programme for key in members]
            slots = [(self.programme(one.id), one.subject) for one in marked if one.fixpoint]

            def compute(cells: Cells, row: str) -> dict[tuple[Slot, str], Truth]:
                return cells.iterate(ring, [(one, key) for one, table in slots for key in self.subjects(cells, table)])

            slot.compute = compute

        return self._slot(("不动点", str(ring)), make)

    def subjects(self, cells: Cells, table: str) -> tuple[str, ...]:
        """Every row that a programme over `table` is judged for."""
        if table == ROOT:
            return (ROOT_ROW,)
        return tuple(key for key, _ in cells.read(self.rows(table), ROOT_ROW))

    def _tree(self, slot: Slot, node: Node) -> None:
        slot.compute = self.closure(node)
        slot.collect = residue.of_node(self, node)

    def _slot(self, key: tuple[str, ...], make: Callable[[Slot], None], ring_of: tuple[str, ...] = ()) -> Slot:
        found = self._slots.get(key)
        if found is None:
            found = self._slots[key] = Slot("·".join(key), self.plan.rings.get(ring_of or key))
            make(found)
        return found

    def _answer(self, field: Field) -> Callable[[Cells, str], Any]:
        table, name, unknown = field.table, field.id, domain(field)
        number, relevance = field.kind in NUMBERS, self.relevance(field)

        def believed(cells: Cells, row: str) -> Any:
            answer = cells.facts.answer(table, name, row)
            if answer is None:
                return unknown
            return (answer, answer) if number else answer

        if relevance is None:
            return believed
        beside = not_applicable(field)
        wide = unknown if unknown is None else hull(unknown, ZERO)

        def compute(cells: Cells, row: str) -> Any:
            truth = cells.read(relevance, row)
            if truth is False:
                return beside
            value = believed(cells, row)
            return wide if truth is None and value is unknown else value

        return compute


def not_applicable(field: Field) -> Any:
    """How a question that does not arise reads: zero, no, nothing chosen; a day stays unknown."""
    if field.kind in NUMBERS:
        return ZERO
    if field.kind is Kind.FLAG:
        return False
    if field.kind is Kind.OPTIONS:
        return frozenset()
    return None if field.kind in DAYS else ""


def _all(conditions: list[Slot]) -> Callable[[Cells, str], Truth]:
    def compute(cells: Cells, row: str) -> Truth:
        result: Truth = True
        for slot in conditions:
            truth = cells.read(slot, row)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return compute
