"""The frozen shapes of rosters (花名册): what a row is, which rows, which columns, in which order, who may see which of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.places import Place
from forms.schema import ROOT, Expression, Kind

INTERNAL, PUBLIC = "内部", "公示"
"""The version that holds everything, and the level of a roster made to be posted; other versions are data."""

PERIODS = ("周", "月", "季", "半年", "学期", "年", "事件")
"""The kinds of periods a roster may be due in (期)."""

EVENTS = (ACCEPTED, STANDING, PAID, REGISTERED) = ("受理", "在册", "在发", "登记")
"""What brings a row onto a roster (事项): accepted in the period, standing at its end, paid in it, entered in a register in it."""

NUMBERS = (WHOLE, GROUPED, DIGITS) = ("文本", "分节", "逐位")
"""How a column writes identity numbers (号码): whole, as 6-8-4, or a digit a cell."""

FILLS = (UNIT, CLERK, DAY) = ("单位", "经办人", "日期")
"""What the program fills into a sign-off (填)."""

SHOWN, MASKED, BY_STANDARD = "原样", "遮盖", "按标准"
"""How a version shows a field it lets through (放行)."""

COUNTS = (HOUSEHOLDS, PEOPLE, CASES) = ("户", "人", "件")
"""What a measure counts (数)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a heading, and the name or expression that fills it; `total` adds it up in the 合计 row.

    `main` marks the total that stands for the roster where one figure must do, `numbers` how identity numbers are written.
    With `each` the value is asked at every row of that table that belongs here and meets `where` (逐行), and they are
    written one after another.
    """

    heading: str
    value: Expression
    total: bool = False
    width: float = 0.0
    masked: bool = False
    main: bool = False
    numbers: str = WHOLE
    each: str = ""
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """One place of the sign-off under a roster: its words, and what the program fills in (`FILLS`) or nothing."""

    label: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a statistical roster (指标), over the applications of `scope` (`EVENTS`) that meet `case`.

    It counts `count` (households, people or applications, each once) for which `where` holds: at the household, the
    member or the application. Or it adds up (`value`), averages (`mean`) or divides two others (`parts`, `percent`).
    """

    heading: str
    scope: str
    count: str = ""
    value: Expression | None = None
    mean: bool = False
    parts: tuple[str, str] | None = None
    percent: bool = False
    case: Expression | None = None
    where: Expression | None = None
    main: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A way of handing rosters out (版本): the fields it lets through, each with how it shows; nothing else gets there.

    `tone` is the colour its level is shown in, `footer` what stands under each page.
    """

    id: str
    name: str
    fields: Mapping[str, str]
    place: Place
    note: str = ""
    tone: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Equals:
    """What a payment list must equal to the fen (等于): the main totals of other rosters, line by line.

    `line` names a line in all of them (逐条), `parts` are what must be the same beside the amount (分项: account …).
    """

    rosters: tuple[str, ...]
    line: Expression
    parts: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """One roster as data; `unit` is what a row is (any table), `programmes` which applications enter it, none meaning all.

    `group` gives each run of equal values a subtotal. A statistical roster has `measures`, and a row for each combination
    of what `columns` say. `versions` are those it may be made in; `paper` is what size it is printed on; `leaving` also
    lists what is no longer paid from the period on (退出). `equals` says which rosters its amounts must be those of,
    `needed` which columns nobody can do without (必填). `page` rows are printed on each page, 0 for as many as there is
    room for (每页).
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
    event: str = ACCEPTED
    relevant: Expression | None = None
    sort: tuple[str, ...] = ()
    group: Expression | None = None
    signers: tuple[Signer, ...] = ()
    level: str = INTERNAL
    order: int = 0
    paper: str = "A4"
    leaving: bool = False
    measures: tuple[Measure, ...] = ()
    versions: tuple[str, ...] = (INTERNAL,)
    equals: Equals | None = None
    needed: tuple[str, ...] = ()
    page: int = 0


def counted_at(measure: Measure, unit: str) -> str:
    """At whose rows a measure's `where` is asked: members, households, or what the roster's own rows are."""
    return {PEOPLE: Kind.MEMBER.value, HOUSEHOLDS: ROOT}.get(measure.count, unit)
