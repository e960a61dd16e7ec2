"""The county sheets whose columns somebody has checked, kept in the settings by roster, the latest ones only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk.store import UnitOfWork, View
from printing.county_sheet.inspecting import CountySheet, Kept

_SETTING = "县表对照"
_REMEMBERED = 20


def remembered(view: View, roster: str) -> tuple[Kept, ...]:
    """What is kept of the sheets a roster was put into. Raises UserCanFix where it is damaged."""
    plain: list[Any] = view.setting(f"{_SETTING} {roster}", [])
    return tuple(map(Kept.from_plain, plain))


def remember(work: UnitOfWork, roster: str, county: CountySheet, more: Mapping[str, str] | None = None) -> None:
    """Keep how this sheet was filled, for the next of its form; `more` is what the roster listed beyond its own columns."""
    others = [one for one in remembered(work, roster) if one.fingerprint != county.layout.fingerprint]
    work.set_setting(f"{_SETTING} {roster}", [one.to_plain() for one in [*others, county.to_keep(more)][-_REMEMBERED:]])
