"""The stretch of days a roster covers, as offices say it: a week, a month, 21st to 20th, any days of their own."""

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
_OWN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both included; `words` is how it is said on a roster, `kind` one of 周 月 季 半年 年 自定."""

    since: date
    until: date
    words: str
    kind: str

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


def read_span(text: str) -> Span:
    """A period as written: `2026-W36`, `2026-09`, `2026-09@21` (21 August to 20 September), `2026-Q3`, `2026-H2`, `2026`
    or `2026-09-01..2026-09-20`. Raises `UserCanFix` for anything else.
    """
    plain = text.strip()
    for pattern, make in ((_WEEK, _week), (_SHIFTED, _shifted), (_OWN, _own), (_PART, _part), (_MONTH, _month)):
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
        "2026-Q3（季）、2026-H2（半年）或 2026-09-01..2026-09-20"
    )


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
    return Span(monday, sunday, f"{int(year)}年第{int(week)}周，{_short(monday)}至{_short(sunday)}", "周")


def _month(year: str, month: str) -> Span:
    first = date(int(year), int(month), 1)
    return Span(first, _last(first), f"{first.year}年{first.month}月", "月")


def _shifted(year: str, month: str, start: str) -> Span:
    first = date(int(year), int(month), 1)
    before = (first - timedelta(days=1)).replace(day=int(start))
    until = first.replace(day=int(start)) - timedelta(days=1)
    return Span(before, until, f"{first.year}年{first.month}月，{_short(before)}至{_short(until)}", "月")


def _part(year: str, kind: str, place: str) -> Span:
    months, word = {"Q": (3, "季"), "H": (6, "半年")}[kind.upper()]
    start = (int(place) - 1) * months + 1
    since, until = date(int(year), start, 1), _last(date(int(year), start + months - 1, 1))
    said = f"第{place}季度" if word == "季" else ("上半年", "下半年")[int(place) - 1]
    return Span(since, until, f"{int(year)}年{said}", word)


def _own(since: str, until: str) -> Span:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    if last < first:
        raise UserCanFix(f"期间的止日{until}早于起日{since}，请对调")
    return Span(first, last, f"{first.year}年{_short(first)}至{last.year}年{_short(last)}", "自定")


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
