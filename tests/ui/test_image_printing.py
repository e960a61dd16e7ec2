"""The way without PDF: pages drawn as images at actual size, read back from Qt's PDF output and compared by ink."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk.errors import UserCanFix
from printing.draw import draw
from printing.marks import A4, KAI, Line, Page, Text
from printing.preview import page_count, render
from printing.printers import Order, Stage
from ui.image_printing import ImageWay

WIDE = (A4[1], A4[0])
CASE = "990101-2026-000123"


def a_page(size: tuple[float, float], words: str) -> Page:
    wide, high = size
    return Page(wide, high, None, (Text(60, high - 80, 20, KAI, words), Line(60, 60, wide - 60, 60, 2)))


def darkness(pdf: bytes, page: int) -> list[tuple[int, int]]:
    """Which squares of 8 x 8 pixels hold ink, at 72 dpi."""
    picture = render(pdf, page, 1.0)
    found = set()
    for y in range(picture.height):
        row = picture.pixels[y * picture.width * 4 : (y + 1) * picture.width * 4 : 4]
        found |= {(x // 8, y // 8) for x, value in enumerate(row) if value < 160}
    return sorted(found)


def test_every_page_lands_where_the_pdf_has_it_at_actual_size(qtbot: QtBot, tmp_path: Path) -> None:
    pdf = draw([a_page(A4, "甲" * 12), a_page(A4, "乙" * 5)], CASE)
    made = tmp_path / "made.pdf"
    way = ImageWay(str(made), dpi=150)
    job = way.send(pdf, CASE, "Hall", Order())
    out = made.read_bytes()
    assert page_count(out) == 2
    for page in range(2):
        wanted, got = set(darkness(pdf, page)), set(darkness(out, page))
        assert wanted
        assert len(wanted ^ got) <= len(wanted) * 0.12, "only squares at an edge of ink may differ"
    assert way.follow([job])[job].stage is Stage.UNKNOWN
    assert CASE.encode() in out or CASE.encode("utf-16-be") in out


def test_a_wide_page_is_turned_and_not_shrunk(qtbot: QtBot, tmp_path: Path) -> None:
    pdf, made = draw([a_page(WIDE, "宽表" * 6)], CASE), tmp_path / "made.pdf"
    ImageWay(str(made), dpi=150).send(pdf, CASE, "Hall", Order())
    picture = render(made.read_bytes(), 0, 1.0)
    assert picture.width < picture.height
    upright = {(y, round(A4[0] / 8) - 1 - x) for x, y in darkness(made.read_bytes(), 0)}
    wanted = set(darkness(pdf, 0))
    near = {(x + dx, y + dy) for x, y in upright for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    assert wanted <= near


@pytest.mark.qt_log_ignore("Returned false")
def test_what_this_way_cannot_do_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    way = ImageWay()
    with pytest.raises(UserCanFix, match="打印队列里取消"):
        way.cancel("Hall-1")
    with pytest.raises(UserCanFix, match="打不开打印队列"):
        ImageWay(str(tmp_path / "none" / "made.pdf")).send(draw([a_page(A4, "甲")], CASE), CASE, "Hall", Order())
