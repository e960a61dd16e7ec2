"""The values a piece of a rule rests on: definitions with what is behind them, standards with their day and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.language import tree
from forms.language.closures import answer
from forms.language.results import Used
from forms.language.rows import step
from forms.policy import Source

if TYPE_CHECKING:
    from forms.language.evaluate import Evaluator

_SAID = (tree.FieldRead, tree.DefinitionRead, tree.StandardRead, tree.Each, tree.ProgrammeRead)


def used_by(evaluator: Evaluator, node: tree.Node, row: str) -> tuple[Used, ...]:
    """The values a node rests on, each said once, in written order."""
    found: dict[str, Used] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop(0)
        if not isinstance(current, _SAID):
            waiting[:0] = current.parts()
        elif current.text not in found:
            found[current.text] = used_of(evaluator, current, row)
    return tuple(found.values())


def used_of(evaluator: Evaluator, node: tree.Node, row: str) -> Used:
    """One read value, with what stands behind it."""
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
