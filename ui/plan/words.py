"""Applications in words: number, what, whom, status, department, first deadlines. Qt-free."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from clerk.wording import long_date

if TYPE_CHECKING:
    from clerk.records import Application, CaseRecord
    from forms.catalogue import Catalogue

_QUIET = "#566570"


def applications_html(record: CaseRecord, catalogue: Catalogue) -> str:
    """The applications of a case as rich text, a row each."""
    if not record.applications:
        return "<p>只登记了家庭情况，没有申请。</p>"
    head = "".join(f'<td style="color:{_QUIET}">{word}</td>' for word in ("项目", "对象", "办理部门", "状态", "期限", "办件编号"))
    rows = "".join(_application(one, record, catalogue) for one in record.applications)
    warnings = dict.fromkeys(warning for one in record.applications for due in one.dues for warning in due.warnings)
    notes = "".join(f'<p style="color:#8a5a00">{escape(warning)}</p>' for warning in warnings)
    return f'<table width="100%" cellpadding="6" cellspacing="0"><tr>{head}</tr>{rows}</table>{notes}'


def _application(one: Application, record: CaseRecord, catalogue: Catalogue) -> str:
    programme = catalogue.programmes.get(one.programme)
    name = programme.name if programme else one.programme
    dues = "<br>".join(f"{escape(due.step)} <b>{long_date(due.day)}</b>前" for due in one.dues)
    cells = (f"<b>{escape(name)}</b>", escape(whom(one, record, catalogue)), escape(one.department), escape(one.status), dues)
    line = "border-top:1px solid #d9dfdd"
    said = "".join(f'<td style="{line}">{cell}</td>' for cell in cells)
    return f'<tr>{said}<td style="{line};color:{_QUIET}">{escape(one.number)}</td></tr>'


def whom(one: Application, record: CaseRecord, catalogue: Catalogue) -> str:
    """The persons an application covers, by name."""
    table = next((table for table in catalogue.tables.values() if table.id in record.household.tables and _holds(one, record, table.id)), None)
    if table is None:
        return ""
    names = [str(record.household.answer(table.id, table.title, row) or "") for row in one.persons]
    return "、".join(name for name in names if name)


def _holds(one: Application, record: CaseRecord, table: str) -> bool:
    keys = set(record.household.rows(table))
    return bool(one.persons) and set(one.persons) <= keys
