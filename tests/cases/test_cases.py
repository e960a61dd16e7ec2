"""Every worked household of the demo pack, to the fen; a changed number in a data file must fail here."""

from __future__ import annotations

import pytest

from clerk.case_checks import CHECKS
from clerk.pack_cases import failures
from tests.cases.expectations import BOUNDARIES, CASES, HOUSEHOLD, RULES, Expectation, expectations, judge

EXPECTATIONS = [*expectations(CASES), *expectations(BOUNDARIES)]


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=str)
def test_a_household_comes_out_as_expected(expectation: Expectation) -> None:
    assert list(failures(expectation, RULES)) == []


def test_every_household_file_has_its_expectations() -> None:
    households = {path for path in CASES.glob("*.yaml") if not path.name.endswith(".expect.yaml")}
    assert {each.household for each in EXPECTATIONS} == households
    assert len(households) >= 24


def test_a_wrong_number_would_fail() -> None:
    expectation = next(each for each in EXPECTATIONS if str(each).startswith("C02 四个部门"))
    with pytest.raises(AssertionError, match="低保金 是 2216"):
        CHECKS["符合"](judge(expectation), {"低保": {HOUSEHOLD: {"低保金": "2217", "分类施保": "284"}}})
    with pytest.raises(AssertionError, match="可申请"):
        CHECKS["不得出现"](judge(expectation), ["低保"])
