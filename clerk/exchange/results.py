"""Departments' replies (结果): which application a row answers, and what was decided; what answers none is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clerk.answers import code_table
from clerk.exchange.finding import Finder, Found, Said, Speaker
from clerk.exchange.matching import Matched
from clerk.exchange.trial import SKIP, Ground, Line, Option, Outcome, Question
from clerk.records import ENDED, AmountKept, Application, Decision
from clerk.store import exchange as shelf
from forms.incoming import IncomingColumn
from forms.places import did_you_mean
from forms.schema import Value

TOTAL = "核定金额"
"""What a decided amount is called when the application has several lines and the reply only one figure."""


def plan_results(lines: Sequence[Line], matched: Matched, ground: Ground, outcome: Outcome) -> None:
    """Fill `outcome` with the applications as decided."""
    planner = _Planner(lines, matched, ground, outcome)
    answered: dict[str, int] = {}
    for line in lines:
        found = planner.application(line)
        if found is None:
            continue
        version, was = found
        if was.number in answered:
            outcome.problem(line.row, "", f"与第{answered[was.number]}行答复的是同一件（{was.number}），请删去一行")
            continue
        answered[was.number] = line.row
        planner.decide(line, version, was)


class _Planner:
    """The applications that the rows may answer, fetched at once."""

    def __init__(self, lines: Sequence[Line], matched: Matched, ground: Ground, outcome: Outcome) -> None:
        self._ground, self._outcome, self._catalogue = ground, outcome, ground.plan.catalogue
        self._columns: dict[str, IncomingColumn] = {column.role: column for column in matched.wanted if column.role}
        speaker = Speaker(matched.wanted, self._catalogue, ground.on)
        self._spoken = {line.row: speaker.said(line) for line in lines}
        asking = [line for line in lines if not self._text(line, "办件编号")]
        self._finder = Finder([self._spoken[line.row] for line in asking], (), ground)
        connection = ground.view.connection
        self._found = {line.row: self._person(line, self._spoken[line.row]) for line in asking}
        homes = {found.person.household_id for found in self._found.values() if found and found.person}
        self._covering = shelf.numbers_of(connection, homes)
        numbers = {self._text(line, "办件编号") for line in lines} - {""}
        numbers |= {number for covering in self._covering.values() for number in covering}
        self._known = shelf.applications(connection, numbers)

    def application(self, line: Line) -> tuple[int, Application] | None:
        """The application a row answers, with its version; None when that is not clear, which is then said."""
        number = self._text(line, "办件编号")
        if number:
            if number not in self._known:
                self._outcome.problem(line.row, "", f"没有办件「{number}」，请核对办件编号")
            return self._known.get(number)
        found = self._found[line.row]
        if found is None or found.left:
            self._outcome.count("略过", int(found is not None))
            return None
        if found.person is None:
            self._outcome.problem(line.row, "", f"库里没有「{self._spoken[line.row].name}」这个人，请核对姓名和证件号")
            return None
        covering = self._covering.get((found.person.household_id, found.person.row), [])
        return self._one_of(line, [self._known[each] for each in covering])

    def decide(self, line: Line, version: int, was: Application) -> None:
        """The application as the row decides it."""
        column = self._columns["结果"]
        code = self._text(line, "结果")
        option = next(
            (one for one in code_table(self._catalogue, column.field.codes).options if one.code == code), None
        )
        if option is None:
            self._outcome.problem(line.row, column.id, "没有写结果")
            return
        status = option.group or option.label
        since = self._day(line, "起发月")
        decision = Decision(
            option.label,
            self._day(line, "决定日期"),
            self._amounts(line, was),
            since,
            self._text(line, "文号"),
            self._text(line, "原因"),
            self._text(line, "决定单位"),
        )
        now = replace(was, status=status, decision=decision, pay_since=since or was.pay_since)
        if not self._fits(line, was, now, decision):
            return
        if was.decision is not None and replace(was.decision, batch="") == decision and was.status == status:
            self._outcome.count("未变")
            return
        self._outcome.count(status)
        self._outcome.touched += was.decision is not None
        self._outcome.count("改动原决定", int(was.decision is not None))
        self._outcome.answered.append((version, was, now))

    def _fits(self, line: Line, was: Application, now: Application, decision: Decision) -> bool:
        """Say what cannot be: a refusal that pays, a decision before the application, one on what has ended."""
        before = len(self._outcome.problems)
        if now.status in ENDED and any(amount.low for amount in decision.amounts):
            self._outcome.problem(line.row, "", f"结果是「{decision.outcome}」，却有金额，请核对")
        if decision.on and decision.on < was.accepted:
            self._outcome.problem(line.row, "", f"决定日期早于受理日期（{was.accepted.isoformat()}），请核对")
        if was.status in ENDED and was.decision is None:
            self._outcome.problem(line.row, "", f"办件 {was.number} 已是「{was.status}」，不再接受答复")
        return len(self._outcome.problems) == before

    def _one_of(self, line: Line, covering: Sequence[tuple[int, Application]]) -> tuple[int, Application] | None:
        programme = self._programme(line)
        if programme is None:
            return None
        fitting = [one for one in covering if programme in ("", one[1].programme)]
        standing = [one for one in fitting if one[1].status not in ENDED] or fitting
        waiting = [one for one in standing if one[1].decision is None] or standing
        chosen = next((one for one in waiting if one[1].number == self._ground.decided.get(line.row)), None)
        if chosen or len(waiting) == 1:
            return chosen or waiting[0]
        if not waiting:
            self._outcome.problem(line.row, "", "这个人没有相应的办件，请核对项目")
        elif self._ground.decided.get(line.row) == SKIP:
            self._outcome.count("略过")
        else:
            options = [Option(one.number, self._words(one)) for _, one in waiting]
            self._outcome.questions.append(
                Question(line.row, "这个人有几件，答复的是哪一件？", (*options, Option(SKIP, "这一行先不导入")))
            )
        return None

    def _programme(self, line: Line) -> str | None:
        """The programme a row names, empty when it names none; None when nobody knows it, which is said."""
        word = self._text(line, "项目")
        programmes = self._catalogue.programmes
        for programme in programmes.values() if word else ():
            if word in (programme.id, programme.name, programme.number):
                return programme.id
        if word:
            advice = did_you_mean(word, [*programmes, *(one.name for one in programmes.values())])
            self._outcome.problem(
                line.row, self._columns["项目"].id, f"没有项目「{word}」{'，' + advice if advice else ''}"
            )
        return None if word else ""

    def _amounts(self, line: Line, was: Application) -> tuple[AmountKept, ...]:
        """The decided amount under the name of the line it answers; of several lines it is their sum."""
        fen = self._value(line, "金额")
        if not isinstance(fen, int):
            return ()
        lines = [amount for amount in was.amounts if amount.unit == "元"]
        if len(lines) == 1:
            return (AmountKept(lines[0].id, lines[0].period, "元", fen, fen),)
        periods = dict.fromkeys(amount.period for amount in lines)
        if len(periods) > 1:
            said = "、".join(periods)
            self._outcome.problem(line.row, "", f"这一件有{said}几种待遇，表里只有一个金额，请在办件里分别填写")
        return (AmountKept(TOTAL, next(iter(periods), ""), "元", fen, fen),)

    def _person(self, line: Line, said: Said) -> Found | None:
        return self._finder.find(line.row, said, self._outcome)

    def _words(self, one: Application) -> str:
        programme = self._catalogue.programmes.get(one.programme)
        return f"{one.number} {programme.name if programme else one.programme}（{one.status}）"

    def _value(self, line: Line, role: str) -> Value | None:
        column = self._columns.get(role)
        return line.values.get(column.id) if column else None

    def _text(self, line: Line, role: str) -> str:
        value = self._value(line, role)
        return value if isinstance(value, str) else ""

    def _day(self, line: Line, role: str) -> date | None:
        value = self._value(line, role)
        return value if isinstance(value, date) else None
