"""Worked households of a data pack and what must come out of them: read, judged, and held against the rules.

An expectation document (`*.expect.yaml`) names its household (案例), what it shows (名), the day (日期), changes to the
household (改: path → value, rows count from 1) and extra layers (层, folders of `layers` beside the cases); every other key is a word of
`clerk.case_checks.CHECKS` with what is expected. Amounts are yuan, or the line's own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from clerk.errors import UserCanFix
from clerk.files import read_household_file
from clerk.household import Household
from clerk.screening import Offer, Screening, screen
from forms.catalogue import Catalogue
from forms.language.evaluate import Evaluator
from forms.language.plan import Plan, compile_catalogue, compile_expression
from forms.language.values import Range
from forms.loader import WORKED, load
from forms.places import DataErrors, Place
from forms.schema import ROOT, Expression, Kind

Heard = Callable[[int], None]
ABOUT = ("案例", "名", "日期", "改", "层")
SUFFIX = ".expect.yaml"
EXTRAS = "layers"


class Unmet(AssertionError):  # noqa: N818 - what a case expected and did not get; a test may treat it as its own
    """An expectation that the rules do not meet, in words."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One document: which household, on which day, changed how, and what is expected of it."""

    household: Path
    name: str
    on: date
    changes: dict[str, Any]
    layers: tuple[str, ...]
    expected: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.household.stem} {self.name}"


@dataclass(frozen=True, slots=True)
class CaseFault:
    """A case that does not come out as its pack says."""

    case: str
    message: str

    def __str__(self) -> str:
        return f"案例「{self.case}」：{self.message}"


@dataclass
class Rules:
    """The rules that cases are judged by: some layers, with extra ones by name from a folder; each loaded once."""

    layers: Sequence[Path]
    extras: Path
    _catalogues: dict[tuple[str, ...], Catalogue] = field(default_factory=dict)
    _plans: dict[tuple[tuple[str, ...], date], Plan] = field(default_factory=dict)

    def catalogue(self, extra: tuple[str, ...] = ()) -> Catalogue:
        """The layers laid over one another, extra ones last. Raises `DataErrors`, `UserCanFix` for an unknown one."""
        for name in extra:
            if name != Path(name).name or not (self.extras / name).is_dir():
                raise UserCanFix(f"案例文件夹的 {EXTRAS} 里没有「{name}」这一层")
        if extra not in self._catalogues:
            self._catalogues[extra] = load([*self.layers, *(self.extras / name for name in extra)])
        return self._catalogues[extra]

    def plan(self, extra: tuple[str, ...], on: date) -> Plan:
        """Their plan for one day."""
        if (extra, on) not in self._plans:
            self._plans[extra, on] = compile_catalogue(self.catalogue(extra), on)
        return self._plans[extra, on]


@dataclass(frozen=True)
class Judged:
    """A household judged: everything a check may look at."""

    catalogue: Catalogue
    plan: Plan
    household: Household
    evaluator: Evaluator
    screening: Screening

    def row(self, name: str) -> str:
        """The row key of a member by name; the household itself for its own word or no name."""
        if name in ("", ROOT):
            return ""
        members = self.catalogue.tables[Kind.MEMBER.value]
        for row in self.household.rows(members.id):
            if self.household.answer(members.id, members.title, row) == name:
                return row
        raise Unmet(f"户内没有「{name}」")

    def offers(self, subject: str) -> list[Offer]:
        """The offers of `项目` (every row) or `项目@姓名`."""
        programme, _, name = subject.partition("@")
        found = [each for each in self.screening.offers if each.programme == programme]
        if not found:
            raise Unmet(f"没有项目「{programme}」")
        return [each for each in found if each.row == self.row(name)] if name else found

    def offer(self, programme: str, name: str = "") -> Offer:
        """The one offer of a programme for one subject."""
        found = [each for each in self.offers(programme) if each.row == self.row(name)]
        if len(found) != 1:
            raise Unmet(f"「{programme}」不是按「{name or ROOT}」判定的")
        return found[0]

    def amounts(self, programme: str, name: str) -> dict[str, Range]:
        """The lines of money of one programme for one subject."""
        return {said.id: said.value for said in self.offer(programme, name).judgement.amounts}

    def value(self, name: str) -> Fraction:
        """A definition or field of the household, or of a member when written `名称@姓名`; exactly known."""
        what, _, who = name.partition("@")
        table = Kind.MEMBER.value if who else ROOT
        compiled = compile_expression(Expression(what, Place("关键数", 1, 1)), table, self.plan)
        found = self.evaluator.value(compiled, self.row(who))
        if not isinstance(found, Range) or not found.known:
            raise Unmet(f"「{name}」是 {found}，不是一个确定的数")
        return Fraction(found.low)


