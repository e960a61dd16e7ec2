"""Read rosters (花名册): one a document; a later layer's replaces an earlier one whole.

Beside them stand what many share: column blocks (列组), sign-offs (签字组), and versions (版本) with their allow-lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from forms.board import Board
from forms.literals import read_number
from forms.load_common import one_of, read_expression
from forms.load_measures import read_measures
from forms.reading import DataError, Entry, Located, did_you_mean, read_integer
from forms.roster import (
    ACCEPTED,
    BY_STANDARD,
    EVENTS,
    FILLS,
    INTERNAL,
    MASKED,
    NUMBERS,
    PAID,
    PERIODS,
    PUBLIC,
    SHOWN,
    STANDING,
    WHOLE,
    Column,
    Equals,
    Roster,
    Signer,
    Version,
)
from forms.schema import Expression

T = TypeVar("T")
_PAPER = one_of(["A4", "A3"], "纸张")
_PERIOD = one_of(PERIODS, "期间")
_EVENT = one_of(EVENTS, "事项")
_NUMBERS = one_of(NUMBERS, "号码写法")
_FILL = one_of(FILLS, "填法")
_LEVEL = one_of([INTERNAL, PUBLIC], "级别")
_TONE = one_of(["红", "黄", "绿"], "颜色")
_TREATMENTS = (SHOWN, MASKED, BY_STANDARD)
APPLICATION = "办件"
"""The one table whose rows other versions may show: each is one person or family that asked."""


def read_roster(entry: Entry, board: Board) -> None:
    """One document of the folder: a roster, or what rosters share."""
    if "列组" in entry:
        name = entry.need("列组")
        board.claim("列组", name)
        board.blocks[name.text] = _columns(entry, board)
    elif "签字组" in entry:
        name = entry.need("签字组")
        board.claim("签字组", name)
        board.signings[name.text] = tuple(_signer(item) for item in entry.mixed("签字"))
    elif "版本" in entry and "花名册" not in entry:
        _read_version(entry, board)
    else:
        _read_roster(entry, board)
        return
    entry.close()


def _read_version(entry: Entry, board: Board) -> None:
    name = entry.need("版本")
    board.claim("版本", name)
    if name.text == INTERNAL:
        raise name.fail(f"「{INTERNAL}」版什么都有，不用写放行清单", "请删去这一份")
    fields: dict[str, str] = {}
    for treatment in _TREATMENTS:
        for found in entry.texts(treatment):
            table, _, field = found.text.partition(".")
            board.point("字段", Located(field, found.place), table)
            fields[found.text] = treatment
    board.versions[name.text] = Version(
        name.text,
        entry.text("名称", name.text),
        fields,
        name.place,
        entry.text("说明"),
        entry.convert("颜色", _TONE, ""),
        entry.text("页脚"),
    )


def _read_roster(entry: Entry, board: Board) -> None:
    name, unit, relevant, group = entry.need("花名册"), entry.need("行"), entry.found("仅当"), entry.found("分组")
    board.claim("花名册", name)
    board.point("表", unit)
    event = entry.convert("事项", _EVENT, ACCEPTED)
    measures = read_measures(entry, PAID if event == PAID else STANDING)
    columns = _columns(entry, board)
    if not columns and not measures:
        raise name.fail(f"花名册「{name.text}」没有「列」", "至少写一列")
    _check([*((column.heading, column.value) for column in columns), *((one.heading, None) for one in measures)], name)
    _check_main(columns)
    level = entry.convert("级别", _LEVEL, INTERNAL)
    roster = Roster(
        name.text,
        entry.text("名称", name.text),
        entry.text("部门"),
        unit.text,
        tuple(board.point("项目", found) for found in entry.texts("项目")),
        columns,
        name.place,
        board.layer,
        periods=tuple(_PERIOD(found) for found in entry.texts("期")),
        event=event,
        relevant=read_expression(relevant) if relevant else None,
        sort=tuple(found.text for found in entry.texts("排序")),
        group=read_expression(group) if group else None,
        signers=_signers(entry, board),
        level=level,
        order=entry.integer("次序"),
        paper=entry.convert("纸张", _PAPER, "A4"),
        leaving=entry.flag("含退出"),
        measures=measures,
        versions=_versions(entry, level, board),
        equals=_equals(entry, columns, board),
        needed=tuple(_known_heading(found, columns) for found in entry.texts("必填")),
        page=_page(entry, group),
    )
    entry.close()
    board.rosters[roster.id] = roster


def _equals(entry: Entry, columns: Sequence[Column], board: Board) -> Equals | None:
    """What its main total must equal: `等于: {花名册: […], 逐条: 名称, 分项: […]}`."""
    found = entry.entry("等于")
    if found is None:
        return None
    if not any(column.main for column in columns):
        raise DataError(found.place, "写了「等于」，却没有主额可比", "请给金额一列加上「主额: 是」")
    sources = tuple(board.point("花名册", name) for name in found.texts("花名册"))
    parts = tuple(read_expression(name) for name in found.texts("分项"))
    equals = Equals(sources, read_expression(found.need("逐条")), parts)
    found.close()
    return equals


def _page(entry: Entry, group: Located | None) -> int:
    """How many rows stand on each page: `每页: 9`; a roster with subtotals has no such pages."""
    found = entry.found("每页")
    if found is None:
        return 0
    rows = read_integer(found)
    if rows < 1 or group:
        raise found.fail("「每页」是每页的行数，从 1 起，不能和「分组」一起用")
    return rows


def _known_heading(found: Located, columns: Sequence[Column]) -> str:
    headings = [column.heading for column in columns]
    if found.text not in headings:
        raise found.fail(
            f"必填的「{found.text}」不是本册的列标题", did_you_mean(found.text, headings) or "请照列标题写"
        )
    return found.text


def _columns(entry: Entry, board: Board) -> tuple[Column, ...]:
    return tuple(column for item in entry.mixed("列") for column in _column(item, board))


def _column(item: Located | Entry, board: Board) -> Iterator[Column]:
    if isinstance(item, Located):
        yield Column(item.text, read_expression(item))
        return
    if "列组" in item:
        yield from _known(item.need("列组"), "列组", board.blocks)
        item.close()
        return
    value, each, where = read_expression(item.need("值")), item.found("逐行"), item.found("行仅当")
    yield Column(
        item.text("标题", value.text),
        value,
        total=item.flag("合计"),
        width=float(item.convert("宽", read_number, Fraction(0))),
        masked=item.flag("遮盖"),
        main=item.flag("主额"),
        numbers=item.convert("号码", _NUMBERS, WHOLE),
        each=board.point("表", each) if each else "",
        where=read_expression(where) if where else None,
    )
    item.close()


def _signers(entry: Entry, board: Board) -> tuple[Signer, ...]:
    found = entry.found("签字按")
    if found:
        return _known(found, "签字组", board.signings)
    return tuple(_signer(item) for item in entry.mixed("签字"))


def _signer(item: Located | Entry) -> Signer:
    if isinstance(item, Located):
        return Signer(item.text)
    signer = Signer(item.need("栏").text, item.convert("填", _FILL, ""))
    item.close()
    return signer


def _known(found: Located, kind: str, known: dict[str, T]) -> T:
    if found.text not in known:
        raise found.fail(f"没有{kind}「{found.text}」", did_you_mean(found.text, known) or f"要先写{kind}，再用它")
    return known[found.text]


def _versions(entry: Entry, level: str, board: Board) -> tuple[str, ...]:
    """Which versions a roster may be made in; all but the internal one need rows that are applications, and a list."""
    named = entry.texts("版本")
    for found in named:
        if found.text != INTERNAL:
            _known(found, "版本", board.versions)
            if entry.need("行").text != APPLICATION:
                raise found.fail(
                    f"「{found.text}」版只能一行一个{APPLICATION}", f"请写「行: {APPLICATION}」，或只出内部版"
                )
    return tuple(found.text for found in named) or (level,)


def _check(headings: Sequence[tuple[str, Expression | None]], name: Located) -> None:
    seen: set[str] = set()
    for heading, value in headings:
        if heading in seen:
            raise DataError(value.place if value else name.place, f"列标题「{heading}」写了两次", "请改一个标题")
        seen.add(heading)


def _check_main(columns: Sequence[Column]) -> None:
    mains = [column for column in columns if column.main]
    for column in mains[1:]:
        raise DataError(
            column.value.place,
            f"「{mains[0].heading}」已是主额，「{column.heading}」不能再是",
            "一本花名册只留一个主额",
        )
    if mains and not mains[0].total:
        raise DataError(mains[0].value.place, f"主额「{mains[0].heading}」没有合计", "请加上「合计: 是」")
