"""Which unanswered questions still matter: walk down only where the answer is open, so that decided branches drop out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from forms.language import tree
from forms.language.cells import Cells, Slot
from forms.language.quantifiers import open_ticks, recorded
from forms.language.ranges import Truth, both
from forms.language.results import Gap, Missing, MissingStandard
from forms.language.rows import step
from forms.language.types import NUMBERS, Type
from forms.schema import Field

if TYPE_CHECKING:
    from forms.language.live import Live

Leaf = Callable[[Cells, str, set[Gap]], None]


def ask(cells: Cells, slot: Slot, row: str, out: set[Gap]) -> None:
    """Add what is still missing for a slot at a row; inside a fixpoint only note that the walk goes on there."""
    walked = cells.walked
    if slot.ring is not None and walked is not None and walked[0] == slot.ring:
        walked[1].add((slot, row))
    else:
        out |= cells.read(_residue(slot), row)


def _residue(slot: Slot) -> Slot:
    """The cell of all that is missing for a slot; round a ring every member is visited once."""
    if slot.residue is None:
        slot.residue = Slot(f"{slot.name}?")

        def compute(cells: Cells, row: str) -> frozenset[Gap]:
            waiting, seen, out = [(slot, row)], {(slot, row)}, set[Gap]()
            while waiting:
                member, key = waiting.pop()
                gaps, further = cells.read(_near(member), key)
                out |= gaps
                waiting.extend(further - seen)
                seen |= further
            return frozenset(out)

        slot.residue.compute = compute
    return slot.residue


def _near(slot: Slot) -> Slot:
    """The cell of what a slot itself asks, and which members of its own ring the asking goes on to."""
    if slot.near is None:
        slot.near = Slot(f"{slot.name}…")

        def compute(cells: Cells, row: str) -> tuple[set[Gap], set[tuple[Slot, str]]]:
            outer, further, out = cells.walked, set[tuple[Slot, str]](), set[Gap]()
            cells.walked = None if slot.ring is None else (slot.ring, further)
            try:
                slot.collect(cells, row, out)
            finally:
                cells.walked = outer
            return out, further

        slot.near.compute = compute
    return slot.near


def of_all(conditions: list[Slot]) -> Leaf:
    """What keeps a verdict open; nothing once a condition is a no."""

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        truths = [cells.read(slot, row) for slot in conditions]
        if False in truths:
            return
        for slot, truth in zip(conditions, truths, strict=True):
            if truth is None:
                ask(cells, slot, row, out)

    return collect


def of_field(live: Live, field: Field) -> Leaf:
    """The field itself; first whether its question arises, when that is not known."""
    slot, relevance = live.field(field), live.relevance(field)
    number = field.kind in NUMBERS

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        value = cells.read(slot, row)
        if value is not None and not (number and value[0] != value[1]):
            return
        truth = cells.read(relevance, row) if relevance else True
        if truth is None and relevance is not None:
            ask(cells, relevance, row, out)
        elif truth:
            out.add(Missing(field.table, field.id, row))

    return collect


def of_node(live: Live, node: tree.Node) -> Leaf:
    """What keeps a node's value open, built at first use."""
    built: list[Leaf] = []

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        if not built:
            built.append(_leaf(live, node))
        built[0](cells, row, out)

    return collect


def _leaf(live: Live, node: tree.Node) -> Leaf:
    value, inner, number = live.closure(node), _BUILDERS[type(node)](live, node), node.type.kind in NUMBERS

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        found = value(cells, row)
        if (found[0] != found[1]) if number else found is None:
            inner(cells, row, out)

    return collect


def _none(live: Live, node: tree.Node) -> Leaf:
    return lambda cells, row, out: None


def _below(live: Live, node: tree.Node) -> Leaf:
    parts = [_leaf(live, part) for part in node.parts()]

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        for part in parts:
            part(cells, row, out)

    return collect


def _read(slot: Slot, climb: tree.Climb) -> Leaf:
    outward = step(climb)
    return lambda cells, row, out: ask(cells, slot, outward(cells, row), out)


def _field(live: Live, node: tree.FieldRead) -> Leaf:
    return _read(live.field(node.field), node.climb)


def _definition(live: Live, node: tree.DefinitionRead) -> Leaf:
    return _read(live.definition(node.key), node.climb)


