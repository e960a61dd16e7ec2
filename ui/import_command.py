"""`clerk import`: sheets of others tried out and taken in, batches listed and taken back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from clerk.errors import UserCanFix
from clerk.exchange import importing, matching
from clerk.exchange.reading import read_book
from clerk.exchange.trial import Ground, Trial
from clerk.exchange.values import column_letters
from clerk.records import Batch
from clerk.settings import Office
from clerk.store import Store, open_store
from ui.console import Console
from ui.packs import Desk, open_desk, practice_office
from ui.workspace import OFFICE

LIST, UNDO = "list", "undo"
_MOST_SAID = 200


def take_in(arguments: Namespace, console: Console) -> int:
    """One of: `import list`, `import undo BATCH`, `import FILE --as 来表`."""
    words: Sequence[str] = arguments.what
    desk = open_desk(arguments.data, arguments.pack or "", arguments.on)
    desk.where.store.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = open_store(desk.where.store)
    try:
        if words == [LIST]:
            return _list(store, console)
        if words[0] == UNDO and len(words) == 2:
            return _undo(words[1], store, desk, arguments.on, console)
        if len(words) != 1:
            raise UserCanFix("请写一个文件；列出批次用 import list，撤销用 import undo 批次编号")
        return _import(Path(words[0]), arguments, store, desk, console)
    finally:
        store.close()


def _import(path: Path, arguments: Namespace, store: Store, desk: Desk, console: Console) -> int:
    if not arguments.sheet:
        raise UserCanFix(f"请用 --as 写明是哪种来表：{'、'.join(desk.catalogue.incoming)}")
    incoming = importing.incoming_by_name(desk.catalogue, arguments.sheet)
    book, plan = read_book(path), desk.plans.on(arguments.on)
    with store.reading() as view:
        matched = matching.match(book, incoming, desk.catalogue, importing.kept_matchings(view, incoming))
        for word in arguments.map:
            matched = _corrected(matched, word)
        trial = importing.try_out(book, matched, Ground(view, plan, _decided(arguments.decide), arguments.reason))
    console.say("\n".join([*_matched_words(matched), *_trial_words(trial)]))
    plain = _plain(matched, trial)
    if arguments.dry_run or not trial.ready:
        console.give(plain)
        return 0 if trial.ready else 1
    office = office_of(store, desk)
    with store.work() as work:
        batch = importing.carry_out(trial, work, office, plan, confirmed=arguments.yes)
    console.say(f"已导入，批次 {batch.id[:8]}；撤销用 clerk import undo {batch.id[:8]}")
    console.give(plain | {"批次": batch.id})
    return 0


def _undo(batch: str, store: Store, desk: Desk, on: date, console: Console) -> int:
    with store.work() as work:
        undone = importing.undo(batch, work, office_of(store, desk), desk.plans.on(on))
    console.say(f"已整批撤销：{undone.incoming}　{undone.file}")
    console.give(_plain_batch(undone))
    return 0


def _list(store: Store, console: Console) -> int:
    with store.reading() as view:
        batches = view.batches()
    for batch in batches:
        state = "已撤销" if batch.undone else ""
        words = (batch.id[:8], f"{batch.at:%Y-%m-%d %H:%M}", batch.incoming, batch.file, _counted(batch.counts), state)
        console.say("　".join(word for word in words if word))
    console.give([_plain_batch(batch) for batch in batches])
    return 0


def _corrected(matched: matching.Matched, word: str) -> matching.Matched:
    """`列=C`, or `列=` for a column that is not in this sheet."""
    column, sign, letters = word.partition("=")
    if not sign or column not in {one.id for one in matched.wanted}:
        raise UserCanFix(f"--map 应写成 列=C，列可用：{'、'.join(one.id for one in matched.wanted)}")
    places = {column_letters(place): place for place in range(len(matched.head.titles))}
    if letters and letters.upper() not in places:
        raise UserCanFix(f"这张表没有 {letters} 列")
    return matched.corrected(column, places[letters.upper()] if letters else None)


def _decided(words: Sequence[str]) -> dict[int, str]:
    """Answers to questions, each `行=选项`."""
    pairs = [word.partition("=") for word in words]
    for row, _, answer in pairs:
        if not row.isdigit() or not answer:
            raise UserCanFix("--decide 应写成 行=选项，例如 5=新")
    return {int(row): answer for row, _, answer in pairs}


def _matched_words(matched: matching.Matched) -> list[str]:
    lines = [f"工作表「{matched.sheet.name}」，第{matched.first + 1}行起是数据" if matched.sheet.name else "列的对照："]
    for one in sorted(matched.columns, key=lambda one: one.place):
        lines.append(f"  {column_letters(one.place)}　{one.heading} → {one.id}（{one.by}）")
    lines += [f"  {column_letters(place)}　{title} → 没有用到" for place, title in matched.unused]
    return lines


def _trial_words(trial: Trial) -> list[str]:
    lines = [f"说明：{note}" for note in trial.notes]
    lines += [f"第{one.row}行　{one.column}　{one.message}" for one in trial.problems[:_MOST_SAID]]
    if len(trial.problems) > _MOST_SAID:
        lines.append(f"还有{len(trial.problems) - _MOST_SAID}处，用 --json 可看全部")
    lines += [f"提示：第{one.row}行　{one.column}　{one.message}" for one in trial.hints[:_MOST_SAID]]
    if len(trial.hints) > _MOST_SAID:
        lines.append(f"还有{len(trial.hints) - _MOST_SAID}条提示，用 --json 可看全部")
    for question in trial.questions:
        lines.append(f"第{question.row}行　{question.words}")
        lines += [f"    --decide {question.row}={option.key}　{option.words}" for option in question.options]
    lines.append(
        f"共：{_counted(trial.counts) or '没有变化'}；{len(trial.problems)}处要改，{len(trial.questions)}处要定"
    )
    return [*lines, f"请确认：{trial.confirm}（确认加 --yes）"] if trial.confirm else lines


def _counted(counts: Mapping[str, int]) -> str:
    return "，".join(f"{name}{count}" for name, count in counts.items())


def office_of(store: Store, desk: Desk) -> Office:
    """The office as set up in the window; the practice one among practice data. UserCanFix when nobody filled it in."""
    with store.reading() as view:
        kept = view.setting(OFFICE)
    if kept:
        return Office(**kept)
    if desk.where.practice:
        return practice_office(desk.catalogue)
    raise UserCanFix("还没有填写单位，请先在窗口的设置里填写")


def _plain(matched: matching.Matched, trial: Trial) -> dict[str, Any]:
    return {
        "来表": trial.incoming.id,
        "对照": [
            {"列": one.id, "位置": column_letters(one.place), "标题": one.heading, "依据": one.by}
            for one in matched.columns
        ],
        "没有用到": [title for _, title in matched.unused],
        "问题": [{"行": one.row, "列": one.column, "原因": one.message} for one in trial.problems],
        "待定": [
            {"行": one.row, "问": one.words, "选项": {option.key: option.words for option in one.options}}
            for one in trial.questions
        ],
        "提示": [{"行": one.row, "列": one.column, "内容": one.message} for one in trial.hints],
        "说明": list(trial.notes),
        "确认": trial.confirm,
        "计数": dict(trial.counts),
    }


def _plain_batch(batch: Batch) -> dict[str, Any]:
    return {
        "批次": batch.id,
        "来表": batch.incoming,
        "文件": batch.file,
        "时间": batch.at.isoformat(),
        "经办人": batch.actor,
        "计数": dict(batch.counts),
        "撤销": batch.undone.isoformat() if batch.undone else "",
    }
