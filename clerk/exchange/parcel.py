"""Look into a zipped workbook before anything reads it: size, ratio, entries, entities, rows and columns, what is hidden.

Everything is taken from the bytes as a stream; no part is ever unpacked whole, and nothing in it is run.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from clerk.exchange import limits
from clerk.exchange.limits import BROKEN, LOCKED, Refused, too_large

_CHUNK = 1 << 20
_ROW = re.compile(rb"<row\b([^>]*)>")
_NUMBER = re.compile(rb"""[^>]*?\br=["'](\d{1,9})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_WIDE = re.compile(rb"""\br=["'][A-Z]{3}""")
_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.{0,4096}?)</c>", re.DOTALL)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3}\d{1,7})["']""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)/?>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MOST_SAID = 1000
_LOOKED_THROUGH = 8 * _CHUNK
"""A part of at most so many bytes is searched for far columns too; beyond, the width of what was read decides."""


@dataclass(slots=True)
class Remarks:
    """What one sheet's part says beyond its values: rows hidden, and formula cells that hold no result (`E5`)."""

    hidden: list[int] = field(default_factory=list)
    empty_formulas: list[str] = field(default_factory=list)


def check_parcel(data: bytes) -> str:
    """The kind of a zipped file, `xlsx` or `ods`. Raises `Refused` when it is neither, or beyond the limits."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parcel:
            kind = _kind(parcel)
            _check_sizes(parcel.infolist())
            for name in parcel.namelist():
                if name.endswith((".xml", ".rels", ".vml")):
                    _check_entities(parcel, name)
            return kind
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(BROKEN) from error


def sheet_remarks(data: bytes) -> dict[str, Remarks]:
    """By sheet name, what the parts of an .xlsx say. Raises `Refused` for rows or columns beyond the limits."""
    with zipfile.ZipFile(BytesIO(data)) as parcel:
        known = set(parcel.namelist())
        parts = {name: part for name, part in sheet_parts(parcel) if part in known}
        return {name: _scan(parcel, part) for name, part in parts.items()}


def _kind(parcel: zipfile.ZipFile) -> str:
    names = set(parcel.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Refused("这是二进制工作簿（.xlsb），请用 WPS 或 Excel 另存为 .xlsx 再导入")
    if "word/document.xml" in names:
        raise Refused("这是 Word 文档，不是表格，请把表格另存为 .xlsx 再导入")
    if "content.xml" in names and "mimetype" in names and b"opendocument.spreadsheet" in parcel.read("mimetype")[:200]:
        manifest = parcel.read("META-INF/manifest.xml")[:_CHUNK] if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise Refused(LOCKED)
        return "ods"
    raise Refused(BROKEN)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.ENTRIES:
        raise too_large(f"里面有{len(entries)}个部件，过多")
    total = sum(entry.file_size for entry in entries)
    if total > limits.UNPACKED_BYTES:
        raise too_large(f"展开后有{total // (1024 * 1024)}兆，过大")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused(LOCKED)
        if entry.file_size > max(limits.RATIO_FROM, entry.compress_size * limits.RATIO):
            raise too_large("压缩得异常紧，展开后会很大")


def _check_entities(parcel: zipfile.ZipFile, name: str) -> None:
    """A document type may stand only before the first element, so the head of the part is enough to see it."""
    with parcel.open(name) as part:
        head = part.read(_CHUNK)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused("这个文件里有表格不该有的内容（自定义实体），可能有害，没有读入")


def sheet_parts(parcel: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The sheets of an .xlsx with the names of their parts, in their order."""
    targets = {
        one.get("Id", ""): one.get("Target", "") for one in elements(parcel, "xl/_rels/workbook.xml.rels", RELATION)
    }
    for one in elements(parcel, "xl/workbook.xml", _SHEET):
        target = targets.get(next((value for key, value in one.items() if key.endswith(":id")), ""), "")
        yield _plain(one.get("name", "")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def elements(parcel: zipfile.ZipFile, name: str, pattern: re.Pattern[str]) -> Iterator[dict[str, str]]:
    """The attributes of the elements found in a small part; nothing where the parcel has no such part."""
    if name not in parcel.namelist():
        return
    with parcel.open(name) as part:
        text = part.read(_CHUNK).decode("utf-8", "replace")
    for found in pattern.finditer(text):
        yield {key: first or second for key, first, second in _ATTRIBUTE.findall(found[1])}


def _plain(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _scan(parcel: zipfile.ZipFile, name: str) -> Remarks:
    """One pass over a sheet's part; where rows are out of order the memory limit of the process stops what this misses."""
    remarks, rows = Remarks(), 0
    small = parcel.getinfo(name).file_size <= _LOOKED_THROUGH
    with parcel.open(name) as part:
        for chunk in _whole_cells(part):
            if small and _WIDE.search(chunk):
                raise too_large("有内容写在很远的列里")
            last = _NUMBER.match(chunk, chunk.rfind(b"<row") + 4)
            rows = int(last[1]) if last else rows
            if rows > limits.ROWS:
                raise too_large(f"超过{limits.ROWS}行")
            if b"hidden=" in chunk:
                remarks.hidden += _hidden_rows(chunk)
            if b"<f" in chunk:
                remarks.empty_formulas += _empty_formulas(chunk)
    del remarks.hidden[_MOST_SAID:], remarks.empty_formulas[_MOST_SAID:]
    return remarks


def _whole_cells(part: IO[bytes]) -> Iterator[bytes]:
    """The part piece by piece, cut before a row, so that no row is torn; a very long row is cut where it stands."""
    rest = b""
    while piece := part.read(_CHUNK):
        piece = rest + piece
        cut = piece.rfind(b"<row")
        cut = cut if cut > 0 and len(piece) < 8 * _CHUNK else len(piece)
        rest = piece[cut:]
        yield piece[:cut]
    yield rest


def _hidden_rows(chunk: bytes) -> list[int]:
    heads = (found[1] for found in _ROW.finditer(chunk) if _HIDDEN.search(found[1]))
    return [int(number[1]) for number in map(_NUMBER.search, heads) if number]


def _empty_formulas(chunk: bytes) -> list[str]:
    found = []
    for cell in _CELL.finditer(chunk):
        if re.search(rb"<(?:\w+:)?f\b", cell[2]) and not re.search(rb"<(?:\w+:)?v>[^<]", cell[2]):
            place = _PLACE.search(cell[1])
            found.append(place[1].decode() if place else "")
    return found
