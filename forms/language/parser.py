"""Tokens to a syntax tree, by recursive descent; the grammar is a dozen productions and frozen in scope.

or := and {或 and}; and := not {且 not}; not := 非 not | comparison; comparison := sum [sign sum | 在 set | 不在 set |
包含 sum]; sum := product {+|- product}; product := minus {*|/ minus}; minus := - minus | primary.
"""

from __future__ import annotations

from collections.abc import Callable

from forms.language.lexer import KEYWORDS, Sort, Token, tokens
from forms.language.syntax import Binary, Call, Chain, Choices, Literal, Name, Unary, Written
from forms.places import DataError, Place
from forms.schema import Expression

_Part = Callable[[], Written]
_COMPARISONS = frozenset("=≠<>≤≥")
DEEPEST = 60
"""How deep brackets may nest: no honest rule comes near, and a hostile pack cannot exhaust the stack."""


def parse(expression: Expression) -> Written:
    """The syntax tree of a whole expression.

    Raises DataError at the first token that does not fit, saying what is needed there.
    """
    reader = _Reader(expression)
    if reader.token.sort is Sort.END:
        raise DataError(expression.place, "算式是空的", "请写出条件或算式")
    tree = reader.either()
    reader.finish()
    return tree


class _Reader:
    """Reads tokens once from left to right."""

    def __init__(self, expression: Expression) -> None:
        self._source = expression.text
        self._tokens = tokens(expression)
        self._at = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._at]

    def either(self) -> Written:
        self._depth += 1
        if self._depth > DEEPEST:
            raise DataError(self.token.place, "括号套得太深", "请拆成几个定义")
        tree = self._chain("或", lambda: self._chain("且", self._negation))
        self._depth -= 1
        return tree

    def finish(self) -> None:
        if self.token.sort is not Sort.END:
            raise self._superfluous()

    def _chain(self, word: str, part: _Part) -> Written:
        start = self.token
        parts = [part()]
        while self._is_keyword(word):
            self._at += 1
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return Chain(place=start.place, text=self._text(start), sign=word, parts=tuple(parts))

    def _negation(self) -> Written:
        start = self.token
        if not self._is_keyword("非"):
            return self._comparison()
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise DataError(start.place, "「非」叠得太多", "请拆成几个定义")
        operand = self._negation()
        self._depth -= 1
        return Unary(place=start.place, text=self._text(start), sign="非", operand=operand)

    def _comparison(self) -> Written:
        start = self.token
        left = self._sum()
        sign = self.token
        if sign.sort is Sort.SIGN and sign.text in _COMPARISONS:
            self._at += 1
            tree = self._binary(start, sign, left, self._sum())
        elif self._is_keyword("在") or self._is_keyword("不在"):
            self._at += 1
            tree = self._binary(start, sign, left, self._choices())
        elif self._is_keyword("包含"):
            self._at += 1
            tree = self._binary(start, sign, left, self._sum())
        else:
            return left
        if self.token.sort is Sort.SIGN and self.token.text in _COMPARISONS:
            raise DataError(self.token.place, "比较不能连写", "请用「且」分成两个比较，例如 甲 < 乙 且 乙 < 丙")
        return tree

    def _sum(self) -> Written:
        return self._series("+-", lambda: self._series("*/", self._minus))

    def _series(self, signs: str, part: _Part) -> Written:
        start = self.token
        left, terms = part(), 1
        while self.token.sort is Sort.SIGN and self.token.text in signs:
            sign = self.token
            self._at += 1
            terms += 1
            if terms > DEEPEST:
                raise DataError(sign.place, f"连着算的超过 {DEEPEST} 项", "请拆成几个定义")
            left = self._binary(start, sign, left, part())
        return left

    def _minus(self) -> Written:
        start = self.token
        if not self._is_sign("-"):
            return self._primary()
        self._at += 1
        operand = self._primary()
        return Unary(place=start.place, text=self._text(start), sign="-", operand=operand)

    def _primary(self) -> Written:
        token = self.token
        if token.sort in (Sort.NUMBER, Sort.MONEY):
            self._at += 1
            return Literal(place=token.place, text=token.text, number=token.number, money=token.sort is Sort.MONEY)
        if token.sort in (Sort.NAME, Sort.QUOTED):
            return self._word(token)
        if self._is_sign("("):
            self._at += 1
            inside = self.either()
            self._close(")", token)
            return inside
        if self._is_sign("["):
            raise DataError(token.place, "列表只能写在「在」或「不在」后面", "例如 等级 在 [一级, 二级]")
        raise DataError(token.place, f"这里缺一个值，遇到「{token.text}」", self._apart(token))

    def _word(self, token: Token) -> Written:
        self._at += 1
        if token.sort is Sort.NAME and self._is_sign("("):
            return self._call(token)
        return Name(place=token.place, text=token.text, word=token.text, quoted=token.sort is Sort.QUOTED)

    def _call(self, name: Token) -> Call:
        opening = self.token
        self._at += 1
        arguments: list[Written] = []
        while not self._is_sign(")"):
            arguments.append(self.either())
            if not self._is_sign(","):
                break
            self._at += 1
            if self._is_sign(")"):
                raise DataError(self.token.place, "逗号后面缺一个值", "请补上或删去逗号")
        self._close(")", opening)
        return Call(place=name.place, text=self._text(name), word=name.text, arguments=tuple(arguments))

    def _choices(self) -> Written:
        start = self.token
        if not self._is_sign("["):
            return self._sum()
        self._at += 1
        words: list[Name] = []
        while not self._is_sign("]"):
            words.append(self._choice())
            if not self._is_sign(","):
                break
            self._at += 1
        self._close("]", start)
        if not words:
            raise DataError(start.place, "列表是空的", "请写出至少一个选项，例如 [一级, 二级]")
        return Choices(place=start.place, text=self._text(start), words=tuple(words))

    def _choice(self) -> Name:
        token = self.token
        if token.sort in (Sort.SIGN, Sort.END, Sort.MONEY):
            raise DataError(token.place, f"列表里应是选项，遇到「{token.text}」", "例如 [一级, 二级]")
        self._at += 1
        return Name(place=token.place, text=token.text, word=token.text, quoted=True)

    def _close(self, sign: str, opening: Token) -> None:
        if not self._is_sign(sign):
            if self.token.sort is Sort.END:
                raise DataError(opening.place, f"「{opening.text}」没有配对的「{sign}」", f"请补上「{sign}」")
            raise self._superfluous()
        self._at += 1

    def _superfluous(self) -> DataError:
        token = self.token
        return DataError(
            token.place, f"多余的「{token.text}」", self._apart(token) or "前面可能缺「且」「或」或运算符号"
        )

    def _apart(self, token: Token) -> str:
        before = self._tokens[self._at - 1] if self._at else token
        if token.sort is not Sort.NAME and before.sort is Sort.NAME and before is not token:
            token = before
        if token.sort is not Sort.NAME:
            return ""
        glued = (word for word in KEYWORDS if token.text != word and token.text.startswith(word))
        word = max(glued, key=len, default="") or next((word for word in KEYWORDS if token.text.endswith(word)), "")
        return f"「{word}」前后请加空格" if word else ""

    def _binary(self, start: Token, sign: Token, left: Written, right: Written) -> Binary:
        text = self._text(start)
        return Binary(place=start.place, text=text, sign=sign.text, left=left, right=right, where=sign.place)

    def _text(self, start: Token) -> str:
        return self._source[start.start : self._tokens[self._at - 1].end]

    def _is_keyword(self, word: str) -> bool:
        return self.token.sort is Sort.KEYWORD and self.token.text == word

    def _is_sign(self, sign: str) -> bool:
        return self.token.sort is Sort.SIGN and self.token.text == sign


def place_of(tree: Written) -> Place:
    """Where a message about a tree points: the sign of a binary, else its first character."""
    return tree.where if isinstance(tree, Binary) else tree.place
