"""Tables of a case whose rows are worked out: materials it asks for, answers still missing, the policy list, its file.

Each field is tied to its row here and nowhere else; `forms/national/intake` declares tables and fields (系统: 是).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clerk.contents import contents, pages_of
from clerk.listing import listed
from clerk.materials import grounds, names, needed, unsaid
from clerk.records import CaseRecord, IssuedPaper
from clerk.screening import screen
from forms.language.evaluate import Evaluator
from forms.schema import Value

Row = Any
"""A row of one of the tables: `Needed`, `Unsaid`, `Listed`, `Filed`, `KeyingSheet` or `KeyedAt`."""

MATERIAL, GAP, LIST, CONTENTS, KEYING, KEYED = "应交材料", "待补内容", "政策清单", "卷内文书", "代录清单", "代录项"
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
    CONTENTS: {
        "卷内题名": lambda one: one.title,
        "卷内文号": lambda one: one.number,
        "责任者": lambda one: one.maker,
        "卷内日期": lambda one: one.on,
        "卷内对象": lambda one: one.whom,
        "卷内起页": lambda one: one.first,
        "卷内止页": lambda one: one.last,
        "卷内页号": lambda one: one.span,
        "卷内备注": lambda one: one.remark,
    },
    KEYING: {
        "代录名称": lambda one: f"{one.name}（{one.title}）",
        "代录系统": lambda one: one.system,
        "代录办件": lambda one: one.title,
        "代录办件编号": lambda one: one.application,
        "代录已核": lambda one: one.checked,
        "代录须知": lambda one: one.note,
    },
    KEYED: {
        "代录组": lambda one: one.line.group,
        "代录栏目": lambda one: one.line.label,
        "代录内容": lambda one: one.line.text,
        "代录提示": lambda one: one.line.remark,
    },
}
"""Each table with its fields, and what of a row each field says."""

OWNERS: Mapping[str, Callable[[Row], str]] = {KEYED: lambda one: str(one.sheet)}
"""Of tables whose rows belong to rows of another: the key of that row."""

TOTALS: Mapping[str, tuple[str, Callable[[Sequence[Row]], Value | None]]] = {
    "卷内件数": (CONTENTS, lambda rows: len(rows) or None),
    "卷内页数": (CONTENTS, pages_of),
}
"""Fields of the household that sum one of the tables up."""


def makers(
    record: CaseRecord, evaluator: Evaluator, issued: Sequence[IssuedPaper] = ()
) -> Mapping[str, Callable[[], Sequence[Row]]]:
    """What makes the rows of each table, when it is first read; `issued` was handed out for the case, oldest first."""
    catalogue = evaluator.plan.catalogue
    return {
        MATERIAL: lambda: needed(record, evaluator),
        GAP: lambda: unsaid(record, evaluator),
        LIST: lambda: listed(screen(evaluator, catalogue), evaluator, record),
        CONTENTS: lambda: contents(record, evaluator.plan, issued),
    }
