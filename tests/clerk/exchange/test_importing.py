"""A list of people tried out, taken in and taken back: nothing guessed, nothing half done, nothing of others overwritten."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest

from clerk.errors import UserCanFix
from clerk.exchange import importing
from clerk.exchange.reading import Guard
from clerk.fanout import keys_of
from clerk.store import ChangedMeanwhile
from tests.builders import an_id, the_demo_catalogue
from tests.clerk.exchange.making import (
    HEAD,
    LEDGER,
    OFFICE,
    PLAN,
    VILLAGE,
    a_couple,
    a_workbook,
    all_of,
    named,
    people,
    read,
    taken_back,
    taken_in,
    tried,
)

CATALOGUE = the_demo_catalogue()


@pytest.fixture(scope="module")
def guard():
    with Guard() as made:
        yield made


def said(trial):
    return [(one.row, one.column, one.message) for one in trial.problems]


def home_of(store, name):
    with store.reading() as view:
        (hit,) = view.find(name)
        kept, household = view.household(hit.household_id, CATALOGUE)
    return hit, kept, household


def test_a_list_makes_households_that_are_found_by_name_and_number(store, guard, tmp_path):
    batch = taken_in(store, guard.read(people(tmp_path / "a.xlsx", 3)), LEDGER)
    assert batch.counts == {"新增人": 6, "新增户": 3}
    hit, kept, household = home_of(store, an_id("19650202", 22))
    assert (hit.name, kept.version, len(household.rows("成员"))) == ("李丙", 1, 2)
    head, wife = household.rows("成员")
    assert household.answer("成员", "与户主关系", head) == "02"
    assert household.answer("成员", "与申请人关系", head) == "01"
    assert household.answer("成员", "与户主关系", wife) == "12"
    assert household.answer("成员", "出生日期", wife) == date(1965, 2, 2)
    assert household.answer("家庭", "现住地", "") == "990101100201"
    (status,) = household.rows("已享", wife)
    assert household.answer("已享", "项目", status) == "低保"


def test_an_import_keeps_the_same_as_keeping_one_by_one(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    _, _, household = home_of(store, "张乙")
    with store.work() as work:
        kept = work.keep_household(household, keys_of(household, PLAN))
    with store.reading() as view:
        run = view.connection.exec_driver_sql
        for table, columns in {
            "household": "revision, row_version, packed",
            "household_revision": "revision, document, frozen",
            "person": "row, current, name, id_no, id_rev, phone, phone_rev, py, pi, birth, sex, village",
            "answer_index": "field, row, place, number, text",
        }.items():
            own = "id" if table == "household" else "household"
            same = run(f"SELECT {columns} FROM {table} WHERE {own} = ?", (kept.household_id,)).fetchall()
            other = run(f"SELECT {columns} FROM {table} WHERE {own} <> ?", (kept.household_id,)).fetchall()
            assert sorted(map(repr, same)) == sorted(map(repr, other)) != []
        keys = run("SELECT kind, key, count(*) FROM search_key GROUP BY kind, key").fetchall()
    assert keys
    assert {count % 2 for *_, count in keys} == {0}


def test_every_fault_is_listed_by_row_and_column_and_nothing_is_kept(store, guard, tmp_path):
    good, bad = a_couple()
    rows = [
        HEAD,
        good,
        ("H1", "张乙", "", bad[3], "妻子", "红星村", "", ""),
        ("H2", "王某", "王某", 990101196001010017.0, "本人", "红星村", "", ""),
        ("H3", "赵某", "赵某", "99010119600231001X", "姥爷", "哪里村", "", "12"),
        ("H4", "钱某", "钱某", "9.90101E+17", "本人", "红星村", "", ""),
    ]
    before, book = all_of(store), read(guard, tmp_path / "a.xlsx", rows)
    trial = tried(store, book, LEDGER)
    assert [(row, column) for row, column, _ in said(trial)] == [
        (3, "姓名"),
        (4, "身份证号"),
        (5, "与户主关系"),
        (5, "村"),
        (5, "联系电话"),
        (5, "身份证号"),
        (6, "身份证号"),
    ]
    assert "存成了数字" in said(trial)[1][2]
    assert "末几位已丢失" in said(trial)[-1][2]
    with pytest.raises(UserCanFix, match="还有7处"):
        taken_in(store, book, LEDGER)
    assert all_of(store) == before


def test_an_unlikely_answer_passes_with_a_reason_that_is_kept(store, guard, tmp_path):
    wrong = an_id()[:-1] + ("1" if an_id()[-1] != "1" else "2")
    book = read(guard, tmp_path / "a.xlsx", [HEAD, ("H1", "张某", "张某", wrong, "本人", "红星村", "", "")])
    assert "校验位" in said(tried(store, book, LEDGER))[0][2]
    batch = taken_in(store, book, LEDGER, reason="已核对户口簿")
    with store.reading() as view:
        (event,) = view.events(batch.id)
    assert event.detail["理由"] == "已核对户口簿"


def test_totals_signatures_and_empty_rows_are_left_out_and_said(store, guard, tmp_path):
    rows = [HEAD, *a_couple(), [], ["合计", "", "2人"], ["领导签批人：", "", "填表人："]]
    trial = tried(store, read(guard, tmp_path / "a.xlsx", rows), LEDGER)
    assert trial.ready
    assert trial.counts == {"新增人": 2, "新增户": 1}
    assert trial.notes == ["第5、6行像合计或签字，没有读入"]


def test_a_formula_without_result_is_a_fault_of_its_row(store, guard, tmp_path):
    rows = [HEAD, ("H1", "张某", "张某", '="99010119800101"&"0111"', "本人", "红星村", "", "")]
    assert "公式" in said(tried(store, read(guard, tmp_path / "a.xlsx", rows), LEDGER))[0][2]


def test_the_same_person_twice_is_said(store, guard, tmp_path):
    head, wife = a_couple()
    trial = tried(store, read(guard, tmp_path / "a.xlsx", [HEAD, head, wife, head]), LEDGER)
    assert said(trial) == [(4, "", "与第2行是同一个人，请删去一行")]


def test_placeholders_match_nobody_and_are_said(store, guard, tmp_path):
    rows = [
        HEAD,
        *[
            (f"H{n}", f"张{named(n)}", f"张{named(n)}", text, "本人", "红星村", "", "")
            for n, text in enumerate(["0", "无", 0, "0" * 18])
        ],
    ]
    trial = tried(store, read(guard, tmp_path / "a.xlsx", rows), LEDGER)
    assert (trial.ready, trial.counts["新增户"]) == (True, 4)
    assert "第2、3、4、5行" in trial.notes[0]


def test_a_second_import_changes_nothing_and_says_the_file_was_taken_in_before(store, guard, tmp_path):
    book = guard.read(people(tmp_path / "a.xlsx", 2))
    taken_in(store, book, LEDGER)
    trial = tried(store, book, LEDGER)
    assert trial.counts == {"未变人": 4}
    assert "已经导入过" in trial.confirm


def test_changes_come_to_known_people_by_number_and_go_again_by_undo(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    before = home_of(store, "张乙")[2]
    head, wife = a_couple()
    batch = taken_in(store, read(guard, tmp_path / "b.xlsx", [HEAD, (*head[:7], "13900000000"), wife]), LEDGER)
    assert batch.counts == {"更改人": 1, "未变人": 1, "更改户": 1}
    after = home_of(store, "张乙")[2]
    assert after.answer("成员", "手机", after.rows("成员")[0]) == "13900000000"
    taken_back(store, batch)
    assert home_of(store, "张乙")[2] == before


def test_a_list_that_only_fills_gaps_overwrites_nothing(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    head, wife = a_couple()
    rows = [HEAD, (*head[:6], "9组", "13900000000"), (*wife[:6], "9组", "13700000000")]
    taken_in(store, read(guard, tmp_path / "b.xlsx", rows), VILLAGE)
    household = home_of(store, "张乙")[2]
    assert household.answer("家庭", "现住址", "") == "1组"
    assert [household.answer("成员", "手机", row) for row in household.rows("成员")] == ["13800000000", "13700000000"]


def test_undo_removes_what_was_new_and_is_done_once(store, guard, tmp_path):
    before = all_of(store)
    batch = taken_in(store, guard.read(people(tmp_path / "a.xlsx", 2)), LEDGER)
    taken_back(store, batch)
    after = all_of(store)
    kept = {"event", "event_head", "import_batch", "import_change", "setting"}
    assert {name: rows for name, rows in after.items() if name not in kept} == {
        name: rows for name, rows in before.items() if name not in kept
    }
    assert store.verify_events().whole
    with pytest.raises(UserCanFix, match="已经撤销过"):
        taken_back(store, batch)


def test_undo_stops_at_what_somebody_changed_since_and_changes_nothing(store, guard, tmp_path):
    batch = taken_in(store, guard.read(people(tmp_path / "a.xlsx", 2)), LEDGER)
    _, kept, household = home_of(store, "李丙")
    with store.work() as work:
        later = replace(household, answers={**household.answers, "现住址": "新址"})
        work.revise(kept, later, keys_of(later, PLAN))
    before = all_of(store)
    with pytest.raises(UserCanFix, match="「张丙」一户导入后又有人改过"):
        taken_back(store, batch)
    assert all_of(store) == before


def test_a_change_between_trial_and_keeping_stops_all_of_it(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    head, wife = a_couple()
    book = read(guard, tmp_path / "b.xlsx", [HEAD, (*head[:7], "13900000000"), wife, *a_couple(7)])
    trial = tried(store, book, LEDGER)
    _, kept, household = home_of(store, "李乙")
    with store.work() as work:
        work.revise(kept, household, keys_of(household, PLAN))
    before = all_of(store)
    with pytest.raises(ChangedMeanwhile), store.work() as work:
        importing.carry_out(trial, work, OFFICE, PLAN, confirmed=True)
    assert all_of(store) == before


def test_changing_more_than_twenty_rows_asks_first(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx", 300)), LEDGER)
    for changed, asked in ((20, False), (21, True)):
        rows = [(*row[:7], f"1370000{changed}{n:02d}") for n in range(1, changed + 1) for row in a_couple(n)[:1]]
        trial = tried(store, read(guard, tmp_path / "b.xlsx", [HEAD, *rows]), LEDGER)
        assert trial.ready
        assert ("要改动已有资料" in trial.confirm) is asked
    with pytest.raises(UserCanFix, match="21行（库里共600人）"), store.work() as work:
        importing.carry_out(trial, work, OFFICE, PLAN)


def test_changing_a_twentieth_of_a_small_store_asks_first(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx", 10)), LEDGER)
    head, _ = a_couple()
    trial = tried(store, read(guard, tmp_path / "b.xlsx", [HEAD, (*head[:7], "13700000000")]), LEDGER)
    assert "1行（库里共20人）" in trial.confirm


@pytest.mark.parametrize("rows", [[HEAD], [HEAD, [], ["合计", "", "0人"]]])
def test_an_empty_sheet_never_means_delete_all(store, guard, tmp_path, rows):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    before = all_of(store)
    with pytest.raises(UserCanFix, match="空表不会删除任何资料"):
        tried(store, read(guard, tmp_path / "b.xlsx", rows), LEDGER)
    assert all_of(store) == before


def test_the_same_number_under_another_name_is_for_a_person_to_decide(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    head, _ = a_couple()
    book = read(guard, tmp_path / "b.xlsx", [HEAD, ("", "", "张义", *head[3:])])
    trial = tried(store, book, LEDGER)
    ((row, options),) = [(one.row, one.options) for one in trial.questions]
    assert (row, len(options), options[0].words.startswith("张乙，990101********")) == (2, 3, True)
    with pytest.raises(UserCanFix, match="还有1处"):
        taken_in(store, book, LEDGER)
    assert tried(store, book, LEDGER, {2: "略"}).counts == {"略过": 1}
    assert tried(store, book, LEDGER, {2: "新"}).counts == {"新增人": 1, "新增户": 1}
    assert tried(store, book, LEDGER, {2: options[0].key}).counts == {"更改人": 1, "更改户": 1}


def test_without_a_number_name_birth_and_village_tell_and_less_is_asked(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx")), LEDGER)
    head = ("姓名", "出生日期", "村")
    sure = [head, ("张乙", "1960-01-01", "红星村")]
    assert tried(store, read(guard, tmp_path / "b.xlsx", sure), VILLAGE).counts == {"未变人": 1}
    near = [head, ("张乙", "", "红星村"), ("李乙", "1965.2.2", "柳树村")]
    assert [one.row for one in tried(store, read(guard, tmp_path / "c.xlsx", near), VILLAGE).questions] == [2, 3]
    other = [head, ("张乙", "1971-01-01", "红星村"), ("李乙", "", "柳树村")]
    assert tried(store, read(guard, tmp_path / "d.xlsx", other), VILLAGE).counts["新增人"] == 2


def test_a_row_may_name_the_whole_household_in_one_cell(store, guard, tmp_path):
    head, wife = a_couple()
    rows = [
        ("户主姓名", "户主证件号", "姓名", "身份证号", "其他成员姓名", "其他成员证件号", "村"),
        ("张乙", head[3], "张乙", head[3], "李乙；张小", f"{wife[3]}；无", "红星村"),
        ("王某", an_id(order=91), "王某", an_id(order=91), "王小；王大", an_id(order=93), "红星村"),
    ]
    trial = tried(store, read(guard, tmp_path / "a.xlsx", rows), LEDGER)
    assert [(row, "对不上" in message) for row, _, message in said(trial)] == [(3, True)]
    taken_in(store, read(guard, tmp_path / "b.xlsx", rows[:2]), LEDGER)
    household = home_of(store, "张小")[2]
    assert [household.answer("成员", "姓名", row) for row in household.rows("成员")] == ["张乙", "李乙", "张小"]


def test_people_of_two_kept_households_are_not_thrown_together(store, guard, tmp_path):
    taken_in(store, guard.read(people(tmp_path / "a.xlsx", 2)), LEDGER)
    (first, _), (_, other) = a_couple(1), a_couple(2)
    trial = tried(store, read(guard, tmp_path / "b.xlsx", [HEAD, first, ("H1", *other[1:])]), LEDGER)
    assert [(row, "另一户" in message) for row, _, message in said(trial)] == [(3, True)]


PAYLOADS = [
    "=1+2",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'); DROP TABLE person;--",
    "%",
    "_",
    "{姓名}",
    "<b>x</b>",
    "𠮷·‮x",
    "CON",
]


def test_payloads_come_in_as_the_words_they_are(store, guard, tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [(f"H{n}", "", f"甲{word}", "", "", "红星村", word, "") for n, word in enumerate(PAYLOADS)]
    made = a_workbook(path, [HEAD])
    import openpyxl

    book = openpyxl.load_workbook(made)
    for row, cells in enumerate(rows, start=2):
        for column, text in enumerate(cells, start=1):
            book.worksheets[0].cell(row, column).value = text
            book.worksheets[0].cell(row, column).data_type = "s"
    book.save(path)
    assert taken_in(store, guard.read(path), LEDGER).counts["新增户"] == len(PAYLOADS)
    with store.reading() as view:
        names = {row[0] for row in view.connection.exec_driver_sql("SELECT name FROM person")}
    assert {"甲=1+2", "甲@SUM(A1)", "甲');DROP TABLE person;--", "甲%", "甲{姓名}", "甲<b>x</b>"} <= names


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_survive_an_edit_in_another_program(store, guard, tmp_path):
    source = people(tmp_path / "a.xlsx", 30)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "ods",
            "--outdir",
            tmp_path,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=100,
    )
    taken_in(store, guard.read(tmp_path / "a.ods"), LEDGER)
    with store.reading() as view:
        kept = {row[0] for row in view.connection.exec_driver_sql("SELECT id_no FROM person")}
    sent = {row[3] for number in range(1, 31) for row in a_couple(number)}
    assert kept == sent
    assert any(number.endswith("X") for number in kept)
