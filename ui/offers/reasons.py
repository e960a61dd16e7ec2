"""Why: every condition of a programme with its verdict, the values used, and where the rule comes from, as rich text. Qt-free."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from clerk.reasons import Reasons, Worded
from clerk.screening_text import amount_grounds
from clerk.wording import long_date, say
from forms.language.results import Finding, Used
from forms.language.values import Range, Verdict
from forms.schema import Kind
from ui.offers.lines import say_amount

if TYPE_CHECKING:
    from clerk.screening import Offer
    from ui.intake.controller import IntakeController

_TONES = {Verdict.YES: "#17704a", Verdict.NO: "#b3261e", Verdict.UNKNOWN: "#8a5a00"}
_QUIET = "#566570"


def reasons(offers: tuple[Offer, ...], desk: IntakeController, small: int) -> str:
    """One document for all offers of a line; `small` is the size of notes in points."""
    several = len(offers) > 1
    each = "".join(_offer(offer, desk, small, brief=several) for offer in offers)
    return each + (_grounds(offers[0], desk, small) if several else "")


def _offer(offer: Offer, desk: IntakeController, small: int, brief: bool) -> str:
    tone = _TONES[offer.verdict]
    head = f'<h3 style="margin-bottom:2px">{escape(desk.subject(offer))}</h3>'
    said = f'<p style="margin-top:0"><b style="color:{tone}">{offer.verdict.sign} {offer.verdict.value}</b>'
    said += f"　{escape(offer.standing.value)}" + (f"：{escape(offer.reason)}" if offer.reason else "") + "</p>"
    amounts = "".join(f"<tr><td>{escape(one.id)}</td><td align=right><b>{escape(say_amount(one.value, one.unit))}</b></td><td>{one.period}</td></tr>" for one in offer.judgement.amounts)
    if amounts:
        said += f'<table cellpadding="3" cellspacing="0">{amounts}</table>'
    findings = offer.judgement.findings
    used = desk.evaluator.used(*offer.key) if findings else ()
    told = zip(findings, Reasons(desk.evaluator).of(offer.judgement), used, strict=True)
    order = sorted(told, key=lambda each: _RANK[each[0].verdict])
    shown = [each for each in order if not brief or each[0].verdict is not Verdict.YES]
    body = "".join(_finding(finding, worded, _table(values, desk), small) for finding, worded, values in shown)
    return head + said + body + (_after(offer, desk, small) if not brief else "")


_RANK = {Verdict.NO: 0, Verdict.UNKNOWN: 1, Verdict.YES: 2}


def _finding(finding: Finding, worded: Worded, table: str, small: int) -> str:
    condition = finding.condition
    tone = _TONES[finding.verdict]
    text = f'<p style="margin:10px 0 1px 0"><span style="color:{tone}"><b>{worded.sign}</b></span> <b>{escape(worded.id)}</b>　{escape(worded.words)}</p>'
    text += "".join(_line(fact) for fact in worded.because)
    if worded.missing:
        text += _line(f"缺：{'、'.join(worded.missing)}", _TONES[Verdict.UNKNOWN])
    if worded.advice:
        text += _line(worded.advice, tone)
    text += table
    source = worded.source + ("　（本地规定）" if condition.local else "") + (f"　〔{condition.layer}〕" if condition.layer else "")
    return text + f'<p style="margin:1px 0 0 22px;color:{_QUIET};font-size:{small}pt">{escape(source)}</p>'


def _table(values: tuple[Used, ...], desk: IntakeController) -> str:
    """How the values of a condition came about; nothing where none has parts."""
    rows = "".join(_used(used, desk, 0) for used in values if used.parts)
    return f'<table cellpadding="1" cellspacing="0" style="margin-left:22px">{rows}</table>' if rows else ""


def _line(said: str, tone: str = "") -> str:
    colour = f";color:{tone}" if tone else ""
    return f'<p style="margin:1px 0 1px 22px{colour}">{escape(said)}</p>'


def _used(used: Used, desk: IntakeController, depth: int) -> str:
    """How a value came about, from its parts; one without a name of its own is called by its first word.

    Of what is yes or no only the parts are shown: the facts above say it already.
    """
    if used.type.kind is Kind.FLAG:
        return "".join(_used(part, desk, depth) for part in used.parts)
    name = used.name.partition("(")[0]
    since = f"{long_date(used.since)}起" if used.since else ""
    note = "　".join(part for part in (since, str(used.source) if used.source else "") if part)
    indent = "&nbsp;" * 4 * depth
    row = f"<tr><td>{indent}{escape(name)}</td><td>&nbsp;&nbsp;<b>{escape(value_words(used, desk))}</b></td><td style='color:{_QUIET}'>&nbsp;&nbsp;{escape(note)}</td></tr>"
    return row + "".join(_used(part, desk, depth + 1) for part in used.parts)


def value_words(used: Used, desk: IntakeController) -> str:
    """A value as it was used, with its unit; 未知 when nobody said."""
    value, kind = used.value, used.type.kind
    if isinstance(value, Range) and kind is Kind.MONEY:
        return say_amount(value, "元")
    if kind is Kind.MEMBER and isinstance(value, str):
        return desk.title(kind.value, value)
    return say(value, kind, desk.catalogue, used.type.codes) or "未知"


def _grounds(offer: Offer, desk: IntakeController, small: int) -> str:
    said = amount_grounds(offer, desk.catalogue.programmes[offer.programme])
    return f'<p style="color:{_QUIET};font-size:{small}pt">金额依据：{escape(said)}</p>' if said else ""


def _after(offer: Offer, desk: IntakeController, small: int) -> str:
    programme = desk.catalogue.programmes[offer.programme]
    text = ""
    if programme.human:
        items = "".join(f"<li>{escape(one)}</li>" for one in programme.human)
        text += f'<p style="margin-bottom:0"><b>须人工核实</b></p><ul style="margin-top:0">{items}</ul>'
    text += _grounds(offer, desk, small)
    if programme.sources:
        said = "；".join(str(source) for source in programme.sources)
        text += f'<p style="color:{_QUIET};font-size:{small}pt">依据：{escape(said)}</p>'
    return text
