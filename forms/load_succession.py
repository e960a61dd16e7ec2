"""Read what a death does to a household: 身故表 and 关系换算."""

from __future__ import annotations

from collections.abc import Callable

from forms.board import Board
from forms.load_common import one_of, read_expression
from forms.reading import DataError, Entry
from forms.schema import Kind
from forms.succession import ASK, ORDERS, SAME, SEXES, Death, Recast, Recasting

_SEX = one_of(SEXES, "性别")
_ORDER = one_of(ORDERS, "长幼")
_MEMBER = Kind.MEMBER.value


def read_death(entry: Entry, board: Board) -> Death:
    """The one table that says how a death is noted (身故表)."""
    inner = _inner(entry, "身故表")
    table = inner.need("表")
    board.point("表", table)
    day = inner.need("日期")
    board.point("字段", day, _MEMBER)
    copied = inner.texts("照抄")
    for found in (*copied, day):
        board.point("字段", found, _MEMBER)
        board.point("字段", found, table.text)
    own = [board.point("字段", inner.need(word), table.text) for word in ("原关系", "停发", "复核")]
    months = [board.point("标准", inner.need(word)) for word in ("停发月数", "复核月数")]
    keeper = inner.need("监护人")
    board.point("表", keeper)
    death = Death(
        table=table.text,
        day=day.text,
        copied=tuple(dict.fromkeys(found.text for found in (*copied, day))),
        kinship=own[0],
        stop=own[1],
        review=own[2],
        stop_months=months[0],
        review_months=months[1],
        fit=read_expression(inner.need("接任条件")),
        guardian=(keeper.text, board.point("字段", inner.need("监护人姓名"), keeper.text)),
        reason=inner.need("原因").text,
        place=entry.place,
    )
    inner.close()
    entry.close()
    return death


def read_recasting(entry: Entry, board: Board) -> Recasting:
    """The table by which kinships are said anew towards another head (关系换算)."""
    inner = _inner(entry, "关系换算")
    fields = inner.texts("按")
    order = inner.texts("接任次序")
    for found in fields:
        board.point("字段", found, _MEMBER)
        board.words.extend((_MEMBER, found.text, word) for word in order)
    lines = []
    for line in inner.entries("换算"):
        with board.catching():
            lines.append(_line(line, [found.text for found in fields], board))
    told = (tuple(found.text for found in fields), tuple(word.text for word in order))
    made = Recasting(*told, tuple(lines), entry.place)
    inner.close()
    entry.close()
    return made


def _line(entry: Entry, fields: list[str], board: Board) -> Recast:
    heir, member, word = entry.texts("接任"), entry.texts("成员"), entry.need("得")
    for field in fields:
        board.words.extend((_MEMBER, field, found) for found in (*heir, *member))
        if word.text not in (SAME, ASK):
            board.words.append((_MEMBER, field, word))
    return Recast(
        tuple(found.text for found in heir),
        tuple(found.text for found in member),
        word.text,
        entry.convert("旧", _SEX, ""),
        entry.convert("新", _SEX, ""),
        entry.convert("性别", _SEX, ""),
        entry.convert("长幼", _ORDER, ""),
    )


def _inner(entry: Entry, key: str) -> Entry:
    inner = entry.entry(key)
    if inner is None:
        raise DataError(entry.place, f"「{key}」是空的")
    return inner


READERS: dict[str, Callable[[Entry, Board], None]] = {
    "身故表": lambda entry, board: setattr(board, "death", read_death(entry, board)),
    "关系换算": lambda entry, board: setattr(board, "recasting", read_recasting(entry, board)),
}
"""Who reads which document of the form."""
