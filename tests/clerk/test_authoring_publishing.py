"""A draft is published by two people once everything holds: signed, beside the earlier versions, with its record."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from clerk import atomic, packs
from clerk.authoring.bench import Bench, open_bench
from clerk.authoring.drafts import drafts, editable, own_layer, start_draft
from clerk.authoring.publishing import office_key
from clerk.authoring.shapes import PROGRAMME, Home, Ref
from clerk.authoring.standards import with_value
from clerk.errors import UserCanFix
from clerk.packs import in_force, installed, intact
from clerk.service import Plans, apply_file, screen_file
from clerk.store import open_store
from forms.canonical import read
from forms.catalogue import Catalogue
from forms.changes import CHANGES, read_changes
from forms.layers import DEMO, NATIONAL
from forms.loader import load
from forms.places import DataErrors
from tests.clerk.authoring_desk import AID, BORDER, LOW, OFFICE, TODAY, a_bench, a_county, a_value, put_forward

WATER = Ref(PROGRAMME, "水费减免")
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return a_county(tmp_path / "county")


def raised(bench: Bench, town: str = "900元") -> Bench:
    """The bench with a higher standard from next year on."""
    assert bench.keep(LOW, with_value(bench.document(LOW).tree, a_value("2027-01-01", town))) == ()
    return bench


def layers_of(home: Home, county: Path, on: date = TODAY) -> list[Path]:
    return [NATIONAL, county, *in_force(home.packs, on)]


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(UserCanFix) as fault:
        act()
    assert "\n" not in fault.value.message
    return fault.value.message


def test_publishing_puts_a_signed_version_on_the_shelf_with_its_record(home: Home, county: Path) -> None:
    bench = raised(a_bench(home, [NATIONAL, county]))
    done = put_forward(bench, home, effective=date(2026, 12, 1))
    assert (done.installed.version, done.installed.since, done.installed.level) == (
        "2026.09.01",
        date(2026, 12, 1),
        "单位",
    )
    assert done.installed.key == office_key(home).public.id
    assert intact(done.installed)
    assert stat.S_IMODE(home.key.stat().st_mode) == 0o600 or os.name == "nt"
    (release,) = read_changes(done.installed.folder)
    assert (release.version, release.author, release.second, release.reason) == (
        "2026.09.01",
        "赵某",
        "钱某",
        "年度调整",
    )
    assert [str(one) for one in release.changes] == [
        "标准「低保标准」 2026-04-01起的止：未定 → 2026-12-31",
        "标准「低保标准」 2027-01-01起：新增 城市 900元，农村 700元（《关于提高标准的通知》（示民〔2026〕9号））",
    ]
    told = done.happened
    assert (told.actor, told.action, told.subject) == ("赵某", "发布政策修改", "office-990101100")
    assert (told.detail["复核"], told.detail["版本"], told.detail["摘要"]) == (
        "钱某",
        "2026.09.01",
        done.installed.digest,
    )
    assert drafts(home) == ()
    value = load(layers_of(home, county, date(2026, 12, 1))).standards[LOW.id].on(NEXT_YEAR)
    assert value is not None
    assert (value.layer, value.source.number) == ("office-990101100", "示民〔2026〕9号")
    assert in_force(home.packs, date(2026, 11, 30)) == ()


def test_a_second_publishing_stands_beside_the_first_and_tells_only_its_own_changes(home: Home, county: Path) -> None:
    put_forward(raised(a_bench(home, [NATIONAL, county])), home)
    bench = a_bench(home, layers_of(home, county))
    assert bench.changes() == ()
    view = bench.document(AID)
    view.tree["人工"] = [*view.tree["人工"], "核对是否在校"]
    bench.keep(AID, view.tree)
    done = put_forward(bench, home, author="孙某")
    assert [one.version for one in installed(home.packs)] == ["2026.09.01", "2026.09.01.1"]
    assert [release.author for release in read_changes(done.installed.folder)] == ["赵某", "孙某"]
    assert [one.where for one in read_changes(done.installed.folder)[1].changes] == ["项目「低保」 人工"]
    third = a_bench(home, layers_of(home, county))
    third.revert(AID)
    assert third.document(AID).tree["人工"][-1] == "核对是否在校"
    third.stop(AID)
    said = refusal(lambda: put_forward(third, home))
    assert "项目「低保」已停用，这里还用到它，请先改这一处" in said
    third.revert(AID)
    third.stop(WATER)
    assert put_forward(third, home).installed.version == "2026.09.01.2"
    catalogue = load(layers_of(home, county))
    assert WATER.id not in catalogue.programmes
    assert WATER.id in catalogue.stopped


REFUSALS: tuple[tuple[dict[str, object], str], ...] = (
    ({"second": "赵某"}, "复核人不能是修改人自己"),
    ({"second": " 赵　某 "}, "复核人不能是修改人自己"),
    ({"second": "  "}, "请由另一个人复核"),
    ({"author": ""}, "请写修改人姓名"),
    ({"reason": " "}, "请写修改事由"),
    ({"effective": date(2026, 8, 31)}, "生效日期2026-08-31已经过去"),
)


def test_names_reason_and_day_are_asked_for_in_one_sentence(home: Home, county: Path) -> None:
    bench = raised(a_bench(home, [NATIONAL, county]))
    for said, message in REFUSALS:
        assert refusal(partial(put_forward, bench, home, **said)).startswith(message)
    assert installed(home.packs) == []
    assert len(drafts(home)) == 1


def test_nothing_changed_or_a_fault_left_is_not_published(home: Home, county: Path) -> None:
    bench = a_bench(home, [NATIONAL, county])
    assert refusal(lambda: put_forward(bench, home)) == "没有任何改动，不用发布"
    view = bench.document(AID)
    view.tree["条件"][1]["要求"] = "人均月收入 < 低保标淮"
    bench.keep(AID, view.tree)
    assert refusal(lambda: put_forward(bench, home)).startswith(
        "还有错误，不能发布：项目「低保」条件「收入」要求：没有这个名称"
    )
    assert not home.key.exists()


def test_a_version_never_begins_before_the_newest_one(home: Home, county: Path) -> None:
    put_forward(raised(a_bench(home, [NATIONAL, county])), home, effective=date(2026, 12, 1))
    bench = a_bench(home, [NATIONAL, county])
    bench.stop(AID)
    assert refusal(lambda: put_forward(bench, home, effective=date(2026, 11, 1))).startswith(
        "2026.09.01版从2026-12-01起生效"
    )


def test_a_draft_of_an_older_version_does_not_undo_the_newer_one(home: Home, county: Path, tmp_path: Path) -> None:
    bench = raised(a_bench(home, [NATIONAL, county]))
    aside = tmp_path / "aside"
    bench.draft.folder.rename(aside)
    put_forward(raised(a_bench(home, [NATIONAL, county]), "950元"), home)
    aside.rename(bench.draft.folder)
    late = a_bench(home, layers_of(home, county))
    assert refusal(lambda: put_forward(late, home)).startswith("草稿是新建的，现在已有2026.09.01版")


def test_a_failing_worked_case_blocks_until_somebody_says_why(home: Home, tmp_path: Path) -> None:
    county = a_county(tmp_path / "county", 1)
    bench = a_bench(home, [NATIONAL, county])
    view = bench.document(AID)
    view.tree["条件"][1]["要求"] = "人均月收入 ≤ 低保标准"
    bench.keep(AID, view.tree)
    said = refusal(lambda: put_forward(bench, home))
    assert said.startswith("案例不通过，不能发布：案例「C03 自负 28632 元")
    (case,) = {fault.case for fault in bench.cases()}
    assert refusal(lambda: put_forward(bench, home, accepted={case: " "})).startswith("案例不通过")
    done = put_forward(bench, home, accepted={case: "县里改为含本数"})
    assert [release.accepted for release in read_changes(done.installed.folder)] == [((case, "县里改为含本数"),)]
    again = raised(a_bench(home, layers_of(home, county)))
    assert put_forward(again, home).installed.version == "2026.09.01.1"


def test_an_accepted_case_of_the_layer_itself_leaves_it(home: Home, tmp_path: Path) -> None:
    county = a_county(tmp_path / "county", 2)
    layers = [NATIONAL, county]
    own, theirs = editable(layers, OFFICE)
    assert (own, theirs.id) == (own_layer(OFFICE), "demo-990101")
    bench = open_bench(start_draft(home, theirs, layers), layers, TODAY)
    tree = bench.document(LOW).tree
    tree["值"][1]["值"]["城市"] = "833元"
    assert bench.keep(LOW, tree, why="录错") == ()
    cases = {fault.case: "随标准更正" for fault in bench.cases()}
    done = put_forward(bench, home, accepted=cases)
    assert done.installed.version == "2026.09.01"
    assert load([NATIONAL, done.installed.folder]).packs[-1].demo
    before, left = (
        [one.tree["名"] for one in read((folder / "cases" / BORDER).read_text(encoding="utf-8"), BORDER)]
        for folder in (county, done.installed.folder)
    )
    assert len(cases) == 1
    assert (len(before), left) == (2, before[1:])


def test_a_crash_at_any_write_leaves_the_shelf_as_it_was(
    home: Home, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes at each later write in turn; the shelf shows nothing of it, and the draft can still be published."""
    bench = raised(a_bench(home, [NATIONAL, county]))
    real = atomic.atomic_write
    for last in (0, 3, 7, 99):
        count = [0]

        def write(path: Path, data: bytes, *, mode: int = 0o600, count: list[int] = count, last: int = last) -> str:
            if count[0] == last:
                raise OSError("power cut")
            count[0] += 1
            return real(path, data, mode=mode)

        monkeypatch.setattr(packs, "atomic_write", write)
        monkeypatch.setattr("clerk.authoring.publishing.atomic_write", write)
        try:
            put_forward(bench, home)
        except OSError:
            assert installed(home.packs) == []
            assert len(drafts(home)) == 1
            assert bench.check_all() == ()
        else:
            break
    else:
        pytest.fail("no publishing came to its end")
    assert [one.version for one in installed(home.packs)] == ["2026.09.01"]
    assert intact(installed(home.packs)[0])


