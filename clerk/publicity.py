"""What is made public of a case (公示, 公布): a model of its own, built from an explicit list and nothing else.

A notice holds names, headcounts, classes, amounts, villages and days. Public papers are evaluated against it
(`PublicFacts`), never against the household: a question added to the form cannot get there. `forms.public.PUBLIC` is the
same list as the data loader holds papers to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.landmarks import landmarks
from clerk.records import AmountKept, Application
from clerk.told import Told
from clerk.wording import mask_name, money
from forms.calendar import DueDay, nth_day, working_day_from
from forms.catalogue import Catalogue
from forms.language.closures import years
from forms.language.facts import ROOT_ROW
from forms.numbering import FIELD as NUMBER
from forms.policy import Programme
from forms.public import ENTRY
from forms.schema import ROOT, Kind, Sensitivity, Value

POSTED = "公示"
"""The event that a deadline of a notice is counted from (起算)."""
DAYS, MASKED, YOUNGEST = "公示天数", "公示遮名", "公示最小年龄"
"""The standards a notice is kept by."""
_SECRET_KINDS = frozenset({Kind.ID, Kind.PHONE, Kind.ACCOUNT, Kind.DISABILITY_CARD})
_SECRET_TEXTS = frozenset({Kind.NAME, Kind.TEXT, Kind.LONG}) | _SECRET_KINDS
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One family or person named: who, how many people, what class, how much (`decided` or proposed), which village."""

    name: str
    headcount: int
    group: str
    amount: str
    village: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """One public notice. `since` is the day it is posted and day 1 of `days`, `until` the last one.

    `after` is the first working day after it, when the next step may be taken and by which the notice comes down; days
    are None while nobody has said when it is posted. `warnings` say what the calendar did not know. `phone` is the
    office's own number, the only one that may stand on it.
    """

    office: str
    group: str
    village: str
    entries: tuple[Entry, ...]
    days: int
    since: date | None = None
    until: date | None = None
    after: date | None = None
    warnings: tuple[str, ...] = ()
    phone: str = ""


NOTICE: Mapping[str, Callable[[Notice], Value | None]] = {
    "公示单位": lambda notice: notice.office,
    "公示单位电话": lambda notice: notice.phone,
    "公示类别": lambda notice: notice.group,
    "公示村": lambda notice: notice.village,
    "公示天数": lambda notice: notice.days,
    "公示起日": lambda notice: notice.since,
    "公示止日": lambda notice: notice.until,
    "公示期满办理日": lambda notice: notice.after,
    "公示撤下日": lambda notice: notice.after,
    "公示有提示": lambda notice: bool(notice.warnings),
    "公示提示": lambda notice: "；".join(notice.warnings),
}
"""Each public field of a notice."""

ENTRIES: Mapping[str, Callable[[Entry], Value | None]] = {
    "公示姓名": lambda entry: entry.name,
    "公示人口": lambda entry: entry.headcount,
    "公示待遇": lambda entry: entry.group,
    "公示金额": lambda entry: entry.amount,
    "公示核定金额": lambda entry: entry.amount if entry.decided else None,
    "公示住村": lambda entry: entry.village,
}
"""Each public field of who is named."""


class PublicFacts:
    """A notice as papers read it (`forms.language.facts.Facts`); it knows nothing else, whatever it is asked.

    `number` is the official number of the paper it is read for.
    """

    def __init__(self, notice: Notice, number: str = "") -> None:
        self.notice, self._number = notice, number

    def rows(self, table: str, owner: str = ROOT_ROW) -> Sequence[str]:
        """The entries; no other table has rows."""
        return [str(at) for at in range(len(self.notice.entries))] if table == ENTRY else []

    def owner(self, table: str, row: str) -> str:
        """Everything belongs to the notice."""
        return ROOT_ROW

    def answer(self, table: str, field: str, row: str) -> Value | None:
        """A public field; None for any other."""
        said: Value | None = None
        if table == ENTRY and field in ENTRIES:
            said = ENTRIES[field](self.notice.entries[int(row)])
        elif table == ROOT and field in NOTICE:
            said = NOTICE[field](self.notice)
        elif table == ROOT and field == NUMBER:
            said = self._number
        return None if said == "" else said

    def closed(self, table: str) -> bool:
        """A notice is complete."""
        return True


