"""The 汇总 sheet in front of a workbook: what it holds, a line a roster, as a sheet like any other."""

from __future__ import annotations

from collections.abc import Sequence

from printing.sheet_rows import Format, Sheet, SheetColumn

_COLUMNS = (
    SheetColumn("花名册", Format.TEXT),
    SheetColumn("报送部门", Format.TEXT),
    SheetColumn("行数", Format.COUNT),
    SheetColumn("户数", Format.COUNT),
    SheetColumn("人数", Format.COUNT),
    SheetColumn("金额合计", Format.MONEY),
)


def summary_of(sheets: Sequence[Sheet]) -> Sheet:
    """One line a roster with its receiver, rows, households, people and money; households of several rosters are not added up."""
    first = sheets[0]
    rows = [(one.name, one.receiver, len(one.rows), one.households, one.people, _money(one)) for one in sheets]
    return Sheet(
        name="汇总",
        title=f"{first.unit}花名册汇总{first.title.removeprefix(first.name)}",
        unit=first.unit,
        made=first.made,
        columns=_COLUMNS,
        rows=rows,
        notes=("同一户、同一人可在多本花名册中出现，各行户数、人数、金额不相加",),
        footer=first.footer,
        whole=True,
    )


def _money(sheet: Sheet) -> int | None:
    """The total that stands for a roster, in fen: of its main column, else of its first amount; several are never mixed."""
    sums = [
        (column, total)
        for column, total in zip(sheet.columns, sheet.totals, strict=False)
        if column.format is Format.MONEY and isinstance(total, int)
    ]
    mains = [total for column, total in sums if column.main]
    if mains or any(column.main for column in sheet.columns):
        return next(iter(mains), None)
    return next((total for _, total in sums), None)
