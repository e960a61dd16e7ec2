"""The long form: the public papers of a thousand random households tell nothing beyond their model."""

import pytest

from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.made_public import Found, campaign


@pytest.mark.timeout(3600)
def test_a_thousand_random_households_are_not_told_of_beyond_the_model() -> None:
    found = Found()
    campaign(the_plan(DAY), range(1_000, 2_000), found)
    print(
        f"\n{found.made} public papers, {found.refused} refused, {found.hidden} answers looked for, {len(found.told)} found"
    )
    assert found.told == []
    assert found.made >= 1_000
