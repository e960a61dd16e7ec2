"""The frozen shapes of sheets that others send in (来表): what they are for, and which of their columns mean what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from forms.places import Place
from forms.schema import Field, Kind

PEOPLE, REGISTER, RESULTS = "建档", "登记", "结果"
USES = (PEOPLE, REGISTER, RESULTS)
"""What a sheet may do: make and update households, put rows into a register beside people, answer applications."""

ROLES: Mapping[str, Kind] = {
    "户号": Kind.TEXT,
    "户主姓名": Kind.NAME,
    "户主证件号": Kind.ID,
    "同户姓名": Kind.LONG,
    "同户证件号": Kind.LONG,
    "登记日": Kind.DATE,
    "办件编号": Kind.TEXT,
    "项目": Kind.TEXT,
    "结果": Kind.OPTION,
    "金额": Kind.MONEY,
    "起发月": Kind.MONTH,
    "决定日期": Kind.DATE,
    "文号": Kind.TEXT,
    "决定单位": Kind.TEXT,
    "原因": Kind.LONG,
}
"""What a column may be used for (用作) that is no question of the form, and what kind of answer that takes."""


@dataclass(frozen=True, slots=True)
class IncomingColumn:
    """One column that a sheet may have: a question of the form (`table` set), a role, or a word of its own.

    `field` says how its cells are read; `words` are the headings it is known by; `spelled` is what others write, and
    what is meant (换写).
    """

    id: str
    field: Field
    words: tuple[str, ...]
    role: str = ""
    required: bool = False
    spelled: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnAsked:
    """One column as its data writes it, before the form is known; `target` is `(表, 字段)` or empty."""

    id: str
    target: tuple[str, str] | None
    own: Field | None
    words: tuple[str, ...]
    role: str = ""
    required: bool = False
    spelled: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One kind of sheet as data.

    `fixed` are answers the sheet's title says for all of its rows, by (表, 字段); `keys` tell a row of a table from its
    like when it comes again (认行). `fill_only` keeps every answer that is known already (更新: 补空). `head_applies`:
    who heads a household applies for it.
    """

    id: str
    name: str
    use: str
    asked: tuple[ColumnAsked, ...]
    place: Place
    layer: str
    source: str = ""
    note: str = ""
    order: int = 0
    fixed: tuple[tuple[str, str, str], ...] = ()
    keys: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    fill_only: bool = False
    head_applies: bool = False
    register: str = ""

    def columns(self, fields: Mapping[str, Field]) -> tuple[IncomingColumn, ...]:
        """The columns with the form's questions in them; `fields` by full key."""
        return tuple(_column(asked, fields) for asked in self.asked)


def _column(asked: ColumnAsked, fields: Mapping[str, Field]) -> IncomingColumn:
    question = asked.own if asked.target is None else fields[".".join(asked.target)]
    if question is None:
        raise ValueError(f"the column {asked.id} says neither a field nor a kind")
    words = (asked.id, *asked.words, question.label, *question.aliases)
    return IncomingColumn(asked.id, question, tuple(dict.fromkeys(words)), asked.role, asked.required, asked.spelled)
