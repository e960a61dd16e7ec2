"""Whether a material was handed over: the same words, however the clerk says that it is a copy."""

import pytest

from clerk.files import read_household_file
from clerk.materials import handed_over, is_received
from tests.builders import DAY, the_demo_catalogue

PAPERS = """成员:
  - {姓名: 赵某, 与申请人关系: 本人}
附件:
  - {材料种类: 户口簿}
  - {材料种类: 其他材料, 材料名称: 身份证复印件}
  - {材料种类: 其他材料, 材料名称: 诊断证明（二甲医院） }
  - {材料种类: 残疾人证, 材料名称: 残疾人证办理申请}
"""


@pytest.mark.parametrize(
    ("material", "received"),
    [
        ("户口簿", True),
        ("身份证、户口簿", True),
        ("身份证、结算单", False),
        ("诊断证明", True),
        ("残疾人证", False),
        ("残疾人证或诊断证明", True),
        ("诊断证明（近 12 个月）", True),
        ("诊断", False),
    ],
)
def test_a_material_is_here_only_under_its_own_name(material: str, received: bool) -> None:
    catalogue = the_demo_catalogue()
    here = handed_over(read_household_file(PAPERS, catalogue, DAY), catalogue)
    assert is_received(material, here) is received
