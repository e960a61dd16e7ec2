"""What is kept: applications, cases, events, and what a search finds. Frozen; money in fen, days as `date`.

The store writes these shapes through `clerk.plain`, which follows the type hints: a new field with a default can be
added here at any time, and records written before it read back with that default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clerk.household import Household
from clerk.settings import Office
from forms.schema import Value

STOPPED = "已终止"
"""The status of an application that was stopped (停发) from a month on."""
LEFT = "退出"
"""What an application does to the rolls when it ends."""
ENDED = frozenset({STOPPED, "已退出", "不予批准", "已撤回"})
"""Statuses of applications that no longer stand on the rolls."""

DECIDED = ENDED | {"已批准"}
"""Statuses of applications that nobody at the window waits for any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline of an application: the last day of a step (环节); `warnings` say what the calendar did not know.

    `extended` is the last day where the rule allows more time (延长至).
    """

    step: str
    day: date
    warnings: tuple[str, ...] = ()
    extended: date | None = None


@dataclass(frozen=True, slots=True)
class AmountKept:
    """One amount as it was said on the day of filing, in fen when `unit` is 元; `high` None is an open end."""

    id: str
    period: str
    unit: str
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition as it was judged on the day of filing: its verdict's word, what was seen, where the rule comes from."""

    condition: str
    verdict: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the deciding office answered, frozen as it came: `outcome` in its own word, amounts in fen, from which month.

    `by` is the office that decided, `document` its document number, `reason` why not; `batch` the import it came by.
    """

    outcome: str
    on: date | None = None
    amounts: tuple[AmountKept, ...] = ()
    since: date | None = None
    document: str = ""
    reason: str = ""
    by: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One programme asked for, with its own number, persons, status, department and deadlines.

    `subject` is the row key the programme is for (ROOT_ROW for a household programme), `persons` the row keys of all
    members it covers, `packs` the digest of the rule packs it was judged by. `change` says what the application does to
    the rolls (新增, 变更, 退出) and why; `pay_since` is the first month paid, known once decided; `decision` is what
    the deciding office answered. `ended` is the first day of the first month no longer paid, `end_reason` why: what it
    did to the rolls when it was filed stays as it was.
    """

    number: str
    case_number: str
    programme: str
    subject: str
    persons: tuple[str, ...]
    status: str
    department: str
    accepted: date
    dues: tuple[Due, ...] = ()
    amounts: tuple[AmountKept, ...] = ()
    packs: str = ""
    reasons: tuple[Reason, ...] = ()
    change: str = ""
    change_reason: str = ""
    pay_since: date | None = None
    decision: Decision | None = None
    ended: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One filing of one household: the revision it was judged on, and the applications made of it."""

    case_number: str
    household_id: str
    revision: int
    household: Household
    applications: tuple[Application, ...]
    office: Office
    accepted: date


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a household stands in the store; give `version` back when revising, so that no other clerk's work is lost."""

    household_id: str
    revision: int
    version: int


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """What a person is found by; `row` is the member's row key in the household."""

    row: str
    name: str
    id_no: str = ""
    phone: str = ""
    birth: date | None = None
    sex: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdKeys:
    """What a household is found, filtered and screened by, made from its answers by the caller.

    `projection` holds the answers that filters need, by (`表.字段`, row key); `packed` is the record for batch screening.
    """

    people: tuple[PersonKeys, ...]
    projection: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    packed: bytes | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the chained journal: who did what to which case or household, when; `hash` seals it to the one before."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, str]
    hash: str


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One paper as it was handed out (印发): what it is, for whom, and the fingerprint of the bytes that are kept.

    `number` is the store's own, by which it is printed again. `edition` and `packs` (digest of the rule packs) say what
    made it; `row` is the row of the paper's table it was made for, `person` the member that row belongs to ("" the whole
    household), `whom` the same in words. `series` and `serial` are its place among numbered papers, `label` the number
    as printed; all empty for a paper without one. `content` is the SHA-256 of what the paper says apart from marks of
    the hour (number, day of printing), `digest` that of its PDF. `at` is the moment, `actor` who did it.
    """

    number: int
    case_number: str
    application: str
    paper: str
    name: str
    edition: str
    row: str
    person: str
    whom: str
    packs: str
    series: str
    serial: int
    label: str
    content: str
    digest: str
    pages: int
    copies: int
    printer: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found by a search, with the cases of the household, newest first.

    `matched` says by what (姓名, 拼音, 证件号, 电话, 案件编号); `current` is False for a person no longer in the household.
    """

    household_id: str
    row: str
    name: str
    id_no: str
    phone: str
    birth: date | None
    sex: str
    village: str
    matched: str
    current: bool
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person of the store as an import looks for: where they stand, and what tells them from others."""

    household_id: str
    row: str
    name: str
    id_no: str
    birth: date | None
    village: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One sheet taken in: what kind, which file, when, by whom, how much of what; `undone` when it was taken back."""

    id: str
    incoming: str
    file: str
    digest: str
    at: datetime
    actor: str
    counts: Mapping[str, int]
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedBook:
    """One period whose books were closed: from when to when, who did it, and the SHA-256 of what was frozen.

    `number` counts closed books from 1; `kind` is the period's (周, 月 …), `words` how it is said.
    """

    number: int
    kind: str
    since: date
    until: date
    words: str
    digest: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """One row of a register (登记簿) beside a person; `household_id` is empty for somebody the store does not know.

    `values` are typed by the columns of the kind of sheet it came by, by column id.
    """

    register: str
    incoming: str
    day: date
    household_id: str
    row: str
    name: str
    id_no: str
    values: Mapping[str, Value]
    batch: str = ""
