"""Who is paid in a period (在发), and how much: the one rule that books and payment lists share.

An application pays from its first month, else from the day it was decided, else from the day it was accepted; as
decided, else as accepted. Of several for the same programme, household and person the one that began last counts, and
one that has ended revives none before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from clerk.periods import Span, months_after
from clerk.records import ENDED, AmountKept, Application, CaseRecord

ONCE, YEARLY = "一次", "每年"
"""The cycles of what is paid one time, and one time a year; what else there is goes on month after month."""
MONTHS = "个月"
"""The unit of an amount that says for how long the others are paid."""
_AT_TIMES = (ONCE, YEARLY)
_MONTHS = 12


def pays_since(application: Application) -> date | None:
    """From which day an application pays; None when it never did: refused or withdrawn."""
    if application.status in ENDED and application.ended is None:
        return None
    decided = application.decision.on if application.decision else None
    return application.pay_since or decided or application.accepted


def amounts_paid(application: Application) -> tuple[AmountKept, ...]:
    """What an application pays: as decided, else as it was accepted."""
    decided = application.decision.amounts if application.decision else ()
    return decided or application.amounts


def term_ends(application: Application) -> date | None:
    """From which day an application with a term in months is no longer meant to pay; None without one, or not known."""
    since = pays_since(application)
    terms = [line.low for line in application.amounts if line.unit == MONTHS and line.low == line.high and line.low]
    return months_after(since, min(terms)) if since and terms else None


def paid_in(
    cases: Iterable[CaseRecord], span: Span, programmes: Collection[str] = ()
) -> Mapping[str, Sequence[Application]]:
    """By case number, every application (of these programmes, where some are named) that pays in a period, with what it pays.

    What is paid once, or once a year, pays in the period of its day; what goes on pays while it stands at the period's
    end, also where it is not money.
    """
    begun = [
        (since, each, case)
        for case in cases
        for each in case.applications
        if (not programmes or each.programme in programmes)
        and (since := pays_since(each)) is not None
        and since <= span.until
    ]
    last: dict[tuple[str, str, str], tuple[date, str]] = {}
    for since, each, case in begun:
        key = each.programme, case.household_id, each.subject
        last[key] = max(last.get(key, (since, "")), (since, each.number))
    standing = {number for _, number in last.values()}
    found: dict[str, list[Application]] = {}
    for since, each, case in begun:
        stands = each.number in standing and (each.ended is None or each.ended > span.until)
        lines = amounts_paid(each)
        paid = tuple(
            line for line in lines if (_due(line, since, each.ended, span) if line.period in _AT_TIMES else stands)
        )
        if paid or (stands and not lines):
            found.setdefault(case.case_number, []).append(replace(each, amounts=paid))
    return found


def _due(line: AmountKept, since: date, ended: date | None, span: Span) -> bool:
    """Whether the day of what is paid once (or each year on that day) lies in the period, before the end of it all."""
    years = range(span.until.year - since.year + 1) if line.period == YEARLY else (0,)
    days = (months_after(since, _MONTHS * year) for year in years)
    return any(day in span and (ended is None or ended > day) for day in days)
