"""What a version of a roster lets through: the fields on its own list and no other, of rows that may be made public.

A column shows when it plainly reads a field that is listed. Nothing computed, and no field added to the form later, gets
there by itself. Rows of programmes that are not published, and of children, are left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.publicity import masks_names, refusal, sensitive
from clerk.roster_lines import Line
from clerk.roster_shapes import Guard
from clerk.wording import mask_name, masked
from forms.language.plan import Plan
from forms.language.types import Type
from forms.roster import BY_STANDARD, INTERNAL, MASKED, PUBLIC, SHOWN, Column, Roster, Version
from forms.schema import Kind

Dress = Callable[[str], str]
"""How a text is changed before it is shown."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that a version lets through, and how its text is dressed (None: typed, as it is)."""

    column: Column
    type: Type
    dress: Dress | None = None


def columns_shown(roster: Roster, types: Sequence[Type], version: str, plan: Plan) -> list[Shown]:
    """The columns of a version. UserCanFix for a version the roster is not made in, or one that would show too much."""
    if version not in roster.versions:
        raise UserCanFix(f"「{roster.name}」没有{version}版，可用：{'、'.join(roster.versions)}")
    pairs = list(zip(roster.columns, types, strict=True))
    if version == INTERNAL:
        return [Shown(column, kind, _own_mask(kind) if column.masked else None) for column, kind in pairs]
    listed = _version(roster, version, plan)
    shown = [one for column, kind in pairs if (one := _shown(column, kind, listed, plan))]
    if roster.level == version == PUBLIC:
        _refuse_exposure(roster, shown, plan)
    if not shown:
        raise UserCanFix(f"「{roster.name}」没有一列可以出现在{listed.name}里")
    return shown


def lines_shown(lines: Sequence[Line], version: str) -> tuple[list[Line], tuple[str, ...]]:
    """The rows of a version, and what is said of those left out."""
    if version == INTERNAL:
        return list(lines), ()
    kept = [line for line in lines if not refusal(line.case, line.case.facts.application(line.row))]
    left = len(lines) - len(kept)
    return kept, (f"另有{left}行按规定不公开，未列入",) if left else ()


def guard_of(
    lines: Sequence[Line], shown: Sequence[Shown], rows: Sequence[Sequence[object]], all_: Sequence[Line]
) -> Guard:
    """What must not be found in the finished file: every sensitive answer of every household, listed or left out."""
    names = {
        str(row[at])
        for at, one in enumerate(shown)
        if one.type.kind is Kind.NAME
        for row in rows
        if isinstance(row[at], str)
    }
    cases = {id(line.case): line.case for line in (*all_, *lines)}
    secrets = frozenset(word for case in cases.values() for word in sensitive(case) if len(word) >= _SHORTEST)
    offices = {case.record.office.name for case in cases.values()}
    return Guard(secrets - names - offices, frozenset(names | offices), frozenset(_numbers(cases.values())))


def footer_of(version: str, plan: Plan) -> str:
    """What stands under each page of a version."""
    return plan.catalogue.versions[version].footer if version in plan.catalogue.versions else ""


def _numbers(cases: Iterable[CaseFile]) -> Iterator[str]:
    for case in cases:
        yield case.record.case_number
        yield from (each.number for each in case.record.applications)


def _version(roster: Roster, version: str, plan: Plan) -> Version:
    found = plan.catalogue.versions.get(version)
    if found is None:
        raise UserCanFix(f"数据包里没有{version}版的放行清单，「{roster.name}」不能导出{version}版")
    return found


def _shown(column: Column, kind: Type, version: Version, plan: Plan) -> Shown | None:
    treatment = version.fields.get(kind.field.key) if kind.field else None
    if treatment is None:
        return None
    if treatment == MASKED or column.masked:
        return Shown(column, kind, _own_mask(kind))
    if treatment == BY_STANDARD and masks_names(plan.catalogue, plan.on):
        return Shown(column, kind, mask_name)
    assert treatment in (SHOWN, BY_STANDARD)
    return Shown(column, kind)


def _own_mask(kind: Type) -> Dress:
    return lambda text: masked(text, kind.kind)


def _refuse_exposure(roster: Roster, shown: Sequence[Shown], plan: Plan) -> None:
    for name in roster.programmes:
        programme = plan.catalogue.programmes.get(name)
        if programme is not None and not programme.published:
            raise UserCanFix(f"「{programme.name}」按规定不公示，「{roster.name}」不能导出公示版")
    passed = {one.column.heading for one in shown}
    for column in roster.columns:
        if column.heading not in passed:
            raise UserCanFix(f"公示不得出现「{column.heading}」，请从「{roster.name}」中去掉这一列")
