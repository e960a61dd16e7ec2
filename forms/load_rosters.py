"""Read rosters (花名册): one a document; a later layer's replaces an earlier one whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from forms.literals import read_number
from forms.load_common import one_of, read_expression
from forms.reading import DataError, Entry, Located
from forms.roster import Column, Roster

_PAPER = one_of(["A4", "A3"], "纸张")


def read_roster(entry: Entry, layer: str) -> Roster:
    """One roster; a column is `{标题, 值, 合计, 主额, 宽, 遮盖}` or just the name of what stands in it."""
    name = entry.need("花名册")
    relevant = entry.found("仅当")
    columns = tuple(_column(item) for item in entry.mixed("列"))
    if not columns:
        raise name.fail(f"花名册「{name.text}」没有「列」", "至少写一列")
    _check(columns)
    roster = Roster(
        name.text,
        entry.text("名称", name.text),
        entry.text("部门"),
        entry.need("行").text,
        tuple(found.text for found in entry.texts("项目")),
        columns,
        name.place,
        layer,
        periods=tuple(found.text for found in entry.texts("期")),
        event=entry.text("事项", "受理"),
        relevant=read_expression(relevant) if relevant else None,
        sort=tuple(found.text for found in entry.texts("排序")),
        signers=tuple(found.text for found in entry.texts("签字")),
        level=entry.text("级别", "内部"),
        order=entry.integer("次序"),
        paper=entry.convert("纸张", _PAPER, "A4"),
        leaving=entry.flag("含退出"),
    )
    entry.close()
    return roster


def _column(item: Located | Entry) -> Column:
    if isinstance(item, Located):
        return Column(item.text, read_expression(item))
    value = read_expression(item.need("值"))
    column = Column(
        item.text("标题", value.text),
        value,
        total=item.flag("合计"),
        width=float(item.convert("宽", read_number, Fraction(0))),
        masked=item.flag("遮盖"),
        main=item.flag("主额"),
    )
    item.close()
    return column


def _check(columns: Sequence[Column]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.heading in seen:
            raise DataError(column.value.place, f"列标题「{column.heading}」写了两次", "请改一个标题")
        seen.add(column.heading)
    mains = [column for column in columns if column.main]
    for column in mains[1:]:
        raise DataError(
            column.value.place,
            f"「{mains[0].heading}」已是主额，「{column.heading}」不能再是",
            "一本花名册只留一个主额",
        )
    if mains and not mains[0].total:
        raise DataError(mains[0].value.place, f"主额「{mains[0].heading}」没有合计", "请加上「合计: 是」")
