"""Reading TrueType files without loading them: the file stays mapped, and only what is asked for is looked at.

ReportLab's own reader parses a whole Chinese font (65–115 ms of CPU and the file in memory, each); this one opens
a 20 MB file in a fraction of a millisecond, which is what lets the first packet come out at once.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from clerk.errors import UserCanFix

_NEEDED = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
_NOT_EMBEDDABLE = 0x0002
_BITMAP_OR_NO_SUBSET = 0x0300
_MOST_KEPT = 6_000  # glyphs of one file, some 300 bytes each
_UNICODE_ENCODINGS = {(0, 3): 4, (0, 4): 12, (0, 6): 12, (3, 1): 4, (3, 10): 12}


class FontRefused(UserCanFix):
    """A font file that cannot be used for paper; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a font descriptor states, in thousandths of the em."""

    ascent: int
    descent: int
    box: tuple[int, int, int, int]


class Glyph(NamedTuple):
    """One glyph as it is copied: advance and bearing in font units, its outline filled up to four bytes, its checksum."""

    advance: int
    bearing: int
    outline: bytes
    check: int


class FontFile:
    """One mapped TrueType file: glyph numbers, widths and outlines on demand.

    Raises FontRefused for files that have no TrueType outlines or forbid embedding.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as fault:
            raise FontRefused(f"打不开字体文件 {path.name}") from fault
        try:
            self._tables, self.identity = self._directory()
            self._read_headers()
        except struct.error as fault:
            raise FontRefused(f"字体文件 {path.name} 已损坏") from fault
        self._lookup: _Lookup | None = None
        self._numbers: dict[str, int] = {}
        self._glyphs: dict[int, Glyph] = {}

    def _directory(self) -> tuple[dict[str, tuple[int, int]], str]:
        """Where each table lies, and a hash of the directory (which holds a checksum of every table)."""
        if self._data[:4] not in (b"\0\1\0\0", b"true"):
            raise FontRefused(f"字体文件 {self.path.name} 不是 TrueType 轮廓（glyf）的 .ttf 文件")
        count = struct.unpack_from(">H", self._data, 4)[0]
        records = self._data[12 : 12 + 16 * count]
        tables = {
            tag.decode("latin-1"): (offset, length) for tag, _, offset, length in struct.iter_unpack(">4sLLL", records)
        }
        absent = [name for name in _NEEDED if name not in tables]
        if absent:
            raise FontRefused(f"字体文件 {self.path.name} 缺少表：{'、'.join(absent)}")
        return tables, hashlib.sha256(records).hexdigest()

    def _read_headers(self) -> None:
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        self.em = int(struct.unpack_from(">H", self._data, head + 18)[0])
        self._box = struct.unpack_from(">4h", self._data, head + 36)
        self._long_loca = bool(struct.unpack_from(">h", self._data, head + 50)[0])
        self._ascent, self._descent = struct.unpack_from(">2h", self._data, hhea + 4)
        self._long_metrics = int(struct.unpack_from(">H", self._data, hhea + 34)[0])
        self.glyph_count = int(struct.unpack_from(">H", self._data, self._tables["maxp"][0] + 4)[0])
        if "OS/2" in self._tables:
            at = self._tables["OS/2"][0]
            rights = struct.unpack_from(">H", self._data, at + 8)[0]
            if rights & 0xF == _NOT_EMBEDDABLE or rights & _BITMAP_OR_NO_SUBSET:
                raise FontRefused(f"字体文件 {self.path.name} 的许可不允许嵌入文书（fsType={rights}）")
            self._ascent, self._descent = struct.unpack_from(">2h", self._data, at + 68)

    def metrics(self) -> Metrics:
        """Ascent, descent and bounding box."""
        x1, y1, x2, y2 = (round(side * 1000 / self.em) for side in self._box)
        return Metrics(self.thousandths(self._ascent), self.thousandths(self._descent), (x1, y1, x2, y2))

    def table(self, tag: str) -> bytes:
        """A whole table, or nothing when the file has none of that name."""
        offset, length = self._tables.get(tag, (0, 0))
        return self._data[offset : offset + length]

    def glyph_of(self, character: str) -> int:
        """The glyph number of a character; 0 when the font has none."""
        number = self._numbers.get(character)
        if number is None:
            self._lookup = self._lookup or self._find_lookup()
            number = self._numbers[character] = self._lookup.glyph(ord(character))
        return number

    def glyph(self, number: int) -> Glyph:
        """A glyph, kept for the next document: the same few thousand make up nearly everything a window writes."""
        found = self._glyphs.get(number)
        if found is None:
            if len(self._glyphs) >= _MOST_KEPT:
                self._glyphs.clear()
            outline = self.outline(number)
            padded = outline + bytes(-len(outline) % 4)
            found = self._glyphs[number] = Glyph(*self.measures(number), padded, checksum(padded))
        return found

    def advance(self, glyph: int) -> int:
        """The width of a glyph in thousandths of the em."""
        return self.thousandths(self.measures(glyph)[0])

    def measures(self, glyph: int) -> tuple[int, int]:
        """Advance width and left side bearing, in font units."""
        start = self._tables["hmtx"][0]
        if glyph < self._long_metrics:
            advance, bearing = struct.unpack_from(">Hh", self._data, start + 4 * glyph)
            return advance, bearing
        advance = struct.unpack_from(">H", self._data, start + 4 * (self._long_metrics - 1))[0]
        bearing = struct.unpack_from(
            ">h", self._data, start + 4 * self._long_metrics + 2 * (glyph - self._long_metrics)
        )[0]
        return advance, bearing

    def outline(self, glyph: int) -> bytes:
        """The glyf data of one glyph (empty for a blank)."""
        loca, glyf = self._tables["loca"][0], self._tables["glyf"][0]
        if self._long_loca:
            start, end = struct.unpack_from(">2L", self._data, loca + 4 * glyph)
        else:
            start, end = (2 * half for half in struct.unpack_from(">2H", self._data, loca + 2 * glyph))
        return self._data[glyf + start : glyf + end]

    def rest(self) -> None:
        """Give back the memory of what was looked at; it is mapped again when it is asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows, which trims by itself
            self._data.madvise(mmap.MADV_DONTNEED)

    def postscript_name(self) -> str:
        """The name which PDF readers show; falls back to the file's own."""
        names = self.table("name")
        if names:
            count, strings = struct.unpack_from(">2H", names, 2)
            for at in range(6, 6 + 12 * count, 12):
                platform, _, _, kind, length, offset = struct.unpack_from(">6H", names, at)
                if kind == 6 and platform in (1, 3):
                    raw = names[strings + offset : strings + offset + length]
                    text = raw.decode("utf-16-be" if platform == 3 else "latin-1")
                    return "".join(c for c in text if c.isascii() and (c.isalnum() or c == "-")) or self.path.stem
        return self.path.stem

    def thousandths(self, units: int) -> int:
        """Font units in thousandths of the em."""
        return round(units * 1000 / self.em)

    def _find_lookup(self) -> _Lookup:
        """The richest Unicode subtable: 12 (all planes) before 4 (first plane only)."""
        cmap = self._tables["cmap"][0]
        count = struct.unpack_from(">H", self._data, cmap + 2)[0]
        found: dict[int, int] = {}
        for at in range(cmap + 4, cmap + 4 + 8 * count, 8):
            platform, encoding, offset = struct.unpack_from(">HHL", self._data, at)
            kind = struct.unpack_from(">H", self._data, cmap + offset)[0]
            if _UNICODE_ENCODINGS.get((platform, encoding)) == kind:
                found[kind] = cmap + offset
        if 12 in found:
            return _Groups(self._data, found[12])
        if 4 in found:
            return _Segments(self._data, found[4])
        raise FontRefused(f"字体文件 {self.path.name} 没有 Unicode 字符表")


