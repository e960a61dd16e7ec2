"""Real cases filed in a real store, for the papers printed of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clerk.casefile import CaseFile
from clerk.fanout import submit
from clerk.files import read_household_file
from clerk.screening import chosen, screen
from clerk.settings import Office
from clerk.store import open_store
from forms.catalogue import Catalogue
from forms.language import Evaluator, compile_catalogue
from tests.builders import DAY, an_id, the_demo_catalogue

OFFICE = Office("示例县城关镇人民政府", "990101001", "测试员")
HOUSE = """\
现住地: "990101"
现住址: {address}
困难原因: [因病, 因残]
困难叙述: {reason}
户籍情况: 本县户籍
适用标准: 农村
申请日期: 2026-09-01
住房类别: 自有私房
录齐: 全部
成员:
{members}
金融资产:
  - {{类别: 存款, 金额: 3000元, 机构名称: 示例农商银行}}
房屋:
  - {{房屋用途: 居住, 坐落: 红星村, 建筑面积: 90, 房屋性质: 宅基地房}}
"""
MEMBER = """\
  - 姓名: {name}
    证件号: "{number}"
    与申请人关系: {kin}
    共同生活: 是
    健康状况: 健康
    持残疾证: 否
    医保类型: 城乡居民医保
    从业状况: 务农
    劳动能力: 有劳动能力
    收入:
      - {{类别: 经营净收入, 计法: 按年, 年收入: 1200元, 来源: 承包地}}
"""


def names(count: int) -> list[str]:
    """Invented names, no two alike and none part of another."""
    return [f"赵{chr(0x5000 + 11 * at)}{chr(0x6000 + 13 * at)}" for at in range(count)]


def a_household(people: Sequence[str], reason: str = "家庭困难。", address: str = "红星村四组17号") -> str:
    """A poor rural family of adults: the first is the applicant."""
    members = [
        MEMBER.format(name=name, number=an_id("19700812", 11 + 2 * at), kin="本人" if at == 0 else "其他亲属")
        for at, name in enumerate(people)
    ]
    return HOUSE.format(members="".join(members).rstrip(), reason=reason, address=address)


def file_case(folder: Path, text: str, choose: str = "all", catalogue: Catalogue | None = None) -> CaseFile:
    """The household filed for what it may receive, and read back as a case."""
    catalogue = catalogue or the_demo_catalogue()
    plan = compile_catalogue(catalogue, DAY)
    household = read_household_file(text, catalogue, DAY)
    offers = chosen(screen(Evaluator(plan, household), catalogue), choose.split("、"))
    store = open_store(folder / "store")
    try:
        with store.work() as work:
            record = submit(household, offers, work=work, plan=plan, office=OFFICE)
    finally:
        store.close()
    return CaseFile(record, plan, DAY)
