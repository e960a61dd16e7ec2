"""A second evaluator, as plain as can be: walks the checked tree, a number is known exactly or not at all (Kleene).

It shares no code with the live one, so that the two can be held against each other.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from forms.language import Plan, tree
from forms.language.values import Range


class Plainly:
    def __init__(self, plan: Plan, home: Any) -> None:
        self.plan, self.home = plan, home

    def verdict(self, programme: str, row: str = "") -> bool | None:
        plan = self.plan.programmes[programme]
        return conjunction([self.value(node, row) for node in plan.conditions]) if plan.in_force else False

    def value(self, node: tree.Node, row: str) -> Any:
        return getattr(self, type(node).__name__.lower())(node, row)

    def up(self, climb: tuple[str, ...] | None, row: str) -> str:
        if climb is None:
            return ""
        for table in climb:
            row = self.home.owner(table, row)
        return row

    def constant(self, node, row):
        return node.value.low if isinstance(node.value, Range) else node.value

    def fieldread(self, node, row):
        return self.home.answer(node.field.table, node.field.id, self.up(node.climb, row))

    def definitionread(self, node, row):
        return self.value(self.plan.definitions[node.key], self.up(node.climb, row))

    def standardread(self, node, row):
        return node.cells.get(tuple(self.value(part, row) for part in node.index))

    def logic(self, node, row):
        found = [self.value(part, row) for part in node.operands]
        return conjunction(found) if node.sign == "且" else negation(conjunction([negation(one) for one in found]))

    def not_(self, node, row):
        return negation(self.value(node.operand, row))

    def compare(self, node, row):
        a, b = self.value(node.left, row), self.value(node.right, row)
        if a is None or b is None:
            return None
        return {"=": a == b, "≠": a != b, "<": a < b if node.sign in "<≤>≥" else None}.get(node.sign) if node.sign in "=≠<" else {
            "≤": a <= b, ">": a > b, "≥": a >= b}[node.sign]  # fmt: skip

    def among(self, node, row):
        item, choices = self.value(node.item, row), self.value(node.choices, row)
        return None if item is None or choices is None else (item in choices) != node.negated

    def arithmetic(self, node, row):
        a, b = self.value(node.left, row), self.value(node.right, row)
        if a is None or b is None or (node.sign == "/" and b == 0):
            return None
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: Fraction(a) / b}[node.sign]()

    def choose(self, node, row):
        truth = self.value(node.condition, row)
        return None if truth is None else self.value(node.yes if truth else node.no, row)

    def extreme(self, node, row):
        found = [self.value(part, row) for part in node.operands]
        return None if None in found else (max if node.largest else min)(found)

    def round(self, node, row):
        a, unit = self.value(node.operand, row), self.value(node.unit, row)
        return None if a is None or unit is None else floor(Fraction(a) / unit + Fraction(1, 2)) * unit

    def elapsed(self, node, row):
        day, on = self.value(node.day, row), self.plan.on
        if day is None:
            return None
        if node.years:
            try:
                birthday = day.replace(year=on.year)
            except ValueError:
                birthday = date(on.year, 3, 1)
            return max(0, on.year - day.year - (on < birthday))
        return max(0, (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day))

    def each(self, node, row):
        rows, more = self.walk(node.rows, row)
        truths = [
            (key, kleene_and(sure, True if node.condition is None else self.value(node.condition, key)))
            for key, sure in rows
        ]
        if node.what == "任一":
            return negation(conjunction([negation(one) for _, one in truths] + [None] * more))
        if node.what == "每":
            against = [(sure, self.value(node.condition, key)) for key, sure in rows]
            return conjunction([negation(kleene_and(sure, negation(one))) for sure, one in against] + [None] * more)
        if more or any(truth is None for _, truth in truths):
            return None
        kept = [key for key, truth in truths if truth]
        if node.number is None:
            return len(kept)
        numbers = [self.value(node.number, key) for key in kept]
        return None if None in numbers else sum(numbers)

    def walk(self, rows, row):
        start = self.up(rows.climb, row)
        more = any(self.plan.catalogue.tables[name].closing and not self.home.closed(name) for name in rows.path)
        if rows.relation is None:
            keys = [start]
            for table in rows.path:
                keys = [key for owner in keys for key in self.home.rows(table, owner)]
            return [(key, True) for key in keys], more
        group = lambda key: self.home.answer(rows.table.id, rows.by.id, key)  # noqa: E731
        mine, pairs = group(start), rows.relation.pairs
        found = []
        for key in self.home.rows(rows.table.id, self.home.owner(rows.table.id, start)):
            theirs = group(key)
            if key != start and (mine is None or theirs is None):
                found.append((key, None))
            elif key != start and rows.groups[theirs] in pairs.get(rows.groups[mine], ()):
                found.append((key, True))
        return found, more

    def programmeread(self, node, row):
        subject = self.up(node.climb, row)
        if node.what == "金额":
            truth = self.verdict(node.programme, subject)
            if truth is not True:
                return None if truth is None else 0
            amounts = [self.value(self.plan.programmes[node.programme].amounts[line], subject) for line in node.lines]
            return None if None in amounts else sum(amounts)
        recorded = self.recorded(node, subject) if node.what != "资格" else False
        would = self.verdict(node.programme, subject) if node.what != "在享" else False
        return negation(kleene_and(negation(recorded), negation(would)))

    def recorded(self, node, subject):
        rows, more = self.walk(node.status, subject)
        found = [negation(self.runs(node.programme, key)) for key, _ in rows]
        return negation(conjunction(found + [None] * more))

    def runs(self, programme, row):
        status = self.plan.catalogue.status
        named, since, until = (
            self.home.answer(status.table, name, row) for name in (status.programme, status.since, status.until)
        )
        same = None if named is None else named == programme
        return conjunction(
            [same, None if since is None else since <= self.plan.on, until is None or until >= self.plan.on]
        )


setattr(Plainly, "not", Plainly.not_)


def negation(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def conjunction(truths: list[bool | None]) -> bool | None:
    return False if False in truths else None if None in truths else True


def kleene_and(a: bool | None, b: bool | None) -> bool | None:
    return conjunction([a, b])
