"""Lines that stand twice: in a payment list, or in two sources that do not agree."""

from dataclasses import replace

import pytest

from clerk.errors import UserCanFix
from clerk.periods import read_span
from clerk.rosters import RosterColumn, RosterTable
from clerk.source_sums import differences
from forms.places import Place
from forms.roster import Equals, Roster
from forms.schema import Expression, Kind
from tests.builders import a_small_catalogue

PLACE = Place("made.yaml", 1, 1)
EQUALS = Equals(("L1", "L2"), Expression("办件编号", PLACE))
ONE = ("b1", 50_000)


def found(*tables: tuple[tuple[str, int], ...]) -> list[str]:
    rows = dict(zip(("L6", "L1", "L2"), tables, strict=True))
    columns = (RosterColumn("金额", Kind.MONEY, total=True, main=True), RosterColumn("键", Kind.TEXT))

    def make(roster: Roster) -> RosterTable:
        cells = tuple((fen, line) for line, fen in rows[roster.id])
        return RosterTable(roster.id, roster.name, "", read_span("2026-09"), columns, cells, (None, None), 0, 0)

    known = a_small_catalogue().rosters
    rosters = {name: replace(known[name], columns=known["L6"].columns) for name in rows}
    return [one.words for one in differences(replace(rosters["L6"], equals=EQUALS), EQUALS, rosters, make)]


def test_a_line_in_two_sources_counts_once_and_must_say_the_same() -> None:
    assert not found((ONE,), (ONE,), (ONE,))
    assert found((ONE,), (ONE,), (("b1", 50_001),)) == ["b1：「办件名单」500.00元（），「人员台账」500.01元（）"]


def test_a_source_without_a_main_total_is_refused_by_name() -> None:
    rosters = a_small_catalogue().rosters
    with pytest.raises(UserCanFix, match="「人员台账」没有一列写明「主额」"):
        list(differences(replace(rosters["L6"], equals=EQUALS), Equals(("L2",), EQUALS.line), rosters, nothing))


def nothing(roster: Roster) -> RosterTable:
    return RosterTable(roster.id, roster.name, "", read_span("2026-09"), (), (), (), 0, 0)


def test_a_line_paid_twice_is_a_difference() -> None:
    assert found((ONE, ONE), (ONE,), ()) == ["b1在「发放清册」里出现两次"]
