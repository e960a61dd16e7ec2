"""Before a county sheet is filled: what would not be seen, not be in its drop-downs, not be editable; and what goes along."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation

from clerk.own_lists import with_more
from clerk.periods import read_span
from clerk.rosters import roster_rows
from printing.county_sheet.cautions import Caution, cautions_of
from printing.county_sheet.filling import fill
from printing.county_sheet.inspecting import Kept, inspect, inspect_at
from printing.county_sheet.offer import found_beyond, offered
from printing.workbook import sheet_of
from tests.printing.county_template import FIRST, LAST, MAIN, TOTAL, a_county_template
from tests.printing.test_county_sheet import MADE, a_table, looked_into, number_of, parts_of, plan, read_back, the_offer

COUNT = 12


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_county_template(tmp_path_factory.mktemp("cautions") / "县表.xlsx")


def a_sheet(path: Path, headings: list[str], change=lambda page, book: None) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(headings)
    page.append(["例"] * len(headings))
    for at in range(1, len(headings) + 1):
        page.column_dimensions[page.cell(1, at).column_letter].width = 30
    change(page, book)
    book.save(path)
    return path


def cautions(path: Path) -> list[Caution]:
    opened, county = looked_into(path)
    return cautions_of(opened, county, sheet_of(a_table(COUNT), *MADE))


def test_a_column_too_narrow_for_what_comes_is_said_with_both_widths(template: Path, tmp_path: Path) -> None:
    said = {one.place: one.words for one in cautions(template)}
    assert "K列「联系电话」太窄：要11个字符宽，只有8" in said[10]
    assert 4 not in said, "the county gave its numbers room"
    narrow = a_sheet(tmp_path / "窄.xlsx", ["姓名", "身份证号", "合计"], lambda page, _: widths(page, B=17))
    assert [one.place for one in cautions(narrow)] == [1]


def widths(page, **wanted: float) -> None:
    for letter, width in wanted.items():
        page.column_dimensions[letter].width = width


def test_what_shrinks_or_spans_two_columns_is_wide_enough_and_large_letters_need_more(tmp_path: Path) -> None:
    def shrunk(page, _) -> None:
        widths(page, B=10)
        page["B2"].alignment = Alignment(shrink_to_fit=True)

    assert not cautions(a_sheet(tmp_path / "缩.xlsx", ["姓名", "身份证号"], shrunk))

    def merged(page, _) -> None:
        widths(page, B=10, C=10)
        page.merge_cells("B1:C1")
        page.merge_cells("B2:C2")

    assert not cautions(a_sheet(tmp_path / "并.xlsx", ["姓名", "身份证号", "空"], merged))

    def large(page, _) -> None:
        widths(page, B=19)
        page["B2"].font = Font(size=14)

    assert [one.place for one in cautions(a_sheet(tmp_path / "大.xlsx", ["姓名", "身份证号"], large))] == [1]


def test_words_that_a_drop_down_does_not_offer_are_named(tmp_path: Path) -> None:
    def lists(page, book) -> None:
        codes = book.create_sheet("代码")
        codes["A1"], codes["A2"] = "红星村", "柳树村"
        codes.sheet_state = "hidden"
        for formula, area in (("'代码'!$A$1:$A$2", "C2:C9"), ('"男,女,不详"', "D2"), ("INDIRECT(A1)", "A2:A9")):
            rule = DataValidation(type="list", formula1=formula, sqref=area)
            page.add_data_validation(rule)

    found = cautions(a_sheet(tmp_path / "选.xlsx", ["姓名", "身份证号", "村(社区)", "性别"], lists))
    assert [one.words for one in found] == [
        "A列「姓名」的下拉选项是算出来的，没有核对",
        "C列「村(社区)」的下拉里没有：青山村（6行）",
    ]


def test_the_countys_own_drop_downs_across_sheets_are_read(template: Path) -> None:
    opened, county = looked_into(template)
    table = a_table(COUNT)
    at = [column.heading for column in table.columns].index("村（社区）")
    rows = tuple((*row[:at], "远山村", *row[at + 1 :]) for row in table.rows)
    found = cautions_of(opened, county, sheet_of(replace(table, rows=rows), *MADE))
    assert Caution(1, f"B列「基本情况村(社区)」的下拉里没有：远山村（{COUNT}行）") in found


def test_locked_cells_and_what_will_not_keep_are_said_once(template: Path, tmp_path: Path) -> None:
    assert not [one for one in cautions(template) if one.place is None], "its cells for data are open"

    def locked(page, _) -> None:
        page.protection.sheet = True

    path = a_sheet(tmp_path / "锁.xlsx", ["姓名", "身份证号"], locked)
    with zipfile.ZipFile(path, "a") as parcel:
        parcel.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
        parcel.writestr("xl/pivotTables/pivotTable1.xml", "<pivotTableDefinition/>")
    words = [one.words for one in cautions(path)]
    assert len(words) == 3
    assert "A、B列是锁定的" in words[0]
    assert "签名" in words[1]
    assert "透视表" in words[2]


def test_fixed_words_and_moved_numbers_stand_in_every_row_and_are_remembered(template: Path) -> None:
    opened, county = looked_into(template)
    mended = county.with_fixed(11, "=拟同意").numbered(6)
    assert (mended.number, mended.at(6), mended.columns["保障人口"]) == (6, None, None)
    assert any("L列「县局审核意见」" in words for words in county.said)
    assert not any("L列「县局审核意见」" in words for words in mended.said)
    kept = Kept.from_plain(mended.to_keep().to_plain())
    _, again = looked_into(template, (kept,))
    assert (again.fixed, again.number, again.known) == ({11: "=拟同意"}, 6, True)
    target = template.with_name("固定.xlsx")
    fill(opened, again, a_table(COUNT), MADE, target)
    page = read_back(target)[MAIN]
    assert [page.cell(FIRST + at, 12).value for at in range(COUNT)] == ["=拟同意"] * COUNT
    assert page.cell(FIRST, 12).data_type == "s"
    assert [page.cell(FIRST + at, 7).value for at in range(COUNT)] == list(range(1, COUNT + 1))
    assert again.emptied(11).fixed == {}
    fill(opened, again, a_table(2), MADE, target)
    assert read_back(target)[MAIN].cell(LAST, 12).value is None, "rows left empty say nothing"


def test_a_heading_the_roster_does_not_list_is_answered_from_the_form(tmp_path: Path) -> None:
    path = a_sheet(tmp_path / "多.xlsx", ["姓名", "身份证号", "政治面貌", "文化程度", "说不清的"])
    opened, county = looked_into(path)
    roster = plan().catalogue.rosters["R01"]
    more = found_beyond(county, roster, plan())
    assert more == {"政治面貌": "政治面貌", "文化程度": "文化程度"}
    wider = with_more(roster, more, plan())
    table = roster_rows(wider, read_span("2026-09"), [], plan(), "内部")
    again = inspect(opened, offered(table, wider, plan()), plan().catalogue)
    assert (again.columns["政治面貌"], again.columns["文化程度"]) == (2, 3)
    assert [title for _, title in again.unused] == ["说不清的"]
    kept = Kept.from_plain(again.to_keep(more).to_plain())
    assert kept.more == more
    assert inspect(opened, offered(table, wider, plan()), plan().catalogue, (kept,)).known


def test_a_number_goes_a_sign_a_cell_where_the_county_has_eighteen_cells_under_one_heading(tmp_path: Path) -> None:
    def boxes(page, _) -> None:
        page.merge_cells("C1:T1")
        for at in range(3, 21):
            page.column_dimensions[page.cell(2, at).column_letter].width = 2.5
            page.cell(2, at).border = Border(Side(style="thin"), Side(style="thin"))

    path = a_sheet(tmp_path / "格.xlsx", ["序号", "姓名", "公民身份号码", *[""] * 17, "联系电话"], boxes)
    opened, county = looked_into(path)
    assert county.columns["证件号"] == 2
    assert county.boxes(2) == 18
    assert not county.unused, "the other seventeen are no columns of their own"
    assert not cautions_of(opened, county, sheet_of(a_table(COUNT), *MADE)), "each is wide enough for a sign"
    fill(opened, county, a_table(COUNT), MADE, tmp_path / "满.xlsx")
    page = read_back(tmp_path / "满.xlsx").worksheets[0]
    for order in range(COUNT):
        cells = [page.cell(2 + order, at) for at in range(3, 21)]
        assert [cell.value for cell in cells] == list(number_of(order))
        assert {cell.number_format for cell in cells} == {"@"}
        assert {cell.border.left.style for cell in cells} == {"thin"}
        assert page.cell(2 + order, 21).value == f"199{order:08d}"


def test_a_head_the_clerk_pointed_to_is_found_there_the_next_time(tmp_path: Path) -> None:
    def older(page, book) -> None:
        for line in (["说明"], ["人员", "号码栏", "金额栏"], ["例", "1", "1"]):
            page.append(line)

    path = a_sheet(tmp_path / "两头.xlsx", ["姓名", "身份证号", "性别", "合计"], older)
    opened, found = looked_into(path)
    assert found.layout.top == 1
    assert found.to_keep().head is None
    pointed = inspect_at(opened, the_offer(), plan().catalogue, ("Sheet", 4, 4)).corrected("姓名", 0)
    kept = Kept.from_plain(pointed.corrected("证件号", 1).to_keep().to_plain())
    assert kept.head == ("Sheet", 4, 4)
    again = inspect(opened, the_offer(), plan().catalogue, (kept,))
    assert (again.known, again.layout.top, again.columns["证件号"]) == (True, 4, 1)
    other, _ = looked_into(a_sheet(tmp_path / "一头.xlsx", ["姓名", "身份证号", "性别"]))
    assert inspect(other, the_offer(), plan().catalogue, (kept,)).layout.top == 1, "another form is looked into anew"


def test_threaded_comments_go_along_with_what_they_speak_of(template: Path, tmp_path: Path) -> None:
    path = with_threads(template, tmp_path / "批注.xlsx")
    opened, county = looked_into(path)
    target = tmp_path / "满.xlsx"
    fill(opened, county, a_table(COUNT), MADE, target)
    new, old = parts_of(target), parts_of(path)
    moved = f"H{TOTAL + COUNT - (LAST - FIRST + 1)}"
    assert re.findall(r'ref="(\w+)"', new["xl/threadedComments/threadedComment1.xml"]) == ["E4", moved]
    assert moved in new["xl/comments/comment1.xml"]
    threads = "xl/threadedComments/threadedComment1.xml"
    assert new[threads].replace(moved, "H9") == old[threads]
    for part in ("xl/persons/person.xml", "xl/worksheets/_rels/sheet1.xml.rels"):
        assert new[part] == old[part]
    assert "persons/person.xml" in new["xl/_rels/workbook.xml.rels"]
    assert read_back(target)[MAIN].cell(FIRST, 5).value == number_of(0)


def with_threads(source: Path, target: Path) -> Path:
    """The same file as Excel writes it where people talk in comments: threads beside the plain ones, and who they are."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    person, first, second = (
        "{0A000000-0000-4000-8000-000000000001}",
        "{0A000000-0000-4000-8000-00000000000A}",
        "{0A000000-0000-4000-8000-00000000000B}",
    )
    threads = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="E4" dT="2026-09-01T08:00:00.00" personId="{person}" id="{first}"><text>必须18位</text></threadedComment>'
        f'<threadedComment ref="H9" dT="2026-09-01T08:01:00.00" personId="{person}" id="{second}"><text>与银行核对</text></threadedComment></ThreadedComments>'
    )
    people = f'<personList xmlns="{space}"><person displayName="县局" id="{person}" userId="1" providerId="None"/></personList>'
    parts = parts_of_bytes(source)
    parts["xl/threadedComments/threadedComment1.xml"], parts["xl/persons/person.xml"] = (
        threads.encode(),
        people.encode(),
    )
    for name, link in (
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            f'<Relationship Id="rId77" Type="{kinds}/threadedComment" Target="../threadedComments/threadedComment1.xml"/>',
        ),
        ("xl/_rels/workbook.xml.rels", f'<Relationship Id="rId78" Type="{kinds}/person" Target="persons/person.xml"/>'),
    ):
        parts[name] = parts[name].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, data in parts.items():
            parcel.writestr(name, data)
    return target


def parts_of_bytes(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}
