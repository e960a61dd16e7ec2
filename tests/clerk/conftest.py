"""Real things for the clerk's tests: a store in a folder, the small catalogue's rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new encrypted store."""
    opened = open_store(tmp_path / "store")
    yield opened
    opened.close()
