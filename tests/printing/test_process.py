"""The helper process: warm, apart from the window's, and replaced when it dies."""

import os
import weakref
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from printing import draw
from printing.faces import MissingGlyph
from printing.marks import A4, SONG, Page, Text
from printing.process import Helper
from tests.bench.peers import a_packet


def test_papers_made_in_the_helper_are_those_made_here_forms_are_kept_and_households_are_let_go(tmp_path: Path):
    with Helper(tmp_path) as helper:
        made = helper.submit(draw.draw, a_packet(2), "990101-2026-000123").result(60)
        assert helper.submit(os.getpid).result(10) != os.getpid()
        helper.submit(_leave_a_ring).result(10)
        assert helper.submit(_ring_is_gone).result(10)
    assert made == draw.draw(a_packet(2), "990101-2026-000123")
    assert list(tmp_path.glob("*.ink"))


class _Link:
    """One part of a household that holds another."""

    other: "_Link"


_left: list[weakref.ref[_Link]] = []


def _leave_a_ring() -> None:
    one, other = _Link(), _Link()
    one.other, other.other = other, one
    _left.append(weakref.ref(one))


def _ring_is_gone() -> bool:
    return _left[0]() is None


def test_a_refused_character_comes_back_by_name_and_a_dead_helper_is_replaced():
    page = Page(*A4, None, (Text(60, 700, 12, SONG, "某\U0003134a"),))
    with Helper() as helper:
        with pytest.raises(MissingGlyph) as refused:
            helper.submit(draw.draw, [page], "x").result(60)
        assert refused.value.characters == "\U0003134a"
        assert str(refused.value) == MissingGlyph("\U0003134a").message
        with pytest.raises(BrokenProcessPool):
            helper.submit(os._exit, 1).result(60)
        assert helper.submit(os.getpid).result(60) > 0
