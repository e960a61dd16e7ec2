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
    """The applications of a case as rich text."""
    if not record.applications:
        return "<p>只登记了家庭情况，没有申请。</p>"
    return "".join(_application(one, record, catalogue) for one in record.applications)


def _application(one: Application, record: CaseRecord, catalogue: Catalogue) -> str:
    programme = catalogue.programmes.get(one.programme)
    name = programme.name if programme else one.programme
    dues = "　".join(f"{escape(due.step)} <b>{long_date(due.day)}</b>前" for due in one.dues)
    warnings = "；".join(dict.fromkeys(warning for due in one.dues for warning in due.warnings))
    text = f'<p style="margin:4px 0 0 0"><b>{escape(name)}</b>　{escape(whom(one, record, catalogue))}'
    text += f'<br><span style="color:{_QUIET}">{escape(one.number)}　{escape(one.status)}　{escape(one.department)}</span>'
    text += f"<br>{dues}" if dues else ""
    text += f'<br><span style="color:#8a5a00">{escape(warnings)}</span>' if warnings else ""
    return text + "</p><hr>"


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
