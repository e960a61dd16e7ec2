"""The checked tree: every name resolved, every type known; what all evaluators (live, batch) read.

A node is evaluated at a row of the table it was checked in. `climb` names the tables to step out of, one after
another, to reach the row a name belongs to; `None` says the household itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from forms.language.types import Type
from forms.language.values import Range
from forms.places import Place
from forms.policy import Standard, StandardValue
from forms.schema import Field, Relation, Table, Value

Climb = tuple[str, ...] | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """Any checked piece; nodes compare by identity."""

    type: Type
    place: Place
    text: str

    below: ClassVar[tuple[str, ...]] = ()

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly below, in written order."""
        found: list[Node] = []
        for name in self.below:
            part = getattr(self, name)
            found.extend(part if isinstance(part, tuple) else () if part is None else (part,))
        return tuple(found)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Constant(Node):
    """A literal, a set of option codes, or 今日."""

    value: Range | Value


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class FieldRead(Node):
    """An answer of the form."""

    field: Field
    climb: Climb


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DefinitionRead(Node):
    """A named expression, by (table, id)."""

    key: tuple[str, str]
    climb: Climb


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class StandardRead(Node):
    """A standard on the plan's day; `cells` by codes or flags of `index`; `value` is None when nothing is in force."""

    standard: Standard
    value: StandardValue | None
    index: tuple[Node, ...]
    cells: Mapping[tuple[Value, ...], Value]
    below: ClassVar[tuple[str, ...]] = ("index",)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Logic(Node):
    """且 or 或 over two or more parts."""

    sign: str
    operands: tuple[Node, ...]
    below: ClassVar[tuple[str, ...]] = ("operands",)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Not(Node):
    """非."""

    operand: Node
    below: ClassVar[tuple[str, ...]] = ("operand",)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Compare(Node):
    """= ≠ < ≤ > ≥ between numbers of one unit, days, flags or options."""

    sign: str
    left: Node
    right: Node
    below: ClassVar[tuple[str, ...]] = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Among(Node):
    """One option within a set (在, 不在, 包含)."""

    item: Node
    choices: Node
    negated: bool
    below: ClassVar[tuple[str, ...]] = ("item", "choices")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Arithmetic(Node):
    """+ - * / on numbers."""

    sign: str
    left: Node
    right: Node
    below: ClassVar[tuple[str, ...]] = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choose(Node):
    """如果(condition, yes, no)."""

    condition: Node
    yes: Node
    no: Node
    below: ClassVar[tuple[str, ...]] = ("condition", "yes", "no")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Extreme(Node):
    """取大 / 取小."""

    largest: bool
    operands: tuple[Node, ...]
    below: ClassVar[tuple[str, ...]] = ("operands",)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Round(Node):
    """四舍五入(operand, unit): half up to a multiple of `unit`."""

    operand: Node
    unit: Node
    below: ClassVar[tuple[str, ...]] = ("operand", "unit")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Elapsed(Node):
    """Full years (周岁) or full months (满月数) from a day to the plan's day."""

    years: bool
    day: Node
    below: ClassVar[tuple[str, ...]] = ("day",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows a quantifier walks: from the row reached by `climb`, down `path` (last one is the table walked).

    With a relation, the other rows of the table that stand in it to the row reached. `groups` maps codes of the
    relation's field to kinship groups.
    """

    table: Table
    climb: Climb
    path: tuple[str, ...]
    relation: Relation | None = None
    by: Field | None = None
    groups: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Each(Node):
    """任一 (any), 每 (every), 数 (count), 合计 (sum) over rows."""

    what: str
    rows: Rows
    condition: Node | None
    number: Node | None
    below: ClassVar[tuple[str, ...]] = ("number", "condition")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ProgrammeRead(Node):
    """资格, 在享, 身份, 金额 of a programme at the row reached by `climb`; `lines` are amount lines by position.

    `status` are the rows of the status table to look through.
    """

    what: str
    programme: str
    climb: Climb
    lines: tuple[int, ...] = ()
    status: Rows | None = None


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, definitions not expanded."""
    yield node
    for part in node.parts():
        yield from walk(part)
