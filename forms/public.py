"""What may be made public (公示, 公布): the one list of fields that a public paper may be filled from.

A question added to the form is never on it. A public paper that names any other field, walks another table, or asks the
rules about the household is refused when the data is loaded; printing evaluates it against these fields alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from forms.language.graph import reached
from forms.language.plan import Compiled, Plan
from forms.language.tree import Each, FieldRead, Node, ProgrammeRead
from forms.numbering import FIELD as NUMBER
from forms.paper import Paper
from forms.paper_walk import Use, lists
from forms.places import DataError
from forms.schema import ROOT

EACH = "办件"
"""The table whose rows get a public paper each."""
ENTRY = "公示对象"
"""The system table of who is named, a row each."""
PUBLIC: dict[str, frozenset[str]] = {
    ROOT: frozenset(
        {
            *("公示单位", "公示类别", "公示村", "公示天数", "公示起日", "公示止日", "公示期满办理日", "公示撤下日"),
            "公示单位电话",
            *("公示有提示", "公示提示", NUMBER),
        }
    ),
    ENTRY: frozenset({"公示姓名", "公示人口", "公示待遇", "公示金额", "公示核定金额", "公示住村"}),
}
"""By table, every field a public paper may read."""
_ADVICE = "公示只写姓名、人口数、类别、金额、村和起止日期，请用「公示」开头的系统字段"


def is_body(paper: Paper, use: Use) -> bool:
    """Whether an expression stands on the paper, rather than saying whether and for which rows it prints."""
    return use.expression is not paper.relevant and use.expression is not paper.where


def unpublishable(compiled: Compiled, plan: Plan) -> Iterator[DataError]:
    """Every fault of one expression on a public paper."""
    for node in reached(compiled.node, plan.definitions):
        what = _private(node)
        if what:
            yield DataError(compiled.expression.place, f"公示不得写出「{what}」", _ADVICE)


def unpublishable_lists(paper: Paper) -> Iterator[DataError]:
    """Every fault of what a public paper goes through: it is made for an application, and lists who is named."""
    if paper.each != EACH:
        yield DataError(paper.place, f"公示文书应一个{EACH}一份，不是「{paper.each}」", f"请写「每: {EACH}」")
    for rows in lists(paper):
        if rows.table not in (ENTRY, ROOT):
            yield DataError(rows.place, f"公示不得逐行列出「{rows.table}」", f"请用「{ENTRY}」")


def _private(node: Node) -> str:
    """What a node tells of the household that is not on the list; nothing when it tells none."""
    if isinstance(node, FieldRead):
        field = node.field
        return "" if field.id in PUBLIC.get(field.table, ()) else field.label
    if isinstance(node, ProgrammeRead):
        return node.text
    if isinstance(node, Each) and node.rows.table.id != ENTRY:
        return node.text
    return ""
