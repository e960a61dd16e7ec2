"""The frozen shapes of papers (文书): when one prints, for whom, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass

from forms.reading import Place
from forms.schema import Expression


@dataclass(frozen=True, slots=True)
class Paper:
    """One edition of one paper; `body` is the grid or the letter, as the layout engine reads it."""

    id: str
    name: str
    edition: str
    each: str
    order: int
    copies: int
    body: object
    place: Place
    layer: str
    relevant: Expression | None = None
    programmes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
