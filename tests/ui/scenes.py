"""Scenes worth looking at: each makes a window in some state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.builders import an_id
from tests.ui.books_scenes import BOOKS
from tests.ui.county_scenes import COUNTY
from tests.ui.desk import Hand, a_window, intake, seat_case, settle, wait_until
from tests.ui.incoming import BAD, GOOD, LEDGER, VILLAGE, a_row, a_sheet, at_incoming, read, taken_in, tried
from tests.ui.policy import at_policy, draft_amount, open_programme, open_standard
from tests.ui.printing_desk import at_plan, file_named, plug_in
from ui import theme
from ui.intake.desk import Spot
from ui.main_window import MainWindow
from ui.places import PRINTING, RADAR, SETTINGS

KIN = ("本人", "妻", "长子", "长女", "父亲", "母亲", "次子", "孙子")
NAMES = ("古某·肉某", "㛃某", "𠅤某", "𬱖某", "䶮某", "李某", "张某甲", "张某乙")
BORN = ("19800101", "19820304", "20050505", "20100606", "19550707", "19570808", "20120909", "20231010")


def empty(folder: Path) -> MainWindow:
    """Nothing typed yet."""
    return a_window(folder)


def half(folder: Path) -> MainWindow:
    """An applicant and a wife, a number that cannot be."""
    window = a_window(folder)
    page = intake(window)
    desk = page.desk
    people = eight_people(page, 2)
    desk.type(Spot("成员", people[1], "证件号"), "990101198203041234")
    desk.type(Spot("成员", people[0], "健康状况"), "健康")
    page.desk_view.refresh()
    page.desk_view.go_to(Spot("成员", people[1], "与申请人关系"))
    settle()
    return window


def c01(folder: Path) -> MainWindow:
    """The worked case with the car."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    page.desk_view.form.to_top()
    return window


def c01_father(folder: Path) -> MainWindow:
    """The same, at the father."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    father = page.desk.rows("成员")[4]
    page.desk_view.go_to(Spot("成员", father, "健康状况"))
    settle()
    return window


def reasons(folder: Path) -> MainWindow:
    """Why the household is not in."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    page.desk_view.take_list()
    page.desk_view.show_reasons(page.desk_view.panel.view.line(), take_hand=False)
    settle()
    return window


def check(folder: Path) -> MainWindow:
    """Before filing."""
    window = a_window(folder)
    seat_case(window, "C01").show_check()
    settle()
    return window


def eight(folder: Path) -> MainWindow:
    """Eight members with rare names."""
    window = a_window(folder)
    page = intake(window)
    eight_people(page, 8)
    page.desk_view.refresh()
    page.desk_view.form.to_top()
    settle()
    return window


def large(folder: Path) -> MainWindow:
    """Text half as large again."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.dress(app, theme.LARGEST)
    window = c01(folder)
    settle()
    return window


def keys(folder: Path) -> MainWindow:
    """All keys."""
    window = a_window(folder)
    window.key_card()
    settle()
    return window


def first_start(folder: Path) -> MainWindow:
    """The first start."""
    return a_window(folder, office=None)


def settings(folder: Path) -> MainWindow:
    """Settings."""
    window = a_window(folder)
    window.go(SETTINGS)
    settle()
    return window


def rosters(folder: Path) -> MainWindow:
    """Rosters."""
    window = a_window(folder)
    window.go(2)
    settle()
    return window


def filed(folder: Path) -> MainWindow:
    """After filing."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    page.acts.check()
    page.check.submit()
    settle()
    return window


def keying(folder: Path) -> MainWindow:
    """The panel beside the window, in the middle of a list."""
    window = filed(folder)
    intake(window).filed.keying.emit()
    assert window.places is not None
    desk = window.places.keying
    wait_until(lambda: desk.panel is not None and desk.panel.isVisible())
    assert desk.panel is not None
    panel = desk.panel
    panel.which.setCurrentIndex(2)
    for _ in range(4):
        panel.take_next()
    panel.setParent(window)  # a picture is of one window
    panel.setGeometry(window.width() - panel.width() - 14, 12, panel.width(), window.height() - 56)
    panel.show()
    settle()
    return window


