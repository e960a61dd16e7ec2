"""The stretch of days a roster covers, as offices say it: a week, a month, 21st to 20th, a term, an event, own days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from clerk.errors import UserCanFix

_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_SHIFTED = re.compile(r"(\d{4})-(\d{1,2})@(\d{1,2})")
_PART = re.compile(r"(\d{4})-([QH])([1-4])", re.IGNORECASE)
_TERM = re.compile(r"(\d{4})-?([春秋])")
_OWN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})(?:\s+(\S.*))?")
_NOT_IN_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
OWN = "自定"
"""The kind of a period that is nobody's rhythm: any roster may be made for it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; `words` is how it is said on a roster, `kind` one of 周 月 季 半年 学期 年 事件 自定."""

    since: date
    until: date
    words: str
    kind: str

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


def read_span(text: str) -> Span:
    """A period as written: `2026-W36`, `2026-09`, `2026-09@21` (21 August to 20 September), `2026-Q3`, `2026-H2`, `2026`,
    `2026-秋` (the term that begins on 1 September), `2026-09-01..2026-09-20`, and the same with the name of an event
    behind. Raises `UserCanFix` for anything else.
    """
    plain = text.strip()
    for pattern, make in ((_WEEK, _week), (_SHIFTED, _shifted), (_OWN, _own), (_TERM, _term), (_PART, _part), (_MONTH, _month)):
        found = pattern.fullmatch(plain)
        if found:
            try:
                return make(*found.groups())
            except ValueError:
                break
    if re.fullmatch(r"\d{4}", plain) and plain != "0000":
        return Span(date(int(plain), 1, 1), date(int(plain), 12, 31), f"{plain}年", "年")
    raise UserCanFix(
        f"看不懂期间「{text}」，请写成 2026-W36（周）、2026-09（月）、2026-09@21（上月21日至本月20日）、"
        "2026-Q3（季）、2026-H2（半年）、2026-秋（学期）、2026（年）或 2026-09-01..2026-09-20，后面可写事由"
    )


def as_file_name(written: str) -> str:
    """A period as written, fit for the name of a file."""
    return _NOT_IN_FILES.sub("", written.strip().replace("..", "至").replace(" ", "-"))


def week_of(day: date) -> Span:
    """The week, Monday to Sunday, that a day lies in."""
    year, week, _ = day.isocalendar()
    return _week(str(year), str(week))


def month_of(day: date) -> Span:
    """The calendar month that a day lies in."""
    return _month(str(day.year), str(day.month))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last day of the month where it is too short: 31 January + 3 is 30 April."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    return first.replace(day=min(day.day, _last(first).day))


def _week(year: str, week: str) -> Span:
    monday = date.fromisocalendar(int(year), int(week), 1)
    sunday = monday + timedelta(days=6)
    return Span(monday, sunday, f"{int(year)}年第{int(week)}周，{_between(monday, sunday)}", "周")


def _month(year: str, month: str) -> Span:
    first = date(int(year), int(month), 1)
    return Span(first, _last(first), f"{first.year}年{first.month}月", "月")


def _shifted(year: str, month: str, start: str) -> Span:
    first = date(int(year), int(month), 1)
    before = (first - timedelta(days=1)).replace(day=int(start))
    until = first.replace(day=int(start)) - timedelta(days=1)
    return Span(before, until, f"{first.year}年{first.month}月，{_between(before, until)}", "月")


def _part(year: str, kind: str, place: str) -> Span:
    months, word = {"Q": (3, "季"), "H": (6, "半年")}[kind.upper()]
    start = (int(place) - 1) * months + 1
    since, until = date(int(year), start, 1), _last(date(int(year), start + months - 1, 1))
    said = f"第{place}季度" if word == "季" else ("上半年", "下半年")[int(place) - 1]
    return Span(since, until, f"{int(year)}年{said}", word)


def _term(year: str, season: str) -> Span:
    """Autumn: 1 September to 31 January; spring: 1 February to 31 August. Holidays belong to the term before them."""
    first = int(year)
    if season == "秋":
        return Span(date(first, 9, 1), date(first + 1, 1, 31), f"{first}年秋季学期", "学期")
    return Span(date(first, 2, 1), date(first, 8, 31), f"{first}年春季学期", "学期")


def _own(since: str, until: str, event: str | None) -> Span:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    if last < first:
        raise UserCanFix(f"期间的止日{until}早于起日{since}，请对调")
    days = f"{first.year}年{_short(first)}至{last.year}年{_short(last)}"
    return Span(first, last, f"{event.strip()}，{days}", "事件") if event else Span(first, last, days, OWN)


def _between(first: date, last: date) -> str:
    """Two days in words, with their years where they lie in two."""
    years = (f"{first.year}年", f"{last.year}年") if first.year != last.year else ("", "")
    return f"{years[0]}{_short(first)}至{years[1]}{_short(last)}"


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
