"""Finding one answer among many by what is typed: label, code, or pinyin initials (hx → 红星村). Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Initials = Callable[[str], Iterable[str]]
"""Gives every way to type the pinyin initials of some Chinese words, in lower case."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be picked; `note` is shown beside it, `text` is what is kept when it is picked."""

    text: str
    label: str
    note: str = ""


def matches(query: str, choices: Sequence[Choice], initials: Initials) -> list[Choice]:
    """The choices that fit what was typed, best first; all of them for an empty query."""
    wanted = query.strip().lower()
    if not wanted:
        return list(choices)
    ranked = [(rank, position) for position, choice in enumerate(choices) if (rank := _rank(wanted, choice, initials)) < _NONE]
    return [choices[position] for _, position in sorted(ranked)]


_NONE = 9


def _rank(wanted: str, choice: Choice, initials: Initials) -> int:
    label = choice.label.lower()
    shorts = tuple(initials(choice.label)) if wanted.isascii() and wanted.isalpha() else ()
    tests = (
        wanted in (label, choice.note.lower()),
        label.startswith(wanted),
        wanted in shorts,
        any(short.startswith(wanted) for short in shorts),
        choice.note.lower().startswith(wanted),
        wanted in label,
        any(wanted in short for short in shorts),
    )
    return next((rank for rank, held in enumerate(tests) if held), _NONE)
