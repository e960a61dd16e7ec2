"""Rows that stay beside people (登记): warnings, visits, goods, services; those of somebody unknown are kept all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk.exchange.finding import Finder, Speaker
from clerk.exchange.matching import Matched
from clerk.exchange.trial import Ground, Line, Outcome
from clerk.records import Entered

DAY = "登记日"


def plan_register(lines: Sequence[Line], matched: Matched, ground: Ground, outcome: Outcome) -> None:
    """Fill `outcome` with the rows to be entered into the register."""
    incoming = matched.incoming
    speaker = Speaker(matched.wanted, ground.plan.catalogue, ground.on)
    spoken = [speaker.said(line) for line in lines]
    finder = Finder(spoken, (), ground)
    day_column = next((column.id for column in matched.wanted if column.role == DAY), "")
    for line, said in zip(lines, spoken, strict=True):
        found = finder.find(line.row, said, outcome)
        if found is None or found.left:
            outcome.count("略过", int(found is not None))
            continue
        day = line.values.get(day_column)
        who = found.person
        outcome.entries.append(
            Entered(
                incoming.register,
                incoming.id,
                day if isinstance(day, date) else ground.on,
                who.household_id if who else "",
                who.row if who else "",
                said.name or (who.name if who else ""),
                said.number or (who.id_no if who else ""),
                dict(line.values),
            )
        )
        outcome.count("登记")
        outcome.count("其中未建档", int(who is None))
