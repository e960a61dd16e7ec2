"""Without a display the program says so; Qt would end the process."""

import os
import subprocess
import sys

import pytest

from ui.app import has_display


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only X11 and Wayland can be missing")
@pytest.mark.parametrize("words", [[], ["--practice"]])
def test_without_a_display_one_sentence_is_said_and_nothing_crashes(words: list[str]) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-m", "ui", *words], env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "没有图形桌面" in done.stderr
    assert done.stderr.count("\n") == 1


def test_any_of_the_three_names_is_a_display() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert has_display({"DISPLAY": ":0"})
