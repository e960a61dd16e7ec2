"""`clerk books`: a period closed, listed, taken out again, and what changed since."""

import json

import openpyxl
import pytest

from forms.layers import DEMO
from ui.command_line import main


@pytest.fixture
def run(tmp_path, capsys):
    def go(*words):
        code = main([*map(str, words), "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_a_month_is_closed_listed_taken_out_again_and_compared_with_the_next(run, tmp_path):
    assert run("apply", DEMO / "cases" / "C08.yaml", "--choose", "all", "--on", "2026-08-03")[0] == 0
    assert run("books", "changes", "--period", "2026-09", "--out", tmp_path)[0] == 1
    code, out, err = run("books", "close", "--period", "2026-08")
    assert (code, err) == (0, "")
    assert "已结账：第 1 号　2026年8月" in out
    (one,) = json.loads(run("books", "list", "--json")[1])
    assert (one["账号"], one["期间"]) == (1, "2026年8月")
    assert one["指纹"][:12] in out
    code, out, _ = run("books", "again", 1, "--out", tmp_path)
    assert code == 0
    book = openpyxl.load_workbook(tmp_path / "第1号账.xlsx")
    assert {"收支平衡表", "变动明细表"} <= set(book.sheetnames)
    assert run("apply", DEMO / "cases" / "C10.yaml", "--choose", "all", "--on", "2026-09-03")[0] == 0
    code, out, _ = run("books", "changes", "--period", "2026-09", "--out", tmp_path)
    assert code == 0
    changes = openpyxl.load_workbook(tmp_path / "变动 2026年9月.xlsx")
    assert any(cell == "新增" for sheet in changes for row in sheet.iter_rows(values_only=True) for cell in row)


def test_what_is_missing_is_said_in_one_sentence(run):
    assert run("books", "close", "--period", "2099-01")[2].startswith("还不能结账：2099年1月到2099-01-31才结束")
    assert "看不懂期间" in run("books", "close")[2]
    assert "请写账号" in run("books", "again")[2]
    assert "没有第 7 号账" in run("books", "again", "7", "--out", "x")[2]
    assert "--out" in run("books", "changes", "--period", "2026-09")[2]
