"""Pictures of the window, made without a display: `python tests/ui/shots.py FOLDER [NAME…]`. The system's fonts stay out."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def private_fonts(folder: Path) -> None:
    """Let Qt see no font but ours, so that pictures are the same on every machine."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    config.write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>')
    os.environ["FONTCONFIG_FILE"] = str(config)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main(target: Path, names: list[str]) -> None:
    """Make the pictures asked for, all of them when none is named."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.scenes import SCENES
    from ui import theme
    from ui.app import RARE_FONTS, make_application

    app = make_application(["shots"])
    theme.load_fonts(*RARE_FONTS)
    target.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        if not names or name in names:
            theme.dress(app, theme.USUAL)
            window = scene(Path(tempfile.mkdtemp()))
            QApplication.processEvents()
            window.grab().save(str(target / f"{name}.png"))
            window.close()
            window.deleteLater()
            QApplication.processEvents()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    private_fonts(Path(tempfile.mkdtemp()) / "fonts")
    main(Path(sys.argv[1]), sys.argv[2:])
