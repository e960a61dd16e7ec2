"""What a CUPS server says of queues, jobs and options, read into our shapes and said in the clerk's words."""

from __future__ import annotations

import re

from printing import ipp
from printing.printers import Features, Option, Printer, Progress, Sides, Stage, State

_PENDING, _HELD, _PROCESSING, _STOPPED_JOB, _CANCELLED, _ABORTED, _COMPLETED = range(3, 10)
_BUSY, _STOPPED = 4, 5
_REASONS = {
    "media-empty": "缺纸，请加纸",
    "media-needed": "请按要求放入纸张",
    "media-jam": "卡纸，请取出卡住的纸",
    "toner-empty": "墨粉用完，请更换",
    "marker-supply-empty": "墨粉用完，请更换",
    "door-open": "机盖没有关好",
    "cover-open": "机盖没有关好",
    "interlock-open": "机盖没有关好",
    "input-tray-missing": "纸盒没有装好",
    "output-area-full": "出纸盘已满，请取走纸张",
    "offline": "打印机已关机或断开",
    "shutdown": "打印机已关机或断开",
    "timed-out": "打印机没有应答",
    "paused": "队列已暂停",
    "moving-to-paused": "队列正在暂停",
}
"""Keywords of RFC 8011 5.4.12 that keep paper from coming out; they may end in -report, -warning, -error."""
_SEVERITY = re.compile(r"-(report|warning|error)$")
_NOT_ANSWERING = (
    "not responding",
    "unable to",
    "waiting for printer",
    "offline",
    "unplugged",
    "unreachable",
    "connecting to",
    "may not exist",
    "unavailable",
    "in use",
)
_DEAD = "打印机没有应答，请检查电源、网线和网络"
_KEPT = "任务已保留，恢复后会接着打印"
_SIDES = {"None": Sides.ONE, "DuplexNoTumble": Sides.LONG_EDGE, "DuplexTumble": Sides.SHORT_EDGE}
_TRAYS = {
    "auto": "自动选择",
    "main": "主纸盒",
    "manual": "手动进纸",
    "bypasstray": "多功能纸盒",
    "multipurpose": "多功能纸盒",
    "upper": "上纸盒",
    "middle": "中纸盒",
    "lower": "下纸盒",
    "rear": "后部进纸",
    "largecapacity": "大容量纸盒",
    "photo": "照片纸盒",
    "envelope": "信封",
}
_NUMBERED = re.compile(r"(?i)(?:tray|cassette)-?_?(\d+)")


def state_of(queue: ipp.Attributes) -> tuple[State, str]:
    """What a queue is doing, and why it does not print ("" when nothing is wrong)."""
    trouble = _trouble(ipp.words(queue, "printer-state-reasons"), str(ipp.one(queue, "printer-state-message") or ""))
    if ipp.one(queue, "printer-state") == _STOPPED:
        said = str(ipp.one(queue, "printer-state-message") or "")
        return State.STOPPED, "队列已暂停" + (f"（{said}）" if said and said != "Paused" else "")
    if ipp.one(queue, "printer-is-accepting-jobs") is False:
        return State.STOPPED, "已设为不接收任务"
    if trouble:
        return State.WAITING, trouble
    return (State.PRINTING if ipp.one(queue, "printer-state") == _BUSY else State.IDLE), ""


def progress_of(job: ipp.Attributes, queue: Printer | None) -> Progress:
    """How far a job has come, from its own attributes and its queue's state.

    Completed is what the server says: when a printer throws a job away, CUPS 2.4 notices most times, not always.
    """
    state = ipp.one(job, "job-state")
    said = str(ipp.one(job, "job-printer-state-message") or "")
    if state == _COMPLETED:
        return Progress(Stage.DONE, "打印服务报告已打印完成。")
    if state == _CANCELLED:
        return Progress(
            Stage.CANCELLED, "任务在打印机上被取消，可以重新打印。" if "at printer" in said else "任务已取消。"
        )
    if state == _ABORTED:
        return Progress(Stage.FAILED, f"打印出错{f'（{said}）' if said else ''}，可以重新打印。")
    if state == _HELD:
        return Progress(Stage.WAITING, "任务被打印服务暂缓，请让管理员放行，或取消后重新打印。")
    return _under_way(job, queue, said)


def features_of(said: str) -> Features:
    """What `lpoptions -l` says: a line an option, `Keyword/Text: choice *default choice`."""
    lines = dict(_choices(line) for line in said.splitlines() if ":" in line)
    trays, media = lines.get("InputSlot", ()), lines.get("PageSize", ())
    return Features(
        trays=tuple(Option(word.lstrip("*"), _tray_name(word.lstrip("*"))) for word in trays),
        media=tuple(Option(word.lstrip("*"), word.lstrip("*")) for word in media),
        sides=tuple(_SIDES[word.lstrip("*")] for word in lines.get("Duplex", ()) if word.lstrip("*") in _SIDES),
        tray=_default(trays),
        medium=_default(media),
    )


def _under_way(job: ipp.Attributes, queue: Printer | None, said: str) -> Progress:
    if queue is not None and queue.state is State.STOPPED:
        return Progress(Stage.WAITING, f"{queue.reason}，{_KEPT}。")
    reasons = (*ipp.words(job, "job-printer-state-reasons"), *ipp.words(job, "job-state-reasons"))
    trouble = _trouble(reasons, said) or (queue.reason if queue else "")
    if trouble:
        return Progress(Stage.WAITING, f"{trouble}；{_KEPT}。")
    if ipp.one(job, "job-state") == _STOPPED_JOB:
        return Progress(Stage.WAITING, f"任务停下了{f'（{said}）' if said else ''}，{_KEPT}。")
    if ipp.one(job, "job-state") == _PROCESSING:
        return Progress(Stage.PRINTING, "正在打印。")
    return Progress(Stage.SENT, "已送达打印服务，排队等候打印。")


def _trouble(reasons: tuple[str, ...], said: str) -> str:
    """What keeps paper from coming out, "" for nothing."""
    found = next((_REASONS[word] for word in (_SEVERITY.sub("", one) for one in reasons) if word in _REASONS), "")
    return found or (_DEAD if any(words in said.lower() for words in _NOT_ANSWERING) else "")


def _choices(line: str) -> tuple[str, tuple[str, ...]]:
    name, _, values = line.partition(":")
    return name.partition("/")[0].strip(), tuple(values.split())


def _default(words: tuple[str, ...]) -> str:
    return next((word[1:] for word in words if word.startswith("*")), "")


def _tray_name(word: str) -> str:
    number = _NUMBERED.fullmatch(word)
    return f"纸盒{number.group(1)}" if number else _TRAYS.get(word.lower().replace("-", ""), word)
