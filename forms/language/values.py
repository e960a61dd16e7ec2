"""What an expression can answer: yes / no / not yet known, a number between two bounds, or a plain value.

A number is a closed range `[low, high]`; an unknown amount is `[0, ∞)`, a known one has equal ends. Money is in fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import inf

Number = int | Fraction | float
"""Exact numbers, and ±∞ as float for an open end."""


class Verdict(Enum):
    """The three answers, with the sign and word the window shows."""

    YES = "符合"
    NO = "不符"
    UNKNOWN = "待补"

    @property
    def sign(self) -> str:
        """The mark beside the word, so that colour is never alone."""
        return {"符合": "●", "不符": "—", "待补": "○"}[self.value]


@dataclass(frozen=True, slots=True)
class Range:
    """Every number from `low` to `high`, both included."""

    low: Number
    high: Number

    @property
    def known(self) -> bool:
        """True when only one number is possible."""
        return self.low == self.high


AT_LEAST_ZERO = Range(0, inf)
ANY_NUMBER = Range(-inf, inf)
