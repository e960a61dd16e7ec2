"""Calibration: readings of a crooked printer undo what it does, measured on the PDF itself."""

import pytest

from clerk.errors import UserCanFix
from printing.calibration import NEAR, Calibration, calibrated, far, measured, sheet
from printing.marks import A4, KAI, POINTS_PER_MM, Line, Page, Text
from tests.printing.pages import ink_of, read_back

CROOKED = Calibration(offset_x=1.3, offset_y=-0.8, scale_x=1.002, scale_y=0.997)


def as_printed(calibration: Calibration, x: float, y: float) -> tuple[float, float]:
    """Where a crooked printer puts a mark that the page has at x, y."""
    return calibration.scale_x * x + calibration.offset_x, calibration.scale_y * y + calibration.offset_y


def a_page(*places: tuple[float, float]) -> Page:
    marks = [Text(x * POINTS_PER_MM, A4[1] - y * POINTS_PER_MM, 10, KAI, "口") for x, y in places]
    return Page(*A4, None, tuple(marks))


@pytest.mark.parametrize("stock", ["A3", "A4", "A5"])
def test_readings_of_the_sheet_say_what_the_printer_does(stock: str) -> None:
    right, low = far(stock)
    near, away = as_printed(CROOKED, NEAR, NEAR), as_printed(CROOKED, right, low)
    found = measured(stock, (near[0], away[0]), (near[1], away[1]))
    assert found.offset_x == pytest.approx(CROOKED.offset_x, abs=0.01)
    assert found.offset_y == pytest.approx(CROOKED.offset_y, abs=0.01)
    assert found.scale_x == pytest.approx(CROOKED.scale_x, abs=1e-4)
    assert found.scale_y == pytest.approx(CROOKED.scale_y, abs=1e-4)
    assert Calibration.from_plain(found.to_plain()) == found


def test_a_calibrated_page_lands_where_it_was_meant_to_on_that_printer() -> None:
    places = [(20.0, 20.0), (105.0, 148.5), (190.0, 277.0)]
    (page,) = ink_of(calibrated([a_page(*places)], CROOKED))
    for (x, y), ink in zip(places, page, strict=True):
        assert abs(ink.x - x) > 0.4 or abs(ink.y - y) > 0.4  # the page itself is off, on purpose
        assert as_printed(CROOKED, ink.x, ink.y) == pytest.approx((x, y), abs=0.02)


def test_readings_to_half_a_millimetre_leave_less_than_a_millimetre() -> None:
    right, low = far("A4")
    near, away = as_printed(CROOKED, NEAR, NEAR), as_printed(CROOKED, right, low)
    rounded = [round(value * 2) / 2 for value in (*near, *away)]
    found = measured("A4", (rounded[0], rounded[2]), (rounded[1], rounded[3]))
    (page,) = ink_of(calibrated([a_page((100.0, 150.0))], found))
    assert as_printed(CROOKED, page[0].x, page[0].y) == pytest.approx((100.0, 150.0), abs=0.6)


def test_the_sheet_has_crosses_to_measure_and_says_what_to_do() -> None:
    (page,) = sheet("A4", "红旗打印机", "手动纸盒")
    lines = [mark for mark in page.marks if isinstance(mark, Line)]
    upright = {round(mark.x1 / POINTS_PER_MM, 1) for mark in lines if mark.x1 == mark.x2}
    level = {round((page.height - mark.y1) / POINTS_PER_MM, 1) for mark in lines if mark.y1 == mark.y2}
    assert upright == {NEAR, far("A4")[0]}
    assert level == {NEAR, far("A4")[1]}
    (said,) = read_back([page])
    assert "红旗打印机" in said
    assert "手动纸盒" in said
    assert all(ink.x >= 5 for ink in ink_of(sheet("A5", "红旗打印机", ""))[0])


@pytest.mark.parametrize(
    ("across", "message"),
    [((20.0, 160.0), "实际大小"), ((40.0, 210.0), "超出可以校准"), ((20.0, 20.0), "相差太大")],
)
def test_readings_that_cannot_be_are_refused(across: tuple[float, float], message: str) -> None:
    with pytest.raises(UserCanFix, match=message):
        measured("A4", across, (20.0, 277.0))
