"""What the clerk can mend is said in the clerk's words; anything else is a bug."""

from __future__ import annotations


class UserCanFix(Exception):  # noqa: N818 - it is not an error of the program
    """A fault the person at the window can mend; its message is shown exactly as written (Chinese, one sentence)."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)
