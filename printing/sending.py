"""Several papers to a printer in filing order, each a job of its own, followed until paper came out.

One job a paper: every paper begins on a sheet of its own, each has its copies and sides, the bytes that print are the
kept ones, and what failed can be printed again alone. When a job is over its data is removed from the print server.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from clerk.errors import UserCanFix
from printing.marks import SIZES
from printing.printers import Order, Progress, Sides, Stage, Way

CHOICES, LAST = "print_choices", "print_last"
"""Settings: by printer what was chosen last (`Choice.to_plain`), and the name of the printer last used."""
_NEAR = 3.0
_COMMON = "A4"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper to print: its number of hand-out (0 for a preview), the case's number, copies and sides of its own."""

    number: int
    title: str
    pdf: bytes
    copies: int = 1
    sides: Sides = Sides.ONE


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clerk chose: where, from which tray; `sides` None and `copies` 0 mean as each paper says."""

    printer: str
    tray: str | None = None
    sides: Sides | None = None
    copies: int = 0

    def to_plain(self) -> dict[str, Any]:
        """For keeping in settings."""
        return asdict(self) | {"sides": self.sides.value if self.sides else None}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Choice:
        """What `to_plain` gave."""
        return cls(kept["printer"], kept["tray"], Sides(kept["sides"]) if kept["sides"] else None, int(kept["copies"]))

    def order(self, piece: Piece) -> Order:
        """How one paper is printed."""
        return Order(self.copies or piece.copies, self.sides or piece.sides, self.tray, medium_of(piece.pdf))


@dataclass(frozen=True, slots=True)
class Sent:
    """Where one paper stands; `job` "" when no print service has it."""

    number: int
    job: str
    progress: Progress


def send_all(way: Way, pieces: Sequence[Piece], choice: Choice) -> tuple[Sent, ...]:
    """Hand papers over in their order. After the first that is refused the rest wait here, so that none overtakes it.

    Nothing is sent to a printer that has not the stock for one of them: it would throw the paper away.
    """
    sent: list[Sent] = []
    refused: Progress | None = None
    try:
        orders = [choice.order(piece) for piece in pieces]
        _refuse_stock(way, choice.printer, {order.medium for order in orders})
    except UserCanFix as fault:
        return tuple(Sent(piece.number, "", Progress(Stage.WAITING, fault.message)) for piece in pieces)
    for piece, order in zip(pieces, orders, strict=True):
        job = ""
        if refused is None:
            try:
                job = way.send(piece.pdf, piece.title, choice.printer, order)
            except UserCanFix as fault:
                refused = Progress(Stage.WAITING, fault.message)
        sent.append(Sent(piece.number, job, refused or Progress(Stage.SENT, "已送达打印服务，排队等候打印。")))
    return tuple(sent)


def watch(way: Way, sent: Sequence[Sent]) -> tuple[Sent, ...]:
    """How they stand now. What is over is forgotten by the print server; if it refuses, its words say so."""
    open_jobs = [one.job for one in sent if one.job and not one.progress.over]
    found = way.follow(open_jobs) if open_jobs else {}
    return tuple(_settled(way, replace(one, progress=found[one.job])) if one.job in found else one for one in sent)


def cancel_all(way: Way, sent: Sequence[Sent]) -> tuple[Sent, ...]:
    """Take back what is not over; what a printer already finished stays as it is."""
    for one in sent:
        if one.job and not one.progress.over:
            way.cancel(one.job)
    return tuple(_taken_back(one) for one in watch(way, sent))


def medium_of(pdf: bytes) -> str:
    """The stock of a PDF's first page (A3, A4, A5, either way up). UserCanFix for any other size."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        short, long = sorted(document.get_page_size(0))
    for name, (wide, high) in SIZES.items():
        if abs(short - wide) < _NEAR and abs(long - high) < _NEAR:
            return name
    raise UserCanFix("这份文书的纸张不是 A3、A4 或 A5，不能直接打印，请另存为 PDF 后打印。")


def _refuse_stock(way: Way, printer: str, media: set[str]) -> None:
    """UserCanFix when a printer that says its stock has not what is needed; A4 is taken for granted."""
    wanted = media - {_COMMON}
    known = {option.id for option in way.features(printer).media} if wanted else set()
    if known and (lacking := sorted(wanted - known)):
        raise UserCanFix(f"打印机「{printer}」没有 {'、'.join(lacking)} 纸，请另选打印机。")


def _settled(way: Way, one: Sent) -> Sent:
    if one.progress.over and one.progress.stage is not Stage.UNKNOWN and not way.forget(one.job):
        words = f"{one.progress.words}打印服务不允许清除任务数据，请管理员按安装手册设置。"
        return replace(one, progress=replace(one.progress, words=words))
    return one


def _taken_back(one: Sent) -> Sent:
    """What never reached a print service needs no asking: it is cancelled by not being sent."""
    if not one.job and not one.progress.over:
        return replace(one, progress=Progress(Stage.CANCELLED, "任务已取消。"))
    return one
