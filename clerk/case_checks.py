"""The words in which a worked case says what it expects; each check raises `Unmet` with what came out instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from clerk.deadlines import due_days, events_of
from clerk.pack_cases import Judged, Unmet
from clerk.screening import Offer, Standing
from forms.language.results import AmountSaid
from forms.language.values import Verdict

OFFERED = (Standing.OPEN, Standing.HELD, Standing.REFER)
"""Standings in which something is to be had."""

Check = Callable[[Judged, Any], None]


def _need(met: object, said: object) -> None:
    if not met:
        raise Unmet(str(said))


def qualifies(judged: Judged, wanted: dict[str, dict[str, dict[str, str]]]) -> None:
    """符合: programme → subject → every line of money, exactly."""
    for programme, subjects in wanted.items():
        for name, lines in subjects.items():
            offer = judged.offer(programme, name)
            where = f"{programme}@{name}"
            _need(offer.verdict is Verdict.YES, f"{where} 是{offer.verdict.value}（{'、'.join(_failing_ids(offer))}）")
            _need(offer.standing in OFFERED, f"{where} 是{offer.standing.value}，{offer.reason}")
            said = {line.id: line for line in offer.judgement.amounts}
            _need(set(said) == set(lines), f"{where} 的金额项是 {'、'.join(said) or '无'}")
            for line, amount in lines.items():
                exact = _exactly(said[line], f"{where} {line}")
                _need(exact == Fraction(amount) * _scale(said[line]), f"{where} {line} 是 {exact / _scale(said[line])}")


def never(judged: Judged, unwanted: list[str]) -> None:
    """不得出现: neither offered nor open."""
    for programme in unwanted:
        for offer in judged.offers(programme):
            _need(offer.standing not in (*OFFERED, Standing.MISSING, Standing.CHOOSE), f"{programme} {offer.row} 是{offer.standing.value}")


def only(judged: Judged, programmes: list[str]) -> None:
    """仅限: of a member programme exactly one member qualifies, and nobody is left open."""
    for programme in programmes:
        offers = judged.offers(programme)
        yes = [offer for offer in offers if offer.verdict is Verdict.YES]
        _need(len(yes) == 1, f"{programme} 有{len(yes)}人符合")
        _need(all(offer.verdict is not Verdict.UNKNOWN for offer in offers), f"{programme} 还有人待补")


def barred(judged: Judged, wanted: dict[str, str]) -> None:
    """不并领: subject → the programme that stands in its way."""
    for subject, winner in wanted.items():
        (offer,) = _one(judged.offers(subject), subject)
        _need(offer.verdict is Verdict.YES and offer.standing is Standing.BARRED, f"{subject} 是{offer.standing.value}")
        _need(offer.by == winner, f"{subject} 让位于{offer.by}")
        _need(offer.reason, f"{subject} 没有说明理由")


def to_choose(judged: Judged, wanted: dict[str, str]) -> None:
    """待选择: subject → the programme beside which the household has to choose."""
    for subject, rival in wanted.items():
        (offer,) = _one(judged.offers(subject), subject)
        _need(offer.standing is Standing.CHOOSE, f"{subject} 是{offer.standing.value}")
        rivals = [programme for programme, _ in offer.rivals] or [offer.by]
        _need(rival in rivals, f"{subject} 要和{'、'.join(rivals)}选一项")


def totals(judged: Judged, wanted: dict[str, str]) -> None:
    """合计: programme → all its money together."""
    for programme, amount in wanted.items():
        paid = [offer for offer in judged.offers(programme) if offer.standing in OFFERED]
        total = sum(Fraction(line.value.low) for offer in paid for line in offer.judgement.amounts)
        _need(total == Fraction(amount) * 100, f"{programme} 合计 {total / 100}")


def monthly(judged: Judged, wanted: dict[str, str]) -> None:
    """月合计: what one person may have each month, all programmes together."""
    for name, amount in wanted.items():
        row = judged.row(name)
        offers = [offer for offer in judged.screening.offers if offer.row == row and offer.standing in OFFERED]
        lines = [line for offer in offers for line in offer.judgement.amounts if line.period == "每月" and line.unit == "元"]
        total = sum(Fraction(line.value.low) for line in lines)
        _need(total == Fraction(amount) * 100, f"{name} 每月 {total / 100}")


def because(judged: Judged, wanted: dict[str, list[str]]) -> None:
    """不符因: subject → exactly the conditions that fail."""
    for subject, conditions in wanted.items():
        programme, _, name = subject.partition("@")
        found = _failing_ids(judged.offer(programme, name))
        _need(found == conditions, f"{subject} 不满足的是 {'、'.join(found) or '无'}")


def says(judged: Judged, wanted: dict[str, str]) -> None:
    """说法: subject → words that stand in the advice of a failing condition."""
    for subject, words in wanted.items():
        programme, _, name = subject.partition("@")
        no = [each.condition for each in judged.offer(programme, name).judgement.findings if each.verdict is Verdict.NO]
        _need(any(words in condition.advice for condition in no), f"{subject} 的不符说明里没有「{words}」")


def figures(judged: Judged, wanted: dict[str, str]) -> None:
    """关键数: name → a value; yuan to the fen and percentages to two decimals, half up; bare numbers exactly."""
    for name, said in wanted.items():
        value = judged.value(name)
        if said.endswith("元"):
            _need(_half_up(value) == Fraction(said.removesuffix("元")) * 100, f"{name} 是 {_half_up(value) / 100}元")
        elif said.endswith("%"):
            _need(_half_up(value * 10000) == Fraction(said.removesuffix("%")) * 100, f"{name} 是 {_half_up(value * 10000) / 100}%")
        else:
            _need(value == Fraction(said), f"{name} 是 {value}")


def dues(judged: Judged, wanted: dict[str, dict[str, str]]) -> None:
    """期限: programme → step → its last day when the household files on the day of the case."""
    for name, steps in wanted.items():
        programme = judged.catalogue.programmes[name]
        events = events_of(programme, judged.household, judged.plan.on)
        found = {due.step: due.day.isoformat() for due in due_days(programme, events, judged.catalogue)}
        for step, day in steps.items():
            _need(found.get(step, "无") == day, f"{name} {step} 的期限是 {found.get(step, '无')}")


def pays_nothing(judged: Judged, _: str) -> None:
    """不发钱: whatever qualifies pays nothing by itself."""
    for offer in judged.screening.offers:
        _need(offer.verdict is not Verdict.YES or not offer.judgement.amounts, f"{offer.programme} {offer.row} 有金额")


def not_published(judged: Judged, programmes: list[str]) -> None:
    """不公示: neither publicity nor its deadline."""
    for programme in programmes:
        said = judged.catalogue.programmes[programme]
        _need(not said.published and all(deadline.step != "公示" for deadline in said.deadlines), f"{programme} 要公示")


def without_papers(judged: Judged, wanted: dict[str, list[str]]) -> None:
    """不用文书: programme → papers that it does not ask for."""
    for programme, papers in wanted.items():
        found = [paper for paper in judged.catalogue.programmes[programme].papers if paper in papers]
        _need(not found, f"{programme} 要用 {'、'.join(found)}")


def _has_verdict(verdict: Verdict) -> Check:
    def check(judged: Judged, wanted: list[str]) -> None:
        for subject in wanted:
            for offer in judged.offers(subject):
                _need(offer.verdict is verdict, f"{subject} 是{offer.verdict.value}")

    return check


def _has_standing(standing: Standing) -> Check:
    def check(judged: Judged, wanted: list[str]) -> None:
        for subject in wanted:
            found = [offer.standing for offer in judged.offers(subject)]
            _need(found == [standing], f"{subject} 是{'、'.join(one.value for one in found)}")

    return check


def _one(offers: list[Offer], subject: str) -> Iterable[Offer]:
    _need(len(offers) == 1, f"{subject} 有{len(offers)}个对象，请写明是谁")
    return offers


def _failing_ids(offer: Offer) -> list[str]:
    return [finding.condition.id for finding in offer.judgement.findings if finding.verdict is Verdict.NO]


def _exactly(line: AmountSaid, where: str) -> Fraction:
    _need(line.value.known, f"{where} 还没有定数")
    return Fraction(line.value.low)


def _scale(line: AmountSaid) -> int:
    return 100 if line.unit == "元" else 1


def _half_up(value: Fraction) -> Fraction:
    return Fraction(int(value + Fraction(1, 2)))


CHECKS: dict[str, Check] = {
    "符合": qualifies,
    "不符": _has_verdict(Verdict.NO),
    "待补": _has_verdict(Verdict.UNKNOWN),
    "已享": _has_standing(Standing.HELD),
    "转介": _has_standing(Standing.REFER),
    "不得出现": never,
    "仅限": only,
    "不并领": barred,
    "期限": dues,
    "待选择": to_choose,
    "合计": totals,
    "月合计": monthly,
    "不符因": because,
    "说法": says,
    "关键数": figures,
    "不发钱": pays_nothing,
    "不公示": not_published,
    "不用文书": without_papers,
}
