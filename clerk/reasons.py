"""Reasons in plain words: what a condition demands, how it stands, and the numbers and facts that decided.

Rule text is for machines and rule authors; what is said here is read by clerks, applicants and auditors, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clerk.said_values import Values
from clerk.titles import gap_title, own_title, row_title
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.facts import ROOT_ROW, Facts
from forms.language.results import Finding, Ground, Judgement, OfProgramme, OfRow, OfRows, Stands
from forms.language.values import Verdict
from forms.schema import Kind, Table

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
            self._word(finding, grounds, judgement.row) for finding, grounds in zip(judgement.findings, decided, strict=True)
        )

    def _word(self, finding: Finding, grounds: tuple[Ground, ...], subject: str) -> Worded:
        condition = finding.condition
        words = condition.words or condition.expression.text
        missing = (gap_title(self.facts, self.catalogue, gap) for gap in finding.missing)
        return Worded(
            condition.id,
            finding.verdict,
            words,
            tuple(self._all(grounds, words, subject)),
            tuple(dict.fromkeys(missing)),
            condition.advice if finding.verdict is Verdict.NO else "",
            str(condition.source),
        )

    def _all(self, grounds: Iterable[Ground], heard: str, subject: str) -> list[str]:
        """Each fact once: values, then programmes, those of which the same is said together, then rows."""
        stands: dict[str, str] = {}
        rows: dict[str, None] = {}
        origins: set[str] = set()
        programmes: dict[tuple[str, bool], dict[str, None]] = {}
        for ground in grounds:
            if isinstance(ground, OfProgramme):
                name = self.catalogue.programmes[ground.programme].name
                programmes.setdefault((ground.what, ground.truth), {})[name] = None
            elif isinstance(ground, OfRows):
                rows[self._rows(ground, subject)] = None
            else:
                said = self._stands(ground, heard)
                if said not in stands:
                    stands[said] = self._shortened(said, ground, origins)
        return [*stands.values(), *(_PROGRAMMES[key] + "、".join(names) for key, names in programmes.items()), *rows]

    def _stands(self, ground: Stands, heard: str) -> str:
        return self.values.single(ground) if len(ground.sides) == 1 else self.values.pair(ground, heard)

    def _shortened(self, said: str, ground: Stands, origins: set[str]) -> str:
        """Where a value comes from is said the first time only."""
        origin = self.values.origin(ground)
        if origin in origins:
            return said.replace(origin, " ", 1)
        origins |= {origin} - {""}
        return said

    def _rows(self, ground: OfRows, subject: str) -> str:
        """The rows that decided: what is said of all of them once, and those together of which the same is said."""
        known = self.catalogue.tables[ground.table]
        if not ground.walked:
            return f"没有{ground.relation or known.name}"
        facts = [self._all(self._untitled(row, known), "", subject) for row in ground.rows]
        common = [fact for fact in facts[0] if all(fact in others for others in facts)] if len(facts) > 1 else []
        alike: dict[str, list[str]] = {}
        for row, own in zip(ground.rows, facts, strict=True):
            said = "，".join(fact for fact in own if fact not in common)
            alike.setdefault(said, []).append(self._name(row, known, subject))
        if list(alike) == [""]:
            return f"{'、'.join(alike[''])}：{'，'.join(common)}"
        groups = list(alike.items())
        told = [f"{'、'.join(names)}{facts and '：' + facts}" for facts, names in groups[:MOST_ROWS]]
        rest = sum(len(names) for _, names in groups[MOST_ROWS:])
        told += [f"另有{rest}{known.measure}"] if rest else []
        return "／".join(told + ([f"均：{'，'.join(common)}"] if common else []))

    def _untitled(self, row: OfRow, known: Table) -> tuple[Ground, ...]:
        """What decided for a row, without the field that its title says already, unless that is all."""
        told = tuple(
            ground
            for ground in row.grounds
            if not isinstance(ground, Stands) or ground.sign not in "=≠" or not _reads(ground, known.id, known.title)
        )
        return told or row.grounds

    def _name(self, row: OfRow, known: Table, subject: str) -> str:
        """A row's title with what tells it from its like, unless the facts beside it say that already."""
        stands = [ground for ground in row.grounds if isinstance(ground, Stands)]
        told = []
        for one in known.gist:
            field = self.catalogue.field_of(known.id, one)
            answer = self.facts.answer(known.id, one, row.row)
            if field is None or answer is None or any(_reads(ground, known.id, one) for ground in stands):
                continue
            label = "" if field.kind in (Kind.OPTION, Kind.OPTIONS) else f"{field.label} "
            told.append(label + self.values.plain(answer, field))
        title = own_title(self.facts, self.catalogue, known.id, row.row) if subject != ROOT_ROW else ""
        title = title or row_title(self.facts, self.catalogue, known.id, row.row)
        return title + (f"（{'，'.join(told)}）" if told else "")


def _reads(ground: Stands, table: str, name: str) -> bool:
    """True when one of the two values is the answer to a field."""
    fields = [side.type.field for side in ground.sides]
    return any(field is not None and (field.table, field.id) == (table, name) for field in fields)
