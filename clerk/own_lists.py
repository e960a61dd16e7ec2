"""自选名单: a list somebody asks for once and again, in three steps: whose rows, which columns, where it goes.

It is the office's own data, kept in the settings in the words of a roster, and made by the same machinery as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clerk.case_facts import APPLICATION
from clerk.errors import UserCanFix
from clerk.landmarks import landmarks
from clerk.sayable import named, one_sayable
from clerk.store import UnitOfWork, View
from forms.catalogue import Catalogue
from forms.language.plan import Plan
from forms.places import Place, did_you_mean
from forms.roster import ACCEPTED, EVENTS, INTERNAL, NUMBERS, WHOLE, Column, Roster, Signer
from forms.schema import ROOT, Kind

UNITS = (APPLICATION, Kind.MEMBER.value, ROOT)
"""What a row may be: one application, one person, one household."""
_SETTING = "自选名单"
_TOTALLED = frozenset({Kind.MONEY})
_WIDE = 12
"""With more columns than this a list is printed on A3."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must be: a name, and the words it may say (several: one of them) or the ends it lies between, as typed."""

    word: str
    among: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """One column: a name the row can say, its heading, how identity numbers are written, and whether it is masked."""

    word: str
    heading: str
    numbers: str = WHOLE
    masked: bool = False


@dataclass(frozen=True, slots=True)
class OwnList:
    """One list as asked for; `event` says whose rows (`forms.roster.EVENTS`: the last means everybody on file).

    `open_too` keeps rows of which a condition is not known yet; no programmes means all of them.
    """

    name: str = ""
    event: str = ACCEPTED
    unit: str = APPLICATION
    programmes: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    columns: tuple[OwnColumn, ...] = ()
    open_too: bool = True

    def to_plain(self) -> dict[str, Any]:
        """As it is written into settings."""
        return {
            "名称": self.name,
            "事项": self.event,
            "行": self.unit,
            "项目": list(self.programmes),
            "条件": [{"值": one.word, "在": list(one.among), "自": one.low, "至": one.high} for one in self.conditions],
            "列": [
                {"值": one.word, "标题": one.heading, "号码": one.numbers, "遮盖": one.masked} for one in self.columns
            ],
            "不明": self.open_too,
        }

    @staticmethod
    def from_plain(plain: Mapping[str, Any]) -> OwnList:
        """As it was read back. Raises UserCanFix for what is no such list."""
        try:
            made = OwnList(
                str(plain["名称"]),
                str(plain["事项"]),
                str(plain["行"]),
                tuple(map(str, plain["项目"])),
                tuple(
                    Condition(str(one["值"]), tuple(map(str, one["在"])), str(one["自"]), str(one["至"]))
                    for one in plain["条件"]
                ),
                tuple(
                    OwnColumn(str(one["值"]), str(one["标题"]), str(one["号码"]), bool(one["遮盖"]))
                    for one in plain["列"]
                ),
                bool(plain["不明"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise UserCanFix("保存的自选名单已损坏，请重新选一次") from error
        if made.event not in EVENTS or made.unit not in UNITS or {one.numbers for one in made.columns} - {*NUMBERS}:
            raise UserCanFix(f"保存的自选名单「{made.name}」里有这个版本不认识的写法，请重新选一次")
        return made


def own_lists(view: View) -> tuple[OwnList, ...]:
    """The lists kept under a name, in the order of their names."""
    plain: list[Any] = view.setting(_SETTING, [])
    return tuple(sorted(map(OwnList.from_plain, plain), key=lambda one: one.name))


def keep_own(work: UnitOfWork, own: OwnList) -> None:
    """Keep a list under its name, in place of the one that had it. Raises UserCanFix for one without a name."""
    if not own.name.strip():
        raise UserCanFix("先给名单起个名字")
    others = [one for one in own_lists(work) if one.name != own.name]
    work.set_setting(_SETTING, [one.to_plain() for one in [*others, own]])


def drop_own(work: UnitOfWork, name: str) -> None:
    """Forget a list."""
    work.set_setting(_SETTING, [one.to_plain() for one in own_lists(work) if one.name != name])


def as_roster(own: OwnList, plan: Plan) -> Roster:
    """The list as a roster, checked. Raises UserCanFix in a sentence for what cannot be listed so.

    It may be handed out in any version its rows can be made in; money is added up; it is signed as most rosters are.
    """
    catalogue = plan.catalogue
    if not own.columns:
        raise UserCanFix("先选名单里要哪些列")
    doubled = [heading for heading, count in Counter(one.heading for one in own.columns).items() if count > 1]
    if doubled:
        raise UserCanFix(f"列标题「{doubled[0]}」用了两次，请改一个")
    for id_ in own.programmes:
        if id_ not in catalogue.programmes:
            raise UserCanFix(f"现在没有项目「{id_}」，请重新选项目")
    columns = tuple(_column(one, own.unit, plan) for one in own.columns)
    village = landmarks(catalogue).village
    name = own.name or _SETTING
    return Roster(
        name,
        name,
        "",
        own.unit,
        own.programmes,
        columns,
        Place(_SETTING, 1, 1),
        "",
        event=own.event,
        sort=(village.id,) if village and one_sayable(plan, own.unit, village.id) else (),
        signers=_usual_signers(catalogue),
        paper="A3" if len(columns) > _WIDE else "A4",
        versions=(INTERNAL, *catalogue.versions) if own.unit == APPLICATION else (INTERNAL,),
    )


def with_more(roster: Roster, more: Mapping[str, str], plan: Plan) -> Roster:
    """A roster with further columns, heading → name; what it has already and what nobody knows any more is left out."""
    known = {column.heading for column in roster.columns}
    wanted = [OwnColumn(word, heading) for heading, word in more.items() if heading not in known]
    found = [_column(one, roster.unit, plan) for one in wanted if one_sayable(plan, roster.unit, one.word)]
    return replace(roster, columns=(*roster.columns, *found))


def _column(one: OwnColumn, unit: str, plan: Plan) -> Column:
    said = one_sayable(plan, unit, one.word)
    if said is None:
        near = did_you_mean(one.word, [field.id for field in plan.catalogue.fields.values()])
        raise UserCanFix(
            f"一行一个{unit}的名单里没有「{one.word}」可填，请去掉这一列" + (f"（{near}）" if near else "")
        )
    total = said.type.kind in _TOTALLED and not one.masked
    return Column(one.heading, named(one.word, _SETTING), total, masked=one.masked, numbers=one.numbers)


def _usual_signers(catalogue: Catalogue) -> tuple[Signer, ...]:
    usual = Counter(roster.signers for roster in catalogue.rosters.values() if roster.signers)
    return usual.most_common(1)[0][0] if usual else ()
