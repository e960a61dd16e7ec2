"""A case prints the edition that was in force on its day; the newer one waits beside it."""

from dataclasses import replace
from datetime import date

from clerk.casefile import draft_case
from clerk.household import Household
from clerk.settings import Office
from forms.language.plan import compile_catalogue
from printing.packet import wanted
from tests.printing.drawn.sheets import the_plan

OFFICE = Office("示例县", "990101", "测试员")


def test_the_edition_printed_is_that_of_the_cases_day() -> None:
    catalogue = the_plan().catalogue
    (old,) = catalogue.editions["L01"]
    new = replace(old, edition="2027", since=date(2027, 1, 1))
    both = replace(
        catalogue, papers={**catalogue.papers, "L01": new}, editions={**catalogue.editions, "L01": (old, new)}
    )
    found = {}
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        case = draft_case(Household({}, {}), compile_catalogue(both, day), OFFICE)
        (one,) = wanted(case, {"L01"})
        found[day.year] = one.paper.edition
    assert found == {2026: old.edition, 2027: "2027"}
