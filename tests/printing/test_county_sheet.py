"""A sheet the county sent, filled in place: our rows in it, everything that is not ours as it was."""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from clerk.errors import UserCanFix
from clerk.periods import read_span
from clerk.roster_shapes import RosterTable
from clerk.rosters import roster_rows
from clerk.settings import Office
from forms.incoming import Incoming
from forms.language.plan import Plan, compile_catalogue
from printing.county_sheet.filling import fill, filled
from printing.county_sheet.inspecting import CountySheet, Kept, Opened, inspect, inspect_at, open_county
from printing.county_sheet.moving import Move
from printing.county_sheet.offer import offered
from tests.builders import DAY, an_id, the_demo_catalogue
from tests.printing.county_template import FIRST, LAST, MAIN, TOTAL, a_county_template

OFFICE = Office("示例县城关街道办事处", "990101001", "测试员")
MADE = (OFFICE, date(2026, 9, 7))
PEOPLE = 200
MORE = PEOPLE - (LAST - FIRST + 1)


def read_back(path: Path, **how: bool) -> openpyxl.Workbook:
    """openpyxl warns of what it cannot keep; it is only read here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), **how)


@cache
def plan() -> Plan:
    return compile_catalogue(the_demo_catalogue(), DAY)


def number_of(order: int) -> str:
    return an_id(f"{1950 + order // 900}0101", order % 900 + 11)


@cache
def a_table(count: int = PEOPLE) -> RosterTable:
    """The first shipped roster with invented rows."""
    empty = roster_rows(plan().catalogue.rosters["R01"], read_span("2026-09"), [], plan(), "内部")
    headings = [column.heading for column in empty.columns]
    rows = []
    for order in range(count):
        known = {
            "村（社区）": ("红星村", "青山村")[order % 2],
            "户主姓名": "𠮷某某" if order == 0 else f"=张{order}",
            "姓名": f"+李{order}",
            "证件号": number_of(order),
            "性别": "男女"[order % 2],
            "保障人口": order % 4 + 1,
            "合计": 50_000 + order,
            "起（止）月": date(2026, order % 12 + 1, 1),
            "联系电话": f"199{order:08d}",
        }
        assert set(known) <= set(headings)
        rows.append(tuple(known.get(heading) for heading in headings))
    totals = tuple(sum(row[at] for row in rows) if heading == "合计" else None for at, heading in enumerate(headings))
    return replace(empty, rows=tuple(rows), totals=totals)


def the_offer() -> Incoming:
    return offered(a_table(), plan().catalogue.rosters["R01"], plan())


def looked_into(path: Path, kept: tuple[Kept, ...] = ()) -> tuple[Opened, CountySheet]:
    opened = open_county(path)
    return opened, inspect(opened, the_offer(), plan().catalogue, kept)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_county_template(tmp_path_factory.mktemp("county") / "县里发的表.xlsx")


@pytest.fixture(scope="module")
def done(template: Path) -> Path:
    opened, county = looked_into(template)
    target = template.with_name("报县局.xlsx")
    fill(opened, county, a_table(), MADE, target)
    return target


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as parcel:
        return {name: parcel.read(name).decode("utf-8", "replace") for name in parcel.namelist()}


def test_headings_in_two_merged_rows_are_matched_by_all_their_names(template: Path) -> None:
    _, county = looked_into(template)
    places = {name: at for name, at in county.columns.items() if at is not None}
    wanted = {
        "村（社区）": 1,
        "户主姓名": 2,
        "姓名": 3,
        "证件号": 4,
        "性别": 5,
        "保障人口": 6,
        "合计": 7,
        "起（止）月": 9,
        "联系电话": 10,
    }
    assert places == wanted
    layout = county.layout
    assert (layout.first, layout.prepared, layout.total, county.number) == (FIRST, LAST - FIRST + 1, TOTAL, 0)
    assert [title for _, title in county.unused] == ["县局审核意见"], "the county computes the year itself"
    assert any("1行示例" in note for note in county.notes)


def test_every_value_stands_in_its_place_for_openpyxl(done: Path) -> None:
    page = read_back(done)[MAIN]
    headings = [column.heading for column in a_table().columns]
    for order, row in enumerate(a_table().rows):
        known, line = dict(zip(headings, row, strict=True)), FIRST + order
        found = [page.cell(line, column).value for column in range(1, 13)]
        months = known["起（止）月"]
        assert found == [
            order + 1, known["村（社区）"], known["户主姓名"], known["姓名"], known["证件号"], known["性别"], known["保障人口"],
            known["合计"] / 100, f"=H{line}*12", datetime.combine(months, time()), known["联系电话"], None,
        ]  # fmt: skip
        assert [page.cell(line, at).data_type for at in (3, 4, 5, 11)] == ["s"] * 4, (
            "no name is a formula, no number a number"
        )
        assert page.cell(line, 5).number_format == page.cell(line, 11).number_format == "@"
    assert page.cell(FIRST + PEOPLE, 1).value == "合　计"


def test_formats_of_the_prepared_rows_go_on_to_the_last(done: Path, template: Path) -> None:
    page, old = read_back(done)[MAIN], read_back(template)[MAIN]
    for order in range(PEOPLE):
        like = LAST if order == PEOPLE - 1 else FIRST + min(order, 1)
        for column in range(1, 13):
            new, was = page.cell(FIRST + order, column), old.cell(like, column)
            assert [repr(one) for one in (new.font, new.border, new.fill, new.protection)] == [
                repr(one) for one in (was.font, was.border, was.fill, was.protection)
            ]
            if column != 5:
                assert new.number_format == was.number_format
        assert page.row_dimensions[FIRST + order].height == 21.5


def test_what_stood_below_moves_with_everything_that_refers_to_it(done: Path) -> None:
    book = read_back(done)
    page, total, last = book[MAIN], TOTAL + MORE, LAST + MORE
    assert page[f"H{total}"].value == f"=SUM(H6:H{last})"
    assert page[f"A{total + 1}"].value.startswith("单位负责人")
    assert {str(area) for area in page.merged_cells.ranges} >= {
        f"A{total}:F{total}",
        f"A{total + 1}:L{total + 1}",
        "B3:F3",
        "A1:L1",
    }
    assert page.auto_filter.ref == f"A5:L{last}"
    assert page.print_area == f"'{MAIN}'!$A$1:$L${11 + MORE}"
    assert page.print_title_rows == "$3:$5"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == [f"F6:F{last}"]
    [(rule, rules)] = page.conditional_formatting._cf_rules.items()
    assert (str(rule.sqref), rules[0].formula) == (f"H6:H{last}", [f"$H${total}"])
    assert book.defined_names["月合计"].attr_text == f"{MAIN}!$H${total}"
    assert book["汇总"]["B1"].value == f"={MAIN}!H{total}"
    assert page["E4"].comment.text == "必须18位"
    assert page[f"H{total}"].comment.text == "自动合计"
    assert page.row_breaks.brk[0].id == total
    assert [image.anchor._from.row for image in page._images] == [0, 9 + MORE]
    assert (page.page_setup.paperSize, page.page_setup.orientation, page.freeze_panes) == (8, "landscape", "E6")
    assert page.protection.sheet
    assert page.protection.password == "CC3D"


def test_parts_that_are_not_ours_are_the_same_to_the_byte(done: Path, template: Path) -> None:
    new, old = parts_of(done), parts_of(template)
    assert set(old) - set(new) == {"xl/calcChain.xml"}
    changed = {name for name in new if new[name] != old[name]}
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels", "xl/drawings/drawing1.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    assert "calcChain" not in new["[Content_Types].xml"] + new["xl/_rels/workbook.xml.rels"]
    assert 'fullCalcOnLoad="1"' in new["xl/workbook.xml"]


def test_in_the_parts_that_change_only_places_change(done: Path, template: Path) -> None:
    new, old = parts_of(done), parts_of(template)

    def faceless(xml: str) -> str:
        return re.sub(r"\d+", "#", xml)

    for name in ("xl/drawings/drawing1.xml", "xl/comments/comment1.xml", "xl/workbook.xml", "xl/worksheets/sheet3.xml"):
        assert faceless(new[name]).replace("<v />", "") == faceless(old[name]).replace("<v />", ""), name
    sheet, was = new["xl/worksheets/sheet1.xml"], old["xl/worksheets/sheet1.xml"]
    assert sheet[: sheet.index("<sheetData>")].replace(f"L{11 + MORE}", "L11") == was[: was.index("<sheetData>")]
    assert faceless(sheet[sheet.index("</sheetData>") :]) == faceless(was[was.index("</sheetData>") :])
    assert f"<xm:sqref>B6:B{LAST + MORE}</xm:sqref>" in sheet, "the drop-down across sheets goes on"
    assert "<xm:f>代码!$A$1:$A$3</xm:f>" in sheet
    head = was[was.index("<sheetData>") : was.index('<row r="6"')]
    assert sheet[sheet.index("<sheetData>") : sheet.index('<row r="6"')] == head


def test_readers_that_do_not_compute_find_the_sum(done: Path) -> None:
    rows = CalamineWorkbook.from_path(done).get_sheet_by_name(MAIN).to_python()
    assert rows[TOTAL + MORE - 1][7] == sum(50_000 + order for order in range(PEOPLE)) / 100
    assert rows[FIRST - 1][4] == number_of(0)


@pytest.mark.slow
def test_libreoffice_opens_it_and_comes_to_the_same(done: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run([office, home, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(done)], check=True, capture_output=True, timeout=100)  # fmt: skip
    page = read_back(tmp_path / done.name, data_only=True)[MAIN]
    assert page.cell(FIRST + PEOPLE - 1, 5).value == number_of(PEOPLE - 1)
    total = sum(50_000 + order for order in range(PEOPLE)) / 100
    assert page.cell(TOTAL + MORE, 8).value == pytest.approx(total)
    assert page.cell(TOTAL + MORE, 9).value == pytest.approx(total * 12), (
        "the county's own formulas are carried and computed"
    )
    assert len(page._images) == 2


def test_fewer_people_than_prepared_rows_leave_the_rest_empty(template: Path) -> None:
    opened, county = looked_into(template)
    table = a_table(2)
    target = template.with_name("两人.xlsx")
    fill(opened, county, table, MADE, target)
    page = read_back(target)[MAIN]
    assert [page.cell(line, 4).value for line in (6, 7, 8)] == ["+李0", "+李1", None]
    assert page["A9"].value == "合　计"
    assert (page["A8"].value, page["I8"].value) == (None, "=H8*12"), "the county's formula stays, no number is counted"
    assert page["D8"].border.bottom.style == "medium"
    assert parts_of(target)["xl/drawings/drawing1.xml"] == parts_of(template)["xl/drawings/drawing1.xml"]


def test_a_mapping_is_kept_for_the_same_form_and_asked_again_for_another(template: Path, tmp_path: Path) -> None:
    _, county = looked_into(template)
    mended = county.corrected("保障人口", None).corrected("合计", 8)
    kept = Kept.from_plain(mended.to_keep().to_plain())
    _, again = looked_into(template, (kept,))
    assert again.known
    assert again.columns == mended.columns
    book = read_back(template)
    book[MAIN]["H4"] = "月保障金"
    book.save(tmp_path / "新表.xlsx")
    _, other = looked_into(tmp_path / "新表.xlsx", (kept,))
    assert not other.known
    assert any("重新核对" in note for note in other.notes)


def test_a_damaged_mapping_is_said_in_one_sentence() -> None:
    with pytest.raises(UserCanFix, match="重新核对"):
        Kept.from_plain({"指纹": "x", "列": {"姓名": "甲"}, "序号": None})


def test_a_column_can_be_put_elsewhere_and_nowhere_else(template: Path) -> None:
    _, county = looked_into(template)
    moved = county.corrected("姓名", 2)
    assert (moved.columns["姓名"], moved.columns["户主姓名"]) == (2, None)
    with pytest.raises(UserCanFix, match="没有"):
        county.corrected("姓名", 99)
    with pytest.raises(UserCanFix, match="没有"):
        county.corrected("不存在的列", 1)
    opened = open_county(template)
    pointed = inspect_at(opened, the_offer(), plan().catalogue, (MAIN, 4, 4))
    assert pointed.columns["证件号"] == 4
    assert pointed.layout.first == FIRST


def test_a_file_that_cannot_be_filled_is_refused_in_one_sentence(template: Path, tmp_path: Path) -> None:
    locked, old, text = tmp_path / "加密.xlsx", tmp_path / "旧.xls", tmp_path / "表.csv"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    text.write_text("姓名,证件号\n", encoding="utf-8")
    with pytest.raises(UserCanFix, match="密码"):
        open_county(locked)
    with pytest.raises(UserCanFix, match=r"另存为 \.xlsx"):
        open_county(text)
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(UserCanFix):
        open_county(old)
    opened, county = looked_into(template)
    for name in [name for name, at in county.columns.items() if at is not None]:
        county = county.corrected(name, None)
    with pytest.raises(UserCanFix, match="没有一列"):
        fill(opened, county, a_table(), MADE, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_sheet_without_prepared_rows_takes_them_above_its_line_of_totals(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "身份证号", "合计", "日期"])
    page.append(["合计", None, None, None])
    book.save(tmp_path / "简表.xlsx")
    opened, county = looked_into(tmp_path / "简表.xlsx")
    assert county.layout.prepared == 0
    fill(opened, county, a_table(3), MADE, tmp_path / "满.xlsx")
    page = read_back(tmp_path / "满.xlsx").worksheets[0]
    assert [cell.value for cell in page["A"]] == ["姓名", "+李0", "+李1", "+李2", "合计"]
    assert page["C5"].value == 1500.03, "the roster's own sum where the county left room"
    assert page["B2"].number_format == "@"


def test_the_same_file_and_roster_give_the_same_bytes(template: Path) -> None:
    opened, county = looked_into(template)
    from printing.workbook import sheet_of

    sheet = sheet_of(a_table(), *MADE)
    assert filled(opened.data, county, sheet) == filled(opened.data, county, sheet)
    with zipfile.ZipFile(io.BytesIO(filled(opened.data, county, sheet))) as parcel:
        assert parcel.testzip() is None


def test_merged_cells_and_shared_formulas_of_the_prepared_rows_go_on(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["序号", "姓名", "身份证号", None, "合计", "占比", "名次"])
    page.append([1, "某", None, None, 1, "=E2/E$4", "=RANK(E2,E$2:E$3)"])
    page.append([2, None, None, None, None, "=E3/E$4", "=RANK(E3,E$2:E$3)"])
    page.append(["合计", None, None, None, "=SUBTOTAL(9,E2:E3)"])
    for line in (1, 2, 3):
        page.merge_cells(f"C{line}:D{line}")
    page.add_table(Table(displayName="名单", ref="E1:G3"))
    book.save(tmp_path / "表.xlsx")
    share(tmp_path / "表.xlsx", "<f>E2/E$4</f>", '<f t="shared" ref="F2:F3" si="0">E2/E$4</f>')
    share(tmp_path / "表.xlsx", "<f>E3/E$4</f>", '<f t="shared" si="0"/>')
    opened, county = looked_into(tmp_path / "表.xlsx")
    assert (county.columns["证件号"], county.layout.prepared) == (2, 2)
    fill(opened, county, a_table(5), MADE, tmp_path / "满.xlsx")
    page = read_back(tmp_path / "满.xlsx").worksheets[0]
    assert {str(area) for area in page.merged_cells.ranges} == {f"C{line}:D{line}" for line in range(1, 7)}
    assert [page[f"F{line}"].value for line in range(2, 7)] == [f"=E{line}/E$7" for line in range(2, 7)]
    assert [page[f"G{line}"].value for line in range(2, 7)] == [f"=RANK(E{line},E$2:E$6)" for line in range(2, 7)]
    assert page["E7"].value == "=SUBTOTAL(9,E2:E6)"
    assert page.tables["名单"].ref == "E1:G6"


def share(path: Path, old: str, new: str) -> None:
    """Write a formula as Excel does where cells share it."""
    parts = parts_of(path)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as parcel:
        for name, text in parts.items():
            parcel.writestr(name, text)


def test_rows_merged_one_into_another_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (["姓名", "身份证号", "性别"], ["甲", "1", "男"], ["乙", "2", "女"]):
        page.append(row)
    page.merge_cells("A2:A3")
    book.save(tmp_path / "合并.xlsx")
    with pytest.raises(UserCanFix, match="上下合并"):
        looked_into(tmp_path / "合并.xlsx")


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(H6:H8)", "SUM(H6:H18)"),
        ("SUM(H6:H7)", "SUM(H6:H7)"),
        ("$H$9+H6", "$H$19+H6"),
        ('月报表!H9&"H9"', '月报表!H19&"H9"'),
        ("'别的'!H9", "'别的'!H9"),
        ("[1]月报表!H9", "[1]月报表!H9"),
        ("LOG10(H9)+ABC9DE", "LOG10(H19)+ABC9DE"),
        ("H1:H1048576", "H1:H1048576"),
        ("$3:$11", "$3:$21"),
        ("A9:F9", "A19:F19"),
    ],
)
def test_a_formula_follows_what_it_names(formula: str, moved: str) -> None:
    assert Move("月报表", 8, 10).formula(formula, here=True) == moved


def test_days_and_numbers_get_cells_that_show_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["姓名", "身份证号", "起（止）月", "合计", "承诺办结日"])
    page.append(["例", "1", "无", "1", "1"])
    page["D2"].number_format = "@"
    page["E2"].number_format = "@"
    book.save(tmp_path / "表.xlsx")
    opened, county = looked_into(tmp_path / "表.xlsx")
    table = a_table(2)
    fill(opened, county, table, MADE, tmp_path / "满.xlsx")
    page = read_back(tmp_path / "满.xlsx").worksheets[0]
    assert (page["C3"].number_format, page["C3"].value) == (
        'yyyy"年"mm"月"',
        datetime.combine(date(2026, 2, 1), time()),
    )
    assert (page["B3"].number_format, page["B3"].value) == ("@", number_of(1))
    assert page["D3"].value == "500.01", "a cell of text takes money as text"
