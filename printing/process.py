"""Helper processes kept warm, so that making papers never holds up the window.

They are started early and idle; their first packet then takes as long as any other. They are spawned, not forked: the
window's process has threads and an open store.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, TypeVar

_SELDOM = (1_000_000, 20, 50)
"""When a helper looks for garbage within a job: it holds a large catalogue, and looking through that cost a quarter of
its time."""
_THOROUGH = 500
"""After how many jobs the catalogue is looked through as well; after each one only what that job made is."""
_jobs = count(1)
P = ParamSpec("P")
T = TypeVar("T")


class Helper:
    """Warm processes, one unless more are asked for; `folder` is where compiled forms are kept between runs."""

    def __init__(self, folder: Path | None = None, workers: int = 1) -> None:
        self._folder, self.workers = folder, workers
        self._pool = self._started()

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a module-level function there; a helper that died (out of memory, killed) is replaced first.

        The future raises whatever the function raised, or BrokenProcessPool when the process died under it.
        """
        try:
            return self._pool.submit(_tidily, partial(function, *args, **kwargs))
        except BrokenProcessPool:
            self._pool = self._started()
            return self._pool.submit(_tidily, partial(function, *args, **kwargs))

    def close(self) -> None:
        """End the process, after what it is doing; work not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Helper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _started(self) -> ProcessPoolExecutor:
        context = get_context("spawn")
        pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_warm_up, initargs=(self._folder,))
        for _ in range(self.workers):
            pool.submit(_ready)
        return pool


def _warm_up(folder: Path | None) -> None:
    """Load what papers need, in the helper: the press, with a face already in use."""
    from printing import draw
    from printing.marks import FACES

    gc.set_threshold(*_SELDOM)
    press = draw.use_press(folder)
    for face in FACES:
        press.faces.width("一1", face, 10)


def _tidily(job: Callable[[], T]) -> T:
    """Run a job, then free the household it worked on, whose parts hold one another."""
    try:
        return job()
    finally:
        gc.collect(0 if next(_jobs) % _THOROUGH else 2)


def _ready() -> bool:
    return True
