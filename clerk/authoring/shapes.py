"""The shapes of editing: what is edited, where it came from, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from forms.canonical import Key, Tree
from forms.policy import Standard
from forms.schema import CodeTable, Kind

STANDARD, PROGRAMME = KINDS = ("标准", "项目")
"""What can be edited: a dated amount, ratio, switch or list; a policy."""

FOLDER_OF: Mapping[str, str] = {STANDARD: "standards", PROGRAMME: "programmes"}

CONDITIONS = "条件"
OVER, STOP, ADDED = "覆盖", "停用", "新增"
"""The words of a layer's file that say how it lies over earlier layers: over a programme, stopping one, with a new condition."""

_NAMING = ("编号", "名称", "自", "环节")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One standard or programme: its kind and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}「{self.id}」"


@dataclass(frozen=True, slots=True)
class About:
    """The layer that is edited; `level` is one of `forms.layers.LEVELS`, `region` an administrative division code."""

    id: str
    name: str
    level: str
    region: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The layer (its name) and the file in it where some words stand; `id` is the layer's own."""

    layer: str
    file: str
    id: str


@dataclass(frozen=True, slots=True)
class View:
    """One document as it would be in force with the draft: a tree to be edited freely and given back.

    `origins` say where its parts come from. A stopped programme shows what it was.
    """

    ref: Ref
    tree: Tree
    origins: Mapping[Key, Origin]
    stopped: bool = False

    def origin(self, key: Key = ()) -> Origin:
        """Where the part at a key comes from: the nearest known of what holds it."""
        return next(self.origins[key[:length]] for length in range(len(key), -1, -1) if key[:length] in self.origins)


@dataclass(frozen=True, slots=True)
class Listed:
    """One editable thing in a list; `later` names a layer above that writes it too, so that an edit here has no effect."""

    ref: Ref
    title: str
    origin: Origin
    changed: bool
    stopped: bool
    later: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a standard (按): the words its values stand under; none when any word may be written."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardShape:
    """How the values of a standard are written: their kind, their code table, their dimensions."""

    kind: Kind
    codes: CodeTable | None
    axes: tuple[Axis, ...]
    standard: Standard


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a document, and what to do: at `key` of its tree, `column` of that text (from 1; 0: all of it).

    `item` names the list item the key lies in. Without `ref` the fault stands in a file that is not edited here.
    """

    ref: Ref | None
    key: Key
    column: int
    message: str
    advice: str = ""
    item: str = ""

    def __str__(self) -> str:
        words = [str(self.ref)] if self.ref else []
        words += [str(word) for word in self.key[:1]] + ([f"「{self.item}」"] if self.item else [])
        words += [str(word) for word in self.key[2:] if isinstance(word, str)]
        told = self.message + (f"，{self.advice}" if self.advice else "")
        return f"{''.join(words)}：{told}" if words else told


@dataclass(frozen=True, slots=True)
class Happened:
    """What the journal of events is to be told."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Home:
    """Where an office keeps its packs, the keys it trusts, its own signing key, and the drafts of its rules."""

    folder: Path

    @property
    def packs(self) -> Path:
        """The shelf of installed packs."""
        return self.folder / "packs"

    @property
    def keys(self) -> Path:
        """The public keys whose packs may be installed."""
        return self.folder / "trusted-keys"

    @property
    def key(self) -> Path:
        """The secret key by which this office signs what it publishes itself."""
        return self.folder / "office.key"

    @property
    def drafts(self) -> Path:
        """The drafts, a folder for each layer."""
        return self.folder / "policy-drafts"


def item_of(tree: Tree, key: Key) -> str:
    """What names the list item that a key lies in: its 编号, 名称 or first day; empty when it lies in none."""
    if len(key) < 2 or not isinstance(key[1], int):
        return ""
    items = tree.get(str(key[0]))
    item = items[key[1]] if isinstance(items, list) and key[1] < len(items) else None
    return name_of(item)


def name_of(item: object) -> str:
    """What names an item of a list: the first of its naming words; a text names itself; empty for anything else."""
    if isinstance(item, dict):
        return next((str(item[word]) for word in _NAMING if item.get(word)), "")
    return item if isinstance(item, str) else ""
