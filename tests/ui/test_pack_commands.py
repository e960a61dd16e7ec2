"""`clerk pack …`, and what `clerk check` and `clerk screen` say with packs: on disk, for people and for machines."""

import json
import stat
from datetime import date

import pytest

from clerk.signing import read_public_key
from forms.layers import DEMO
from tests.clerk.pack_making import a_tree, replaced
from ui.command_line import main
from ui.packs import layers_on
from ui.workspace import Where

CASES = DEMO / "cases"
ON = ["--on", "2026-09-01"]
RISE = ("{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}")


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on files of its own; (exit code, what it said, what it noted)."""

    def go(*words):
        code = main([*map(str, words), "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture
def signer(run, tmp_path):
    """A key of this county, trusted here."""
    assert run("pack", "keygen", tmp_path / "county")[0] == 0
    assert run("pack", "trust", tmp_path / "county.pub")[0] == 0
    return tmp_path / "county.key"


def made(run, tree, target, signer):
    code, out, _ = run("pack", "make", tree, "--out", target, "--key", signer)
    assert code == 0, out
    return target


def test_a_pack_is_made_signed_trusted_installed_and_listed(run, signer, tmp_path):
    file = made(run, a_tree(tmp_path / "tree"), tmp_path / "new.pack", signer)
    code, out, _ = run("pack", "install", file)
    assert (code, out) == (0, "已安装 示例县（练习用，数额均为虚构） 2026.10，2026-10-01起生效\n")
    assert "未到生效日" in run("pack", "list", "--on", "2026-09-30")[1]
    said = json.loads(run("pack", "list", "--on", "2026-10-01", "--json")[1])
    assert [(one["版本"], one["情况"]) for one in said] == [("2026.10", "生效中")]
    code, _, err = run("pack", "install", file)
    assert code == 1
    assert "已经安装" in err


def test_keys_are_kept_from_others_and_never_overwritten(run, tmp_path):
    assert run("pack", "keygen", tmp_path / "county")[0] == 0
    assert stat.S_IMODE((tmp_path / "county.key").stat().st_mode) == 0o600
    code, _, err = run("pack", "keygen", tmp_path / "county")
    assert code == 1
    assert "不覆盖" in err
    key = read_public_key((tmp_path / "county.pub").read_text(encoding="utf-8"))
    assert key.id in run("pack", "trust", tmp_path / "county.pub")[1]


def test_an_unsigned_pack_and_one_of_a_stranger_are_refused(run, signer, tmp_path):
    tree = a_tree(tmp_path / "tree")
    code, out, _ = run("pack", "make", tree, "--out", tmp_path / "plain.pack")
    assert code == 0
    assert "未签名" in out
    assert "没有签名" in run("pack", "install", tmp_path / "plain.pack")[2]
    run("pack", "keygen", tmp_path / "stranger")
    file = made(run, tree, tmp_path / "s.pack", tmp_path / "stranger.key")
    code, out, err = run("pack", "install", file)
    assert (code, out) == (1, "")
    assert "不在本单位信任的公钥" in err
    assert "还没有安装数据包" in run("pack", "list")[2]


def test_the_day_decides_which_installed_pack_a_household_is_screened_by(run, signer, tmp_path):
    run("pack", "install", made(run, a_tree(tmp_path / "a", "2026.09", "2026-04-01"), tmp_path / "a.pack", signer))
    newer = replaced(a_tree(tmp_path / "b", "2026.10", "2026-10-01"), *RISE)
    run("pack", "install", made(run, newer, tmp_path / "b.pack", signer))
    packs = {}
    for day in ("2026-09-30", "2026-10-01"):
        code, out, _ = run("screen", CASES / "C03.yaml", "--on", day, "--json")
        assert code == 0
        packs[day] = json.loads(out)["数据包"][-1]["版本"]
    assert packs == {"2026-09-30": "2026.09", "2026-10-01": "2026.10"}


def test_before_any_installed_pack_begins_nobody_is_judged_by_invented_amounts(run, signer, tmp_path):
    run("pack", "install", made(run, a_tree(tmp_path / "a", "2026.09", "2026-04-01"), tmp_path / "a.pack", signer))
    where = Where(tmp_path / "data")
    assert layers_on(where, date(2026, 3, 1)) == ()
    assert layers_on(Where(tmp_path / "elsewhere"), date(2026, 3, 1)) == (DEMO,)


def test_a_rehearsal_lists_the_offices_own_households_and_writes_nothing(run, signer, tmp_path):
    assert run("apply", CASES / "C02.yaml", "--choose", "all", *ON)[0] == 0
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    file = made(run, replaced(a_tree(tmp_path / "tree"), *RISE), tmp_path / "new.pack", signer)
    code, out, _ = run("pack", "rehearse", file)
    assert code == 0
    assert "演练（按2026年10月1日判定）：1户、1件案件，1户有变化" in out
    assert "金额变化　全户　最低生活保障　低保金 2216.00元（每月）" in out
    code, plain, _ = run("pack", "rehearse", file, "--json", *ON)
    assert json.loads(plain)["合计"]["金额变化"] >= 1
    assert code == 0
    after = {path: path.read_bytes() for path in before}
    assert after == before


def test_a_folder_can_be_rehearsed_before_it_is_signed(run, tmp_path):
    assert run("apply", CASES / "C02.yaml", "--choose", "all", *ON)[0] == 0
    code, out, _ = run("pack", "rehearse", a_tree(tmp_path / "tree"), *ON)
    assert code == 0
    assert "没有变化" in out


def test_check_runs_the_cases_of_a_pack(run, signer, tmp_path):
    tree = a_tree(tmp_path / "tree", cases=True)
    for path in (tree / "cases").glob("*.yaml"):
        if not path.name.startswith("C03"):
            path.unlink()
    code, out, _ = run("check", tree)
    assert code == 0
    assert "8个案例都对" in out
    file = made(run, tree, tmp_path / "a.pack", signer)
    assert run("check", file)[0] == 0
    replaced(tree, *RISE)
    code, out, err = run("check", tree, "--json")
    assert code == 1
    assert "处不符" in err
    assert "C03 自负 18648 元，人均正好 1248 元" in {fault["案例"] for fault in json.loads(out)}


def test_a_case_that_is_written_wrongly_is_said_so(run, tmp_path):
    tree = a_tree(tmp_path / "tree")
    cases = tree / "cases"
    cases.mkdir()
    (cases / "a.expect.yaml").write_text("案例: nobody\n名: 无\n日期: 2026-09-01\n符合: {}\n", encoding="utf-8")
    assert "没有家庭文件 nobody.yaml" in run("check", tree)[1]
    (cases / "a.expect.yaml").write_text("案例: ../pack\n名: 无\n日期: 2026-09-01\n", encoding="utf-8")
    assert "a.expect.yaml 写法不对" in run("check", tree)[1]
    (cases / "x.yaml").write_text((CASES / "C03.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (cases / "a.expect.yaml").write_text("案例: x\n名: 无\n日期: 2026-09-01\n大概: [低保]\n层: [没有]\n", encoding="utf-8")
    assert "没有「没有」这一层" in run("check", tree)[1]
    (cases / "a.expect.yaml").write_text("案例: x\n名: 无\n日期: 2026-09-01\n大概: [低保]\n符合: 低保\n", encoding="utf-8")
    out = run("check", tree)[1]
    assert "不认识「大概」" in out
    assert "「符合」的写法不对" in out


def test_a_screening_says_how_far_off_a_household_is(run):
    code, out, _ = run("screen", CASES / "C03.yaml", *ON)
    assert code == 0
    assert "若〔王某薇 支出·医疗 自负金额〕超过 18648.00元 → 符合 低保边缘家庭" in out
    plain = json.loads(run("screen", CASES / "C03.yaml", *ON, "--json")[1])
    assert {(one["项目"], one["自"]) for one in plain["差多少"]["单项"]} >= {("低保边缘", "18648.01元"), ("低保", "28632.01元")}
    assert plain["差多少"]["开关"][0]["标准"] == "医疗扣减"


@pytest.mark.parametrize("words", [["pack"], ["pack", "nonsense"], ["pack", "make", "x"]])
def test_wrong_usage_of_packs_ends_with_two(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err


def test_the_papers_of_a_case_stay_those_of_the_pack_it_was_filed_under(run, signer, tmp_path):
    run("pack", "install", made(run, a_tree(tmp_path / "a", "2026.09", "2026-04-01"), tmp_path / "a.pack", signer))
    office = ["--office", "示例县红星镇人民政府", "--region", "990101100", "--clerk", "赵某经办"]
    code, out, _ = run("apply", CASES / "C02.yaml", "--choose", "all", *office, *ON, "--json")
    assert code == 0
    case = json.loads(out)["案件编号"]

    def printed(folder):
        assert run("packet", case, "--out", tmp_path / folder, "--on", "2026-10-08")[0] == 0
        return (tmp_path / folder / f"{case}.pdf").read_bytes()

    before = printed("before")
    newer = replaced(a_tree(tmp_path / "b", "2026.10", "2026-10-01"), *RISE)
    assert run("pack", "install", made(run, newer, tmp_path / "b.pack", signer))[0] == 0
    assert printed("after") == before


def test_what_is_done_to_the_shelf_is_written_into_the_journal(run, signer, tmp_path):
    from clerk.store import open_store

    file = made(run, a_tree(tmp_path / "tree"), tmp_path / "new.pack", signer)
    run("pack", "install", file)
    assert run("pack", "install", file)[0] == 1
    key = read_public_key((tmp_path / "county.pub").read_text(encoding="utf-8"))
    store = open_store(Where(tmp_path / "data").store, create=False)
    with store.reading() as view:
        (installed,) = view.events("demo-990101")
        (trusted,) = view.events(f"公钥 {key.id}")
    assert store.verify_events().whole
    store.close()
    assert (installed.action, installed.actor, installed.detail["版本"], installed.detail["签名"]) == ("安装数据包", "命令行", "2026.10", key.id)
    assert trusted.action == "信任公钥"
