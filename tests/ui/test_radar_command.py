"""`clerk radar`: the whole store on two days, in words and for machines."""

import json

import pytest

from forms.layers import DEMO
from ui.command_line import main

BETWEEN = ["--from", "2026-09-01", "--to", "2026-10-01"]


@pytest.fixture
def run(tmp_path, capsys):
    def go(*words):
        code = main([*map(str, words), "--data", str(tmp_path / "data")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


@pytest.fixture
def filed(run):
    for name in ("C01", "C02", "C30"):
        assert run("apply", DEMO / "cases" / f"{name}.yaml", "--choose", "all", "--on", "2026-09-01")[0] == 0


@pytest.mark.usefixtures("filed")
def test_every_line_of_the_radar_names_a_person_and_a_reason(run):
    code, out, err = run("radar", *BETWEEN, "--json")
    said = json.loads(out)
    assert code == 0
    assert said["户数"] == 3
    assert said["逐户判定户数"] == 0
    assert sum(each["数"] for each in said["合计"]) == len(said["名单"])
    assert all(line["对象"] and line["理由"] for line in said["名单"] + said["提醒"])
    assert "已核查 3 户" in err


@pytest.mark.usefixtures("filed")
def test_the_list_in_words_says_that_it_is_only_a_lead(run):
    code, out, _ = run("radar", "--from", "2026-09-01", "--to", "2027-09-01", "--most", "1")
    assert code == 0
    assert "共核查 3 户" in out
    assert "只是线索" in out
    assert "【应复核】" in out or "【到龄】" in out


def test_days_the_wrong_way_round_are_refused(run):
    code, out, err = run("radar", "--from", "2026-10-01", "--to", "2026-09-01")
    assert (code, out) == (1, "")
    assert "--from 应早于 --to" in err