def preview(folder: Path) -> MainWindow:
    """What goes home."""
    window = filed(folder)
    page = intake(window)
    page.filed.take_home()
    wait_until(lambda: bool(page.filed.pages.pdf))
    settle()
    return window


def cases(folder: Path) -> MainWindow:
    """Cases found."""
    window = filed(folder)
    window.go(1)
    settle()
    return window


def incomes(folder: Path) -> MainWindow:
    """What the applicant earns, in line."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    page.desk_view.go_to(Spot("收入", page.desk.rows("收入")[0], "年收入"))
    settle()
    return window


def assets(folder: Path) -> MainWindow:
    """Car and house."""
    window = a_window(folder)
    page = seat_case(window, "C01")
    page.desk_view.form.go_to_part(3)
    settle()
    return window


def problems(folder: Path) -> MainWindow:
    """The check page with work to do."""
    window = a_window(folder)
    page = intake(window)
    rows = eight_people(page, 3)
    page.desk.type(Spot("成员", rows[1], "证件号"), "990101198001010110")
    page.show_check()
    settle()
    return window


def choices(folder: Path) -> MainWindow:
    """Picking from a list."""
    window = a_window(folder)
    page = intake(window)
    page.desk_view.go_to(Spot("成员", page.desk.rows("成员")[0], "与申请人关系"))
    page.desk_view.form.here().open_list("f")  # type: ignore[union-attr]
    settle()
    return window


def eight_people(page: object, count: int) -> list[str]:
    """Type some members into the desk."""
    desk = page.desk  # type: ignore[attr-defined]
    part = next(part.list for part in desk.parts if part.list and part.list.table.id == "成员")
    while len(desk.rows("成员")) < count:
        desk.add_row(part, "")
    rows = list(desk.rows("成员"))
    for row, name, kin, born in zip(rows, NAMES, KIN, BORN, strict=False):
        desk.type(Spot("成员", row, "姓名"), name)
        desk.type(Spot("成员", row, "证件号"), an_id(born, 11 if kin in ("本人", "长子", "父亲", "次子", "孙子") else 12))
        desk.type(Spot("成员", row, "与申请人关系"), kin)
    return rows


def c02(folder: Path) -> MainWindow:
    """One household, four departments: the list."""
    return _at_list(folder, "C02")


def c30(folder: Path) -> MainWindow:
    """Several disabled members: the list."""
    return _at_list(folder, "C30")


def plan_c02(folder: Path) -> MainWindow:
    """The plan of four departments."""
    return _at_plan(folder, "C02")


def plan_c30(folder: Path) -> MainWindow:
    """The plan of several disabled members."""
    return _at_plan(folder, "C30")


def plan_large(folder: Path) -> MainWindow:
    """The plan of eight people in the largest text."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.dress(app, theme.LARGEST)
    return _at_plan(folder, "C30")


def plan_reasons(folder: Path) -> MainWindow:
    """Why, over the plan."""
    window = _at_plan(folder, "C30")
    check = intake(window).check
    check.plan.opened.emit(check.plan.cell())
    settle()
    return window


def plan_difference(folder: Path) -> MainWindow:
    """A filed case, corrected: the father's card is of another grade, the son is insured at work."""
    window = filed(folder)
    page = intake(window)
    record = page.filed.record
    assert record is not None
    page.correct(record)
    people = page.desk.rows("成员")
    page.desk.type(Spot("成员", people[4], "残疾证号"), "99010119560308911742")
    page.desk.type(Spot("成员", people[4], "残疾等级"), "二级")
    page.desk.type(Spot("成员", people[2], "医保类型"), "职工医保")
    page.show_check()
    settle()
    return window


def radar(folder: Path) -> MainWindow:
    """Whom the next year touches, among the households filed."""
    window = a_window(folder)
    for name in ("C01", "C02", "C30", "C12"):
        page = seat_case(window, name)
        page.acts.check()
        page.put_off()
        page.check.submit()
        settle()
        page.start_new()
    window.go(RADAR)
    found = window.stack.currentWidget()
    found.until.setText("2027-09-01")  # type: ignore[attr-defined]
    found.search()  # type: ignore[attr-defined]
    wait_until(lambda: found.result is not None)  # type: ignore[attr-defined]
    found.kinds.setCurrentRow(2)  # type: ignore[attr-defined]
    settle()
    return window


