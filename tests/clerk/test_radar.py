"""The radar says exactly what a recount household by household says, and names days to be reminded of."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from clerk.files import read_household_file
from clerk.household import Household, Row
from clerk.packed import layout_of, pack
from clerk.radar import Reason, Turn, radar
from clerk.radar_days import ages_spoken_of, birthday
from clerk.radar_words import Words, to_plain, to_text
from clerk.records import Application, CaseRecord, HouseholdKeys
from clerk.screening import Standing, is_held, screen
from clerk.service import Plans, apply_file, screen_file
from clerk.settings import Office
from forms.language import Evaluator
from forms.language.values import Verdict
from forms.layers import DEMO
from tests.builders import DAY, the_demo_catalogue
from tests.forms.language.families import Families

PLANS = Plans(the_demo_catalogue())
OFFICE = Office("示例县红星镇人民政府", "990101100", "赵某经办")
EARLY, LATE = PLANS.on(date(2026, 3, 1)), PLANS.on(DAY)


def keep(store, homes, plan=LATE):
    layout = layout_of(plan)
    with store.work() as work:
        return [
            work.keep_household(home, HouseholdKeys((), {}, pack(home, layout) if number % 4 else None)).household_id
            for number, home in enumerate(homes)
        ]


def recount(homes, early, late):
    """Every subject judged by the live evaluator on both days."""
    totals = Counter()
    for home in homes:
        then, now = Evaluator(early, home), Evaluator(late, home)
        offers = {offer.key: offer for offer in screen(now, now.plan.catalogue).offers}
        for name, row in now.pairs():
            was, held = then.verdict(name, row), is_held(now, name, row)
            turned = (was, now.verdict(name, row))
            totals["gap", name] += turned == (Verdict.YES, Verdict.YES) and not held and _to_be_had(offers[name, row], offers)
            totals["gain", name] += turned[1] is Verdict.YES and was is not Verdict.YES and not held
            totals["loss", name] += turned == (Verdict.YES, Verdict.NO)
            totals["open", name] += turned == (Verdict.YES, Verdict.UNKNOWN)
            totals["possible", name] += turned == (Verdict.NO, Verdict.UNKNOWN) and not held
    return +totals


def _to_be_had(offer, offers):
    """What the live plan lets the household ask for; of two to choose from, neither while one is received."""
    if offer.standing is Standing.CHOOSE:
        return all(offers[key].standing is not Standing.HELD for key in offer.rivals)
    return offer.standing in (Standing.OPEN, Standing.REFER)


def counted(made):
    totals = Counter()
    for (turn, name), number in made.totals.items():
        kinds = {Turn.GAINED: "gain", Turn.MOVED: "gain", Turn.LOST: "loss", Turn.UNSURE: "open", Turn.POSSIBLE: "possible", Turn.GAP: "gap"}
        totals[kinds[turn], name] += number
    for one in made.found:
        if one.turn is Turn.MOVED:
            totals["loss", one.other] += 1
    return +totals


def test_the_totals_equal_a_recount_household_by_household(store) -> None:
    families, dice = Families(LATE), random.Random(4)
    homes = [families.one(dice, (0, 0.05, 0.3)[number % 3]) for number in range(160)]
    homes.append(Household({}, {"成员": (Row("m", "", {"健康状况": "旧码", "共同生活": True}),)}))
    keep(store, homes)
    with store.reading() as view:
        made = radar(view, EARLY, LATE, most=10_000)
    assert made.households == 161
    assert made.alone == 1
    expected = recount(homes, EARLY, LATE)
    assert counted(made) == expected
    assert sum(made.totals.values()) == len(made.found)
    assert {kind for kind, _ in expected} == {"gap", "gain", "loss", "open", "possible"}
    newly = {(one.household, one.programme, one.place) for one in made.found if one.turn in (Turn.GAINED, Turn.MOVED)}
    assert newly
    assert not newly & {(one.household, one.programme, one.place) for one in made.found if one.turn is Turn.GAP}


def test_a_family_that_rises_into_the_higher_class_is_moved_not_lost(store) -> None:
    keep(store, [_on_the_edge()])
    with store.reading() as view:
        made = radar(view, PLANS.on(date(2026, 3, 31)), PLANS.on(date(2026, 4, 1)))
        words = Words(view, EARLY, LATE)
        moved = next(one for one in made.found if one.turn is Turn.MOVED and one.programme == "低保")
        assert moved.other == "低保边缘"
        said = words.found(moved)
    assert said.what == f"由{PLANS.catalogue.programmes['低保边缘'].name}转为{PLANS.catalogue.programmes['低保'].name}"
    assert said.who == "宋某强一户"
    assert "832" in said.why
    assert Turn.LOST not in {one.turn for one in made.found if one.programme == "低保边缘"}


def test_who_applied_or_receives_already_is_no_gap(store) -> None:
    done = screen_file(DEMO / "cases" / "C02.yaml", PLANS, DAY)
    with store.reading() as view:
        assert radar(view, EARLY, LATE).households == 0
    apply_file(done, "all", store=store, plans=PLANS, office=OFFICE)
    with store.reading() as view:
        made = radar(view, EARLY, LATE)
        applied = {(one.programme, one.subject) for case in view.cases(DAY, DAY, PLANS.catalogue) for one in case.applications}
        gaps = {(one.programme, Words(view, EARLY, LATE).found(one).row) for one in made.found if one.turn is Turn.GAP}
    assert applied
    assert not applied & gaps


def test_a_birthday_next_month_and_a_card_that_runs_out_are_said_with_their_day(store) -> None:
    member = {"姓名": "陈某", "出生日期": date(1966, 9, 20), "持残疾证": True, "残疾证到期": date(2026, 9, 25), "共同生活": True}
    paid = {"项目": "刚性支出", "起始日期": date(2025, 9, 10)}
    home = Household({}, {"成员": (Row("m", "", member),), "已享": (Row("p", "m", paid),)})
    keep(store, [home])
    with store.reading() as view:
        made = radar(view, PLANS.on(DAY), PLANS.on(date(2026, 10, 1)))
        said = {one.reason: Words(view, LATE, LATE).due(one) for one in made.dues}
        days = {(one.reason, one.day, one.age) for one in made.dues}
        only = radar(view, PLANS.on(DAY), PLANS.on(date(2026, 10, 1)), ages=[61])
    assert days == {
        (Reason.AGE, date(2026, 9, 20), 60), (Reason.EXPIRY, date(2026, 9, 25), 0), (Reason.VALIDITY, date(2026, 9, 10), 0),
    }  # fmt: skip
    assert said[Reason.AGE].who == "陈某"
    assert said[Reason.AGE].what == "满60周岁"
    assert "9月25日" in said[Reason.EXPIRY].why
    assert Reason.AGE not in only.due_totals


def test_the_ages_to_remind_of_are_those_the_rules_speak_of() -> None:
    spoken = ages_spoken_of(LATE)["成员.出生日期"]
    assert {18, 60, 80} <= set(spoken)
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


def test_lists_are_bounded_but_never_the_totals_and_what_is_left_out_is_said(store) -> None:
    families, dice = Families(LATE), random.Random(3)
    keep(store, [families.one(dice, 0.05) for _ in range(60)])
    with store.reading() as view:
        made, whole = radar(view, EARLY, LATE, most=2), radar(view, EARLY, LATE)
        text, plain = to_text(made, Words(view, EARLY, LATE), 2), to_plain(whole, Words(view, EARLY, LATE))
    assert made.totals == whole.totals
    assert len(made.found) < len(whole.found)
    assert max(Counter((one.turn, one.programme) for one in made.found).values()) == 2
    assert "未列出" in text
    assert "只是线索" in text
    names = plain["名单"]
    assert isinstance(names, list)
    assert all(line["理由"] for line in names)


@pytest.mark.parametrize("seed", [5, 6])
def test_what_time_alone_changes_is_found_by_the_same_look(store, seed: int) -> None:
    families, dice = Families(LATE), random.Random(seed)
    homes = [families.one(dice, 0.05) for _ in range(80)]
    keep(store, homes)
    later = PLANS.on(date(2026, 10, 1))
    with store.reading() as view:
        made = radar(view, LATE, later, most=10_000)
    assert counted(made) == recount(homes, LATE, later)


def _on_the_edge():
    """A worked household told to earn so much that 780元 a head remain: between the earlier and the later standard."""
    text = (DEMO / "cases" / "C02.yaml").read_text(encoding="utf-8")
    assert "年收入: 14400元" in text
    return read_household_file(text.replace("年收入: 14400元", "年收入: 41866元"), PLANS.catalogue, DAY)


def filed(store, programme, row, since, status="已受理"):
    """An application that stands in the store since a day, whatever its verdict."""
    member = {"姓名": "陈某", "共同生活": True}
    home = Household({}, {"成员": (Row("m", "", member), Row("n", "", {"姓名": "李某", "共同生活": True}))})
    layout = layout_of(LATE)
    with store.work() as work:
        kept = work.keep_household(home, HouseholdKeys((), {}, pack(home, layout)))
        number = f"990101100-2026-{work.next_number('试'):05d}"
        one = Application(f"{number}-01", number, programme, row, ("m",), status, "民政", since)
        work.add_case(CaseRecord(number, kept.household_id, kept.revision, home, (one,), OFFICE, since))
    return kept.household_id


def dues(store, since, until, plan_on=PLANS.on):
    with store.reading() as view:
        made = radar(view, plan_on(since), plan_on(until))
        words = Words(view, made_plan := plan_on(until), made_plan)
        return [(one.reason, one.day, words.due(one)) for one in made.dues]


RIGID = "刚性支出"


def test_a_filed_application_in_force_is_reminded_of_with_whose_it_is(store) -> None:
    filed(store, RIGID, "", date(2025, 9, 10))
    filed(store, "残疾护理", "n", date(2025, 9, 12))
    filed(store, RIGID, "", date(2025, 9, 11), status="已退出")
    found = dues(store, DAY, date(2026, 10, 1))
    rigid = PLANS.catalogue.programmes[RIGID]
    assert rigid.valid_months == 12
    assert [(reason, day, line.what, line.who) for reason, day, line in found if line.what == rigid.name] == [
        (Reason.VALIDITY, date(2026, 9, 10), rigid.name, "陈某一户")
    ]
    nursing = PLANS.catalogue.programmes["残疾护理"]
    own = [line for _, _, line in found if line.what == nursing.name]
    assert len(own) == (1 if nursing.review_months and 12 % nursing.review_months == 0 else 0)
    assert all(line.who == "李某" for line in own)


def test_what_is_recorded_as_received_and_filed_too_is_reminded_of_once(store) -> None:
    paid = {"项目": RIGID, "起始日期": date(2025, 9, 10)}
    home = Household({}, {"成员": (Row("m", "", {"姓名": "陈某", "共同生活": True}),), "已享": (Row("p", "m", paid),)})
    with store.work() as work:
        kept = work.keep_household(home, HouseholdKeys((), {}, pack(home, layout_of(LATE))))
        one = Application("x-01", "x", RIGID, "", ("m",), "已受理", "民政", date(2025, 9, 11))
        work.add_case(CaseRecord("x", kept.household_id, kept.revision, home, (one,), OFFICE, date(2025, 9, 11)))
    assert [(reason, day) for reason, day, _ in dues(store, DAY, date(2026, 10, 1))] == [(Reason.VALIDITY, date(2026, 9, 10))]


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (date(2025, 8, 31), date(2026, 8, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2025, 2, 28), date(2026, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_term_ends_on_its_day_and_at_the_end_of_a_month_that_is_too_short(store, start, ends) -> None:
    filed(store, RIGID, "", start)
    day = timedelta(days=1)

    def said(since, until):
        return [found for reason, found, _ in dues(store, since, until) if reason is Reason.VALIDITY]

    assert said(ends - day, ends) == [ends]
    assert said(ends, ends + day) == []
    assert said(ends - 2 * day, ends - day) == []


@pytest.mark.parametrize("age", [18, 60, 80])
@pytest.mark.parametrize("leap", [False, True])
def test_an_age_is_reached_on_the_birthday_and_no_day_earlier_or_later(store, age, leap) -> None:
    year = {18: 2008, 60: 1966, 80: 1946}[age] if not leap else {18: 2008, 60: 1964, 80: 1944}[age]
    born = date(year, 2, 29) if leap and year % 4 == 0 else date(year, 9, 30)
    reached = birthday(born, age)
    keep(store, [Household({}, {"成员": (Row("m", "", {"姓名": "陈某", "出生日期": born, "共同生活": True}),)})])
    day = timedelta(days=1)

    def said(since, until):
        with store.reading() as view:
            return [(one.day, one.age) for one in radar(view, PLANS.on(since), PLANS.on(until), ages=[age]).dues]

    assert said(reached - day, reached) == [(reached, age)]
    assert said(reached, reached + day) == []
    assert said(reached - 2 * day, reached - day) == []


def test_a_card_that_runs_out_is_said_on_its_day_only(store) -> None:
    ends = date(2026, 9, 30)
    member = {"姓名": "陈某", "持残疾证": True, "残疾证到期": ends, "共同生活": True}
    keep(store, [Household({}, {"成员": (Row("m", "", member),)})])
    for since, until, expected in ((DAY, date(2026, 9, 29), 0), (DAY, ends, 1), (ends, date(2026, 10, 5), 0)):
        assert sum(reason is Reason.EXPIRY for reason, _, _ in dues(store, since, until)) == expected


def test_the_gap_list_leaves_out_what_the_matrix_bars_and_what_was_chosen_against(store) -> None:
    whole = (DEMO / "cases" / "C12.yaml").read_text(encoding="utf-8")
    bare = whole.replace(whole[whole.index("择一选定") : whole.index("录齐")], "")
    keep(store, [read_household_file(text, PLANS.catalogue, DAY) for text in (whole, bare)])
    with store.reading() as view:
        made = radar(view, LATE, PLANS.on(date(2026, 9, 2)))
    gaps = Counter(one.programme for one in made.found if one.turn is Turn.GAP)
    assert (gaps["孤儿"], gaps["特困"]) == (2, 1)
