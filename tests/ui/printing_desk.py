"""Printers for tests of the window: they take what they are given, print when told to, and can be unplugged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clerk.errors import UserCanFix
from clerk.records import CaseRecord
from printing.printers import Features, Option, Order, Printer, Progress, Stage, State
from tests.ui.desk import intake, seat_case, settle, wait_until
from ui.main_window import MainWindow
from ui.printing_desk.plan_page import PlanPage


@dataclass
class Tray:
    """A way to two printers; everything handed over is in `taken`."""

    there: bool = True
    prints: bool = True
    taken: list[tuple[bytes, str, str, Order]] = field(default_factory=list)
    states: dict[str, Progress] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)

    def printers(self) -> tuple[Printer, ...]:
        """Two of them, the second usual; none when unplugged."""
        return (Printer("大厅", State.IDLE, False), Printer("窗口一", State.IDLE, True)) if self.there else ()

    def features(self, printer: str) -> Features:
        """Two trays."""
        return Features(trays=(Option("tray-1", "纸盒一"), Option("tray-2", "纸盒二")))

    def send(self, pdf: bytes, title: str, printer: str, order: Order) -> str:
        """Take a job."""
        if not self.there:
            raise UserCanFix(f"打印机「{printer}」没有应答，请检查电源和连线。")
        self.taken.append((pdf, title, printer, order))
        job = f"job-{len(self.taken)}"
        self.states[job] = Progress(Stage.DONE, "已打印。") if self.prints else Progress(Stage.WAITING, "打印机缺纸。")
        return job

    def follow(self, jobs: Sequence[str]) -> Mapping[str, Progress]:
        """How jobs stand."""
        return {job: self.states[job] for job in jobs if job in self.states}

    def cancel(self, job: str) -> None:
        """Take a job back."""
        self.cancelled.append(job)

    def forget(self, job: str) -> bool:
        """Nothing is kept."""
        return True


def file_named(window: MainWindow, name: str) -> CaseRecord:
    """File a worked case of the demo county for what is chosen by itself."""
    page = seat_case(window, name)
    page.acts.check()
    page.put_off()
    page.check.submit()
    settle()
    assert page.filed.record is not None
    return page.filed.record


def plug_in(window: MainWindow) -> Tray:
    """Give a window printers of its own."""
    assert window.places is not None
    tray = Tray()
    window.places.papers.use(tray)
    return tray


def at_plan(window: MainWindow) -> PlanPage:
    """F9 on the case just filed, until its plan is there."""
    page = intake(window)
    page.filed.preview()
    plan = page.filed.plan
    wait_until(lambda: plan.model is not None and bool(plan.where.state.text() or plan.where.tray.count()))
    settle()
    return plan
