"""Why: each condition with the values it used, definitions expanded, standards with their source, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.language import tree
from forms.language.closures import answer, verdict_of
from forms.language.questions import in_order
from forms.language.residue import ask, of_node
from forms.language.results import AmountSaid, Finding, Gap, Judgement, Used
from forms.language.rows import step
from forms.language.values import Range
from forms.policy import Condition, Source

if TYPE_CHECKING:
    from forms.language.evaluate import Evaluator

Gaps = tuple[Gap, ...]
_SAID = (tree.FieldRead, tree.DefinitionRead, tree.StandardRead, tree.Each, tree.ProgrammeRead)


def judge(evaluator: Evaluator, programme: str, row: str) -> Judgement:
    """One programme for one row, with reasons."""
    plan = evaluator.plan.programmes[programme]
    live, cells = evaluator.live, evaluator.cells
    slot = live.programme(programme)
    truth = cells.read(slot, row)
    numbered = enumerate(zip(plan.programme.conditions, plan.conditions, strict=True)) if plan.in_force else ()
    findings = tuple(
        _finding(evaluator, condition, node, (programme, number, row)) for number, (condition, node) in numbered
    )
    amounts = () if truth is False else _amounts(evaluator, programme, row)
    missing: set[Gap] = set()
    if truth is None:
        ask(cells, slot, row, missing)
    return Judgement(programme, row, verdict_of(truth), findings, amounts, in_order(evaluator, missing))


def missing_for(evaluator: Evaluator, node: tree.Node, row: str) -> Gaps:
    """The unanswered questions that keep a node open."""
    out: set[Gap] = set()
    of_node(evaluator.live, node)(evaluator.cells, row, out)
    return in_order(evaluator, out)


def _finding(evaluator: Evaluator, condition: Condition, node: tree.Node, where: tuple[str, int, str]) -> Finding:
    programme, number, row = where
    slot = evaluator.live.condition(programme, number)
    truth = evaluator.cells.read(slot, row)
    missing: set[Gap] = set()
    if truth is None:
        ask(evaluator.cells, slot, row, missing)
    used = used_by(evaluator, node, row)
    return Finding(condition, verdict_of(truth), used, in_order(evaluator, missing))


def _amounts(evaluator: Evaluator, programme: str, row: str) -> tuple[AmountSaid, ...]:
    lines = evaluator.plan.programmes[programme].programme.amounts
    return tuple(
        AmountSaid(
            line.id, line.period, line.unit, Range(*evaluator.cells.read(evaluator.live.amount(programme, number), row))
        )
        for number, line in enumerate(lines)
    )


def used_by(evaluator: Evaluator, node: tree.Node, row: str) -> tuple[Used, ...]:
    """The values a node rests on, each said once, in written order."""
    found: dict[str, Used] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop(0)
        if not isinstance(current, _SAID):
            waiting[:0] = current.parts()
        elif current.text not in found:
            found[current.text] = _used(evaluator, current, row)
    return tuple(found.values())


def _used(evaluator: Evaluator, node: tree.Node, row: str) -> Used:
    value = answer(node.type, evaluator.live.closure(node)(evaluator.cells, row))
    if isinstance(node, tree.StandardRead):
        since, source = (node.value.period.since, node.value.source) if node.value else (None, None)
        parts = tuple(used for part in node.index for used in used_by(evaluator, part, row))
        return Used(node.text, value, node.type, since, source, parts)
    if isinstance(node, tree.DefinitionRead):
        within = step(node.climb)(evaluator.cells, row)
        source, parts = evaluator.cells.read(evaluator.behind(node.key), within)
        return Used(node.text, value, node.type, source=source, parts=parts)
    return Used(node.text, value, node.type)


def behind(evaluator: Evaluator, key: tuple[str, str], row: str) -> tuple[Source | None, tuple[Used, ...]]:
    """A definition's own source, and the values behind it."""
    source = evaluator.plan.catalogue.definitions[key].source
    return source if source.title else None, used_by(evaluator, evaluator.plan.definitions[key], row)
