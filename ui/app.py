"""Starting the window: input method, fonts, translations, look, and the one handler of what nobody foresaw."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.main_window import NAME, MainWindow
from ui.workspace import Where, Workspace, local_now, own_folder

SCREEN_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE_FONTS = ("HanaMinB.ttf",)
_log = logging.getLogger("clerk")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; `--practice` opens the practice desk. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not has_display(os.environ):
        print("这里没有图形桌面，打不开窗口；数据没有变动。请在桌面上启动，或用命令行（clerk --help）。", file=sys.stderr)  # noqa: T201
        return 1
    prepare_environment(os.environ)
    app = make_application([NAME, *arguments])
    where = Where(own_folder(), practice="--practice" in arguments)
    start_log(where.folder)
    window = MainWindow(Workspace(where, local_now))
    Last(window).watch()
    window.showMaximized()
    QTimer.singleShot(0, window, lambda: theme.load_fonts(*RARE_FONTS))
    window.begin()
    return app.exec()


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can open here at all: Qt would end the process otherwise."""
    if not sys.platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def prepare_environment(environment: MutableMapping[str, str]) -> None:
    """Settings that must stand before Qt starts: Chinese input through fcitx' ibus portal, and a light pypinyin.

    PySide6 wheels carry no fcitx plugin; fcitx5 answers on the portal of ibus.
    """
    if sys.platform.startswith("linux") and environment.get("QT_IM_MODULE", "fcitx") in ("", "fcitx", "fcitx5"):
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
    environment.setdefault("PYPINYIN_NO_PHRASES", "true")
    environment.setdefault("PYPINYIN_NO_DICT_COPY", "true")


def make_application(argv: Sequence[str]) -> QApplication:
    """The application with its look; text as Qt says it is Chinese."""
    app = QApplication(list(argv))
    app.setApplicationName("clerk")
    app.setApplicationDisplayName(NAME)
    app.setStyle("Fusion")
    theme.load_fonts(*SCREEN_FONTS)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    theme.dress(app, theme.USUAL)
    return app


def start_log(folder: Path) -> None:
    """Write faults into the clerk's own folder: places in the program only, never answers."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = logging.FileHandler(folder / "faults.log", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


class Last:
    """The last one to hear of a fault: what the clerk can mend is said as written, anything else as one sentence with a code."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def watch(self) -> None:
        """Hear of every fault that reaches the top."""
        sys.excepthook = self.hear

    def hear(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Say it, and write down where it happened."""
        message = getattr(fault, "message", None) if kind.__name__ in ("UserCanFix", "ChangedMeanwhile") else None
        if message is None:
            code = fault_code(kind, trace)
            _log.error("%s %s", code, where_it_happened(kind, trace))
            message = f"程序出了问题（代码 {code}），已录入的内容都在。请记下代码告诉维护人员。"
        self._window.bar.say(message)


def where_it_happened(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The fault's kind and the places it passed; its words are left out, they may hold somebody's answers."""
    frames = traceback.extract_tb(trace)
    return f"{kind.__name__} " + " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def fault_code(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A short code that names the place: the same fault has the same code everywhere."""
    import hashlib

    return hashlib.sha256(where_it_happened(kind, trace).encode()).hexdigest()[:6].upper()
