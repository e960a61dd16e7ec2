"""A household with one answer imagined otherwise, and the rules with one switch turned: what a threshold is found with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW, Facts
from forms.language.graph import reached
from forms.language.plan import Plan, compile_catalogue
from forms.language.tree import ProgrammeRead, StandardRead
from forms.policy import Source, StandardValue
from forms.schema import Field, Kind, Value

NATIONWIDE = "全国"
Subject = tuple[str, str]
"""(programme, subject row)."""


class Imagined:
    """A household's facts with at most one answer replaced; everything else is asked of the facts themselves."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._key: tuple[str, str, str] | None = None
        self._value: Value | None = None

    def imagine(self, key: tuple[str, str, str] | None, value: Value | None = None) -> None:
        """From now on the answer at (table, field, row) is `value`; None takes every replacement back."""
        self._key, self._value = key, value

    @property
    def imagined(self) -> tuple[str, str, str] | None:
        """Which answer is imagined now."""
        return self._key

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """As the facts say."""
        return self._facts.rows(table, owner)

    def owner(self, table: str, row: str) -> str:
        """As the facts say."""
        return self._facts.owner(table, row)

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """The imagined answer where there is one."""
        if self._key == (table, field, row):
            return self._value
        return self._facts.answer(table, field, row)

    def closed(self, table: str) -> bool:
        """As the facts say."""
        return self._facts.closed(table)


class Trial:
    """An evaluator of its own over imagined facts; `spent` counts the answers tried."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.facts = Imagined(facts)
        self.evaluator = Evaluator(plan, self.facts)
        self.spent = 0

    def suppose(self, field: Field, row: str, value: Value) -> None:
        """Imagine one answer; only what was read from it is worked out again."""
        self.spent += 1
        key = (field.table, field.id, row)
        if self.facts.imagined not in (None, key):
            self.forget()
        self.facts.imagine(key, value)
        self.evaluator.changed(*key)

    def forget(self) -> None:
        """Go back to the answers there are."""
        key = self.facts.imagined
        self.facts.imagine(None)
        if key is not None:
            self.evaluator.changed(*key)

    def truths(self, subject: Subject) -> tuple[bool | None, ...]:
        """A programme's verdict and each of its conditions at a subject row."""
        programme, row = subject
        live, cells = self.evaluator.live, self.evaluator.cells
        numbers = range(len(self.evaluator.plan.programmes[programme].conditions))
        said = (cells.read(live.condition(programme, number), row) for number in numbers)
        return (cells.read(live.programme(programme), row), *said)


@dataclass(frozen=True, slots=True)
class Switch:
    """A local 是否 standard as it stands: whose layer set it, since when, and by which document."""

    standard: str
    present: bool
    level: str
    since: date
    source: Source


def switches(plan: Plan, programmes: Sequence[str]) -> tuple[Switch, ...]:
    """The local switches that the conditions of some programmes rest on, also through other programmes."""
    levels = {pack.id: pack.level for pack in plan.catalogue.packs}
    found: dict[str, Switch] = {}
    for node in _nodes(plan, programmes):
        if isinstance(node, StandardRead) and node.value and _is_switch(node, levels):
            value = node.value
            level = levels.get(value.layer, "")
            present = bool(value.values[()])
            found.setdefault(
                node.standard.id, Switch(node.standard.id, present, level, value.period.since, value.source)
            )
    return tuple(found.values())


def turned(plan: Plan, standard: str) -> Plan:
    """The plan with one switch turned the other way on its day; compiled once and kept with the plan."""
    kept: dict[str, Plan] = plan.workshop.setdefault("clerk.turned", {})
    if standard not in kept:
        known = plan.catalogue.standards[standard]
        values = tuple(_other(value) if plan.on in value.period else value for value in known.values)
        standards = {**plan.catalogue.standards, standard: replace(known, values=values)}
        kept[standard] = compile_catalogue(replace(plan.catalogue, standards=standards), plan.on)
    return kept[standard]


def household_programmes(plan: Plan, subject: Subject) -> tuple[Subject, ...]:
    """The subject itself and every programme of the same table that its conditions ask about, at the same row."""
    table = plan.programmes[subject[0]].programme.subject
    found = {subject[0]: None}
    for node in _nodes(plan, [subject[0]]):
        if isinstance(node, ProgrammeRead) and plan.programmes[node.programme].programme.subject == table:
            found.setdefault(node.programme)
    return tuple((programme, subject[1]) for programme in found)


def _nodes(plan: Plan, programmes: Sequence[str]) -> Iterator[object]:
    """Every node behind the conditions of some programmes, each programme once."""
    waiting, seen = list(programmes), set(programmes)
    while waiting:
        for condition in plan.programmes[waiting.pop(0)].conditions:
            for node in reached(condition, plan.definitions):
                yield node
                if isinstance(node, ProgrammeRead) and node.what != "在享" and node.programme not in seen:
                    seen.add(node.programme)
                    waiting.append(node.programme)


def _is_switch(node: StandardRead, levels: dict[str, str]) -> bool:
    if node.standard.kind is not Kind.FLAG or node.index or node.value is None:
        return False
    return levels.get(node.value.layer) != NATIONWIDE


def _other(value: StandardValue) -> StandardValue:
    return replace(value, values={key: not said for key, said in value.values.items()})
