"""Cutting a small TrueType program out of a big one, with glyph numbers that we choose.

In our subsets the glyph number *is* the code of the character (see `codes`), so text is encoded without any table,
a compiled form fits every document, and the identity maps of a PDF's CID font hold by construction. The tables that
become sparse thereby are runs of zeros, which zlib makes vanish.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator

from printing.truetype import FontFile

PLANE = 0x10000
_MORE, _WORDS, _SCALE, _SCALE_XY, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80
_LONG_LOCA = 1


def code_of(character: str) -> int:
    """The two-byte code of a character inside its plane's font.

    Beyond the first plane codes are moved up by one: glyph 0 means "no glyph", and U+20000 is a real character.
    """
    point = ord(character)
    return point if point < PLANE else (point & 0xFFFF) + 1


def cut(font: FontFile, characters: Iterable[str]) -> bytes:
    """A TrueType program that holds just these characters (all of one plane), each at its own code.

    Composite glyphs bring their parts along, which are put at codes nobody uses.
    """
    glyphs = {0: 0} | {code_of(character): font.glyph_of(character) for character in characters}
    outlines = _with_parts(font, glyphs)
    count = max(glyphs) + 1
    loca, glyf = _outline_tables(outlines, count)
    long_metrics, hmtx = _metrics_table(font, glyphs, count)
    head, hhea, maxp = (bytearray(font.table(tag)) for tag in ("head", "hhea", "maxp"))
    head[8:12] = bytes(4)
    struct.pack_into(">h", head, 50, _LONG_LOCA)
    struct.pack_into(">H", hhea, 34, long_metrics)
    struct.pack_into(">H", maxp, 4, count)
    tables = {"cvt ": font.table("cvt "), "fpgm": font.table("fpgm"), "glyf": glyf, "head": bytes(head)}
    tables |= {"hhea": bytes(hhea), "hmtx": hmtx, "loca": loca, "maxp": bytes(maxp), "prep": font.table("prep")}
    return _assemble({tag: data for tag, data in tables.items() if data})


def _with_parts(font: FontFile, glyphs: dict[int, int]) -> dict[int, bytes]:
    """Outlines by new glyph number; `glyphs` grows by the parts of composite glyphs."""
    spare = (code for code in range(1, PLANE - 1) if code not in glyphs)
    placed: dict[int, int] = {}
    outlines: dict[int, bytes] = {}
    waiting = list(glyphs.items())
    while waiting:
        code, glyph = waiting.pop()
        outline = font.outline(glyph)
        if outline[:1] >= b"\x80":
            patched = bytearray(outline)
            for at in _parts(outline):
                part = struct.unpack_from(">H", outline, at)[0]
                if part not in placed:
                    placed[part] = next(spare)
                    waiting.append((placed[part], part))
                struct.pack_into(">H", patched, at, placed[part])
            outline = bytes(patched)
        outlines[code] = outline
    glyphs.update({code: part for part, code in placed.items()})
    return outlines


def _parts(outline: bytes) -> Iterator[int]:
    """Where a composite outline names the glyphs it is made of."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _SCALE_XY else 8 if flags & _MATRIX else 0


def _outline_tables(outlines: dict[int, bytes], count: int) -> tuple[bytes, bytes]:
    loca: list[bytes] = []
    glyf: list[bytes] = []
    position = filled = 0
    for code in sorted(outlines):
        outline = outlines[code]
        loca.append(struct.pack(">L", position) * (code + 1 - filled))
        filled = code + 1
        padded = outline + bytes(-len(outline) % 4)
        glyf.append(padded)
        position += len(padded)
    loca.append(struct.pack(">L", position) * (count + 1 - filled))
    return b"".join(loca), b"".join(glyf) or bytes(4)


def _metrics_table(font: FontFile, glyphs: dict[int, int], count: int) -> tuple[int, bytes]:
    """How many entries carry their own width, and the table; later entries share the last width."""
    measures = {code: font.measures(glyph) for code, glyph in glyphs.items()}
    common = measures[count - 1][0]
    own = max((code for code, (advance, _) in measures.items() if advance != common), default=-1) + 2
    own = min(own, count)
    table = bytearray(4 * own + 2 * (count - own))
    for code, (advance, bearing) in measures.items():
        if code < own:
            struct.pack_into(">Hh", table, 4 * code, advance, bearing)
        else:
            struct.pack_into(">h", table, 4 * own + 2 * (code - own), bearing)
    struct.pack_into(">H", table, 4 * (own - 1), common)
    return own, bytes(table)


def _assemble(tables: dict[str, bytes]) -> bytes:
    """The file: header, directory with checksums, tables padded to four bytes."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">4s4H", b"\0\1\0\0", count, 16 << power, power, (count << 4) - (16 << power))
    directory, body = [header], []
    position, total, head_at = 12 + 16 * count, 0, 0
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + bytes(-len(data) % 4)
        check = _checksum(padded)
        directory.append(struct.pack(">4sLLL", tag.encode("latin-1"), check, position, len(data)))
        body.append(padded)
        head_at = position if tag == "head" else head_at
        position += len(padded)
        total += check
    program = b"".join(directory + body)
    adjustment = (0xB1B0AFBA - total - _checksum(b"".join(directory))) & 0xFFFFFFFF
    return program[: head_at + 8] + struct.pack(">L", adjustment) + program[head_at + 12 :]


def _checksum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
