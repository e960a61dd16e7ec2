"""Read the calendar: statutory days off and swapped working days, a file a year."""

from __future__ import annotations

from datetime import date, timedelta

from forms.board import Board
from forms.literals import read_date
from forms.policy import DayOff
from forms.reading import Entry, Located, read_integer

_LONGEST = 31


def read_calendar(entry: Entry, board: Board) -> None:
    """One year's 放假 and 调休上班; a later layer may add days of its own, and wins where both name a day."""
    year = read_integer(entry.need("年"))
    for key in ("来源", "标记"):
        entry.text(key)
    seen: dict[date, Located] = {}
    for item in entry.entries("放假"):
        with board.catching():
            start, found = read_date(item.need("自")), item.found("至") or item.need("自")
            end = read_date(found)
            if not start <= end < start + timedelta(days=_LONGEST):
                raise found.fail(f"放假从 {start} 到 {end}，不像一次放假", "请核对「自」和「至」")
            days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
            _keep(board, seen, found, [DayOff(day, False, item.text("名")) for day in days], year)
            item.close()
    for item in entry.entries("调休上班"):
        with board.catching():
            found = item.need("日")
            _keep(board, seen, found, [DayOff(read_date(found), True, item.text("名"))], year)
            item.close()
    entry.close()
    board.calendar_years.add(year)


def _keep(board: Board, seen: dict[date, Located], found: Located, days: list[DayOff], year: int) -> None:
    for off in days:
        if off.day.year not in (year - 1, year):
            raise found.fail(f"{off.day} 不在 {year} 年的安排里", "请写进那一年的文件")
        if off.day in seen:
            raise found.fail(f"{off.day} 写了两次", f"另一处在 {seen[off.day].place}")
        seen[off.day] = found
        board.days_off[off.day] = off
