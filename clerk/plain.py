"""Frozen shapes to plain JSON values and back, led by their own type hints: a shape is described once, in its class."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def to_plain(value: object) -> object:
    """Only dicts, lists, text, numbers, flags and None: days as ISO text, ratios as `n/d`, sets sorted, enums by value."""
    if type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value) if field.init}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(cast("list[str]", [to_plain(item) for item in value]))
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return _scalar(value)


def from_plain(shape: type[T], plain: object) -> T:
    """The shape again; a field the record does not have takes its default, TypeError when it has none."""
    return cast("T", _build(shape, plain))


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


_TEXT_FORMS: Mapping[Any, Callable[[Any], object]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Fraction: Fraction,
}


def _build(hint: Any, plain: Any) -> object:
    origin = typing.get_origin(hint)
    if origin is not None:
        return _build_generic(origin, typing.get_args(hint), plain)
    if is_dataclass(hint):
        return _build_dataclass(cast("type[object]", hint), plain)
    if hint in _TEXT_FORMS:
        return _TEXT_FORMS[hint](plain)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(plain)
    if not isinstance(plain, hint):
        raise TypeError(f"{plain!r} is not {hint.__name__}")
    return plain


def _build_generic(origin: Any, args: tuple[Any, ...], plain: Any) -> object:
    if origin in (typing.Union, types.UnionType):
        wanted = [hint for hint in args if hint is not type(None)]
        if len(wanted) > 1:
            raise TypeError("a choice of several types cannot be read back")
        return None if plain is None else _build(wanted[0], plain)
    if origin is tuple:
        return tuple(_build(args[0], item) for item in plain)
    if origin is frozenset:
        return frozenset(_build(args[0], item) for item in plain)
    return {_build(args[0], key): _build(args[1], item) for key, item in plain.items()}


def _build_dataclass(shape: type[Any], plain: Mapping[str, object]) -> object:
    given, hints = {}, _hints(cast("Hashable", shape))
    for field in fields(shape):
        if field.name in plain:
            given[field.name] = _build(hints[field.name], plain[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise TypeError(f"{shape.__name__} without {field.name}")
    return shape(**given)


@cache
def _hints(shape: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(cast("type[object]", shape))
