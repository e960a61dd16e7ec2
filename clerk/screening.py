"""What a household may receive: every programme at every subject row, with its verdict, its standing and its reason.

Screening advises, the clerk decides: an offer can be filed whatever its standing, and its reasons are kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk.compatibility import Bar, Claim, settle, top_up_of, zero
from clerk.errors import UserCanFix
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Compiled, compile_expression
from forms.language.results import Judgement, Question
from forms.language.values import Verdict
from forms.places import Place, did_you_mean
from forms.policy import Bond, Programme
from forms.schema import Expression

QUESTIONS = 12
"""How many next questions a screening keeps."""


class Standing(Enum):
    """Where an offer stands after everything is weighed together; the word is what the list shows."""

    OPEN = "可申请"
    MISSING = "待补"
    NO = "不符"
    HELD = "已享"
    BARRED = "不并领"
    REFER = "转介"


@dataclass(frozen=True, slots=True)
class Offer:
    """One programme at one subject row; `by` is the programme that stands in its way, `reason` one sentence or empty."""

    programme: str
    row: str
    verdict: Verdict
    standing: Standing
    by: str
    reason: str
    judgement: Judgement

    @property
    def key(self) -> tuple[str, str]:
        """(programme, row)."""
        return self.programme, self.row


@dataclass(frozen=True, slots=True)
class Screening:
    """All offers of one household on one day, in the order of evaluation; `packs` is the digest of the rules used."""

    on: date
    packs: str
    offers: tuple[Offer, ...]
    questions: tuple[Question, ...]

    def standing(self, *standings: Standing) -> tuple[Offer, ...]:
        """The offers of the given standings."""
        return tuple(offer for offer in self.offers if offer.standing in standings)


def screen(evaluator: Evaluator, catalogue: Catalogue) -> Screening:
    """Judge every programme of the catalogue for the household, then let the compatibility matrix speak."""
    judged = [
        (catalogue.programmes[name], evaluator.judge(name, row), is_held(evaluator, name, row))
        for name, row in evaluator.pairs()
    ]
    claims = [Claim(said.programme, said.row, said.verdict, held, said.amounts) for _, said, held in judged]
    bars = settle(claims, catalogue, evaluator.cells.facts)
    offers = tuple(
        _offer(programme, said, claim, bars.get(claim.key), catalogue)
        for (programme, said, _), claim in zip(judged, claims, strict=True)
    )
    return Screening(evaluator.plan.on, catalogue.digest, offers, evaluator.questions(QUESTIONS))


def chosen(screening: Screening, choose: str | Iterable[str]) -> tuple[Offer, ...]:
    """The offers to file: `all` takes everything that may be applied for; else ids, each `项目` or `项目@行`.

    An id alone takes every row where the programme may be applied for, or, where there is none, the only row there is.
    Raises `UserCanFix` for an id that names no offer or does not say which row.
    """
    words = [choose] if isinstance(choose, str) else list(choose)
    if words == ["all"]:
        return screening.standing(Standing.OPEN)
    taken: dict[tuple[str, str], Offer] = {}
    for word in words:
        taken |= {offer.key: offer for offer in _named(screening, word.strip())}
    return tuple(offer for offer in screening.offers if offer.key in taken)


def confirmed(screening: Screening, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """The classes (认定) the household or a member falls into, as (name of the class, subject row)."""
    return tuple(
        (catalogue.programmes[offer.programme].confirms, offer.row)
        for offer in screening.standing(Standing.OPEN, Standing.HELD)
        if catalogue.programmes[offer.programme].confirms and offer.verdict is Verdict.YES
    )


def _named(screening: Screening, word: str) -> list[Offer]:
    programme, _, row = word.partition("@")
    here = [offer for offer in screening.offers if offer.programme == programme and row in ("", offer.row)]
    if not here:
        known = dict.fromkeys(offer.programme for offer in screening.offers)
        raise UserCanFix(f"没有「{word}」这一项，{did_you_mean(programme, known) or '可用：all、' + '、'.join(known)}")
    usable = [offer for offer in here if offer.standing is Standing.OPEN]
    if usable or len(here) == 1:
        return usable or here
    rows = "、".join(f"{programme}@{offer.row}" for offer in here)
    raise UserCanFix(f"「{programme}」目前没有可申请的人，坚持申请请写明是谁：{rows}")


def _offer(programme: Programme, said: Judgement, claim: Claim, bar: Bar | None, catalogue: Catalogue) -> Offer:
    standing, by, reason = _standing(programme, claim, bar, catalogue)
    return Offer(said.programme, said.row, said.verdict, standing, by, reason, said)


def _standing(
    programme: Programme, claim: Claim, bar: Bar | None, catalogue: Catalogue
) -> tuple[Standing, str, str]:
    barred = _why_barred(claim, bar, catalogue) if bar else ""
    by = bar.by.programme if bar else ""
    if claim.held:
        doubt = "" if claim.verdict is Verdict.YES else _why_doubtful(claim)
        return Standing.HELD, by, "；".join(filter(None, (doubt, barred)))
    if bar is not None:
        return Standing.BARRED, by, barred
    if claim.verdict is not Verdict.YES:
        return (Standing.NO if claim.verdict is Verdict.NO else Standing.MISSING), "", ""
    if programme.referral:
        return Standing.REFER, "", f"转{programme.referral}"
    top_up = top_up_of(claim, catalogue)
    if top_up is not None and zero(claim.amounts):
        by = next(name for name in top_up.programmes if name != claim.programme)
        return Standing.BARRED, by, _sentence(f"补差后为0元，不再另发{top_up.reason and '：' + top_up.reason}", str(top_up.source))
    return Standing.OPEN, "", ""


def _why_doubtful(claim: Claim) -> str:
    return "已在享，但按现有情况不再符合，请复核" if claim.verdict is Verdict.NO else "已在享，资料不全，请在复核时补齐"


def _why_barred(claim: Claim, bar: Bar, catalogue: Catalogue) -> str:
    name = catalogue.programmes[bar.by.programme].name
    already = "已享受的" if bar.by.held else ""
    words = {
        Bond.CHOOSE: f"与{already}{name}只能选一项，先保留{name}，可与申请人商量后改选",
        Bond.HIGHER: f"与{already}{name}不同时享受，取较高的一项（{name}）",
    }
    said = words.get(bar.rule.bond, f"不能与{already}{name}同时享受")
    if claim.held:
        said += "；批准后本项应停发"
    return _sentence(said + (f"：{bar.rule.reason}" if bar.rule.reason else ""), str(bar.rule.source))


def _sentence(said: str, source: str) -> str:
    return f"{said}（{source}）" if source else said


def is_held(evaluator: Evaluator, programme: str, row: str) -> bool:
    """True when the status table records the programme in force for the row (在享)."""
    plan = evaluator.plan
    if plan.catalogue.status is None:
        return False
    kept: dict[str, Compiled] = plan.workshop.setdefault("clerk.held", {})
    if programme not in kept:
        expression = Expression(f"在享({programme})", Place("在享", 1, 1))
        kept[programme] = compile_expression(expression, plan.catalogue.programmes[programme].subject, plan)
    return evaluator.value(kept[programme], row) is True
