"""What a placeholder means: an expression of the rule language, or a field by its label or another name it goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clerk.answers import code_table
from clerk.crosschecks import applicant_codes, applicant_field
from forms.cells import slots
from forms.language.plan import Plan, compile_expression
from forms.load_cells import template_of
from forms.places import DataError, DataErrors, Place, did_you_mean
from forms.reading import Located
from forms.schema import ROOT, Expression, Field, Kind
from printing.drawn.problems import Problem, refuse

_NOWHERE = Place("", 1, 1)
_WORD = re.compile(r"[^\s()（）=≠<>≤≥+\-*/，,]+")


@dataclass(frozen=True, slots=True)
class Meant:
    """A text with every placeholder as an expression, and what is wrong with those that mean nothing."""

    text: str
    problems: tuple[Problem, ...] = ()


class Names:
    """The names that a paper may use, on the plan's day."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._known: dict[tuple[str, str], str | Problem] = {}

    def meant(self, text: str, table: str, address: str) -> Meant:
        """A cell's text at rows of a table."""
        problems: list[Problem] = []
        try:
            found = [*slots(template_of(Located(text, _NOWHERE)))]
        except DataError as fault:
            return Meant(text, (refuse(address, fault.message, fault.advice),))
        for slot in reversed(found):
            meaning = self.expression(slot.value.text, table)
            if isinstance(meaning, Problem):
                problems.append(refuse(address, meaning.message, meaning.advice))
            else:
                at = slot.value.place.column - 1
                text = text[:at] + meaning + text[at + len(slot.value.text) :]
        return Meant(text, tuple(reversed(problems)))

    def expression(self, written: str, table: str) -> str | Problem:
        """The expression a placeholder means at rows of a table, or why it means none."""
        key = written, table
        if key not in self._known:
            self._known[key] = self._expression(written, table)
        return self._known[key]

    def _expression(self, written: str, table: str) -> str | Problem:
        try:
            compile_expression(Expression(written, _NOWHERE), table, self.plan)
        except DataErrors as faults:
            first = faults.errors[0]
        else:
            return written
        if not _WORD.fullmatch(written):
            return refuse("", f"{{{written}}}：{first.message}", first.advice)
        named = self._named(written, table)
        if len(named) == 1:
            return named[0].id
        if named:
            choices = "、".join(f"{{{one.id}}}" for one in named)
            return refuse("", f"「{written}」不止一项", f"请写其中一个：{choices}")
        return self._unknown(written, table)

    def _named(self, word: str, table: str) -> list[Field]:
        """The fields of that label or other name, of the nearest table that has any."""
        for level in self.plan.checker.scope.chain(table):
            found = [one for one in self._fields(level) if _plain(word) in map(_plain, (one.label, *one.aliases))]
            if found:
                return found
        return []

    def _unknown(self, word: str, table: str) -> Problem:
        chain = self.plan.checker.scope.chain(table)
        tables = sorted(self.plan.catalogue.tables, key=lambda table: table != Kind.MEMBER.value)
        others = [one for one in tables if one not in chain and self._has(word, one)]
        if others:
            where = "、".join(f"「{one}」" for one in others[:4])
            advice = f"逐行列出请写 {{{others[0]}.{word}}}，只取一人请在框外写 {{取 {others[0]} 限 条件}}"
            return refuse("", f"「{word}」是{where}的内容，这一行不是", advice)
        known = {word for level in chain for one in self._fields(level) for word in (one.id, one.label, *one.aliases)}
        return refuse("", f"没有「{word}」这一项", did_you_mean(word, sorted(known)) or "可用的名称见 clerk fields")

    def _has(self, word: str, table: str) -> bool:
        return any(_plain(word) in map(_plain, (one.id, one.label, *one.aliases)) for one in self._fields(table))

    def _fields(self, table: str) -> list[Field]:
        return [one for one in self.plan.catalogue.fields.values() if one.table == table]

    def unknown_in(self, text: str, table: str) -> int:
        """How many placeholders of a text mean nothing at rows of a table."""
        return len(self.meant(text, table, "").problems)

    def applicant(self) -> tuple[str, str] | None:
        """The table of members and the condition that finds the applicant; None when the form does not ask for one."""
        field = applicant_field(self.plan.catalogue)
        if field is None:
            return None
        codes = applicant_codes(self.plan.catalogue, field)
        table = code_table(self.plan.catalogue, field.codes)
        word = next((table.label(code) for code in sorted(codes)), "")
        return (Kind.MEMBER.value, f"{field.id} = {word}") if word else None

    def no_table(self, word: str, address: str) -> tuple[Problem, ...]:
        """The problem of a mark that names no table of rows; none when it does."""
        if self.is_table(word):
            return ()
        tables = [one for one in self.plan.catalogue.tables if one != ROOT]
        advice = did_you_mean(word, tables) or f"可用：{'、'.join(tables[:12])}"
        return (refuse(address, f"没有表「{word}」", advice),)

    def is_table(self, word: str) -> bool:
        """Whether a word names a table of rows."""
        return word in self.plan.catalogue.tables and word != ROOT


def _plain(word: str) -> str:
    return "".join(word.split())
