"""Tables of a case whose rows have to be judged first: materials it asks for, answers still missing, the policy list.

Each field is tied to its row here and nowhere else; `forms/national/intake` declares tables and fields (系统: 是).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clerk.listing import listed
from clerk.materials import grounds, names, needed, unsaid
from clerk.records import CaseRecord
from clerk.screening import screen
from forms.language.evaluate import Evaluator
from forms.schema import Value

Row = Any
"""A row of one of the tables: `Needed`, `Unsaid` or `Listed`."""

MATERIAL, GAP, LIST = "应交材料", "待补内容", "政策清单"
LISTS: Mapping[str, Mapping[str, Callable[[Row], Value | None]]] = {
    MATERIAL: {
        "材料": lambda one: one.name,
        "提交方式": lambda one: one.means,
        "用于事项": lambda one: names(one.programmes),
        "材料依据": lambda one: grounds(one.programmes),
        "已收": lambda one: one.received,
        "待交": lambda one: one.owed,
    },
    GAP: {
        "待补事项": lambda one: one.words,
        "待补用途": lambda one: names(one.programmes),
        "待补依据": lambda one: grounds(one.programmes),
    },
    LIST: {
        "政策项目": lambda one: one.programme.id,
        "政策名称": lambda one: one.programme.name,
        "政策对象": lambda one: one.people,
        "政策情况": lambda one: one.standing,
        "政策待遇": lambda one: one.amount,
        "政策部门": lambda one: one.programme.department,
        "办理地点": lambda one: one.programme.office,
        "还缺": lambda one: one.missing,
        "要带": lambda one: one.bring,
        "缘由": lambda one: one.why,
    },
}
"""Each table with its fields, and what of a row each field says."""


def makers(record: CaseRecord, evaluator: Evaluator) -> Mapping[str, Callable[[], Sequence[Row]]]:
    """What makes the rows of each table, when it is first read."""
    catalogue = evaluator.plan.catalogue
    return {
        MATERIAL: lambda: needed(record, evaluator),
        GAP: lambda: unsaid(record, evaluator),
        LIST: lambda: listed(screen(evaluator, catalogue), evaluator, record),
    }
