"""Look at a workbook's file before anything opens it: what it is, how large it becomes, what in it is left aside.

A workbook is a zip of XML written by strangers. Sizes, ratio, number of entries, merged areas and entities are bounded
here, so that opening it takes some seconds and some 100 MB at the very most.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from clerk.errors import UserCanFix

_MOST_BYTES, _MOST_OPEN, _MOST_PART = 5_000_000, 40_000_000, 6_000_000
_MOST_ENTRIES, _MOST_RATIO = 300, 150
_MOST_MERGED, _MOST_CELLS = 200_000, 100_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<mergeCell[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "请在 Excel 或 WPS 里另存为 .xlsx 再导入"
_LEFT = {
    "xl/vbaProject.bin": "宏",
    "xl/media/": "图片",
    "xl/charts/": "图表",
    "xl/embeddings/": "嵌入的文件",
    "xl/externalLinks/": "外部链接",
    "xl/activeX/": "控件",
    "xl/ctrlProps/": "控件",
}


def look_at(data: bytes, name: str) -> tuple[str, ...]:
    """What of a workbook is left aside (宏, 图片 …), by name; `name` is the file's.

    Raises UserCanFix with one sentence for what is no .xlsx, and for one that is larger inside than any form.
    """
    if data.startswith(_OLE) or name.lower().endswith((".xls", ".et", ".doc", ".wps")):
        raise UserCanFix(f"「{name}」是旧格式或加了密码的文件，{_SAVE}")
    if not data.startswith(_ZIP):
        raise UserCanFix(f"「{name}」不是 Excel 表格，{_SAVE}")
    if len(data) > _MOST_BYTES:
        raise UserCanFix(f"「{name}」超过 {_MOST_BYTES // 1_000_000} MB，不像一张表格，请只留下要导入的那一页")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _look_inside(archive, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, ValueError) as fault:
        raise UserCanFix(f"「{name}」打不开：文件不完整或加了密码，{_SAVE}") from fault


def _look_inside(archive: zipfile.ZipFile, name: str) -> tuple[str, ...]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        kind = "Word 文件" if "word/document.xml" in names else "Excel 表格的压缩包"
        raise UserCanFix(
            f"「{name}」{'是' if kind[0] == 'W' else '不是'}{kind}，请把表格画在 Excel 或 WPS 表格里，存为 .xlsx"
        )
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_OPEN:
        raise UserCanFix(f"「{name}」里面的内容太多，不像一张表格，请只留下要导入的那一页")
    for entry in entries:
        if entry.file_size > _MOST_RATIO * max(entry.compress_size, 4096):
            raise UserCanFix(f"「{name}」压缩得不合常理，可能是压缩炸弹，不予打开")
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise UserCanFix(f"「{name}」里有越出文件夹的路径，不予打开")
        if entry.filename.endswith((".xml", ".rels")):
            _look_at_part(archive, entry, name)
    found = [word for start, word in _LEFT.items() if any(each.startswith(start) for each in names)]
    return tuple(dict.fromkeys(found))


def _look_at_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Refuse a part that is too long, declares entities, or merges more than a sheet of paper has."""
    if entry.file_size > _MOST_PART:
        raise UserCanFix(f"「{name}」的一页里内容太多，不像一张表格，请删去多余的行和列")
    with archive.open(entry) as stream:
        text = stream.read(_MOST_PART + 1)
    if len(text) > _MOST_PART or _ENTITY.search(text) or text.startswith(_UTF16):
        raise UserCanFix(f"「{name}」的内容写法不合规范，不予打开，{_SAVE}")
    merged = sum(_area(*found.groups()) for found in _MERGED.finditer(text))
    if merged > _MOST_MERGED or text.count(b"<c ") > _MOST_CELLS:
        raise UserCanFix(f"「{name}」的一页大得不像一张表格，请删去多余的行、列和合并区域")


def _area(left: bytes, top: bytes, right: bytes, low: bytes) -> int:
    wide = _number(right) - _number(left) + 1
    return max(0, wide) * max(0, int(low) - int(top) + 1)


def _number(letters: bytes) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + letter - 64
    return total
