"""A filed case as papers, rosters and rules read it: the household's answers beside what the record itself knows.

System tables and fields (系统: 是 in the form's data) are tied to the record here and nowhere else, so that
`{项目名称}` on a paper and `姓名` on a roster are names of one and the same language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from clerk import progress
from clerk.case_lists import LISTS, OWNERS, TOTALS, Row
from clerk.landmarks import landmarks
from clerk.records import LEFT, AmountKept, Application, CaseRecord
from clerk.told import Told
from clerk.wording import long_date, money, region_name
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW
from forms.numbering import FIELD as NUMBER
from forms.schema import ROOT, Kind, Value

APPLICATION, AMOUNT = "办件", "办件金额"
"""The system tables kept in the record: one row per application, one per amount line of it."""


HOUSEHOLD: Mapping[str, Callable[[Told], Value | None]] = {
    "案件编号": lambda told: told.record.case_number,
    "受理日期": lambda told: told.record.accepted,
    "受理单位": lambda told: told.record.office.name,
    "受理区划": lambda told: told.record.office.region,
    "区划名称": lambda told: region_name(told.record.office.region, told.catalogue),
    "经办人": lambda told: told.record.office.clerk,
    "单位电话": lambda told: told.record.office.phone,
    "打印日期": lambda told: told.printed,
    "承诺办结日": lambda told: _last(due.day for each in told.record.applications for due in each.dues),
    "申请事项名称": lambda told: "、".join(dict.fromkeys(map(told.name_of, told.record.applications))),
    "办件份数": lambda told: len(told.record.applications),
    "申请人": lambda told: told.applicant,
    "申请人姓名": lambda told: told.member(told.applicant, "name"),
    "申请人证件号": lambda told: told.member(told.applicant, "identity"),
    "申请人电话": lambda told: told.member(told.applicant, "phone"),
    "户主姓名": lambda told: told.member(told.head, "name"),
    "户主证件号": lambda told: told.member(told.head, "identity"),
    "居住县": lambda told: told.place(6),
    "居住乡镇": lambda told: told.place(9),
    "居住村": lambda told: told.place(12),
    NUMBER: lambda told: told.number,
    "期限有提示": lambda told: any(_warnings(told)),
    "期限提示": lambda told: "；".join(dict.fromkeys(_warnings(told))),
    "规则包": lambda told: "+".join(digest[:12] for digest in _packs(told).split("+")),
}
"""Each system field of the household, and what of the record it says."""

STAMPED = (NUMBER, "打印日期")
"""The fields that tell one printing of a paper from another, and nothing of the case."""

APPLICATIONS: Mapping[str, Callable[[Told, Application], Value | None]] = {
    "办件编号": lambda told, each: each.number,
    "办件次序": lambda told, each: told.record.applications.index(each) + 1,
    "项目": lambda told, each: each.programme,
    "项目名称": lambda told, each: told.name_of(each),
    "项目类别": lambda told, each: told.programme(each, "group"),
    "对象姓名": lambda told, each: told.member(told.home(each), "name"),
    "对象证件号": lambda told, each: told.member(told.home(each), "identity"),
    "户内关系": lambda told, each: told.kinship(told.home(each)),
    "按户办理": lambda told, each: each.subject == ROOT_ROW,
    "保障人数": lambda told, each: len(each.persons),
    "保障对象": lambda told, each: "、".join(told.member(row, "name") for row in each.persons),
    "状态": lambda told, each: each.status,
    "接收部门": lambda told, each: each.department,
    "办件受理日期": lambda told, each: each.accepted,
    "办件承诺办结日": lambda told, each: _last(due.day for due in each.dues),
    "起发月": lambda told, each: each.pay_since,
    "月金额": lambda told, each: _sum(_lines(each, "月金额")),
    "年金额": lambda told, each: _sum(_lines(each, "年金额")),
    "一次金额": lambda told, each: _sum(_lines(each, "一次金额")),
    "发放金额": lambda told, each: _sum(_lines(each, "发放金额")),
    "发放周期": lambda told, each: "、".join(dict.fromkeys(line.period for line in _lines(each, "发放金额"))),
    "金额说明": lambda told, each: "；".join(map(say_amount, each.amounts)),
    "金额备注": lambda told, each: "；".join(say_amount(line) for line in each.amounts if not _in_yuan(line)),
    "审批层级": lambda told, each: told.programme(each, "approval"),
    "政策依据": lambda told, each: _sources(told, each),
    "认定理由": lambda told, each: "；".join(reason.text for reason in each.reasons),
    "变动类型": lambda told, each: each.change,
    "变动原因": lambda told, each: each.change_reason,
    "本次退出": lambda told, each: each.change == LEFT,
    "决定结果": lambda told, each: each.decision.outcome if each.decision else None,
    "决定日期": lambda told, each: each.decision.on if each.decision else None,
    "决定文号": lambda told, each: each.decision.document if each.decision else None,
    "决定单位": lambda told, each: each.decision.by if each.decision else None,
    "不予原因": lambda told, each: each.decision.reason if each.decision else None,
    "核定金额": lambda told, each: _sum(each.decision.amounts) if each.decision else None,
    "保障对象证件号": lambda told, each: "；".join(
        filter(None, (told.member(row, "identity") for row in each.persons))
    ),
    "证号": lambda told, each: told.held(each, "证号"),
    "享受起日": lambda told, each: told.held(each, told.catalogue.status.since) if told.catalogue.status else None,
    "本年应发额": lambda told, each: _times(_sum(_lines(each, "月金额")), told.months_this_year(each)),
    "已办结": lambda told, each: progress.is_done(each),
    "办理天数": lambda told, each: progress.days_taken(each),
    "超期天数": lambda told, each: progress.days_late(each, told.printed),
    "按期办结": lambda told, each: progress.was_in_time(each),
    "到期日": lambda told, each: progress.holds_until(each, told.months(each)),
}
"""Each system field of an application."""

MEMBERS: Mapping[str, Callable[[Told, str], Value | None]] = {"期末周岁": lambda told, row: told.age(row)}
"""Each system field of a member."""

_PERIODS = {"月金额": ("每月",), "年金额": ("每年",), "一次金额": ("一次",), "发放金额": ("每月", "每年", "一次")}
"""Of which periods each system field adds up the amounts in money."""

AMOUNTS: Mapping[str, Callable[[AmountKept], Value | None]] = {
    "金额名称": lambda line: line.id,
    "金额数": lambda line: line.low if _in_yuan(line) else None,
    "实物数": lambda line: line.low if line.unit != "元" and line.low == line.high else None,
    "周期": lambda line: line.period,
    "单位": lambda line: line.unit,
}
"""Each system field of an amount line."""


class CaseFacts:
    """The case as the rules see it (`forms.language.facts.Facts`): answers of the revision, and the record's own.

    `lists` makes the rows of each table that has to be judged first (`clerk.case_lists`), set by whoever can judge.
    """

    def __init__(self, record: CaseRecord, catalogue: Catalogue, printed: date) -> None:
        self.record = record
        self.lists: Mapping[str, Callable[[], Sequence[Row]]] = {}
        self._told = Told(record, catalogue, printed, landmarks(catalogue))
        self._applications = {each.number: each for each in record.applications}
        self._registers: dict[str, dict[str, tuple[str, Mapping[str, Value]]]] = {}
        self._amounts = {
            f"{each.number}#{place}": line
            for each in record.applications
            for place, line in enumerate(each.amounts, start=1)
        }

    def stamp(self, number: str, printed: date) -> None:
        """From now on papers carry this number and day (`STAMPED`)."""
        self._told = replace(self._told, number=number, printed=printed)

    def register(self, table: str, key: str, owner: str, values: Mapping[str, Value]) -> None:
        """Add an entry of a register (`clerk.registers`): its row key, the member it belongs to, its answers."""
        self._registers.setdefault(table, {})[key] = (owner, values)

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """Row keys of a table, system tables included; those of one owner when given."""
        if table == APPLICATION:
            return [key for key in self._applications if owner in (ROOT_ROW, self.owner(table, key))]
        if table == AMOUNT:
            return [key for key in self._amounts if owner in (ROOT_ROW, self.owner(table, key))]
        if table in self._registers:
            return [key for key, (whose, _) in self._registers[table].items() if owner in (ROOT_ROW, whose)]
        if table in LISTS:
            keys = [str(at) for at in range(len(self._listed(table)))]
            return keys if owner == ROOT_ROW else [key for key in keys if self.owner(table, key) == owner]
        return self.record.household.rows(table, owner)

    def owner(self, table: str, row: str) -> str:
        """The owning row's key; an application belongs to its subject, or to the applicant when it is the household's."""
        if table == APPLICATION:
            return self._told.home(self._applications[row])
        if table in self._registers:
            return self._registers[table][row][0]
        if table in OWNERS:
            return OWNERS[table](self._listed(table)[int(row)])
        return row.rpartition("#")[0] if table == AMOUNT else self.record.household.owner(table, row)

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """The record's own answer for a system field, else the household's."""
        if table == APPLICATION:
            return _known(APPLICATIONS[field](self._told, self._applications[row]))
        if table == AMOUNT:
            return AMOUNTS[field](self._amounts[row])
        if table in LISTS:
            return _known(LISTS[table][field](self._listed(table)[int(row)]))
        if table == ROOT and field in TOTALS:
            summed, total = TOTALS[field]
            return total(self._listed(summed))
        if table == ROOT and field in HOUSEHOLD:
            return _known(HOUSEHOLD[field](self._told))
        if table in self._registers:
            return self._registers[table][row][1].get(field)
        if table == Kind.MEMBER.value and field in MEMBERS:
            return MEMBERS[field](self._told, row)
        return self.record.household.answer(table, field, row)

    def closed(self, table: str) -> bool:
        """System tables are complete; the others as the clerk said."""
        return table in (APPLICATION, AMOUNT, *LISTS) or self.record.household.closed(table)

    def lacks(self, table: str, field: str, row: str) -> bool:
        """True where an amount is not missing but has no place: its application pays nothing in such periods."""
        return table == APPLICATION and field in _PERIODS and not _lines(self._applications[row], field)

    def _listed(self, table: str) -> Sequence[Row]:
        made = self.lists.get(table)
        return made() if made else ()

    def application(self, row: str) -> Application:
        """The application of a row of its table."""
        return self._applications[row]


def say_amount(line: AmountKept) -> str:
    """An amount line in words: `某金 100.00元（每月）`; one that is not settled says so."""
    if line.low != line.high:
        return f"{line.id} 待核定"
    return f"{line.id} {money(line.low) if line.unit == '元' else line.low}{line.unit}（{line.period}）"


def due_words(application: Application) -> str:
    """The deadlines of an application in words, in the order of their days."""
    return "；".join(f"{due.step} {long_date(due.day)}前" for due in application.dues)


def _last(days: Iterable[date]) -> date | None:
    return max(days, default=None)


def _known(value: Value | None) -> Value | None:
    return None if value == "" else value


def _lines(application: Application, field: str) -> list[AmountKept]:
    return [line for line in application.amounts if line.period in _PERIODS[field] and line.unit == "元"]


def _in_yuan(line: AmountKept) -> bool:
    return line.unit == "元" and line.low == line.high


def _sum(lines: Sequence[AmountKept]) -> int | None:
    return sum(line.low for line in lines) if lines and all(map(_in_yuan, lines)) else None


def _times(fen: int | None, months: int) -> int | None:
    return None if fen is None else fen * months


def _sources(told: Told, application: Application) -> str:
    programme = told.catalogue.programmes.get(application.programme)
    return "；".join(str(source) for source in programme.sources) if programme else ""


def _warnings(told: Told) -> Iterable[str]:
    return (warning for each in told.record.applications for due in each.dues for warning in due.warnings)


def _packs(told: Told) -> str:
    return next((each.packs for each in told.record.applications if each.packs), told.catalogue.digest)
