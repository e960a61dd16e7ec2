"""The plan after an edit, against what was filed: which applications are new, no longer fit, or pay another amount.

Nothing is changed here: what was filed stays as it was filed, and the clerk decides what to do about a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from clerk.fanout import kept_amounts
from clerk.records import AmountKept, Application
from clerk.screening import Offer, Screening, Standing
from forms.language.values import Verdict


class Difference(Enum):
    """What an edit made of one programme for one subject; the word is what the plan shows."""

    NEW = "新增"
    LOST = "不再符合"
    UNSURE = "现待补"
    BARRED = "现不并领"
    AMOUNT = "金额变化"
    SAME = "已申请"


SHOWN_FIRST = (Difference.LOST, Difference.UNSURE, Difference.BARRED, Difference.AMOUNT, Difference.NEW)
"""The differences worth a look, most urgent first; the rest is as it was filed."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One programme for one subject: what is different, and the application that stands filed, if any."""

    difference: Difference
    filed: Application | None = None

    @property
    def was(self) -> tuple[AmountKept, ...]:
        """The amounts as they were filed."""
        return self.filed.amounts if self.filed else ()


def compare(screening: Screening, filed: Sequence[Application]) -> dict[tuple[str, str], Compared]:
    """Each offer that differs from, or stands among, the filed applications; by (programme, subject row).

    An application whose person or programme is no longer in the screening is missing here: see `gone`.
    """
    stands = {(one.programme, one.subject): one for one in filed}
    found = {}
    for offer in screening.offers:
        application = stands.get(offer.key)
        if application is not None:
            found[offer.key] = Compared(_against(offer, application), application)
        elif offer.standing is Standing.OPEN:
            found[offer.key] = Compared(Difference.NEW)
    return found


def gone(screening: Screening, filed: Sequence[Application]) -> tuple[Application, ...]:
    """The filed applications that the screening does not speak of any more: a person left, a programme ended."""
    spoken = {offer.key for offer in screening.offers}
    return tuple(one for one in filed if (one.programme, one.subject) not in spoken)


def _against(offer: Offer, application: Application) -> Difference:
    if offer.verdict is Verdict.NO:
        return Difference.LOST
    if offer.verdict is Verdict.UNKNOWN:
        return Difference.UNSURE
    if offer.standing is Standing.BARRED:
        return Difference.BARRED
    return Difference.SAME if kept_amounts(offer.judgement) == application.amounts else Difference.AMOUNT
