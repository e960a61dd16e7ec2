"""`clerk books`: periods closed and listed, their workbooks as they were, and what changed since the last one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from clerk.books import again
from clerk.errors import UserCanFix
from clerk.period_close import changes_since, close_period
from clerk.periods import read_span
from clerk.records import ClosedBook
from clerk.rosters import RosterTable
from clerk.settings import Office
from clerk.store import Store, open_store
from ui.console import Console
from ui.import_command import office_of
from ui.packs import Desk, open_desk


def books(arguments: Namespace, console: Console) -> int:
    """One of: `books close --period …`, `books list`, `books again N --out DIR`, `books changes --period … --out DIR`."""
    desk = open_desk(arguments.data, arguments.pack or "", arguments.on)
    desk.where.store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = open_store(desk.where.store)
    try:
        _DOES[arguments.what](arguments, store, desk, console)
    finally:
        store.close()
    return 0


def _close(arguments: Namespace, store: Store, desk: Desk, console: Console) -> None:
    span, office = read_span(arguments.period), office_of(store, desk)
    with store.work() as work:
        book = close_period(work, span, desk.plans, office)
    console.say(f"已结账：第 {book.number} 号　{book.words}　指纹 {book.digest[:12]}")
    console.give(_plain(book))


def _list(arguments: Namespace, store: Store, desk: Desk, console: Console) -> None:
    with store.reading() as view:
        found = view.closed_books()
    for book in found:
        words = (f"第 {book.number} 号", book.words, f"{book.at:%Y-%m-%d %H:%M}", book.actor, book.digest[:12])
        console.say("　".join(words))
    console.give([_plain(book) for book in found])


def _again(arguments: Namespace, store: Store, desk: Desk, console: Console) -> None:
    if arguments.number is None:
        raise UserCanFix("请写账号，可用 clerk books list 查看")
    with store.reading() as view:
        held = again(view, arguments.number)
    _write(held.tables, _folder(arguments) / f"第{arguments.number}号账.xlsx", held.office, held.made, console)


def _changes(arguments: Namespace, store: Store, desk: Desk, console: Console) -> None:
    span, folder = read_span(arguments.period), _folder(arguments)
    with store.reading() as view:
        tables = changes_since(view, span, desk.plans)
    if not tables:
        raise UserCanFix("上期结账时没有在册的花名册，没有可报的变动")
    _write(tuple(tables), folder / f"变动 {span.words}.xlsx", office_of(store, desk), arguments.on, console)


def _write(tables: tuple[RosterTable, ...], target: Path, office: Office, made: date, console: Console) -> None:
    from printing.workbook import write_workbook

    target.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(tables, target, office, made)
    console.say("\n".join(f"{table.name}　{len(table.rows)}行" for table in tables))
    console.say(f"已写入 {target}")
    console.give({"文件": str(target), "花名册": [{"名称": table.name, "行数": len(table.rows)} for table in tables]})


def _folder(arguments: Namespace) -> Path:
    if arguments.out is None:
        raise UserCanFix("请用 --out 写明存放文件夹")
    return Path(arguments.out)


def _plain(book: ClosedBook) -> dict[str, object]:
    return {
        "账号": book.number,
        "期间": book.words,
        "起": book.since.isoformat(),
        "止": book.until.isoformat(),
        "结账": book.at.isoformat(timespec="seconds"),
        "经办人": book.actor,
        "指纹": book.digest,
    }


_DOES: Mapping[str, Callable[[Namespace, Store, Desk, Console], None]] = {
    "close": _close,
    "list": _list,
    "again": _again,
    "changes": _changes,
}
