"""Files by strangers: what is no drawing is refused with one sentence before anything opens it."""

import io
import zipfile
from random import Random

import pytest
from openpyxl import Workbook

from clerk.errors import UserCanFix
from printing.drawn.guard import look_at
from printing.drawn.sheet import read_sheet
from tests.printing.drawn.sheets import a_sheet, told, with_part

SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(UserCanFix) as caught:
        read_sheet(data, name)
    assert "\n" not in caught.value.message
    return caught.value.message


def a_zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def test_old_formats_word_files_and_other_files_are_told_to_be_saved_as_xlsx() -> None:
    assert "另存为 .xlsx" in refusal(b"\xd0\xcf\x11\xe0" + bytes(600), "表.xls")
    assert "是Word 文件" in refusal(a_zip(**{"word__document.xml": b"<w/>"}), "表.docx")
    assert "不是 Excel 表格" in refusal(b"%PDF-1.7", "表.xlsx")
    assert "不是 Excel 表格" in refusal(b"", "表.xlsx")
    assert "打不开" in refusal(a_sheet()[:-200])


def test_bombs_are_refused_before_they_are_opened() -> None:
    sheet = a_sheet()
    assert "压缩炸弹" in refusal(with_part(sheet, "xl/media/a.png", bytes(30_000_000)))
    assert "太多" in refusal(with_part(sheet, "xl/media/a.png", bytes(45_000_000)))
    merged = b'<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    assert "大得不像一张表格" in refusal(with_part(sheet, SHEET, merged))
    laugh = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    assert "不合规范" in refusal(with_part(sheet, SHEET, laugh))
    assert "越出文件夹" in refusal(with_part(sheet, "xl/../../evil.xml", b"<a/>"))
    assert "太多" in refusal(a_zip(**{"xl__workbook.xml": b"<a/>"} | {f"a{at}.xml": b"<a/>" for at in range(400)}))
    assert "一页里内容太多" in refusal(with_part(sheet, SHEET, Random(1).randbytes(3_300_000).hex().encode()))


def test_damaged_xml_and_an_empty_sheet_are_refused_in_one_sentence() -> None:
    assert "读不通" in refusal(with_part(a_sheet(), SHEET, b"<worksheet><sheetData>"))
    file = io.BytesIO()
    Workbook().save(file)
    assert "是空的" in refusal(file.getvalue())


def test_macros_pictures_and_charts_are_left_out_by_name() -> None:
    data = a_sheet()
    for name in ("xl/vbaProject.bin", "xl/media/image1.png", "xl/charts/chart1.xml", "xl/externalLinks/e.xml"):
        data = with_part(data, name, b"<a/>")
    assert look_at(data, "表.xlsm") == ("宏", "图片", "图表", "外部链接")
    assert "图片不导入，只导入表格里的文字和格线" in told(data)


def test_a_second_worksheet_is_said_to_be_left_out() -> None:
    def second(sheet: object) -> None:
        sheet.parent.create_sheet("旧表")["A1"] = "x"  # type: ignore[attr-defined]

    assert "工作表「旧表」没有导入：一个文件只画一份文书" in told(a_sheet(change=second))
