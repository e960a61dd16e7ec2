"""Cut an expression into located tokens; full-width signs from a Chinese keyboard mean the same as half-width ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from forms.places import DataError, Place
from forms.schema import Expression

KEYWORDS = ("且", "或", "非", "在", "不在", "包含")
_SAME = {
    "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]", "，": ",", "、": ",", "＝": "=", "％": "%",
    "＜": "<", "＞": ">", "＋": "+", "－": "-", "−": "-", "＊": "*", "×": "*", "／": "/", "÷": "/", "≤": "≤", "≥": "≥",
    "．": ".", "　": " ", "\n": " ", "\t": " ", "•": "·", "＿": "_",
}  # fmt: skip
_FOLDED = str.maketrans(_SAME | {chr(0xFF10 + digit): str(digit) for digit in range(10)})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIGNS = {"<=": "≤", ">=": "≥", "<>": "≠", "!=": "≠"}


class Sort(Enum):
    """What a token is."""

    NUMBER = "数"
    MONEY = "金额"
    NAME = "名称"
    QUOTED = "引号里的词"
    KEYWORD = "关键字"
    SIGN = "符号"
    END = "结尾"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: `number` is fen for MONEY, a plain number for NUMBER; `start` and `end` cut the source text."""

    sort: Sort
    text: str
    place: Place
    start: int
    end: int
    number: int | Fraction = 0


def tokens(expression: Expression) -> list[Token]:
    """All tokens of an expression, closed by an END token.

    Raises DataError at the first character the language does not have.
    """
    text = expression.text.translate(_FOLDED)
    found: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _next(text, position, expression.at(position))
        found.append(token)
        position = token.end
    found.append(Token(Sort.END, "结尾", expression.at(len(text)), len(text), len(text)))
    return found


def _next(text: str, start: int, place: Place) -> Token:
    sign = text[start]
    if sign.isascii() and sign.isdigit():
        return _number(text, start, place)
    if _is_letter(sign):
        end = _run(text, start)
        word = text[start:end]
        return Token(Sort.KEYWORD if word in KEYWORDS else Sort.NAME, word, place, start, end)
    if sign == "「":
        return _quoted(text, start, place)
    pair = text[start : start + 2]
    if pair in _SIGNS:
        return Token(Sort.SIGN, _SIGNS[pair], place, start, start + 2)
    if sign in "()[],=≠<>≤≥+-*/":
        return Token(Sort.SIGN, sign, place, start, start + 1)
    advice = "百分数请写成 60%" if sign == "%" else "规则里只有名称、数、金额和 + - * / = < > ( ) [ ]"
    raise DataError(place, f"不认识的符号「{sign}」", advice)


def _number(text: str, start: int, place: Place) -> Token:
    matched = _NUMBER.match(text, start)
    if matched is None:  # pragma: no cover - the caller saw a digit
        raise DataError(place, "这里应是数")
    end = _run(text, matched.end())
    unit = text[matched.end() : end]
    number = Fraction(matched.group())
    if unit in ("元", "万元"):
        return _money(number * (100 if unit == "元" else 1_000_000), text[start:end], place, (start, end))
    if unit:
        return Token(Sort.QUOTED, text[start:end], place, start, end)
    if text[end : end + 1] == "%":
        return Token(Sort.NUMBER, text[start : end + 1], place, start, end + 1, exact(number / 100))
    return Token(Sort.NUMBER, text[start:end], place, start, end, exact(number))


def exact(number: Fraction) -> int | Fraction:
    """The same number, as an int when it is whole (ints are faster)."""
    return number.numerator if number.denominator == 1 else number


def _money(fen: Fraction, text: str, place: Place, span: tuple[int, int]) -> Token:
    if fen.denominator != 1:
        raise DataError(place, f"金额「{text}」不足一分", "金额最多写到分，例如 0.01元")
    return Token(Sort.MONEY, text, place, *span, fen.numerator)


def _quoted(text: str, start: int, place: Place) -> Token:
    end = text.find("」", start)
    if end < 0:
        raise DataError(place, "「后面没有配对的」", "请补上」")
    return Token(Sort.QUOTED, text[start + 1 : end], place, start, end + 1)


def _run(text: str, start: int) -> int:
    end = start
    while end < len(text) and _is_letter(text[end]):
        end += 1
    return end


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in "_·"
