"""`clerk roster ID --into FILE`: a roster put into the very sheet the county sent."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clerk.errors import UserCanFix
from clerk.exchange.values import column_letters
from clerk.periods import as_file_name, read_span
from clerk.store import open_store
from ui.console import Console
from ui.import_command import office_of
from ui.packs import open_desk

if TYPE_CHECKING:
    from printing.county_sheet.inspecting import CountySheet


def into_county(arguments: Namespace, console: Console) -> int:
    """Match, show, and fill; what was found by likeness only is filled after `--yes` or a correction (`--map`)."""
    from printing.county_sheet.cautions import cautions_of
    from printing.county_sheet.filling import fill, sheet_for
    from printing.county_sheet.inspecting import open_county
    from printing.county_sheet.preparing import Request, ready
    from printing.county_sheet.remembered import remember

    if len(arguments.id) != 1:
        raise UserCanFix("填县里的表，请只写一个花名册编号")
    desk, span = open_desk(arguments.data, arguments.pack or "", arguments.on), read_span(arguments.period)
    opened = open_county(arguments.into)
    store = open_store(desk.where.store, create=False)
    try:
        office = office_of(store, desk)
        with store.reading() as view:
            made = ready(view, opened, Request(arguments.id[0], span, arguments.version), desk.plans, console.note)
        county, table = corrected(made.county, arguments.map), made.table
        sheet = sheet_for(table, (office, arguments.on))
        console.say(
            "\n".join([*_words(county), *(f"请留意：{one.words}" for one in cautions_of(opened, county, sheet))])
        )
        if county.doubtful and not arguments.yes:
            raise UserCanFix(
                f"{'、'.join(county.doubtful)} 是按相近或样值对上的，核对无误请加 --yes，不对请用 --map 更正"
            )
        target: Path = arguments.out / f"{arguments.into.stem}-{as_file_name(arguments.period)}.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        fill(opened, county, table, (office, arguments.on), target)
        with store.work() as work:
            remember(work, made.roster.id, county, made.more)
    finally:
        store.close()
    console.say(f"已填入{len(table.rows)}行，写入 {target}")
    columns = {name: None if at is None else column_letters(at) for name, at in county.columns.items()}
    console.give({"文件": str(target), "工作表": county.layout.sheet, "行数": len(table.rows), "列": columns})
    return 0


def corrected(county: CountySheet, words: Sequence[str]) -> CountySheet:
    """The sheet with corrections, each `列=C`, or `列=` for a column it does not have."""
    places = {column_letters(place): place for place in range(len(county.layout.headings))}
    for word in words:
        column, sign, letters = word.partition("=")
        if not sign:
            raise UserCanFix("--map 应写成 列=C，例如 姓名=D")
        if letters and letters.upper() not in places:
            raise UserCanFix(f"这张表没有 {letters} 列")
        county = county.corrected(column, places[letters.upper()] if letters else None)
    return county


def _words(county: CountySheet) -> list[str]:
    layout = county.layout
    lines = [f"工作表「{layout.sheet}」，第{layout.first}行起填入"]
    found = sorted((at, name) for name, at in county.columns.items() if at is not None)
    lines += [f"  {column_letters(at)}　{layout.headings[at]} ← {name}（{county.by[name]}）" for at, name in found]
    lines += [
        f"  {column_letters(at)}　{layout.headings[at]} ← 都写「{text}」" for at, text in sorted(county.fixed.items())
    ]
    return [*lines, *(f"说明：{note}" for note in county.said)]
