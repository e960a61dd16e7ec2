"""Starting the window: input method, fonts, translations, look, and the one handler of what nobody foresaw."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.main_window import NAME, MainWindow
from ui.workspace import Where, Workspace, local_now, own_folder

SCREEN_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE_FONTS = ("HanaMinB.ttf",)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; `--practice` opens the practice desk. Returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not has_display(os.environ):
        print("这里没有图形桌面，打不开窗口；数据没有变动。请在桌面上启动，或用命令行（clerk --help）。", file=sys.stderr)  # noqa: T201
        return 1
    prepare_environment(os.environ)
    app = make_application([NAME, *arguments])
    where = Where(own_folder(), practice="--practice" in arguments)
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
            from ui.faults import write_down

            code = write_down(fault.with_traceback(trace), self._window.workspace.where.folder)
            message = f"程序出了问题（代码 {code}），已录入的内容都在。请记下代码告诉维护人员。"
        self._window.bar.say(message)
