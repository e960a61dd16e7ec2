"""`clerk roster ID --into FILE`: the county's own sheet, filled from the command line."""

import io
import json
import warnings

import openpyxl
import pytest

from forms.layers import DEMO
from tests.printing.county_template import MAIN, a_county_template
from ui.command_line import main


@pytest.fixture
def run(tmp_path, capsys):
    def go(*words):
        code = main([*map(str, words), "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def read_back(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def test_a_filed_household_stands_in_the_countys_sheet_and_corrections_are_remembered(run, tmp_path):
    assert run("apply", DEMO / "cases" / "C01.yaml", "--choose", "all", "--on", "2026-09-03")[0] == 0
    sheet = a_county_template(tmp_path / "县表.xlsx")
    into = ("roster", "R01", "--period", "2026-09", "--into", sheet, "--out", tmp_path / "out")
    code, out, err = run(*into, "--map", "保障人口=", "家庭人口=G")
    assert code == 0, err
    assert "E　基本情况身份证号码* ← 证件号（标题）" in out
    page = read_back(tmp_path / "out" / "县表-2026-09.xlsx")[MAIN]
    assert page["A6"].value == 1
    assert len(page["E6"].value) == 18
    code, out, _ = run(*into, "--json")
    columns = json.loads(out)["列"]
    assert (columns["家庭人口"], columns["保障人口"], columns["姓名"]) == ("G", None, "D")


def test_what_cannot_be_is_said_in_one_sentence(run, tmp_path):
    sheet = a_county_template(tmp_path / "县表.xlsx")
    rest = ("--period", "2026-09", "--into", sheet, "--out", tmp_path / "out")
    assert "只写一个花名册编号" in run("roster", *rest)[2]
    assert run("apply", DEMO / "cases" / "C01.yaml", "--choose", "all", "--on", "2026-09-03")[0] == 0
    assert "没有 ZZ 列" in run("roster", "R01", *rest, "--map", "姓名=ZZ")[2]
    assert "列=C" in run("roster", "R01", *rest, "--map", "姓名")[2]
    (tmp_path / "旧表.csv").write_text("姓名,证件号\n", encoding="utf-8")
    assert (
        "另存为 .xlsx"
        in run("roster", "R01", "--period", "2026-09", "--into", tmp_path / "旧表.csv", "--out", tmp_path)[2]
    )
    assert not (tmp_path / "out").exists()


def test_a_column_found_by_likeness_only_waits_for_a_yes(run, tmp_path):
    assert run("apply", DEMO / "cases" / "C01.yaml", "--choose", "all", "--on", "2026-09-03")[0] == 0
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "致困的原因"])
    book.save(tmp_path / "表.xlsx")
    into = ("roster", "R01", "--period", "2026-09", "--into", tmp_path / "表.xlsx", "--out", tmp_path / "out")
    assert "致困原因 是按相近或样值对上的" in run(*into)[2]
    assert run(*into, "--yes")[0] == 0
    assert run(*into)[0] == 0, "it was checked once and is remembered"


def test_what_the_window_remembered_beyond_the_roster_is_kept_and_cautions_are_said(run, tmp_path):
    assert run("apply", DEMO / "cases" / "C01.yaml", "--choose", "all", "--on", "2026-09-03")[0] == 0
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号", "政治面貌"])
    book.worksheets[0].column_dimensions["B"].width = 9
    book.save(tmp_path / "表.xlsx")
    into = ("roster", "R01", "--period", "2026-09", "--into", tmp_path / "表.xlsx", "--out", tmp_path / "out")
    for _ in range(2):
        code, out, err = run(*into)
        assert code == 0, err
        assert "C　政治面貌 ← 政治面貌" in out
        assert "请留意：B列「身份证号」太窄" in out
    assert "（旧对照）" in out
    assert read_back(tmp_path / "out" / "表-2026-09.xlsx").worksheets[0]["C2"].value
