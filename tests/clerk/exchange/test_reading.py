"""Files of others read in a process of their own: the same values from every kind, one sentence for whatever is wrong."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from clerk.errors import UserCanFix
from clerk.exchange import limits
from clerk.exchange.reading import Guard, day_of
from tests.builders import an_id
from tests.clerk.exchange.making import BOMBS, FILES, a_workbook, people, sentences

ROWS = [["姓名", "证件号", "日期"], ["张三", an_id(), date(2026, 9, 1)], ["李·四𠮷", "11010119900307002X", ""]]


@pytest.fixture(scope="module")
def guard():
    with Guard() as made:
        yield made


def values(book):
    return [[day_of(cell) for cell in row] for row in book.sheets[0].rows]


def refused(guard, path):
    with pytest.raises(UserCanFix) as caught:
        guard.read(path)
    assert path.name in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value.message


@pytest.mark.parametrize("name", ["people.xls", "people.ods"])
def test_old_and_open_workbooks_hold_the_same_values(guard, tmp_path, name):
    book = guard.read(FILES / name)
    assert book.kind == name.rpartition(".")[2]
    assert values(book) == values(guard.read(a_workbook(tmp_path / "same.xlsx", ROWS)))


@pytest.mark.parametrize(
    ("coding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gb18030", "\t"), ("utf-8", ";"), ("utf-16", "\t")],
)
def test_text_tables_are_read_in_every_usual_writing(guard, tmp_path, coding, separator):
    lines = [["姓名", "证件号", "住址"], ["李·四𠮷", '="11010119900307002X"', '"红星村,1组"'], ["王五", "'0012", "2组"]]
    path = tmp_path / "表.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(coding))
    assert values(guard.read(path)) == [lines[0], ["李·四𠮷", "11010119900307002X", "红星村,1组"], lines[2]]


def test_columns_and_rows_before_the_data_keep_their_places(guard, tmp_path):
    book = guard.read(a_workbook(tmp_path / "a.xlsx", [[], [], ["", "", "姓名"], ["", "", "张三"]]))
    assert [row[2] for row in book.sheets[0].rows] == ["", "", "姓名", "张三"]


def test_hidden_sheets_and_rows_are_said(guard, tmp_path):
    made = openpyxl.Workbook()
    made.worksheets[0].append(["姓名"])
    made.worksheets[0].append(["张三"])
    made.worksheets[0].row_dimensions[2].hidden = True
    made.create_sheet("暗表").sheet_state = "veryHidden"
    made.save(tmp_path / "a.xlsx")
    book = guard.read(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden, len(sheet.rows)) for sheet in book.sheets] == [
        ("Sheet", False, 2),
        ("暗表", True, 0),
    ]
    assert book.notes == ("隐藏的工作表没有读入：暗表", "「Sheet」第2行是隐藏的，也读入了")


def test_formulas_without_a_result_are_known_by_their_cell(guard, tmp_path):
    book = guard.read(a_workbook(tmp_path / "a.xlsx", [["甲", "乙"], [1, "=A2+1"], ["=1", "x"]]))
    assert book.sheets[0].unsaid == {"B2", "A3"}


def test_merged_areas_are_told(guard, tmp_path):
    assert guard.read(a_workbook(tmp_path / "a.xlsx", [["甲", "", "乙"]], ["A1:B1"])).sheets[0].merged == (
        (0, 0, 0, 1),
    )


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_one_sentence_and_little_memory(tmp_path, name):
    path = BOMBS[name](tmp_path / "bomb.xlsx")
    with Guard(seconds=5, memory=400 << 20) as small:
        message = refused(small, path)
        assert "没有读入" in message
        assert small.read(people(tmp_path / "good.xlsx")).sheets[0].rows, "the next file is read all the same"


def test_what_is_too_large_is_not_even_opened(guard, tmp_path, monkeypatch):
    path = people(tmp_path / "a.xlsx")
    monkeypatch.setattr(limits, "FILE_BYTES", path.stat().st_size - 1)
    assert "过大" in refused(guard, path)


def test_a_crowd_of_parts_is_refused(guard, tmp_path):
    with zipfile.ZipFile(people(tmp_path / "a.xlsx"), "a") as parcel:
        for number in range(limits.ENTRIES):
            parcel.writestr(f"x{number}", b"")
    assert "部件" in refused(guard, tmp_path / "a.xlsx")


def test_a_sheet_that_takes_more_memory_than_allowed_stops_its_process_only(tmp_path):
    path = a_workbook(tmp_path / "wide.xlsx", [["甲"]])
    made = openpyxl.load_workbook(path)
    made.worksheets[0].cell(199_999, 700, "x")
    made.save(path)
    with Guard(memory=400 << 20) as small:
        assert "没有读入" in refused(small, path)
        assert small.read(people(tmp_path / "good.xlsx")).kind == "xlsx"


def test_a_reader_that_takes_too_long_is_stopped(tmp_path):
    with Guard(seconds=0) as hasty, pytest.raises(UserCanFix, match="还没有读完"):
        hasty.read(people(tmp_path / "a.xlsx"))


STRANGE = {
    "空.xlsx": (b"", "是空的"),
    "a.pdf": (b"%PDF-1.7\n", "PDF"),
    "a.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    "a.csv": (b"\x00\x01\x02\x03", "不是表格"),
    "a.xlsx": (b"PK\x03\x04 and then nothing", "已损坏"),
    "b.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "c.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_readable_table_is_said_in_one_sentence(guard, tmp_path, name):
    data, word = STRANGE[name]
    (tmp_path / name).write_bytes(data)
    assert word in refused(guard, tmp_path / name)


def test_a_file_that_is_not_there_is_said(guard, tmp_path):
    assert "打不开" in refused(guard, tmp_path / "nowhere.xlsx")


def test_a_text_document_is_not_taken_for_a_table(guard, tmp_path):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as parcel:
        parcel.writestr("word/document.xml", "<x/>")
    (tmp_path / "a.docx").write_bytes(made.getvalue())
    assert "Word" in refused(guard, tmp_path / "a.docx")


def test_damaged_workbooks_give_a_table_or_one_sentence(guard, tmp_path):
    said = sentences(guard, people(tmp_path / "a.xlsx", 3), range(150))
    assert len(said) > 50, "most damage must have been noticed"
    assert all("\n" not in message and message.startswith("「b.xlsx」") for message in said)
