"""Every row of the table of boundaries is tried somewhere, and the place it names is there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from clerk.household import Household, Row
from clerk.packed import layout_of, pack
from clerk.radar import Reason, radar
from clerk.records import HouseholdKeys
from clerk.store import open_store
from tests.cases.expectations import CASES, expectations, rules

HERE = Path(__file__).parent
TABLE: dict[str, Any] = yaml.safe_load((HERE / "unit_table.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE)
def test_a_row_of_the_table_is_tried_where_it_says(row: str) -> None:
    names = [str(each) for each in expectations(CASES)]
    for begun in TABLE[row].get("案例", ()):
        assert any(name.startswith(begun) for name in names), begun
    for place in TABLE[row].get("测试", ()):
        path, _, function = place.partition("::")
        assert re.search(rf"^def {function}\(", (HERE.parents[1] / path).read_text(encoding="utf-8"), re.MULTILINE), (
            place
        )
    assert set(TABLE[row]) <= {"案例", "测试"}


def test_no_row_of_the_table_is_left_out() -> None:
    left = {2, 5, 14, 17, 20, 25, 27, 28, 31, 38}  # numbers that the published table does not use
    assert set(TABLE) == {f"U{number:02}" for number in range(1, 41) if number not in left}


def test_a_graduation_is_in_the_reminders_of_the_sixty_days_before_it(tmp_path: Path) -> None:
    _, early = rules((), date(2027, 5, 2))
    _, due = rules((), date(2027, 7, 1))
    student = {
        "姓名": "宋某丹",
        "出生日期": date(2005, 11, 20),
        "学段": "高等教育",
        "毕业年月": date(2027, 7, 1),
        "共同生活": True,
    }
    home = Household({}, {"成员": (Row("m", "", student),)})
    store = open_store(tmp_path / "store")
    with store.work() as work:
        work.keep_household(home, HouseholdKeys((), {}, pack(home, layout_of(due))))
    with store.reading() as view:
        found = radar(view, early, due).dues
        before = radar(view, rules((), date(2027, 4, 1))[1], early).dues
    store.close()
    assert [(one.reason, one.day, one.field) for one in found] == [(Reason.EXPIRY, date(2027, 7, 1), "毕业年月")]
    assert before == []
