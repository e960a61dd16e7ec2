"""A payment list equals its sources to the fen, line by line and so in every sum, or it is refused, naming the line.

Which roster is such a list, what its sources are and by which names lines are told apart is the roster's own data (等于).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from clerk.errors import UserCanFix
from clerk.rosters import Cell, RosterTable
from clerk.wording import money
from forms.roster import Column, Equals, Roster

_SAID = 5
Make = Callable[[Roster], RosterTable]


@dataclass(frozen=True, slots=True)
class _Amount:
    """What one roster pays on one line: to what (`parts`: programme, account …), how much."""

    roster: str
    parts: tuple[Cell, ...]
    fen: Cell


@dataclass(frozen=True, slots=True)
class Difference:
    """One line on which a list and its sources differ: what names it, and how they differ in one sentence."""

    line: str
    words: str


def refuse_unequal(wanted: Iterable[Roster], rosters: Mapping[str, Roster], make: Make) -> None:
    """Refuse every wanted roster whose lines are not those of its sources; `make` makes a roster over the period.

    A source speaks for the lines of the list's own programmes that enter by the list's own event; a line in two sources
    counts once. Raises `UserCanFix` naming the lines that differ.
    """
    for roster in wanted:
        if roster.equals is not None:
            found = [one.words for one in differences(roster, roster.equals, rosters, make)]
            if found:
                more = f"；另有{len(found) - _SAID}处" if len(found) > _SAID else ""
                raise UserCanFix(f"「{roster.name}」与来源花名册不一致，不能导出：{'；'.join(found[:_SAID])}{more}")


def differences(roster: Roster, equals: Equals, rosters: Mapping[str, Roster], make: Make) -> Iterator[Difference]:
    """Every line on which the list and its sources differ."""
    paid = dict[Cell, _Amount]()
    for line, amount in _amounts(roster, equals, make):
        if line in paid:
            yield Difference(str(line), f"{line}在「{roster.name}」里出现两次")
        paid[line] = amount
    said = dict[Cell, _Amount]()
    for source in equals.rosters:
        for line, amount in _amounts(_like(rosters[source], roster), equals, make):
            earlier = said.setdefault(line, amount)
            if (earlier.parts, earlier.fen) != (amount.parts, amount.fen):
                yield Difference(str(line), f"{line}：{_words(earlier)}，{_words(amount)}")
    for line in sorted(paid.keys() | said.keys(), key=str):
        mine, theirs = paid.get(line), said.get(line)
        if mine is None or theirs is None:
            there = mine or theirs
            assert there is not None
            yield Difference(str(line), f"{line}：{_words(there)}，{'来源' if mine else roster.name}没有这一行")
        elif (mine.parts, mine.fen) != (theirs.parts, theirs.fen):
            yield Difference(str(line), f"{line}：{_words(mine)}，{_words(theirs)}")


def _like(source: Roster, roster: Roster) -> Roster:
    """The source over what the list is about: its programmes, what brings a line onto it."""
    shared = [name for name in source.programmes if name in roster.programmes]
    programmes = tuple(shared) if source.programmes else roster.programmes
    return replace(source, programmes=programmes, event=roster.event, leaving=roster.leaving)


def _amounts(roster: Roster, equals: Equals, make: Make) -> Iterator[tuple[Cell, _Amount]]:
    """Each line of a roster by what names it, with what its main total adds up; its other columns are not asked."""
    main = next((column for column in roster.columns if column.main), None)
    if main is None:
        raise UserCanFix(f"「{roster.name}」没有一列写明「主额」，不能与它核对，请在数据里补上")
    asked = [Column(f"\0{at}", name) for at, name in enumerate((equals.line, *equals.parts))]
    for fen, line, *parts in make(replace(roster, columns=(main, *asked))).rows:
        yield line, _Amount(roster.name, tuple(parts), fen)


def _words(amount: _Amount) -> str:
    said = "未定" if not isinstance(amount.fen, int) else f"{money(amount.fen)}元"
    parts = "、".join("空" if part in (None, "") else str(part) for part in amount.parts)
    return f"「{amount.roster}」{said}（{parts}）"
