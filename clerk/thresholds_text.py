"""Thresholds in words for the clerk, and as plain values for machines."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from clerk.threshold_search import Threshold
from clerk.thresholds import Outlook, Turned
from clerk.titles import row_title
from clerk.what_if import Switch
from clerk.wording import say, say_range
from forms.catalogue import Catalogue
from forms.language.facts import ROOT_ROW, Facts
from forms.language.values import Range, Verdict
from forms.schema import ROOT, Field, Kind

HEADING = "差多少（只改这一处，其余不变）："
Number = int | Fraction


def to_lines(found: Outlook, catalogue: Catalogue, facts: Facts) -> list[str]:
    """The lines under a screening; nothing when no single answer changes anything."""
    speaker = _Speaker(catalogue, facts, {one.standard: one for one in found.switches})
    lines = [f"  {speaker.sentence(one)}{speaker.beside(one)}" for one in found.thresholds]
    lines += [f"  {line}" for turned in found.turned for line in speaker.turned(turned)]
    if not found.complete:
        lines.append("  情况复杂，只列出已算到的")
    return ["", HEADING, *lines] if lines else []


def to_plain(found: Outlook, catalogue: Catalogue, facts: Facts) -> dict[str, object]:
    """The same for machines: amounts as text in their unit, null for an open end."""
    speaker = _Speaker(catalogue, facts, {one.standard: one for one in found.switches})
    return {
        "单项": [speaker.plain(one) for one in found.thresholds],
        "开关": [
            {
                **_plain_switch(one.switch),
                "即成": [{"项目": programme, "行": row} for programme, row in one.flips],
                "单项": [speaker.plain(each) for each in one.thresholds],
            }
            for one in found.turned
        ],
        "依托": [_plain_switch(one) for one in found.switches],
        "算完": found.complete,
    }


def answer_title(facts: Facts, catalogue: Catalogue, field: Field, row: str) -> str:
    """One answer in words: `王某薇 支出·医疗 自负金额`; rows of one title are told apart by their place."""
    if field.table == ROOT or row == ROOT_ROW:
        return field.label
    table = catalogue.tables[field.table]
    if table.title == field.id or not table.title:
        own, alike = "", list(facts.rows(table.id, facts.owner(table.id, row)))
    else:
        own = _own_title(facts, catalogue, table.id, row)
        rows = facts.rows(table.id, facts.owner(table.id, row))
        alike = [each for each in rows if _own_title(facts, catalogue, table.id, each) == own]
    place = f"（第{alike.index(row) + 1}{table.measure}）" if len(alike) > 1 and row in alike else ""
    if table.id == Kind.MEMBER.value:
        return f"{own}{place} {field.label}"
    owner = facts.owner(table.id, row) if table.owner else ROOT_ROW
    whose = f"{row_title(facts, catalogue, table.owner, owner)} " if owner != ROOT_ROW else ""
    return f"{whose}{table.id}{'·' + own if own else ''}{place} {field.label}"


def _own_title(facts: Facts, catalogue: Catalogue, table: str, row: str) -> str:
    field = catalogue.field_of(table, catalogue.tables[table].title)
    answer = facts.answer(table, field.id, row) if field else None
    return say(answer, field.kind, catalogue, field.codes) if field and answer is not None else ""


def _plain_switch(switch: Switch) -> dict[str, object]:
    return {"标准": switch.standard, "现为": switch.present, "自": switch.since.isoformat(), "依据": str(switch.source)}


def _switch(switch: Switch) -> str:
    return f"{switch.level}级开关〔{switch.standard}〕"


def _document(switch: Switch) -> str:
    source = f"，{switch.source}" if str(switch.source) else ""
    return f"（{switch.since.isoformat()}起{source}）"


def _yes_no(flag: bool) -> str:
    return "是" if flag else "否"


class _Speaker:
    """Speaks of one household's thresholds."""

    def __init__(self, catalogue: Catalogue, facts: Facts, switches: dict[str, Switch]) -> None:
        self.catalogue, self.facts, self.switches = catalogue, facts, switches

    def sentence(self, one: Threshold) -> str:
        """若〔…〕超过 … → 符合 …"""
        return f"若〔{self.where(one)}〕{self.reach(one)} → {self.outcome(one)}"

    def where(self, one: Threshold) -> str:
        """Which answer."""
        return answer_title(self.facts, self.catalogue, one.field, one.at)

    def outcome(self, one: Threshold) -> str:
        """What it would become."""
        return f"{one.verdict.value} {self.name(one.programme, one.row)}"

    def name(self, programme: str, row: str) -> str:
        """A programme, and for whom when it is not for the whole household."""
        known = self.catalogue.programmes[programme]
        whom = "" if row == ROOT_ROW else f"（{row_title(self.facts, self.catalogue, known.subject, row)}）"
        return known.name + whom

    def reach(self, one: Threshold) -> str:
        """The nearer end of the stretch, seen from the answer there is: what lies beyond stands in `beside`."""
        if one.low is not None and (one.present is None or one.present < one.low):
            return f"超过 {self.amount(one, one.low - one.step)}"
        return f"低于 {self.amount(one, (one.high or 0) + one.step)}"

    def beside(self, one: Threshold) -> str:
        """What there is now, where it ends again, and the switch it hangs on."""
        said = [f"现为 {self.amount(one, one.present)}" if one.present is not None else "现未填写"]
        above = one.low is not None and (one.present is None or one.present < one.low)
        if above and one.high is not None:
            said.append(f"超过 {self.amount(one, one.high)} 时不再是")
        if not above and one.low is not None:
            said.append(f"低于 {self.amount(one, one.low)} 时不再是")
        said += [f"以{self.switch(self.switches[name])}为前提" for name in one.switches]
        return f"（{'；'.join(said)}）"

    def switch(self, switch: Switch) -> str:
        """What a threshold hangs on, with the document that sets it."""
        return f"{_switch(switch)}为「{_yes_no(switch.present)}」{_document(switch)}"

    def turned(self, turned: Turned) -> Iterator[str]:
        """What a switch would do."""
        switch = turned.switch
        turn = f"由「{_yes_no(switch.present)}」改为「{_yes_no(not switch.present)}」"
        start = f"若{_switch(switch)}{turn}{_document(switch)}"
        for programme, row in turned.flips:
            yield f"{start} → {Verdict.YES.value} {self.name(programme, row)}"
        for one in turned.thresholds:
            yield f"{start}，且〔{self.where(one)}〕{self.reach(one)} → {self.outcome(one)}"

    def amount(self, one: Threshold, value: Number) -> str:
        """An answer with its unit."""
        return say_range(Range(value, value), one.field.kind, "元" if one.field.kind is Kind.MONEY else "")

    def plain(self, one: Threshold) -> dict[str, object]:
        """One threshold for machines; both ends belong to the stretch."""
        ends = [None if end is None else self.amount(one, end) for end in (one.present, one.low, one.high)]
        return {
            "项目": one.programme,
            "行": one.row,
            "表": one.field.table,
            "字段": one.field.id,
            "答案行": one.at,
            "现为": ends[0],
            "自": ends[1],
            "至": ends[2],
            "结论": one.verdict.value,
            "开关": list(one.switches),
            "说": self.sentence(one),
        }
