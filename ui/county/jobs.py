"""What the helper process does for the county's sheet: look into it with a roster's rows, and fill it. Qt-free, module-level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.county.asked import (
    COLUMN,
    COMPUTED,
    FIXED,
    NOTHING,
    NUMBER,
    RIGHT,
    RUNNING,
    Answer,
    Asked,
    Line,
    Looked,
    Offer,
)
from ui.jobs import office_of, plans_of, reading, room_for, working

if TYPE_CHECKING:
    from clerk.exchange.reading import Sheet
    from clerk.store import View
    from printing.county_sheet.inspecting import CountySheet, Opened
    from printing.county_sheet.preparing import Ready
    from ui.jobs import Source


def look(source: Source, asked: Asked) -> Looked:
    """How the county's sheet would be filled. Raises UserCanFix in a sentence for what cannot be."""
    from clerk.exchange.values import column_letters
    from printing.county_sheet.cautions import cautions_of, seen
    from printing.county_sheet.filling import sheet_for

    with reading(source) as view:
        (opened, ready), office = _ready(view, source, asked), office_of(view)
    county, sheet = ready.county, sheet_for(ready.table, (office, source.today))
    firsts = {
        column.heading: next((said for row in sheet.rows if (said := seen(row[at], column.format))), "")
        for at, column in enumerate(sheet.columns)
    }
    cautions = cautions_of(opened, county, sheet)
    page = next(one for one in opened.book.sheets if one.name == county.layout.sheet)
    lines = tuple(
        Line(
            at,
            column_letters(at),
            _title(county, at),
            _sample(page, county, at),
            *_ours(county, at, firsts),
            tuple(one.words for one in cautions if one.place == at),
        )
        for at, title in enumerate(county.layout.headings)
        if _ours(county, at, firsts)[0] or (title and not (at and county.layout.headings[at - 1] == title))
    )
    layout = county.layout
    return Looked(
        {one.name: len(one.rows) for one in opened.book.sheets if not one.hidden},
        layout.sheet,
        (layout.top, layout.top + _depth(page, county) - 1),
        layout.first,
        lines,
        tuple(_offers(ready, firsts)),
        len(sheet.rows),
        county.known,
        tuple(county.columns[name] for name in county.doubtful),  # type: ignore[misc]
        (*county.said, *ready.table.notes, *(one.words for one in cautions if one.place is None)),
    )


def fill_county(source: Source, asked: Asked, target: Path) -> tuple[Path, int]:
    """Fill the county's file under another name, and remember its columns: where it is, and how many rows it took."""
    from clerk.errors import UserCanFix
    from clerk.roster_exports import record_export
    from printing.county_sheet.filling import fill
    from printing.county_sheet.remembered import remember

    if target.resolve() == asked.file.resolve():
        raise UserCanFix("请换一个文件名：县里发来的原表不改动")
    with reading(source) as view:
        (opened, ready), office = _ready(view, source, asked), office_of(view)
    fill(opened, ready.county, ready.table, (office, source.today), room_for(target))
    with working(source) as work:
        remember(work, ready.roster.id, ready.county, ready.more)
        record_export(work, [ready.table], target, office.clerk)
    return target, len(ready.table.rows)


def _ready(view: View, source: Source, asked: Asked) -> tuple[Opened, Ready]:
    from printing.county_sheet.preparing import Head, Request, ready

    opened = _opened(asked.file)
    head = Head(asked.sheet, *asked.head) if asked.head else None
    more = {one.text: one.word for one in asked.answers if one.word}
    made = ready(view, opened, Request(asked.roster, asked.span, asked.version, head, more), plans_of(source))
    return opened, replace(made, county=_answered(made.county, asked.answers))


def _answered(county: CountySheet, answers: Iterable[Answer]) -> CountySheet:
    """The sheet with what the clerk said; of a column that the version does not show nothing is said."""
    for one in answers:
        if one.what == COLUMN and one.text in county.columns:
            county = county.corrected(one.text, one.place)
        elif one.what == NUMBER:
            county = county.numbered(one.place)
        elif one.what == FIXED:
            county = county.with_fixed(one.place, one.text)
        elif one.what == NOTHING:
            county = county.emptied(one.place)
        elif one.what == RIGHT and county.at(one.place):
            county = county.corrected(str(county.at(one.place)), one.place)
    return county


def _ours(county: CountySheet, place: int, firsts: Mapping[str, str]) -> tuple[str, str, str]:
    """What is filled in at a place, the first of it, and how it was found."""
    from clerk.exchange.matching import CORRECTED

    name = county.at(place)
    if name is not None:
        return name, firsts.get(name, ""), county.by.get(name, CORRECTED)
    if place == county.number:
        return RUNNING, "1", ""
    if place in county.fixed:
        return f"都写「{county.fixed[place]}」", county.fixed[place], CORRECTED
    return (COMPUTED, "", "") if place in county.computed else ("", "", "")


def _title(county: CountySheet, place: int) -> str:
    """A heading, what stands over several columns apart from its own words."""
    whole, *rest = county.layout.words[place] or ("",)
    low = rest[-1] if rest else whole
    return f"{whole.removesuffix(low)}／{low}" if whole != low and whole.endswith(low) else whole


def _depth(page: Sheet, county: CountySheet) -> int:
    """How many lines of the head bear words: a line of running numbers below them is none."""
    from clerk.exchange.headings import head_at

    top = county.layout.top - 1
    depths = range(1, county.layout.depth + 1)
    return next(one for one in depths if head_at(page, top, one).first == top + county.layout.depth)


def _sample(page: Sheet, county: CountySheet, place: int) -> str:
    """The first thing that stands in the rows for data."""
    from clerk.exchange.values import cell_text

    rows = page.rows[county.layout.first - 1 : max(county.layout.last, county.layout.first)]
    return next((text for row in rows if place < len(row) and (text := cell_text(row[place]).strip())), "")


def _offers(ready: Ready, firsts: Mapping[str, str]) -> Iterable[Offer]:
    from clerk.sayable import sayable
    from printing.county_sheet.offer import heading_for

    for column in ready.table.columns:
        yield Offer(
            column.heading,
            firsts.get(column.heading, ""),
            ready.more.get(column.heading, ""),
            ready.county.columns.get(column.heading),
        )
    taken = {column.heading for column in ready.roster.columns}
    if ready.roster.measures:
        return
    for one in sayable(ready.plan, ready.roster.unit):
        heading = heading_for(one.word, one.label, taken)
        if heading:
            taken.add(heading)
            yield Offer(heading, f"{one.table}资料", one.word)


def _opened(path: Path) -> Opened:
    from clerk.atomic import cause
    from clerk.errors import UserCanFix

    try:
        stamp = path.stat()
    except OSError as error:
        raise UserCanFix(f"打不开「{path.name}」：{cause(error)}") from error
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int, _size: int) -> Opened:
    """A file as it was read; read again when it has changed."""
    from printing.county_sheet.inspecting import open_county

    return open_county(path)
