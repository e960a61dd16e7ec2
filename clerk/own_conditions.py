"""What rows of an own list must be, asked in three answers: yes, no, not yet known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from clerk.answers import Around, code_table, read_answer
from clerk.casefile import CaseFile
from clerk.errors import UserCanFix
from clerk.own_lists import Condition, OwnList
from clerk.sayable import Sayable, named, one_sayable
from forms.catalogue import Catalogue
from forms.language.plan import Plan
from forms.language.types import DAYS, NUMBERS
from forms.places import Place
from forms.schema import Expression, Field, Kind, Value

YES, NO = "是", "否"
_WHERE = "条件"


@dataclass(frozen=True, slots=True)
class Test:
    """One condition: the name it looks at, what a known answer must pass, or None where the name itself says yes or no."""

    value: Expression
    passes: Callable[[Value], bool] | None = None


def tests_of(own: OwnList, plan: Plan) -> list[Test]:
    """The conditions of a list, checked. Raises UserCanFix for a name, a word or an end that cannot be."""
    return [test for one in own.conditions for test in _tests(one, own.unit, plan)]


def meets(case: CaseFile, unit: str, row: str, tests: Sequence[Test]) -> bool | None:
    """Whether a row meets all of them; None while something is not known and nothing speaks against it."""
    answers = [_answer(case, unit, row, test) for test in tests]
    if False in answers:
        return False
    return None if None in answers else True


def condition_words(one: Condition, catalogue: Catalogue, label: str) -> str:
    """A condition as the clerk reads it."""
    if one.among:
        return f"{label}：{'、'.join(catalogue.regions.get(word, word) for word in one.among)}"
    ends = f"{one.low} 至 {one.high}" if one.low and one.high else f"{one.low} 起" if one.low else f"至 {one.high}"
    return f"{label}：{ends}"


def _answer(case: CaseFile, unit: str, row: str, test: Test) -> bool | None:
    value = case.value(test.value, unit, row)[0]
    if test.passes is not None and value is not None:
        return test.passes(value)
    return value if isinstance(value, bool) else None


def _tests(one: Condition, unit: str, plan: Plan) -> list[Test]:
    said = one_sayable(plan, unit, one.word)
    if said is None:
        raise UserCanFix(f"一行一个{unit}时没有「{one.word}」可问，请去掉这一条件")
    kind = said.type.kind
    if kind in NUMBERS | DAYS:
        return _between(one, said, plan)
    if not one.among:
        raise UserCanFix(f"条件「{said.label}」还没有选是什么")
    return [Test(named(one.word, _WHERE), _among(one, said, plan.catalogue))]


def _among(one: Condition, said: Sayable, catalogue: Catalogue) -> Callable[[Value], bool]:
    """A test of an answer in words: an option, yes or no, a place and all within it, or words that stand in a text."""
    kind = said.type.kind
    if kind in (Kind.OPTION, Kind.OPTIONS):
        codes = {_code(word, said, catalogue) for word in one.among}
        return lambda value: bool(codes & value) if isinstance(value, frozenset) else value in codes
    if kind is Kind.FLAG:
        wanted = {word == YES for word in one.among}
        return lambda value: value in wanted
    if kind is Kind.REGION:
        return lambda value: str(value).startswith(tuple(one.among))
    return lambda value: any(word in str(value) for word in one.among)


def _code(word: str, said: Sayable, catalogue: Catalogue) -> str:
    code = code_table(catalogue, said.type.codes).code(word)
    if code is None:
        raise UserCanFix(f"「{said.label}」没有「{word}」这个选项，请重新选")
    return code


def _between(one: Condition, said: Sayable, plan: Plan) -> list[Test]:
    if not (one.low or one.high):
        raise UserCanFix(f"条件「{said.label}」从多少到多少，至少写一头")
    low, high = _end(one.low, said, plan), _end(one.high, said, plan)
    if said.type.kind in DAYS:
        first, last = low or date.min, high or date.max
        return [Test(named(one.word, _WHERE), lambda value: isinstance(value, date) and first <= value <= last)]  # type: ignore[operator]
    # the rule language itself compares numbers: an amount that is still open may be known to be enough
    sides = [(low, "≥"), (high, "≤")]
    return [Test(named(f"{one.word} {sign} {_said(end, said)}", _WHERE)) for end, sign in sides if end is not None]


def _end(text: str, said: Sayable, plan: Plan) -> Value | None:
    if not text:
        return None
    field = Field(said.word, "", said.label, said.type.kind, Place(_WHERE, 1, 1))
    answer = read_answer(field, text, Around(plan.catalogue, plan.on))
    if answer.value is None:
        why = "；".join(complaint.message for complaint in answer.complaints)
        raise UserCanFix(f"条件「{said.label}」的「{text}」看不懂{'：' + why if why else ''}")
    return answer.value


def _said(end: Value, said: Sayable) -> str:
    """A number as the rule language writes it."""
    if said.type.kind is Kind.MONEY:
        assert isinstance(end, int)
        return f"{end // 100}.{end % 100:02d}元"
    return f"{float(end):.4f}".rstrip("0").rstrip(".") if not isinstance(end, int | str) else str(end)  # type: ignore[arg-type]
