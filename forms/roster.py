"""The frozen shapes of rosters (花名册): what a row is, which rows, which columns, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from forms.places import Place
from forms.schema import Expression


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a heading, and the name or expression that fills it; `total` adds it up in the 合计 row.

    `main` marks the total that stands for the roster where one figure must do.
    """

    heading: str
    value: Expression
    total: bool = False
    width: float = 0.0
    masked: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """One roster as data; `unit` is what a row is (办件, 成员 or 家庭), `programmes` which applications enter it,
    `paper` what size it is printed on; `leaving` also lists what is no longer paid from the period on (退出).
    """

    id: str
    name: str
    department: str
    unit: str
    programmes: tuple[str, ...]
    columns: tuple[Column, ...]
    place: Place
    layer: str
    periods: tuple[str, ...] = ()
    event: str = "受理"
    relevant: Expression | None = None
    sort: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    level: str = "内部"
    order: int = 0
    paper: str = "A4"
    leaving: bool = False
