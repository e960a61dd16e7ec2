"""Which materials a case asks for: every programme's list, each material once, with how it is brought."""

from __future__ import annotations

from dataclasses import dataclass

from clerk.records import CaseRecord
from forms.language.evaluate import Evaluator
from forms.language.plan import ProgrammePlan


@dataclass(frozen=True, slots=True)
class Needed:
    """One material of a case: its name, how it is brought (提交, 系统核对免提交, 告知承诺), and what asks for it."""

    name: str
    means: str
    programmes: tuple[str, ...]


def needed(record: CaseRecord, evaluator: Evaluator) -> tuple[Needed, ...]:
    """The materials of all applications in programme order; one whose need is not yet known is asked for."""
    found: dict[tuple[str, str], list[str]] = {}
    for application in record.applications:
        plan = evaluator.plan.programmes.get(application.programme)
        for name, means in _asked(plan, evaluator, application.subject) if plan else ():
            names = found.setdefault((name, means), [])
            if plan and plan.programme.name not in names:
                names.append(plan.programme.name)
    return tuple(Needed(name, means, tuple(names)) for (name, means), names in found.items())


def _asked(plan: ProgrammePlan, evaluator: Evaluator, subject: str) -> list[tuple[str, str]]:
    pairs = zip(plan.programme.materials, plan.materials, strict=True)
    return [(one.name, one.means) for one, when in pairs if when is None or evaluator.value(when, subject) is not False]
