"""The long form: ten thousand random households, nothing lost between the form and the papers, nothing said twice.

A thousand households a test, so that several processes can share them: `-k "1000-1999 or 2000-2999"`.
"""

from collections.abc import Iterator

import pytest

from tests.builders import DAY
from tests.forms.language.campaigns import the_plan
from tests.printing.homes import Homes
from tests.printing.silence import Tally, campaign

SHARE = 1_000
SHARES = [range(start, start + SHARE) for start in range(1_000, 11_000, SHARE)]


@pytest.fixture(scope="module")
def homes() -> Homes:
    return Homes(the_plan(DAY))


@pytest.fixture(scope="module")
def whole() -> Iterator[Tally]:
    """What all shares of this run counted together, said at its end."""
    tally = Tally()
    yield tally
    print(f"\n{tally}")


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("seeds", SHARES, ids=[f"{seeds[0]}-{seeds[-1]}" for seeds in SHARES])
def test_of_ten_thousand_households_every_answer_is_on_paper_or_named_as_left_out(
    homes: Homes, whole: Tally, seeds: range
) -> None:
    tally = Tally()
    campaign(homes, seeds, tally, read=50, large=10)
    whole.add(tally)
    print(f"\n{tally}")
    assert tally.households == SHARE
    assert (tally.lost, tally.doubled, tally.listed) == ([], [], [])
