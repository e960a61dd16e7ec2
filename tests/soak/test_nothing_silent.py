"""The long form: ten thousand random households, nothing lost between the form and the papers, nothing said twice."""

import pytest

from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.homes import Homes
from tests.printing.silence import Tally, campaign


@pytest.mark.timeout(14_400)
def test_of_ten_thousand_households_every_answer_is_on_paper_or_named_as_left_out() -> None:
    tally, homes = Tally(), Homes(the_plan(DAY))
    for start in range(1_000, 11_000, 500):
        campaign(homes, range(start, start + 500), tally, read=50, large=10)
        assert (tally.lost, tally.doubled, tally.listed) == ([], [], []), start
    print(f"\n{tally}")
    assert tally.households == 10_000
