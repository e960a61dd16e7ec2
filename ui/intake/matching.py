"""Finding one answer among many by what is typed: label, code, or pinyin initials (hx → 红星村). Qt-free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Readings = Callable[[str], Sequence[Sequence[str]]]
"""Gives, for each character of some Chinese words, its readings in plain letters, likeliest first."""
_NOWHERE = (9, 0, 0)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be picked; `note` is shown beside it, `text` is what is kept when it is picked."""

    text: str
    label: str
    note: str = ""


def matches(query: str, choices: Sequence[Choice], readings: Readings) -> list[Choice]:
    """The choices that fit what was typed, best first; all of them for an empty query."""
    wanted = query.strip().lower()
    if not wanted:
        return list(choices)
    ranked = [(_rank(wanted, choice, readings), position) for position, choice in enumerate(choices)]
    return [choices[position] for rank, position in sorted(ranked) if rank != _NOWHERE]


def _rank(wanted: str, choice: Choice, readings: Readings) -> tuple[int, int, int]:
    label, note = choice.label.lower(), choice.note.lower()
    if wanted in (label, note):
        return 0, 0, 0
    if label.startswith(wanted):
        return 1, 0, 0
    spelled = _spelled(wanted, readings(choice.label)) if wanted.isascii() and wanted.isalpha() else None
    if spelled is not None and spelled[0] == 0:
        return 2, *spelled
    if note.startswith(wanted):
        return 3, 0, 0
    if wanted in label:
        return 4, 0, 0
    return (5, *spelled) if spelled is not None else _NOWHERE


def _spelled(wanted: str, characters: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Where the letters begin as initials, and how unlikely the readings are; None when they are nowhere."""
    for start in range(len(characters) - len(wanted) + 1):
        steps = [_unlikely(letter, characters[start + place]) for place, letter in enumerate(wanted)]
        if None not in steps:
            return start, sum(step for step in steps if step)
    return None


def _unlikely(letter: str, readings: Sequence[str]) -> int | None:
    return next((min(place, 2) for place, reading in enumerate(readings) if reading.startswith(letter)), None)
