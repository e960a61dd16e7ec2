"""What the system fields of a filed case are read from: its record, the people of its household, the day of reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk.crosschecks import applicant_row
from clerk.landmarks import Landmarks, head_row, kinship_field, words_of
from clerk.records import Application, CaseRecord
from clerk.wording import region_part, say
from forms.catalogue import Catalogue
from forms.language.closures import years
from forms.language.facts import ROOT_ROW
from forms.schema import Kind, Value


@dataclass(frozen=True, slots=True)
class Told:
    """What system fields are read from."""

    record: CaseRecord
    catalogue: Catalogue
    printed: date
    marks: Landmarks
    number: str = ""

    def member(self, row: str | None, which: str) -> str:
        """A landmark of a member in words."""
        return words_of(self.record.household, getattr(self.marks, which), row) if row else ""

    @property
    def applicant(self) -> str | None:
        """The applicant's row."""
        return applicant_row(self.record.household, self.catalogue)

    @property
    def head(self) -> str | None:
        """The head's row; the applicant's when nobody is said to head the household."""
        return head_row(self.record.household, self.catalogue) or self.applicant

    def place(self, digits: int) -> str:
        """The words of one level of where the household lives, of the village's first so many digits."""
        code = words_of(self.record.household, self.marks.village, self.applicant or ROOT_ROW)
        return region_part(code, digits, self.catalogue)

    def kinship(self, row: str) -> str:
        """How a member is related to the head, in words."""
        field = kinship_field(self.record.household, self.catalogue)
        answer = self.record.household.answer(field.table, field.id, row) if field else None
        return say(answer, Kind.OPTION, self.catalogue, field.codes) if field else ""

    def home(self, application: Application) -> str:
        """The member an application's row belongs to."""
        if application.subject == ROOT_ROW:
            return self.applicant or ROOT_ROW
        return application.persons[0] if application.persons else application.subject

    def name_of(self, application: Application) -> str:
        """The programme's name; its id when the data no longer has it."""
        programme = self.catalogue.programmes.get(application.programme)
        return programme.name if programme else application.programme

    def months(self, application: Application) -> int:
        """How many months the application's status holds, 0 for no end."""
        programme = self.catalogue.programmes.get(application.programme)
        return programme.valid_months if programme else 0

    def held(self, application: Application, which: str) -> Value | None:
        """What the list of benefits already paid says of the application's programme for the people it covers.

        `which` is a field of that list; None while the programme is not on it.
        """
        status, home = self.catalogue.status, self.record.household
        for row in home.rows(status.table) if status else ():
            of_ours = status and home.answer(status.table, status.programme, row) == application.programme
            if status and of_ours and home.owner(status.table, row) in application.persons:
                return home.answer(status.table, which, row)
        return None

    def months_this_year(self, application: Application) -> int:
        """How many months of the year of reading the application has been paid for, the month of reading counted."""
        since = application.pay_since or application.accepted
        first = date(self.printed.year, 1, 1)
        start = max(since, first)
        return max((self.printed.year - start.year) * 12 + self.printed.month - start.month + 1, 0)

    def age(self, row: str) -> int | None:
        """A member's age in full years on the day of reading: rosters count by it, rules by the day of the case."""
        born = self.marks.born
        day = self.record.household.answer(born.table, born.id, row) if born else None
        return years(day, self.printed) if isinstance(day, date) else None

    def programme(self, application: Application, which: str) -> str:
        """A word of the application's programme; empty when the data no longer has it."""
        programme = self.catalogue.programmes.get(application.programme)
        return str(getattr(programme, which)) if programme else ""
