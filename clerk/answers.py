"""The door: what a clerk typed, read by the kind of the question, either believed or complained about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from clerk import identity, people
from clerk.identity import Complaint, Document
from forms.catalogue import Catalogue
from forms.places import did_you_mean
from forms.schema import CodeTable, Field, Kind, Value

ABSENT = frozenset({"暂缺", "不详", "不知道", "待补"})
"""Words that say "asked, not known": kept as typed, believed as nothing."""
YES = frozenset({"是", "有", "对", "y", "yes", "1", "true", "√"})
NO = frozenset({"否", "无", "没有", "不是", "n", "no", "0", "false", "×"})
MOST = 10**12
"""Money must stay below this many fen: decimal(12,2)."""

_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?")
_BETWEEN = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer at the door: the believed value (None: nothing believed yet), and the complaints.

    When a complaint asks for a reason, `value` is what would be believed once the reason is given.
    """

    value: Value | None = None
    complaints: tuple[Complaint, ...] = ()

    @property
    def possible(self) -> bool:
        """False when some complaint is hard."""
        return not any(each.hard for each in self.complaints)


@dataclass(frozen=True, slots=True)
class Around:
    """What reading one answer may look at: the catalogue, the day, the row's document kind, members by name or key."""

    catalogue: Catalogue
    today: date
    document: Document | None = None
    members: Mapping[str, str] | None = None


def read_answer(field: Field, text: str, around: Around) -> Answer:
    """The typed text as an answer of the field's kind; empty text and 暂缺 are no answer and no fault."""
    tidy = people.read_text(text)
    if not tidy or (tidy in ABSENT and not _is_option(field, tidy, around)):
        return Answer()
    answer = _READERS[field.kind](field, tidy, around)
    if answer.value is None or not answer.possible:
        return Answer(None, answer.complaints)
    limit = _limit_complaint(field, answer.value)
    return Answer(None, (*answer.complaints, limit)) if limit else answer


def code_table(catalogue: Catalogue, name: str) -> CodeTable:
    """A code table by id, the loader's own list of programmes included."""
    return catalogue.codes[name]


def find_code(table: CodeTable, word: str) -> str | None:
    """The code for a code, a label, or the only label still in use that begins with the word."""
    exact = table.code(word)
    if exact is not None:
        return exact
    folded = unicodedata.normalize("NFKC", word)
    near = [option.code for option in table.options if option.label.startswith(folded) and not option.retired]
    return near[0] if len(near) == 1 else None


