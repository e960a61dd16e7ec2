"""Packs on the shelf: side by side, chosen by the day, never backwards, never half."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clerk.errors import UserCanFix
from clerk.packs import in_force, install, installed, intact, trust, trusted_keys, version_order
from forms.layers import DEMO, NATIONAL, digest_of
from forms.loader import load
from tests.clerk.pack_making import KEY, OTHER, a_file, a_tree, replaced

KEYS = [KEY.public]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "packs"


def put(shelf: Path, tmp_path: Path, version: str, since: str) -> None:
    tree = a_tree(tmp_path / f"tree-{version}", version, since)
    install(a_file(tree, tmp_path / f"{version}.pack"), shelf, KEYS)


def refused(path: Path, shelf: Path) -> str:
    before = sorted(shelf.rglob("*")) if shelf.exists() else []
    with pytest.raises(UserCanFix) as fault:
        install(path, shelf, KEYS)
    assert (sorted(shelf.rglob("*")) if shelf.exists() else []) in ([], before)
    return fault.value.message


def test_two_versions_stand_side_by_side_and_the_day_chooses(shelf: Path, tmp_path: Path) -> None:
    put(shelf, tmp_path, "2026.09", "2026-04-01")
    put(shelf, tmp_path, "2026.10", "2026-10-01")
    assert [(one.version, one.since.isoformat(), one.key) for one in installed(shelf)] == [
        ("2026.09", "2026-04-01", KEY.public.id),
        ("2026.10", "2026-10-01", KEY.public.id),
    ]
    assert in_force(shelf, date(2026, 3, 31)) == ()
    assert [folder.name for folder in in_force(shelf, date(2026, 9, 30))] == ["2026.09"]
    assert [folder.name for folder in in_force(shelf, date(2026, 10, 1))] == ["2026.10"]


def test_an_installed_pack_has_the_bytes_of_its_folder(shelf: Path, tmp_path: Path) -> None:
    tree = a_tree(tmp_path / "tree")
    one = install(a_file(tree, tmp_path / "a.pack"), shelf, KEYS)
    assert one.digest == digest_of(tree) == digest_of(one.folder)
    assert load([NATIONAL, one.folder]).packs[-1].version == "2026.10"
    assert intact(one)
    (one.folder / "standards" / "demo.yaml").write_text("", encoding="utf-8")
    assert not intact(one)


def test_no_version_is_installed_twice_or_replaced_by_an_older_one(shelf: Path, tmp_path: Path) -> None:
    put(shelf, tmp_path, "2026.10", "2026-10-01")
    older = a_file(a_tree(tmp_path / "old", "2026.9", "2026-11-01"), tmp_path / "old.pack")
    assert refused(older, shelf) == "「示例县（练习用，数额均为虚构）」已安装 2026.10 版，不能退回 2026.9 版"
    again = a_file(replaced(a_tree(tmp_path / "again"), "832元", "833元"), tmp_path / "again.pack")
    assert "已经安装" in refused(again, shelf)
    assert version_order("2026.10") > version_order("2026.9") > version_order("2026")


def test_a_pack_that_does_not_load_is_refused_at_the_place(shelf: Path, tmp_path: Path) -> None:
    tree = replaced(a_tree(tmp_path / "tree"), "标准: 边缘倍数", "标准: 边缘倍数\n倍: 2")
    message = refused(a_file(tree, tmp_path / "a.pack"), shelf)
    assert message.startswith("数据包读不通：standards/demo.yaml:")
    assert "倍" in message


def test_a_pack_whose_own_cases_do_not_come_out_is_refused(shelf: Path, tmp_path: Path) -> None:
    tree = a_tree(tmp_path / "tree", cases=True)
    for path in (tree / "cases").glob("*.yaml"):
        if not path.name.startswith("C03"):
            path.unlink()
    file = a_file(replaced(tree, "城市: 832元", "城市: 833元"), tmp_path / "a.pack")
    message = refused(file, shelf)
    assert message.startswith("数据包自带的案例不通过：案例「C03 ")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("生效: 2026-10-01\n", "", "生效日期"),
        ('版本: "2026.10"', '版本: "新"', "版本号"),
        ('版本: "2026.10"', '版本: "../2026"', "不能用作文件夹名"),
        ("编号: demo-990101", "编号: ../demo", "不能用作文件夹名"),
        ("编号: demo-990101", "编号: .demo", "不能用作文件夹名"),
        ("层级: 县", "层级: 全国", "全国数据随程序发布"),
        ("层级: 县", "层级: 村", "读不通"),
        ("编号: demo-990101\n", "", "读不通"),
    ],
)
def test_a_pack_that_does_not_say_what_it_is_is_refused(shelf: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    tree = a_tree(tmp_path / "tree")
    marker = tree / "pack.yaml"
    text = marker.read_text(encoding="utf-8")
    assert old in text
    marker.write_text(text.replace(old, new), encoding="utf-8")
    assert said in refused(a_file(tree, tmp_path / "a.pack"), shelf)


def test_a_half_copied_pack_does_not_count_and_is_swept_away(shelf: Path, tmp_path: Path) -> None:
    half = shelf / ".new-dead" / "pack"
    half.mkdir(parents=True)
    (half / "pack.yaml").write_text("编号: x\n", encoding="utf-8")
    (shelf / "demo-990101").mkdir()
    (shelf / "demo-990101" / "2026.08.json").write_text(
        '{"id": "demo-990101", "version": "2026.08", "name": "", "level": "县", "region": "", "since": "2026-04-01",'
        ' "digest": "", "key": ""}',
        encoding="utf-8",
    )
    assert installed(shelf) == []
    assert in_force(shelf, date(2026, 10, 1)) == ()
    put(shelf, tmp_path, "2026.10", "2026-10-01")
    assert not half.exists()


def test_layers_lie_in_the_order_of_their_levels_and_those_laid_by_hand_count(shelf: Path, tmp_path: Path) -> None:
    by_hand = shelf / "a-office"
    by_hand.mkdir(parents=True)
    (by_hand / "pack.yaml").write_text('编号: office\n名称: 本单位\n层级: 单位\n版本: "1"\n', encoding="utf-8")
    assert in_force(shelf, date(2026, 10, 1)) == (by_hand,)
    put(shelf, tmp_path, "2026.10", "2026-10-01")
    assert in_force(shelf, date(2026, 10, 1)) == (shelf / "demo-990101" / "2026.10", by_hand)


def test_a_damaged_record_is_said_and_not_guessed(shelf: Path, tmp_path: Path) -> None:
    put(shelf, tmp_path, "2026.10", "2026-10-01")
    (shelf / "demo-990101" / "2026.10.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserCanFix, match="登记"):
        installed(shelf)


def test_only_keys_that_were_trusted_count(shelf: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert trusted_keys(keys) == ()
    trust(keys, OTHER.public.to_text())
    file = a_file(a_tree(tmp_path / "tree"), tmp_path / "a.pack")
    with pytest.raises(UserCanFix, match="不在本单位信任的公钥"):
        install(file, shelf, trusted_keys(keys))
    assert trust(keys, KEY.public.to_text()) == KEY.public
    assert install(file, shelf, trusted_keys(keys)).version == "2026.10"


def test_the_shipped_pack_itself_can_be_packed_and_installed(shelf: Path, tmp_path: Path) -> None:
    one = install(a_file(DEMO, tmp_path / "demo.pack"), shelf, KEYS)
    assert one.digest == digest_of(DEMO)
