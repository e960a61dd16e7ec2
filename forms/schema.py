"""The frozen shapes of the single form: tables, fields, code tables, relations.

Expressions stay text here (`Expression`); `forms.language` parses and checks them. Ids are the Chinese words the
county staff write. Money is integer fen, ratios are `Fraction`, dates are `date`, options are their codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from forms.places import Lines, Place, place_in

Value = int | Fraction | bool | date | str | frozenset[str]
"""One believed answer: fen, number, yes/no, day, text or option code, set of option codes."""

ROOT = "家庭"
"""The table of facts said once per household (家庭)."""

PROGRAMMES = "项目"
"""The built-in code table that lists every programme by id and name."""

READERS = frozenset({"证件性别", "证件出生日期", "残疾证类别", "残疾证等级"})
"""What a field may be derived by (派生 · 取); `clerk` implements each reader."""


class Kind(Enum):
    """What kind of answer a field takes; the word is what data files write under 类型."""

    TEXT = "文字"
    LONG = "长文"
    NAME = "姓名"
    ID = "证件号"
    OPTION = "选项"
    OPTIONS = "多选"
    FLAG = "是否"
    MONEY = "金额"
    NUMBER = "数"
    INTEGER = "整数"
    DATE = "日期"
    MONTH = "年月"
    PHONE = "电话"
    ACCOUNT = "账号"
    DISABILITY_CARD = "残疾证号"
    REGION = "区划"
    MEMBER = "成员"


class Sensitivity(Enum):
    """How carefully an answer is kept from eyes that do not need it (敏感)."""

    PLAIN = "一般"
    IDENTITY = "身份"
    HEALTH = "医疗健康"
    FINANCE = "金融账户"
    CONTACT = "联系方式"
    MINOR = "未成年人"


@dataclass(frozen=True, slots=True)
class Expression:
    """A rule as written, with its place; parsed by `forms.language`."""

    text: str
    place: Place
    lines: Lines = ()

    def at(self, offset: int) -> Place:
        """Where the character `offset` of the text stands in its file."""
        return place_in(self.place, self.lines, offset)


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a code table; `group` lets relations and rules speak of a family of codes (类)."""

    code: str
    label: str
    group: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A closed list of answers (代码表), with the standard it follows."""

    id: str
    options: tuple[Option, ...]
    source: str
    place: Place
    verified: bool = True

    def label(self, code: str) -> str:
        """The words for a code; the code itself when a newer pack dropped it."""
        return next((option.label for option in self.options if option.code == code), code)

    def code(self, word: str) -> str | None:
        """The code for a label or a code as written, or None."""
        for option in self.options:
            if word in (option.label, option.code):
                return option.code
        return None


@dataclass(frozen=True, slots=True)
class Derivation:
    """A field filled from another one by a named reader (派生), e.g. 性别 from 证件号."""

    source: str
    reader: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the single form, said once: everything else refers to it by id.

    `expires` marks the last day of something that must be renewed (到期提醒).
    """

    id: str
    table: str
    label: str
    kind: Kind
    place: Place
    codes: str = ""
    required: bool = False
    help: str = ""
    why: str = ""
    sensitivity: Sensitivity = Sensitivity.PLAIN
    default: Value | None = None
    derived: Derivation | None = None
    low: Value | None = None
    high: Value | None = None
    longest: int = 0
    relevant: Expression | None = None
    aliases: tuple[str, ...] = ()
    expires: bool = False

    @property
    def key(self) -> str:
        """The field's full name, `表.字段`."""
        return f"{self.table}.{self.id}"


@dataclass(frozen=True, slots=True)
class Section:
    """A page part of the form (节): some fields of one table, in order; the program itself fills a `system` one."""

    id: str
    name: str
    table: str
    order: int
    fields: tuple[Field, ...]
    hint: str = ""
    system: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list of like things the household has (成员, 收入, 车辆 …); `owner` is the table a row belongs to.

    `gist` are the fields that tell a row from its like when the program speaks of it (要点).
    """

    id: str
    name: str
    measure: str
    place: Place
    owner: str = ""
    title: str = ""
    least: int = 0
    closing: str = ""
    gist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A kinship between rows of one table, read from the groups of one option field (同住义务人, 同住父母)."""

    id: str
    table: str
    by: str
    pairs: Mapping[str, tuple[str, ...]]
    measure: str
    place: Place


@dataclass(frozen=True, slots=True)
class StatusTable:
    """Which table records benefits already paid (已享): feeds 在享() and 身份()."""

    table: str
    programme: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class ChoiceTable:
    """Which table records what a household chose of two programmes that are not received together (择一).

    All but `table` are fields of it: the programme taken, the one left, for whom (a member; nobody: the household), who
    said so, on which day, and what each of the two paid as it was told then.
    """

    table: str
    taken: str
    left: str
    subject: str
    teller: str
    day: str
    paid: str
    unpaid: str
