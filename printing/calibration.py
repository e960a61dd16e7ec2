"""Bring a printer to the millimetre: a sheet of crosses, two ruler readings an axis, and pages moved accordingly.

For stock that is printed already (套打) a printer's feed is off by a millimetre or two and its scale by some tenths of a
percent, differently for each tray. The clerk prints the sheet on plain paper, measures with a ruler how far the near
and the far cross stand from the left and from the upper edge, and types the four readings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from clerk.errors import UserCanFix
from printing.boxes import set_line
from printing.marks import HEI, POINTS_PER_MM, SIZES, SONG, Line, Mark, Page
from printing.text import Style

NEAR = 20.0
"""How far the near crosses stand from the left and from the upper edge, in mm."""
_FAR_EDGE = 20.0
_ARM = 6.0
_MOST_OFFSET, _MOST_SCALE = 15.0, 0.03
_TITLE, _WORDS = Style(HEI, 14, 14), Style(SONG, 10.5, 10.5)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a printer and tray do to a page: a mark meant for x mm lands at `scale_x` · x + `offset_x`; y runs downwards."""

    offset_x: float = 0.0
    offset_y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def to_plain(self) -> dict[str, str]:
        """The four numbers in words, for keeping in settings."""
        return {name: repr(value) for name, value in asdict(self).items()}

    @classmethod
    def from_plain(cls, kept: Mapping[str, str]) -> Calibration:
        """What `to_plain` gave."""
        return cls(**{name: float(value) for name, value in kept.items()})


def far(stock: str) -> tuple[float, float]:
    """Where the far crosses of a sheet stand, in mm from the left and from the upper edge."""
    wide, high = (length / POINTS_PER_MM for length in SIZES[stock])
    return wide - _FAR_EDGE, high - _FAR_EDGE


def sheet(stock: str, printer: str, tray: str) -> list[Page]:
    """The page to print on plain paper, at actual size, and to measure."""
    wide, high = SIZES[stock]
    right, low = far(stock)
    marks: list[Mark] = []
    for name, x, y in (("甲", NEAR, NEAR), ("乙", right, NEAR), ("丙", NEAR, low), ("丁", right, low)):
        marks += _cross(x * POINTS_PER_MM, high - y * POINTS_PER_MM)
        marks.append(set_line(name, (x + 3) * POINTS_PER_MM, high - (y + 6) * POINTS_PER_MM, _WORDS))
    lines = [
        (_TITLE, "打印位置校准页"),
        (_WORDS, f"打印机：{printer}　　纸盒：{tray or '默认'}　　纸张：{stock}"),
        (_WORDS, "按实际大小打印（不缩放），用直尺量到十字中心，精确到半毫米，填入下面四个数："),
        (_WORDS, f"一、纸的左边到十字甲（应为 {NEAR:g} 毫米）　二、纸的左边到十字乙（应为 {right:g} 毫米）"),
        (_WORDS, f"三、纸的上边到十字甲（应为 {NEAR:g} 毫米）　四、纸的上边到十字丙（应为 {low:g} 毫米）"),
    ]
    step = 24.0 if wide > SIZES["A5"][0] + 1 else 18.0
    for at, (style, words) in enumerate(lines):
        size = min(style.size, style.size * (wide - 60) / max(1.0, len(words) * style.size))
        marks.append(set_line(words, wide / 2, high * 0.62 - at * step, Style(style.face, size, size), "中"))
    return [Page(wide, high, None, tuple(marks))]


def measured(stock: str, across: tuple[float, float], down: tuple[float, float]) -> Calibration:
    """What the readings say: `across` from the left edge to 甲 and 乙, `down` from the upper edge to 甲 and 丙, in mm.

    Raises UserCanFix when they are so far off that a reading or the printer's own scaling must be wrong.
    """
    right, low = far(stock)
    scale_x, offset_x = _line(across, right, "左右")
    scale_y, offset_y = _line(down, low, "上下")
    return Calibration(round(offset_x, 3), round(offset_y, 3), round(scale_x, 5), round(scale_y, 5))


def calibrated(pages: Sequence[Page], calibration: Calibration) -> list[Page]:
    """The pages moved and stretched so that on that printer everything lands where it was meant to."""
    across, down = 1 / calibration.scale_x, 1 / calibration.scale_y
    right = -calibration.offset_x * across * POINTS_PER_MM
    return [
        replace(
            page,
            shift=(across, down, right, page.height - page.height * down + calibration.offset_y * down * POINTS_PER_MM),
        )
        for page in pages
    ]


def _line(readings: tuple[float, float], place: float, axis: str) -> tuple[float, float]:
    near, away = readings
    scale = (away - near) / (place - NEAR)
    offset = near - scale * NEAR
    if abs(scale - 1) > _MOST_SCALE:
        advice = "请核对读数，并确认打印时选了“实际大小”。"
        raise UserCanFix(
            f"{axis}方向量得 {near:g} 和 {away:g} 毫米，与应有的 {NEAR:g} 和 {place:g} 毫米相差太大。{advice}"
        )
    if abs(offset) > _MOST_OFFSET:
        raise UserCanFix(
            f"{axis}方向偏了 {offset:.1f} 毫米，超出可以校准的 {_MOST_OFFSET:g} 毫米，请检查纸盒导板后重印。"
        )
    return scale, offset


def _cross(x: float, y: float) -> list[Mark]:
    arm = _ARM * POINTS_PER_MM
    return [Line(x - arm, y, x + arm, y, 0.4), Line(x, y - arm, x, y + arm, 0.4)]
