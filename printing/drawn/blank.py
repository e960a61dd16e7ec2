"""A case of nobody: what proofs and comparisons of papers ask for the options that are drawn."""

from __future__ import annotations

from clerk.casefile import draft_case
from clerk.household import Household
from clerk.settings import Office
from forms.language.plan import Plan
from printing.case_values import CaseValues


def nobody(plan: Plan) -> CaseValues:
    """The values of a household that has said nothing."""
    region = plan.catalogue.packs[-1].region if plan.catalogue.packs else ""
    case = draft_case(Household({}, {}), plan, Office("", region, ""))
    return CaseValues(case.evaluator, case.facts)
