"""A field, a programme, a paper and a roster that exist only as data files appear in form, list, packet and workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from clerk.fanout import submit
from clerk.periods import read_span
from clerk.screening import Standing
from clerk.service import Plans, Wanted, case_files, roster_tables
from forms.loader import DEMO
from printing.packet import packet
from printing.workbook import write_workbook
from tests.ui.desk import NOW, OFFICE, a_window, intake, seat_case, settle
from ui.intake.desk import Spot

FILES = {
    "pack.yaml": "编号: beekeeping\n名称: 养蜂补助试点\n层级: 单位\n版本: '1'\n区划: '990101'\n示例: 是\n生效: 2026-01-01\n",
    "intake/bees.yaml": """
节: 养蜂
名称: 养蜂情况
表: 成员
次序: 40
字段:
  - {编号: 蜂箱数, 标签: 蜂箱数, 类型: 整数, 下限: "0", 上限: "999", 为何: 养蜂补助按箱计算}
""",
    "standards/bees.yaml": """
标准: 每箱补助
类型: 金额
值:
  - {自: 2026-01-01, 文件: {名称: 养蜂补助办法, 标记: D}, 值: 30元}
""",
    "programmes/bees.yaml": """
项目: 养蜂补助
编号: X01
名称: 养蜂补助
对象: 成员
类别: 产业帮扶
部门: 农业农村
次序: 900
生效: {自: 2026-01-01}
条件:
  - {编号: 规模, 说法: 养蜂十箱以上, 要求: 蜂箱数 >= 10, 依据: {名称: 养蜂补助办法, 标记: D}, 不符时: 不足十箱}
金额:
  - {名称: 养蜂补助金, 算式: 每箱补助 * 蜂箱数, 周期: 一次}
文书: [X01]
""",
    "papers/bees.yaml": """
文书: X01
名称: 养蜂补助登记表
版: "1"
自: 2026-01-01
次序: 500
每: 办件
份数: 1
块:
  - 行:
      - 姓名:4 | {姓名}:8 | 蜂箱:4 | {蜂箱数}
      - 补助金额:4 | {一次金额}
""",
    "rosters/bees.yaml": """
花名册: X01
名称: 养蜂补助花名册
部门: 农业农村局
行: 办件
项目: [养蜂补助]
期: [周]
次序: 900
列:
  - 姓名
  - {标题: 蜂箱, 值: 蜂箱数}
  - {标题: 补助, 值: 一次金额, 合计: 是}
""",
}


def write_pack(folder: Path) -> None:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")


@pytest.mark.usefixtures("qtbot")
def test_what_exists_only_as_data_appears_in_form_list_packet_and_workbook(tmp_path: Path) -> None:
    home = tmp_path / "clerk"
    shutil.copytree(DEMO, home / "packs" / "990101")
    write_pack(home / "packs" / "bees")
    home.chmod(0o700)
    window = a_window(home, practice=False)
    page = seat_case(window, "C01")
    controller = intake(window).desk
    applicant = controller.rows("成员")[0]

    spot = Spot("成员", applicant, "蜂箱数")
    page.desk_view.form.go_to(spot)
    settle()
    here = page.desk_view.form.row_here()
    assert here is not None
    assert (here.field.id, here.field.label) == ("蜂箱数", "蜂箱数"), "the form asks it"

    controller.type(spot, "12")
    settle()
    offer = next(one for one in controller.screening().offers if one.programme == "养蜂补助" and one.row == applicant)
    assert offer.standing is Standing.OPEN
    assert [(one.id, one.value.low) for one in offer.judgement.amounts] == [("养蜂补助金", 36000)]
    assert any(line.title == "养蜂补助" and line.amount == "360元（一次）" for line in page.desk_view.panel.model.lines)

    with window.workspace.store.work() as work:
        record = submit(controller.household(), [offer], work=work, plan=window.workspace.rules.plan, office=OFFICE)

    plans = Plans(window.workspace.catalogue)
    with window.workspace.store.reading() as view:
        case = case_files(view, [record.case_number], plans, NOW.date())[0]
        tables = roster_tables(view, Wanted(["X01"], read_span("2026-W36")), plans)
    made = packet(case)
    sheet = next(one for one in made.contents if one.paper == "X01")
    text = pypdfium2.PdfDocument(made.pdf)[sheet.first - 1].get_textpage().get_text_range()
    assert "养蜂补助登记表" in text
    assert "张某军" in text
    assert "360.00" in text

    write_workbook(tables, tmp_path / "bees.xlsx", OFFICE, NOW.date())
    cells = [cell for row in load_workbook(tmp_path / "bees.xlsx").active.iter_rows(values_only=True) for cell in row]
    assert {"养蜂补助花名册", "张某军"} <= {str(cell).split("（")[0] for cell in cells if cell}
    assert 360 in cells
