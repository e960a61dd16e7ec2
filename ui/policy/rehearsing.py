"""Trying a pack on the office's own cases: two plans of one day, every household by both, what differs in words. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.rehearsal_words import Line
    from ui.task import Tell
    from ui.workspace import Workspace

UNREAD = "没有判定"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind; of those that could not be judged, the case and why."""

    title: str
    lines: tuple[Line, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> int:
        """How many lines."""
        return len(self.lines) + len(self.unread)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rehearsal found; `title` says what was tried."""

    title: str
    on: date
    households: int
    cases: int
    changed: int
    groups: tuple[Group, ...]

    @property
    def summary(self) -> str:
        """One sentence."""
        said = "，".join(f"{group.title} {group.total} 项" for group in self.groups) or "没有人受影响"
        return f"按 {self.on.isoformat()} 试算：{self.households} 户、{self.cases} 件案件，{self.changed} 户有变化。{said}。"


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: the layers there are, the layers there would be, and the day by which both are judged."""

    title: str
    present: Sequence[Path]
    new: Sequence[Path]
    on: date


def rehearse_trial(workspace: Workspace, trial: Trial, tell: Tell) -> Tried:
    """Judge every household with a case by both stacks of layers; nothing is written."""
    from clerk.rehearsal import Turn, rehearse
    from clerk.rehearsal_words import Words
    from forms.cache import load_cached
    from forms.language.plan import compile_catalogue
    from forms.loader import load

    tell("正在读取现行数据…")
    present = compile_catalogue(load_cached(trial.present, workspace.where.cache), trial.on)
    tell("正在读取新的数据…")
    new = compile_catalogue(load(trial.new), trial.on)
    with workspace.store.reading() as view:
        said = rehearse(view, present, new, lambda done: tell(f"已试算 {done} 户"))
        words_of = Words(view, present, new)
        found: list[Line] = []
        for number, each in enumerate(said.changed, start=1):
            tell(f"正在写明理由 {number}/{len(said.changed)}")
            found.extend(words_of.lines(each))
    groups = [Group(turn.value, tuple(line for line in found if line.turn is turn)) for turn in Turn]
    groups.append(Group(UNREAD, unread=said.unread))
    return Tried(trial.title, trial.on, said.households, said.cases, len(said.changed), tuple(group for group in groups if group.total))
