"""The long form of damaged sheets: five thousand spoilt workbooks, each a table or one sentence, and no reader left behind."""

from pathlib import Path

import pytest

from clerk.exchange.reading import Guard
from tests.clerk.exchange.making import people, sentences

WANTED = 5_000


@pytest.mark.timeout(3600)
def test_five_thousand_damaged_workbooks_are_read_or_refused_in_one_sentence(tmp_path: Path) -> None:
    with Guard(seconds=5, memory=400 << 20) as guard:
        said = sentences(guard, people(tmp_path / "a.xlsx", 30), range(WANTED))
        assert guard.read(tmp_path / "a.xlsx").kind == "xlsx"
    print(f"\n{WANTED} damaged, {len(said)} refused in {len(set(said))} different sentences")
    assert all("\n" not in message for message in said)
    assert not any("还没有读完" in message for message in said)
