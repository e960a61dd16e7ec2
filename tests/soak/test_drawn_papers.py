"""Every shipped form is drawn as a workbook and comes back the same."""

import pytest

from tests.printing.drawn.test_import import RULED, changed_on_the_way


@pytest.mark.parametrize("id_", RULED)
def test_a_shipped_form_comes_back_from_its_drawing(id_: str) -> None:
    assert changed_on_the_way(id_) == []
