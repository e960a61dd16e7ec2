"""What is written down of a fault nobody foresaw: its kind and the places it passed, never its words or anybody's answers."""

from __future__ import annotations

import hashlib
import logging
import traceback
from pathlib import Path
from types import TracebackType

LOG = "faults.log"


def where_it_happened(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The fault's kind and the places it passed, innermost first."""
    frames = traceback.extract_tb(trace)
    return f"{kind.__name__} " + " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def fault_code(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A short code that names the place: the same fault has the same code everywhere."""
    return hashlib.sha256(where_it_happened(kind, trace).encode()).hexdigest()[:6].upper()


def write_down(fault: BaseException, folder: Path) -> str:
    """Write a fault into the clerk's own folder; its code."""
    code = fault_code(type(fault), fault.__traceback__)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.FileHandler(folder / LOG, encoding="utf-8")
    try:
        message = f"{code} {where_it_happened(type(fault), fault.__traceback__)}"
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.emit(logging.LogRecord("clerk", logging.ERROR, "", 0, message, None, None))
    finally:
        handler.close()
    return code
