"""What is asked of a paper beyond its expressions being sound: tables that exist, ticks that have options, privacy."""

from __future__ import annotations

from collections.abc import Iterator

from forms.catalogue import Catalogue
from forms.language.plan import Compiled, Plan, compile_expression, names_used
from forms.language.types import FLAG
from forms.paper import Paper
from forms.paper_walk import Role, Use, lists, walk
from forms.places import DataError, DataErrors, did_you_mean
from forms.schema import ROOT, Field, Kind, Sensitivity

_TICKED = frozenset({Kind.OPTION, Kind.OPTIONS, Kind.FLAG})
_SECRET_KINDS = frozenset({Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD})
_SECRET = frozenset({Sensitivity.HEALTH, Sensitivity.FINANCE, Sensitivity.CONTACT, Sensitivity.MINOR})


def check_paper(paper: Paper, plan: Plan) -> Iterator[DataError]:
    """Every fault of one paper: unknown tables and names, wrong types, ticks without options, what must stay private."""
    unknown = list(_unknown_tables(paper, plan.catalogue))
    yield from unknown
    for use in walk(paper) if not unknown else ():
        try:
            compiled = compile_expression(use.expression, use.table, plan, FLAG if use.role is Role.CONDITION else None)
        except DataErrors as faults:
            yield from faults.errors
        else:
            yield from _unfit(paper, use, compiled, plan)


def _unknown_tables(paper: Paper, catalogue: Catalogue) -> Iterator[DataError]:
    known = (ROOT, *catalogue.tables)
    if paper.each not in known:
        yield DataError(paper.place, f"没有表「{paper.each}」", did_you_mean(paper.each, known))
    for rows in lists(paper):
        if rows.table not in known:
            yield DataError(rows.place, f"没有表「{rows.table}」", did_you_mean(rows.table, known))


def _unfit(paper: Paper, use: Use, compiled: Compiled, plan: Plan) -> Iterator[DataError]:
    place = use.expression.place
    if use.role is Role.TICKS and compiled.type.kind not in _TICKED:
        yield DataError(place, f"「{use.expression.text}」不是选项，不能打勾", "请去掉「选」，或换成选项、多选、是否")
    if paper.published and use.role is not Role.CONDITION:
        for field in names_used(compiled, plan):
            if _secret(field):
                yield DataError(place, f"公示不得写出「{field.label}」", "公示只写姓名、人数、类别、金额和起止日期")


def _secret(field: Field) -> bool:
    return field.kind in _SECRET_KINDS or field.sensitivity in _SECRET
