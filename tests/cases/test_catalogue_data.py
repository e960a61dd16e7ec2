"""The shipped data judged as data: sources, defaults, what is asked, what the worked households reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clerk.files import read_household_file, read_intake_file
from clerk.readiness import ready
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.graph import reached
from forms.language.plan import Plan, compile_catalogue
from forms.language.results import MissingStandard
from forms.language.tree import FieldRead, StandardRead
from forms.language.values import Verdict
from forms.loader import NATIONAL, load
from forms.policy import Source
from forms.schema import ROOT, Kind
from tests.cases.expectations import CASES, rules
from tests.cases.unverified import KEPT, unverified

DAY = date(2026, 9, 1)
RULE_SIGNS = re.compile(r"[<>≤≥=≠*\[\]]| 且 | 或 | 在 |非 ")
"""Signs of a rule that is no sentence."""
UNREADY = {"C20", "C21", "C21-B"}
"""Households of which too little is known to file a means-tested application, by their story."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return rules((), DAY)[0]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return rules((), DAY)[1]


def test_every_condition_says_where_it_comes_from(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        assert programme.sources, programme.id
        for condition in programme.conditions:
            assert condition.source.title, f"{programme.id} {condition.id}"
            assert condition.advice, f"{programme.id} {condition.id} 不符时说什么"


def test_every_condition_says_in_a_few_plain_words_what_it_demands(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        for condition in programme.conditions:
            assert 2 <= len(condition.words) <= 30, f"{programme.id} {condition.id} 说法"
            assert not RULE_SIGNS.search(condition.words), f"{programme.id} {condition.id} {condition.words}"


def test_a_document_number_is_only_said_when_it_was_verified(catalogue: Catalogue) -> None:
    for source in _sources(catalogue):
        assert source.verified or not source.number, str(source)


def test_every_amount_says_where_it_comes_from(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        for amount in programme.amounts:
            assert amount.source.title, f"{programme.id} {amount.id}"


def test_what_nobody_has_verified_is_kept_as_a_list_that_changes_only_on_purpose() -> None:
    found, kept = list(unverified(load([NATIONAL]))), KEPT.read_text(encoding="utf-8").splitlines()
    assert sorted(set(found) - set(kept)) == [], "new and not verified: see tests/cases/unverified.py"
    assert sorted(set(kept) - set(found)) == [], "verified or gone: see tests/cases/unverified.py"


def test_what_is_not_verified_is_said_so_wherever_it_is_shown(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        for source in (*(each.source for each in programme.conditions), *(each.source for each in programme.amounts)):
            assert ("待核" in str(source)) is not source.verified, f"{programme.id} {source}"


def test_the_list_is_whole_and_serves_many_departments(catalogue: Catalogue) -> None:
    numbers = {programme.number.partition("-")[0] for programme in catalogue.programmes.values()}
    assert {f"P{number:02}" for number in range(1, 36)} <= numbers
    assert len(catalogue.programmes) >= 52
    departments = {
        name for each in catalogue.programmes.values() for name in each.department.partition("（")[0].split("、")
    }
    assert len(departments) >= 15
    names = [programme.name for programme in catalogue.programmes.values()]
    assert len(set(names)) == len(names)


def test_every_programme_says_how_its_materials_come(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        assert programme.materials, programme.id
        assert programme.referral or programme.papers, programme.id


def test_no_amount_of_a_county_stands_in_the_national_file() -> None:
    money = {name for name, each in load([NATIONAL]).standards.items() if each.kind is Kind.MONEY and each.values}
    assert money == {"育儿补贴标准", "高校助学金标准"}


def test_no_answer_that_decides_is_prefilled(catalogue: Catalogue, plan: Plan) -> None:
    decisive = {node.field.key for node in _behind_rules(plan) if isinstance(node, FieldRead)}
    assert len(decisive) > 60
    prefilled = {key for key, field in catalogue.fields.items() if field.default is not None}
    assert not decisive & prefilled


def test_every_standard_that_a_rule_reads_has_a_value_in_the_demo_county(plan: Plan) -> None:
    read = {node.standard.id: node.value for node in _behind_rules(plan) if isinstance(node, StandardRead)}
    assert len(read) > 50
    assert [name for name, value in read.items() if value is None] == []


def test_every_code_table_is_used(catalogue: Catalogue) -> None:
    used = {field.codes for field in catalogue.fields.values()} | {each.codes for each in catalogue.standards.values()}
    used |= {column.field.codes for each in catalogue.incoming.values() for column in each.columns(catalogue.fields)}
    assert set(catalogue.codes) - used == set()


def test_labels_are_short_and_helps_are_one_line(catalogue: Catalogue) -> None:
    for field in catalogue.fields.values():
        assert len(field.label) <= 12, field.key
        assert len(field.help) <= 40, field.key


def test_without_a_county_pack_nothing_is_granted_or_refused_by_a_guessed_amount() -> None:
    catalogue = load([NATIONAL])
    plan = compile_catalogue(catalogue, DAY)
    household = read_household_file(_without_region(CASES / "C02.yaml"), catalogue, DAY)
    said = Evaluator(plan, household).judge("低保")
    assert said.verdict is Verdict.UNKNOWN
    assert "低保标准" in {gap.standard for gap in said.missing if isinstance(gap, MissingStandard)}


def test_an_empty_form_decides_nothing_in_favour(plan: Plan, catalogue: Catalogue) -> None:
    household = read_household_file("现住址: 不详\n", catalogue, DAY)
    assert Verdict.YES not in Evaluator(plan, household).verdicts().values()


def test_every_worked_household_could_be_filed_as_it_stands(catalogue: Catalogue, plan: Plan) -> None:
    for path in sorted(CASES.glob("*.yaml")):
        if path.name.endswith(".expect.yaml") or path.stem in UNREADY:
            continue
        form = read_intake_file(path, catalogue, DAY)
        assert ready(form, Evaluator(plan, form)) == (), path.name


def test_questions_about_parents_and_self_care_are_asked_of_few(catalogue: Catalogue, plan: Plan) -> None:
    form = read_intake_file(CASES / "C01.yaml", catalogue, DAY)
    evaluator = Evaluator(plan, form)
    for field in ("父亲状况", "自主吃饭", "供养方式", "个人账号"):
        for row in form.rows("成员"):
            assert evaluator.value(plan.relevance[f"成员.{field}"], row) is False, (field, row)


def test_the_members_of_the_first_section_are_what_a_citizen_says_first(catalogue: Catalogue) -> None:
    first, second = catalogue.sections[0], catalogue.sections[1]
    assert [field.id for field in first.fields][:2] == ["姓名", "证件号"]
    assert "手机" in [field.id for field in first.fields]
    assert second.table == ROOT
    assert {"现住址", "困难原因", "申请事项"} <= {field.id for field in second.fields}


def _behind_rules(plan: Plan) -> Iterator[object]:
    for programme in plan.programmes.values():
        for node in (*programme.conditions, *programme.amounts):
            yield from reached(node, plan.definitions)


def _sources(catalogue: Catalogue) -> Iterator[Source]:
    for programme in catalogue.programmes.values():
        yield from programme.sources
        yield from (condition.source for condition in programme.conditions)
        yield from (line.source for line in programme.amounts)
    yield from (definition.source for definition in catalogue.definitions.values())
    yield from (value.source for standard in catalogue.standards.values() for value in standard.values)
    yield from (rule.source for rule in catalogue.compatibilities)


def _without_region(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("现住地"))
