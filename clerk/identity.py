"""Identity documents: read, normalise, judge by own checksum and date.

A number is a fact about paper, not about a register: the checksum and a real past date decide, the region is only a
hint (libraries that trust a region list refuse real people: measured/faults.md 1.9). GB 11643 for the number,
domain/3-intake-form.md 3.1 for the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST = date(1880, 1, 1)
PROVINCES = frozenset(
    ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"]
)
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]+")
_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_PERMIT = re.compile(r"[A-Z0-9]{5,20}")
_BIRTH = re.compile(r"[A-Z]\d{9}")
_TEMPORARY = re.compile(r"WZ\d{14,20}")
_CARD = re.compile(r"(\d{17}[\dX])([1-7])([1-4])([A-Z0-9]{0,2})")


class Document(Enum):
    """What kind of paper a number stands on; the words are the labels or groups (类) of the code table 证件类型."""

    RESIDENT = "居民身份证"
    RESIDENCE = "港澳台居民居住证"
    FOREIGNER = "外国人永久居留身份证"
    PASSPORT = "护照"
    PERMIT = "通行证"
    BIRTH = "出生医学证明"
    NONE = "无证件"
    OTHER = "其他"

    @property
    def eighteen(self) -> bool:
        """True when the number is built as GB 11643: region, birth date, order, check character."""
        return self in (Document.RESIDENT, Document.RESIDENCE, Document.FOREIGNER)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one answer. Hard: impossible. `reason`: believed only once the clerk gives a reason. Else a hint."""

    message: str
    hard: bool = False
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """A number as kept, the paper it stands on, what it says of its holder, and the complaints about it."""

    number: str
    document: Document | None
    born: date | None = None
    sex: str = ""
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class DisabilityCard:
    """A card number split: holder's ID, kind 1–7, grade 1–4, re-issue mark."""

    number: str
    holder: str = ""
    kind: str = ""
    grade: str = ""
    complaints: tuple[Complaint, ...] = ()


def normalise(text: str) -> str:
    """A number as it is kept: half-width, upper case, without spaces, hidden characters or a leading apostrophe."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return folded.lstrip("'’‘`´′").upper()


def check_character(first17: str) -> str:
    """The 18th character of a GB 11643 number, from its 17 digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def longer(fifteen: str) -> str:
    """The 18-character form of a 15-digit number: `19` before the year, check character at the end."""
    first17 = fifteen[:6] + "19" + fifteen[6:]
    return first17 + check_character(first17)


def document_of(number: str, regions: Collection[str] = ()) -> Document | None:
    """The paper a normalised number must stand on by its shape alone, or None when the shape does not tell."""
    if _TEMPORARY.fullmatch(number):
        return Document.NONE
    if not _EIGHTEEN.fullmatch(number):
        return Document.RESIDENT if len(number) == 15 and number.isdigit() else None
    if number[:6] in regions:
        return Document.RESIDENT
    if number[:2] in ("81", "82", "83"):
        return Document.RESIDENCE
    return Document.FOREIGNER if number[0] == "9" else Document.RESIDENT


def read_identity(text: str, today: date, document: Document | None = None, regions: Collection[str] = ()) -> Identity:
    """An identity number as typed, judged.

    `document` is what the clerk chose as 证件类型 (None: not chosen, the shape decides), `regions` the six-digit codes
    the office knows beyond the provinces.
    """
    number = normalise(text)
    by_shape = document_of(number, regions)
    if document is None or (document.eighteen and by_shape is not None and by_shape.eighteen):
        document = by_shape if document in (None, by_shape) else document
    if document is None and len(number) in range(14, 22) and number[:14].isdigit():
        document = Document.RESIDENT
    if document is None:
        wanted = Complaint("看不出是哪种证件，请先选择证件类型", reason=True)
        return Identity(number, None, complaints=(wanted,))
    if document.eighteen:
        return _read_eighteen(number, document, today, regions)
    complaint = _other_complaint(number, document)
    return Identity(number, document, complaints=(complaint,) if complaint else ())


def read_disability_card(text: str, today: date) -> DisabilityCard:
    """A disability card number: the holder's 18 characters, kind 1–7, grade 1–4, at most two re-issue characters."""
    number = normalise(text)
    found = _CARD.fullmatch(number)
    if not found:
        message = f"残疾证号应为20位（身份证号＋类别1位＋等级1位，补证可多2位），现为{len(number)}位或含其他字符，请核对"
        return DisabilityCard(number, complaints=(Complaint(message, reason=True),))
    holder = _read_eighteen(found[1], Document.RESIDENT, today, (found[1][:6],))
    complaints = tuple(Complaint(f"残疾证号前18位：{each.message}", each.hard, each.reason) for each in holder.complaints)
    return DisabilityCard(number, found[1], found[2], found[3], complaints)


def temporary_number(township: str, year: int, serial: int) -> str:
    """The number lent to a person without any document: WZ, township code, year, serial of that year."""
    return f"WZ{township}{year:04d}{serial:04d}"


def luhn(digits: str) -> bool:
    """True when the last digit is the Luhn check of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _read_eighteen(number: str, document: Document, today: date, regions: Collection[str]) -> Identity:
    complaints: list[Complaint] = []
    if len(number) == 15 and number.isdigit():
        number = longer(number)
        complaints.append(Complaint("15位老号码，已换算为18位，请与证件核对"))
    if not _EIGHTEEN.fullmatch(number):
        message = f"{document.value}号码应为18位数字（末位可为X），现有{len(number)}位，请核对"
        return Identity(number, document, complaints=(Complaint(message, hard=True),))
    born = _date_in(number)
    late = _date_complaint(born, number, today)
    if late:
        return Identity(number, document, complaints=(*complaints, late))
    if check_character(number[:17]) != number[17]:
        complaints.append(Complaint("号码校验位不对，多半有一位录错；确与证件一致的，请注明理由（如：证件待核实）", reason=True))
    hint = _region_hint(number, document, regions)
    sex = "男" if int(number[16]) % 2 else "女"
    return Identity(number, document, born, sex, (*complaints, *([hint] if hint else [])))


def _date_in(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _date_complaint(born: date | None, number: str, today: date) -> Complaint | None:
    if born is None:
        return Complaint(f"号码中的出生日期{number[6:14]}不存在，请核对", hard=True)
    if born > today:
        return Complaint(f"号码中的出生日期{number[6:14]}在今天之后，请核对", hard=True)
    if born < EARLIEST:
        return Complaint(f"号码中的出生日期{number[6:14]}过早，请核对", hard=True)
    return None


def _region_hint(number: str, document: Document, regions: Collection[str]) -> Complaint | None:
    if number[:6] in regions or (document is Document.FOREIGNER and number[0] == "9"):
        return None
    expected = PROVINCES if document is Document.RESIDENT else frozenset(("81", "82", "83"))
    if (number[:2] in expected and number[2:6] != "0000") or (document is Document.RESIDENCE and number[:2] in expected):
        return None
    return Complaint(f"号码开头的地区码{number[:6]}不在区划表中，请看一眼证件")


def _other_complaint(number: str, document: Document) -> Complaint | None:
    if document is Document.BIRTH and not _BIRTH.fullmatch(number):
        return Complaint("出生医学证明编号应为1个字母加9位数字，请核对", reason=True)
    if document is Document.NONE and not _TEMPORARY.fullmatch(number):
        return Complaint("无证件的不填号码，提交时由系统编临时编号", reason=True)
    if document in (Document.PASSPORT, Document.PERMIT) and not _PERMIT.fullmatch(number):
        return Complaint(f"{document.value}号码应为5至20位字母和数字，请核对", reason=True)
    return None
