"""What is wrong with a drawn paper, or worth a look before it is used: where on the sheet, what, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing: its address on the sheet (B7; "" for the whole), what, what to do; `hard` ones keep the paper out."""

    address: str
    message: str
    advice: str = ""
    hard: bool = False

    def __str__(self) -> str:
        where = f"{self.address}　" if self.address else ""
        return f"{where}{self.message}" + (f"，{self.advice}" if self.advice else "")


def refuse(address: str, message: str, advice: str = "") -> Problem:
    """A problem that keeps the paper from being used."""
    return Problem(address, message, advice, hard=True)


def warn(address: str, message: str, advice: str = "") -> Problem:
    """A problem to look at; the paper can be used."""
    return Problem(address, message, advice)


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, those that keep the paper out first."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: not one.hard))
