"""`clerk import` from end to end: tried out, corrected, decided, kept, listed, taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.clerk.exchange.making import HEAD, LEDGER, VILLAGE, a_couple, a_workbook, people
from ui.command_line import main


@pytest.fixture
def clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command in a practice folder; its exit code, output and complaints."""

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["import", *map(str, words), "--data", str(tmp_path / "data"), "--on", "2026-09-01"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_sheet_is_tried_out_kept_listed_and_taken_back(clerk, tmp_path):
    sheet = people(tmp_path / "名单.xlsx", 2)
    code, out, _ = clerk(sheet, "--as", LEDGER, "--dry-run")
    assert (code, "新增人4，新增户2" in out, "身份证号 → 证件号（标题）" in out) == (0, True, True)
    assert clerk("list")[1] == ""
    code, out, _ = clerk(sheet, "--as", LEDGER)
    batch = out.split("批次 ")[1][:8]
    assert (code, "名单.xlsx" in clerk("list")[1]) == (0, True)
    code, _, err = clerk(sheet, "--as", LEDGER)
    assert (code, "已经导入过" in err) == (1, True)
    assert clerk(sheet, "--as", LEDGER, "--yes")[0] == 0
    assert "已整批撤销" in clerk("undo", batch)[1]
    assert "已撤销" in clerk("list")[1]


def test_faults_are_listed_and_the_exit_code_tells(clerk, tmp_path):
    sheet = a_workbook(tmp_path / "a.xlsx", [HEAD, ("H1", "", "张某", "99010119801301001X", "本人", "红星村", "", "")])
    code, out, _ = clerk(sheet, "--as", LEDGER)
    assert (code, "第2行　身份证号" in out, "1处要改" in out) == (1, True, True)
    code, out, _ = clerk(sheet, "--as", LEDGER, "--json")
    assert json.loads(out)["问题"][0]["行"] == 2


def test_what_does_not_agree_is_said_and_asked_before_it_is_kept(clerk, tmp_path):
    head, _ = a_couple()
    sheet = a_workbook(tmp_path / "a.xlsx", [(*HEAD, "出生日期"), (*head, "1961-01-01")])
    code, out, err = clerk(sheet, "--as", LEDGER)
    assert (code, "提示：第2行　出生日期" in out, "有1处前后不一致" in err) == (1, True, True)


def test_columns_are_corrected_and_questions_answered(clerk, tmp_path):
    clerk(people(tmp_path / "a.xlsx"), "--as", LEDGER)
    head, _ = a_couple()
    sheet = a_workbook(
        tmp_path / "b.xlsx", [("姓名", "身份证号", "村", "打给"), ("张义", head[3], "红星村", "13900000000")]
    )
    code, out, _ = clerk(sheet, "--as", VILLAGE, "--map", "手机=D", "现住址=")
    assert (code, "打给 → 手机（更正）" in out, "--decide 2=新" in out) == (1, True, True)
    code, out, _ = clerk(sheet, "--as", VILLAGE, "--map", "手机=D", "--decide", "2=略", "--dry-run")
    assert (code, "略过1" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("a.xlsx",), "--as"),
        (("a.xlsx", "--as", "没有"), "没有来表「没有」"),
        (("a.xlsx", "b.xlsx", "--as", VILLAGE), "请写一个文件"),
        (("a.xlsx", "--as", VILLAGE), "打不开"),
        (("undo", "00"), "没有导入批次"),
    ],
)
def test_wrong_words_are_said(clerk, words, complaint):
    code, _, err = clerk(*words)
    assert (code, complaint in err) == (1, True)


@pytest.mark.parametrize("words", [("--map", "电话"), ("--map", "手机=ZZ"), ("--decide", "二=新")])
def test_wrong_corrections_are_said(clerk, tmp_path, words):
    code, _, err = clerk(people(tmp_path / "a.xlsx"), "--as", VILLAGE, *words)
    assert (code, bool(err)) == (1, True)
