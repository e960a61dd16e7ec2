"""A screening in words for the clerk, and as plain values for machines: reasons with values, sources, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from clerk.reasons import Reasons, Worded
from clerk.screening import Offer, Screening, Standing, confirmed
from clerk.titles import gap_title, row_title
from clerk.wording import long_date, money, number, paid_word, paid_words, round_half_up
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import Facts
from forms.language.results import AmountSaid, Finding, Used
from forms.language.values import Verdict
from forms.policy import Programme
from forms.schema import Kind

SIGNS = {
    Standing.OPEN: "●",
    Standing.CHOOSE: "◇",
    Standing.HELD: "◆",
    Standing.REFER: "→",
    Standing.MISSING: "○",
    Standing.BARRED: "×",
    Standing.NO: "—",
}
"""The mark beside each standing's word, in the order in which a list shows them."""

Plain = dict[str, object]


class Speaker:
    """Speaks of one household's screening; holds what every sentence needs."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.catalogue: Catalogue = evaluator.plan.catalogue
        self.facts: Facts = evaluator.cells.facts
        self.reasons = Reasons(evaluator)

    def subject(self, offer: Offer) -> str:
        """Whom an offer is for: 全户, or the row's title."""
        return row_title(self.facts, self.catalogue, self.catalogue.programmes[offer.programme].subject, offer.row)

    def amounts(self, offer: Offer) -> str:
        """The amounts of an offer, joined: `甲金 900.00元/月＋乙金 100.00元/月`; empty without any."""
        return paid_words(offer.judgement.amounts)

    def amount(self, amount: AmountSaid) -> str:
        """One amount with its unit and period."""
        return paid_word(amount)

    def missing(self, offer: Offer) -> list[str]:
        """What an undecided offer still needs, in words."""
        said = (gap_title(self.facts, self.catalogue, gap) for gap in offer.judgement.missing)
        return list(dict.fromkeys(said))

    def reason(self, offer: Offer) -> str:
        """One sentence for the list: why not, what is missing, or what it pays."""
        if offer.reason:
            return offer.reason
        if offer.standing is Standing.NO:
            failed = self.failed(offer)
            return with_advice(failed) if failed else "现在不在有效期内"
        if offer.standing is Standing.MISSING:
            return "还缺：" + "、".join(self.missing(offer))
        return self.amounts(offer)

    def failed(self, offer: Offer) -> Worded | None:
        """The first condition that an offer fails."""
        return next((one for one in self.reasons.of(offer.judgement) if one.verdict is Verdict.NO), None)


def with_advice(worded: Worded) -> str:
    """A condition in words, with what may be tried instead."""
    return worded.text + (f"；{worded.advice}" if worded.advice else "")


def to_text(screening: Screening, evaluator: Evaluator) -> str:
    """The whole screening as lines of text, programmes grouped by standing, reasons under each."""
    speaker = Speaker(evaluator)
    catalogue, facts = speaker.catalogue, speaker.facts
    lines = [f"政策清单（{long_date(screening.on)}）", f"规则包：{_packs(catalogue)}"]
    classes = [f"{row_title_of(speaker, row)}{name}" for name, row in confirmed(screening, catalogue)]
    lines.append("认定：" + ("；".join(classes) or "无"))
    for standing, sign in SIGNS.items():
        offers = screening.standing(standing)
        if offers:
            lines += ["", f"{sign} {standing.value}（{len(offers)}项）"]
            lines += _refusals(offers, speaker) if standing is Standing.NO else _offers(offers, speaker)
    if screening.questions:
        lines += ["", "接下来问："]
        lines += [
            f"  {place}. {gap_title(facts, catalogue, question.missing)}（影响{question.matters}项）"
            for place, question in enumerate(screening.questions, start=1)
        ]
    return "\n".join(lines) + "\n"


def to_plain(screening: Screening, evaluator: Evaluator) -> Plain:
    """The whole screening as plain values: amounts are text in their unit, exact; an open end is null."""
    speaker = Speaker(evaluator)
    catalogue, facts = speaker.catalogue, speaker.facts
    return {
        "日期": screening.on.isoformat(),
        "规则包": screening.packs,
        "数据包": [{"编号": pack.id, "名称": pack.name, "版本": pack.version, "示例": pack.demo} for pack in catalogue.packs],
        "认定": [
            {"认定": name, "对象": row_title_of(speaker, row) or "全户", "行": row}
            for name, row in confirmed(screening, catalogue)
        ],
        "项目": [_plain_offer(offer, speaker) for offer in screening.offers],
        "接下来问": [
            {
                "表": question.missing.table,
                "字段": question.missing.field,
                "行": question.missing.row,
                "问": gap_title(facts, catalogue, question.missing),
                "影响项数": question.matters,
            }
            for question in screening.questions
        ],
    }


def row_title_of(speaker: Speaker, row: str) -> str:
    """Whose class it is: a member's title and a blank; nothing for the household itself."""
    return f"{row_title(speaker.facts, speaker.catalogue, Kind.MEMBER.value, row)} " if row else ""


