"""Hold the batch evaluator against the live one, household by household, verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clerk.packed import layout_of, ordered_rows, pack
from clerk.unpacked import columns_of
from forms.language import Evaluator, Plan
from forms.language.columns import Batch
from forms.language.graph import reached
from forms.language.spans import Span, exact_ends
from forms.language.tree import DefinitionRead
from forms.language.values import Verdict
from forms.schema import ROOT

TRUTH = {Verdict.YES: 1, Verdict.UNKNOWN: 0, Verdict.NO: -1}


@dataclass
class Tally:
    """What was compared; `differ` names each disagreement, `left` counts verdicts that were left to the live evaluator."""

    verdicts: int = 0
    parts: int = 0
    left: int = 0
    said: dict[int, int] = field(default_factory=lambda: {1: 0, 0: 0, -1: 0})
    differ: list[tuple[Any, ...]] = field(default_factory=list)


def batch_of(plan: Plan, homes: Sequence[Any]) -> tuple[Batch, list[Any]]:
    """The households in columns, by way of their packed records; those that do not fit are left out."""
    layout = layout_of(plan)
    records = [pack(home, layout) for home in homes]
    fitting = [(home, record) for home, record in zip(homes, records, strict=True) if record is not None]
    return Batch(plan, columns_of([record for _, record in fitting], layout)), [home for home, _ in fitting]


def subjects(plan: Plan, batch: Batch, homes: Sequence[Any], table: str) -> Iterator[tuple[int, int, str]]:
    """(place of the household, place in the block, row key) of every row of a table."""
    place = 0
    for number, home in enumerate(homes):
        rows = [""] if table == ROOT else ordered_rows(home, layout_of(plan), table)
        for row in rows:
            yield number, place, row
            place += 1


@np.errstate(all="ignore")
def compare(plan: Plan, homes: Sequence[Any], tally: Tally) -> None:
    """Compare every verdict and amount, and every condition and named expression on the way, exactly."""
    batch, homes = batch_of(plan, homes)
    verdicts = {name: batch.verdict(name) for name in plan.programmes}
    live = [Evaluator(plan, home) for home in homes]
    for name, one in plan.programmes.items():
        table = one.programme.subject
        rows = list(subjects(plan, batch, homes, table))
        for number, place, row in rows:
            truth = TRUTH[live[number].verdict(name, row)]
            tally.verdicts += 1
            tally.said[truth] += 1
            tally.left += bool(batch.doubtful[number])
            if verdicts[name][place] != truth and not batch.doubtful[number]:
                tally.differ.append((name, number, row, truth, int(verdicts[name][place])))
        for line in range(len(one.amounts)):
            _same(batch, (live, rows), live[0].live.amount(name, line), batch.amount(name, line), tally)
        for line, node in enumerate(one.conditions):
            _same(batch, (live, rows), live[0].live.condition(name, line), batch.node(node, table), tally)
    for key in _spoken_of(plan):
        rows = list(subjects(plan, batch, homes, key[0]))
        _same(batch, (live, rows), live[0].live.definition(key), batch.definition(key), tally)


@np.errstate(all="ignore")
def answers(plan: Plan, homes: Sequence[Any]) -> list[Any]:
    """Everything that `compare` looks at, as the batch evaluator says it: quick to hold one batch against another."""
    batch, _ = batch_of(plan, homes)
    found: list[Any] = [batch.verdict(name) for name in plan.programmes]
    for name, one in plan.programmes.items():
        found += [batch.amount(name, line) for line in range(len(one.amounts))]
        found += [batch.node(node, one.programme.subject) for node in one.conditions]
    found += [batch.definition(key) for key in _spoken_of(plan)]
    return [(one.lo, one.hi, one.den) if isinstance(one, Span) else (one,) for one in found]


def _spoken_of(plan: Plan) -> list[tuple[str, str]]:
    """The named expressions that a condition or an amount leads to."""
    roots = [node for one in plan.programmes.values() for node in (*one.conditions, *one.amounts)]
    found = (part for root in roots for part in reached(root, plan.definitions))
    return list(dict.fromkeys(part.key for part in found if isinstance(part, DefinitionRead)))


def _same(batch: Batch, where: tuple[list[Evaluator], list[tuple[int, int, str]]], slot: Any, column: Any, tally: Tally) -> None:
    live, rows = where
    for number, place, row in rows:
        said = live[number].cells.read(slot, row)
        if batch.doubtful[number]:
            continue
        if isinstance(column, Span):
            found: Any = exact_ends(column, place)
            tally.parts += 1
        elif said is None or isinstance(said, bool):
            found = {1: True, 0: None, -1: False}[int(column[place] if np.ndim(column) else column)]
            tally.parts += 1
        else:
            continue
        if found != said:
            tally.differ.append((slot.name, number, row, said, found))