def policy_packs(folder: Path) -> MainWindow:
    """What lies on the shelf: the demo county, a later version of it that waits for its day."""
    window = a_window(folder)
    page = at_policy(window)
    _shelve(window, folder)
    page.go(0)
    settle()
    return window


def policy_rehearsal(folder: Path) -> MainWindow:
    """What the later version would change for the households filed."""
    window = a_window(folder)
    for name in ("C01", "C02", "C03", "C30"):
        page = seat_case(window, name)
        page.acts.check()
        page.put_off()
        page.check.submit()
        settle()
        page.start_new()
    policy = at_policy(window)
    _shelve(window, folder)
    policy.go(0)
    policy.packs.table.setCurrentCell(2, 0)
    policy.packs.rehearse()
    wait_until(lambda: not policy.packs.rehearsal.running)
    settle()
    return window


def policy_standards(folder: Path) -> MainWindow:
    """All standards, with what is in force today."""
    window = a_window(folder)
    at_policy(window).go(1)
    settle()
    return window


def policy_standard(folder: Path) -> MainWindow:
    """A new amount, with what is wrong said at its place."""
    window = a_window(folder)
    page = at_policy(window)
    page.go(1)
    editor = open_standard(page, "低保标准")
    editor.new_value()
    hand = Hand(window)
    hand.type("2027-01-01")
    hand.enter(2)
    hand.type("900")
    editor.boxes.editor(("值", "城市")).setText("900元")
    editor.boxes.editor(("值", "城市")).typed.emit("900元")
    hand.enter()
    hand.type("7oo")
    hand.enter()
    hand.speak("关于提高最低生活保障标准的通知")
    hand.enter()
    hand.speak("示民〔2026〕9号")
    editor.check()
    settle()
    return window


def policy_condition(folder: Path) -> MainWindow:
    """A condition's rule with a slip of the pen, underlined where it is."""
    window = a_window(folder)
    page = at_policy(window)
    page.go(2)
    editor = open_programme(page, "低保")
    editor.table.setCurrentCell(next(at for at, row in enumerate(editor.table.rows) if "低保标准" in str(row.cells)), 0)
    rule = next(key for key in editor.boxes.keys if key[-1] == "要求")
    editor.boxes.take_hand(rule)
    words = editor.boxes.editor(rule)
    words.setPlainText(words.text().replace("低保标准", "低保标淮"))  # type: ignore[union-attr]
    editor.check()
    settle()
    return window


def policy_papers(folder: Path) -> MainWindow:
    """A county's drawing brought in: what keeps it out and what to look at, each at its cell."""
    from openpyxl import load_workbook

    from printing.drawn.exporting import export_paper

    window = a_window(folder)
    page = at_policy(window)
    file = folder / "县表.xlsx"
    file.write_bytes(export_paper(window.workspace.catalogue.papers["D01"]))
    book = load_workbook(file)
    faults = {"{工作单位}": "{工作单伟}", "{劳动能力}": "{周岁(出生日其)}", "{健康状况}": "{健康状况 选 硬朗 虚弱}"}
    for row in book["表"].iter_rows():
        for cell in row:
            if cell.value in faults:
                cell.value = faults[cell.value]
    book.save(file)
    page.go(3)
    page.papers.setCurrentWidget(page.papers.drawing)
    page.papers.drawing.open(file)
    wait_until(lambda: "版号" in page.papers.drawing.told.text())
    hand = Hand(window)
    hand.type("2027")
    hand.enter()
    wait_until(lambda: page.papers.drawing.found is not None)
    settle()
    return window


def policy_paper_list(folder: Path) -> MainWindow:
    """All papers with their editions."""
    window = a_window(folder)
    at_policy(window).go(3)
    settle()
    return window


