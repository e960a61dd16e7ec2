"""What an office says about itself once, at the first start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """The window's office as it stands on papers: `region` is an administrative division code, `clerk` the 经办人.

    `mark` is how its official numbers begin (机关代字); many offices have none.
    `phone` is where people ask; papers leave room to write it by hand where it is empty.
    """

    name: str
    region: str
    clerk: str
    mark: str = ""
    phone: str = ""


NOBODY = Office("", "", "")
"""No office: for households read without a filing."""
