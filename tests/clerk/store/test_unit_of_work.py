"""One use case is kept together or not at all; numbers without gaps; no clerk's work lost to another's."""

import hashlib
import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clerk.errors import UserCanFix
from clerk.household import Household
from clerk.records import IssuedPaper
from clerk.settings import Office
from clerk.store import ChangedMeanwhile, Store
from clerk.store.tables import answer_index, household, household_revision, issued_document, metadata, person
from tests.clerk.store.made import CATALOGUE, DAY, a_case, a_household, a_store, file_case, in_children, keys_of, moment


class BrokenError(Exception):
    """What the test makes fail."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path / "s") as made:
        yield made


@contextmanager
def failing_at(store: Store, step: int) -> Iterator[None]:
    """Let the given statement fail (0: none), counted from the first one; BEGIN counts, the commit does not."""
    left = [step]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise BrokenError

    sa.event.listen(store.engine, "before_cursor_execute", count)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", count)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.reading() as view:
        return {t.name: [tuple(row) for row in view.connection.execute(sa.select(t))] for t in metadata.sorted_tables}


def document(believed: Household, **answers: str) -> Household:
    return replace(believed, answers={**believed.answers, **answers})


def test_a_case_comes_back_as_it_was_filed(store: Store) -> None:
    with store.work() as work:
        filed = file_case(work, a_household("古某·肉某", "𬱖某"), applications=3)
    with store.reading() as view:
        assert view.case(filed.case_number, CATALOGUE) == filed
        assert list(view.cases(DAY, DAY, CATALOGUE)) == [filed]
        assert list(view.cases(date(2026, 9, 2), date(2026, 9, 30), CATALOGUE)) == []
        assert view.case("没有", CATALOGUE) is None


def test_a_failure_at_any_step_leaves_nothing_behind(store: Store) -> None:
    before = everything(store)
    step = 0
    while True:
        step += 1
        try:
            with failing_at(store, step), store.work() as work:
                filed = file_case(work, a_household("曾小单", "区某"))
        except BrokenError:
            assert everything(store) == before, f"after a failure at statement {step}"
        else:
            break
    assert step > 12, "every table was written in turn"
    assert filed.case_number.endswith("00001"), "no number was lost"


def test_a_failure_of_the_caller_or_the_commit_leaves_nothing_behind(store: Store) -> None:
    before = everything(store)

    def file_and_fail() -> None:
        with store.work() as work:
            file_case(work, a_household())
            raise BrokenError

    with pytest.raises(BrokenError):
        file_and_fail()
    assert everything(store) == before

    @sa.event.listens_for(store.engine, "commit")
    def refuse(_: object) -> None:
        raise BrokenError

    with pytest.raises(BrokenError), store.work() as work:
        file_case(work, a_household())
    sa.event.remove(store.engine, "commit", refuse)
    assert everything(store) == before


def test_each_scope_counts_by_itself_from_one(store: Store) -> None:
    with store.work() as work:
        assert [work.next_number(scope) for scope in ("甲-2026", "甲-2026", "乙-2026", "甲-2027")] == [1, 2, 1, 1]


def test_processes_at_the_same_time_number_without_gap_or_double(tmp_path: Path) -> None:
    folder, each = tmp_path / "s", 15
    with a_store(folder):
        pass

    def clerk(_: int) -> list[str]:
        with a_store(folder) as store:
            made = []
            for turn in range(each):
                with store.work() as work:
                    made.append(file_case(work, a_household()).case_number)
                    if turn % 5 == 4:
                        work.connection.rollback()
                        made.pop()
            return made

    numbers = [number for made in in_children(3, clerk) for number in made]
    assert sorted(numbers) == [f"990101-2026-{n:05d}" for n in range(1, len(numbers) + 1)]
    with a_store(folder) as store:
        assert len(numbers) == 3 * each * 4 // 5
        assert store.verify_events().whole
        assert store.verify_events().length == len(numbers)
        assert store.faults() == []


def test_a_correction_that_nobody_filed_rewrites_the_revision(store: Store) -> None:
    believed = a_household()
    with store.work() as work:
        kept = work.keep_household(believed, keys_of(believed))
        again = work.revise(kept, document(believed, 住址="绿水村"), keys_of(believed))
    assert (again.revision, again.version) == (1, 2)
    assert len(everything(store)["household_revision"]) == 1


def test_a_filed_revision_stays_and_the_correction_is_a_new_one(store: Store) -> None:
    with store.work() as work:
        filed = file_case(work, a_household())
    with store.reading() as view:
        kept, believed = view.household(filed.household_id, CATALOGUE) or pytest.fail("not there")
    with store.work() as work:
        again = work.revise(kept, document(believed, 住址="绿水村"), keys_of(believed))
    assert again.revision == 2
    with store.reading() as view:
        assert view.household(filed.household_id, CATALOGUE) == (again, document(believed, 住址="绿水村"))
        assert view.case(filed.case_number, CATALOGUE) == filed


@pytest.mark.parametrize("change", [sa.update(household_revision).values(document="{}"), sa.delete(household_revision), sa.delete(household)])
def test_the_file_itself_refuses_to_change_a_filed_revision(store: Store, change: sa.Executable) -> None:
    with store.work() as work:
        file_case(work, a_household())
    with pytest.raises(sa.exc.IntegrityError, match="an application refers to this revision"), store.work() as work:
        work.connection.execute(change)


def test_of_two_clerks_who_correct_the_same_household_the_second_is_told(store: Store) -> None:
    believed = a_household()
    with store.work() as work:
        kept = work.keep_household(believed, keys_of(believed))
    with store.work() as work:
        work.revise(kept, document(believed, 住址="绿水村"), keys_of(believed))
    before = everything(store)
    with pytest.raises(ChangedMeanwhile, match="重新打开"), store.work() as work:
        work.revise(kept, document(believed, 住址="红星村"), keys_of(believed))
    assert everything(store) == before


def test_a_case_must_hold_the_household_of_its_revision(store: Store) -> None:
    believed = a_household()
    with store.work() as work:
        kept = work.keep_household(believed, keys_of(believed))
    with pytest.raises(ValueError, match="does not hold the household"), store.work() as work:
        work.add_case(a_case("A1", kept, document(believed, 住址="别处")))


def test_a_second_case_of_the_same_revision_and_a_doubled_number(store: Store) -> None:
    believed = a_household()
    with store.work() as work:
        kept = work.keep_household(believed, keys_of(believed))
        work.add_case(a_case("A1", kept, believed))
        work.add_case(a_case("A2", kept, believed))
    with pytest.raises(sa.exc.IntegrityError), store.work() as work:
        work.add_case(a_case("A2", kept, believed))


def test_an_application_changes_only_from_the_state_that_was_read(store: Store) -> None:
    with store.work() as work:
        was = file_case(work, a_household()).applications[0]
        work.change_application(was, replace(was, status="审核中"))
    with pytest.raises(ChangedMeanwhile), store.work() as work:
        work.change_application(was, replace(was, status="退回"))
    with store.reading() as view:
        assert [a.status for a in view.case(was.case_number, CATALOGUE).applications] == ["审核中", "已受理"]  # type: ignore[union-attr]


def test_the_projection_follows_the_household_and_only_the_given_fields(store: Store) -> None:
    believed = a_household("甲某", "乙某")
    with store.work() as work:
        kept = work.keep_household(believed, keys_of(believed))
    fields = sa.select(answer_index.c.field, answer_index.c.row, answer_index.c.number, answer_index.c.text)
    with store.reading() as view:
        rows = {tuple(row) for row in view.connection.execute(fields)}
    assert rows == {("家庭.住址", "", None, "红星村1组"), ("成员.存款", "m0", 120050, None), ("成员.存款", "m1", 120051, None)}
    keys = replace(keys_of(believed), projection={("成员.残疾", "m0"): frozenset({"2", "1"}), ("家庭.受理日", ""): DAY}, packed=None)
    with store.work() as work:
        work.revise(kept, believed, keys)
        assert {tuple(row) for row in work.connection.execute(fields)} == {
            ("成员.残疾", "m0", None, "1"),
            ("成员.残疾", "m0", None, "2"),
            ("家庭.受理日", "", None, "2026-09-01"),
        }
        assert work.connection.execute(sa.select(household.c.packed)).scalar() is None


def test_who_left_the_household_stays_findable_and_comes_back_under_the_same_row(store: Store) -> None:
    both, one = a_household("甲某", "乙某"), a_household("甲某")
    with store.work() as work:
        kept = work.keep_household(both, keys_of(both))
        kept = work.revise(kept, one, keys_of(one))
        assert [(hit.name, hit.current) for hit in work.find("某")] == [("甲某", True), ("乙某", False)]
        work.revise(kept, both, keys_of(both))
        assert [hit.current for hit in work.find("某")] == [True, True]
        assert work.connection.execute(sa.select(sa.func.count()).select_from(person)).scalar() == 2


def a_paper(case_number: str, number: int = 1, **other: object) -> IssuedPaper:
    """One paper handed out, with number 1 of its series."""
    plain = IssuedPaper(
        number, case_number, "", "申请书", "申请书", "2026-1", "", "m0", "曾小单", "abc", "文号 甲 2026", number,
        f"〔2026〕{number}号", "c" * 64, hashlib.sha256(b"%PDF").hexdigest(), 2, 2, "hp", "甲", moment(),
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def test_settings_are_kept(store: Store) -> None:
    with store.work() as work:
        assert work.setting("office", "还没有") == "还没有"
        work.set_setting("office", Office("示例街道", "990101", "甲"))
        work.set_setting("office", Office("示例街道", "990101", "乙"))
    with store.reading() as view:
        assert view.setting("office")["clerk"] == "乙"


def test_what_was_handed_out_reads_back_with_its_bytes_which_are_kept_once(store: Store) -> None:
    with store.work() as work:
        filed = file_case(work, a_household())
        first, second = a_paper(filed.case_number), a_paper(filed.case_number, 2, series="", serial=0, label="")
        work.keep_issued(first, b"%PDF")
        work.keep_issued(second, b"%PDF")
    with store.reading() as view:
        assert view.issued(filed.case_number) == [first, second]
        assert view.issued("别的") == []
        assert view.issued_paper(2) == (second, b"%PDF")
        assert view.issued_paper(3) is None
        assert view.connection.execute(sa.select(sa.func.count()).select_from(issued_document)).scalar() == 1


def test_no_number_of_a_series_is_kept_twice(store: Store) -> None:
    with store.work() as work:
        filed = file_case(work, a_household())
        work.keep_issued(a_paper(filed.case_number), b"%PDF")
    with pytest.raises(sa.exc.IntegrityError), store.work() as work:
        work.keep_issued(a_paper(filed.case_number, 2, serial=1), b"%PDF")


@pytest.mark.parametrize("sql", ["UPDATE issued_document SET pdf = x'00'", "DELETE FROM issued_document", "UPDATE issued_paper SET label = ''", "DELETE FROM issued_paper"])
def test_what_was_handed_out_is_never_changed_or_removed(store: Store, sql: str) -> None:
    with store.work() as work:
        work.keep_issued(a_paper(file_case(work, a_household()).case_number), b"%PDF")
    with pytest.raises(sa.exc.IntegrityError, match="stays as it was"), store.engine.begin() as connection:
        connection.exec_driver_sql(sql)


def test_a_full_disk_keeps_what_was_acknowledged_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    with a_store(folder) as store, store.work() as work:
        file_case(work, a_household())

    def fill(_: int) -> tuple[int, str]:
        room = (folder / "clerk.db").stat().st_size + 40_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        with a_store(folder) as store:
            for done in range(500):
                try:
                    with store.work() as work:
                        file_case(work, a_household("甲某", "乙某", "丙某"))
                except UserCanFix as refused:
                    return done, refused.message
        return -1, "never refused"

    ((done, message),) = in_children(1, fill)
    assert done > 0
    assert "没有保存" in message
    with a_store(folder) as store, store.work() as work:
        assert store_is_sound(store) == []
        assert file_case(work, a_household()).case_number == f"990101-2026-{done + 2:05d}"


def store_is_sound(store: Store) -> list[str]:
    with store.reading() as view:
        json.dumps(view.setting("nothing"))
    return [] if store.verify_events().whole else ["chain"]
