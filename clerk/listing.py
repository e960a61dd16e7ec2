"""The list a household takes home: each policy once, what it gives, where, what is missing; and why not the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from clerk.materials import handed_over, owed
from clerk.records import CaseRecord
from clerk.screening import Offer, Screening, Standing
from clerk.screening_text import SIGNS, Speaker
from forms.language.evaluate import Evaluator
from forms.policy import Programme

FILED = "已申请"
"""What an offer's standing is called once the case has asked for it."""
NOTHING = "不用带材料"
MOST = 4
"""How many missing answers of one policy are named; the others are counted."""
_ORDER = [standing.value for standing in SIGNS]


@dataclass(frozen=True, slots=True)
class Listed:
    """One policy for the members of a household who stand alike in it; everything is in words.

    `people` is empty where a refusal concerns everyone it could concern. `refusal` words a refusal when it is asked for:
    most papers never ask, and there are many refusals.
    """

    programme: Programme
    standing: str
    people: str
    amount: str = ""
    missing: str = ""
    bring: str = ""
    reason: str = ""
    refusal: Callable[[], str] | None = field(default=None, compare=False, repr=False)

    @property
    def why(self) -> str:
        """Why it stands as it does."""
        return self.refusal() if self.refusal else self.reason


def listed(screening: Screening, evaluator: Evaluator, record: CaseRecord) -> tuple[Listed, ...]:
    """The list of a household, by standing in the order of `SIGNS`, then in the catalogue's; `record` says what is filed."""
    speaker = Speaker(evaluator)
    filed = {(each.programme, each.subject) for each in record.applications if record.case_number}
    here = handed_over(record.household, speaker.catalogue)
    refused: dict[str, list[Offer]] = {}
    alike: dict[Listed, list[str]] = {}
    for offer in screening.offers:
        if offer.standing is Standing.NO and offer.key not in filed:
            refused.setdefault(offer.programme, []).append(offer)
            continue
        bring = owed(offer.programme, offer.row, evaluator, here)
        alike.setdefault(_said(offer, offer.key in filed, bring, speaker), []).append(_whom(offer, speaker))
    found = [_of(one, people) for one, people in alike.items()]
    counts = {name: sum(each.programme == name for each in screening.offers) for name in refused}
    found += [_refused(offers, counts[name], speaker) for name, offers in refused.items()]
    return tuple(sorted(found, key=lambda one: (_place(one.standing), one.programme.order, one.programme.number)))


def _place(standing: str) -> int:
    return _ORDER.index(standing) if standing in _ORDER else 0


def _said(offer: Offer, filed: bool, bring: Sequence[str], speaker: Speaker) -> Listed:
    wants = offer.standing in (Standing.OPEN, Standing.CHOOSE, Standing.MISSING) or filed
    missing = speaker.missing(offer) if offer.standing is Standing.MISSING else []
    return Listed(
        programme=speaker.catalogue.programmes[offer.programme],
        standing=FILED if filed else offer.standing.value,
        people="",
        amount=_amount(offer, speaker),
        missing=_counted(missing),
        bring=(f"带：{'、'.join(bring)}" if bring else NOTHING) if wants else "",
        reason=offer.reason,
    )


def _of(one: Listed, people: Sequence[str]) -> Listed:
    return Listed(one.programme, one.standing, "、".join(people), one.amount, one.missing, one.bring, one.reason)


def _whom(offer: Offer, speaker: Speaker) -> str:
    return speaker.subject(offer)


def _amount(offer: Offer, speaker: Speaker) -> str:
    """A single amount without its name, which is the policy's own; several each under its name, a line each."""
    said = offer.judgement.amounts
    return speaker.amount(said[0]) if len(said) == 1 else "\n".join(f"{one.id} {speaker.amount(one)}" for one in said)


def _counted(words: Sequence[str]) -> str:
    """Not more than a reader can take in: the first few, and how many there are in all."""
    return "、".join(words[:MOST]) + (f"等{len(words)}项" if len(words) > MOST else "")


def _refused(offers: Sequence[Offer], total: int, speaker: Speaker) -> Listed:
    """One refusal in few words: the conditions that are not met, each once, and whom it concerns if not everyone."""
    programme = speaker.catalogue.programmes[offers[0].programme]
    people = "、".join(_whom(offer, speaker) for offer in offers) if len(offers) < total else ""

    def worded() -> str:
        return "；".join(dict.fromkeys(_reasons(offers, speaker)))

    return Listed(programme, Standing.NO.value, people, refusal=worded)


def _reasons(offers: Sequence[Offer], speaker: Speaker) -> Iterator[str]:
    for offer in offers:
        failed = speaker.failed(offer)
        yield failed.words if failed else "现在不在有效期内"
