"""The compatibility matrix as a stable set, on claims made by hand."""

from dataclasses import replace
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.compatibility import Claim, settle, yearly
from clerk.household import Household, Row
from forms.language.results import AmountSaid
from forms.language.values import Range, Verdict
from forms.places import Place
from forms.policy import Bond, Compatibility, Source
from tests.builders import a_small_catalogue

NAMES = ["甲助", "乙助", "丙助", "丁助"]
TWO = Household({}, {"成员": (Row("一", "", {}), Row("二", "", {}))})


def rule(first, second, bond=Bond.EXCLUDES, keeps=""):
    return Compatibility((first, second), bond, keeps, Source(), Place("", 1, 1), "")


def claim(programme, row="一", verdict=Verdict.YES, held=False, monthly=None):
    amounts = (AmountSaid("金", "每月", "元", Range(monthly, monthly)),) if monthly is not None else ()
    return Claim(programme, row, verdict, held, amounts)


def barred(claims, *rules):
    return set(settle(claims, replace(a_small_catalogue(), compatibilities=rules), TWO))


def test_a_circle_of_rules_is_broken_by_the_order_of_evaluation():
    circle = [rule("甲助", "乙助", keeps="甲助"), rule("乙助", "丙助", keeps="乙助"), rule("丙助", "甲助", keeps="丙助")]
    assert barred([claim("甲助"), claim("乙助"), claim("丙助")], *circle) == {("乙助", "一"), ("丙助", "一")}


def test_a_household_claim_falls_to_members_only_when_every_member_has_one():
    house = claim("甲助", "")
    keeps = rule("甲助", "乙助", keeps="乙助")
    assert barred([house, claim("乙助", "一")], keeps) == set()
    assert barred([house, claim("乙助", "一"), claim("乙助", "二")], keeps) == {("甲助", "")}


def test_a_household_claim_that_stays_bars_each_member():
    keeps = rule("甲助", "乙助", keeps="甲助")
    assert barred([claim("甲助", ""), claim("乙助", "一"), claim("乙助", "二")], keeps) == {("乙助", "一"), ("乙助", "二")}


def test_two_members_do_not_stand_in_each_others_way():
    assert barred([claim("甲助", "一"), claim("乙助", "二")], rule("甲助", "乙助", keeps="甲助")) == set()


def test_an_undecided_claim_bars_nobody_and_is_barred_by_a_certain_one():
    unsure = claim("甲助", verdict=Verdict.UNKNOWN)
    assert barred([unsure, claim("乙助")], rule("甲助", "乙助", keeps="甲助")) == set()
    assert barred([unsure, claim("乙助")], rule("甲助", "乙助", keeps="乙助")) == {("甲助", "一")}
    assert barred([unsure, claim("乙助")], rule("甲助", "乙助", Bond.HIGHER)) == {("甲助", "一")}


@pytest.mark.parametrize(("mine", "theirs", "loser"), [(100, 200, "甲助"), (200, 100, "乙助"), (100, 100, "乙助")])
def test_the_higher_stays_and_equal_ones_go_by_order(mine, theirs, loser):
    claims = [claim("甲助", monthly=mine), claim("乙助", monthly=theirs)]
    assert barred(claims, rule("甲助", "乙助", Bond.HIGHER)) == {(loser, "一")}


def test_what_is_received_stays_where_nothing_else_decides():
    assert barred([claim("甲助"), claim("乙助", held=True)], rule("甲助", "乙助", Bond.HIGHER)) == {("甲助", "一")}


def test_a_year_counts_each_period_and_money_only():
    said = (
        AmountSaid("月", "每月", "元", Range(100, 100)),
        AmountSaid("年", "每年", "元", Range(50, 50)),
        AmountSaid("电", "每月", "度", Range(15, 15)),
    )
    assert yearly(said) == Fraction(1250)
    assert yearly((*said, AmountSaid("开", "每月", "元", Range(0, inf)))) is None


edges = st.lists(st.tuples(st.permutations(NAMES), st.booleans()), max_size=6)


@given(edges, st.sets(st.sampled_from(NAMES), min_size=1))
def test_what_stays_never_conflicts_and_what_falls_falls_to_something_that_stays(pairs, present):
    rules = [rule(a, b, keeps=a if first else b) for (a, b, *_), first in pairs]
    claims = [claim(name) for name in NAMES if name in present]
    catalogue = replace(a_small_catalogue(), compatibilities=tuple(rules))
    out = settle(claims, catalogue, TWO)
    stays = {each.programme for each in claims if each.key not in out}
    for bar in out.values():
        assert bar.by.programme in stays
    for one in rules:
        assert not set(one.programmes) <= stays
