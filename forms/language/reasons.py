"""Why: each condition with what is missing; a programme's amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.language import tree
from forms.language.closures import verdict_of
from forms.language.questions import in_order
from forms.language.residue import ask, of_node
from forms.language.results import AmountSaid, Finding, Gap, Judgement
from forms.language.values import Range
from forms.policy import Condition

if TYPE_CHECKING:
    from forms.language.evaluate import Evaluator

Gaps = tuple[Gap, ...]


def judge(evaluator: Evaluator, programme: str, row: str) -> Judgement:
    """One programme for one row, with reasons."""
    plan = evaluator.plan.programmes[programme]
    live, cells = evaluator.live, evaluator.cells
    slot = live.programme(programme)
    truth = cells.read(slot, row)
    numbered = enumerate(plan.programme.conditions) if plan.in_force else ()
    findings = tuple(_finding(evaluator, condition, (programme, number, row)) for number, condition in numbered)
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


def _finding(evaluator: Evaluator, condition: Condition, where: tuple[str, int, str]) -> Finding:
    programme, number, row = where
    slot = evaluator.live.condition(programme, number)
    truth = evaluator.cells.read(slot, row)
    missing: set[Gap] = set()
    if truth is None:
        ask(evaluator.cells, slot, row, missing)
    return Finding(condition, verdict_of(truth), in_order(evaluator, missing))


def _amounts(evaluator: Evaluator, programme: str, row: str) -> tuple[AmountSaid, ...]:
    lines = evaluator.plan.programmes[programme].programme.amounts
    return tuple(
        AmountSaid(
            line.id, line.period, line.unit, Range(*evaluator.cells.read(evaluator.live.amount(programme, number), row))
        )
        for number, line in enumerate(lines)
    )
