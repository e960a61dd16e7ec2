"""`clerk radar --from DATE --to DATE`: whom a change of amounts, rules or time touches, from the whole store."""

from __future__ import annotations

from argparse import Namespace

from clerk.errors import UserCanFix
from clerk.store import open_store
from ui.console import Console
from ui.packs import open_desk


def radar(arguments: Namespace, console: Console) -> int:
    """Screen every kept household on two days and list what differs."""
    from clerk.radar import radar as look
    from clerk.radar_words import Words, to_plain, to_text
    from clerk.repacking import repack

    if arguments.since >= arguments.until:
        raise UserCanFix("--from 应早于 --to")
    desk = open_desk(arguments.data, arguments.pack or "")
    before, after = desk.plans.on(arguments.since), desk.plans.on(arguments.until)
    store = open_store(desk.where.store, create=False)
    try:
        repack(store, after, console.note)
        with store.reading() as view:
            made = look(view, before, after, most=arguments.most, ages=arguments.age, progress=console.note)
            words = Words(view, before, after)
            console.say(to_text(made, words, arguments.most))
            console.give(to_plain(made, words) if console.machine else None)
    finally:
        store.close()
    return 0
