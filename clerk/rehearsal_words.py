"""A rehearsal line by line: whose it is, what would change, and which conditions or amounts the new rules decide otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clerk.reasons import Reasons, Worded
from clerk.rehearsal import Change, HouseholdChanges, Turn
from clerk.rehearsal_text import amounts_in_words
from clerk.titles import gap_title
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan
from forms.language.values import Verdict

if TYPE_CHECKING:
    from clerk.household import Household
    from clerk.store import View


@dataclass(frozen=True, slots=True)
class Line:
    """One change of one household; `programme` and `row` say where its reasons are found."""

    turn: Turn
    household: str
    case: str
    programme: str
    row: str
    what: str
    who: str
    why: str


class Words:
    """Speaks of what a rehearsal by two plans found; reads each household when it is spoken of."""

    def __init__(self, view: View, present: Plan, new: Plan) -> None:
        self._view, self._present, self._new = view, present, new
        self._programmes = {**present.catalogue.programmes, **new.catalogue.programmes}

    def lines(self, each: HouseholdChanges) -> tuple[Line, ...]:
        """Every change of one household."""
        return tuple(
            Line(
                change.turn,
                each.household_id,
                each.cases[-1],
                change.after or change.before,
                change.row,
                self._what(change),
                each.title if not change.row or change.subject == each.title else f"{each.title}户 {change.subject}",
                self._why(each.household_id, change),
            )
            for change in each.changes
        )

    def _what(self, change: Change) -> str:
        was, would = (self._programmes[name].name if name else "" for name in (change.before, change.after))
        return f"由{was}转为{would}" if change.turn is Turn.MOVE else would or was

    def _why(self, household_id: str, change: Change) -> str:
        if change.turn is Turn.AMOUNT:
            return _money(change)
        said = "；".join(self._reasons(household_id, change))
        money = _money(change) if change.turn in (Turn.GAIN, Turn.MOVE) and change.would_pay else ""
        return "；".join(part for part in (said, money) if part)

    def _reasons(self, household_id: str, change: Change) -> Iterator[str]:
        name = change.before if change.turn in (Turn.LOSE, Turn.OPEN) else change.after
        if name not in self._new.programmes:
            yield "新数据包不再有这一项目"
            return
        household = self._household(household_id, self._new)
        evaluator = Evaluator(self._new, household)
        said = evaluator.judge(name, change.row)
        words = Reasons(evaluator).of(said)
        if not words:
            yield "不在有效期内"
        elif change.turn is Turn.LOSE:
            yield from [word.text for word in words if word.verdict is Verdict.NO] or ["与另一项目不能同时享受"]
        elif change.turn is Turn.OPEN:
            yield "还缺：" + "、".join(gap_title(household, self._new.catalogue, gap) for gap in said.missing)
        else:
            yield from (word.text for word in self._changed(household_id, change, words))

    def _changed(self, household_id: str, change: Change, words: tuple[Worded, ...]) -> list[Worded]:
        """The conditions that the present rules decide otherwise; all of them when none stands out."""
        earlier: dict[str, Verdict] = {}
        if change.after in self._present.programmes:
            judged = Evaluator(self._present, self._household(household_id, self._present)).judge(change.after, change.row)
            earlier = {finding.condition.id: finding.verdict for finding in judged.findings}
        return [word for word in words if earlier.get(word.id, Verdict.NO) is not word.verdict] or list(words)

    def _household(self, household_id: str, plan: Plan) -> Household:
        found = self._view.household(household_id, plan.catalogue)
        if found is None:
            raise KeyError(household_id)
        return found[1]


def _money(change: Change) -> str:
    paid, would = amounts_in_words(change.paid), amounts_in_words(change.would_pay)
    return f"{paid} → {would or '无金额'}" if paid else would
