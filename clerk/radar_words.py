"""What the radar found, in words: whose it is, where they live, and why, by the live evaluator; and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clerk.household import Household
from clerk.landmarks import landmarks, words_of
from clerk.packed import layout_of, subject_rows
from clerk.radar import Due, Found, Radar, Source, Turn
from clerk.reasons import Reasons, Worded
from clerk.titles import gap_title, row_title
from clerk.wording import long_date, region_name
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW
from forms.language.plan import Plan
from forms.language.values import Verdict
from forms.schema import ROOT, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: whom it concerns, what, and why; `row` is the subject's row key."""

    household: str
    row: str
    who: str
    village: str
    what: str
    why: str


class Words:
    """Speaks of what one radar found; reads each household when it is spoken of."""

    def __init__(self, source: Source, before: Plan, after: Plan) -> None:
        self.source, self.before, self.after = source, before, after
        self.catalogue = after.catalogue
        self._last: tuple[str, Household] | None = None

    def found(self, one: Found) -> Line:
        """One finding with its reason."""
        household = self._household(one.household)
        plan = self.after if one.programme in self.after.programmes else self.before
        programme = plan.programmes[one.programme].programme
        row = self._row(household, programme.subject, one.place)
        what = programme.name + ("（已享）" if one.held else "")
        if one.turn is Turn.MOVED:
            what = f"由{self.name(one.other)}转为{programme.name}"
        return Line(
            one.household,
            row,
            self._who(household, programme.subject, row),
            self._village(household),
            what,
            self._why(one, household, row),
        )

    def due(self, one: Due) -> Line:
        """One day with what is due."""
        household = self._household(one.household)
        row = self._row(household, one.table, one.place)
        owner = household.owner(one.table, row) if one.table != ROOT else ROOT_ROW
        who = (
            row_title(household, self.catalogue, Kind.MEMBER.value, owner)
            if owner
            else self._who(household, one.table, row)
        )
        what = f"满{one.age}周岁" if one.age else self.name(one.programme) if one.programme else self._label(one)
        return Line(one.household, row, who, self._village(household), what, f"{long_date(one.day)}{one.reason.value}")

    def _why(self, one: Found, household: Household, row: str) -> str:
        plan = self.after if one.programme in self.after.programmes else self.before
        evaluator = Evaluator(plan, household)
        said = evaluator.judge(one.programme, row)
        if not said.findings:
            return "现在不在有效期内"
        words = Reasons(evaluator).of(said)
        if one.turn in (Turn.POSSIBLE, Turn.UNSURE):
            return "还缺：" + "、".join(gap_title(household, self.catalogue, gap) for gap in said.missing)
        if one.turn is Turn.LOST:
            return "；".join(word.text for word in words if word.verdict is Verdict.NO)
        return "；".join(word.text for word in self._changed(one, household, row, words))

    def _changed(self, one: Found, household: Household, row: str, words: tuple[Worded, ...]) -> Iterator[Worded]:
        """The conditions that the later day decides otherwise; all of them when none stands out."""
        earlier: dict[str, Verdict] = {}
        if one.programme in self.before.programmes:
            judged = Evaluator(self.before, household).judge(one.programme, row)
            earlier = {finding.condition.id: finding.verdict for finding in judged.findings}
        changed = [word for word in words if earlier.get(word.id, Verdict.NO) is not word.verdict]
        yield from changed or words

    def _household(self, household_id: str) -> Household:
        if self._last is None or self._last[0] != household_id:
            found = self.source.household(household_id, self.catalogue)
            if found is None:
                raise KeyError(household_id)
            self._last = household_id, found[1]
        return self._last[1]

    def _row(self, household: Household, table: str, place: int) -> str:
        return subject_rows(household, layout_of(self.after), table)[place]

    def _who(self, household: Household, table: str, row: str) -> str:
        if table != ROOT:
            return row_title(household, self.catalogue, table, row)
        first = next(iter(household.rows(Kind.MEMBER.value)), ROOT_ROW)
        name = words_of(household, landmarks(self.catalogue).name, first) if first else ""
        return f"{name}一户" if name else "全户"

    def _village(self, household: Household) -> str:
        first = next(iter(household.rows(Kind.MEMBER.value)), ROOT_ROW)
        code = words_of(household, landmarks(self.catalogue).village, first)
        return region_name(code, self.catalogue) if code else ""

    def name(self, programme: str) -> str:
        """A programme in words."""
        plan = self.after if programme in self.after.programmes else self.before
        return plan.programmes[programme].programme.name

    def _label(self, one: Due) -> str:
        field = self.catalogue.field_of(one.table, one.field)
        return field.label if field else one.field


def to_text(made: Radar, words: Words, most: int) -> str:
    """The radar as text: totals first, then the lists, `most` lines of each kind; what is left out is said."""
    lines = [
        f"政策找人：{long_date(made.since)} 至 {long_date(made.until)}，共核查 {made.households} 户",
        "以下只是线索，须入户核实，不作为认定结论",
    ]
    for turn in Turn:
        found = [one for one in made.found if one.turn is turn]
        total = sum(number for (kind, _), number in made.totals.items() if kind is turn)
        if total:
            lines += ["", f"【{turn.value}】{total} 项：" + "、".join(_counts(made, turn, words))]
            lines += [_line(words.found(one)) for one in found[:most]]
            lines += [f"  另有 {total - min(most, len(found))} 项未列出"] if total > min(most, len(found)) else []
    for reason, total in made.due_totals.items():
        dues = [one for one in made.dues if one.reason is reason]
        lines += ["", f"【{reason.value}】{total} 条"]
        lines += [_line(words.due(one)) for one in dues[:most]]
        lines += [f"  另有 {total - min(most, len(dues))} 条未列出"] if total > min(most, len(dues)) else []
    return "\n".join(lines) + "\n"


def to_plain(made: Radar, words: Words) -> dict[str, object]:
    """The radar as plain values: everything kept, with its reason."""
    return {
        "自": made.since.isoformat(),
        "至": made.until.isoformat(),
        "户数": made.households,
        "逐户判定户数": made.alone,
        "合计": [{"类别": turn.value, "项目": name, "数": number} for (turn, name), number in made.totals.items()],
        "名单": [
            {"类别": one.turn.value, "项目": one.programme, "原项目": one.other, "已享": one.held}
            | _plain(words.found(one))
            for one in made.found
        ],
        "提醒合计": [{"类别": reason.value, "数": number} for reason, number in made.due_totals.items()],
        "提醒": [
            {"类别": one.reason.value, "日期": one.day.isoformat(), "项目": one.programme, "年龄": one.age or None}
            | _plain(words.due(one))
            for one in made.dues
        ],
    }


def _plain(line: Line) -> dict[str, object]:
    return {
        "户": line.household,
        "行": line.row,
        "对象": line.who,
        "地址": line.village,
        "事项": line.what,
        "理由": line.why,
    }


def _line(line: Line) -> str:
    return f"  {line.what}　{line.who}　{line.village}\n      {line.why}"


def _counts(made: Radar, turn: Turn, words: Words) -> Iterator[str]:
    for (kind, name), number in sorted(made.totals.items(), key=lambda item: -item[1]):
        if kind is turn:
            yield f"{words.name(name)} {number}"
