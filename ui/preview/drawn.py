"""Pages of a PDF as pictures of the screen."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QImage, QPixmap


def drawn(pdf: bytes, page: int, scale: float, ratio: float) -> QPixmap:
    """One page (from 0), `scale` pixels a point on a screen of `ratio` device pixels a pixel."""
    from printing.preview import render

    picture = render(pdf, page, scale * ratio)
    pixmap = QPixmap.fromImage(QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBX8888))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def plain_icon(pixmap: QPixmap) -> QIcon:
    """An icon that stays as it is when its line is chosen."""
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made
