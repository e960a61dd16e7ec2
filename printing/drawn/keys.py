"""A paper's own keys, those that say when and for whom it prints, as a tree: for its next edition, and for its drawing."""

from __future__ import annotations

from typing import Any

from forms.paper import Paper, Sheet
from forms.schema import ROOT

_WORDS = {
    "文书": "id",
    "名称": "name",
    "版": "edition",
    "次序": "order",
    "每": "each",
    "份数": "copies",
    "纸": "stock",
    "面": "sides",
    "时机": "moment",
    "密级": "secrecy",
    "样式": "style",
    "说明": "note",
}
_LISTS = {"项目": "programmes", "签署": "signers", "用章": "seals"}
_FLAGS = {
    "常备": "always",
    "公示": "published",
    "单印": "alone",
    "提交前": "early",
    "不入卷": "unfiled",
    "套打": "preprinted",
    "待定不印": "sure",
}
_USUAL = {"次序": "0", "每": ROOT, "份数": "1", "纸": "A4", "面": "单面"}
_PAGE = {"字号": "size", "侧宽": "side", "行高": "row", "题号": "title", "题高": "head"}
_DRAWN = {"左": "left", "右": "right", "上": "top", "下": "bottom"}
_FIRST = ("文书", "名称", "版", "自")
_YES = "是"


def keys_of(paper: Paper) -> dict[str, Any]:
    """Everything a paper's document says beside its body."""
    said: dict[str, Any] = {key: str(getattr(paper, name)) for key, name in _WORDS.items()}
    said |= {key: list(getattr(paper, name)) for key, name in _LISTS.items()}
    said |= {key: _YES for key, name in _FLAGS.items() if getattr(paper, name)}
    said["仅当"] = paper.relevant.text if paper.relevant else ""
    said["限"] = paper.where.text if paper.where else ""
    said["自"] = paper.since.isoformat() if paper.since else ""
    if paper.watermark and not paper.secrecy:
        said["水印"] = _YES
    if paper.series:
        said["编号"] = {"系列": paper.series.name, "式": paper.series.form}
    kept = {key: value for key, value in said.items() if value and value != _USUAL.get(key)}
    return {key: kept[key] for key in (*_FIRST, *kept) if key in kept}


def page_of(sheet: Sheet) -> dict[str, str]:
    """What a page says that differs from any page, margins and all."""
    usual = Sheet()
    names = _DRAWN | _PAGE
    said = {
        key: f"{getattr(sheet, name):g}" for key, name in names.items() if getattr(sheet, name) != getattr(usual, name)
    }
    return said | ({"横向": _YES} if sheet.landscape else {}) | ({} if sheet.framed else {"外框": "否"})


def settings_of(paper: Paper, sheet: Sheet) -> dict[str, str]:
    """The keys as lines of a settings sheet: lists in one line, inner keys after a dot, what the drawing shows left out."""
    said: dict[str, str] = {}
    for key, value in keys_of(paper).items():
        if isinstance(value, dict):
            said |= {f"{key}.{inner}": words for inner, words in value.items()}
        else:
            said[key] = "、".join(value) if isinstance(value, list) else value
    for key, name in _PAGE.items():
        said[f"页.{key}"] = f"{getattr(sheet, name):g}"
    return said if sheet.framed else said | {"页.外框": "否"}


def keys_from(settings: dict[str, str]) -> dict[str, Any]:
    """The tree of a settings sheet's lines."""
    tree: dict[str, Any] = {}
    for key, value in settings.items():
        outer, _, inner = key.partition(".")
        if inner:
            tree.setdefault(outer, {})[inner] = value
        else:
            tree[outer] = [part for part in value.split("、") if part] if outer in _LISTS else value
    return tree
