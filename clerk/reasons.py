"""Reasons in plain words: what a condition demands, how it stands, and the numbers and facts that decided.

Rule text is for machines and rule authors; what is said here is read by clerks, applicants and auditors, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clerk.said_values import Values
from clerk.titles import gap_title, row_title
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import Facts
from forms.language.results import Finding, Ground, Judgement, OfProgramme, OfRow, OfRows, Stands
from forms.language.values import Verdict
from forms.schema import ROOT, Kind

MOST_ROWS = 3
"""How many differing rows of one list a reason names; the others are counted."""
_PROGRAMMES = {
    ("资格", True): "符合", ("资格", False): "不符合", ("在享", True): "在享", ("在享", False): "未享",
    ("身份", True): "在享或符合", ("身份", False): "未享也不符合",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worded:
    """One condition in words: `because` are the facts that decided, `missing` what is still to be asked."""

    id: str
    verdict: Verdict
    words: str
    because: tuple[str, ...]
    missing: tuple[str, ...]
    advice: str
    source: str

    @property
    def sign(self) -> str:
        """The mark of the verdict."""
        return self.verdict.sign

    @property
    def decided(self) -> str:
        """How it stands: the deciding facts; a no says 不符, an open one what it waits for."""
        facts = "，".join(self.because)
        if self.verdict is Verdict.UNKNOWN:
            return "待补：还缺" + "、".join(self.missing) if self.missing else "待补"
        return facts if self.verdict is Verdict.YES else "不符" + (f"：{facts}" if facts else "")

    @property
    def text(self) -> str:
        """编号：说法, and how it stands."""
        return f"{self.id}：{self.words}" + (f" — {self.decided}" if self.decided else "")


class Reasons:
    """Words the findings of one household."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self.catalogue: Catalogue = evaluator.plan.catalogue
        self.facts: Facts = evaluator.cells.facts
        self.values = Values(self.catalogue, self.facts)

    def of(self, judgement: Judgement) -> tuple[Worded, ...]:
        """All conditions of a judgement in words, in its order."""
        if not judgement.findings:
            return ()
        decided = self._evaluator.grounds(judgement.programme, judgement.row)
        return tuple(
            self._word(finding, grounds) for finding, grounds in zip(judgement.findings, decided, strict=True)
        )

    def _word(self, finding: Finding, grounds: tuple[Ground, ...]) -> Worded:
        condition = finding.condition
        words = condition.words or condition.expression.text
        return Worded(
            condition.id,
            finding.verdict,
            words,
            tuple(self._all(grounds, words)),
            tuple(gap_title(self.facts, self.catalogue, gap) for gap in finding.missing),
            condition.advice if finding.verdict is Verdict.NO else "",
            str(condition.source),
        )

    def _all(self, grounds: Iterable[Ground], heard: str) -> list[str]:
        """Each fact once; programmes of which the same is said are named together."""
        said: dict[str, None] = {}
        programmes: dict[tuple[str, bool], list[str]] = {}
        for ground in grounds:
            if isinstance(ground, OfProgramme):
                names = programmes.setdefault((ground.what, ground.truth), [])
                name = self.catalogue.programmes[ground.programme].name
                names += [name] if name not in names else []
            else:
                said[self._stands(ground, heard) if isinstance(ground, Stands) else self._rows(ground)] = None
        return [*said, *(_PROGRAMMES[key] + "、".join(names) for key, names in programmes.items())]

    def _stands(self, ground: Stands, heard: str) -> str:
        return self.values.single(ground) if len(ground.sides) == 1 else self.values.pair(ground, heard)

    def _rows(self, ground: OfRows) -> str:
        """The rows that decided, those of which the same is said together; an empty list says so."""
        name = ground.relation or self.catalogue.tables[ground.table].name
        if not ground.walked:
            return f"没有{name}"
        alike: dict[str, list[OfRow]] = {}
        for row in ground.rows:
            alike.setdefault("，".join(self._all(self._untitled(ground.table, row), "")), []).append(row)
        groups = list(alike.items())
        said = [f"{self._names(ground, rows)}：{facts}" for facts, rows in groups[:MOST_ROWS]]
        rest = sum(len(rows) for _, rows in groups[MOST_ROWS:])
        return "／".join(said) + (f"／另有{rest}{self.catalogue.tables[ground.table].measure}" if rest else "")

    def _untitled(self, table: str, row: OfRow) -> tuple[Ground, ...]:
        """What decided for a row, without the field that its title says already, unless that is all."""
        title = self.catalogue.tables[table].title
        fields = [
            ground.sides[0].type.field if isinstance(ground, Stands) and ground.sign in "=≠" else None
            for ground in row.grounds
        ]
        told = tuple(
            ground
            for ground, field in zip(row.grounds, fields, strict=True)
            if field is None or (field.table, field.id) != (table, title)
        )
        return told or row.grounds

    def _names(self, ground: OfRows, rows: list[OfRow]) -> str:
        return "、".join(self._name(ground.table, row) for row in rows)

    def _name(self, table: str, row: OfRow) -> str:
        """A row's title with what tells it from its like, unless the facts beside it say that already."""
        known = self.catalogue.tables[table]
        beside = {
            field.id
            for ground in row.grounds if isinstance(ground, Stands)
            for side in ground.sides if (field := side.type.field) is not None
        }  # fmt: skip
        told = []
        for one in known.gist:
            field = self.catalogue.field_of(table, one)
            answer = self.facts.answer(table, one, row.row)
            if field is not None and answer is not None and one not in beside:
                label = "" if field.kind in (Kind.OPTION, Kind.OPTIONS) else f"{field.label} "
                told.append(label + self.values.plain(answer, field))
        title = row_title(self.facts, self.catalogue, table, row.row) if table != ROOT else ""
        return title + (f"（{'，'.join(told)}）" if told else "")