def run_cases(pack: Path, layers: Sequence[Path], heard: Heard = lambda done: None) -> tuple[int, list[CaseFault]]:
    """Judge every case of a pack by some layers: how many there are, and which do not come out as written.

    `heard` is told how many are done after each; what it raises ends the run.
    """
    folder = pack / WORKED
    rules, faults, count = Rules(layers, folder / EXTRAS), [], 0
    try:
        for expectation in expectations(folder, folder):
            count += 1
            faults += [CaseFault(str(expectation), message) for message in failures(expectation, rules)]
            heard(count)
    except UserCanFix as fault:
        faults.append(CaseFault(WORKED, fault.message))
    return count, faults


def failures(expectation: Expectation, rules: Rules) -> Iterator[str]:
    """What an expectation does not get, a sentence each."""
    from clerk.case_checks import CHECKS  # the checks speak of what is judged here

    if not expectation.expected:
        yield "没有写期望的结果"
    try:
        judged = judge(expectation, rules)
    except UserCanFix as fault:
        yield fault.message
        return
    except DataErrors as faults:
        yield str(faults.errors[0])
        return
    for word, wanted in expectation.expected.items():
        if word not in CHECKS:
            yield f"不认识「{word}」，可用：{'、'.join(CHECKS)}"
            continue
        try:
            CHECKS[word](judged, wanted)
        except Unmet as unmet:
            yield f"{word}：{unmet}"
        except (AttributeError, TypeError, ValueError, DataErrors):
            yield f"「{word}」的写法不对"


def expectations(folder: Path, households: Path) -> Iterator[Expectation]:
    """Every expectation of a folder in file order, about household files of another folder.

    Raises `UserCanFix` naming a file that cannot be read as one.
    """
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            for said in yaml.load_all(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
                yield _expectation(said, households)
        except (yaml.YAMLError, KeyError, ValueError, TypeError, AttributeError) as fault:
            raise UserCanFix(f"{path.name} 写法不对，每段要有 案例、名、日期（如 2026-09-01）和期望的结果") from fault


def judge(expectation: Expectation, rules: Rules) -> Judged:
    """Read the household file with its changes, evaluate, screen: the way the command line goes."""
    catalogue = rules.catalogue(expectation.layers)
    plan = rules.plan(expectation.layers, expectation.on)
    try:
        text = changed(expectation.household.read_text(encoding="utf-8"), expectation.changes)
    except OSError as fault:
        raise UserCanFix(f"没有家庭文件 {expectation.household.name}") from fault
    except (KeyError, IndexError, TypeError, ValueError, yaml.YAMLError) as fault:
        raise UserCanFix(f"{expectation.household.name} 里没有「改」所写的位置") from fault
    household = read_household_file(text, catalogue, expectation.on)
    evaluator = Evaluator(plan, household)
    return Judged(catalogue, plan, household, evaluator, screen(evaluator, catalogue))


def changed(text: str, changes: dict[str, Any]) -> str:
    """The household text with some answers replaced: `成员/1/支出/2/自负` counts rows from 1."""
    if not changes:
        return text
    document = yaml.load(text, Loader=yaml.BaseLoader)
    for path, value in changes.items():
        *way, last = path.split("/")
        place = document
        for step in way:
            place = place[int(step) - 1] if step.isdigit() else place[step]
        place[last] = value
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def _expectation(said: dict[str, Any], households: Path) -> Expectation:
    name = said["案例"]
    if name != Path(name).name:
        raise ValueError(name)
    return Expectation(
        households / f"{name}.yaml",
        said["名"],
        date.fromisoformat(said["日期"]),
        said.get("改", {}),
        tuple(said.get("层", ())),
        {key: value for key, value in said.items() if key not in ABOUT},
    )
