"""The long form: 200 lives of a journalling process, each killed; run with `pytest tests/soak`."""

from pathlib import Path

import pytest

from tests.clerk.store.killing import kill_and_compare


@pytest.mark.timeout(900)
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    campaign = kill_and_compare(tmp_path / "s", rounds=200)
    print(f"\n{campaign.acknowledged} acknowledged, {campaign.lost} lost, {campaign.unacknowledged} landed without acknowledgement")
    assert campaign.acknowledged > 5000
    assert (campaign.lost, campaign.faults, campaign.readable) == (0, [], [])
