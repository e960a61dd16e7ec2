"""What is typed into another system: every box in its order, each value as that system writes it, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.keying import KeyingSheet, State, keying_sheets
from clerk.records import CaseRecord
from clerk.screening import chosen, screen
from clerk.settings import Office
from clerk.store import open_store
from forms.catalogue import Catalogue
from forms.keying import Code, KeyGroup, KeyingList, KeyLine
from forms.language.evaluate import Evaluator
from forms.language.plan import compile_catalogue
from forms.layers import DEMO
from forms.places import Place
from forms.policy import Source
from forms.schema import Expression
from tests.builders import DAY, the_demo_catalogue

PLAN = compile_catalogue(the_demo_catalogue(), DAY)
HERE = Place("test", 1, 1)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseRecord]:
    """The worked case with a disabled father, everything it may apply for filed."""
    household = read_household_file(DEMO / "cases" / "C01.yaml", PLAN.catalogue, DAY)
    offers = chosen(screen(Evaluator(PLAN, household), PLAN.catalogue), "all")
    store = open_store(tmp_path_factory.mktemp("desk"))
    with store.work() as work:
        yield submit(household, offers, work=work, plan=PLAN, office=Office("示例乡", "990101001", "测试员"))
    store.close()


def sheets(record: CaseRecord, catalogue: Catalogue | None = None) -> list[KeyingSheet]:
    plan = PLAN if catalogue is None else compile_catalogue(catalogue, DAY)
    return list(keying_sheets(CaseFile(record, plan, DAY)))


def asked(record: CaseRecord, *lines: KeyLine, each: str = "") -> list[tuple[str, State, str]]:
    """What a list of these boxes alone says for the first application."""
    programme = record.applications[0].programme
    made = KeyingList("甲", "甲", "甲系统", (programme,), (KeyGroup("组", lines, each),), Source(), HERE, "甲县")
    (sheet, *_) = sheets(record, replace(PLAN.catalogue, keyings={"甲": made}))
    return [(line.text, line.state, line.note) for line in sheet.lines]


def box(value: str, form: str = "", codes: tuple[Code, ...] = (), other: str = "") -> KeyLine:
    return KeyLine(value, Expression(value, HERE), form, codes, other, join=",")


def one_of(record: CaseRecord, name: str, whom: str) -> KeyingSheet:
    return next(sheet for sheet in sheets(record) if sheet.name == name and sheet.title.endswith(whom))


def test_every_application_gets_its_list_in_the_order_and_codes_of_that_system(record: CaseRecord) -> None:
    sheet = one_of(record, "残疾人两项补贴申请", "困难残疾人生活补贴　张某山")
    assert (sheet.system, sheet.checked) == ("残疾人两项补贴信息系统", False)
    assert "样例" in sheet.note
    ready = [(line.label, line.text) for line in sheet.lines if line.state is State.READY]
    assert ready == [
        ("残疾人证号", "99010119560308911741"),
        ("姓名", "张某山"),
        ("公民身份号码", "990101195603089117"),
        ("残疾类别", "4"),
        ("残疾等级", "1"),
        ("现居住地址", "红星村二组18号"),
        ("申请补贴种类", "困难残疾人生活补贴"),
        ("申请日期", "20260901"),
        ("月补贴标准（元）", "100.00"),
        ("开户名", "张某军"),
        ("开户行", "示例县农村信用社"),
        ("账号", "6225000000000000015"),
    ]


def test_what_is_not_there_is_said_in_words_and_never_guessed(record: CaseRecord) -> None:
    sheet = one_of(record, "残疾人两项补贴申请", "困难残疾人生活补贴　张某山")
    said = {line.label: (line.state, line.note, line.text) for line in sheet.lines if line.state is not State.READY}
    assert said["联系电话"] == (State.MISSING, "没填「手机」，先更正", "")
    assert said["补贴起始年月"] == (State.MISSING, "办到那一步才有", "")
    assert said["监护人"] == (State.EMPTY, "一条也没有，跳过", "")
    family = one_of(record, "最低生活保障申请", "单人纳入低保　张某山")
    named = {(line.group, line.label): line for line in family.lines}
    assert named["家庭成员 1　张某军", "残疾证号"].note == "不涉及，留空"
    assert named["申请基本信息", "出生日期"].text == "1956-03-08", "one and the same person's throughout"
    assert named["申请基本信息", "公民身份号码"].text == "990101195603089117"
    assert len({line.group for line in family.lines if line.group.startswith("家庭成员")}) == 5, "the whole family"


def test_a_list_that_is_not_finished_may_go_on(record: CaseRecord) -> None:
    open_ended = replace(record, household=replace(record.household, complete=frozenset()))
    sheet = next(one for one in sheets(open_ended) if one.name == "最低生活保障申请")
    (line,) = (line for line in sheet.lines if line.group == "家庭收入")
    assert (line.state, line.text) == (State.MISSING, "")
    assert "可能还有" in line.note


def test_each_way_of_writing_says_the_same_value(record: CaseRecord) -> None:
    forms = ("年-月-日", "年/月/日", "年月日", "年-月", "年月", "")
    days = [text for text, _, _ in asked(record, *(box("受理日期", form) for form in forms))]
    assert days == ["2026-09-01", "2026/09/01", "20260901", "2026-09", "202609", "2026-09-01"]
    assert [text for text, _, _ in asked(record, box("家庭可计收入", "元"), box("家庭可计收入", "分"))] == [
        "12400.00",
        "1240000",
    ]
    first, *others = record.household.tables["成员"]
    people = (replace(first, answers={**first.answers, "证件号": "99010119860512903X"}), *others)
    numbered = replace(record, household=replace(record.household, tables={**record.household.tables, "成员": people}))
    numbers = asked(numbered, box("申请人证件号"), box("申请人证件号", "末位小写"))
    assert [text for text, _, _ in numbers] == ["99010119860512903X", "99010119860512903x"]
    assert [text for text, _, _ in asked(record, box("性别"), box("性别", "代码"))] == ["男", "1"]


def test_a_word_without_a_code_over_there_is_not_sent(record: CaseRecord) -> None:
    male, female = Code("男", "M", HERE), Code("女", "F", HERE)
    assert asked(record, box("性别", codes=(male, female))) == [("M", State.READY, "")]
    assert asked(record, box("性别", codes=(female,))) == [("", State.NO_CODE, "「男」没有对应的代码，请在那边选")]
    assert asked(record, box("性别", codes=(female,), other="X")) == [("X", State.READY, "")]
    ill = Code("因病", "01", HERE)
    assert asked(record, box("困难原因", codes=(ill,)))[0][1] is State.NO_CODE, "one of several reasons has none"
    assert asked(record, box("困难原因", codes=(ill,), other="99")) == [("01,99", State.READY, "")]
    yes = (Code("是", "1", HERE), Code("否", "0", HERE))
    assert [text for text, _, _ in asked(record, box("持残疾证", codes=yes), each="成员")][:5] == [
        "0",
        "0",
        "0",
        "0",
        "1",
    ]


def test_what_the_form_keeps_from_other_eyes_is_secret(record: CaseRecord) -> None:
    secret = {line.label for sheet in sheets(record) for line in sheet.lines if line.secret}
    assert {"公民身份号码", "残疾人证号", "联系电话", "银行账号", "健康状况", "残疾等级", "人均月收入（元）"} <= secret
    plain = {line.label for sheet in sheets(record) for line in sheet.lines if line.text and not line.secret}
    assert {"性别", "民族", "申请日期", "家庭人口", "申请救助类别"} <= plain
    assert not secret & plain
