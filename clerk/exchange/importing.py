"""Take a sheet in: tried out first, then kept in one stroke or not at all; a batch can be taken back whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import uuid4

from clerk.document import from_document
from clerk.errors import UserCanFix
from clerk.exchange.households import plan_people
from clerk.exchange.lines import read_lines
from clerk.exchange.matching import Kept as KeptMatching
from clerk.exchange.matching import Matched
from clerk.exchange.reading import Book
from clerk.exchange.registers import plan_register
from clerk.exchange.results import plan_results
from clerk.exchange.trial import Ground, Outcome, Trial
from clerk.fanout import keys_of
from clerk.household import Household
from clerk.plain import from_plain
from clerk.records import Application, Batch, HouseholdKeys, Kept
from clerk.settings import Office
from clerk.store import UnitOfWork, View
from clerk.store import exchange as shelf
from clerk.undisturbed import undisturbed
from forms.catalogue import Catalogue
from forms.incoming import PEOPLE, REGISTER, RESULTS, Incoming
from forms.language.plan import Plan
from forms.places import did_you_mean

MANY_ROWS = 20
MANY_SHARE = 20
"""More rows than this, or at least one in so many of all people, are not changed without asking."""

_PLANNERS = {PEOPLE: plan_people, REGISTER: plan_register, RESULTS: plan_results}
_MATCHING = "来表对照"
_REMEMBERED = 50


def incoming_by_name(catalogue: Catalogue, name: str) -> Incoming:
    """A kind of sheet by id or name. Raises `UserCanFix` with the nearest one."""
    for incoming in catalogue.incoming.values():
        if name in (incoming.id, incoming.name):
            return incoming
    advice = did_you_mean(name, catalogue.incoming) or f"可用：{'、'.join(catalogue.incoming)}"
    raise UserCanFix(f"没有来表「{name}」，{advice}")


def kept_matchings(view: View, incoming: Incoming) -> KeptMatching:
    """How sheets of this kind were matched before, by fingerprint."""
    found: KeptMatching = view.setting(f"{_MATCHING} {incoming.id}", {})
    return found


def try_out(book: Book, matched: Matched, ground: Ground) -> Trial:
    """What taking this sheet in would do; nothing is changed. Every problem is listed, not only the first."""
    outcome = Outcome(notes=list(book.notes))
    for column in matched.missing:
        outcome.problem(matched.head.top + 1, column.field.label, "表里没有找到这一列，请指明是哪一列")
    with undisturbed():
        lines = [] if matched.missing else read_lines(matched, ground, outcome)
    if not lines and not outcome.problems:
        raise UserCanFix(f"「{book.name}」里没有可以读入的行；空表不会删除任何资料，原有资料没有改动")
    with undisturbed():
        _PLANNERS[matched.incoming.use](lines, matched, ground, outcome)
    return Trial(
        matched.incoming,
        book.name,
        book.digest,
        (matched.fingerprint, matched.to_keep()),
        outcome,
        "；".join(_to_confirm(book, matched, ground, outcome)),
        ground.reason,
    )


def carry_out(trial: Trial, work: UnitOfWork, office: Office, plan: Plan, *, confirmed: bool = False) -> Batch:
    """Keep what was tried out, in the caller's unit of work: all of it or, when anything changed meanwhile, nothing.

    Raises `UserCanFix` while something is wrong, undecided or not confirmed.
    """
    if not trial.ready:
        left = len(trial.problems) + len(trial.questions)
        raise UserCanFix(f"还有{left}处没有处理，没有导入，原有资料没有改动")
    if trial.confirm and not confirmed:
        raise UserCanFix(f"{trial.confirm}；确认无误后再导入")
    batch = Batch(str(uuid4()), trial.incoming.id, trial.file, trial.digest, work.moment, office.clerk, trial.counts)
    with undisturbed():
        changes = [*_keep_people(trial.outcome, work, plan), *_keep_results(trial.outcome, work, office, batch)]
        shelf.keep_batch(work.connection, batch, changes)
    shelf.keep_entries(work.connection, [replace(entry, batch=batch.id) for entry in trial.outcome.entries])
    _remember(trial, work)
    detail = {"来表": trial.incoming.id, "文件": trial.file, "指纹": trial.digest, "理由": trial.reason}
    detail |= {name: str(count) for name, count in trial.counts.items()}
    work.record("导入", batch.id, actor=office.clerk, detail={name: text for name, text in detail.items() if text})
    return batch


def undo(batch_id: str, work: UnitOfWork, office: Office, plan: Plan) -> Batch:
    """Take a batch back whole: what it made goes, what it changed is as before.

    Raises `UserCanFix`, changing nothing, when somebody has worked on any of it since, or it was taken back already.
    """
    batch = batch_by_id(work, batch_id)
    if batch.undone:
        raise UserCanFix("这一批已经撤销过了")
    changes = shelf.changes_of(work.connection, batch.id)
    _undo_people([change[1:] for change in changes if change[0] == shelf.HOUSEHOLD], work, plan)
    _undo_results([change[1:] for change in changes if change[0] == shelf.APPLICATION], work, office)
    shelf.mark_undone(work.connection, batch.id, work.moment.isoformat(timespec="milliseconds"))
    work.record("撤销导入", batch.id, actor=office.clerk, detail={"来表": batch.incoming, "文件": batch.file})
    return replace(batch, undone=work.moment)


def batch_by_id(view: View, batch_id: str) -> Batch:
    """A batch by its id or the beginning of it. Raises `UserCanFix`."""
    found = [batch for batch in view.batches() if batch_id and batch.id.startswith(batch_id)]
    if len(found) != 1:
        raise UserCanFix(
            f"没有导入批次「{batch_id}」，请用 clerk import list 查看" if not found else "批次编号写得太短，不止一批"
        )
    return found[0]


def _to_confirm(book: Book, matched: Matched, ground: Ground, outcome: Outcome) -> Iterator[str]:
    doubtful = [f"「{one.heading}」当作「{one.id}」" for one in matched.doubtful]
    if doubtful:
        yield f"有的列是猜的：{'，'.join(doubtful)}，请核对对照"
    total = shelf.count_people(ground.view.connection)
    if outcome.touched > MANY_ROWS or (outcome.touched and outcome.touched * MANY_SHARE >= total):
        yield f"这次导入要改动已有资料{outcome.touched}行（库里共{total}人）"
    if outcome.disagreeing:
        yield f"有{outcome.disagreeing}处前后不一致（见提示）"
    again = [batch for batch in ground.view.batches() if batch.digest == book.digest and not batch.undone]
    if again:
        yield f"同一个文件{again[0].at:%Y-%m-%d %H:%M}已经导入过"


def _keep_people(outcome: Outcome, work: UnitOfWork, plan: Plan) -> Iterator[tuple[str, str, int, str | None]]:
    for kept in work.keep_households((household, keys_of(household, plan)) for household in outcome.new):
        yield shelf.HOUSEHOLD, kept.household_id, kept.version, None
    for was, before, household in outcome.changed:
        kept = work.revise(was, household, keys_of(household, plan))
        yield shelf.HOUSEHOLD, kept.household_id, kept.version, before


def _keep_results(
    outcome: Outcome, work: UnitOfWork, office: Office, batch: Batch
) -> Iterator[tuple[str, str, int, str | None]]:
    for version, was, now in outcome.answered:
        decision = replace(now.decision, batch=batch.id) if now.decision else None
        decided = replace(now, decision=decision)
        work.change_application(was, decided)
        work.record("部门答复", was.case_number, actor=office.clerk, detail=_answered(decided))
        yield shelf.APPLICATION, was.number, version + 1, shelf.text_of(was)


def _answered(application: Application) -> dict[str, str]:
    decision = application.decision
    said = {"办件": application.number, "状态": application.status}
    return said | ({"结果": decision.outcome, "文号": decision.document, "批次": decision.batch} if decision else {})


def _undo_people(changes: list[tuple[str, int, str | None]], work: UnitOfWork, plan: Plan) -> None:
    now = shelf.documents(work.connection, [subject for subject, _, _ in changes])
    filed = shelf.with_case(work.connection, [subject for subject, _, before in changes if before is None])
    for subject, version, before in changes:
        if subject not in now or now[subject][1] != version:
            raise UserCanFix(
                f"这一批里的「{_whose(now.get(subject), plan)}」一户导入后又有人改过，不能整批撤销，没有改动"
            )
        if before is None and subject in filed:
            whose = _whose(now[subject], plan)
            raise UserCanFix(f"这一批里的「{whose}」一户导入后已立案（{filed[subject]}），不能整批撤销，没有改动")
    shelf.remove_households(work.connection, [subject for subject, _, before in changes if before is None])
    for subject, version, before in changes:
        if before is not None:
            household = from_document(json.loads(before), plan.catalogue)
            work.revise(Kept(subject, now[subject][0], version), household, keys_of(household, plan))


def _undo_results(changes: list[tuple[str, int, str | None]], work: UnitOfWork, office: Office) -> None:
    now = shelf.applications(work.connection, [subject for subject, _, _ in changes])
    for subject, version, _ in changes:
        if subject not in now or now[subject][0] != version:
            raise UserCanFix(f"办件 {subject} 导入后又有人改过，不能整批撤销，没有改动")
    for subject, _, before in changes:
        was = from_plain(Application, json.loads(before or ""))
        work.change_application(now[subject][1], was)
        work.record("撤销答复", was.case_number, actor=office.clerk, detail={"办件": subject, "状态": was.status})


def _whose(kept: tuple[int, int, str] | None, plan: Plan) -> str:
    """The first member's name of a household, for a sentence."""
    if kept is None:
        return "已删除的"
    household: Household = from_document(json.loads(kept[2]), plan.catalogue)
    keys: HouseholdKeys = keys_of(household, plan)
    return next((person.name for person in keys.people if person.name), "没有姓名的")


def _remember(trial: Trial, work: UnitOfWork) -> None:
    """Keep the matching for the next sheet with these headings, the latest ones only."""
    fingerprint, columns = trial.matching
    kept: Mapping[str, Mapping[str, int | None]] = kept_matchings(work, trial.incoming)
    latest = {one: places for one, places in kept.items() if one != fingerprint} | {fingerprint: columns}
    work.set_setting(f"{_MATCHING} {trial.incoming.id}", dict(list(latest.items())[-_REMEMBERED:]))
