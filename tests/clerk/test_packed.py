"""The packed record holds exactly what rules read, names its layout, and comes back as it was."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from clerk.household import Household, Row
from clerk.packed import digest_of, layout_of, ordered_rows, pack
from clerk.repacking import repack
from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from clerk.unpacked import columns_of, household_of, is_of
from forms.language import Evaluator, compile_catalogue
from forms.layers import DEMO
from forms.schema import ROOT
from tests.builders import DAY, the_demo_catalogue
from tests.forms.language.families import Families

PLANS = Plans(the_demo_catalogue())
PLAN = PLANS.on(DAY)
LAYOUT = layout_of(PLAN)
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")


@pytest.mark.parametrize("seed", range(20))
def test_a_record_comes_back_as_the_household_that_the_rules_saw(seed: int) -> None:
    home = Families(PLAN).one(random.Random(seed), 0.3)
    record = pack(home, LAYOUT)
    assert record is not None
    again = household_of(record, LAYOUT, PLAN)
    assert again.answers == home.answers
    assert {table for table in again.complete if table in LAYOUT_TABLES} == {t for t in home.complete if t in LAYOUT_TABLES}
    for table in LAYOUT_TABLES[1:]:
        keys = ordered_rows(home, LAYOUT, table)
        assert [row.answers for row in again.tables[table]] == [home.row(table, key).answers for key in keys]
        assert [row.owner for row in again.tables[table]] == [
            f"{digest_of(owner):x}" if (owner := home.owner(table, key)) else "" for key in keys
        ]
    judged, plain = Evaluator(PLAN, again), Evaluator(PLAN, home)
    assert [judged.verdict(*key) for key in judged.pairs()] == [plain.verdict(name, _key(home, row)) for name, row in judged.pairs()]


LAYOUT_TABLES = [shape.table for shape in LAYOUT.shapes]


def _key(home: Household, digest: str) -> str:
    return next((row.key for row in home.tables["成员"] if f"{digest_of(row.key):x}" == digest), "")


def test_a_record_of_another_layout_is_refused() -> None:
    home = Families(PLAN).one(random.Random(1), 0.3)
    record = pack(home, LAYOUT)
    assert record is not None
    foreign = b"otherone" + record[8:]
    assert is_of(record, LAYOUT)
    assert not is_of(foreign, LAYOUT)
    assert not is_of(None, LAYOUT)
    with pytest.raises(ValueError, match="another layout"):
        columns_of([record, foreign], LAYOUT)


def test_the_layout_is_the_same_on_every_day_and_another_when_a_code_is_added() -> None:
    catalogue = the_demo_catalogue()
    assert layout_of(compile_catalogue(catalogue, DAY.replace(year=2030))).stamp == LAYOUT.stamp
    table = catalogue.codes["户籍情况"]
    more = replace(table, options=(*table.options, replace(table.options[0], code="新", label="新")))
    grown = replace(catalogue, codes={**catalogue.codes, "户籍情况": more})
    assert layout_of(compile_catalogue(grown, DAY)).stamp != LAYOUT.stamp


@pytest.mark.parametrize(
    ("table", "answers"),
    [
        ("金融资产", {"金额": 2**53}),
        ("房屋", {"建筑面积": Fraction(1, 3)}),
        ("成员", {"健康状况": "不在代码表里"}),
    ],
)
def test_what_does_not_fit_is_left_to_its_document(table: str, answers: dict[str, object]) -> None:
    home = Household({}, {"成员": (Row("m", "", {}),), table: (Row("x", "", answers),)})
    assert pack(home, LAYOUT) is None


def test_a_row_whose_owner_is_gone_is_left_to_its_document() -> None:
    assert pack(Household({}, {"成员": (Row("m", "", {}),), "收入": (Row("x", "nobody", {}),)}), LAYOUT) is None


def test_filing_writes_the_record_and_rebuilding_makes_the_same_one(store) -> None:
    apply_file(screen_file(DEMO / "cases" / "C01.yaml", PLANS, DAY), "all", store=store, plans=PLANS, office=OFFICE)
    with store.reading() as view:
        ((household_id, record),) = [pair for pairs in view.packed(10) for pair in pairs]
        assert is_of(record, LAYOUT)
        kept = view.household(household_id, the_demo_catalogue())
    assert kept is not None
    assert record == pack(kept[1], LAYOUT)
    assert repack(store, PLAN) == 0
    with store.work() as work:
        work.repack([(household_id, b"of an older program")])
    assert repack(store, PLAN) == 1
    with store.reading() as view:
        assert next(view.packed(10)) == [(household_id, record)]
    assert LAYOUT.shapes[0].table == ROOT
