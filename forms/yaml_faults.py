"""Say in Chinese, for whoever keeps the data, what a YAML parser complains of in English."""

from __future__ import annotations

import yaml

from forms.places import DataError, Place

_SAID = (
    ("expected ',' or ']'", "方括号「[」没有配对的「]」，或各项之间缺逗号", "请核对这一处的方括号和逗号"),
    ("expected ',' or '}'", "花括号「{」没有配对的「}」，或各项之间缺逗号", "值里有逗号、方括号或冒号时请加引号"),
    ("cannot start any token", "有不能放在这里的字符", "缩进请用空格，不用制表符（Tab）"),
    ("mapping values are not allowed", "这里多了一个冒号，或缩进不对", "值里有冒号时请加引号"),
    ("could not find expected ':'", "键后面缺冒号", "写作「键: 值」，冒号用半角，后面空一格"),
    ("unexpected end of stream", "引号没有配对", "请补上后一个引号"),
    ("expected '-' indicator", "列表的缩进不齐", "同一列表的「- 」要上下对齐"),
    ("expected key", "缩进不齐", "同一组的键要上下对齐"),
    ("undefined alias", "「*」开头的值要加引号", "请加引号"),
    ("expected alphabetic or numeric", "「*」或「&」开头的值要加引号", "请加引号"),
    ("unknown escape", "双引号里的反斜杠写法有误", "请改用单引号"),
)
_OPENED = ("flow", "quoted")


def explain(error: yaml.MarkedYAMLError, name: str) -> DataError:
    """A parser's complaint as a `DataError`: where a bracket or a quote was opened, else where reading stopped."""
    opened = any(word in (error.context or "") for word in _OPENED)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
    for words, message, advice in _SAID:
        if words in (error.problem or ""):
            return DataError(place, message, advice)
    return DataError(place, f"YAML 写法有误（{error.problem}）", "请检查缩进、冒号和引号")
