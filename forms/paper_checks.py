"""What is asked of a paper beyond its expressions being sound: tables that exist, ticks that have options, privacy."""

from __future__ import annotations

from collections.abc import Iterator

from forms.catalogue import Catalogue
from forms.language.plan import Compiled, Plan, compile_expression, names_used
from forms.language.types import FLAG
from forms.numbering import FIELD as NUMBER
from forms.paper import Paper
from forms.paper_walk import Role, Use, lists, walk
from forms.places import DataError, DataErrors, did_you_mean
from forms.public import is_body, unpublishable, unpublishable_lists
from forms.schema import ROOT, Kind

_TICKED = frozenset({Kind.OPTION, Kind.OPTIONS, Kind.FLAG})


def check_paper(paper: Paper, plan: Plan) -> Iterator[DataError]:
    """Every fault of one paper: unknown tables and names, wrong types, ticks without options, what must stay private."""
    unknown = list(_unknown_tables(paper, plan.catalogue))
    yield from unknown
    numbered = False
    for use in walk(paper) if not unknown else ():
        try:
            compiled = compile_expression(use.expression, use.table, plan, FLAG if use.role is Role.CONDITION else None)
        except DataErrors as faults:
            yield from faults.errors
        else:
            numbered |= any(field.key == f"{ROOT}.{NUMBER}" for field in names_used(compiled, plan))
            yield from _unfit(paper, use, compiled, plan)
    if not unknown:
        yield from unpublishable_lists(paper) if paper.published else ()
        yield from _misnumbered(paper, numbered)


def _misnumbered(paper: Paper, written: bool) -> Iterator[DataError]:
    """A number that is given but not written, or written but never given."""
    if paper.series and not written:
        yield DataError(paper.series.place, "取了编号却没有写在文书上", f"请在文书里写 {{{NUMBER}}}，或去掉「编号」")
    if written and not paper.series:
        yield DataError(paper.place, f"写了「{NUMBER}」却没有取号的系列", "请加「编号: {系列: …, 式: 〔{年}〕{号}号}」")


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
    if paper.published and is_body(paper, use):
        yield from unpublishable(compiled, plan)
