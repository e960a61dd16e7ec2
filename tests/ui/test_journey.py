"""The main job, by keyboard only, in the real window: seat a household, fill, see, file, print, list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk import Hand, a_window, intake, settle, wait_until
from ui.intake.desk import Spot
from ui.intake.parts import every_list
from ui.main_window import MainWindow

KEY, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MOST_KEYS = 650


class Clerk(Hand):
    """A hand that knows the form: it passes by what it need not answer, key by key."""

    def reach(self, field: str, table: str = "") -> Spot:
        """Press Enter until the hand is on a question."""
        for _ in range(60):
            spot = self.spot()
            if spot is not None and spot.field == field and (not table or spot.table == table):
                return spot
            self.enter()
        raise AssertionError(f"Enter never came to {field}; it is on {self.spot()}")

    def say(self, field: str, keys: str, meant: str = "") -> None:
        """Answer a question: Chinese through the input method, anything else key by key; then go on."""
        spot = self.reach(field)
        if keys.isascii():
            self.type(keys)
        else:
            self.speak(keys)
        self.enter()
        written = intake(self.window).desk.text(spot)
        assert written == (meant or keys), f"{field}: wanted {meant or keys}, the form has {written}"

    def add(self, table: str) -> None:
        """Another row of any list: Ctrl+F3, its number on the screen, Enter."""
        parts = list(every_list(tuple(intake(self.window).desk.parts)))
        number = next(index for index, part in enumerate(parts, 1) if part.table.id == table)
        self.press(KEY.Key_F3, CTRL)
        self.type(str(number))
        self.enter()


def fill_c01(clerk: Clerk) -> None:
    """Type household C01: a car, two school children, a father who cannot get up."""
    person(clerk, "张某军", "990101198605129032")
    clerk.say("手机", "13800000101")
    health(clerk, "jk", "健康")
    clerk.say("从业状况", "lhjy", "灵活就业")
    clerk.say("医保类型", "cxjm", "城乡居民医保")
    income(clerk, "gz", "工资性收入", "24000")
    income(clerk, "jy", "经营净收入", "6000")
    another(clerk, "李某", "990101198809239049", "q", "妻")
    health(clerk, "jk", "健康")
    clerk.say("从业状况", "lhjy", "灵活就业")
    clerk.say("医保类型", ".", "城乡居民医保")
    income(clerk, "gz", "工资性收入", "12000")
    for name, number, kin, school in (
        ("张某甲", "990101201204169070", ("zz", "长子"), ("cz", "初中")),
        ("张某乙", "990101201607309082", ("zn", "长女"), ("xx", "小学")),
    ):
        another(clerk, name, number, *kin)
        health(clerk, "jk", "健康")
        clerk.say("学段", *school)
        clerk.say("住校方式", "zd", "走读")
        clerk.say("医保类型", ".", "城乡居民医保")
    another(clerk, "张某山", "990101195603089117", "fq", "父亲")
    health(clerk, "yb", "一般或较弱", card="1")
    clerk.say("残疾证号", "99010119560308911741")
    clerk.say("需长期照护", "1", "是")
    clerk.say("护理类待遇", "jwl", "均未领取")
    clerk.say("从业状况", "wjy", "无就业条件")
    clerk.say("医保类型", ".", "城乡居民医保")
    income(clerk, "zy", "转移净收入", "1716", excluded=("cxjm", "城乡居民基础养老金"))
    clerk.add("支出")
    clerk.say("类别", "yl", "医疗")
    clerk.say("自负", "26000")
    fill_household(clerk)


def fill_household(clerk: Clerk) -> None:
    """What is said once: where they live, why they came, what they own, what happened."""
    clerk.press(KEY.Key_2, ALT)
    clerk.say("现住地", "hxc", "990101100201")
    clerk.say("现住址", "二组18号")
    clerk.say("困难原因", "yb", "因病")
    clerk.say("户籍情况", "bx", "本县户籍")
    clerk.say("适用标准", "nc", "农村")
    clerk.add("金融资产")
    clerk.say("类别", "ck", "存款")
    clerk.say("金额", "12000")
    clerk.add("车辆")
    clerk.say("豁免类型", "jb", "疾病治疗必需")
    clerk.say("现值", "45000")
    clerk.add("房屋")
    clerk.say("房屋用途", "jz", "居住")
    clerk.say("建筑面积", "110")
    clerk.add("急难事件")
    clerk.say("类型", "rs", "人身伤害")
    clerk.say("本地发生", "1", "是")
    clerk.say("拟救助金额", "4200")
    clerk.say("需先行救助", "1", "是")
    clerk.press(KEY.Key_F5)


def person(clerk: Clerk, name: str, number: str) -> None:
    clerk.say("姓名", name)
    clerk.say("证件号", number)


def another(clerk: Clerk, name: str, number: str, keys: str, kin: str) -> None:
    clerk.add("成员")
    person(clerk, name, number)
    clerk.say("与申请人关系", keys, kin)


def health(clerk: Clerk, keys: str, meant: str, card: str = "0") -> None:
    clerk.say("共同生活", "1", "是")
    clerk.say("健康状况", keys, meant)
    clerk.say("持残疾证", card, {"0": "否", "1": "是"}[card])


def income(clerk: Clerk, keys: str, meant: str, amount: str, excluded: tuple[str, str] | None = None) -> None:
    clerk.add("收入")
    clerk.say("类别", keys, meant)
    clerk.say("计法", "an", "按年")
    clerk.say("年收入", amount)
    if excluded:
        clerk.say("不计入类型", *excluded)


def file(clerk: Clerk) -> None:
    """F12 to the check page, what nobody knows yet is put off, F12 again."""
    clerk.press(KEY.Key_F12)
    if intake(clerk.window).desk.missing():
        clerk.press(KEY.Key_F5)
    clerk.press(KEY.Key_F12)


def test_a_clerk_files_c01_by_keyboard_and_the_father_is_in(
    qtbot: object, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window: MainWindow = a_window(folder)
    clerk = Clerk(window)
    fill_c01(clerk)

    page = intake(window)
    shown = {(line.title, line.whose): line for line in page.desk_view.panel.model.lines if line.offers}
    assert shown["低保边缘家庭", "全户"].word == "符合"
    paid = [shown[title, "张某山"].amount for title in ("单人纳入低保", "困难残疾人生活补贴", "重度残疾人护理补贴")]
    assert paid == ["313元/月", "100元/月", "120元/月"]
    assert all(line.title != "最低生活保障" or line.word != "符合" for line in shown.values())
    assert "车辆" in why_not(clerk, "最低生活保障")

    file(clerk)
    wait_until(lambda: page.filed.record is not None)
    record = page.filed.record
    assert record is not None
    father = next(row for row in record.household.rows("成员") if record.household.answer("成员", "姓名", row) == "张某山")
    assert sorted(one.programme for one in record.applications if one.persons == (father,))[:1]

    clerk.press(KEY.Key_F9)
    wait_until(lambda: page.filed.plan.model is not None)
    clerk.press(KEY.Key_F9)
    wait_until(lambda: bool(page.filed.plan.pages.pdf))
    contents = page.filed.plan.pages.contents
    papers = [contents.item(row).text() for row in range(contents.count())]
    assert any("张某山" in paper for paper in papers), papers
    clerk.press(KEY.Key_Escape)
    clerk.press(KEY.Key_Escape)

    rows = week_roster(clerk, folder)
    assert sum("张某山" in row for row in rows) == 1, rows

    with capsys.disabled():
        print(f"\n    journey C01: {clerk.keys} keystrokes, {clerk.letters} of them letters that had to be typed")
    assert clerk.keys <= MOST_KEYS
    window.close()


def why_not(clerk: Clerk, title: str) -> str:
    """Go to the list, unfold what is refused, walk to a line, open its reasons, and come back."""
    view = intake(clerk.window).desk_view
    clerk.press(KEY.Key_F11)
    while view.panel.view.line().title != "不符":  # type: ignore[union-attr]
        clerk.press(KEY.Key_Down)
    clerk.enter()
    while view.panel.view.line().title != title:  # type: ignore[union-attr]
        clerk.press(KEY.Key_Down)
    clerk.enter()
    said = view.reasons.text.toPlainText()
    clerk.press(KEY.Key_Escape)
    return said


def week_roster(clerk: Clerk, folder: Path) -> list[str]:
    """Export this week's rosters from the window; the rows of the one where single persons come onto the rolls."""
    from python_calamine import CalamineWorkbook

    clerk.press(KEY.Key_3, CTRL)
    page = clerk.window.stack.currentWidget().page(0)
    page.folder.setText(str(folder / "out"))  # type: ignore[attr-defined]
    clerk.enter()
    target = folder / "out" / "花名册 2026-W36.xlsx"
    wait_until(target.is_file)
    settle()
    book = CalamineWorkbook.from_path(str(target))
    sheet = next(name for name in book.sheet_names if "低保新增" in name)
    return ["|".join(str(cell) for cell in row) for row in book.get_sheet_by_name(sheet).to_python()]
