"""Every worked household of the demo pack, to the fen; a changed number in a data file must fail here."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from clerk.screening import Standing
from forms.language.values import Verdict
from tests.cases.expectations import BOUNDARIES, CASES, HOUSEHOLD, Expectation, Judged, expectations, judge

OFFERED = (Standing.OPEN, Standing.HELD, Standing.REFER)
EXPECTATIONS = [*expectations(CASES), *expectations(BOUNDARIES)]


@pytest.mark.parametrize("expectation", EXPECTATIONS, ids=str)
def test_a_household_comes_out_as_expected(expectation: Expectation) -> None:
    judged = judge(expectation)
    assert expectation.expected
    for word, wanted in expectation.expected.items():
        CHECKS[word](judged, wanted)


def test_every_household_file_has_its_expectations() -> None:
    households = {path for path in CASES.glob("*.yaml") if not path.name.endswith(".expect.yaml")}
    assert {each.household for each in EXPECTATIONS} == households
    assert len(households) >= 24


def test_a_wrong_number_would_fail() -> None:
    expectation = next(each for each in EXPECTATIONS if str(each).startswith("C02 四个部门"))
    with pytest.raises(AssertionError):
        _qualifies(judge(expectation), {"低保": {HOUSEHOLD: {"低保金": "2217", "分类施保": "284"}}})
    with pytest.raises(AssertionError):
        _never(judge(expectation), ["低保"])


def _qualifies(judged: Judged, wanted: dict[str, dict[str, dict[str, str]]]) -> None:
    for programme, subjects in wanted.items():
        for name, lines in subjects.items():
            (offer,) = [each for each in judged.offers(programme) if each.row == judged.row(name)]
            assert offer.verdict is Verdict.YES, f"{programme}@{name} {offer.verdict} {_failing(judged, programme, name)}"
            assert offer.standing in OFFERED, f"{programme}@{name} {offer.standing} {offer.reason}"
            said = {line.id: line for line in offer.judgement.amounts}
            assert set(said) == set(lines), f"{programme}@{name}"
            for line, amount in lines.items():
                scale = 100 if said[line].unit == "元" else 1
                assert said[line].value.known, f"{programme}@{name} {line} {said[line].value}"
                assert said[line].value.low == Fraction(amount) * scale, f"{programme}@{name} {line}"


def _has_verdict(verdict: Verdict) -> Callable[[Judged, list[str]], None]:
    def check(judged: Judged, wanted: list[str]) -> None:
        for subject in wanted:
            for offer in judged.offers(subject):
                assert offer.verdict is verdict, f"{subject} {offer.verdict}"

    return check


def _has_standing(standing: Standing) -> Callable[[Judged, list[str]], None]:
    def check(judged: Judged, wanted: list[str]) -> None:
        for subject in wanted:
            assert [offer.standing for offer in judged.offers(subject)] == [standing], subject

    return check


def _never(judged: Judged, unwanted: list[str]) -> None:
    for programme in unwanted:
        for offer in judged.offers(programme):
            assert offer.standing not in (*OFFERED, Standing.MISSING), f"{programme} {offer.row} {offer.standing}"


def _only(judged: Judged, programmes: list[str]) -> None:
    """Of a member programme, nobody beyond those named under 符合 qualifies, and nobody is left open."""
    for programme in programmes:
        yes = [offer for offer in judged.offers(programme) if offer.verdict is Verdict.YES]
        assert len(yes) == 1, programme
        assert all(offer.verdict is not Verdict.UNKNOWN for offer in judged.offers(programme)), programme


def _barred(judged: Judged, wanted: dict[str, str]) -> None:
    for subject, winner in wanted.items():
        (offer,) = judged.offers(subject)
        assert (offer.verdict, offer.standing, offer.by) == (Verdict.YES, Standing.BARRED, winner), subject
        assert offer.reason, subject


def _totals(judged: Judged, wanted: dict[str, str]) -> None:
    for programme, amount in wanted.items():
        paid = [offer for offer in judged.offers(programme) if offer.standing in OFFERED]
        total = sum(Fraction(line.value.low) for offer in paid for line in offer.judgement.amounts)
        assert total == Fraction(amount) * 100, programme


def _monthly(judged: Judged, wanted: dict[str, str]) -> None:
    """What one person may apply for each month, all programmes together."""
    for name, amount in wanted.items():
        offers = [offer for offer in judged.screening.offers if offer.row == judged.row(name) and offer.standing in OFFERED]
        lines = [line for offer in offers for line in offer.judgement.amounts if line.period == "每月" and line.unit == "元"]
        assert sum(Fraction(line.value.low) for line in lines) == Fraction(amount) * 100, name


def _because(judged: Judged, wanted: dict[str, list[str]]) -> None:
    for subject, conditions in wanted.items():
        programme, _, name = subject.partition("@")
        assert [finding for finding, _ in _failing(judged, programme, name)] == conditions, subject


def _says(judged: Judged, wanted: dict[str, str]) -> None:
    for subject, words in wanted.items():
        programme, _, name = subject.partition("@")
        assert any(words in advice for _, advice in _failing(judged, programme, name)), subject


def _failing(judged: Judged, programme: str, name: str) -> list[tuple[str, str]]:
    (offer,) = [each for each in judged.offers(programme) if each.row == judged.row(name)]
    no = [finding.condition for finding in offer.judgement.findings if finding.verdict is Verdict.NO]
    return [(condition.id, condition.advice) for condition in no]


def _figures(judged: Judged, wanted: dict[str, str]) -> None:
    for name, said in wanted.items():
        value = judged.value(name)
        if said.endswith("元"):
            assert _half_up(value) == Fraction(said.removesuffix("元")) * 100, name
        elif said.endswith("%"):
            assert _half_up(value * 10000) == Fraction(said.removesuffix("%")) * 100, name
        else:
            assert value == Fraction(said), name


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def _pays_nothing(judged: Judged, _: str) -> None:
    for offer in judged.screening.offers:
        assert offer.verdict is not Verdict.YES or not offer.judgement.amounts, offer.key


def _not_published(judged: Judged, programmes: list[str]) -> None:
    for programme in programmes:
        said = judged.catalogue.programmes[programme]
        assert not said.published
        assert all(deadline.step != "公示" for deadline in said.deadlines)


def _not_checked(judged: Judged, programmes: list[str]) -> None:
    """No authorisation to check means (D03) and no survey (D13) among the papers."""
    for programme in programmes:
        assert not {"D03", "D13"} & set(judged.catalogue.programmes[programme].papers)


CHECKS: dict[str, Callable[[Judged, Any], None]] = {
    "符合": _qualifies,
    "不符": _has_verdict(Verdict.NO),
    "待补": _has_verdict(Verdict.UNKNOWN),
    "已享": _has_standing(Standing.HELD),
    "转介": _has_standing(Standing.REFER),
    "不得出现": _never,
    "仅限": _only,
    "不并领": _barred,
    "合计": _totals,
    "月合计": _monthly,
    "不符因": _because,
    "说法": _says,
    "关键数": _figures,
    "不发钱": _pays_nothing,
    "不公示": _not_published,
    "不核对": _not_checked,
}
