"""Process start to first paint: our window beside a bare QMainWindow, as CPU of whole processes, in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from tests.bench.figures import Figure

_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.process_time(), flush=True)
        QApplication.exit(0)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 700)
window.show()
app.exec()
"""

_OURS = """
import os, sys, time
from pathlib import Path
from ui import app as product
from ui.main_window import MainWindow
from ui.workspace import Where, Workspace, local_now
product.prepare_environment(os.environ)
app = product.make_application(["clerk"])
painted = []
class Window(MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        if not painted:
            painted.append(time.process_time())
            print(painted[0], flush=True)
            if sys.argv[2] == "paint":
                app.exit(0)
window = Window(Workspace(Where(Path(sys.argv[1]), practice=True), local_now))
window.show()
if sys.argv[2] == "form":
    window.ready.connect(lambda: (app.processEvents(), print(time.process_time(), flush=True), app.exit(0)))
    window.begin()
app.exec()
"""


def figures(runs: int = 7) -> list[Figure]:
    """Medians of CPU milliseconds, and their ratio; then the form, with catalogue, rules and store open."""
    with tempfile.TemporaryDirectory() as folder:
        form = [_spent(_OURS, folder, "form")[-1] for _ in range(3)]
        pairs = [(_spent(_BARE)[0], _spent(_OURS, folder, "paint")[0]) for _ in range(runs)]
    bare, ours = (statistics.median(pair[i] for pair in pairs) for i in (0, 1))
    ratio = statistics.median(mine / plain for plain, mine in pairs)
    return [
        Figure("window painted, CPU", f"{ours * 1000:.0f} ms", f"bare QMainWindow {bare * 1000:.0f} ms", ""),
        Figure("window painted, ratio to bare", f"{ratio:.2f}", "", "≤ 1.6"),
        Figure("form ready to type into, CPU (cached catalogue)", f"{form[-1] * 1000:.0f} ms", f"first start ever {form[0] * 1000:.0f} ms"),
    ]


def _spent(code: str, *arguments: str) -> list[float]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=True, timeout=60)
    return [float(line) for line in done.stdout.split()]
