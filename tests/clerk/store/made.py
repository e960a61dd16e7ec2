"""Build what the store keeps: a catalogue of kinds, households, cases; and run things in child processes."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

from clerk.household import Household, Row
from clerk.records import Application, CaseRecord, Due, HouseholdKeys, Kept, PersonKeys
from clerk.settings import Office
from clerk.store import Store, UnitOfWork, open_store
from forms.catalogue import Catalogue
from forms.reading import Place
from forms.schema import Field, Kind

DAY = date(2026, 9, 1)
CHINA = timezone(timedelta(hours=8))
OFFICE = Office("示例街道", "990101", "经办人甲")
_FIELDS = {
    "家庭": {"住址": Kind.TEXT, "人均收入": Kind.NUMBER, "受理日": Kind.DATE, "同意": Kind.FLAG},
    "成员": {"姓名": Kind.NAME, "证件号": Kind.ID, "存款": Kind.MONEY, "人数": Kind.INTEGER, "残疾": Kind.OPTIONS, "起": Kind.MONTH},
}


def a_catalogue() -> Catalogue:
    """One field of every kind that is written in its own way."""
    place = Place("made.py", 1, 1)
    fields = {
        f"{table}.{name}": Field(name, table, name, kind, place) for table, kinds in _FIELDS.items() for name, kind in kinds.items()
    }
    empty: dict[Any, Any] = {}
    return Catalogue(
        packs=(),
        tables=empty,
        relations=empty,
        status=None,
        sections=(),
        fields=fields,
        codes=empty,
        standards=empty,
        definitions=empty,
        programmes=empty,
        compatibilities=(),
        days_off=empty,
        calendar_years=frozenset(),
        regions=empty,
        papers=empty,
        rosters=empty,
    )


CATALOGUE = a_catalogue()


def a_household(*names: str) -> Household:
    """Members by name (曾小单 when none is said), each with an ID and money."""
    rows = tuple(
        Row(f"m{i}", "", {"姓名": name, "证件号": an_id(i), "存款": 120050 + i, "残疾": frozenset({"2", "1"}), "起": date(2020, 5, 1)})
        for i, name in enumerate(names or ("曾小单",))
    )
    answers = {"住址": "红星村1组", "人均收入": Fraction(700, 3), "受理日": DAY, "同意": True}
    return Household(answers, {"成员": rows}, frozenset({"成员"}))


def an_id(order: int) -> str:
    """An invented number of region 990101 with its check character."""
    first17 = f"990101198001{1 + order % 28:02d}{order % 1000:03d}"
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights, strict=True)) % 11]


def keys_of(household: Household) -> HouseholdKeys:
    """What the household is found by: every member, and the address and savings as projection."""
    people = tuple(
        PersonKeys(
            row.key, str(row.answers["姓名"]), str(row.answers["证件号"]), f"1390000{i:04d}", date(1980, 1, 1), "男", "红星村"
        )
        for i, row in enumerate(household.tables["成员"])
    )
    projection = {("家庭.住址", ""): household.answers["住址"], **{("成员.存款", r.key): r.answers["存款"] for r in household.tables["成员"]}}
    return HouseholdKeys(people, projection, b"\x00packed")


def a_case(number: str, kept: Kept, household: Household, applications: int = 2) -> CaseRecord:
    """A case with applications for the first member."""
    made = tuple(
        Application(
            f"{number}-{i}", number, f"项目{i}", "m0", ("m0",), "已受理", "民政", DAY, (Due("审核", date(2026, 9, 30), ("缺 2027 年历",)),)
        )
        for i in range(applications)
    )
    return CaseRecord(number, kept.household_id, kept.revision, household, made, OFFICE, DAY)


def file_case(work: UnitOfWork, household: Household, applications: int = 2) -> CaseRecord:
    """The whole use case: household, number, applications, events."""
    kept = work.keep_household(household, keys_of(household))
    record = a_case(f"990101-2026-{work.next_number('990101-2026'):05d}", kept, household, applications)
    work.add_case(record)
    work.record("提交", record.case_number, actor=OFFICE.clerk, detail={"申请": str(applications)})
    return record


def moment() -> datetime:
    """The same moment every time."""
    return datetime(2026, 9, 1, 9, 31, tzinfo=CHINA)


@contextmanager
def a_store(folder: Path) -> Iterator[Store]:
    """An open store that is closed afterwards."""
    store = open_store(folder, now=moment)
    try:
        yield store
    finally:
        store.close()


def a_child(act: Callable[[int], object]) -> tuple[int, int]:
    """Fork; the child runs `act(pipe)` and exits at once; returns its process id and the pipe's reading end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    signal.set_wakeup_fd(-1)
    code = 1
    try:
        act(writing)
        code = 0
    except BaseException:  # noqa: BLE001 - the child must end here, whatever happened
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def drain(pipe: int) -> bytes:
    """Everything a child wrote until it ended."""
    found = bytearray()
    while piece := os.read(pipe, 1 << 16):
        found += piece
    os.close(pipe)
    return bytes(found)


def in_children(count: int, act: Callable[[int], object]) -> list[Any]:
    """Run `act(0) … act(count - 1)` at the same time in processes of their own; their results, in order."""
    children = [a_child(lambda pipe, i=i: os.write(pipe, pickle.dumps(act(i)))) for i in range(count)]
    results = [drain(pipe) for _, pipe in children]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
    assert codes == [0] * count
    return [pickle.loads(result) for result in results]