def _standard(live: Live, node: tree.StandardRead) -> Leaf:
    below = _below(live, node)
    index = [(live.closure(part), part.type) for part in node.index]
    gap = MissingStandard(node.standard.id, live.plan.on)

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        if node.value is None or all(is_known(kind, part(cells, row)) for part, kind in index):
            out.add(gap)
        else:
            below(cells, row, out)

    return collect


def is_known(kind: Type, value: Any) -> bool:
    """True when nothing about a closure's value is open."""
    return bool(value[0] == value[1]) if kind.kind in NUMBERS else value is not None


def _choose(live: Live, node: tree.Choose) -> Leaf:
    condition, test = _leaf(live, node.condition), live.closure(node.condition)
    yes, no = _leaf(live, node.yes), _leaf(live, node.no)

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        truth = test(cells, row)
        condition(cells, row, out)
        if truth is not False:
            yes(cells, row, out)
        if truth is not True:
            no(cells, row, out)

    return collect


def _extreme(live: Live, node: tree.Extreme) -> Leaf:
    parts = [(live.closure(part), _leaf(live, part)) for part in node.operands]

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        found = [value(cells, row) for value, _ in parts]
        best = max(low for low, _ in found) if node.largest else min(high for _, high in found)
        for (low, high), (_, leaf) in zip(found, parts, strict=True):
            if (high > best) if node.largest else (low < best):
                leaf(cells, row, out)

    return collect


def _each(live: Live, node: tree.Each) -> Leaf:
    walk = live.walk(node.rows)
    test = live.closure(node.condition) if node.condition is not None else None
    condition = _leaf(live, node.condition) if node.condition is not None else None
    number, amount = (live.closure(node.number), _leaf(live, node.number)) if node.number is not None else (None, None)
    kin, path, decided = node.rows, node.rows.path, node.what == "每"
    outward = step(node.rows.climb)

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        found, more = walk(cells, row)
        start = outward(cells, row)
        if more:
            out.update(Missing(table, "", start) for table in open_ticks(live, path, cells))
        for key, belongs in found:
            truth: Truth = test(cells, key) if test else True
            if truth is decided:
                continue
            if number is not None and amount is not None:
                if number(cells, key) == (0, 0):
                    continue
                amount(cells, key, out)
            if belongs is None:
                _kinship(live, kin, cells, (start, key), out)
            if truth is None and condition:
                condition(cells, key, out)

    return collect


def _kinship(live: Live, rows: tree.Rows, cells: Cells, pair: tuple[str, str], out: set[Gap]) -> None:
    if rows.by is not None:
        for row in pair:
            ask(cells, live.field(rows.by), row, out)


def _programme(live: Live, node: tree.ProgrammeRead) -> Leaf:
    outward, verdict = step(node.climb), live.programme(node.programme)
    lines = [live.amount(node.programme, line) for line in node.lines]
    status = _status(live, node) if node.status else None

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        subject = outward(cells, row)
        if status:
            status(cells, subject, out)
        if node.what != "在享":
            ask(cells, verdict, subject, out)
        for slot in lines:
            ask(cells, slot, subject, out)

    return collect


def _status(live: Live, node: tree.ProgrammeRead) -> Leaf:
    status, rows = live.plan.catalogue.status, node.status
    if status is None or rows is None:  # pragma: no cover - the checker filled it
        raise AssertionError(node.programme)
    walk, test = live.walk(rows), recorded(live, node.programme)
    names = [name for name in (status.programme, status.since) if name]
    fields = [live.field(live.plan.catalogue.fields[f"{status.table}.{name}"]) for name in names]

    def collect(cells: Cells, row: str, out: set[Gap]) -> None:
        found, more = walk(cells, row)
        if more:
            out.update(Missing(table, "", row) for table in open_ticks(live, rows.path, cells))
        for key, belongs in found:
            if both(belongs, test(cells, key)) is None:
                for slot in fields:
                    ask(cells, slot, key, out)

    return collect


_BUILDERS: dict[type[tree.Node], Callable[[Live, Any], Leaf]] = {
    tree.Constant: _none, tree.FieldRead: _field, tree.DefinitionRead: _definition, tree.StandardRead: _standard,
    tree.Logic: _below, tree.Not: _below, tree.Compare: _below, tree.Among: _below, tree.Arithmetic: _below,
    tree.Choose: _choose, tree.Extreme: _extreme, tree.Round: _below, tree.Elapsed: _below, tree.Each: _each,
    tree.ProgrammeRead: _programme,
}  # fmt: skip
