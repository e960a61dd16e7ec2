"""Filing: household, applications and events in one unit of work, and the draft is done with it. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clerk.errors import UserCanFix
from clerk.fanout import correct, submit
from forms.schema import ROOT, Sensitivity

if TYPE_CHECKING:
    from clerk.records import CaseRecord
    from clerk.screening import Offer
    from ui.intake.controller import IntakeController
    from ui.workspace import Workspace

LAST = "last_household"


def file_household(
    workspace: Workspace, desk: IntakeController, chosen: Sequence[Offer], draft: str, correction: CaseRecord | None
) -> CaseRecord:
    """File the household at the desk; with `correction`, as a new revision of one that is kept already.

    A correction that asks for nothing new keeps the revision only, and its case is given back as it was filed.
    UserCanFix when the office is not known, nothing is chosen, or somebody else kept a correction meanwhile.
    """
    office = workspace.office()
    if office is None:
        raise UserCanFix("先在设置里填写单位和经办人")
    if not chosen and correction is None:
        raise UserCanFix("先在政策清单上用空格选至少一项")
    with workspace.store.work() as work:
        kept = work.household(correction.household_id, desk.catalogue) if correction else None
        was = kept[0] if kept else None
        household, plan = desk.household(), desk.rules.plan
        if correction is not None and was is not None and not chosen:
            correct(household, work=work, plan=plan, office=office, was=was, case_number=correction.case_number)
            record = correction
        else:
            record = submit(household, chosen, work=work, plan=plan, office=office, was=was)
        if draft:
            work.finish_draft(draft, record.case_number)
        work.set_setting(LAST, _repeatable(desk))
    return record


def _repeatable(desk: IntakeController) -> dict[str, str]:
    """The household's answers that the next one may repeat (F7): nothing that is anybody's own."""
    fields = [field for section in desk.catalogue.sections if section.table == ROOT and not section.system for field in section.fields]
    plain = [field for field in fields if field.sensitivity is Sensitivity.PLAIN]
    return {field.id: text for field in plain if (text := desk.intake.text(ROOT, field.id))}
