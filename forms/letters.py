"""The frozen shapes of official letters: flowing text on GB/T 9704-2012 layout."""

from __future__ import annotations

from dataclasses import dataclass

from forms.cells import Rows, Template
from forms.places import Place
from forms.schema import Expression


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a letter, or one for each row of a table; `level` 1 to 3 is a heading, 0 plain text."""

    text: Template
    level: int = 0
    rows: Rows | None = None
    relevant: Expression | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A small ruled table inside a letter: headings and one row of values for each row of a table."""

    rows: Rows
    headings: tuple[str, ...]
    values: tuple[Template, ...]
    widths: tuple[float, ...]
    place: Place
    aligns: tuple[str, ...]
    relevant: Expression | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """What frames an official letter (GB/T 9704-2012): `authority` is the name in large type at its head, with serial
    number, urgency and who signs; `copied`, `issuer` and `issued` stand at the foot of its last page. A `plain` one is a
    letter in 信函格式.
    """

    authority: Template = ()
    serial: Template = ()
    urgency: str = ""
    signatory: Template = ()
    copied: Template = ()
    issuer: Template = ()
    issued: Template = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter: number, title, who it is to, passages and ledgers, who signs it and when.

    `size` is the type size in points of a letter set large throughout, for readers or for a wall; 0 is the official page.
    """

    title: Template
    number: Template
    to: Template
    body: tuple[Passage | Ledger, ...]
    sender: Template = ()
    dated: Template = ()
    seal: str = ""
    attached: tuple[Template, ...] = ()
    foot: tuple[Template, ...] = ()
    code: Template = ()
    size: float = 0.0
    landscape: bool = False
    imprint: Imprint = Imprint()
