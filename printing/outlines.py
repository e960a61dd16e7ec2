"""Characters as shapes: drawing operators in units of the em, for what is seen but never read out or copied.

A watermark made of text would stand among the words that a reader copies; one made of shapes does not.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache

from printing.truetype import FontFile

_Point = tuple[float, float, bool]  # x, y in font units, and whether the curve passes through it
_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
_WORDS, _OFFSETS, _SCALE, _MORE, _SCALE_XY, _MATRIX = 1, 2, 8, 0x20, 0x40, 0x80
_F2DOT14 = 16384.0


@lru_cache(maxsize=512)
def shape(font: FontFile, character: str) -> bytes:
    """The path of a character with the em as its unit, its origin at (0, 0); nothing for a blank."""
    out: list[bytes] = []
    for contour in _contours(font, font.glyph_of(character)):
        out += _path([(x / font.em, y / font.em, on) for x, y, on in contour])
    return b"\n".join(out)


def _contours(font: FontFile, glyph: int) -> list[list[_Point]]:
    outline = font.outline(glyph)
    if not outline:
        return []
    count = struct.unpack_from(">h", outline)[0]
    return _simple(outline, count) if count >= 0 else list(_composite(font, outline))


def _simple(outline: bytes, count: int) -> list[list[_Point]]:
    ends = struct.unpack_from(f">{count}H", outline, 10)
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", outline, at)[0]
    total = ends[-1] + 1 if ends else 0
    flags: list[int] = []
    while len(flags) < total:
        flag = outline[at]
        at += 1
        again = 1
        if flag & _REPEAT:
            again += outline[at]
            at += 1
        flags += [flag] * again
    across, at = _coordinates(outline, at, flags, (_SHORT_X, _SAME_X))
    up, at = _coordinates(outline, at, flags, (_SHORT_Y, _SAME_Y))
    points = [(float(x), float(y), bool(flag & _ON)) for x, y, flag in zip(across, up, flags, strict=True)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    return [points[start : end + 1] for start, end in zip(starts, ends, strict=True)]


def _coordinates(outline: bytes, at: int, flags: Sequence[int], bits: tuple[int, int]) -> tuple[list[int], int]:
    """One coordinate of every point, and where the next table begins."""
    short, same = bits
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += outline[at] if flag & same else -outline[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", outline, at)[0]
            at += 2
        found.append(value)
    return found, at


def _composite(font: FontFile, outline: bytes) -> Iterator[list[_Point]]:
    """The contours of the parts, moved and scaled as they stand in the whole."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">2H", outline, at)
        dx, dy = struct.unpack_from(">2h" if flags & _WORDS else ">2b", outline, at + 4)
        at += 8 if flags & _WORDS else 6
        scale, at = _scale(outline, at, flags)
        if not flags & _OFFSETS:
            dx = dy = 0  # parts placed by matching points: not used by the shipped faces
        for contour in _contours(font, glyph):
            a, b, c, d = scale
            yield [(a * x + c * y + dx, b * x + d * y + dy, on) for x, y, on in contour]


def _scale(outline: bytes, at: int, flags: int) -> tuple[tuple[float, float, float, float], int]:
    if flags & _SCALE:
        one = struct.unpack_from(">h", outline, at)[0] / _F2DOT14
        return (one, 0.0, 0.0, one), at + 2
    if flags & _SCALE_XY:
        x, y = struct.unpack_from(">2h", outline, at)
        return (x / _F2DOT14, 0.0, 0.0, y / _F2DOT14), at + 4
    if flags & _MATRIX:
        a, b, c, d = struct.unpack_from(">4h", outline, at)
        return (a / _F2DOT14, b / _F2DOT14, c / _F2DOT14, d / _F2DOT14), at + 8
    return (1.0, 0.0, 0.0, 1.0), at


def _path(contour: Sequence[_Point]) -> Iterator[bytes]:
    """A closed contour of quadratic curves as moves, lines and the cubic curves that PDF knows."""
    points = list(_through(contour))
    if not points:
        return
    x, y, _ = points[0]
    yield b"%.3f %.3f m" % (x, y)
    waiting: tuple[float, float] | None = None
    for px, py, on in (*points[1:], points[0]):
        if not on:
            waiting = (px, py)
            continue
        if waiting is None:
            yield b"%.3f %.3f l" % (px, py)
        else:
            cx, cy = waiting
            first, second = (x + 2 * cx) / 3, (y + 2 * cy) / 3
            yield b"%.3f %.3f %.3f %.3f %.3f %.3f c" % (first, second, (px + 2 * cx) / 3, (py + 2 * cy) / 3, px, py)
        x, y, waiting = px, py, None
    yield b"h"


def _through(contour: Sequence[_Point]) -> Iterator[_Point]:
    """The contour with the points that lie unsaid between two off-curve ones, beginning on the curve."""
    full: list[_Point] = []
    for at, (x, y, on) in enumerate(contour):
        before_x, before_y, before_on = contour[at - 1]
        if not on and not before_on:
            full.append(((x + before_x) / 2, (y + before_y) / 2, True))
        full.append((x, y, on))
    start = next((at for at, point in enumerate(full) if point[2]), 0)
    return iter((*full[start:], *full[:start]))
