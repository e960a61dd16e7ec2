"""Read code tables (代码表) and regions (区划): closed lists of answers, to which later layers add or retire options."""

from __future__ import annotations

import re
from dataclasses import replace

from forms.board import Board
from forms.load_common import read_mark
from forms.reading import Entry
from forms.schema import PROGRAMMES, CodeTable, Option

_REGION = re.compile(r"\d{6}(\d{3}(\d{3})?)?")


def read_code_table(entry: Entry, board: Board) -> None:
    """One code table; in a later layer its options are added to, replaced by code, or retired, never removed."""
    name = entry.need("代码表")
    if name.text == PROGRAMMES:
        raise name.fail(f"代码表「{PROGRAMMES}」由程序从项目文件生成", "请换一个名称")
    board.claim("代码表", name)
    options: dict[str, Option] = {}
    for item in entry.entries("值"):
        with board.catching():
            option = _read_option(item)
            if option.code in options:
                raise item.need("名").fail(f"代码「{option.code}」写了两次", "请删去一处或换一个码")
            options[option.code] = option
    table = CodeTable(name.text, tuple(options.values()), entry.text("来源"), name.place, read_mark(entry) == "V")
    entry.close()
    earlier = board.codes.get(name.text)
    board.codes[name.text] = _merged(earlier, table) if earlier else table


def read_regions(entry: Entry, board: Board) -> None:
    """A list of regions: 6, 9 or 12 digits and a name."""
    for item in entry.entries("区划"):
        with board.catching():
            code, name = item.need("码"), item.need("名").text
            item.close()
            if _REGION.fullmatch(code.text) is None:
                raise code.fail(f"区划代码「{code.text}」应是 6、9 或 12 位数字")
            board.claim("区划", code)
            board.regions[code.text] = name
    entry.close()


def add_programme_codes(board: Board) -> None:
    """Make the built-in code table of all programmes; a stopped one stays as a retired option, so that records can be read."""
    options = [Option(programme.id, programme.name) for programme in board.programmes.values()]
    options += [Option(programme.id, programme.name, retired=True) for programme in board.stopped.values()]
    places = [programme.place for programme in board.programmes.values()]
    if places:
        board.codes[PROGRAMMES] = CodeTable(PROGRAMMES, tuple(options), "项目文件", places[0])


def _read_option(entry: Entry) -> Option:
    label = entry.need("名").text
    option = Option(entry.text("码", label), label, entry.text("类"), entry.flag("停用"))
    entry.close()
    return option


def _merged(earlier: CodeTable, later: CodeTable) -> CodeTable:
    options = {option.code: option for option in earlier.options}
    options.update((option.code, option) for option in later.options)
    return replace(earlier, options=tuple(options.values()), source=later.source or earlier.source, place=later.place)
