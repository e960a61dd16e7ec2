"""What a paper asks of a case: how a value is said, which rows there are, which options are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from forms.language.values import Verdict
from forms.schema import Expression, Option


class Values(Protocol):
    """Everything a layout needs to know of a case; expressions are evaluated at one row of one table."""

    @property
    def digest(self) -> str:
        """The rule packs' hash: layouts are cached for as long as it stays."""
        ...

    def say(self, value: Expression, table: str, row: str, form: str) -> str:
        """The value in the words of the paper, "" when it is not yet known; `form` is one of `forms.load_cells.FORMS`."""
        ...

    def holds(self, value: Expression, table: str, row: str) -> Verdict:
        """The answer of a condition."""
        ...

    def chosen(self, value: Expression, table: str, row: str) -> frozenset[str]:
        """The codes of the options chosen; 是 and 否 for a yes or no."""
        ...

    def options(self, value: Expression, table: str) -> tuple[Option, ...]:
        """All options that the value may take, in the order of the code table; retired ones left out."""
        ...

    def rows(self, table: str, home: str, row: str) -> Sequence[str]:
        """The rows of a table that belong to a row of the table `home`; all of them where it owns none."""
        ...