def test_cases_filed_before_are_judged_by_the_version_of_their_day(home: Home, tmp_path: Path) -> None:
    county = a_county(tmp_path / "county")
    bench = a_bench(home, [NATIONAL, county])
    view = bench.document(LOW)
    view.tree["值"][1]["值"]["城市"] = "1元"
    bench.keep(LOW, view.tree, why="更正")
    filed, later = date(2026, 9, 1), date(2026, 9, 5)
    put_forward(bench, home, effective=date(2026, 9, 2))

    def then(day: date) -> Catalogue:
        return load(layers_of(home, county, day))

    old, new = Plans(then(filed), then), Plans(then(later), then)
    store = open_store(tmp_path / "store")
    try:
        source = (DEMO / "cases" / "C03.yaml").read_text(encoding="utf-8")
        record = apply_file(screen_file(source, old, filed), "all", store=store, plans=old, office=OFFICE)
        assert record.accepted == filed
        assert (
            new.filed(filed).catalogue.standards[LOW.id].values[1].values
            != new.catalogue.standards[LOW.id].values[1].values
        )
        assert new.filed(filed).catalogue.digest == old.catalogue.digest
    finally:
        store.close()


def test_a_strange_file_or_a_spoilt_record_in_a_layer_is_refused(county: Path) -> None:
    (county / CHANGES).write_text("版本: '1'\n日期: 2026-13-01\n", encoding="utf-8")
    with pytest.raises(DataErrors, match=r"changes\.yaml:2:5 「2026-13-01」不是真实的日期"):
        load([NATIONAL, county])
    (county / CHANGES).rename(county / "changs.yaml")
    with pytest.raises(DataErrors, match=r"没有谁会读「changs\.yaml」，是不是「changes\.yaml」"):
        load([NATIONAL, county])