def refusal(case: CaseFile, application: Application) -> str:
    """Why an application may not be made public, in one sentence; nothing when it may.

    Its programme is not published (公示: 否), or the person named is under age, or not known to be of age.
    """
    programme = case.catalogue.programmes.get(application.programme)
    if programme is None or not programme.published:
        name = programme.name if programme else application.programme
        return f"「{name}」按规定不公示，不能印制公示文书"
    told = _told(case)
    born = _born(case, told.home(application))
    youngest = _standard(case.catalogue, YOUNGEST, case.record.accepted)
    if born is None:
        return f"「{programme.name}」的公示对象没有出生日期，不能确认已满{youngest}周岁，请先补录再公示"
    if years(born, case.record.accepted) < youngest:
        return f"「{programme.name}」的公示对象不满{youngest}周岁，不公示姓名"
    return ""


def notice_of(case: CaseFile, application: Application, posted: date | None) -> Notice:
    """The notice of one application; UserCanFix with the reason when it may not be made public."""
    reason = refusal(case, application)
    if reason:
        raise UserCanFix(reason)
    catalogue, told = case.catalogue, _told(case)
    programme = catalogue.programmes[application.programme]
    name = told.member(told.home(application), "name")
    hidden = masks_names(catalogue, posted or case.record.accepted)
    village, decided = told.place(12), application.decision
    entry = Entry(
        mask_name(name) if hidden else name,
        len(application.persons),
        programme.name,
        _amounts(decided.amounts if decided and decided.amounts else application.amounts),
        village,
        application.pay_since is not None,
    )
    return dated(
        Notice(
            case.record.office.name,
            programme.name,
            village,
            (entry,),
            _days(programme, catalogue, case),
            phone=case.record.office.phone,
        ),
        posted,
        catalogue,
    )


def masks_names(catalogue: Catalogue, day: date) -> bool:
    """Whether names are masked on what is made public on a day. UserCanFix when the data does not say."""
    return bool(_standard(catalogue, MASKED, day))


def dated(notice: Notice, posted: date | None, catalogue: Catalogue) -> Notice:
    """A notice with its days: the day of posting is day 1, the last of them `until`, then the next working day."""
    if posted is None:
        return notice
    until = nth_day(posted, notice.days)
    after: DueDay = working_day_from(until + timedelta(days=1), catalogue)
    return replace(notice, since=posted, until=until, after=after.day, warnings=after.warnings)


def secrets(case: CaseFile, notice: Notice) -> frozenset[str]:
    """Every answer of the household that must not be found in what is made public of it.

    Numbers, free words of sensitive questions, and names of everybody who is not named on the notice.
    """
    public = {entry.name for entry in notice.entries} | {notice.office, notice.group, notice.village, notice.phone}
    return frozenset(word for word in sensitive(case) if len(word) >= _SHORTEST) - public


def sensitive(case: CaseFile) -> Iterator[str]:
    """Every answer of a household that nobody outside may read: numbers, names, free words of sensitive questions."""
    household = case.record.household
    rows = [(ROOT, household.answers)]
    rows += [(table, row.answers) for table, found in household.tables.items() for row in found]
    for table, answers in rows:
        for id_, value in answers.items():
            field = case.catalogue.field_of(table, id_)
            if field is None or not isinstance(value, str) or field.kind not in _SECRET_TEXTS:
                continue
            if field.kind in _SECRET_KINDS or field.kind is Kind.NAME or field.sensitivity is not Sensitivity.PLAIN:
                yield value


def _told(case: CaseFile) -> Told:
    return Told(case.record, case.catalogue, case.record.accepted, landmarks(case.catalogue))


def _born(case: CaseFile, row: str) -> date | None:
    field = landmarks(case.catalogue).born
    found = case.facts.answer(field.table, field.id, row) if field and row else None
    return found if isinstance(found, date) else None


def _days(programme: Programme, catalogue: Catalogue, case: CaseFile) -> int:
    """How long a notice hangs: as the programme's own deadline says, else as the standard does."""
    own = [deadline.days for deadline in programme.deadlines if deadline.since == POSTED and not deadline.working]
    return own[0] if own else _standard(catalogue, DAYS, case.record.accepted)


def _standard(catalogue: Catalogue, name: str, day: date) -> int:
    """A standard's number (or yes as 1) on a day. UserCanFix when the data does not say."""
    standard = catalogue.standards.get(name)
    value = standard.on(day) if standard else None
    said = value.values.get(()) if value else None
    if not isinstance(said, int):
        raise UserCanFix(f"标准「{name}」在{day.isoformat()}没有数值，不能公示，请在数据包里补上")
    return said


def _amounts(lines: Sequence[AmountKept]) -> str:
    """How much by period, without the names of the lines: they would say why."""
    if any(line.low != line.high for line in lines):
        return "待核定"
    sums: dict[str, int] = {}
    for line in lines:
        if line.unit == "元":
            sums[line.period] = sums.get(line.period, 0) + line.low
    return "；".join(f"{money(total)}元（{period}）" for period, total in sums.items())
