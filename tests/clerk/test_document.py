"""A household as a document: every kind of answer comes back as it was, and nothing is dropped."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.document import from_document, project, to_document, to_text
from clerk.household import Household, Row
from clerk.plain import from_plain, to_plain
from clerk.records import AmountKept, Application, Due, Reason
from forms.schema import Value
from tests.clerk.store.made import CATALOGUE, DAY, a_household

text = st.text(st.characters(exclude_categories=["Cs"]))
months = st.dates().map(lambda day: day.replace(day=1))
of_household = {"住址": text, "人均收入": st.fractions(), "受理日": st.dates(), "同意": st.booleans()}
of_member = {
    "姓名": text,
    "证件号": text,
    "存款": st.integers(),
    "人数": st.integers(),
    "残疾": st.frozensets(text),
    "起": months,
}


def rows(strategies: dict[str, st.SearchStrategy[Value]]) -> st.SearchStrategy[tuple[Row, ...]]:
    answers = st.fixed_dictionaries({}, optional=strategies)
    return st.lists(st.builds(Row, text, text, answers), unique_by=lambda row: row.key, max_size=4).map(tuple)


households = st.builds(
    Household,
    st.fixed_dictionaries({}, optional=of_household),
    st.fixed_dictionaries({}, optional={"成员": rows(of_member)}),
    st.frozensets(st.sampled_from(["成员", "收入"])),
)


def again(document: dict[str, object]) -> dict[str, object]:
    return json.loads(to_text(document))


@given(households)
def test_a_household_comes_back_from_its_text_as_it_was(household: Household) -> None:
    found = from_document(again(to_document(household)), CATALOGUE)
    assert found == household
    assert {name: type(value) for name, value in found.answers.items()} == {n: type(v) for n, v in household.answers.items()}
    assert to_text(to_document(found)) == to_text(to_document(household))


def test_the_document_is_plain_and_speaks_in_the_words_of_the_form() -> None:
    document = to_document(a_household("㛃某"))
    assert document["answers"] == {"住址": "红星村1组", "人均收入": "700/3", "受理日": "2026-09-01", "同意": True}
    assert document["tables"]["成员"][0]["answers"]["残疾"] == ["1", "2"]
    assert document["complete"] == ["成员"]
    assert "㛃某" in to_text(document)


def test_what_the_catalogue_does_not_know_is_preserved() -> None:
    document = {
        "answers": {"旧问题": "2001-01-01", "旧数": 5, "旧是否": False, "旧多选": ["b", "a"], "住址": "甲"},
        "tables": {"旧表": [{"key": "k", "owner": "m0", "answers": {"旧": "700/3"}}]},
        "complete": ["旧表"],
    }
    household = from_document(document, CATALOGUE)
    assert household.answer("旧表", "旧", "k") == "700/3"
    assert household.answers["旧是否"] is False
    kept = to_document(household)
    assert kept["answers"].pop("旧多选") == ["a", "b"]
    document["answers"].pop("旧多选")  # type: ignore[attr-defined]
    assert kept == document


@pytest.mark.parametrize(
    ("table", "name", "damaged"),
    [("家庭", "受理日", "昨天"), ("家庭", "同意", "是"), ("家庭", "住址", 5), ("成员", "存款", "5"), ("成员", "存款", True), ("成员", "残疾", "1"), ("家庭", "人均收入", "x")],
)
def test_an_answer_that_does_not_fit_its_kind_is_refused_by_name(table: str, name: str, damaged: object) -> None:
    answers = {name: damaged}
    document = {
        "answers": answers if table == "家庭" else {},
        "tables": {table: [{"key": "k", "owner": "", "answers": answers}]} if table != "家庭" else {},
        "complete": [],
    }
    with pytest.raises(ValueError, match=f"{table}.{name}"):
        from_document(document, CATALOGUE)


def test_the_projection_holds_the_asked_fields_that_have_an_answer() -> None:
    household = a_household("甲某", "乙某")
    assert project(household, ["家庭.住址", "成员.姓名", "成员.人数", "车辆.原值"]) == {
        ("家庭.住址", ""): "红星村1组",
        ("成员.姓名", "m0"): "甲某",
        ("成员.姓名", "m1"): "乙某",
    }


def test_an_application_comes_back_from_plain_values() -> None:
    made = Application(
        "A1-1", "A1", "项目", "m0", ("m0", "m1"), "已受理", "民政", DAY,
        (Due("审核", DAY, ("缺年历",)),), (AmountKept("补贴", "每月", "元", 100, None),), "abc", (Reason("收入", "符合", "1 < 2"),),
    )  # fmt: skip
    assert from_plain(Application, json.loads(json.dumps(to_plain(made)))) == made


class Colour(Enum):
    RED = "红"


@dataclass(frozen=True)
class Older:
    name: str
    ratio: Fraction | None = None
    seen: datetime | None = None
    colour: Colour = Colour.RED
    words: frozenset[str] = frozenset()
    by: dict[str, tuple[date, ...]] = field(default_factory=dict)


def test_a_record_written_before_a_field_existed_takes_its_default() -> None:
    assert from_plain(Older, {"name": "甲", "unknown": 1}) == Older("甲")
    with pytest.raises(TypeError, match="Older without name"):
        from_plain(Older, {})


def test_every_shape_of_field_comes_back() -> None:
    made = Older("甲", Fraction(1, 3), datetime(2026, 9, 1, 9, 31), Colour.RED, frozenset("ba"), {"x": (DAY,)})  # noqa: DTZ001
    assert from_plain(Older, json.loads(json.dumps(to_plain(made)))) == made


@pytest.mark.parametrize("wrong", [{"name": 5}, {"name": None}])
def test_a_value_of_another_type_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        from_plain(Older, wrong)


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        to_plain({"x": 0.5})
