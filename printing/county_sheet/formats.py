"""The county's cell styles: which hold text, which hold days; one more like it where a value would be spoilt."""

from __future__ import annotations

import html
import re
from xml.sax.saxutils import quoteattr

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from printing.sheet_rows import Format

_STYLES = re.compile(r"(<cellXfs\b[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_ONE = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_NUMBER_FORMAT = re.compile(r'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?/?>')
_CODE = re.compile(r'formatCode="([^"]*)"')
_OF_STYLE = re.compile(r'numFmtId="(\d+)"')
_GENERAL, _TEXT, _OWN_FROM = 0, 49, 164
_CHINESE_DAYS = frozenset((*range(27, 32), 36, *range(50, 55), 57, 58))
"""Numbers of formats that only Chinese Excel has and a file need not explain."""
_DAYS = (Format.DATE, Format.MONTH)


class Formats:
    """The styles part of a workbook; styles asked for beyond those it has are added at its end, none is changed."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        found = _STYLES.search(xml)
        self._styles = _ONE.findall(found[2]) if found else []
        self._known = len(self._styles)
        self._codes = {
            int(one[1]): html.unescape(code[1])
            for one in _NUMBER_FORMAT.finditer(xml)
            if (code := _CODE.search(one[0]))
        }
        self._explained = len(self._codes)
        self._made: dict[tuple[int, int], int] = {}

    def fitting(self, style: int, form: Format, digits: bool) -> tuple[int, Format]:
        """The style for values of a format in a cell of this style, and the format they are written in.

        A cell of text takes everything as text. Numbers of people and accounts (`digits`) get a cell of text, days
        a cell of days; otherwise the county's own format stays.
        """
        number = self._number(style)
        if form is Format.TEXT:
            return (self._like(style, _TEXT) if digits and number != _TEXT else style), form
        if number == _TEXT:
            return style, Format.TEXT
        if self._is_day(number) is not (form in _DAYS):
            return self._like(style, self._of(form)) if form in _DAYS or number else style, form
        return style, form

    def xml(self) -> str:
        """The part with what was added."""
        more = self._styles[self._known :]
        if not more:
            return self._xml
        xml = _STYLES.sub(
            lambda found: _counted(found[1], len(self._styles)) + found[2] + "".join(more) + found[3], self._xml
        )
        new = list(self._codes.items())[self._explained :]
        return (
            _with_codes(
                xml, "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(c)}/>' for n, c in new), len(self._codes)
            )
            if new
            else xml
        )

    def _number(self, style: int) -> int:
        found = _OF_STYLE.search(self._styles[style]) if style < len(self._styles) else None
        return int(found[1]) if found else _GENERAL

    def _is_day(self, number: int) -> bool:
        if number in _CHINESE_DAYS:
            return True
        code = self._codes.get(number) or BUILTIN_FORMATS.get(number)
        return code is not None and is_date_format(code)

    def _of(self, form: Format) -> int:
        for number, code in self._codes.items():
            if code == form.value:
                return number
        number = max((_OWN_FROM - 1, *self._codes)) + 1
        self._codes[number] = form.value
        return number

    def _like(self, style: int, number: int) -> int:
        """A style like this one with another number format."""
        if (style, number) not in self._made:
            one = (
                self._styles[style]
                if style < len(self._styles)
                else '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            )
            head, rest = re.fullmatch(r"(<xf\b[^>]*?)(/?>.*)", one, re.DOTALL).groups()  # type: ignore[union-attr]
            head = re.sub(r'\s(?:numFmtId|applyNumberFormat)="[^"]*"', "", head)
            self._styles.append(f'{head} numFmtId="{number}" applyNumberFormat="1"{rest}')
            self._made[style, number] = len(self._styles) - 1
        return self._made[style, number]


def _counted(head: str, count: int) -> str:
    return re.sub(r'count="\d+"', f'count="{count}"', head)


def _with_codes(xml: str, more: str, count: int) -> str:
    head = re.search(r"<numFmts\b[^>]*>", xml)
    if head and not head[0].endswith("/>"):
        return (
            xml[: head.start()]
            + _counted(head[0], count)
            + xml[head.end() :].replace("</numFmts>", f"{more}</numFmts>", 1)
        )
    if head:
        return xml[: head.start()] + f'<numFmts count="{count}">{more}</numFmts>' + xml[head.end() :]
    return re.sub(
        r"(<styleSheet\b[^>]*>)", lambda found: f'{found[1]}<numFmts count="{count}">{more}</numFmts>', xml, count=1
    )
