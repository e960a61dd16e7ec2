"""The `clerk` command: the window's services without the window, for people and for machines."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from clerk.roster_exports import exports
from clerk.store import open_store
from forms.layers import DEMO
from tests.builders import the_demo_catalogue
from ui.command_line import main

CASES = DEMO / "cases"
C01 = str(CASES / "C01.yaml")
ON = ["--on", "2026-09-01"]


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on files of its own; (exit code, what it said, what it noted)."""

    def go(command, *words):
        data = ["--data", str(tmp_path / "data")]
        code = main([command, *map(str, words), *data])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture
def applied(run):
    """The case number of C01, filed."""
    code, out, _ = run("apply", C01, "--choose", "all", *ON, "--json")
    assert code == 0
    return json.loads(out)["案件编号"]


def test_a_household_is_screened_in_words(run):
    code, out, err = run("screen", C01, *ON)
    assert code == 0
    assert "认定：低保边缘家庭；张某山 低保对象" in out
    assert "单人保金 313.00元/月" in out
    assert "车辆：名下无车辆，或车辆可豁免 — 不符：练A00001（小型轿车，现值 45000.00元）：豁免类型 疾病治疗必需" in out
    assert "练习" in err


def test_the_list_to_take_home_is_printed_before_anything_is_filed_and_leaves_no_store(run, tmp_path):
    code, out, _ = run("list", C01, "--out", tmp_path / "out", *ON)
    assert code == 0
    assert "政策清单（大字版）" in out
    document = pypdfium2.PdfDocument(tmp_path / "out" / "C01.list.pdf")
    first = document[0].get_textpage().get_text_bounded()
    assert "您家的政策清单" in first
    assert "可以申请的" in first
    assert not list((tmp_path / "data").rglob("*.db"))


def test_a_household_is_screened_for_machines_and_nothing_else_stands_on_stdout(run):
    code, out, _ = run("screen", C01, *ON, "--json", "--pack", "demo-990101")
    plain = json.loads(out)
    assert code == 0
    open_to = {(each["项目"], each["对象"]) for each in plain["项目"] if each["情况"] == "可申请"}
    assert ("单人保", "张某山") in open_to
    assert plain["数据包"][-1]["示例"] is True


def test_the_day_decides_what_is_in_force(run):
    _, before, _ = run("screen", C01, "--on", "2026-03-15", "--json")
    _, after, _ = run("screen", C01, *ON, "--json")
    assert json.loads(before)["日期"] == "2026-03-15"
    assert json.loads(before)["项目"] != json.loads(after)["项目"]


