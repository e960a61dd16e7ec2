"""A place is believed by its code, its full name, or the end of its name when only one place ends so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clerk.intake import Intake
from tests.builders import the_demo_catalogue


@pytest.mark.parametrize("said", ["990101100201", "示例县红星镇红星村", "红星村", "红星镇红星村"])
def test_a_village_is_believed_by_code_name_or_unique_ending(said: str, today: date) -> None:
    intake = Intake(the_demo_catalogue(), today)
    intake.type("家庭", "", "现住地", said)
    assert intake.answer("家庭", "现住地", "") == "990101100201"


def test_an_ending_that_two_villages_share_is_asked_back_with_both_named(today: date) -> None:
    catalogue = the_demo_catalogue()
    twice = replace(catalogue, regions={**catalogue.regions, "990101200202": "示例县青山乡红星村"})
    intake = Intake(twice, today)
    intake.type("家庭", "", "现住地", "红星村")
    assert intake.answer("家庭", "现住地", "") is None
    said = next(problem.message for problem in intake.problems() if problem.field == "现住地")
    assert "示例县红星镇红星村" in said
    assert "示例县青山乡红星村" in said
