"""A rehearsal in words for the office, and as plain values for machines."""

from __future__ import annotations

from collections.abc import Mapping

from clerk.rehearsal import Change, HouseholdChanges, Rehearsal, Turn
from clerk.wording import long_date, number, say_range
from forms.language.results import AmountSaid
from forms.policy import Programme
from forms.schema import Kind

Programmes = Mapping[str, Programme]


def to_text(said: Rehearsal, programmes: Programmes) -> str:
    """Counts first, then every household with its changes, by case number."""
    counts = "，".join(f"{turn.value}{count}项" for turn, count in said.counts.items() if count)
    lines = [
        f"演练（按{long_date(said.on)}判定）：{said.households}户、{said.cases}件案件，{len(said.changed)}户有变化",
        counts or "没有变化",
    ]
    for each in sorted(said.changed, key=lambda one: one.cases):
        lines += ["", f"{each.title}（{'、'.join(each.cases)}）"]
        lines += [f"  {_sentence(change, programmes)}" for change in each.changes]
    if said.unread:
        lines += ["", "没有判定的："]
        lines += [f"  {case}　{why}" for case, why in said.unread]
    return "\n".join(lines) + "\n"


def to_plain(said: Rehearsal) -> dict[str, object]:
    """The whole rehearsal; amounts are text with their unit."""
    return {
        "日期": said.on.isoformat(),
        "户数": said.households,
        "案件数": said.cases,
        "合计": {turn.value: count for turn, count in said.counts.items()},
        "变化": [_plain(each) for each in said.changed],
        "未判定": [{"案件": case, "原因": why} for case, why in said.unread],
    }


def _plain(each: HouseholdChanges) -> dict[str, object]:
    changes = [
        {
            "变化": change.turn.value,
            "对象": change.subject,
            "行": change.row,
            "原项目": change.before,
            "新项目": change.after,
            "原金额": amounts_in_words(change.paid),
            "新金额": amounts_in_words(change.would_pay),
        }
        for change in each.changes
    ]
    return {"户": each.household_id, "称呼": each.title, "案件": list(each.cases), "变化": changes}


def _sentence(change: Change, programmes: Programmes) -> str:
    was, would = (programmes[name].name if name else "" for name in (change.before, change.after))
    paid, would_pay = amounts_in_words(change.paid), amounts_in_words(change.would_pay)
    money = f"　{paid or '无金额'} → {would_pay or '无金额'}" if paid or would_pay else ""
    named = {
        Turn.GAIN: would,
        Turn.LOSE: was,
        Turn.MOVE: f"{was} → {would}",
        Turn.AMOUNT: would,
        Turn.OPEN: was,
    }
    return f"{change.turn.value}　{change.subject}　{named[change.turn]}{money}"


def amounts_in_words(amounts: tuple[AmountSaid, ...]) -> str:
    """Each amount with its name and period; nothing when none is paid."""
    return "＋".join(f"{one.id} {_amount(one)}" for one in amounts)


def _amount(amount: AmountSaid) -> str:
    if amount.unit != "元" and amount.value.known:
        return f"{number(amount.value.low)}{amount.unit}（{amount.period}）"
    return f"{say_range(amount.value, Kind.MONEY if amount.unit == '元' else Kind.NUMBER, amount.unit)}（{amount.period}）"
