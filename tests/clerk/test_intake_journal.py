"""Whatever a clerk does, the journal of it gives the same form again."""

from hypothesis import given
from hypothesis import strategies as st

from clerk.entry import Change, Entry
from clerk.intake import Intake
from tests.builders import DAY, a_small_catalogue, an_id

NUMBERS = ("110105194912310021", "E12345678", an_id(), an_id("20150303", 12), an_id() + "41", "13800138000", "6225000000000000015")
WORDS = ("", "暂缺", "张某军", "李某", "家庭成员1", "1980.1.1", "是", "否", "2.4万", "本人", "配偶", "因病、因残", "护照", "无证件")
TEXTS = st.sampled_from(NUMBERS + WORDS)
FIELDS = st.sampled_from([field for field in a_small_catalogue().fields.values() if field.table in ("家庭", "成员", "收入", "车辆")])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), FIELDS, TEXTS, st.integers(0, 4)),
        st.tuples(st.just("add"), st.sampled_from(["成员", "收入", "车辆"]), st.just(""), st.integers(0, 4)),
        st.tuples(st.sampled_from(["remove", "restore"]), st.sampled_from(["成员", "收入"]), st.just(""), st.integers(0, 4)),
        st.tuples(st.just("close"), st.sampled_from(["成员", "收入", "车辆"]), st.sampled_from(["是", ""]), st.just(0)),
        st.tuples(st.just("reason"), st.just(""), TEXTS, st.integers(0, 4)),
    ),
    max_size=30,
)


def rows_ever(intake, table, seen):
    return [key for key in seen if key.startswith(table)]


def act(intake: Intake, what, where, text, place, seen) -> Change:
    if what == "type":
        rows = [""] if where.table == "家庭" else intake.rows(where.table)
        return intake.type(where.table, rows[place % len(rows)], where.id, text) if rows else Change()
    if what == "add":
        owners = intake.rows("成员") if where == "收入" else [""]
        if not owners:
            return Change()
        seen.append(f"{where}{len(seen)}")
        return intake.add_row(where, owners[place % len(owners)], seen[-1])
    if what == "close":
        return intake.close(where, bool(text))
    if what == "reason":
        soft = [problem for problem in intake.problems() if not problem.hard]
        return intake.override(soft[place % len(soft)], text) if soft else Change()
    known = rows_ever(intake, where, seen)
    if not known:
        return Change()
    key = known[place % len(known)]
    return intake.remove_row(where, key) if what == "remove" else intake.restore_row(where, key)


def state(intake: Intake):
    texts = {
        (field.key, row): (intake.text(field.table, field.id, row), intake.derived(field.table, field.id, row))
        for field in a_small_catalogue().fields.values()
        for row in ([""] if field.table == "家庭" else intake.rows(field.table))
    }
    return intake.household(), intake.problems(), intake.reasons(), texts


def replayed(entries: list[Entry]) -> Intake:
    return Intake(a_small_catalogue(), DAY, entries)


@given(ACTS)
def test_replaying_the_journal_gives_an_equal_form(acts):
    intake = Intake(a_small_catalogue(), DAY)
    journal, seen = [], []
    for one in acts:
        journal += act(intake, *one, seen).entries
    assert state(replayed(journal)) == state(intake)


@given(ACTS)
def test_a_change_names_every_answer_and_table_that_changed(acts):
    intake = Intake(a_small_catalogue(), DAY)
    seen = []
    for one in acts:
        before = beliefs(intake)
        change = act(intake, *one, seen)
        after = beliefs(intake)
        differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        named = set(change.facts)
        assert all(fact in named or fact[0] in change.tables for fact in differ)
        rows = {table for table in ("成员", "收入", "车辆") if before.get((table, "", "")) != after.get((table, "", ""))}
        assert rows <= set(change.tables)


def beliefs(intake: Intake):
    found = {(table, "", ""): (tuple(intake.rows(table)), intake.closed(table)) for table in ("成员", "收入", "车辆")}
    for field in a_small_catalogue().fields.values():
        for row in [""] if field.table == "家庭" else intake.rows(field.table):
            found[field.table, field.id, row] = intake.answer(field.table, field.id, row)
    return found
