"""The shipped rosters as data: what a receiving department checks before it reads the first line."""

from functools import cache

import pytest

from forms.catalogue import Catalogue
from forms.language.plan import Plan, compile_catalogue, compile_expression
from forms.language.types import Type
from forms.loader import DEMO, NATIONAL, load
from forms.roster import Column, Roster
from forms.rules import last_change
from forms.schema import Kind

PERIODS = {"周", "月", "季", "半年", "年"}


@cache
def shipped() -> tuple[Catalogue, Plan]:
    catalogue = load([NATIONAL, DEMO])
    return catalogue, compile_catalogue(catalogue, last_change(catalogue))


def type_of(roster: Roster, column: Column) -> Type:
    return compile_expression(column.value, roster.unit, shipped()[1]).type


def rosters() -> list[Roster]:
    return list(shipped()[0].rosters.values())


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_every_column_means_something_and_only_numbers_are_added_up(roster: Roster):
    for column in roster.columns:
        kind = type_of(roster, column)
        assert not column.total or kind.is_number, column.heading


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_a_roster_of_money_says_which_sum_stands_for_it(roster: Roster):
    money = [column for column in roster.columns if column.total and type_of(roster, column).kind is Kind.MONEY]
    assert [column.main for column in money].count(True) == (1 if money else 0)


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_the_sum_that_stands_for_a_roster_counts_every_amount_its_programmes_pay(roster: Roster):
    main = next((column for column in roster.columns if column.main), None)
    paid = {"月金额": "每月", "年金额": "每年", "一次金额": "一次"}
    if main is None or main.value.text not in paid:
        return
    for programme in roster.programmes:
        periods = {amount.period for amount in shipped()[0].programmes[programme].amounts if amount.unit == "元"}
        assert periods <= {paid[main.value.text]}, programme


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_no_two_columns_of_a_roster_show_the_same(roster: Roster):
    values = [column.value.text for column in roster.columns]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("roster", rosters(), ids=lambda roster: roster.id)
def test_a_roster_says_who_receives_it_when_and_who_signs(roster: Roster):
    assert roster.department
    assert roster.signers
    assert roster.periods
    assert set(roster.periods) <= PERIODS
    assert set(roster.programmes) <= set(shipped()[0].programmes)
    assert roster.programmes


def test_rosters_leave_the_office_in_the_order_of_their_numbers():
    assert [roster.id for roster in rosters()] == sorted(roster.id for roster in rosters())


def test_every_programme_that_pays_money_stands_in_the_payment_list_or_in_a_departments_own():
    catalogue, _ = shipped()
    listed = {programme for roster in rosters() for programme in roster.programmes}
    paying = {name for name, programme in catalogue.programmes.items() if programme.amounts}
    assert paying <= listed
