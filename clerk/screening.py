"""What a household may receive: every programme at every subject row, with its verdict, its standing and its reason.

Screening advises, the clerk decides: an offer can be filed whatever its standing, and its reasons are kept with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from clerk.chosen import Choice
from clerk.compatibility import Bar, Claim, Key, Rivalry, rivalries, settle, top_up_of, zero
from clerk.errors import UserCanFix
from clerk.wording import long_date, paid_words
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Compiled, compile_expression
from forms.language.results import Judgement, Question
from forms.language.values import Verdict
from forms.places import Place, did_you_mean
from forms.policy import Bond
from forms.schema import Expression

QUESTIONS = 12
"""How many next questions a screening keeps."""


class Standing(Enum):
    """Where an offer stands after everything is weighed together; the word is what the list shows."""

    OPEN = "可申请"
    CHOOSE = "待选择"
    MISSING = "待补"
    NO = "不符"
    HELD = "已享"
    BARRED = "不并领"
    REFER = "转介"


@dataclass(frozen=True, slots=True)
class Offer:
    """One programme at one subject row; `by` is the programme that stands in its way, `reason` one sentence or empty.

    `rivals` are the offers (programme, row) beside which the household has this one only by its own choice (择一).
    """

    programme: str
    row: str
    verdict: Verdict
    standing: Standing
    by: str
    reason: str
    judgement: Judgement
    rivals: tuple[tuple[str, str], ...] = ()

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
    facts = evaluator.cells.facts
    bars = settle(claims, catalogue, facts)
    rivals = _rivals(rivalries(claims, catalogue, facts), bars)
    offers = tuple(
        _offer(said, claim, bars.get(claim.key), rivals.get(claim.key, ()), catalogue)
        for (_, said, _), claim in zip(judged, claims, strict=True)
    )
    return Screening(evaluator.plan.on, catalogue.digest, offers, evaluator.questions(QUESTIONS))


def chosen(screening: Screening, choose: str | Iterable[str]) -> tuple[Offer, ...]:
    """The offers to file: `all` takes everything that may be applied for; else ids, each `项目` or `项目@行`.

    Naming one of two that exclude one another by choice (待选择) is that choice. An id alone takes every row where the programme may be applied for, or, where there is none, the only row there is.
    Raises `UserCanFix` for an id that names no offer or does not say which row, and for both of such two.
    """
    words = [choose] if isinstance(choose, str) else list(choose)
    if words == ["all"]:
        return screening.standing(Standing.OPEN)
    taken: dict[tuple[str, str], Offer] = {}
    for word in words:
        taken |= {offer.key: offer for offer in _named(screening, word.strip())}
    for offer in taken.values():
        if offer.standing is Standing.CHOOSE and (both := [key[0] for key in offer.rivals if key in taken]):
            raise UserCanFix(f"「{offer.programme}」和「{'」「'.join(both)}」只能选一项，请去掉一项")
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
    usable = [offer for offer in here if offer.standing in (Standing.OPEN, Standing.CHOOSE)]
    if usable or len(here) == 1:
        return usable or here
    rows = "、".join(f"{programme}@{offer.row}" for offer in here)
    raise UserCanFix(f"「{programme}」目前没有可申请的人，坚持申请请写明是谁：{rows}")


def _rivals(rivalries: Iterable[Rivalry], bars: Mapping[Key, Bar]) -> dict[Key, tuple[Rivalry, ...]]:
    """The choices that each claim is part of, without those that something else has settled already."""
    found: dict[Key, tuple[Rivalry, ...]] = {}
    for one in rivalries:
        both = (one.one.key, one.other.key)
        settled = [bar for key in both if (bar := bars.get(key)) and not bar.pending and bar.rule.bond is not Bond.CHOOSE]
        for key in both if not settled else ():
            found[key] = (*found.get(key, ()), one)
    return found


def _offer(said: Judgement, claim: Claim, bar: Bar | None, rivals: Sequence[Rivalry], catalogue: Catalogue) -> Offer:
    standing, by, reason = _standing(claim, bar, catalogue)
    others = [one.other if one.one is claim else one.one for one in rivals]
    if standing is Standing.CHOOSE and others:
        reason = _to_choose(claim, others, rivals[0], catalogue)
    elif not reason:
        reason = "；".join(_taken(one, catalogue) for one in rivals if one.taken == claim.programme)
    return Offer(said.programme, said.row, said.verdict, standing, by, reason, said, tuple(one.key for one in others))


def _standing(claim: Claim, bar: Bar | None, catalogue: Catalogue) -> tuple[Standing, str, str]:
    programme = catalogue.programmes[claim.programme]
    barred = _why_barred(claim, bar, catalogue) if bar else ""
    by = bar.by.programme if bar else ""
    if claim.held:
        doubt = "" if claim.verdict is Verdict.YES else _why_doubtful(claim)
        return Standing.HELD, by, "；".join(filter(None, (doubt, barred)))
    if bar is not None and not bar.pending:
        return Standing.BARRED, by, barred
    if claim.verdict is not Verdict.YES:
        return (Standing.NO if claim.verdict is Verdict.NO else Standing.MISSING), "", ""
    if bar is not None:
        return Standing.CHOOSE, by, barred
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
    if bar.pending:
        said = f"待选择：选定{name}的，本项不能同时享受"
    elif bar.rule.bond is Bond.CHOOSE:
        said = f"与{already}{name}只能选一项，已选定{name}{_told(bar.choice)}"
    elif bar.rule.bond is Bond.HIGHER:
        said = f"与{already}{name}不同时享受，取较高的一项（{name}）"
    else:
        said = f"不能与{already}{name}同时享受"
    if claim.held and not bar.pending:
        said += "；批准后本项应停发"
    return _sentence(said + (f"：{bar.rule.reason}" if bar.rule.reason else ""), str(bar.rule.source))


def _to_choose(claim: Claim, others: Sequence[Claim], rivalry: Rivalry, catalogue: Catalogue) -> str:
    """What is to be chosen, amount beside amount."""
    sides = "；".join(_paid(one, catalogue) for one in (claim, *others))
    names = "、".join(("已享受的" if one.held else "") + catalogue.programmes[one.programme].name for one in others)
    rule = rivalry.rule
    return _sentence(f"与{names}只能选一项，请选定。{sides}" + (f"。{rule.reason}" if rule.reason else ""), str(rule.source))


def _taken(rivalry: Rivalry, catalogue: Catalogue) -> str:
    left = next(name for name in rivalry.rule.programmes if name != rivalry.taken)
    return _sentence(f"已选定本项，不选{catalogue.programmes[left].name}{_told(rivalry.choice)}", str(rivalry.rule.source))


def _told(choice: Choice | None) -> str:
    """Who said so, and when, in brackets; nothing of what nobody wrote down."""
    if choice is None:
        return ""
    day = long_date(choice.day) if choice.day else ""
    said = f"{choice.teller}{day}告知" if choice.teller else day and f"{day}选定"
    return f"（{said}）" if said else ""


def _paid(claim: Claim, catalogue: Catalogue) -> str:
    return f"{catalogue.programmes[claim.programme].name}：{paid_words(claim.amounts) or '金额待定'}"


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
