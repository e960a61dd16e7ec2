"""What a form still needs before it is filed: required answers, least rows, problems unsettled. Only asked at 提交."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.entry import Problem
from clerk.intake import Intake
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW
from forms.language.values import Verdict
from forms.schema import ROOT, Field


def relevant(field: Field, row: str, evaluator: Evaluator) -> Verdict:
    """Whether a question arises for a row (仅当): yes when it says nothing, unknown while facts are missing."""
    compiled = evaluator.plan.relevance.get(field.key)
    if compiled is None:
        return Verdict.YES
    answer = evaluator.value(compiled, row)
    return Verdict.UNKNOWN if answer is None else Verdict.YES if answer else Verdict.NO


def missing_for_filing(intake: Intake, evaluator: Evaluator) -> tuple[Problem, ...]:
    """Every required question that arises and where nothing was typed (暂缺 is an answer), and every list too short.

    Problems of what was typed are not repeated here: see `Intake.problems`.
    """
    return tuple(_missing(intake, evaluator))


def ready(intake: Intake, evaluator: Evaluator) -> tuple[Problem, ...]:
    """All that stands between the form and filing, in the order of the form; empty when it can be filed."""
    return tuple(each for each in intake.problems() if each.blocks) + missing_for_filing(intake, evaluator)


def _missing(intake: Intake, evaluator: Evaluator) -> Iterator[Problem]:
    for table in dict.fromkeys((ROOT, *intake.catalogue.tables)):
        rows = [ROOT_ROW] if table == ROOT else list(intake.rows(table))
        yield from _too_few(intake, table)
        required = [field for field in intake.questions(table) if field.required]
        for row in rows:
            for field in required:
                if _unanswered(intake, field, row) and relevant(field, row, evaluator) is Verdict.YES:
                    yield Problem(table, row, field.id, f"请填{field.label}，确实没有的填“暂缺”", hard=True)


def _too_few(intake: Intake, table: str) -> Iterator[Problem]:
    known = intake.catalogue.tables.get(table)
    if known is None or not known.least:
        return
    for owner in intake.rows(known.owner) if known.owner else [ROOT_ROW]:
        if len(intake.rows(table, owner)) < known.least:
            yield Problem(table, owner, "", f"{known.name}至少录入{known.least}{known.measure or '行'}", hard=True)


def _unanswered(intake: Intake, field: Field, row: str) -> bool:
    if intake.answer(field.table, field.id, row) is not None:
        return False
    return not intake.text(field.table, field.id, row).strip()
