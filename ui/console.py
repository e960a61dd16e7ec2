"""Where a command speaks: results to one stream, progress and doubts to another, machines served JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Console:
    """`out` takes results only, so that they may be piped; `err` takes all that is said beside the work."""

    out: TextIO
    err: TextIO
    machine: bool = False

    def say(self, text: str) -> None:
        """A result in words; silent when a machine reads."""
        if not self.machine:
            self.out.write(text if text.endswith("\n") else text + "\n")

    def give(self, value: object) -> None:
        """A result as JSON, when a machine reads."""
        if self.machine:
            json.dump(value, self.out, ensure_ascii=False, indent=1)
            self.out.write("\n")

    def note(self, text: str) -> None:
        """Progress, hints, warnings."""
        self.err.write(text + "\n")
        self.err.flush()
