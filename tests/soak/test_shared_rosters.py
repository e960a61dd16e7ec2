"""The long form: rosters of a thousand random households leave the office without one sensitive answer."""

from pathlib import Path

import pytest

from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.shared_rosters import cases_of, handed_out


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("version", ["公示", "微信"])
def test_a_thousand_households_on_every_roster_that_leaves_the_office(version: str, tmp_path: Path) -> None:
    plan = the_plan(DAY)
    seen = handed_out(cases_of(plan, range(1_000, 2_000)), plan, version, tmp_path / "out.xlsx")
    print(f"\n{version}: {seen.rows} rows, {seen.hidden} answers looked for, {len(seen.told)} found")
    assert seen.told == ()
    assert seen.rows > 1_000
