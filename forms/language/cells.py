"""Cells: what the live evaluator keeps, what each one was read from, and what falls when an answer changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from forms.language.facts import Facts

if TYPE_CHECKING:
    from forms.language.plan import Plan

Compute = Callable[["Cells", str], Any]


class Slot:
    """One thing that is worked out per row: an answer, a definition, a condition, a verdict, its residual questions.

    `ring` numbers the fixpoint it takes part in. `inner` is what a fixpoint programme computes inside its own ring,
    where reading it gives the round's assumption. `collect` adds the residual questions of one row to a set.
    """

    __slots__ = ("collect", "compute", "inner", "name", "near", "residue", "ring")

    def __init__(self, name: str, ring: int | None = None) -> None:
        self.name, self.ring = name, ring
        self.compute: Compute = _empty
        self.inner: Compute | None = None
        self.collect: Callable[[Cells, str, set[Any]], None] = _nothing
        self.residue: Slot | None = None
        self.near: Slot | None = None


Key = tuple[Slot, str]


class Cells:
    """Memoised cells over one household's facts; reading notes who read, changing drops every reader."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan, self.facts = plan, facts
        self._kept: dict[Key, Any] = {}
        self._readers: dict[Key, set[Key]] = {}
        self._frame: set[Key] | None = None
        self._round: Round | None = None
        self.walked: tuple[int, set[Key]] | None = None

    def read(self, slot: Slot, row: str) -> Any:
        """The cell's value, worked out at most once until something it was read from changes."""
        this = self._round
        if this is not None and slot.ring == this.ring:
            return this.read(self, slot, row)
        key = (slot, row)
        if self._frame is not None:
            self._frame.add(key)
        try:
            return self._kept[key]
        except KeyError:
            return self._work_out(slot, row)

    def _work_out(self, slot: Slot, row: str) -> Any:
        outer, self._frame = self._frame, set()
        try:
            value = slot.compute(self, row)
            key = (slot, row)
            self._kept[key] = value
            for read in self._frame:
                known = self._readers.get(read)
                if known is None:
                    self._readers[read] = {key}
                else:
                    known.add(key)
        finally:
            self._frame = outer
        return value

    def drop(self, key: Key) -> None:
        """Forget a cell and everything that was read from it."""
        falling = [key]
        while falling:
            key = falling.pop()
            self._kept.pop(key, None)
            falling.extend(self._readers.pop(key, ()))

    def kept(self) -> list[Key]:
        """Every cell that is worked out now."""
        return list(self._kept)

    def sources(self) -> dict[Key, set[Key]]:
        """What each cell that is worked out now was read from."""
        found: dict[Key, set[Key]] = {}
        for source, readers in self._readers.items():
            for reader in readers:
                if reader in self._kept:
                    found.setdefault(reader, set()).add(source)
        return found

    def iterate(self, ring: int, members: list[tuple[Slot, str]]) -> dict[Key, bool | None]:
        """The least fixpoint of a ring: everyone starts at no, and is raised until nothing moves.

        Verdicts only ever rise (no < not yet known < yes), so that it ends after at most two rounds per member.
        """
        outer = self._round
        assumed: dict[Key, bool | None] = dict.fromkeys(members, False)
        try:
            while True:
                self._round = Round(ring, assumed)
                raised = {key: _higher(held, self._round.work_out(self, *key)) for key, held in assumed.items()}
                if raised == assumed:
                    return assumed
                assumed = raised
        finally:
            self._round = outer


class Round:
    """One round of a fixpoint: what is assumed of its programmes, and what follows inside the ring."""

    __slots__ = ("assumed", "kept", "ring")

    def __init__(self, ring: int, assumed: dict[Key, bool | None]) -> None:
        self.ring, self.assumed = ring, assumed
        self.kept: dict[Key, Any] = {}

    def read(self, cells: Cells, slot: Slot, row: str) -> Any:
        """The assumption for a fixpoint programme, else what follows from the assumptions."""
        key = (slot, row)
        if slot.inner is not None:
            return self.assumed.get(key)
        if key not in self.kept:
            self.kept[key] = slot.compute(cells, row)
        return self.kept[key]

    def work_out(self, cells: Cells, slot: Slot, row: str) -> bool | None:
        """A fixpoint programme's verdict under the assumptions."""
        if slot.inner is None:  # pragma: no cover - members are fixpoint programmes
            return None
        result: bool | None = slot.inner(cells, row)
        return result


def _higher(a: bool | None, b: bool | None) -> bool | None:
    if a or b:
        return True
    return None if a is None or b is None else False


def _empty(cells: Cells, row: str) -> Any:  # pragma: no cover - replaced before use
    raise AssertionError(f"a slot was read before it was built: {row}")


def _nothing(cells: Cells, row: str, out: set[Any]) -> None:
    """A slot without residual questions."""
