"""What the form's widgets ask of whoever holds the answers. Qt-free; the controller is one, a test may be another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ui.intake.matching import Choice

if TYPE_CHECKING:
    from forms.schema import Field
    from ui.intake.parts import ListPart, Part


@dataclass(frozen=True, slots=True)
class Spot:
    """One answer's place: table, row key, field id ("" when the list itself is meant)."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with an answer and what to do; a soft one may be accepted with a reason."""

    spot: Spot
    message: str
    hard: bool
    reason: bool = False


class Desk(Protocol):
    """The answers on the desk, as raw text."""

    @property
    def parts(self) -> Sequence[Part]:
        """The cards of the form."""
        ...

    def text(self, spot: Spot) -> str:
        """What is written at a spot."""
        ...

    def derived(self, spot: Spot) -> bool:
        """True when the answer was read from another one."""
        ...

    def asked(self, field: Field, row: str) -> bool:
        """True unless the question is known not to matter for this row."""
        ...

    def minor(self, field: Field, row: str) -> bool:
        """True for a question that may wait behind 更多."""
        ...

    def complaint(self, spot: Spot) -> Complaint | None:
        """What is wrong at a spot, or None."""
        ...

    def rows(self, table: str, owner: str = "") -> Sequence[str]:
        """Row keys of a list, of one owner when it has owners."""
        ...

    def owner(self, table: str, row: str) -> str:
        """The key of the row that owns a row, "" when none does."""
        ...

    def title(self, table: str, row: str) -> str:
        """How a row is called."""
        ...

    def caption(self, table: str, row: str) -> str:
        """A second line about a row: kinship and age, number of things owned."""
        ...

    def closed(self, table: str) -> bool:
        """True once the list was said to be complete."""
        ...

    def choices(self, field: Field) -> Sequence[Choice] | None:
        """The answers a field offers; None when any text may be written."""
        ...

    def type(self, spot: Spot, text: str) -> None:
        """Take what was typed."""
        ...

    def add_row(self, part: ListPart, owner: str) -> str:
        """A new row of a list, and its key."""
        ...

    def remove_row(self, table: str, row: str) -> None:
        """Take a row away, with what it owns; can be undone."""
        ...

    def close(self, table: str, done: bool) -> None:
        """Say whether a list is complete."""
        ...