def amount_grounds(offer: Offer, programme: Programme) -> str:
    """Where the amounts of an offer come from, each document once with 待核 where nobody has read it; empty without any."""
    said = {amount.id for amount in offer.judgement.amounts}
    return "；".join(dict.fromkeys(str(line.source) for line in programme.amounts if line.id in said and line.source.title))


def _offers(offers: tuple[Offer, ...], speaker: Speaker) -> list[str]:
    return [line for offer in offers for line in _offer_lines(offer, speaker)]


def _offer_lines(offer: Offer, speaker: Speaker) -> Iterator[str]:
    programme = speaker.catalogue.programmes[offer.programme]
    amounts = f"　{speaker.amounts(offer)}" if offer.judgement.amounts else ""
    yield f"  {programme.name}　{speaker.subject(offer)}　{programme.department}{amounts}"
    if offer.reason:
        yield f"      {offer.reason}"
    if offer.standing is Standing.MISSING:
        yield f"      {speaker.reason(offer)}"
    if offer.standing in (Standing.MISSING, Standing.BARRED):
        return
    for worded in speaker.reasons.of(offer.judgement):
        yield f"      {worded.sign} {worded.text}{_source(worded)}"
    if grounds := amount_grounds(offer, programme):
        yield f"      金额依据：{grounds}"
    for human in programme.human:
        yield f"      □ 人工核实：{human}"


def _refusals(offers: tuple[Offer, ...], speaker: Speaker) -> Iterator[str]:
    """Each programme once; members refused for the same condition are named together, values only where one is alone."""
    by_programme: dict[str, list[Offer]] = {}
    for offer in offers:
        by_programme.setdefault(offer.programme, []).append(offer)
    for name, refused in by_programme.items():
        programme = speaker.catalogue.programmes[name]
        yield f"  {programme.name}　{programme.department}"
        for worded, subjects in _failing(refused, speaker):
            yield f"      — {'、'.join(subjects)}　{worded}"


def _failing(refused: list[Offer], speaker: Speaker) -> Iterator[tuple[str, list[str]]]:
    """By the first condition that each offer fails: what to say of it, and who fails it."""
    found: dict[str, list[tuple[Worded, str]]] = {}
    for offer in refused:
        failed = speaker.failed(offer)
        if failed:
            found.setdefault(failed.id, []).append((failed, speaker.subject(offer)))
    for (first, subject), *others in found.values():
        said = with_advice(first) if not others else f"{first.id}：{first.words} — 不符；{first.advice}".removesuffix("；")
        yield said + _source(first), [subject, *(name for _, name in others)]


def _plain_offer(offer: Offer, speaker: Speaker) -> Plain:
    programme, findings = speaker.catalogue.programmes[offer.programme], offer.judgement.findings
    used = speaker.evaluator.used(*offer.key) if findings else ()
    told = zip(findings, speaker.reasons.of(offer.judgement), used, strict=True)
    return {
        "项目": offer.programme,
        "编号": programme.number,
        "名称": programme.name,
        "部门": programme.department,
        "对象": speaker.subject(offer),
        "行": offer.row,
        "结论": offer.verdict.value,
        "情况": offer.standing.value,
        "因": offer.by,
        "理由": speaker.reason(offer),
        "金额": [_plain_amount(amount, programme) for amount in offer.judgement.amounts],
        "条件": [
            _plain_finding(finding, worded, [_plain_used(value, speaker) for value in values])
            for finding, worded, values in told
        ],
        "还缺": speaker.missing(offer),
    }


def _plain_amount(amount: AmountSaid, programme: Programme) -> Plain:
    source = next(line.source for line in programme.amounts if line.id == amount.id)
    ends = [None if isinstance(end, float) else _exact(end, amount.unit) for end in (amount.value.low, amount.value.high)]
    said: Plain = {"名称": amount.id, "周期": amount.period, "单位": amount.unit, "低": ends[0], "高": ends[1]}
    return said | ({"依据": str(source), "待核": not source.verified} if source.title else {})


def _exact(end: int | Fraction, unit: str) -> str:
    return money(round_half_up(end)) if unit == "元" else number(end)


def _plain_finding(finding: Finding, worded: Worded, used: list[Plain]) -> Plain:
    condition = finding.condition
    return {
        "编号": condition.id,
        "说法": worded.words,
        "理由": list(worded.because),
        "要求": condition.expression.text,
        "结论": finding.verdict.value,
        "取值": used,
        "还缺": list(worded.missing),
        "依据": worded.source,
        "待核": not condition.source.verified,
        "层": condition.layer,
        "不符时": condition.advice,
    }


def _plain_used(used: Used, speaker: Speaker) -> Plain:
    said: Plain = {"名称": used.name, "值": speaker.reasons.values.value(used.value, used.type)}
    if used.since:
        said["自"] = used.since.isoformat()
    if used.source and used.source.title:
        said["依据"] = str(used.source)
    if used.parts:
        said["由"] = [_plain_used(part, speaker) for part in used.parts]
    return said


def _source(worded: Worded) -> str:
    return f"　依据：{worded.source}" if worded.source else ""


def _packs(catalogue: Catalogue) -> str:
    return "、".join(f"{pack.name} {pack.version}{'（示例）' if pack.demo else ''}" for pack in catalogue.packs)
