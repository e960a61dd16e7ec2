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


def test_a_clerk_files_c01_by_keyboard_and_the_father_is_in(qtbot, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    window: MainWindow = a_window(folder)
    qtbot.addWidget(window)
    clerk = Clerk(window)
    fill_c01(clerk)
    page = intake(window)
    shown = {(line.title, line.whose): line for line in page.desk_view.panel.model.lines if line.offers}
    for key, line in shown.items():
        print(key, line.standing, line.amount, line.note)
    print("KEYS", clerk.keys, clerk.letters)