def policy_publish(folder: Path) -> MainWindow:
    """Before publishing: what changes, cases that no longer come out, a second name that is the first."""
    window = a_window(folder)
    page = at_policy(window)
    draft_amount(page, "低保标准", "2026-09-01", {"城市": "900元", "农村": "700元"})
    page.go(4)
    settle()
    pane = page.publishing.page
    pane.run_cases()
    wait_until(lambda: pane._task is None)
    hand = Hand(window)
    pane.boxes.take_hand()
    hand.type("2026-09-01")
    hand.enter(2)
    hand.speak("赵某经办")
    hand.enter()
    hand.speak("按年度调整")
    pane.check()
    settle()
    return window


def policy_programmes(folder: Path) -> MainWindow:
    """All programmes."""
    window = a_window(folder)
    at_policy(window).go(2)
    settle()
    return window


def _shelve(window: MainWindow, folder: Path) -> None:
    """Put a later version of the demo pack with a higher amount on the shelf."""
    from clerk.packs import install
    from tests.clerk.pack_making import KEY, a_file, a_tree, replaced

    tree = replaced(a_tree(folder / "tree"), "{城市: 832元, 农村: 632元}", "{城市: 900元, 农村: 700元}")
    install(a_file(tree, folder / "new.pack"), window.workspace.where.packs, [KEY.public])


def _at_list(folder: Path, name: str) -> MainWindow:
    window = a_window(folder)
    page = seat_case(window, name)
    page.desk_view.take_list()
    settle()
    return window


def _at_plan(folder: Path, name: str) -> MainWindow:
    window = a_window(folder)
    seat_case(window, name).acts.check()
    settle()
    return window


def print_plan(folder: Path) -> MainWindow:
    """What the busiest household needs on paper."""
    window = a_window(folder)
    plug_in(window)
    file_named(window, "C30")
    plan = at_plan(window)
    place = next(at for at, line in enumerate(plan.table.lines) if line.folded)
    plan.table.setCurrentCell(place, 1)
    settle()
    return window


def print_left(folder: Path) -> MainWindow:
    """What none of its papers says."""
    window = print_plan(folder)
    intake(window).filed.plan.left.read()
    settle()
    return window


def print_gaps(folder: Path) -> MainWindow:
    """The same where answers are missing."""
    window = a_window(folder)
    plug_in(window)
    page = seat_case(window, "C02")
    for row in page.desk.rows("成员"):
        page.desk.type(Spot("成员", row, "从业状况"), "")
        page.desk.type(Spot("成员", row, "健康状况"), "")
    page.acts.check()
    page.put_off()
    page.check.submit()
    settle()
    at_plan(window)
    return window


def print_preview(folder: Path) -> MainWindow:
    """The very bytes."""
    window = print_plan(folder)
    plan = intake(window).filed.plan
    plan.preview()
    wait_until(lambda: bool(plan.pages.pdf) and not plan.pages._thumbs.isActive())
    plan.pages.contents.setCurrentRow(2)
    settle()
    return window


def print_dead(folder: Path) -> MainWindow:
    """A printer that does not answer."""
    window = a_window(folder)
    tray = plug_in(window)
    file_named(window, "C01")
    plan = at_plan(window)
    plan.leave_all_blank()
    tray.there = False
    plan.print()
    wait_until(lambda: plan.run.again.isVisible())
    settle()
    return window


def print_glyphs(folder: Path) -> MainWindow:
    """Characters that no font has."""
    window = a_window(folder)
    plug_in(window)
    page = seat_case(window, "C01")
    page.desk.type(Spot("家庭", "", "现住址"), "红星村\ue123组")
    page.desk.type(Spot("收入", page.desk.rows("收入")[0], "来源"), "承\u0378包地")
    page.acts.check()
    page.put_off()
    page.check.submit()
    settle()
    at_plan(window)
    return window


def print_again(folder: Path) -> MainWindow:
    """What was handed out."""
    window = print_dead(folder)
    _at_printing(window, 0)
    return window


def print_batch(folder: Path) -> MainWindow:
    """Many households."""
    window = a_window(folder)
    plug_in(window)
    for name in ("C01", "C02", "C12", "C30"):
        file_named(window, name)
        intake(window).start_new()
    _at_printing(window, 1)
    return window


