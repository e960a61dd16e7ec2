"""What rests on what: refuse circles by name, and find the rings that a programme's 不动点 allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from forms.language.parser import DEEPEST
from forms.language.tree import Choose, DefinitionRead, Each, FieldRead, Logic, Node, ProgrammeRead
from forms.places import DataError, DataErrors, Place

if TYPE_CHECKING:
    from forms.language.plan import Plan

Key = tuple[str, ...]
"""("定义", table, id), ("项目", id), ("金额", programme id, line number) or ("字段", field key)."""


def reached(node: Node, definitions: Mapping[tuple[str, str], Node]) -> Iterator[Node]:
    """A node, everything below it, and once everything behind the definitions given."""
    seen: set[tuple[str, str]] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop(0)
        yield current
        waiting[:0] = current.parts()
        if isinstance(current, DefinitionRead) and current.key not in seen and current.key in definitions:
            seen.add(current.key)
            waiting.insert(0, definitions[current.key])


def rings(plan: Plan) -> dict[Key, int]:
    """The number of the ring for each key that takes part in a fixpoint.

    Raises DataErrors for a circle without a programme marked 不动点, and for a ring that rests on its own negation
    (its result would depend on where one starts).
    """
    trees = _trees(plan)
    edges = {key: _targets(plan, nodes, trees) for key, nodes in trees.items()}
    marked = {key for key in trees if key[0] == "项目" and plan.programmes[key[1]].programme.fixpoint}
    _refuse_circles({key: [to for to in targets if to not in marked] for key, targets in edges.items()}, trees)
    _refuse_towers(edges, trees)
    found: dict[Key, int] = {}
    for number, ring in enumerate(_components(edges)):
        if len(ring) > 1 or ring[0] in edges[ring[0]]:
            found.update(dict.fromkeys(ring, number))
    faults = [fault for key in found for fault in _negations(trees[key], key, found)]
    if faults:
        raise DataErrors(faults)
    return found


def key_of(node: Node, plan: Plan) -> tuple[Key, ...]:
    """What a node itself rests on."""
    if isinstance(node, DefinitionRead):
        return (("定义", *node.key),)
    if isinstance(node, FieldRead):
        return (("字段", node.field.key),) if node.field.key in plan.relevance else ()
    if isinstance(node, ProgrammeRead) and node.what != "在享":
        amounts = (("金额", node.programme, str(line)) for line in node.lines)
        return (("项目", node.programme), *amounts)
    return ()


def _trees(plan: Plan) -> dict[Key, tuple[Node, ...]]:
    trees: dict[Key, tuple[Node, ...]] = {("定义", *key): (node,) for key, node in plan.definitions.items()}
    trees |= {("字段", key): (compiled.node,) for key, compiled in plan.relevance.items()}
    for key, programme in plan.programmes.items():
        trees["项目", key] = programme.conditions
        trees |= {("金额", key, str(line)): (node,) for line, node in enumerate(programme.amounts)}
    return trees


def _targets(plan: Plan, nodes: tuple[Node, ...], trees: Mapping[Key, object]) -> list[Key]:
    found: dict[Key, None] = {}
    for tree in nodes:
        for node in reached(tree, {}):
            found |= dict.fromkeys(key for key in key_of(node, plan) if key in trees)
    return list(found)


def _refuse_circles(edges: Mapping[Key, list[Key]], trees: Mapping[Key, tuple[Node, ...]]) -> None:
    done: set[Key] = set()
    faults: list[DataError] = []
    for start in edges:
        path: list[Key] = []
        stack: list[tuple[Key, Iterator[Key]]] = []
        if start not in done:
            path.append(start)
            stack.append((start, iter(edges[start])))
        while stack:
            following = next(stack[-1][1], None)
            if following is None:
                done.add(path.pop())
                stack.pop()
            elif following in path:
                faults.append(_circle([*path[path.index(following) :], following], trees))
            elif following not in done:
                path.append(following)
                stack.append((following, iter(edges[following])))
    if faults:
        raise DataErrors(faults)


def _refuse_towers(edges: Mapping[Key, list[Key]], trees: Mapping[Key, tuple[Node, ...]]) -> None:
    """A chain of references longer than any honest one would exhaust the stack of whoever works it out."""
    height: dict[Key, int] = {}
    for key in (key for tree in _forest(edges, list(edges)) for key in tree):
        height[key] = 1 + max((height.get(target, 0) for target in edges[key]), default=0)
        if height[key] > DEEPEST:
            raise DataErrors([DataError(_place(trees[key]), f"引用一层套一层超过 {DEEPEST} 层", "请把链条拆短")])


def _circle(path: list[Key], trees: Mapping[Key, tuple[Node, ...]]) -> DataError:
    words = " → ".join(f"「{key[1] if key[0] == '金额' else key[-1]}」" for key in path)
    advice = "请去掉其中一处引用；确需互相认定的项目请写「不动点: 是」"
    return DataError(_place(trees[path[0]]), f"引用绕成了圈：{words}", advice)


def _place(nodes: tuple[Node, ...]) -> Place:
    return nodes[0].place


def _components(edges: Mapping[Key, list[Key]]) -> list[list[Key]]:
    """Strongly connected components: keys that reach one another (Kosaraju: two sweeps)."""
    backwards: dict[Key, list[Key]] = {key: [] for key in edges}
    for key, targets in edges.items():
        for target in targets:
            backwards[target].append(key)
    order = [key for tree in _forest(edges, list(edges)) for key in tree]
    return _forest(backwards, order[::-1])


def _forest(edges: Mapping[Key, list[Key]], starts: list[Key]) -> list[list[Key]]:
    """Depth-first trees in the order of `starts`, each in the order its keys were finished."""
    seen: set[Key] = set()
    forest: list[list[Key]] = []
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        tree: list[Key] = []
        stack = [(start, iter(edges[start]))]
        while stack:
            following = next((key for key in stack[-1][1] if key not in seen), None)
            if following is None:
                tree.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(edges[following])))
        forest.append(tree)
    return forest


def _own(node: Node) -> tuple[Key, ...]:
    if isinstance(node, DefinitionRead):
        return (("定义", *node.key),)
    if isinstance(node, FieldRead):
        return (("字段", node.field.key),)
    return (("项目", node.programme),) if isinstance(node, ProgrammeRead) and node.what != "在享" else ()


def _negations(nodes: tuple[Node, ...], key: Key, ring: Mapping[Key, int]) -> Iterator[DataError]:
    waiting = [(node, True) for node in nodes]
    while waiting:
        node, upward = waiting.pop()
        inside = any(ring.get(target) == ring[key] for target in _own(node))
        if inside and (isinstance(node, FieldRead) or not upward):
            advice = "互相认定的项目只能用 且、或、任一、每 相连，请改写"
            yield DataError(node.place, f"不动点里「{node.text}」不能放在 非、比较 或 合计 里", advice)
        keeps = isinstance(node, Logic) or (isinstance(node, Each) and node.what in ("任一", "每"))
        for part in node.parts():
            branch = isinstance(node, Choose) and part is not node.condition
            waiting.append((part, upward and (keeps or branch)))