class _Groups:
    """A format 12 subtable: runs of code points with runs of glyphs."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        count = struct.unpack_from(">L", data, at + 12)[0]
        numbers = _big_endian("I", data[at + 16 : at + 16 + 12 * count])
        self._starts, self._ends, self._glyphs = numbers[0::3], numbers[1::3], numbers[2::3]

    def glyph(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._ends[at]:
            return 0
        return self._glyphs[at] + code - self._starts[at]


class _Segments:
    """A format 4 subtable: the first plane, in segments with a delta or an array of glyphs."""

    def __init__(self, data: mmap.mmap, at: int) -> None:
        length = struct.unpack_from(">H", data, at + 2)[0]
        words = _big_endian("H", data[at : at + length - length % 2])
        count = words[3] // 2
        self._ends = words[7 : 7 + count]
        self._starts = words[8 + count : 8 + 2 * count]
        self._deltas = words[8 + 2 * count : 8 + 3 * count]
        self._words, self._offsets_at = words, 8 + 3 * count

    def glyph(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        if code > 0xFFFF or at < 0 or code > self._ends[at]:
            return 0
        where = self._offsets_at + at
        offset = self._words[where]
        if not offset:
            return (code + self._deltas[at]) & 0xFFFF
        glyph = self._words[where + offset // 2 + code - self._starts[at]]
        return (glyph + self._deltas[at]) & 0xFFFF if glyph else 0


_Lookup = _Groups | _Segments


def checksum(data: bytes) -> int:
    """The sum of a table's 32-bit words, as a font's directory states it; `data` is filled up to four bytes."""
    return sum(_big_endian("I", data)) & 0xFFFFFFFF


def _big_endian(kind: str, data: bytes) -> array[int]:
    numbers = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