def read_money(text: str) -> int | None:
    """Fen from `24,000`, `24000.5元`, `2.4万`, `￥24000`; None when it is no amount to the fen."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").lstrip("¥￥")
    found = re.fullmatch(r"([-+]?\d+(?:\.\d+)?)(万|千)?元?整?", plain)
    if not found:
        return None
    fen = Decimal(found[1]) * {"万": 1_000_000, "千": 100_000}.get(found[2] or "", 100)
    return int(fen) if fen == fen.to_integral_value() else None


def read_date(text: str) -> date | None:
    """A day from 19800101, 1980.1.1, 1980/1/1, 1980年1月1日 or 1980-1-1; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".")
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain) or _DATE.fullmatch(plain)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def read_month(text: str) -> date | None:
    """The first of a month from 202609, 2026-9, 2026.09 or 2026年9月; a full date counts as its month."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{4})(\d{2})", plain) or _MONTH.fullmatch(plain)
    if found:
        return _day(int(found[1]), int(found[2]), 1)
    day = read_date(plain)
    return day.replace(day=1) if day else None


def _is_option(field: Field, word: str, around: Around) -> bool:
    return field.kind is Kind.OPTION and code_table(around.catalogue, field.codes).code(word) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _limit_complaint(field: Field, value: Value) -> Complaint | None:
    if isinstance(value, str):
        over = field.longest and len(value) > field.longest
        return Complaint(f"最长{field.longest}个字，现有{len(value)}个，请精简", hard=True) if over else None
    if isinstance(value, frozenset | bool):
        return None
    if field.low is not None and value < field.low:  # type: ignore[operator]
        return Complaint(f"不应小于{_limit(field, field.low)}", hard=True)
    if field.high is not None and value > field.high:  # type: ignore[operator]
        return Complaint(f"不应大于{_limit(field, field.high)}", hard=True)
    return None


def _limit(field: Field, limit: Value) -> str:
    if field.kind is Kind.MONEY and isinstance(limit, int):
        return f"{Decimal(limit) / 100:f}元"
    return f"{float(limit):g}" if isinstance(limit, Fraction) else str(limit)


def _hard(message: str) -> Answer:
    return Answer(None, (Complaint(message, hard=True),))


def _text(field: Field, text: str, around: Around) -> Answer:
    return Answer(text if field.kind is Kind.LONG else " ".join(text.split("\n")))


def _name(field: Field, text: str, around: Around) -> Answer:
    name, complaints = people.read_name(text, field.longest or people.LONGEST_NAME)
    return Answer(name, complaints)


def _identity(field: Field, text: str, around: Around) -> Answer:
    read = identity.read_identity(text, around.today, around.document, around.catalogue.regions.keys())
    return Answer(read.number, read.complaints)


def _card(field: Field, text: str, around: Around) -> Answer:
    read = identity.read_disability_card(text, around.today)
    return Answer(read.number, read.complaints)


def _phone(field: Field, text: str, around: Around) -> Answer:
    return Answer(*people.read_phone(text))


def _account(field: Field, text: str, around: Around) -> Answer:
    return Answer(*people.read_account(text))


def _option(field: Field, text: str, around: Around) -> Answer:
    table = code_table(around.catalogue, field.codes)
    code = find_code(table, text)
    if code is None:
        return _hard(_unknown_option(table, text))
    return Answer(code)


def _options(field: Field, text: str, around: Around) -> Answer:
    table = code_table(around.catalogue, field.codes)
    if text in NO and find_code(table, text) is None:
        return Answer(frozenset())
    found = {word: find_code(table, word) for word in _BETWEEN.split(text.strip("[]【】")) if word}
    unknown = [word for word, code in found.items() if code is None]
    if unknown:
        return _hard(_unknown_option(table, unknown[0]))
    return Answer(frozenset(code for code in found.values() if code is not None))


def _unknown_option(table: CodeTable, word: str) -> str:
    labels = [option.label for option in table.options if not option.retired]
    advice = did_you_mean(word, labels)
    some = "、".join(labels[:8]) + ("……" if len(labels) > 8 else "")
    return f"没有「{word}」这一项，{advice or '可选：' + some}"


def _flag(field: Field, text: str, around: Around) -> Answer:
    word = unicodedata.normalize("NFKC", text).lower()
    if word in YES or word in NO:
        return Answer(word in YES)
    return _hard(f"「{text}」应填是或否")


def _money(field: Field, text: str, around: Around) -> Answer:
    fen = read_money(text)
    if fen is None:
        return _hard(f"「{text}」不是金额，请填数字，如 24000、24000.50 或 2.4万，最多到分")
    return Answer(fen) if abs(fen) < MOST else _hard("金额过大，请核对")


def _number(field: Field, text: str, around: Around) -> Answer:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("\u2044", "/")
    if not re.fullmatch(r"[-+]?\d{1,15}(?:\.\d{1,15}%?|%|/0*[1-9]\d{0,11})?", plain):
        return _hard(f"「{text}」不是数字，请核对")
    number = Fraction(plain.removesuffix("%"))
    return Answer(number / 100 if plain.endswith("%") else number)


def _integer(field: Field, text: str, around: Around) -> Answer:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(r"[-+]?\d{1,15}", plain):
        return _hard(f"「{text}」不是整数，请核对")
    return Answer(int(plain))


def _date(field: Field, text: str, around: Around) -> Answer:
    day = read_date(text)
    return Answer(day) if day else _hard(f"「{text}」不是日期，请填如 19800101、1980.1.1 或 1980年1月1日")


def _month(field: Field, text: str, around: Around) -> Answer:
    month = read_month(text)
    return Answer(month) if month else _hard(f"「{text}」不是年月，请填如 202609、2026.9 或 2026年9月")


def _region(field: Field, text: str, around: Around) -> Answer:
    regions = around.catalogue.regions
    plain = identity.normalise(text)
    if plain in regions:
        return Answer(plain)
    named = [code for code, name in regions.items() if name == text]
    named = named or [code for code, name in regions.items() if len(text) > 1 and name.endswith(text)]
    if len(named) == 1:
        return Answer(named[0])
    if named:
        return _hard(f"「{text}」不止一处（{'、'.join(regions[code] for code in named[:3])}），请写全名或代码")
    if re.fullmatch(r"\d{6}(?:\d{3}){0,2}", plain):
        return Answer(plain, (Complaint(f"区划代码{plain}不在区划表中，请看一眼"),))
    return _hard(f"「{text}」不是区划代码或名称，代码应为6、9或12位数字")


def _member(field: Field, text: str, around: Around) -> Answer:
    key = (around.members or {}).get(text)
    if key is None and re.fullmatch(r"[0-9a-f]{32}", text):
        return _hard("所指的家庭成员已不在名单中，请重新选择")
    return Answer(key) if key else _hard(f"没有叫「{text}」的家庭成员，请先录入该成员")


_READERS: Mapping[Kind, Callable[[Field, str, Around], Answer]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.NAME: _name,
    Kind.ID: _identity,
    Kind.OPTION: _option,
    Kind.OPTIONS: _options,
    Kind.FLAG: _flag,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _account,
    Kind.DISABILITY_CARD: _card,
    Kind.REGION: _region,
    Kind.MEMBER: _member,
}
