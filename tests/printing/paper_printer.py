"""A printer made of paper: takes jobs as a way to printers does, and finishes or refuses them as a test wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clerk.errors import UserCanFix
from printing.printers import OVER, Features, Order, Printer, Progress, Stage, State


class PaperPrinter:
    """Every job stands at `stage`, until that is changed; `refusal` is what it says instead of taking a job."""

    def __init__(self, stage: Stage = Stage.DONE, refusal: str = "") -> None:
        self.stage, self.refusal = stage, refusal
        self.taken: list[tuple[str, str, str, Order, bytes]] = []
        self.forgotten: list[str] = []
        self.cancelled: list[str] = []

    def printers(self) -> tuple[Printer, ...]:
        """One queue."""
        if self.refusal:
            raise UserCanFix(self.refusal)
        return (Printer("Hall", State.IDLE, True),)

    def features(self, printer: str) -> Features:
        """It says nothing of itself."""
        return Features()

    def send(self, pdf: bytes, title: str, printer: str, order: Order) -> str:
        """Take a job or refuse."""
        if self.refusal:
            raise UserCanFix(self.refusal)
        job = f"{printer}-{len(self.taken) + 1}"
        self.taken.append((job, title, printer, order, pdf))
        return job

    def follow(self, jobs: Sequence[str]) -> Mapping[str, Progress]:
        """All at one stage, except what was taken back."""
        gone = Progress(Stage.CANCELLED, "任务已取消。")
        return {job: gone if job in self.cancelled else Progress(self.stage, f"{self.stage.value}。") for job in jobs}

    def cancel(self, job: str) -> None:
        """Take a job back."""
        if self.stage not in OVER:
            self.cancelled.append(job)

    def forget(self, job: str) -> bool:
        """Destroy a job."""
        self.forgotten.append(job)
        return True
