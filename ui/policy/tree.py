"""Reading and writing one place of a document's tree. Qt-free."""

from __future__ import annotations

import copy
from typing import Any

Key = tuple[str | int, ...]
Tree = dict[str, Any]


def at(tree: Tree, key: Key) -> Any:
    """What stands at a key; None where nothing does."""
    found: Any = tree
    for step in key:
        inside = step in found if isinstance(found, dict) else isinstance(found, list) and isinstance(step, int) and 0 <= step < len(found)
        if not inside:
            return None
        found = found[step]
    return found


def with_at(tree: Tree, key: Key, value: Any) -> Tree:
    """A copy of the tree with something else at a key; what is empty is taken out of its mapping."""
    made = copy.deepcopy(tree)
    holder: Any = made
    for step in key[:-1]:
        if isinstance(holder, dict):
            if not isinstance(holder.get(str(step)), dict | list):
                holder[str(step)] = {}
            holder = holder[str(step)]
        else:
            holder = holder[step]
    last = key[-1]
    if isinstance(holder, dict) and value in ("", None, []):
        holder.pop(last, None)
    else:
        holder[last] = value
    return made


def words_at(tree: Tree, key: Key) -> str:
    """What stands at a key as one text; a list of words is joined."""
    found = at(tree, key)
    if isinstance(found, list):
        return "、".join(str(one) for one in found)
    return "" if found is None or isinstance(found, dict) else str(found)
