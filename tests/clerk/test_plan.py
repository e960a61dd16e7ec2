"""The plan after an edit, against the applications that stand filed."""

from dataclasses import replace
from datetime import date

from clerk.fanout import kept_amounts
from clerk.plan import Difference, compare, gone
from clerk.records import Application
from clerk.screening import Offer, Screening, Standing
from forms.language.results import AmountSaid, Judgement
from forms.language.values import Range, Verdict

DAY = date(2026, 9, 1)


def an_offer(programme="甲", row="m1", verdict=Verdict.YES, standing=Standing.OPEN, fen=10000):
    amounts = (AmountSaid("金", "每月", "元", Range(fen, fen)),)
    return Offer(programme, row, verdict, standing, "", "", Judgement(programme, row, verdict, (), amounts, ()))


def filed(offer, **changes):
    made = Application("1-01", "1", offer.programme, offer.row, (offer.row,), "已受理", "某局", DAY, amounts=kept_amounts(offer.judgement))
    return replace(made, **changes)


def compared(now, *before):
    found = compare(Screening(DAY, "", (now,), ()), before)
    return found.get(now.key)


def test_what_was_filed_and_still_pays_the_same_is_as_it_was():
    offer = an_offer()
    assert compared(offer, filed(offer)).difference is Difference.SAME


def test_one_fen_more_or_less_is_another_amount_and_the_old_one_is_known():
    before = filed(an_offer(fen=10000))
    for fen in (9999, 10001):
        found = compared(an_offer(fen=fen), before)
        assert found.difference is Difference.AMOUNT
        assert found.was[0].low == 10000


def test_what_is_filed_and_fits_no_longer_is_said_by_how_it_fails():
    before = filed(an_offer())
    assert compared(an_offer(verdict=Verdict.NO, standing=Standing.NO), before).difference is Difference.LOST
    assert compared(an_offer(verdict=Verdict.UNKNOWN, standing=Standing.MISSING), before).difference is Difference.UNSURE
    assert compared(an_offer(standing=Standing.BARRED), before).difference is Difference.BARRED


def test_only_what_can_be_asked_for_is_new():
    assert compared(an_offer()).difference is Difference.NEW
    assert compared(an_offer(verdict=Verdict.NO, standing=Standing.NO)) is None
    assert compared(an_offer(standing=Standing.HELD)) is None


def test_the_same_programme_for_somebody_else_is_new():
    before = filed(an_offer(row="m1"))
    assert compared(an_offer(row="m2"), before).difference is Difference.NEW


def test_an_application_for_somebody_who_left_is_named_as_gone():
    stays, left = an_offer(row="m1"), filed(an_offer(row="m9"))
    assert gone(Screening(DAY, "", (stays,), ()), [filed(stays), left]) == (left,)
