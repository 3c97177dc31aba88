"""Draws the program's icon from its own mark into resources/icons: ``python packaging/make_icon.py``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from crf_desktop.model.glyph import Glyph
from crf_desktop.ui.glyph import draw
from crf_desktop.ui.look import Look

TARGET = Path(__file__).resolve().parent.parent / "resources" / "icons" / "crf-desktop.png"
SIDE = 256


def main() -> int:
    """Writes the PNG."""
    QGuiApplication(["icon"])
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, Glyph.MARK, QRectF(16, 16, SIDE - 32, SIDE - 32), Look())
    painter.end()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    return 0 if image.save(str(TARGET)) else 1


if __name__ == "__main__":
    sys.exit(main())