def test_a_new_condition_and_another_material_reach_the_programme(home: Home, county: Path) -> None:
    bench = a_bench(home, [NATIONAL, county])
    view = bench.document(AID)
    view.tree["条件"].append(
        {"编号": "本地居住", "要求": "家庭人口 > 0", "依据": {"名称": "县办法", "标记": "K"}, "地方": "是"}
    )
    view.tree["材料"] = [{"名称": "居住证明", "方式": "提交"}, *view.tree["材料"][1:]]
    assert bench.keep(AID, view.tree) == ()
    done = put_forward(bench, home)
    programme = load(layers_of(home, county)).programmes[AID.id]
    assert [one.layer for one in programme.conditions if one.id == "本地居住"] == ["office-990101100"]
    assert {one.layer for one in programme.conditions if one.id != "本地居住"} == {"全国"}
    assert programme.materials[0].name == "居住证明"
    view = a_bench(home, layers_of(home, county)).document(AID)
    assert view.origin(("条件", 0, "要求")).layer == "全国目录"
    assert view.origin(("条件", 7)).layer == OFFICE.name
    assert view.origin(("材料", 1)).layer == "全国目录"
    assert [one.where for one in read_changes(done.installed.folder)[0].changes] == [
        "项目「低保」 条件「本地居住」",
        "项目「低保」 材料「身份证、户口簿」",
        "项目「低保」 材料「居住证明」",
    ]


def test_a_stopped_programme_can_be_taken_back_before_it_is_published(home: Home, county: Path) -> None:
    bench = a_bench(home, [NATIONAL, county])
    bench.stop(AID)
    assert [str(one) for one in bench.changes()] == ["项目「低保」：新增 停用"]
    assert bench.document(AID).stopped
    assert refusal(lambda: bench.keep(AID, bench.document(AID).tree)) == "项目「低保」已停用，请先恢复再改"
    bench.revert(AID)
    assert bench.changes() == ()
    assert Ref(PROGRAMME, AID.id) in {one.ref for one in bench.listed() if not one.stopped}
