"""Headings of others found and matched: merged heads, titles above, numbers below, other words, values where words fail."""

from __future__ import annotations

import pytest

from clerk.errors import UserCanFix
from clerk.exchange import matching
from clerk.exchange.headings import folded
from clerk.exchange.reading import Book, Guard, Sheet
from clerk.exchange.values import names_nobody
from tests.builders import an_id, the_demo_catalogue
from tests.clerk.exchange.making import HEAD, LEDGER, VILLAGE, a_couple, a_workbook

CATALOGUE = the_demo_catalogue()


def a_book(*rows, merged=()):
    return Book("表.xlsx", "xlsx", "0", (Sheet("Sheet", rows, merged=tuple(merged)),))


def found(book, sheet=VILLAGE, kept=None):
    return matching.match(book, CATALOGUE.incoming[sheet], CATALOGUE, kept)


def places(matched):
    return {one.id: (one.place, one.by) for one in matched.columns}


def test_a_merged_head_of_two_rows_is_found_below_titles_and_above_running_numbers(tmp_path):
    rows = [
        ["2026年低保在册台账"],
        ["填报单位：示例镇", "", "单位：元"],
        ["户编号", "户主", "", "家庭成员", "", "与户主关系", "家庭住址", ""],
        ["", "姓名", "身份证号", "姓名", "身份证号", "", "村（社区）", "详细地址"],
        [1, 2, 3, 4, 5, 6, 7, 8],
        ["H1", "张某", an_id(), "李某", an_id(order=12), "妻子", "红星村", "1组"],
    ]
    with Guard() as guard:
        book = guard.read(a_workbook(tmp_path / "a.xlsx", rows, ["A1:H1", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "G3:H3"]))
    matched = found(book, LEDGER)
    assert (matched.head.top, matched.first) == (2, 5)
    assert {name: place for name, (place, _) in places(matched).items()} == {
        **{"户编号": 0, "户主姓名": 1, "户主证件号": 2, "姓名": 3, "证件号": 4},
        **{"与户主关系": 5, "现住地": 6, "现住址": 7},
    }
    assert not matched.doubtful
    assert not matched.unused


def test_headings_are_compared_without_blanks_brackets_stars_and_width():
    assert folded("＊身 份 证 号（必填）：") == folded("身份证号")


def test_other_words_for_the_same_are_known():
    matched = found(a_book(["村民姓名", "公民身份号码", "行政村", "联系方式"], ["张某", an_id(), "红星村", ""]))
    assert {name: by for name, (_, by) in places(matched).items()} == dict.fromkeys(
        ["姓名", "证件号", "现住地", "手机"], "标题"
    )


def test_a_column_nobody_can_name_is_told_by_its_values_and_is_to_be_confirmed():
    rows = [[f"张某{n}", "红星村", an_id(order=n), f"1380000000{n}"] for n in range(11, 16)]
    matched = found(a_book(["姓名", "村", "号", "打给谁"], *[[*row[:3], row[3][:11]] for row in rows]))
    assert places(matched)["证件号"] == (2, "样值")
    assert {one.id for one in matched.doubtful} == {"证件号", "手机"}


def test_the_head_s_number_is_never_taken_for_the_person_s_own_by_likeness():
    matched = found(a_book(["姓名", "村", "监护人身份证号"], ["张某", "红星村", "无"]))
    assert "证件号" not in places(matched)
    assert matched.unused == ((2, "监护人身份证号"),)


def test_a_heading_that_is_nearly_the_same_is_proposed():
    matched = found(a_book(["姓名", "村", "家庭住址栏"], ["张某", "红星村", "1组"]))
    assert places(matched)["现住址"] == (2, "相近")


def test_a_correction_holds_and_is_remembered_for_the_next_sheet_with_these_headings():
    book = a_book(["姓名", "村", "打给谁"], ["张某", "红星村", "13800000000"])
    matched = found(book).corrected("手机", None).corrected("现住址", 2)
    assert places(matched)["现住址"] == (2, "更正")
    again = found(book, kept={matched.fingerprint: matched.to_keep()})
    assert places(again) == {"姓名": (0, "旧对照"), "现住地": (1, "旧对照"), "现住址": (2, "旧对照")}
    other = found(a_book(["姓名", "村", "手机"], ["张某", "红星村", ""]), kept={matched.fingerprint: matched.to_keep()})
    assert places(other)["手机"] == (2, "标题")


def test_a_column_that_is_not_there_cannot_be_pointed_to():
    with pytest.raises(UserCanFix, match="没有第9列"):
        found(a_book(["姓名", "村"], ["张某", "红星村"])).corrected("手机", 8)


def test_the_clerk_may_say_where_the_head_stands():
    book = a_book(["姓名", "村"], ["张某", "红星村"], ["姓名", "村"], ["李某", "红星村"])
    matched = matching.match_at(book, CATALOGUE.incoming[VILLAGE], CATALOGUE, "Sheet", 2)
    assert matched.first == 3
    with pytest.raises(UserCanFix, match="第9行"):
        matching.match_at(book, CATALOGUE.incoming[VILLAGE], CATALOGUE, "Sheet", 8)


def test_a_sheet_without_such_headings_is_refused_and_says_what_was_looked_for():
    with pytest.raises(UserCanFix, match=r"没有找到表头.*姓名"):
        found(a_book(["甲", "乙"], [1, 2]))


def test_the_sheet_that_fits_best_is_taken_and_hidden_ones_never():
    good = Sheet("名单", [HEAD, *a_couple()])
    hidden = Sheet("旧", [HEAD, *a_couple(), *a_couple(2)], hidden=True)
    book = Book("表.xlsx", "xlsx", "0", (Sheet("封面", [["姓名", "村"]]), hidden, good))
    assert found(book).sheet.name == "名单"


@pytest.mark.parametrize("text", ["0", "无", "不详", "000000000000000000", "暂缺", "/", "１１１１１１", "N/A", " - "])
def test_placeholders_name_nobody(text):
    assert names_nobody(text)


def test_a_number_names_somebody():
    assert not names_nobody(an_id())
