"""Shapes with mixed cells to plain JSON values and back, exactly: days and ratios carry their kind, so that none is guessed.

`clerk.plain` reads days back by their hint alone; a cell that may be a word, a number or a day needs to say what it is.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_DAY, _RATIO = "日", "比"
_READ: Mapping[str, Callable[[str], object]] = {_DAY: date.fromisoformat, _RATIO: Fraction}


def freeze(value: object) -> object:
    """Only dicts, lists, text, whole numbers, flags and None; sets are sorted. TypeError for what has no such form."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(cast("list[str]", list(map(freeze, value))))
    if isinstance(value, (list, tuple)):
        return list(map(freeze, value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DAY: value.isoformat()}
    if isinstance(value, Fraction):
        return {_RATIO: str(value)}
    if isinstance(value, float):
        return {_RATIO: str(Fraction(value))}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"{type(value).__name__} cannot be frozen")


def thaw(shape: type[T], plain: object) -> T:
    """The shape again, equal to what was frozen; a field it did not have then takes its default."""
    return cast("T", _thaw(shape, plain))


def _thaw(hint: Any, plain: Any) -> object:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        shapes = [one for one in args if is_dataclass(one)]
        return _thaw(shapes[0], plain) if shapes and plain is not None else _scalar(plain)
    if origin in (tuple, frozenset):
        return origin(_thaw(args[0], item) for item in plain)
    if is_dataclass(hint):
        return _dataclass(cast("type[Any]", hint), plain)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(plain)
    return float(cast("Fraction", _scalar(plain))) if hint is float else _scalar(plain)


def _scalar(plain: object) -> object:
    if isinstance(plain, Mapping):
        ((kind, text),) = plain.items()
        return _READ[kind](text)
    return plain


def _dataclass(shape: type[Any], plain: Mapping[str, object]) -> object:
    hints, given = _hints(cast("Hashable", shape)), {}
    for field in fields(shape):
        if field.name in plain:
            given[field.name] = _thaw(hints[field.name], plain[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise TypeError(f"{shape.__name__} was frozen without {field.name}")
    return shape(**given)


@lru_cache(maxsize=64)
def _hints(shape: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(shape)
