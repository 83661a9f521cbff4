"""The picture beside the first and last page of the set-up: the program's icon on a quiet ground.

`python installer/windows/banner.py TO.bmp`; makensis wants a bitmap of 164 × 314, or larger of the same shape.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ICON = Path(__file__).resolve().parent.parent.parent / "resources" / "icon" / "lianxin.png"
SIZE = (328, 628)
GROUND, EDGE, RED = "#F4F5F7", 6, "#B3202A"


def draw_banner(to: Path) -> None:
    """Writes the bitmap."""
    banner = Image.new("RGB", SIZE, GROUND)
    banner.paste(RED, (SIZE[0] - EDGE, 0, SIZE[0], SIZE[1]))
    with Image.open(ICON) as kept:
        icon = kept.convert("RGBA").resize((160, 160), Image.Resampling.LANCZOS)
    banner.paste(icon, ((SIZE[0] - EDGE - icon.width) // 2, 96), icon)
    banner.save(to, "BMP")


if __name__ == "__main__":
    draw_banner(Path(sys.argv[1]))
