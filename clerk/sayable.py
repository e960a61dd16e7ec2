"""What can be said of a row of a roster in one name: every question and definition it can see, with the kind of its answer."""

from __future__ import annotations

from dataclasses import dataclass

from forms.language.plan import Plan, compile_expression
from forms.language.scope import Scope
from forms.language.types import Type
from forms.places import DataErrors, Place
from forms.schema import Expression, Field, Kind


@dataclass(frozen=True, slots=True)
class Sayable:
    """One name: `word` as the rule language says it, `label` as the form does, `others` as sheets may call it, `table` where it is asked."""

    word: str
    label: str
    type: Type
    table: str
    others: tuple[str, ...] = ()


def sayable(plan: Plan, unit: str) -> list[Sayable]:
    """Every name that a row of `unit` answers by itself, nearest tables first, in the order of the form.

    A name of a nearer table hides the same one further out. Who somebody is by a row key is left out: it has no words.
    """
    scope = Scope(plan.catalogue)
    found: dict[str, Sayable] = {}
    for table in scope.chain(unit):
        fields = [field for field in plan.catalogue.fields.values() if field.table == table]
        for field in fields:
            found.setdefault(
                field.id, Sayable(field.id, field.label, Type(field.kind, field.codes, field), table, field.aliases)
            )
        for level, word in plan.catalogue.definitions:
            kind = _type(word, unit, plan) if level == table else None
            if kind:
                found.setdefault(word, Sayable(word, word, kind, table))
    return [one for one in found.values() if one.type.kind is not Kind.MEMBER]


def one_sayable(plan: Plan, unit: str, word: str) -> Sayable | None:
    """One name, or None where a row of `unit` does not know it (any more)."""
    seen = Scope(plan.catalogue).find(unit, word)
    kind = _type(word, unit, plan) if seen else None
    if seen is None or kind is None or kind.kind is Kind.MEMBER:
        return None
    thing = seen.thing
    return (
        Sayable(word, thing.label, kind, thing.table, thing.aliases)
        if isinstance(thing, Field)
        else Sayable(word, word, kind, "")
    )


def named(word: str, where: str) -> Expression:
    """A name as an expression that stands in no file: `where` is what the clerk calls its place."""
    return Expression(word, Place(where, 1, 1))


def _type(word: str, unit: str, plan: Plan) -> Type | None:
    try:
        return compile_expression(named(word, word), unit, plan).type
    except DataErrors:
        return None
