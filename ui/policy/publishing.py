"""What the publish page asks of the room below: what is wrong, which cases fail, publish and write it down, the history. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.authoring.bench import Bench
    from clerk.authoring.publishing import Proposal, Published
    from clerk.authoring.shapes import About
    from clerk.pack_cases import CaseFault
    from ui.policy.studio import Studio
    from ui.task import Tell


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history: when, who, what was done, and its words."""

    when: str
    who: str
    what: str
    words: str


def proposal_of(words: Mapping[str, str], accepted: Mapping[str, str], on: date) -> tuple[Proposal | None, dict[str, str]]:
    """A proposal from the boxes (生效, 修改, 复核, 事由), or what is wrong by box."""
    from clerk.answers import read_date
    from clerk.authoring.publishing import Proposal, refuse_people
    from clerk.errors import UserCanFix

    said = {name: " ".join(text.split()) for name, text in words.items()}
    effective = read_date(said.get("生效", ""))
    wrong = {} if effective else {"生效": "请写从哪一天起生效，如 2027-01-01"}
    made = Proposal(said.get("修改", ""), said.get("复核", ""), on, effective or on, said.get("事由", ""), dict(accepted))
    try:
        refuse_people(made)
    except UserCanFix as fault:
        wrong[_box(said)] = fault.message
    return (None if wrong else made), wrong


def failing_cases(bench: Bench, tell: Tell) -> tuple[CaseFault, ...]:
    """The worked cases that do not come out with the draft."""
    from clerk.authoring.publishing import open_cases

    tell("正在运行案例…")
    return open_cases(bench, {}, lambda done: tell(f"已运行 {done} 个案例"))


def publish_draft(studio: Studio, bench: Bench, proposal: Proposal, tell: Tell) -> Published:
    """Publish, and write that into the journal of events. UserCanFix with one sentence; then nothing was changed."""
    from clerk.authoring.publishing import publish
    from forms.cache import load_cached

    tell("正在核对并运行案例…")
    workspace = studio.workspace
    done = publish(bench, studio.home, proposal, workspace.now())
    said = done.happened
    with workspace.store.work() as work:
        work.record(said.action, said.subject, actor=said.actor, detail=said.detail)
    tell("正在读取新版…")
    load_cached(workspace.layers(), workspace.where.cache)  # so that the window need not wait for it
    return done


def history_of(studio: Studio, about: About) -> list[Past]:
    """What was published and installed of one layer, newest first: its own record of changes, and the office's journal."""
    from clerk.authoring.drafts import newest
    from clerk.pack_journal import INSTALLED
    from forms.changes import read_changes
    from forms.loader import read_pack

    found = newest(studio.home, about.id)
    folder = found.folder if found else next((one for one in studio.workspace.layers() if read_pack(one).id == about.id), None)
    lines = []
    for release in read_changes(folder) if folder else ():
        words = "\n".join([release.reason, *map(str, release.changes), *(f"案例「{case}」不再适用：{why}" for case, why in release.accepted)])
        what = f"发布 {release.version} 版，{release.effective.isoformat()} 起生效"
        lines.append(Past(release.on.isoformat(), f"{release.author}\n复核 {release.second}", what, words))
    with studio.workspace.store.reading() as view:
        events = [event for event in view.events(about.id) if event.action == INSTALLED]
    for event in events:
        detail = event.detail
        what = f"{event.action} {detail.get('版本', '')} 版，{detail.get('生效', '')} 起生效"
        lines.append(Past(f"{event.at:%Y-%m-%d %H:%M}", event.actor, what, f"签名 {detail.get('签名', '')}"))
    return sorted(lines, key=lambda line: line.when, reverse=True)


def _box(said: Mapping[str, str]) -> str:
    if not said.get("修改"):
        return "修改"
    return "复核" if not said.get("复核") or said.get("事由") else "事由" if said["修改"] != said["复核"] else "复核"
