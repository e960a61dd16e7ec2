"""Give every written expression its meaning: names, scopes, types and units; refuse what cannot mean anything."""

from __future__ import annotations

from datetime import date

from forms.catalogue import Catalogue
from forms.language import calls, standards
from forms.language.parser import DEEPEST, parse, place_of
from forms.language.scope import Scope
from forms.language.syntax import Binary, Call, Chain, Choices, Literal, Name, Unary, Written
from forms.language.tree import Among, Arithmetic, Compare, Constant, DefinitionRead, FieldRead, Logic, Node, Not
from forms.language.types import DAY, DAYS, FLAG, INTEGER, MONEY, NUMBER, TEXTS, Type, mismatch, need, plain
from forms.language.values import Range
from forms.places import DataError, Place
from forms.policy import Definition, Standard
from forms.schema import Expression, Field, Kind


class Poisoned(Exception):  # noqa: N818 - not an error of its own
    """Something below is already reported; whatever rests on it stays silent."""


class Checker:
    """Checks expressions against one catalogue on one day; faults gather in `errors`."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self.catalogue, self.on = catalogue, on
        self.scope = Scope(catalogue)
        self.errors: list[DataError] = []
        self.definitions: dict[tuple[str, str], Node] = {}
        self._bad: set[tuple[str, str]] = set()
        self._open: list[Definition] = []

    def check(self, expression: Expression, table: str, wanted: Type | None = None, what: str = "") -> Node | None:
        """The meaning of an expression at rows of `table`, or None when it is refused (see `errors`)."""
        try:
            node = self.node(parse(expression), table)
            if wanted is not None:
                need(node.type, wanted, node.place, what)
        except DataError as error:
            self.errors.append(error)
        except Poisoned:
            pass
        else:
            return node
        return None

    def definition(self, definition: Definition) -> Node:
        """The meaning of a definition, checked once; Poisoned when it has none."""
        key = (definition.table, definition.id)
        if key in self._bad:
            raise Poisoned
        if key not in self.definitions:
            self._enter(definition)
            node = self.check(definition.expression, definition.table)
            self._open.pop()
            if node is None:
                self._bad.add(key)
                raise Poisoned
            self.definitions[key] = node
        return self.definitions[key]

    def _enter(self, definition: Definition) -> None:
        if definition in self._open:
            circle = [*self._open[self._open.index(definition) :], definition]
            path = " → ".join(f"「{one.id}」" for one in circle)
            raise DataError(definition.expression.place, f"定义绕成了圈：{path}", "请去掉其中一处引用")
        if len(self._open) == DEEPEST:
            raise DataError(definition.expression.place, f"定义套了 {DEEPEST} 层以上", "请把链条拆短")
        self._open.append(definition)

    def node(self, tree: Written, table: str) -> Node:
        """The meaning of a written piece at rows of `table`."""
        if isinstance(tree, Literal):
            pair = Range(tree.number, tree.number)
            kind = MONEY if tree.money else INTEGER if isinstance(tree.number, int) else NUMBER
            return Constant(type=kind, place=tree.place, text=tree.text, value=pair)
        if isinstance(tree, Name):
            return self.name(tree, table)
        if isinstance(tree, Call):
            return calls.call(self, tree, table)
        if isinstance(tree, Chain):
            return self._chain(tree, table)
        if isinstance(tree, Unary):
            return self._unary(tree, table)
        if isinstance(tree, Binary):
            return self._binary(tree, table)
        raise DataError(tree.place, "这里不能写列表")  # pragma: no cover - the parser keeps lists behind 在

    def name(self, tree: Name, table: str) -> Node:
        """What a bare word means, when no option is wanted."""
        if tree.quoted:
            raise DataError(tree.place, f"「{tree.word}」不是数也不是名称", "金额请写 700元，选项请写在选项字段旁边")
        if tree.word in ("是", "否"):
            return Constant(type=FLAG, place=tree.place, text=tree.text, value=tree.word == "是")
        seen = self.scope.find(table, tree.word)
        if seen is None:
            if tree.word == "今日":
                return Constant(type=DAY, place=tree.place, text=tree.text, value=self.on)
            raise self.scope.unknown(table, tree.word, tree.place)
        if isinstance(seen.thing, Standard):
            return standards.read(self, seen.thing, tree, table)
        if isinstance(seen.thing, Field):
            kind = Type(seen.thing.kind, seen.thing.codes, seen.thing)
            return FieldRead(type=kind, place=tree.place, text=tree.text, field=seen.thing, climb=seen.climb)
        meaning = self.definition(seen.thing)
        key = (seen.thing.table, seen.thing.id)
        return DefinitionRead(type=plain(meaning.type), place=tree.place, text=tree.text, key=key, climb=seen.climb)

    def flag(self, tree: Written, table: str, what: str) -> Node:
        """A condition: the meaning of a piece that must answer yes or no and is not fixed beforehand."""
        node = self.node(tree, table)
        need(node.type, FLAG, place_of(tree), what)
        if isinstance(node, Constant):
            raise DataError(tree.place, f"「{tree.text}」是固定的，写在这里没有用处", "请删去")
        return node

    def _chain(self, tree: Chain, table: str) -> Node:
        operands, poisoned = [], False
        for part in tree.parts:
            try:
                operands.append(self.flag(part, table, f"「{tree.sign}」两边"))
            except DataError as error:
                self.errors.append(error)
                poisoned = True
            except Poisoned:
                poisoned = True
        if poisoned:
            raise Poisoned
        return Logic(type=FLAG, place=tree.place, text=tree.text, sign=tree.sign, operands=tuple(operands))

    def _unary(self, tree: Unary, table: str) -> Node:
        if tree.sign == "非":
            return Not(
                type=FLAG, place=tree.place, text=tree.text, operand=self.flag(tree.operand, table, "「非」后面")
            )
        operand = self.node(tree.operand, table)
        if not operand.type.is_number:
            mismatch(tree.place, f"负号后面应为数或金额，实际是{operand.type.unit}", set())
        zero = Constant(type=plain(operand.type), place=tree.place, text="0", value=Range(0, 0))
        return Arithmetic(
            type=plain(operand.type), place=tree.place, text=tree.text, sign="-", left=zero, right=operand
        )

    def _binary(self, tree: Binary, table: str) -> Node:
        if tree.sign in ("在", "不在", "包含"):
            return self._among(tree, table)
        if tree.sign in "+-*/":
            left, right = self.node(tree.left, table), self.node(tree.right, table)
            kind = _arithmetic(tree, left.type, right.type)
            return Arithmetic(type=kind, place=tree.place, text=tree.text, sign=tree.sign, left=left, right=right)
        return self._compare(tree, table)

    def _compare(self, tree: Binary, table: str) -> Node:
        group = self._group(tree, table)
        if group is not None:
            return group
        left, right = self.pair(tree.left, tree.right, table)
        _comparable(tree, left, right)
        return Compare(type=FLAG, place=tree.place, text=tree.text, sign=tree.sign, left=left, right=right)

    def _group(self, tree: Binary, table: str) -> Node | None:
        """`关系 = 子女类`, where the word stands for several codes, as a membership."""
        if tree.sign not in "=≠" or not isinstance(tree.right, Name) or not self._speaks(tree.left, table):
            return None
        item = self.node(tree.left, table)
        codes = self.scope.codes_of(item.type.codes, tree.right.word) if item.type.kind is Kind.OPTION else frozenset()
        if len(codes) < 2:
            return None
        kind = Type(Kind.OPTIONS, item.type.codes)
        choices = Constant(type=kind, place=tree.right.place, text=tree.right.text, value=codes)
        negated = tree.sign == "≠"
        return Among(type=FLAG, place=tree.place, text=tree.text, item=item, choices=choices, negated=negated)

    def pair(self, left: Written, right: Written, table: str) -> tuple[Node, Node]:
        """Two operands side by side, where a bare word beside an option is one of its options."""
        if not self._speaks(left, table):
            second = self.node(right, table)
            return self.beside(left, second.type, table), second
        first = self.node(left, table)
        return first, self.beside(right, first.type, table)

    def beside(self, tree: Written, other: Type, table: str) -> Node:
        """A piece next to an operand of type `other`: an option word when that one is an option."""
        plain_number = isinstance(tree, Literal) and not tree.money
        if other.kind not in (Kind.OPTION, Kind.OPTIONS) or not (plain_number or isinstance(tree, Name)):
            return self.node(tree, table)
        word = tree.word if isinstance(tree, Name) else tree.text
        codes = self.scope.codes_of(other.codes, word)
        if len(codes) == 1:
            kind = Type(Kind.OPTION, other.codes)
            return Constant(type=kind, place=tree.place, text=tree.text, value=next(iter(codes)))
        if self._speaks(tree, table) and word not in ("是", "否") and not plain_number:
            return self.node(tree, table)
        raise self.scope.no_option(other.codes, word, tree.place)

    def _speaks(self, tree: Written, table: str) -> bool:
        """True when a piece has a meaning without looking at its neighbour."""
        if not isinstance(tree, Name):
            return True
        known = tree.word in ("是", "否", "今日") or self.scope.find(table, tree.word) is not None
        return known and not tree.quoted

    def _among(self, tree: Binary, table: str) -> Node:
        if tree.sign == "包含":
            choices = self.node(tree.left, table)
            _need_options(choices, Kind.OPTIONS, "「包含」左边", tree.where)
            item = self.beside(tree.right, choices.type, table)
        else:
            item = self.node(tree.left, table)
            _need_options(item, Kind.OPTION, f"「{tree.sign}」左边", tree.where)
            choices = self._choices(tree.right, item.type, table)
        _need_options(choices, Kind.OPTIONS, f"「{tree.sign}」右边", tree.where)
        _need_options(item, Kind.OPTION, "选项", tree.where)
        if choices.type.codes != item.type.codes:
            mismatch(tree.where, f"选项不是同一张表：左边是{item.type.unit}，右边是{choices.type.unit}", set())
        negated = tree.sign == "不在"
        return Among(type=FLAG, place=tree.place, text=tree.text, item=item, choices=choices, negated=negated)

    def _choices(self, tree: Written, other: Type, table: str) -> Node:
        if not isinstance(tree, Choices):
            return self.node(tree, table)
        codes: frozenset[str] = frozenset()
        for word in tree.words:
            found = self.scope.codes_of(other.codes, word.word)
            if not found:
                raise self.scope.no_option(other.codes, word.word, word.place)
            if found <= codes:
                raise DataError(word.place, f"选项「{word.word}」写了两次", "请删去一处")
            codes |= found
        return Constant(type=Type(Kind.OPTIONS, other.codes), place=tree.place, text=tree.text, value=codes)


def _arithmetic(tree: Binary, left: Type, right: Type) -> Type:
    for kind in (left, right):
        if not kind.is_number:
            mismatch(tree.where, f"「{tree.sign}」两边应为数或金额，实际有{kind.unit}", set())
    money = [kind.kind is Kind.MONEY for kind in (left, right)]
    if tree.sign in "+-":
        if money[0] != money[1]:
            mismatch(tree.where, f"单位不一致：左边是{left.unit}，右边是{right.unit}", {"元", "数"})
        return plain(left) if left.kind is right.kind else NUMBER
    if tree.sign == "*":
        if all(money):
            mismatch(tree.where, "两个金额不能相乘", set())
        return MONEY if any(money) else INTEGER if left.kind is right.kind is Kind.INTEGER else NUMBER
    if money == [False, True]:
        mismatch(tree.where, "数不能除以金额", set())
    return MONEY if money == [True, False] else NUMBER


def _comparable(tree: Binary, left: Node, right: Node) -> None:
    if left.type.kind in TEXTS or right.type.kind in TEXTS:
        mismatch(tree.where, "文字只能显示，不能比较", set())
    if Kind.OPTIONS in (left.type.kind, right.type.kind):
        mismatch(tree.where, "多选不能这样比较", set())
    if left.type.is_number and right.type.unit != left.type.unit and right.type.is_number:
        mismatch(tree.where, f"单位不一致：左边是{left.type.unit}，右边是{right.type.unit}", {"元", "数"})
    if left.type.unit != right.type.unit:
        mismatch(tree.where, f"比较左边是{left.type.unit}，右边是{right.type.unit}", {left.type.unit, right.type.unit})
    if tree.sign not in "=≠" and not (left.type.is_number or left.type.kind in DAYS):
        raise DataError(tree.where, f"{left.type.unit}只能用 = 或 ≠ 比较", "几个选项请用「在 […]」")
    if isinstance(left, Constant) and isinstance(right, Constant):
        raise DataError(tree.where, "两边都是固定的值，这个比较没有用处", "请把一边写成名称，或删去")


def _need_options(node: Node, wanted: Kind, what: str, place: Place) -> None:
    if node.type.kind is wanted:
        return
    advice = "多选里找一个请写 多选 包含 选项" if node.type.kind is Kind.OPTIONS else ""
    raise DataError(place, f"{what}应为{wanted.value}，实际是{node.type.unit}", advice)
