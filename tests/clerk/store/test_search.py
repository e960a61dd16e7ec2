"""Everybody is found: by name or a piece of it, pinyin and initials in every reading, ID, phone, or their ends."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk.household import Household
from clerk.records import Hit, HouseholdKeys, PersonKeys
from clerk.store import Store
from clerk.store.search import after
from tests.clerk.store.made import a_household, a_store, an_id, file_case

NAMES = ("曾小单", "单曾氏", "区某", "查某", "解某", "仇某", "覃某", "㛃某", "𠅤某", "𬱖某", "䶮某", "古某·肉某", "吕某", "欧阳某甲", "O'Neil", "买买提·依明")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with a_store(tmp_path_factory.mktemp("store") / "s") as made:
        with made.work() as work:
            for i, name in enumerate(NAMES):
                keys = PersonKeys("m0", name, an_id(i), f"139 0000 {i:04d}", date(1980, 1, 2), "女", "红星村")
                work.keep_household(Household({}, {}), HouseholdKeys((keys,)))
        yield made


def found(store: Store, text: str, limit: int = 50) -> list[Hit]:
    with store.reading() as view:
        return view.find(text, limit)


def names(store: Store, text: str) -> set[str]:
    return {hit.name for hit in found(store, text)}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("曾小单", "曾小单"),
        ("小单", "曾小单"),
        ("单", "曾小单"),
        ("zengxiaodan", "曾小单"),
        ("zeng xiao shan", "曾小单"),
        ("cengxiaodan", "曾小单"),
        ("zxd", "曾小单"),
        ("ZXS", "曾小单"),
        ("ｚｘｄ", "曾小单"),
        ("xd", "曾小单"),
        ("shanzeng", "单曾氏"),
        ("ou", "区某"),
        ("qumou", "区某"),
        ("zhamou", "查某"),
        ("cm", "查某"),
        ("xiemou", "解某"),
        ("qiu", "仇某"),
        ("qinmou", "覃某"),
        ("tm", "覃某"),
        ("㛃", "㛃某"),
        ("jm", "㛃某"),
        ("jiemou", "㛃某"),
        ("𠅤", "𠅤某"),
        ("𠅤某", "𠅤某"),
        ("ximou", "𠅤某"),
        ("𬱖某", "𬱖某"),
        ("dm", "𬱖某"),
        ("䶮某", "䶮某"),
        ("yanm", "䶮某"),
        ("古某·肉某", "古某·肉某"),
        ("古某肉某", "古某·肉某"),
        ("古某•肉", "古某·肉某"),
        ("肉某", "古某·肉某"),
        ("gmrm", "古某·肉某"),
        ("rou", "古某·肉某"),
        ("lvmou", "吕某"),
        ("lu", "吕某"),
        ("lyumou", "吕某"),
        ("lümou", "吕某"),
        ("lǚ", "吕某"),
        ("ouyang", "欧阳某甲"),
        ("某甲", "欧阳某甲"),
        ("o'neil", "O'Neil"),
        ("NEIL", "O'Neil"),
        ("依明", "买买提·依明"),
    ],
)
def test_a_person_is_found_however_the_name_is_typed(store: Store, typed: str, name: str) -> None:
    assert name in names(store, typed)


@pytest.mark.parametrize("order", [0, 3, 11])
def test_a_person_is_found_by_numbers_and_their_ends(store: Store, order: int) -> None:
    id_no = an_id(order)
    for typed in (id_no, id_no.lower(), id_no[:6] + " " + id_no[6:], id_no[-4:], id_no[-6:], f"1390000{order:04d}", f"{order:04d}", f"139-0000-{order:04d}"):
        assert NAMES[order] in names(store, typed), typed
    assert [hit.matched for hit in found(store, id_no)] == ["证件号"]


def test_a_hit_says_who_it_is(store: Store) -> None:
    (hit,) = found(store, "古某·肉某")
    assert (hit.name, hit.sex, hit.village, hit.birth, hit.matched) == ("古某·肉某", "女", "红星村", date(1980, 1, 2), "姓名")
    assert (hit.id_no, hit.phone, hit.current, hit.cases, hit.row) == (an_id(11), "13900000011", True, (), "m0")


@pytest.mark.parametrize("typed", ["", " ", "·", "%", "_", "'", "?", "张%", "--"])
def test_signs_that_mean_something_to_databases_find_nobody(store: Store, typed: str) -> None:
    assert found(store, typed) == []


def test_no_more_than_asked_and_whole_names_first(store: Store) -> None:
    assert len(found(store, "某", limit=3)) == 3
    assert found(store, "某", limit=1)[0].matched == "姓名"
    assert found(store, "单")[0].name == "单曾氏", "a surname before a piece of a given name"


def test_cases_of_the_household_come_with_the_hit_and_find_it(tmp_path: Path) -> None:
    with a_store(tmp_path / "c") as store:
        with store.work() as work:
            numbers = [file_case(work, a_household(name)).case_number for name in ("甲某", "乙某")]
        assert [(hit.name, hit.cases) for hit in found(store, "乙某")] == [("乙某", (numbers[1],))]
        assert [(hit.name, hit.matched) for hit in found(store, numbers[0])] == [("甲某", "案件编号")]


def test_a_changed_name_is_found_by_the_new_one_only(tmp_path: Path) -> None:
    with a_store(tmp_path / "c") as store:
        with store.work() as work:
            kept = work.keep_household(Household({}, {}), HouseholdKeys((PersonKeys("m", "张三"),)))
            work.revise(kept, Household({}, {}), HouseholdKeys((PersonKeys("m", "李四", phone="123"),)))
        assert names(store, "张") | names(store, "zs") == set()
        assert names(store, "ls") == names(store, "123") == {"李四"}


def test_every_probe_walks_an_index(store: Store) -> None:
    seen: list[str] = []

    def explain(_c: object, _cursor: object, statement: str, parameters: object, _x: object, _m: object) -> None:
        if "SELECT" in statement and "EXPLAIN" not in statement:
            seen.append(statement)
            with store.reading() as other:
                plan = other.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
            assert not any(row[-1].startswith("SCAN") for row in plan), plan

    sa.event.listen(store.engine, "before_cursor_execute", explain)
    for typed in ("小单", "xd", "0001", "990101"):
        found(store, typed)
    sa.event.remove(store.engine, "before_cursor_execute", explain)
    assert len(seen) > 10


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4), st.text(st.characters(exclude_categories=["Cs"]), max_size=4))
@settings(deadline=None)
def test_the_range_of_a_key_holds_what_begins_with_it_and_nothing_else(key: str, rest: str) -> None:
    if set(key) == {"\U0010ffff"}:
        return
    assert key <= key + rest < after(key)
    assert (key <= rest < after(key)) == rest.startswith(key)
    after(key).encode()
