"""Draws the program's icon, 连 in white on the one red, at every size Windows asks for; run after changing it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPainterPath

ROOT = Path(__file__).resolve().parent.parent
ICO = ROOT / "installer" / "lianxin.ico"
PNG = ROOT / "resources" / "icon" / "lianxin.png"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
RED = "#B3202A"
FAMILY = "Noto Sans CJK SC"
GLYPH = 0.68
"""Height of the character against the edge of the square."""


def draw(size: int) -> Image.Image:
    """The icon with an edge of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(RED))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    font = QFont(FAMILY)
    font.setPixelSize(1000)
    font.setWeight(QFont.Weight.Bold if size >= 32 else QFont.Weight.Medium)
    path = QPainterPath()
    path.addText(0, 0, font, "连")
    box, scale = path.boundingRect(), size * GLYPH / path.boundingRect().height()
    painter.translate(size / 2, size / 2)
    painter.scale(scale, scale)
    painter.translate(-box.center())
    painter.fillPath(path, QColor("white"))
    painter.end()
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(kept, "PNG")
    return Image.open(io.BytesIO(kept.data().data()))


def main() -> None:
    """Write the picture of the window and the icon file of the Windows programs."""
    application = QGuiApplication([*sys.argv[:1], "-platform", "offscreen"])
    pictures = [draw(size) for size in SIZES]
    PNG.parent.mkdir(exist_ok=True)
    pictures[-1].save(PNG, optimize=True)
    pictures[-1].save(ICO, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    del application


if __name__ == "__main__":
    main()