def print_batch_notices(folder: Path) -> MainWindow:
    """Many notices, with the day they go up."""
    window = print_batch(folder)
    page = window.stack.currentWidget().batch  # type: ignore[attr-defined]
    page.extra.turn("D20")
    page.extra.posted.setText("2026-09-03")
    page.blanks.setChecked(True)
    page.table.setFocus()
    page.print()
    wait_until(lambda: page.all[1].result != "")
    page.stop()
    wait_until(lambda: not page.running)
    settle()
    return window


def print_stock(folder: Path) -> MainWindow:
    """Bringing a printer to the millimetre."""
    window = a_window(folder)
    plug_in(window)
    _at_printing(window, 2)
    return window


def incoming_kinds(folder: Path) -> MainWindow:
    """Which kind of sheet comes in."""
    window = a_window(folder)
    at_incoming(window)
    return window


def incoming_mapping(folder: Path) -> MainWindow:
    """A sheet matched, with a doubt, the hand on another heading."""
    window = a_window(folder)
    pane = at_incoming(window)
    read(pane, VILLAGE, a_sheet(folder / "红星村9月名单.xlsx", GOOD, "所在地"))
    return window


def incoming_trial(folder: Path) -> MainWindow:
    """A dry run with problems and a question."""
    window = a_window(folder)
    pane = at_incoming(window)
    taken_in(pane, VILLAGE, a_sheet(folder / "红星村8月名单.xlsx", GOOD))
    pane = at_incoming(window)
    rows = (a_row(1, "张谋", GOOD[0][4]), *GOOD[1:], *BAD)
    tried(pane, LEDGER, a_sheet(folder / "红星村低保台账.xlsx", rows))
    return window


def incoming_past(folder: Path) -> MainWindow:
    """What came in before, one batch about to go out again."""
    window = a_window(folder)
    for kind, name, rows in ((VILLAGE, "红星村8月名单", GOOD[:2]), (LEDGER, "红星村低保台账", GOOD)):
        taken_in(at_incoming(window), kind, a_sheet(folder / f"{name}.xlsx", rows))
    pane = at_incoming(window)
    pane.look_back()
    pane.past.undo()
    settle()
    return window


def _at_printing(window: MainWindow, part: int) -> None:
    window.go(PRINTING)
    page = window.stack.currentWidget()
    page.go(part)  # type: ignore[attr-defined]
    wait_until(lambda: page._pages[part].where.tray.count() > 0 or bool(page._pages[part].where.state.text()))  # type: ignore[attr-defined]
    settle()


SCENES: dict[str, Callable[[Path], MainWindow]] = {
    "empty": empty,
    "half": half,
    "c01": c01,
    "c01-father": c01_father,
    "reasons": reasons,
    "check": check,
    "eight": eight,
    "large": large,
    "keys": keys,
    "first-start": first_start,
    "settings": settings,
    "rosters": rosters,
    "filed": filed,
    "keying": keying,
    "preview": preview,
    "cases": cases,
    "incomes": incomes,
    "assets": assets,
    "problems": problems,
    "choices": choices,
    "c02": c02,
    "c30": c30,
    "plan-c02": plan_c02,
    "plan-c30": plan_c30,
    "plan-large": plan_large,
    "plan-reasons": plan_reasons,
    "plan-difference": plan_difference,
    "radar": radar,
    "policy-packs": policy_packs,
    "policy-rehearsal": policy_rehearsal,
    "policy-standards": policy_standards,
    "policy-standard": policy_standard,
    "policy-condition": policy_condition,
    "policy-papers": policy_papers,
    "policy-paper-list": policy_paper_list,
    "policy-publish": policy_publish,
    "policy-programmes": policy_programmes,
    "print-plan": print_plan,
    "print-left": print_left,
    "print-gaps": print_gaps,
    "print-preview": print_preview,
    "print-dead": print_dead,
    "print-glyphs": print_glyphs,
    "print-again": print_again,
    "print-batch": print_batch,
    "print-batch-notices": print_batch_notices,
    "print-stock": print_stock,
    "incoming-kinds": incoming_kinds,
    "incoming-mapping": incoming_mapping,
    "incoming-trial": incoming_trial,
    "incoming-past": incoming_past,
    **BOOKS,
    **COUNTY,
}