def test_faults_of_a_file_are_said_by_line_and_end_with_one(run, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("现住址: 一组\n成圆: []\n", encoding="utf-8")
    code, out, err = run("screen", bad, *ON)
    assert (code, out) == (1, "")
    assert "bad.yaml 第2行" in err
    assert "「成员」" in err


@pytest.mark.parametrize(
    "words", [["screen"], ["screen", "x.yaml", "--on", "soon"], ["nonsense"], ["roster", "R01", "--out", "x"]]
)
def test_wrong_usage_ends_with_two(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().out == ""


def test_a_bug_is_said_in_one_sentence_and_its_place_written_down_without_answers(run, monkeypatch, tmp_path):
    def broken(*arguments):
        raise ZeroDivisionError("张某军")

    monkeypatch.setattr("ui.commands.screen_file", broken)
    code, out, err = run("screen", C01, *ON)
    assert (code, out) == (2, "")
    log = (tmp_path / "data" / "faults.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError test_command_line.py" in log
    assert log.split()[2] in err
    assert "张某军" not in log + err


def test_an_application_says_numbers_departments_and_deadlines(run):
    code, out, _ = run("apply", C01, "--choose", "单人保,残疾护理", *ON)
    assert code == 0
    assert "共2件" in out
    assert "-2026-00001-01　单人纳入低保　张某山　民政　单人保金 313.00元（每月）" in out
    assert "审核确认 2026年10月19日前" in out


def test_filing_the_same_people_twice_is_warned_of(run, applied):
    _, _, err = run("apply", C01, "--choose", "单人保", *ON)
    assert f"张某山的证件号已在另一户（张某山，{applied}）" in err


def test_a_choice_that_is_not_there_is_refused_with_advice(run):
    code, _, err = run("apply", C01, "--choose", "单人宝", *ON)
    assert code == 1
    assert "「单人保」" in err


def test_an_office_with_its_own_pack_must_be_named_once(run, tmp_path):
    pack = tmp_path / "county"
    pack.mkdir()
    (pack / "pack.yaml").write_text("编号: 县包\n名称: 某县\n层级: 县\n版本: '1'\n区划: '990101'\n", encoding="utf-8")
    code, _, err = run("apply", C01, "--choose", "先行救助", *ON, "--pack", pack)
    assert code == 1
    assert "--office" in err


def test_the_packet_of_a_case_is_one_pdf_with_the_fathers_papers(run, applied, tmp_path):
    code, out, _ = run("packet", applied, *ON, "--out", tmp_path / "papers", "--json")
    assert code == 0
    (made,) = json.loads(out)
    fathers = [one["文书"] for one in made["文书"] if "张某山" in one["给"]]
    assert len(fathers) == len(set(fathers)) > 0
    document = pypdfium2.PdfDocument(made["文件"])
    text = "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    assert len(document) == sum(one["页数"] for one in made["文书"])
    assert "张某山" in text
    assert applied in text
    document.close()


def test_an_unknown_case_is_refused_by_its_number(run, applied, tmp_path):
    code, _, err = run("packet", "990101-1", "--out", tmp_path)
    assert code == 1
    assert "990101-1" in err


def test_the_rosters_of_a_week_are_one_workbook(run, applied, tmp_path):
    code, out, err = run("roster", "--all", "--period", "2026-W36", *ON, "--out", tmp_path, "--json")
    assert code == 0
    made = json.loads(out)
    assert {each["花名册"]: each["行数"] for each in made["花名册"]}["R14"] == 2
    assert "残疾人两项补贴花名册" in err
    book = load_workbook(made["文件"])
    assert len(book.sheetnames) == len(made["花名册"]) + 1
    cells = [cell for row in book["低保新增、变更、退出名单"].iter_rows(values_only=True) for cell in row]
    assert cells.count("990101195603089117") == 1
    book.close()
    store = open_store(next((tmp_path / "data").rglob("clerk.db")).parent)
    with store.reading() as view:
        (told,) = exports(view)
    store.close()
    assert told.rosters == tuple(each["花名册"] for each in made["花名册"])
    assert told.digest == hashlib.sha256(Path(made["文件"]).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--period", "2026-W36"], "--all"), (["R01", "--period", "九月"], "2026-W36"), (["R99", "--period", "2026-09"], "R99")],
)
def test_rosters_asked_for_wrongly_are_refused_with_advice(run, applied, tmp_path, words, said):
    code, _, err = run("roster", *words, "--out", tmp_path)
    assert code == 1
    assert said in err


def test_rosters_without_a_store_say_so_and_make_none(run, tmp_path):
    code, _, err = run("roster", "R01", "--period", "2026-W36", "--out", tmp_path)
    assert code == 1
    assert "没有数据库" in err


def test_the_fields_of_a_file_are_documented(run):
    code, out, _ = run("fields", "--json")
    assert code == 0
    fields = {(each["表"], each["字段"]): each for each in json.loads(out)}
    assert fields["成员", "证件号"]["类型"] == "证件号"
    assert ("家庭", "案件编号") not in fields
    code, out, _ = run("fields")
    assert "成员.证件号　证件号" in out


def test_a_sound_pack_and_a_broken_one(run, tmp_path):
    code, out, _ = run("check", "demo-990101")
    assert code == 0
    assert "没有错误" in out
    broken = tmp_path / "broken"
    (broken / "standards").mkdir(parents=True)
    (broken / "pack.yaml").write_text("编号: 坏\n名称: 坏包\n层级: 县\n版本: '1'\n", encoding="utf-8")
    (broken / "standards" / "a.yaml").write_text("标准: 低保标准\n类形: 金额\n", encoding="utf-8")
    code, out, err = run("check", broken)
    assert code == 1
    assert "broken/standards/a.yaml:" in out
    assert "处错误" in err
    code, out, _ = run("check", broken, "--json")
    assert json.loads(out)[0]["行"] >= 1
    code, _, err = run("check", "no-such-pack")
    assert code == 1
    assert "demo-990101" in err


def test_the_demo_leaves_screenings_packets_a_sample_of_every_paper_and_one_workbook(run, tmp_path):
    out = tmp_path / "demo"
    code, said, err = run("demo", "--out", out, "--json")
    assert code == 0
    made = json.loads(said)
    names = {path.stem for path in CASES.glob("*.yaml") if not path.name.endswith(".expect.yaml")}
    assert {each["家庭"] for each in made["家庭"]} == names
    assert f"[{len(names)}/{len(names)}]" in err
    for each in made["家庭"]:
        assert (out / f"{each['家庭']}.screening.txt").read_text(encoding="utf-8").startswith("政策清单（2026年9月1日）")
        assert json.loads((out / f"{each['家庭']}.screening.json").read_text(encoding="utf-8"))["日期"] == "2026-09-01"
        pdf = out / f"{each['家庭']}.packet.pdf"
        assert pdf.exists() == bool(each["案件编号"])
        assert not pdf.exists() or pdf.read_bytes().startswith(b"%PDF")
    assert [path.name for path in out.glob("*.xlsx")] == ["rosters-2026-W36.xlsx"]
    assert made["花名册"]["行数"] > len(names)
    samples = {Path(each["文件"]).name.split(".")[0]: each for each in made["文书样张"]}
    assert all((out / "papers" / Path(each["文件"]).name).read_bytes().startswith(b"%PDF") for each in samples.values())
    papers = the_demo_catalogue().papers
    assert {paper for paper in papers if paper not in samples} == {p for p in papers if f"没有家庭用到：{p} " in err}
    assert len(samples) > len(papers) * 3 // 4


def test_the_command_starts_by_itself_and_pipes_cleanly(tmp_path):
    words = [sys.executable, "-m", "ui", "screen", C01, *ON, "--json", "--data", str(tmp_path)]
    home = Path(__file__).parents[2]
    done = subprocess.run(words, capture_output=True, cwd=home, env=os.environ | {"PYTHONIOENCODING": "utf-8"}, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["认定"]
