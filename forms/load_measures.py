"""Read the figures of a statistical roster (指标): what is counted, added up, averaged or divided, over which applications."""

from __future__ import annotations

from forms.load_common import one_of, read_expression
from forms.reading import Entry, Located, did_you_mean
from forms.roster import ACCEPTED, COUNTS, PAID, STANDING, Measure
from forms.schema import Expression

_COUNT = one_of(COUNTS, "计数")
_SCOPE = one_of((ACCEPTED, STANDING, PAID), "范围")
_WAYS = ("数", "合计", "平均", "分子")


def read_measures(entry: Entry, roll: str = STANDING) -> tuple[Measure, ...]:
    """The figures in the order of their columns, over the `roll` where they do not say; a quotient names two before it."""
    measures: list[Measure] = []
    for item in entry.entries("指标"):
        measures.append(_measure(item, [one.heading for one in measures], roll))
        item.close()
    return tuple(measures)


def _measure(item: Entry, before: list[str], roll: str) -> Measure:
    heading = item.need("标题")
    ways = [way for way in _WAYS if way in item]
    if len(ways) != 1:
        raise heading.fail(f"指标「{heading.text}」要写明怎样算", f"「{'」「'.join(_WAYS)}」写其中一个")
    way = item.need(ways[0])
    parts = (_part(way, before), _part(item.need("分母"), before)) if ways[0] == "分子" else None
    return Measure(
        heading.text,
        item.convert("范围", _SCOPE, roll),
        _COUNT(way) if ways[0] == "数" else "",
        read_expression(way) if ways[0] in ("合计", "平均") else None,
        mean=ways[0] == "平均",
        parts=parts,
        percent=item.flag("百分"),
        case=_expression(item, "办件"),
        where=_expression(item, "仅当"),
        main=item.flag("主额"),
    )


def _part(found: Located, before: list[str]) -> str:
    if found.text not in before:
        raise found.fail(f"前面没有指标「{found.text}」", did_you_mean(found.text, before) or "分子、分母要写在它前面")
    return found.text


def _expression(item: Entry, key: str) -> Expression | None:
    found = item.found(key)
    return read_expression(found) if found else None
