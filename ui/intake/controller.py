"""What happens at the desk, without a widget: answers typed, rows added, verdicts kept up to date, acts undone.

The controller holds one `Intake` and, once the rules are loaded, one evaluator that sits on it. Whoever shows the form
asks it (`ui.intake.desk.Desk`) and is told by `on_changed`; whoever keeps drafts is told by `on_entries`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from clerk.answers import code_table
from clerk.entry import Change, Entry
from clerk.intake import Intake
from clerk.readiness import ready
from clerk.screening import Offer, Screening, screen
from clerk.titles import gap_title, row_title
from clerk.wording import typed
from forms.language.results import Gap, Missing
from forms.schema import Field, Kind
from ui.intake.desk import Complaint, Spot
from ui.intake.matching import Choice
from ui.intake.parts import ListPart, Part, parts
from ui.intake.undo import Undo

if TYPE_CHECKING:
    from clerk.household import Household
    from forms.catalogue import Catalogue
    from ui.intake.rules import Rules

_BIRTH = "证件出生日期"
ABSENT_WORD = "暂缺"
"""What is written where nobody knows yet: an answer, believed as nothing."""


class IntakeController:
    """One household at the desk."""

    def __init__(self, catalogue: Catalogue, today: date, rules: Rules, entries: Iterable[Entry] = ()) -> None:
        self.catalogue, self.today = catalogue, today
        kept = tuple(entries)
        self.intake = Intake(catalogue, today, kept)
        self.rules = rules
        self.evaluator = rules.evaluator(self.intake)
        self.on_entries: Callable[[Sequence[Entry]], None] = _nobody
        self.on_changed: Callable[[], None] = _nothing
        self._undo = Undo(self.intake)
        self._complaints: dict[Spot, Complaint] | None = None
        self._shown: set[Spot] = set()
        self._fresh = not kept
        self._unsaid: list[Entry] = []
        if self._fresh:
            change = self.intake.begin()
            change.tell(self.evaluator)
            self._unsaid.extend(change.entries)

    # -- asked by the form ---------------------------------------------------------------------------------------------

    @cached_property
    def parts(self) -> Sequence[Part]:
        """The cards of the form."""
        return parts(self.catalogue)

    def text(self, spot: Spot) -> str:
        """What stands at a spot: an answer that is believed in its one way of writing, anything else as typed."""
        answer = self.intake.answer(spot.table, spot.field, spot.row)
        if answer is None:
            return self.intake.text(spot.table, spot.field, spot.row)
        return typed(answer, self.intake.field(spot.table, spot.field), self.catalogue)

    def derived(self, spot: Spot) -> bool:
        """True when the answer was read from another one."""
        return self.intake.derived(spot.table, spot.field, spot.row)

    def asked(self, field: Field, row: str) -> bool:
        """True when the question matters for this row, holds an answer, or was gone to."""
        if field.relevant is None:
            return True
        spot = Spot(field.table, row, field.id)
        if spot in self._shown or self.text(spot):
            return True
        return self.rules.relevant(self.evaluator, field, row) is True

    def minor(self, field: Field, row: str) -> bool:
        """True for a question no rule looks at, not required, and not answered otherwise than by default."""
        if field.required or field.key in self.rules.decisive or Spot(field.table, row, field.id) in self._shown:
            return False
        text = self.text(Spot(field.table, row, field.id))
        return not text or (field.default is not None and text == typed(field.default, field, self.catalogue))

    def complaint(self, spot: Spot) -> Complaint | None:
        """What is wrong at a spot, or None."""
        return self._all_complaints().get(spot)

    def rows(self, table: str, owner: str = "") -> Sequence[str]:
        """Row keys of a list, of one owner when it has owners."""
        return self.intake.rows(table, owner)

    def owner(self, table: str, row: str) -> str:
        """The key of the row that owns a row, "" when none does."""
        return self.intake.owner(table, row)

    def title(self, table: str, row: str) -> str:
        """How a row is called."""
        return self.intake.title(table, row)

    def caption(self, table: str, row: str) -> str:
        """Kinship and age of a member; nothing for other rows."""
        said = []
        kin = self.intake.applicant_field
        if kin is not None and kin.table == table:
            said.append(self.text(Spot(table, row, kin.id)))
        for field in self.intake.questions(table):
            born = self.intake.answer(table, field.id, row)
            if field.derived is not None and field.derived.reader == _BIRTH and isinstance(born, date):
                said.append(f"{_years(born, self.today)}岁")
        return "  ".join(word for word in said if word)

    def closed(self, table: str) -> bool:
        """True once the list was said to be complete."""
        known = self.catalogue.tables.get(table)
        return bool(known and known.closing) and self.intake.closed(table)

    def choices(self, field: Field) -> Sequence[Choice] | None:
        """The answers a field offers; None when any text may be written."""
        if field.kind in (Kind.OPTION, Kind.OPTIONS):
            options = code_table(self.catalogue, field.codes).options
            return [Choice(one.label, one.label, one.code if one.code != one.label else "") for one in options if not one.retired]
        if field.kind is Kind.MEMBER:
            return [Choice(key, self.title(field.kind.value, key)) for key in self.rows(field.kind.value)]
        if field.kind is Kind.REGION:
            return [Choice(code, name, code) for code, name in self.catalogue.regions.items()]
        return None

    # -- done by the clerk ---------------------------------------------------------------------------------------------

    def type(self, spot: Spot, text: str) -> None:
        """Take what was typed."""
        before = self._written(spot)
        if text != before:
            self._undo.typed(spot, before)
            self._did(self.intake.type(spot.table, spot.row, spot.field, text))

    def add_row(self, part: ListPart, owner: str) -> str:
        """A new row of a list, and its key."""
        change = self.intake.add_row(part.table.id, owner)
        self._undo.added(part.table.id, change.row)
        self._did(change)
        return change.row

    def remove_row(self, table: str, row: str) -> None:
        """Take a row away, with what it owns; can be undone."""
        self._undo.removed(table, row)
        self._did(self.intake.remove_row(table, row))

    def close(self, table: str, done: bool) -> None:
        """Say whether a list is complete."""
        self._undo.closed(table, not done)
        self._did(self.intake.close(table, done))

    def close_all(self) -> int:
        """Say that every list is complete; how many were open."""
        still = self.open_lists()
        self._undo.together(len(still))
        for table in still:
            self.close(table, True)
        return len(still)

    def open_lists(self) -> list[str]:
        """Lists that still wait for the word that they are complete, in the order of the form."""
        shown = {section.table for section in self.catalogue.sections if not section.system}
        tables = [table for table in self.catalogue.tables.values() if table.id in shown]
        return [table.id for table in tables if table.closing and not self.intake.closed(table.id)]

    def accept(self, complaint: Complaint, reason: str) -> None:
        """Believe an unlikely answer for a reason."""
        for problem in self.intake.problems():
            if (problem.table, problem.row, problem.field) == _key(complaint.spot) and problem.reason:
                self._did(self.intake.override(problem, reason))

    def same_as_above(self, spot: Spot) -> None:
        """Take the answer of the row before this one."""
        rows = list(self.rows(spot.table, self.owner(spot.table, spot.row)))
        at = rows.index(spot.row) if spot.row in rows else 0
        if at > 0:
            self.type(spot, self.text(Spot(spot.table, rows[at - 1], spot.field)))

    def undo(self) -> Spot | None:
        """Take the last act back; where it was, or None when there is nothing to take back."""
        done = self._undo.back()
        if done is None:
            return None
        spot, changes = done
        for change in changes:
            self._did(change)
        return spot

    def wrote(self, table: str, change: Change, back: Callable[[], Change]) -> None:
        """Take what a sheet wrote into a list as one act; `back` takes it back."""
        self._undo.noted(Spot(table, "", ""), back)
        self._did(change)

    def show(self, spot: Spot) -> None:
        """Ask a question even where it is not known to matter."""
        self._shown.add(spot)

    # -- said to the list ----------------------------------------------------------------------------------------------

    def screening(self) -> Screening:
        """All verdicts as of now."""
        return screen(self.evaluator, self.catalogue)

    def household(self) -> Household:
        """The household as believed now."""
        return self.intake.household()

    def spot_of(self, gap: Gap) -> Spot | None:
        """Where a missing fact is typed; None for what the clerk cannot type."""
        return Spot(gap.table, gap.row, gap.field) if isinstance(gap, Missing) else None

    def ask(self, gap: Gap) -> str:
        """A missing fact in words: whose, and what."""
        return gap_title(self.intake, self.catalogue, gap)

    def place(self, spot: Spot) -> str:
        """A spot in words: whose, and which question."""
        return self.ask(Missing(spot.table, spot.field, spot.row))

    def complaints(self) -> list[Complaint]:
        """All that is wrong or doubtful, in the order of the form."""
        return list(self._all_complaints().values())

    def blockers(self) -> list[Complaint]:
        """All that stands between the form and filing."""
        found = ready(self.intake, self.evaluator)
        return [Complaint(Spot(one.table, one.row, one.field), one.message, one.hard, one.reason) for one in found]

    def missing(self) -> list[Spot]:
        """Required questions without an answer, in the order of the form."""
        return [one.spot for one in self.blockers() if one.spot.field and not self.text(one.spot)]

    def put_off(self) -> int:
        """Write 暂缺 into every required question without an answer; how many there were."""
        still = self.missing()
        self._undo.together(len(still))
        for spot in still:
            self.type(spot, ABSENT_WORD)
        return len(still)

    def blank(self) -> bool:
        """True while nothing has been typed by anybody."""
        return self._fresh

    def subject(self, offer: Offer) -> str:
        """Whom an offer is for."""
        return row_title(self.intake, self.catalogue, self.catalogue.programmes[offer.programme].subject, offer.row)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _written(self, spot: Spot) -> str:
        return "" if self.derived(spot) else self.intake.text(spot.table, spot.field, spot.row)

    def _did(self, change: Change) -> None:
        change.tell(self.evaluator)
        self._complaints = None
        self._fresh = False
        entries = (*self._unsaid, *change.entries)
        self._unsaid.clear()
        if entries:
            self.on_entries(entries)
        self.on_changed()

    def _all_complaints(self) -> dict[Spot, Complaint]:
        if self._complaints is None:
            self._complaints = {}
            for problem in self.intake.problems():
                if not problem.overridden:
                    spot = Spot(problem.table, problem.row, problem.field)
                    self._complaints.setdefault(spot, Complaint(spot, problem.message, problem.hard, problem.reason))
        return self._complaints


def _key(spot: Spot) -> tuple[str, str, str]:
    return spot.table, spot.row, spot.field


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _nobody(entries: Sequence[Entry]) -> None:
    """Nobody listens yet."""


def _nothing() -> None:
    """Nobody listens yet."""
