"""数据包: side by side on the shelf, installed, trusted and rehearsed by keys, each written into the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from clerk.packs import install
from tests.clerk.pack_making import KEY as SIGNER
from tests.clerk.pack_making import OTHER, a_file, a_tree, replaced
from tests.ui.desk import Hand, a_window, intake, seat_case, settle, wait_until
from tests.ui.policy import at_policy
from ui.main_window import MainWindow
from ui.policy.packs_pane import PacksPane

KEY = Qt.Key
RISE = ("{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}")
Choose = Callable[[Path], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Answer the next file dialogs."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(path), "")))

    return answer


@pytest.fixture
def pane(window: MainWindow) -> PacksPane:
    """The shelf, with the hand on it."""
    page = at_policy(window)
    page.go(0)
    return page.packs


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """A window whose store holds two households and whose shelf a higher amount of later."""
    folder = tmp_path_factory.mktemp("packs")
    window = a_window(folder)
    for name in ("C02", "C03"):
        page = seat_case(window, name)
        page.acts.check()
        page.put_off()
        page.check.submit()
        settle()
        page.start_new()
    tree = replaced(a_tree(folder / "tree"), *RISE)
    install(a_file(tree, folder / "new.pack"), window.workspace.where.packs, [SIGNER.public])
    yield window
    window.close()


def trusted(window: MainWindow, tmp_path: Path, pane: PacksPane, choose: Choose) -> None:
    file = tmp_path / "county.pub"
    file.write_text(SIGNER.public.to_text(), encoding="utf-8")
    choose(file)
    hand = Hand(window)
    hand.press(KEY.Key_F4)
    assert SIGNER.public.id in pane._asking.text()
    hand.enter()
    assert "已信任" in pane.told.text()


def states(pane: PacksPane) -> list[tuple[str, str]]:
    return [(row.cells[2], row.cells[5]) for row in pane.table.rows]


def test_a_key_is_shown_before_it_is_trusted_and_escape_trusts_nothing(window: MainWindow, pane: PacksPane, tmp_path: Path, choose: Choose) -> None:
    file = tmp_path / "county.pub"
    file.write_text(SIGNER.public.to_text(), encoding="utf-8")
    choose(file)
    hand = Hand(window)
    hand.press(KEY.Key_F4)
    hand.press(KEY.Key_Escape)
    assert not window.workspace.where.keys.exists()
    choose(tmp_path / "nothing.pub")
    hand.press(KEY.Key_F4)
    assert "公钥文件" in pane.told.text()
    trusted(window, tmp_path, pane, choose)
    with window.workspace.store.reading() as view:
        (event,) = view.events(f"公钥 {SIGNER.public.id}")
    assert (event.action, event.actor) == ("信任公钥", "赵某经办")


def test_a_pack_is_installed_by_keys_and_counts_for_the_next_household(window: MainWindow, pane: PacksPane, tmp_path: Path, choose: Choose) -> None:
    trusted(window, tmp_path, pane, choose)
    today = window.workspace.today.isoformat()
    choose(a_file(replaced(a_tree(tmp_path / "tree", "2026.10", today), *RISE), tmp_path / "new.pack"))
    hand = Hand(window)
    hand.press(KEY.Key_F3)
    wait_until(lambda: "已安装" in pane.told.text())
    assert "今天起生效" in pane.told.text()
    assert states(pane)[1:] == [("2026.10", "生效中")]
    with window.workspace.store.reading() as view:
        (event,) = view.events("demo-990101")
    assert (event.action, event.actor, event.detail["版本"], event.detail["签名"]) == ("安装数据包", "赵某经办", "2026.10", SIGNER.public.id)
    assert window.workspace.store.verify_events().whole
    hand.press(KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    seat_case(window, "C02")
    screening = intake(window).desk_view.screening
    assert screening is not None
    assert screening.packs == window.workspace.catalogue.digest
    assert window.workspace.catalogue.packs[-1].version == "2026.10"


@pytest.mark.parametrize("signer", [OTHER, None])
def test_a_pack_of_a_stranger_is_refused_in_one_sentence_and_nothing_changes(window: MainWindow, pane: PacksPane, tmp_path: Path, choose: Choose, signer: object) -> None:
    choose(a_file(a_tree(tmp_path / "tree"), tmp_path / "new.pack", signer))  # type: ignore[arg-type]
    before = states(pane)
    Hand(window).press(KEY.Key_F3)
    wait_until(lambda: "签名" in pane.told.text() and not pane._busy.isVisible())
    assert ("没有签名" if signer is None else "不在本单位信任的公钥") in pane.told.text()
    assert "Traceback" not in pane.told.text()
    assert states(pane) == before
    with window.workspace.store.reading() as view:
        assert view.events("demo-990101") == []


def test_versions_lie_side_by_side_and_one_that_was_tampered_with_says_so(filed: MainWindow) -> None:
    pane = at_policy(filed).packs
    at_policy(filed).go(0)
    assert states(pane)[1:] == [("2026.09", "生效中"), ("2026.10", "未到生效日")]
    assert [row.cells[4] for row in pane.table.rows] == ["随程序发布", "随程序发布", SIGNER.public.id]
    marker = filed.workspace.where.packs / "demo-990101" / "2026.10" / "standards" / "demo.yaml"
    kept = marker.read_bytes()
    marker.write_bytes(kept + b"# more\n")
    pane.arrive()
    assert states(pane)[2] == ("2026.10", "文件已被改动")
    marker.write_bytes(kept)


def test_a_rehearsal_lists_what_would_change_and_enter_opens_the_household(filed: MainWindow) -> None:
    pane = at_policy(filed).packs
    at_policy(filed).go(0)
    pane.table.setCurrentCell(2, 0)
    hand = Hand(filed)
    hand.press(KEY.Key_F9)
    wait_until(lambda: not pane.rehearsal.running)
    settle()
    result = pane.rehearsal.result
    assert result is not None
    assert (result.households, result.cases) == (2, 2)
    assert result.summary == pane.rehearsal._words.text()
    assert result.on.isoformat() == "2026-10-01"
    lines = [line for group in result.groups for line in group.lines]
    paid = next(line for line in lines if line.programme == "低保")
    assert "2216.00元（每月）" in paid.why
    assert "2420.00元（每月）" in paid.why
    hand.enter()
    hand.enter()
    settle()
    desk = intake(filed)
    assert filed.stack.currentWidget() is desk
    assert desk.correction is not None
    assert desk.correction.household_id == lines[0].household
    assert desk.desk_view.reasons.isVisible()


def test_a_rehearsal_says_exactly_what_the_core_finds(filed: MainWindow) -> None:
    from clerk.rehearsal import rehearse
    from forms.language.plan import compile_catalogue
    from forms.layers import DEMO, NATIONAL
    from forms.loader import load

    pane = at_policy(filed).packs
    new = filed.workspace.where.packs / "demo-990101" / "2026.10"
    result = pane.rehearsal.result
    assert result is not None
    plans = [compile_catalogue(load(layers), result.on) for layers in ([NATIONAL, DEMO], [NATIONAL, new])]
    with filed.workspace.store.reading() as view:
        core = rehearse(view, *plans)
    assert {group.title: group.total for group in result.groups} == {turn.value: count for turn, count in core.counts.items() if count}


def test_a_rehearsal_stops_when_asked(filed: MainWindow) -> None:
    policy = at_policy(filed)
    policy.go(0)
    pane = policy.packs
    pane._back()
    pane.table.setCurrentCell(2, 0)
    pane.rehearse()
    hand = Hand(filed)
    hand.press(KEY.Key_Escape)
    wait_until(lambda: not pane.rehearsal.running)
    assert pane.rehearsal.result is None
    assert "已停止" in pane.rehearsal._words.text()
    hand.press(KEY.Key_Escape)
    assert pane.currentWidget() is pane._list


def test_practice_has_a_shelf_of_its_own(filed: MainWindow) -> None:
    where = filed.workspace.where
    assert not (where.folder / "packs").exists()
    assert (where.packs / "demo-990101").is_dir()
