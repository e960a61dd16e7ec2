"""自选名单: whose rows, which columns, kept under a name and made again; on the shipped data and real households."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.errors import UserCanFix
from clerk.own_lists import Condition, OwnColumn, OwnList, as_roster, drop_own, keep_own, own_lists, with_more
from clerk.own_rows import own_table
from clerk.periods import read_span
from clerk.sayable import one_sayable, sayable
from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from clerk.store import open_store
from forms.layers import DEMO
from forms.roster import ACCEPTED, DIGITS, REGISTERED, STANDING
from tests.builders import DAY, the_demo_catalogue

PLANS = Plans(the_demo_catalogue())
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
MONTH = read_span("2026-09")
NAMES = (OwnColumn("姓名", "姓名"), OwnColumn("证件号", "身份证号"), OwnColumn("期末周岁", "年龄"))
EVERYBODY = OwnList("全部人员", REGISTERED, "成员", columns=NAMES)


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """Three worked households with what they apply for."""
    opened = open_store(tmp_path_factory.mktemp("own") / "store")
    for name in ("C01", "C02", "C30"):
        done = screen_file(DEMO / "cases" / f"{name}.yaml", PLANS, DAY)
        apply_file(done, "all", store=opened, plans=PLANS, office=OFFICE)
    yield opened
    opened.close()


def made(store, own, version="内部"):
    with store.reading() as view:
        return own_table(view, own, MONTH, PLANS, version)


def people(store):
    with store.reading() as view:
        return [(household, row) for _, household in view.households(PLANS.catalogue) for row in household.rows("成员")]


def test_everybody_on_file_stands_once_with_each_family_together(filed):
    table = made(filed, EVERYBODY)
    assert len(table.rows) == len(people(filed)) == table.people
    assert table.households == 3
    names = [row[0] for row in table.rows]
    for household, row in people(filed):
        family = [household.answer("成员", "姓名", other) for other in household.rows("成员")]
        at = names.index(household.answer("成员", "姓名", row))
        assert min(map(names.index, family)) <= at < min(map(names.index, family)) + len(family)


def test_an_age_a_village_and_an_option_narrow_it(filed):
    old = OwnList("", REGISTERED, "成员", (), (Condition("期末周岁", low="60"),), NAMES)
    ages = [row[2] for row in made(filed, old).rows]
    assert ages
    assert min(ages) >= 60
    between = OwnList("", REGISTERED, "成员", (), (Condition("期末周岁", low="30", high="60"),), NAMES)
    assert all(30 <= row[2] <= 60 for row in made(filed, between).rows)
    where = (OwnColumn("居住村", "村"), *NAMES)
    villages = {row[0] for row in made(filed, OwnList("", REGISTERED, "成员", (), (), where)).rows}
    one = OwnList("", REGISTERED, "成员", (), (Condition("现住地", ("990101100201",)),), where)
    assert {row[0] for row in made(filed, one).rows} == {"红星村"} < villages
    disabled = OwnList(
        "", REGISTERED, "成员", (), (Condition("残疾等级", ("一级", "二级")),), (*NAMES, OwnColumn("残疾等级", "等级"))
    )
    grades = [row[3] for row in made(filed, disabled).rows]
    assert grades
    assert set(grades) <= {"一级", "二级"}


def test_what_is_not_known_is_kept_or_not_as_asked_and_counted(filed):
    asked = Condition("婚姻状况", ("未婚",))
    with_open = made(filed, OwnList("", REGISTERED, "成员", (), (asked,), NAMES))
    without = made(filed, OwnList("", REGISTERED, "成员", (), (asked,), NAMES, open_too=False))
    more = len(with_open.rows) - len(without.rows)
    assert more > 0
    assert f"{more}行的条件还不明，也列入了" in with_open.notes
    assert f"{more}行的条件还不明，没有列入" in without.notes


def test_a_programmes_applicants_come_with_what_they_receive(filed):
    columns = (OwnColumn("对象姓名", "姓名"), OwnColumn("项目名称", "项目"), OwnColumn("月金额", "月金额"))
    with filed.reading() as view:
        records = list(view.cases(date(2026, 1, 1), date(2026, 12, 31), PLANS.catalogue))
    wanted = records[0].applications[0].programme
    own = OwnList("", ACCEPTED, "办件", (wanted,), (), columns)
    table = made(filed, own)
    assert {row[1] for row in table.rows} == {PLANS.catalogue.programmes[wanted].name}
    assert len(table.rows) == sum(each.programme == wanted for record in records for each in record.applications)
    everything = made(filed, OwnList("", STANDING, "办件", (), (), columns))
    assert len(everything.rows) == sum(len(record.applications) for record in records)
    assert everything.totals[2] == sum(row[2] for row in everything.rows if isinstance(row[2], int)) > 0


def test_a_version_that_leaves_the_office_shows_only_what_it_lets_through(filed):
    columns = (
        OwnColumn("居住村", "村"),
        OwnColumn("对象姓名", "姓名"),
        OwnColumn("对象证件号", "证件号"),
        OwnColumn("月金额", "金额"),
    )
    own = OwnList("", ACCEPTED, "办件", (), (), columns)
    public = made(filed, own, "公示")
    assert [column.heading for column in public.columns] == ["村", "姓名", "金额"]
    assert public.guard is not None
    fewer = made(filed, replace(own, conditions=(Condition("期末周岁", low="60"),)), "公示")
    assert 0 < len(fewer.rows) < len(public.rows)
    assert fewer.guard is not None
    gone = {row[1] for row in public.rows} - {row[1] for row in fewer.rows}
    assert gone <= fewer.guard.secrets, "who is left out by a condition is guarded too"
    with pytest.raises(UserCanFix, match="没有公示版"):
        made(filed, EVERYBODY, "公示")


def test_identity_numbers_are_masked_or_spread_as_each_column_says(filed):
    columns = (OwnColumn("证件号", "证件号", masked=True), OwnColumn("证件号", "逐位", DIGITS))
    table = made(filed, OwnList("", REGISTERED, "成员", (), (), columns))
    numbers = [row[1] for row in table.rows]
    assert [row[0] for row in table.rows] == [f"{number[:6]}********{number[-4:]}" for number in numbers]
    assert [column.numbers for column in table.columns] == ["文本", DIGITS]


def test_a_list_is_kept_under_its_name_and_comes_back_as_it_was(store):
    own = OwnList(
        "六十岁以上",
        REGISTERED,
        "成员",
        (),
        (Condition("期末周岁", low="60"), Condition("性别", ("女",))),
        NAMES,
        open_too=False,
    )
    with store.work() as work:
        keep_own(work, EVERYBODY)
        keep_own(work, OwnList("六十岁以上", columns=NAMES))
        keep_own(work, own)
    with store.reading() as view:
        assert set(own_lists(view)) == {own, EVERYBODY}
    with store.work() as work:
        drop_own(work, EVERYBODY.name)
        assert own_lists(work) == (own,)
        with pytest.raises(UserCanFix, match="名字"):
            keep_own(work, OwnList(columns=NAMES))


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (OwnList("", REGISTERED, "成员"), "先选"),
        (OwnList("", REGISTERED, "成员", (), (), (*NAMES, NAMES[0])), "用了两次"),
        (OwnList("", REGISTERED, "成员", (), (), (OwnColumn("月金额", "月金额"),)), "没有「月金额」"),
        (OwnList("", ACCEPTED, "办件", ("没有的",), (), NAMES), "没有项目"),
        (OwnList("", REGISTERED, "成员", (), (Condition("期末周岁", low="六十"),), NAMES), "看不懂"),
        (OwnList("", REGISTERED, "成员", (), (Condition("期末周岁"),), NAMES), "至少写一头"),
        (OwnList("", REGISTERED, "成员", (), (Condition("残疾等级", ("九级",)),), NAMES), "没有「九级」"),
        (OwnList("", REGISTERED, "成员", (), (Condition("性别"),), NAMES), "还没有选"),
        (OwnList("", REGISTERED, "家庭", (), (Condition("性别", ("女",)),), (OwnColumn("户主姓名", "户主"),)), "没有「性别」"),
    ],
)  # fmt: skip
def test_what_cannot_be_listed_is_said_in_one_sentence(filed, own, said):
    with pytest.raises(UserCanFix, match=said):
        made(filed, own)


@pytest.mark.parametrize(
    "plain", [{}, {"名称": "x"}, {**EVERYBODY.to_plain(), "事项": "别的"}, {**EVERYBODY.to_plain(), "列": [1]}]
)
def test_a_damaged_list_is_said_in_one_sentence(plain):
    with pytest.raises(UserCanFix, match="重新选"):
        OwnList.from_plain(plain)


def test_every_name_offered_can_be_said_and_a_roster_takes_more_of_them():
    plan = PLANS.on(DAY)
    for unit in ("办件", "成员", "家庭"):
        words = [one.word for one in sayable(plan, unit)]
        assert len(words) == len(set(words)) > 100
        assert all(one_sayable(plan, unit, word) for word in words)
    roster = plan.catalogue.rosters["R01"]
    more = with_more(roster, {"政治面貌": "政治面貌", "姓名": "姓名", "没有了": "没有的问题"}, plan)
    assert [column.heading for column in more.columns[len(roster.columns) :]] == ["政治面貌"]


def test_it_is_signed_as_most_rosters_are():
    signers = as_roster(EVERYBODY, PLANS.on(DAY)).signers
    assert sum(roster.signers == signers for roster in PLANS.catalogue.rosters.values()) > 5
