"""The list of policies as lines: grouped by what can be done, members with the same answer on one line. Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from clerk.screening import Standing
from clerk.screening_text import SIGNS
from clerk.wording import money, number, round_half_up
from forms.language.results import AmountSaid
from forms.language.values import Range, Verdict

if TYPE_CHECKING:
    from clerk.screening import Offer, Screening
    from ui.intake.controller import IntakeController

ORDER = (Standing.OPEN, Standing.CHOOSE, Standing.MISSING, Standing.REFER, Standing.HELD, Standing.BARRED, Standing.NO)
"""From what can be done now to what cannot."""
_PERIODS = {"每月": "/月", "每年": "/年", "每季": "/季", "一次": "（一次）"}
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; a heading has no offers."""

    standing: Standing
    title: str
    sign: str = ""
    word: str = ""
    whose: str = ""
    amount: str = ""
    note: str = ""
    offers: tuple[Offer, ...] = ()
    chosen: bool | None = None
    count: int = 0

    @property
    def heading(self) -> bool:
        """True for the line above a group."""
        return not self.offers

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        if self.heading:
            return f"{self.title} {self.count}项"
        picked = {True: "已选，", False: "未选，", None: ""}[self.chosen]
        return "，".join(part for part in (picked + self.word + self.title, self.whose, self.amount, self.note) if part)


def lines(screening: Screening, desk: IntakeController, chosen: Callable[[Offer], bool], folded: frozenset[Standing]) -> list[Line]:
    """The whole list; a folded group shows its heading only."""
    groups: dict[Standing, list[Offer]] = {standing: [] for standing in ORDER}
    for offer in screening.offers:
        groups.setdefault(offer.standing, []).append(offer)
    made: list[Line] = []
    for standing, offers in groups.items():
        if offers:
            made.append(Line(standing, standing.value, count=len(offers)))
            if standing not in folded:
                made.extend(_group(standing, offers, desk, chosen))
    return made


def amount_words(amounts: Iterable[AmountSaid]) -> str:
    """What is paid, added up per period: `533元/月`, `至多832元（一次）`; nothing while it can be anything."""
    totals: dict[tuple[str, str], Range] = {}
    for said in amounts:
        key = (said.period, said.unit)
        before = totals.get(key, Range(0, 0))
        totals[key] = Range(before.low + said.value.low, before.high + said.value.high)
    return " ".join(word for (period, unit), value in totals.items() if (word := _total(value, unit, period)))


def say_amount(value: Range, unit: str) -> str:
    """One amount or its bounds, with the unit."""
    if value.known:
        return _plain(value.low, unit) + unit
    if value.high == inf:
        return f"{_plain(value.low, unit)}{unit}以上" if value.low not in (0, -inf) else "待定"
    return f"至多{_plain(value.high, unit)}{unit}" if value.low in (0, -inf) else f"{_plain(value.low, unit)}–{_plain(value.high, unit)}{unit}"


def _total(value: Range, unit: str, period: str) -> str:
    said = say_amount(value, unit)
    return "" if said == "待定" else said + _PERIODS.get(period, period)


def _plain(value: float | Fraction, unit: str) -> str:
    if unit == "元" and not isinstance(value, float):
        return money(round_half_up(value)).removesuffix(".00")
    return number(Fraction(value)) if value not in (inf, -inf) else ""


def _group(standing: Standing, offers: list[Offer], desk: IntakeController, chosen: Callable[[Offer], bool]) -> Iterable[Line]:
    if standing in (Standing.OPEN, Standing.CHOOSE):
        picked = chosen if standing is Standing.OPEN else _none
        return [_line(standing, (offer,), desk, picked(offer)) for offer in offers]
    by_programme: dict[str, list[Offer]] = {}
    for offer in offers:
        by_programme.setdefault(offer.programme, []).append(offer)
    return [_line(standing, tuple(found), desk, None) for found in by_programme.values()]


def _none(offer: Offer) -> None:
    """Neither taken nor left."""


def _line(standing: Standing, offers: tuple[Offer, ...], desk: IntakeController, chosen: bool | None) -> Line:
    first = offers[0]
    programme = desk.catalogue.programmes[first.programme]
    names = [desk.subject(offer) for offer in offers]
    whose = "、".join(names) if len(names) <= _MOST_NAMED + 1 else "、".join(names[:_MOST_NAMED]) + f" 等{len(names)}人"
    amount = amount_words(first.judgement.amounts) if len(offers) == 1 and first.verdict is not Verdict.NO else ""
    return Line(standing, programme.name, SIGNS[standing], _WORDS[standing], whose, amount, _note(offers, desk), offers, chosen)


def _note(offers: tuple[Offer, ...], desk: IntakeController) -> str:
    offer = offers[0]
    if offer.standing is Standing.MISSING:
        gaps = list(dict.fromkeys(desk.ask(gap) for one in offers for gap in one.judgement.missing))
        return "缺：" + "、".join(gaps[:2]) + (f" 等{len(gaps)}项" if len(gaps) > 2 else "") if gaps else offer.reason
    if offer.standing is Standing.NO and not offer.reason:
        failed = dict.fromkeys(f.condition.id for one in offers for f in one.judgement.findings if f.verdict is Verdict.NO)
        return "不满足：" + "、".join(failed) if failed else ""
    return offer.reason


_WORDS: Mapping[Standing, str] = {
    Standing.OPEN: Verdict.YES.value,
    Standing.CHOOSE: "待选择",
    Standing.MISSING: Verdict.UNKNOWN.value,
    Standing.NO: Verdict.NO.value,
    Standing.HELD: "已享",
    Standing.BARRED: "不并领",
    Standing.REFER: "转介",
}
