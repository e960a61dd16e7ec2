"""What to ask next: the unanswered question that still matters to most undecided verdicts, ties in the form's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from forms.language.facts import ROOT_ROW
from forms.language.residue import ask
from forms.language.results import Gap, Missing, MissingStandard, Question

if TYPE_CHECKING:
    from forms.language.evaluate import Evaluator


def ranked(evaluator: Evaluator, limit: int) -> tuple[Question, ...]:
    """The first `limit` questions; a field read off another one (派生) is asked through that one while it is empty."""
    counts: Counter[Missing] = Counter()
    askable = _askable(evaluator)
    for programme, row in evaluator.pairs():
        slot = evaluator.live.programme(programme)
        if evaluator.cells.read(slot, row) is not None:
            continue
        gaps: set[Gap] = set()
        ask(evaluator.cells, slot, row, gaps)
        counts.update(
            {_asked(evaluator, gap) for gap in gaps if isinstance(gap, Missing) and (gap.table, gap.field) in askable}
        )
    order = _order(evaluator, counts)
    first = sorted(counts, key=lambda missing: (-counts[missing], order[missing]))[:limit]
    return tuple(Question(missing, counts[missing]) for missing in first)


def in_order(evaluator: Evaluator, gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps in the form's order, standards without a value last."""
    fields = [gap for gap in gaps if isinstance(gap, Missing)]
    standards = [gap for gap in gaps if isinstance(gap, MissingStandard)]
    if len(fields) > 1:
        order = _order(evaluator, fields)
        fields.sort(key=order.__getitem__)
    return (*fields, *sorted(standards, key=lambda gap: gap.standard))


def _asked(evaluator: Evaluator, missing: Missing) -> Missing:
    if not missing.field:
        return Missing(missing.table, "", ROOT_ROW)
    field = evaluator.plan.catalogue.fields[f"{missing.table}.{missing.field}"]
    if field.derived is None:
        return missing
    source = evaluator.plan.catalogue.field_of(missing.table, field.derived.source)
    if source is None or evaluator.cells.read(evaluator.live.field(source), missing.row) is not None:
        return missing
    return Missing(missing.table, source.id, missing.row)


def _askable(evaluator: Evaluator) -> set[tuple[str, str]]:
    """Fields of the clerk's own sections, and every table's tick."""
    workshop = evaluator.plan.workshop
    if "askable" not in workshop:
        sections = [section for section in evaluator.plan.catalogue.sections if not section.system]
        found = {(field.table, field.id) for section in sections for field in section.fields}
        workshop["askable"] = found | {(table, "") for table in evaluator.plan.catalogue.tables}
    askable: set[tuple[str, str]] = workshop["askable"]
    return askable


def _order(evaluator: Evaluator, missing: Iterable[Missing]) -> dict[Missing, tuple[int, int, int]]:
    """Where each question stands: section, place of its row, place in the section; a tick after its table's fields."""
    forms = _places(evaluator)
    lists: dict[str, Mapping[str, int]] = {}
    found = {}
    for one in missing:
        rows = lists.get(one.table)
        if rows is None:
            rows = lists[one.table] = evaluator.places(one.table)
        section, place = forms.get((one.table, one.field), (len(forms), 0))
        found[one] = (section, rows.get(one.row, len(rows)), place)
    return found


def _places(evaluator: Evaluator) -> dict[tuple[str, str], tuple[int, int]]:
    workshop = evaluator.plan.workshop
    if "places" not in workshop:
        places: dict[tuple[str, str], tuple[int, int]] = {}
        for number, section in enumerate(sorted(evaluator.plan.catalogue.sections, key=lambda one: one.order)):
            for place, field in enumerate(section.fields):
                places.setdefault((field.table, field.id), (number, place))
            places[section.table, ""] = (number, len(section.fields))
        workshop["places"] = places
    found: dict[tuple[str, str], tuple[int, int]] = workshop["places"]
    return found
