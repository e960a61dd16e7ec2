"""Names, phones and accounts as a careful clerk writes them down."""

from __future__ import annotations

import re
import unicodedata

from clerk.identity import Complaint, luhn, normalise

LONGEST_NAME = 50
_DOTS = re.compile(r"(?<=\S)[ \u3000]*[․•‧.●。・·・•⋅∙][ \u3000]*(?=\S)")
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(?:-\d{1,6})?")
_ACCOUNT = re.compile(r"\d{12,19}")
_BETWEEN_PHONES = re.compile(r"[、,，;；/／\n]+")


def read_name(text: str, longest: int = LONGEST_NAME) -> tuple[str, tuple[Complaint, ...]]:
    """A person's name as kept, code point by code point, with its complaints; only separators and blanks are tidied.

    Any dot between two characters becomes `·` (U+00B7); blanks inside a Han name go, one stays between Latin words;
    full-width Latin letters become half-width.
    """
    name = "".join(_half_width(char) for char in _HIDDEN.sub("", text)).strip()
    name = _DOTS.sub("·", name)
    name = re.sub(r"\s+", " ", name)
    name = re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", name)
    return name, tuple(_name_complaints(name, longest))


def read_phone(text: str) -> tuple[str, tuple[Complaint, ...]]:
    """One or several phone numbers as kept, joined by 、, with complaints about those that cannot be dialled."""
    phones = [_tidy_phone(part) for part in _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", text))]
    phones = [phone for phone in phones if phone]
    wrong = [phone for phone in phones if not (_MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone))]
    complaints = tuple(
        Complaint(f"电话{phone}不像手机号（11位）或区号加座机号，请核对", reason=True) for phone in wrong
    )
    return "、".join(phones), complaints


def read_account(text: str) -> tuple[str, tuple[Complaint, ...]]:
    """A bank or social-security-card account as kept; the Luhn check is only a warning (passbooks often fail it)."""
    account = normalise(text).replace("-", "")
    if not _ACCOUNT.fullmatch(account):
        message = f"账号应为12至19位数字，现有{len(account)}位或含其他字符，请核对"
        return account, (Complaint(message, reason=True),)
    if not luhn(account):
        return account, (Complaint("账号未通过银行卡校验（存折、一卡通常有此情形），请再看一眼"),)
    return account, ()


def read_text(text: str) -> str:
    """Free words as kept: control and hidden direction marks and blanks at the ends go, nothing else changes."""
    return _HIDDEN.sub("", text).strip()


def _name_complaints(name: str, longest: int) -> list[Complaint]:
    complaints: list[Complaint] = []
    if len(name) > longest:
        complaints.append(Complaint(f"姓名最长{longest}个字，现有{len(name)}个，请核对", hard=True))
    if re.search(r"\d", name):
        complaints.append(Complaint("姓名中有数字，请核对"))
    if re.search(r"[?？□\ufffd]", name):
        complaints.append(Complaint("姓名中有代替生僻字的符号，请录入本字"))
    if any(unicodedata.category(char) == "Co" for char in name):
        complaints.append(Complaint("姓名中有自造字，换一台机器就看不见，请改用国标字"))
    return complaints


def _half_width(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" or char == "\u3000" else char


def _tidy_phone(part: str) -> str:
    phone = re.sub(r"[\s\u200b-\u200f\ufeff()（）]+", "", part)
    phone = re.sub(r"^(\+?86|0086)-?(?=1[3-9])", "", phone)
    return phone.replace("-", "") if re.fullmatch(r"1[\d-]+", phone) else phone
