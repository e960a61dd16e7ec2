"""Cutting a small TrueType program out of a big one, with glyph numbers that we choose.

In our subsets the glyph number *is* the code of the character (see `codes`), so text is encoded without any table,
a compiled form fits every document, and the identity maps of a PDF's CID font hold by construction. The tables that
become sparse thereby are runs of zeros, which zlib makes vanish.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from printing.truetype import FontFile, Glyph, checksum

PLANE = 0x10000
_MORE, _WORDS, _SCALE, _SCALE_XY, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80
_LONG_LOCA = 1


class Table(NamedTuple):
    """A table of the file, filled up to four bytes: its own length, and the sum of its words (not yet cut to 32 bits)."""

    padded: bytes
    length: int
    check: int


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
    numbers = {0: 0} | {code_of(character): font.glyph_of(character) for character in characters}
    glyphs = _with_parts(font, numbers)
    count = max(glyphs) + 1
    loca, glyf = _outline_tables(glyphs, count)
    long_metrics, hmtx = _metrics_table(glyphs, count)
    head, hhea, maxp = (bytearray(font.table(tag)) for tag in ("head", "hhea", "maxp"))
    head[8:12] = bytes(4)
    struct.pack_into(">h", head, 50, _LONG_LOCA)
    struct.pack_into(">H", hhea, 34, long_metrics)
    struct.pack_into(">H", maxp, 4, count)
    plain = {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp)}
    plain |= {tag: font.table(tag) for tag in ("cvt ", "fpgm", "prep")}
    tables = {tag: _table(data) for tag, data in plain.items() if data}
    return _assemble(tables | {"glyf": glyf, "hmtx": hmtx, "loca": loca})


def _table(data: bytes) -> Table:
    padded = data + bytes(-len(data) % 4)
    return Table(padded, len(data), checksum(padded))


def _with_parts(font: FontFile, numbers: dict[int, int]) -> dict[int, Glyph]:
    """Glyphs by their new number, with the parts that composite glyphs are made of."""
    spare = (code for code in range(1, PLANE - 1) if code not in numbers)
    placed: dict[int, int] = {}
    glyphs: dict[int, Glyph] = {}
    waiting = list(numbers.items())
    while waiting:
        code, number = waiting.pop()
        glyph = font.glyph(number)
        if glyph.outline[:1] >= b"\x80":
            patched = bytearray(glyph.outline)
            for at in _parts(glyph.outline):
                part = struct.unpack_from(">H", patched, at)[0]
                if part not in placed:
                    placed[part] = next(spare)
                    waiting.append((placed[part], part))
                struct.pack_into(">H", patched, at, placed[part])
            glyph = glyph._replace(outline=bytes(patched), check=checksum(bytes(patched)))
        glyphs[code] = glyph
    return glyphs


def _parts(outline: bytes) -> Iterator[int]:
    """Where a composite outline names the glyphs it is made of."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = struct.unpack_from(">H", outline, at)[0]
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _SCALE_XY else 8 if flags & _MATRIX else 0


def _outline_tables(glyphs: dict[int, Glyph], count: int) -> tuple[Table, Table]:
    """Both of them, summed up as they are put together: loca is long runs of one number, glyphs know their sums."""
    loca: list[bytes] = []
    glyf: list[bytes] = []
    position = filled = checks = places = 0
    for code in sorted(glyphs):
        outline, run = glyphs[code].outline, code + 1 - filled
        loca.append(struct.pack(">L", position) * run)
        places += position * run
        filled = code + 1
        glyf.append(outline)
        checks += glyphs[code].check
        position += len(outline)
    run = count + 1 - filled
    loca.append(struct.pack(">L", position) * run)
    outlines = b"".join(glyf) or bytes(4)
    return Table(b"".join(loca), 4 * (count + 1), places + position * run), Table(outlines, len(outlines), checks)


def _metrics_table(glyphs: dict[int, Glyph], count: int) -> tuple[int, Table]:
    """How many entries carry their own width, and the table, summed up; later entries share the last width."""
    common = glyphs[count - 1].advance
    own = max((code for code, glyph in glyphs.items() if glyph.advance != common), default=-1) + 2
    own = min(own, count)
    length = 4 * own + 2 * (count - own)
    table = bytearray(length + -length % 4)
    struct.pack_into(">H", table, 4 * (own - 1), common)
    checks = common << 16
    for code, glyph in glyphs.items():
        if code < own:
            struct.pack_into(">Hh", table, 4 * code, glyph.advance, glyph.bearing)
            checks += (glyph.advance << 16 if code != own - 1 else 0) + (glyph.bearing & 0xFFFF)
        else:
            struct.pack_into(">h", table, 4 * own + 2 * (code - own), glyph.bearing)
            checks += (glyph.bearing & 0xFFFF) << (0 if (code - own) % 2 else 16)
    return own, Table(bytes(table), length, checks)


def _assemble(tables: dict[str, Table]) -> bytes:
    """The file: header, directory with checksums, tables padded to four bytes."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">4s4H", b"\0\1\0\0", count, 16 << power, power, (count << 4) - (16 << power))
    directory, body = [header], []
    position, total, head_at = 12 + 16 * count, 0, 0
    for tag in sorted(tables):
        table = tables[tag]
        check = table.check & 0xFFFFFFFF
        directory.append(struct.pack(">4sLLL", tag.encode("latin-1"), check, position, table.length))
        body.append(table.padded)
        head_at = position if tag == "head" else head_at
        position += len(table.padded)
        total += check
    program = b"".join(directory + body)
    adjustment = (0xB1B0AFBA - total - checksum(b"".join(directory))) & 0xFFFFFFFF
    return program[: head_at + 8] + struct.pack(">L", adjustment) + program[head_at + 12 :]
