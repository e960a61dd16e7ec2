"""Read a text file as a table: GB18030 or UTF-8 with or without a mark, any usual separator; every cell is text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO

from clerk.exchange import limits
from clerk.exchange.limits import BROKEN, Refused, too_large

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",\t;|，"
_LOOKED_AT = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def read_text_table(data: bytes) -> list[list[str]]:
    """The rows of a text table. Raises `Refused` for bytes that are no text, and beyond the limits."""
    text = _decoded(data)
    if _CONTROL.search(text):
        raise Refused(BROKEN)
    if re.match(r"\s*<(?:!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise Refused("这个文件其实是网页，只是名字像表格，请用 WPS 或 Excel 打开后另存为 .xlsx 再导入")
    return list(_rows(text))


def _rows(text: str) -> Iterator[list[str]]:
    separator = _separator(text)
    csv.field_size_limit(limits.CELL_CHARACTERS)
    try:
        for number, row in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False), start=1
        ):
            if number > limits.ROWS:
                raise too_large(f"超过{limits.ROWS}行")
            if len(row) > limits.COLUMNS:
                raise too_large(f"第{number}行有{len(row)}列，过宽")
            yield [_cell(cell) for cell in row]
    except csv.Error as error:
        raise Refused("这个文本表格有一格过长或引号不成对，请用 WPS 或 Excel 打开后另存为 .xlsx 再导入") from error


def _decoded(data: bytes) -> str:
    marked = next((coding for mark, coding in _MARKS if data.startswith(mark)), None)
    for coding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Refused(BROKEN)


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into the same number of pieces, two or more."""
    lines = [line for line in text.splitlines()[: _LOOKED_AT * 2] if line.strip()][:_LOOKED_AT]
    best, most = ",", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        common = max(counts, key=counts.count, default=0)
        same = counts.count(common) if common else 0
        if same * 1000 + common > most and common:
            best, most = separator, same * 1000 + common
    return best


def _cell(text: str) -> str:
    """A cell as it was meant: programs that want digits kept as text write them `="0012"`."""
    found = _AS_TEXT.fullmatch(text.strip())
    return found[1].replace('""', '"') if found else text
