"""What decided an answer: down through definitions to the facts that made a condition a yes or a no, and no further.

Of 且 that is a no, the first part that fails; of 或 that is a yes, the first that holds; else all parts. An answer that
is not yet known has no grounds: what is missing says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from forms.language import tree
from forms.language.closures import answer
from forms.language.results import Ground, OfProgramme, OfRow, OfRows, Stands, Used
from forms.language.rows import step
from forms.language.uses import used_by, used_of

if TYPE_CHECKING:
    from forms.language.evaluate import Evaluator

Grounds = tuple[Ground, ...]
_OTHERWISE = {"<": "≥", "≤": ">", ">": "≤", "≥": "<", "=": "≠", "≠": "="}


def grounds_of(evaluator: Evaluator, node: tree.Node, row: str) -> Grounds:
    """What decided a condition at a row; nothing while it is not yet known."""
    truth = evaluator.live.closure(node)(evaluator.cells, row)
    return () if truth is None else _BUILDERS[type(node)](evaluator, node, row, truth)


def _logic(evaluator: Evaluator, node: tree.Logic, row: str, truth: bool) -> Grounds:
    decisive = node.sign == "或"
    parts = node.operands
    if truth is decisive:
        known = ((part, evaluator.live.closure(part)(evaluator.cells, row)) for part in parts)
        parts = (next(part for part, found in known if found is decisive),)
    return tuple(ground for part in parts for ground in grounds_of(evaluator, part, row))


def _not(evaluator: Evaluator, node: tree.Not, row: str, truth: bool) -> Grounds:
    return grounds_of(evaluator, node.operand, row)


def _choose(evaluator: Evaluator, node: tree.Choose, row: str, truth: bool) -> Grounds:
    which = evaluator.live.closure(node.condition)(evaluator.cells, row)
    parts = (node.yes, node.no) if which is None else (node.condition, node.yes if which else node.no)
    return tuple(ground for part in parts for ground in grounds_of(evaluator, part, row))


def _definition(evaluator: Evaluator, node: tree.DefinitionRead, row: str, truth: bool) -> Grounds:
    found: Grounds = evaluator.cells.read(evaluator.decided(node.key), step(node.climb)(evaluator.cells, row))
    return found


def _read(evaluator: Evaluator, node: tree.FieldRead | tree.StandardRead, row: str, truth: bool) -> Grounds:
    return (Stands("是" if truth else "否", (used_of(evaluator, node, row),)),)


def _compare(evaluator: Evaluator, node: tree.Compare, row: str, truth: bool) -> Grounds:
    sides = (_side(evaluator, node.left, row), _side(evaluator, node.right, row))
    return (Stands(node.sign if truth else _OTHERWISE[node.sign], sides),)


def _among(evaluator: Evaluator, node: tree.Among, row: str, truth: bool) -> Grounds:
    sides = (_side(evaluator, node.item, row), _side(evaluator, node.choices, row))
    return (Stands("在" if truth is not node.negated else "不在", sides),)


def _side(evaluator: Evaluator, node: tree.Node, row: str) -> Used:
    """One side of a comparison: what is read plainly under its name, else the value with what it was made of."""
    if isinstance(node, tree.FieldRead | tree.DefinitionRead | tree.StandardRead):
        return used_of(evaluator, node, row)
    value = answer(node.type, evaluator.live.closure(node)(evaluator.cells, row))
    if isinstance(node, tree.Each):
        what = node.rows.relation.id if node.rows.relation else node.rows.table.name
        return Used(f"{what}{node.what}", value, node.type)
    if isinstance(node, tree.ProgrammeRead):
        return Used(f"{evaluator.plan.catalogue.programmes[node.programme].name}{node.what}", value, node.type)
    name = ("周岁" if node.years else "满月") if isinstance(node, tree.Elapsed) else ""
    return Used(name, value, node.type, parts=used_by(evaluator, node, row))


def _programme(evaluator: Evaluator, node: tree.ProgrammeRead, row: str, truth: bool) -> Grounds:
    return (OfProgramme(node.what, node.programme, truth),)


def _each(evaluator: Evaluator, node: tree.Each, row: str, truth: bool) -> Grounds:
    if node.condition is None:  # pragma: no cover - only counts and sums go without, and they are numbers
        return ()
    cells, condition = evaluator.cells, node.condition
    test = evaluator.live.closure(condition)
    walked, _ = evaluator.live.walk(node.rows)(cells, row)
    rows = [key for key, belongs in walked if test(cells, key) is truth and (belongs or truth is (node.what == "每"))]
    if truth and node.what == "任一":
        rows = rows[:1]
    said = tuple(OfRow(key, grounds_of(evaluator, condition, key)) for key in rows)
    return (OfRows(node.rows.table.id, node.rows.relation.id if node.rows.relation else "", said, len(walked)),)


def _constant(evaluator: Evaluator, node: tree.Constant, row: str, truth: bool) -> Grounds:
    return ()


_BUILDERS: dict[type[tree.Node], Callable[[Evaluator, Any, str, bool], Grounds]] = {
    tree.Constant: _constant, tree.FieldRead: _read, tree.StandardRead: _read, tree.DefinitionRead: _definition,
    tree.Logic: _logic, tree.Not: _not, tree.Compare: _compare, tree.Among: _among, tree.Choose: _choose,
    tree.Each: _each, tree.ProgrammeRead: _programme,
}  # fmt: skip
